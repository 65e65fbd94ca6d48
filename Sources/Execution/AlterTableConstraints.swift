import Catalog
import Syntax

/// ADD, VALIDATE, ALTER and DROP CONSTRAINT.
extension Execution {
  mutating func addConstraint(_ constraint: Constraint, _ change: TableChange) throws(SQLError) {
    guard let table = catalog.tables[change.table] else { return }
    try check(
      constraint,
      columns: catalog.isFullyKnown(table) ? table.columns.map(\.name) : nil,
      of: table,
      change
    )
    validateRows(for: constraint, column: nil, isValidated: !constraint.isNotValid, change)
    requireRows(for: constraint, change)
    if constraint.isKey {
      makeKeys([(constraint, nil)], on: change.table)
    } else {
      make(constraint, column: nil, on: change.table)
    }
  }

  /// What the history is enough to know that PostgreSQL refuses of a constraint that is added to a table.
  func check(
    _ constraint: Constraint,
    columns: [String]?,
    of table: Table,
    _ change: TableChange
  ) throws(SQLError) {
    // A check of a child becomes one with its parent's.
    if let name = constraint.name, constraint.isKey || constraint.isCheck || constraint.isForeignKey,
      table.constraint(name) != nil
    {
      throw .duplicateObject
    }
    if constraint.isPrimaryKey, table.primaryKey != nil { throw .duplicateObject }
    if case .check(_, let noInherit) = constraint.kind {
      if !change.recurses, !noInherit, !table.children.isEmpty { throw .dependentObjectsStillExist }
      if noInherit, table.kind == .partitionedTable { throw .wrongObjectType }
    }
    if let index = constraint.existingIndex { try checkAdoption(of: index, by: table) }
    try check(constraint, columns: columns)
  }

  private func checkAdoption(of index: String, by table: Table) throws(SQLError) {
    guard catalog.isFullyKnown(table) else { return }
    guard let index = catalog.indexes[QualifiedName(schema: table.name.schema, index)], index.table == table.name,
      index.definition.isUnique, index.constraint == nil, index.definition.predicate == nil,
      index.definition.elements.allSatisfy({ $0.column != nil })
    else { throw .undefinedObject }
  }

  // MARK: - Rows

  /// What a new constraint asks of the rows that are there. `column` is the one that it was written with.
  mutating func validateRows(for constraint: Constraint, column: String?, isValidated: Bool, _ change: TableChange) {
    switch constraint.kind {
    case .check(_, let noInherit):
      guard isValidated else { return }
      for table in noInherit ? [change.table] : change.family {
        scan(table, because: .check(constraint: constraint.name, column: column), action: change.position)
      }
    case .primaryKey(let key):
      buildKey(key, named: constraint.name, .primaryKey(constraint: constraint.name), column: column, change)
    case .unique(let key):
      buildKey(key, named: constraint.name, .unique(constraint: constraint.name), column: column, change)
    case .exclusion: build(because: .exclusion(constraint: constraint.name), change)
    case .foreignKey(let key): validate(key, constraint, isValidated: isValidated, change)
    case .null, .notNull, .default, .identity, .generated: break
    }
  }

  private mutating func buildKey(
    _ key: KeyConstraint,
    named constraintName: String?,
    _ cause: WorkCause,
    column: String?,
    _ change: TableChange
  ) {
    var columns = key.columns
    if let existing = key.existingIndex {
      let name = QualifiedName(schema: change.table.schema, existing)
      // The index gets the constraint's name where it has another one.
      if let constraintName, constraintName != existing { lock(name, .shareUpdateExclusive) }
      columns = catalog.indexes[name]?.keyColumns ?? []
      if case .primaryKey = cause, !catalog.indexes.contains(name) {
        scan(change.table, because: cause, action: change.position)
      }
    } else {
      build(because: cause, change) { $0.isKey && $0.columns == (column.map { [$0] } ?? columns) && $0.hasCause(cause) }
    }
    guard case .primaryKey = cause, column == nil else { return }
    for column in columns {
      for table in change.family {
        let known = catalog.tables[table]
        if known?.column(column)?.isNotNull == true || known?.proves(notNull: column) == true { continue }
        scan(table, because: cause, action: change.position)
      }
    }
  }

  /// `isTheSame`: whether a partition's own constraint is taken over. Source: `DefineIndex` in `indexcmds.c`.
  private mutating func build(
    because cause: WorkCause,
    _ change: TableChange,
    _ isTheSame: (TableConstraint) -> Bool = { _ in false }
  ) {
    for table in [change.table] + catalog.partitions(of: change.table) {
      lock(table, .share)
      guard catalog.tables[table]?.kind != .partitionedTable else { continue }
      if table != change.table, catalog.tables[table]?.constraints.contains(where: isTheSame) == true { continue }
      work(.indexBuild, on: table, because: cause, action: change.position)
    }
  }

  private mutating func validate(
    _ key: ForeignKey,
    _ constraint: Constraint,
    isValidated: Bool,
    _ change: TableChange
  ) {
    let referenced = database.qualified(key.referenced.name)
    lock([referenced] + catalog.partitions(of: referenced), .shareRowExclusive)
    let isPartitioned = catalog.tables[change.table]?.kind == .partitionedTable
    for table in isPartitioned ? change.family : [change.table] {
      lock(table, .shareRowExclusive)
      guard isValidated, catalog.tables[table]?.kind != .partitionedTable else { continue }
      // A partition's own is taken over. Source: `tryAttachPartitionForeignKey` in `tablecmds.c`.
      let isThere = catalog.tables[table]?.constraints.contains {
        $0.isValidated && $0.definition.kind == constraint.kind
      }
      if table != change.table, isThere == true { continue }
      work(
        .foreignKeyValidation,
        on: table,
        because: .foreignKey(constraint: constraint.name, referenced: referenced),
        action: change.position
      )
    }
  }

  // MARK: - Constraints that are there

  private func requireConstraint(_ name: String, of table: Table) throws(SQLError) -> TableConstraint? {
    let constraint = table.constraint(name)
    if constraint == nil, catalog.isFullyKnown(table) { throw .undefinedObject }
    return constraint
  }

  mutating func alterConstraint(_ alteration: Constraint, _ change: TableChange) throws(SQLError) {
    guard let table = catalog.tables[change.table], let name = alteration.name else { return }
    _ = try requireConstraint(name, of: table)
    for member in change.family {
      guard let index = catalog.tables[member]?.constraints.firstIndex(named: name) else { continue }
      catalog.tables[member]?.constraints[index].definition.take(deferralOf: alteration)
    }
  }

  mutating func validateConstraint(_ name: String, _ change: TableChange) throws(SQLError) {
    guard let table = catalog.tables[change.table] else { return }
    let constraint = try requireConstraint(name, of: table)
    if constraint?.isValidated == true { return }
    if let constraint { requireRows(for: constraint, of: change.table, recursing: change.recurses) }
    if let referenced = constraint?.referenced {
      lock(referenced, .rowShare)
      work(
        .foreignKeyValidation,
        on: change.table,
        because: .validation(constraint: name),
        action: change.position
      )
    }
    for member in change.family where catalog.tables[member]?.constraint(name)?.isValidated != true {
      if constraint?.referenced == nil {
        scan(member, because: .validation(constraint: name), action: change.position)
      }
      guard let index = catalog.tables[member]?.constraints.firstIndex(named: name) else { continue }
      catalog.tables[member]?.constraints[index].isValidated = true
    }
  }

  mutating func dropConstraint(
    _ name: String,
    ifExists: Bool,
    cascades: Bool,
    _ change: TableChange
  ) throws(SQLError) {
    guard let table = catalog.tables[change.table] else { return }
    guard let constraint = table.constraint(name) else {
      if ifExists || !catalog.isFullyKnown(table) { return }
      throw .undefinedObject
    }
    if constraint.isInherited { throw .dependentObjectsStillExist }
    try dropConstraint(constraint, of: table, cascades: cascades, recurses: change.recurses)
  }

  /// Children keep a check that they define themselves, or have from another parent.
  private mutating func dropConstraint(
    _ constraint: TableConstraint,
    of table: Table,
    cascades: Bool,
    recurses: Bool
  ) throws(SQLError) {
    try delete([.constraint(constraint.name, of: table.name)], cascades: cascades)
    guard constraint.condition != nil else { return }
    var open = Array(table.children.reversed())
    while let child = open.popLast() {
      guard let table = catalog.tables[child], let inherited = table.constraint(constraint.name),
        inherited.isInherited
      else { continue }
      if table.parents.contains(where: { catalog.tables[$0]?.constraint(constraint.name) != nil }) { continue }
      if recurses, !inherited.isLocal {
        try delete([.constraint(constraint.name, of: child)], cascades: cascades)
        // Only a check goes on to the next level.
        if inherited.condition != nil { open += table.children.reversed() }
      } else if let index = table.constraints.firstIndex(named: constraint.name) {
        catalog.tables[child]?.constraints[index].isInherited = false
        catalog.tables[child]?.constraints[index].isLocal = true
      }
    }
  }
}

extension TableConstraint {
  /// Whether it is of the kind that asks for the work.
  fileprivate func hasCause(_ cause: WorkCause) -> Bool {
    switch (cause, definition.kind) {
    case (.unique, .unique), (.primaryKey, .primaryKey): true
    default: false
    }
  }
}

extension Constraint {
  /// The index that USING INDEX names.
  package var existingIndex: String? {
    switch kind {
    case .primaryKey(let key), .unique(let key): key.existingIndex
    default: nil
    }
  }

  fileprivate mutating func take(deferralOf other: Constraint) {
    self = Constraint(
      name: name,
      kind: kind,
      isDeferrable: other.isDeferrable,
      isInitiallyDeferred: other.isInitiallyDeferred,
      isNotValid: isNotValid
    )
  }
}
