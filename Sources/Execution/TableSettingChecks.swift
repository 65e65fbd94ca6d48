import Catalog
import Syntax

/// What PostgreSQL refuses of settings of a table as a whole.
extension Execution {
  /// Source: `ATPrepChangePersistence` in `tablecmds.c`.
  func checkPersistence(of table: Table, logged: Bool) throws(SQLError) {
    if table.isAssumed { return }
    let name = table.name.quotedInErrors
    if table.isTemporary {
      throw SQLError(
        .invalidTableDefinition,
        "cannot change logged status of table \(name) because it is temporary"
      )
    }
    if (table.persistence == .permanent) == logged { return }
    if logged {
      for referenced in table.constraints.compactMap(\.referenced)
      where referenced != table.name && catalog.tables[referenced]?.persistence == .unlogged {
        throw SQLError(
          .invalidTableDefinition,
          "could not change table \(name) to logged because it references unlogged table \(referenced.quotedInErrors)"
        )
      }
    } else {
      for (referencing, _) in catalog.foreignKeys(to: table.name)
      where referencing != table.name && catalog.tables[referencing]?.persistence == .permanent {
        let words = "could not change table \(name) to unlogged because it is referenced by logged table"
        throw SQLError(.invalidTableDefinition, "\(words) \(referencing.quotedInErrors)")
      }
    }
  }

  /// OF: the table has the columns of the type, in its order.
  ///
  /// Source: `ATExecAddOf`.
  func checkColumns(of table: Table, by type: QualifiedName) throws(SQLError) {
    guard case .composite(let attributes)? = catalog.types[type]?.form, catalog.isFullyKnown(table) else { return }
    if !table.parents.isEmpty { throw SQLError(.wrongObjectType, "typed tables cannot inherit") }
    func refused(_ message: String) -> SQLError { SQLError(.datatypeMismatch, message) }
    var columns = table.columns.makeIterator()
    for attribute in attributes {
      guard let column = columns.next() else {
        throw refused("table is missing column \(attribute.name.quotedInErrors)")
      }
      if column.name != attribute.name {
        throw refused(
          "table has column \(column.name.quotedInErrors) where type requires \(attribute.name.quotedInErrors)"
        )
      }
      if let own = column.type, let other = attribute.type, own.sql != other.sql {
        throw refused(
          "table \(table.name.quotedInErrors) has different type for column \(column.name.quotedInErrors)"
        )
      }
    }
    if let extra = columns.next() { throw refused("table has extra column \(extra.name.quotedInErrors)") }
  }
}

extension Index {
  /// Source: `check_index_is_clusterable` in `cluster.c`.
  func checkClustering(of table: Table) throws(SQLError) {
    func refused(_ message: String) -> SQLError { SQLError(.featureNotSupported, message) }
    if table.kind == .partitionedTable { throw refused("cannot mark index clustered in partitioned table") }
    if definition.method != "btree", definition.method != "gist" {
      throw refused(
        "cannot cluster on index \(name.name.quotedInErrors) because access method does not support clustering"
      )
    }
    if definition.predicate != nil { throw refused("cannot cluster on partial index \(name.name.quotedInErrors)") }
  }

  /// Source: `ATExecReplicaIdentity` in `tablecmds.c`.
  func checkReplicaIdentity(of table: Table) throws(SQLError) {
    let own = name.name.quotedInErrors
    if !definition.isUnique {
      throw SQLError(.wrongObjectType, "cannot use non-unique index \(own) as replica identity")
    }
    if constraint.flatMap({ table.constraint($0) })?.definition.isDeferrable == true {
      throw SQLError(.featureNotSupported, "cannot use non-immediate index \(own) as replica identity")
    }
    if definition.elements.contains(where: { $0.column == nil }) {
      throw SQLError(.featureNotSupported, "cannot use expression index \(own) as replica identity")
    }
    if definition.predicate != nil {
      throw SQLError(.featureNotSupported, "cannot use partial index \(own) as replica identity")
    }
    for column in definition.elements.compactMap(\.column) where table.column(column)?.isNotNull == false {
      let words = "index \(own) cannot be used as replica identity because column"
      throw SQLError(.wrongObjectType, "\(words) \(column.quotedInErrors) is nullable")
    }
  }
}
