import Catalog
import Syntax

extension Execution {
  /// Source: `truncate_check_rel` and `heap_truncate_check_FKs`.
  mutating func requireTruncatable(_ statement: Truncate) throws(SQLError) {
    var tables: [QualifiedName] = []
    for relation in statement.relations {
      let name = try requireRelation(relation.name)
      if catalog.isKnown(name), let kind = catalog.kind(of: name) {
        switch kind {
        case .table, .foreignTable: break
        case .partitionedTable:
          if !relation.includesDescendants {
            throw SQLError(.wrongObjectType, "cannot truncate only a partitioned table")
          }
        default: throw .wrongKind(relation.name, as: .table)
        }
      }
      tables += database.family(relation)
    }
    if statement.cascade { return }
    let truncated = Set(tables)
    for table in tables {
      for key in catalog.foreignKeys(to: table) where !truncated.contains(key.table) {
        var error = SQLError(
          .featureNotSupported,
          "cannot truncate a table referenced in a foreign key constraint",
          about: SQLError.Object(.table, table)
        )
        error.dependents = [.constraint(key.constraint.name, of: key.table)]
        throw error
      }
    }
  }
}
