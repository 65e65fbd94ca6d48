import Catalog
import Syntax

/// What PostgreSQL refuses of a foreign key.
///
/// Source: `ATAddForeignKeyConstraint` in `tablecmds.c`.
extension Execution {
  /// `column` is the one that it was written with.
  mutating func check(_ key: ForeignKey, of constraint: Constraint, column: String?, in table: Table) throws(SQLError) {
    let name = database.qualified(key.referenced.name)
    let columns = key.columns.isEmpty ? [column].compactMap(\.self) : key.columns
    if name != table.name { try require(name) }
    if let kind = catalog.kind(of: name), catalog.isKnown(name), kind != .table, kind != .partitionedTable {
      throw SQLError(.wrongObjectType, "referenced relation \(name.quotedInErrors) is not a table")
    }
    let isSelf = name == table.name
    let referenced = isSelf ? table : catalog.tables[name]
    if let referenced, !referenced.isAssumed { try checkPersistence(of: table, referencing: referenced) }
    for column in columns { try checkColumn(column, of: table) }
    if let twice = key.referencedColumns.firstDuplicate {
      throw SQLError(
        .invalidForeignKey,
        "foreign key referenced-columns list must not contain duplicates: \(twice.quotedInErrors)"
      )
    }
    try checkActions(of: key, columns, in: table)
    guard let referenced, isSelf || catalog.isFullyKnown(referenced) else { return }
    // Keys that CREATE TABLE gives stand beside this one, and are not in the catalog yet.
    let isBeingMade = isSelf && !catalog.tables.contains(name)
    let keyColumns = try uniqueColumns(for: key, count: columns.count, in: referenced, isBeingMade: isBeingMade)
    guard let keyColumns else { return }
    for (own, other) in zip(columns, keyColumns) {
      guard let from = table.column(own)?.type, let to = referenced.column(other)?.type,
        database.canReference(from, to: to) == false
      else { continue }
      let label =
        constraint.name ?? catalog.constraintName(table, GeneratedName.addition(columns), "fkey")
      throw .foreignKeyTypes(label, (own, from), (other, to))
    }
  }

  private func checkPersistence(of table: Table, referencing other: Table) throws(SQLError) {
    let words: String? =
      switch (table.isTemporary, table.persistence, other.isTemporary, other.persistence) {
      case (true, _, false, _): "constraints on temporary tables may reference only temporary tables"
      case (false, .permanent, true, _), (false, .permanent, _, .unlogged):
        "constraints on permanent tables may reference only permanent tables"
      case (false, .unlogged, true, _):
        "constraints on unlogged tables may reference only permanent or unlogged tables"
      default: nil
      }
    if let words { throw SQLError(.invalidTableDefinition, words) }
  }

  private func checkColumn(_ column: String, of table: Table) throws(SQLError) {
    if table.column(column) != nil { return }
    if column.isSystemColumn {
      throw SQLError(.featureNotSupported, "system columns cannot be used in foreign keys")
    }
    if catalog.isFullyKnown(table) {
      throw .undefinedColumn(column, namedIn: "referenced in foreign key constraint")
    }
  }

  private func checkActions(of key: ForeignKey, _ columns: [String], in table: Table) throws(SQLError) {
    for column in key.onDelete.columns {
      try checkColumn(column, of: table)
      if !columns.contains(column) {
        throw SQLError(
          .invalidColumnReference,
          "column \(column.quotedInErrors) referenced in ON DELETE SET action must be part of foreign key"
        )
      }
    }
    guard columns.contains(where: { table.column($0)?.generated != nil }) else { return }
    let words = "action for foreign key constraint containing generated column"
    if key.onUpdate.writesColumns || key.onUpdate == .cascade {
      throw SQLError(.syntaxError, "invalid ON UPDATE \(words)")
    }
    if key.onDelete.writesColumns { throw SQLError(.syntaxError, "invalid ON DELETE \(words)") }
  }

  /// The columns of the key that it points to; `nil` where they are not there yet.
  ///
  /// Source: `transformFkeyGetPrimaryKey` and `transformFkeyCheckAttrs`.
  private func uniqueColumns(
    for key: ForeignKey,
    count: Int,
    in table: Table,
    isBeingMade: Bool
  ) throws(SQLError) -> [String]? {
    let name = table.name.quotedInErrors
    let isKnown = catalog.isFullyKnown(table)
    if key.referencedColumns.isEmpty {
      guard let primaryKey = table.primaryKey else {
        if isBeingMade || !isKnown { return nil }
        throw SQLError(.undefinedObject, "there is no primary key for referenced table \(name)")
      }
      if primaryKey.definition.isDeferrable {
        throw SQLError(
          .objectNotInPrerequisiteState,
          "cannot use a deferrable primary key for referenced table \(name)"
        )
      }
      try checkCount(count, primaryKey.columns.count)
      return primaryKey.columns
    }
    for column in key.referencedColumns { try checkColumn(column, of: table) }
    try checkCount(count, key.referencedColumns.count)
    if isBeingMade || !isKnown { return key.referencedColumns }
    if catalog.isUnique(key.referencedColumns, of: table) { return key.referencedColumns }
    let isDeferrable = table.constraints.contains {
      $0.isKey && $0.definition.isDeferrable && Set($0.columns) == Set(key.referencedColumns)
    }
    if isDeferrable {
      throw SQLError(
        .objectNotInPrerequisiteState,
        "cannot use a deferrable unique constraint for referenced table \(name)"
      )
    }
    throw SQLError(
      .invalidForeignKey,
      "there is no unique constraint matching given keys for referenced table \(name)"
    )
  }

  private func checkCount(_ referencing: Int, _ referenced: Int) throws(SQLError) {
    if referencing != referenced {
      throw SQLError(.invalidForeignKey, "number of referencing and referenced columns for foreign key disagree")
    }
  }
}

extension SQLError {
  static func foreignKeyTypes(
    _ constraint: String,
    _ own: (column: String, type: TypeName),
    _ other: (column: String, type: TypeName)
  ) -> SQLError {
    let types =
      "\(own.column.quotedInErrors) is \(own.type.sql) and \(other.column.quotedInErrors) is \(other.type.sql)"
    return SQLError(
      .datatypeMismatch,
      "foreign key constraint \(constraint.quotedInErrors) cannot be implemented: \(types)"
    )
  }
}

extension ForeignKey.Action {
  /// The columns that ON DELETE SET lists.
  fileprivate var columns: [String] {
    switch self {
    case .setNull(let columns), .setDefault(let columns): columns
    case .noAction, .restrict, .cascade: []
    }
  }

  fileprivate var writesColumns: Bool {
    switch self {
    case .setNull, .setDefault: true
    case .noAction, .restrict, .cascade: false
    }
  }
}

extension Table {
  var isTemporary: Bool { persistence == .temporary || name.schema == Catalog.temporary }
}

extension [String] {
  /// The first one that was there before.
  var firstDuplicate: String? {
    if count < 2 { return nil }
    var known: Set<String> = []
    return first { !known.insert($0).inserted }
  }
}
