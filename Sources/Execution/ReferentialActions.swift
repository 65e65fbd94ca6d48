import Catalog
import Syntax

/// What foreign keys do when rows go, or their keys change.
extension Execution {
  /// Rows of a table that go, or of which some columns change.
  private struct RowChange: Hashable {
    let table: QualifiedName
    /// `nil` where the rows go.
    let columns: Set<String>?
  }

  /// Rows of the tables are deleted.
  mutating func followKeys(fromDeleted tables: [QualifiedName]) {
    followKeys(from: tables.map { RowChange(table: $0, columns: nil) })
  }

  /// The columns get other values in rows of the tables.
  mutating func followKeys(from columns: [String], updatedIn tables: [QualifiedName]) {
    followKeys(from: tables.map { RowChange(table: $0, columns: Set(columns)) })
  }

  /// PostgreSQL looks for the rows that point to each changed one, and deletes or changes them too.
  ///
  /// Source: `ri_triggers.c`, whose queries lock the rows that they find.
  private mutating func followKeys(from changes: [RowChange]) {
    catalog.refreshDependencies()
    var changes = changes
    var isFound = Set(changes)
    var next = 0
    while next < changes.count {
      let change = changes[next]
      next += 1
      // A key that points to a partitioned table points to each of its partitions.
      let above = catalog.tables[change.table]?.isPartition == true ? catalog.ancestors(of: change.table) : []
      for table in [change.table] + above {
        for (referencing, key) in catalog.foreignKeys(to: table) where !key.isInherited {
          guard change.columns?.isDisjoint(with: key.referencedColumns) != true,
            case .foreignKey(let definition) = key.definition.kind
          else { continue }
          let action = change.columns == nil ? definition.onDelete : definition.onUpdate
          for changed in act(action, on: referencing, key, rowsGo: change.columns == nil)
          where isFound.insert(changed).inserted {
            changes.append(changed)
          }
        }
      }
    }
  }

  /// Gives what changes in the referencing table.
  private mutating func act(
    _ action: ForeignKey.Action,
    on referencing: QualifiedName,
    _ key: TableConstraint,
    rowsGo: Bool
  ) -> [RowChange] {
    let tables = [referencing] + catalog.partitions(of: referencing)
    let changed: Set<String>?
    switch action {
    case .noAction, .restrict: changed = []
    case .cascade: changed = rowsGo ? nil : Set(key.columns)
    case .setNull(let columns), .setDefault(let columns): changed = Set(columns.isEmpty ? key.columns : columns)
    }
    lock(tables, changed == [] ? .rowShare : .rowExclusive)
    for table in tables where catalog.mayHaveRows(table) && !catalog.hasIndex(on: key.columns, of: table) {
      work(.scan, on: table, because: .referencingRows(constraint: key.name))
    }
    if changed == nil, existed(referencing) { lose(.rows(of: referencing, isBounded: true)) }
    return changed == [] ? [] : tables.map { RowChange(table: $0, columns: changed) }
  }
}

extension Catalog {
  /// Whether an index finds rows by the columns: one of them leads it. Of a table that the history never made nobody
  /// knows.
  func hasIndex(on columns: [String], of table: QualifiedName) -> Bool {
    guard let known = tables[table], !known.isAssumed else { return true }
    return known.indexNames.contains { name in
      guard let index = indexes[name], index.definition.predicate == nil, index.isValid,
        let leading = index.definition.elements.first?.column
      else { return false }
      return columns.contains(leading)
    }
  }
}
