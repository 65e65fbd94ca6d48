import Catalog
import Syntax

/// What PostgreSQL refuses of another type for a column.
///
/// Source: `ATPrepAlterColumnType` and `ATExecAlterColumnType` in `tablecmds.c`.
extension Execution {
  /// Without USING the values are cast as they would be to store them.
  func checkConversion(
    of column: Column,
    to type: TypeName,
    using expression: Expression?,
    in table: Table
  ) throws(SQLError) {
    let from = expression.map { database.certainType(of: $0, of: table) } ?? column.type
    guard let from, database.canAssign(from, to: type) == false else { return }
    let name = column.name.quotedInErrors
    let subject = expression == nil ? "column \(name)" : "result of USING clause for column \(name)"
    throw SQLError(.datatypeMismatch, "\(subject) cannot be cast automatically to type \(type.sql)")
  }

  /// The default is cast as well, whatever USING says of the rows.
  func checkDefault(of column: Column, to type: TypeName) throws(SQLError) {
    if column.identity != nil { try checkIdentityType(type) }
    guard let value = column.defaultValue, column.generated == nil, let old = column.type else { return }
    let from = value.isUntyped ? old : database.certainType(of: value, of: nil)
    guard let from, database.canAssign(from, to: type) == false else { return }
    throw SQLError(
      .datatypeMismatch,
      "default for column \(column.name.quotedInErrors) cannot be cast automatically to type \(type.sql)"
    )
  }

  /// Children that have the column from elsewhere too, and columns of the table's row type.
  func checkRelatives(of column: Column, _ change: TableChange) throws(SQLError) {
    let family = Set(change.family)
    for child in change.family.dropFirst() {
      if catalog.tables.reading(child, { $0.partitionKeyReads(column.name) }) == true {
        throw .isOfPartitionKey(column.name, of: child, "alter")
      }
      let parents = catalog.tables.reading(child) { $0.parents } ?? []
      if parents.contains(where: { !family.contains($0) && catalog.tables[$0]?.column(column.name) != nil }) {
        throw SQLError(
          .invalidTableDefinition,
          "cannot alter inherited column \(column.name.quotedInErrors) of relation \(child.quotedInErrors)"
        )
      }
    }
    try checkRowTypes(of: change.family)
  }

  /// Source: `find_composite_type_dependencies`.
  func checkRowTypes(of family: [QualifiedName]) throws(SQLError) {
    for table in family {
      for user in catalog.dependents(ofType: table).tables where user.name != table && user.kind != .partitionedTable {
        guard let column = user.columns.first(where: { $0.type?.name == table }) else { continue }
        let place = "\(user.name.name).\(column.name)".quotedInErrors
        throw SQLError(
          .featureNotSupported,
          "cannot alter table \(table.quotedInErrors) because column \(place) uses its row type"
        )
      }
    }
  }

  /// Indexes and foreign keys are made again.
  func checkKeys(on name: String, to type: TypeName, in table: Table) throws(SQLError) {
    for index in catalog.indexes(of: table.name) {
      guard index.definition.elements.contains(where: { $0.column == name && $0.operatorClass == nil }) else {
        continue
      }
      let method = index.definition.method
      guard method == "btree" || method == "hash", database.isIndexable(type, by: method) == false else { continue }
      throw SQLError(
        .undefinedObject,
        "data type \(type.withoutModifiers.sql) has no default operator class for access method "
          + method.quotedInErrors
      )
    }
    for key in table.constraints where key.referenced != nil {
      guard let position = key.columns.firstIndex(of: name), key.referencedColumns.indices.contains(position),
        let referenced = key.referenced
      else { continue }
      let other = key.referencedColumns[position]
      if referenced == table.name, other == name { continue }
      guard let otherType = catalog.tables[referenced]?.column(other)?.type,
        database.canReference(type, to: otherType) == false
      else { continue }
      throw .foreignKeyTypes(key.name, (name, type), (other, otherType))
    }
    for (referencing, key) in catalog.foreignKeys(to: table.name) where referencing != table.name {
      guard let position = key.referencedColumns.firstIndex(of: name), key.columns.indices.contains(position),
        let own = catalog.tables[referencing]?.column(key.columns[position])?.type,
        database.canReference(own, to: type) == false
      else { continue }
      throw .foreignKeyTypes(key.name, (key.columns[position], own), (name, type))
    }
  }
}

extension SQLError {
  static func typeIsUsed(_ user: String) -> SQLError {
    SQLError(.featureNotSupported, "cannot alter type of a column used \(user)")
  }
}
