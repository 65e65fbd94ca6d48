import Catalog
import Syntax

/// What PostgreSQL refuses of constraints, in CREATE TABLE and ALTER TABLE alike.
extension Execution {
  /// `column` is the one that the constraint was written with. `table` has it already.
  mutating func check(_ constraint: Constraint, column: String?, of table: Table) throws(SQLError) {
    if table.kind == .foreignTable, let words = constraint.wordsOfKey {
      throw SQLError(.featureNotSupported, "\(words) constraints are not supported on foreign tables")
    }
    switch constraint.kind {
    case .check(let condition, let noInherit):
      try check(condition, as: .check, of: table)
      if noInherit, table.kind == .partitionedTable {
        throw SQLError(
          .invalidTableDefinition,
          "cannot add NO INHERIT constraint to partitioned table \(table.name.quotedInErrors)"
        )
      }
    case .primaryKey(let key), .unique(let key):
      try check(key, constraint, column: column, of: table)
    case .exclusion(let exclusion): try check(exclusion, of: table)
    case .foreignKey(let key):
      if key.columns.count > ServerLimits.keys {
        throw SQLError(.tooManyColumns, "cannot have more than \(ServerLimits.keys) keys in a foreign key")
      }
      try check(key, of: constraint, column: column, in: table)
    case .null, .notNull, .default, .identity, .generated: break
    }
  }

  /// Source: `transformIndexConstraint` in `parse_utilcmd.c`, then `DefineIndex`.
  private mutating func check(
    _ key: KeyConstraint,
    _ constraint: Constraint,
    column: String?,
    of table: Table
  ) throws(SQLError) {
    if key.existingIndex != nil { return }
    let columns = key.columns.isEmpty ? [column].compactMap(\.self) : key.columns
    if columns.count + key.including.count > ServerLimits.keys {
      throw .tooManyKeys
    }
    let isKnown = catalog.isFullyKnown(table)
    for column in columns + key.including
    where isKnown && table.column(column) == nil && (!column.isSystemColumn || constraint.isPrimaryKey) {
      throw .undefinedColumn(column, namedIn: "named in key")
    }
    if let twice = columns.firstDuplicate {
      throw SQLError(
        .duplicateColumn,
        "column \(twice.quotedInErrors) appears twice in \(constraint.wordsOfKey ?? "unique") constraint"
      )
    }
    for column in columns {
      try checkOperatorClass(of: IndexElement(key: .column(column)), method: "btree", of: table)
    }
    if isKnown, let partitionKey = table.partitionKey,
      partitionKey.elements.contains(where: { $0.column.map { !columns.contains($0) } ?? true })
    {
      throw .lacksPartitionKey(of: table.name)
    }
  }

  private mutating func check(_ exclusion: ExclusionConstraint, of table: Table) throws(SQLError) {
    if exclusion.elements.count + exclusion.including.count > ServerLimits.keys {
      throw .tooManyKeys
    }
    if table.kind == .partitionedTable { try checkExclusionOfPartitions() }
    if let predicate = exclusion.predicate { try check(predicate, as: .predicate, of: table) }
    for element in exclusion.elements {
      switch element.element.key {
      case .column(let name):
        if !catalog.mayHave(name, table) { throw .undefinedColumn(name, namedIn: "named in key") }
      case .expression(let expression): try check(expression, as: .index, of: table)
      }
      try checkOperatorClass(of: element.element, method: exclusion.method, of: table)
    }
  }
}

extension Execution {
  func checkExclusionOfPartitions() throws(SQLError) {
    guard version < 17 else { return }
    throw SQLError(.featureNotSupported, "exclusion constraints are not supported on partitioned tables")
  }
}

extension Constraint {
  /// The kind of a constraint that needs an index, or another table's.
  fileprivate var wordsOfKey: String? {
    switch kind {
    case .primaryKey: "primary key"
    case .unique: "unique"
    case .exclusion: "exclusion"
    case .foreignKey: "foreign key"
    case .check, .null, .notNull, .default, .identity, .generated: nil
    }
  }
}
