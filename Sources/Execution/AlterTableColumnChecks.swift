import Catalog
import Syntax

/// What PostgreSQL refuses of ADD COLUMN and ALTER COLUMN where a table has relatives.
extension Execution {
  /// A row holds no rows of its own type.
  ///
  /// Source: `CheckAttributeType` in `heap.c`.
  func checkMembership(of column: ColumnDefinition, in table: Table) throws(SQLError) {
    guard let type = column.type, !type.isBuiltIn else { return }
    try checkMembership(of: type, in: table.name)
  }

  func checkMembership(of type: TypeName, in name: QualifiedName) throws(SQLError) {
    let start = database.qualifiedType(database.base(of: type).name)
    if start != name {
      let members = Walk<[QualifiedName]>.nodes(from: start) { memberTypes(of: $0) }
      guard members.contains(name) else { return }
    }
    throw SQLError(
      .invalidTableDefinition,
      "composite type \(name.quotedInErrors) cannot be made a member of itself"
    )
  }

  private func memberTypes(of name: QualifiedName) -> [QualifiedName] {
    if let table = catalog.tables[name] {
      return table.columns.compactMap { $0.type?.name }.filter { $0.schema != nil }
    }
    switch catalog.types[name]?.form {
    case .composite(let attributes): return attributes.compactMap { $0.type?.name }.filter { $0.schema != nil }
    case .domain(let domain): return domain.type.name.schema == nil ? [] : [domain.type.name]
    default: return []
    }
  }

  /// Source: `ATExecAddColumn`.
  func checkIdentity(of column: ColumnDefinition, in table: Table, _ change: TableChange) throws(SQLError) {
    guard change.recurses, !table.children.isEmpty, version < 17 || table.kind != .partitionedTable,
      column.constraints.contains(where: { if case .identity = $0.kind { true } else { false } })
    else { return }
    throw SQLError(
      .invalidTableDefinition,
      "cannot recursively add identity column to table that has child tables"
    )
  }

  /// From PostgreSQL 17 partitions share the identity of their parent.
  ///
  /// Source: `ATExecAddIdentity`, `ATExecSetIdentity` and `ATExecDropIdentity`.
  func checkIdentityOfPartitions(_ change: TableChange, _ table: Table) throws(SQLError) {
    guard version >= 17, table.isPartition || table.kind == .partitionedTable && !change.recurses else { return }
    let words: String
    switch change.action {
    case .addIdentity(let column, _, _):
      try requireColumn(column, of: table)
      words = table.isPartition ? "add identity to a column of" : "add identity to a column of only"
    case .setIdentity(let column, _):
      try requireColumn(column, of: table)
      words = table.isPartition ? "change identity column of" : "change identity column of only"
    case .dropIdentity(let column, _):
      try requireColumn(column, of: table)
      words = table.isPartition ? "drop identity from a column of" : "drop identity from a column of only"
    default: return
    }
    throw SQLError(
      .invalidTableDefinition,
      "cannot \(words) \(table.isPartition ? "a partition" : "the partitioned table")"
    )
  }

  /// SET NOT NULL of ONLY a partitioned table, whose partitions must have it already.
  ///
  /// Source: `ATPrepSetNotNull` and `ATCheckNotNull`.
  func checkChildren(have column: String, _ change: TableChange) throws(SQLError) {
    guard !change.recurses, let table = catalog.tables[change.table], table.kind == .partitionedTable else { return }
    if table.children.contains(where: { catalog.tables[$0]?.column(column)?.isNotNull == false }) {
      throw .alsoOfChildren("constraint must be added to")
    }
  }
}

extension SQLError {
  static func onlyOfPartitioned(_ verb: String) -> SQLError {
    SQLError(
      .invalidTableDefinition,
      "cannot \(verb) only the partitioned table when partitions exist"
    )
  }
}
