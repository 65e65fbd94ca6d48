import Catalog
import Syntax

/// ALTER COLUMN … TYPE.
extension Execution {
  mutating func setType(
    of column: String,
    to definition: ColumnDefinition,
    _ expression: Expression?,
    _ change: TableChange
  ) throws(SQLError) {
    guard let table = catalog.tables[change.table] else { return }
    guard let type = definition.type else { return }
    try checkTypeChange(of: column, to: definition, type, using: expression, in: table, change)
    let old = table.column(column)
    let result = database.change(of: old, named: column, to: type, using: expression)
    let cause = WorkCause.typeChange(column: column, from: old?.type, to: type)
    requireRows(toConvert: column, to: type, expression, change)
    for name in change.family {
      if result.rewrites { rewrite(name, because: cause, action: change.position) }
      rebuildConstraints(on: column, of: name, rewrites: result.rewrites, cause, change)
      rebuildIndexes(on: column, of: name, definition, rewrites: result.rewrites, cause, change)
    }
    if existed(change.table) {
      if result.narrows { lose(.narrowing(column: column, of: change.table)) }
      if old?.type.map({ $0.name != type.name || $0.arrayDimensions != type.arrayDimensions }) ?? true {
        breaks(.columnTypeChanged(column, of: change.table))
      }
    }
    for name in change.family { store(definition, as: column, of: name) }
  }

  private mutating func requireRows(
    toConvert column: String,
    to type: TypeName,
    _ expression: Expression?,
    _ change: TableChange
  ) {
    let conversion = RowCondition.ColumnConversion(
      column: column,
      type: database.resolved(type),
      expression: expression.map { database.resolved($0, of: change.table) }
    )
    require(.typeChange(conversion), of: change.table, recursing: change.recurses)
    newColumns.insert(column)
  }

  /// Source: `ATPrepAlterColumnType` and `ATExecAlterColumnType`: what reads the column by its old type is in the way.
  private mutating func checkTypeChange(
    of name: String,
    to definition: ColumnDefinition,
    _ type: TypeName,
    using expression: Expression?,
    in table: Table,
    _ change: TableChange
  ) throws(SQLError) {
    if table.ofType != nil, !change.comesFromType {
      throw SQLError(.wrongObjectType, "cannot alter column type of typed table")
    }
    guard let column = try requireColumn(name, of: table) else { return require(type) }
    if column.isInherited {
      throw SQLError(.invalidTableDefinition, "cannot alter inherited column \(name.quotedInErrors)")
    }
    if table.partitionKeyReads(name) { throw .isOfPartitionKey(name, of: table.name, "alter") }
    require(type)
    if !type.isBuiltIn { try checkMembership(of: type, in: table.name) }
    try checkCollation(definition.collation, of: type)
    if let expression { try check(expression, as: .transform, of: change.original ?? table) }
    if column.generated == nil {
      try checkConversion(of: column, to: type, using: expression, in: change.original ?? table)
    }
    if !change.recurses, !table.children.isEmpty {
      throw .alsoOfChildren("type of inherited column \(name.quotedInErrors) must be changed in")
    }
    if change.recurses, !table.children.isEmpty, expression?.contains(where: { $0.isRow(of: table) }) == true {
      throw SQLError(.featureNotSupported, "cannot convert whole-row table reference")
    }
    try checkRelatives(of: column, change)
    try checkDefault(of: column, to: type)
    try checkUsers(of: name, in: table)
    try checkKeys(on: name, to: type, in: table)
    try checkComparisons(of: name, as: type, in: table)
  }

  /// What reads the column by its type.
  private func checkUsers(of name: String, in table: Table) throws(SQLError) {
    for relation in [table.name] + catalog.descendants(of: table.name) {
      let dependents = catalog.dependents(ofRelation: relation)
      let views = dependents.views.filter { $0.reads(name, of: relation) }
      if dependents.read(name, of: relation)
        || catalog.tables[relation]?.rules.contains(where: { $0.reads(name, of: relation) }) == true
      {
        var error = SQLError.typeIsUsed("by a view or rule")
        error.dependents = views.map { .view($0.name) }
        throw error
      }
    }
    if table.columns.contains(where: { $0.generated?.columnNames.contains(name) == true }) {
      throw .typeIsUsed("by a generated column")
    }
    if table.triggers.contains(where: { $0.reads(name) }) { throw .typeIsUsed("in a trigger definition") }
    if table.policies.contains(where: { $0.reads(name, of: table.name) }) {
      throw .typeIsUsed("in a policy definition")
    }
  }

  /// Constraints on the column are made again; only some of that is free.
  private mutating func rebuildConstraints(
    on column: String,
    of table: QualifiedName,
    rewrites: Bool,
    _ cause: WorkCause,
    _ change: TableChange
  ) {
    for constraint in catalog.tables[table]?.constraints ?? [] where constraint.columns.contains(column) {
      if constraint.condition != nil, constraint.isValidated, !rewrites {
        scan(table, because: cause, action: change.position)
      }
      guard let referenced = constraint.referenced else { continue }
      lock(referenced, .accessExclusive)
      if rewrites { validate(constraint, of: table, change) }
    }
    for (referencing, key) in catalog.foreignKeys(to: table) where key.referencedColumns.contains(column) {
      lock(referencing, .accessExclusive)
      if rewrites { validate(key, of: referencing, change) }
    }
  }

  private mutating func validate(_ key: TableConstraint, of table: QualifiedName, _ change: TableChange) {
    guard key.isValidated, let referenced = key.referenced else { return }
    work(
      .foreignKeyValidation,
      on: table,
      because: .foreignKey(constraint: key.name, referenced: referenced),
      action: change.position
    )
  }

  private mutating func rebuildIndexes(
    on column: String,
    of table: QualifiedName,
    _ definition: ColumnDefinition,
    rewrites: Bool,
    _ cause: WorkCause,
    _ change: TableChange
  ) {
    let old = catalog.tables[table]?.column(column)
    for index in catalog.indexes(of: table) where index.columns.contains(column) {
      lock(index.name, .accessExclusive)
      if !rewrites, !index.survivesTypeChange(of: column, from: old, to: definition.type, definition.collation) {
        work(.indexBuild, on: table, because: cause, action: change.position)
      }
    }
  }

  private mutating func store(_ definition: ColumnDefinition, as column: String, of table: QualifiedName) {
    let type = database.resolved(definition.type)
    catalog.learn(column, of: table) { column in
      // A string without a type was read as the old type, and is converted from it.
      if case .constant(.string)? = column.defaultValue, let value = column.defaultValue, let old = column.type,
        old.name != type?.name
      {
        column.defaultValue = .cast(value, to: old.withoutModifiers)
      }
      column.type = type ?? column.type
      column.collation = definition.collation
      column.storage = nil
    }
  }
}

extension Index {
  /// The key columns that are plain columns.
  var keyColumns: [String] {
    definition.elements.compactMap { if case .column(let name) = $0.key { name } else { nil } }
  }

  /// Whether the index can stay as it is when the rows stay as they are (`CheckIndexCompatible` in `indexcmds.c`):
  /// not with an expression or a predicate, nor with another collation or operator class.
  package func survivesTypeChange(
    of column: String,
    from old: Column?,
    to type: TypeName?,
    _ collation: QualifiedName?
  ) -> Bool {
    guard definition.predicate == nil, keyColumns.count == definition.elements.count else { return false }
    guard keyColumns.contains(column), let oldType = old?.type, let newType = type else { return true }
    return old?.collation == collation && TypeFacts.shareOperatorClass(oldType, newType)
  }
}

extension Expression {
  /// Whether it is the whole row of the table whose columns the expression names.
  fileprivate func isRow(of table: Table) -> Bool {
    guard case .column(let reference) = self else { return false }
    if reference.isStar { return reference.parts == [table.name.name, "*"] }
    return reference.parts == [table.name.name] && table.column(table.name.name) == nil
  }
}
