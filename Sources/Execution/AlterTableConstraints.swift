import Catalog
import Syntax

/// ADD, VALIDATE, ALTER and DROP CONSTRAINT.
extension Execution {
  mutating func addConstraint(_ constraint: Constraint, _ change: TableChange) throws(SQLError) {
    withdrawNamesake(of: constraint, on: change.table)
    guard let table = catalog.tables[change.table] else { return }
    let count = table.constraints.count
    try check(constraint, column: nil, of: table, before: table, change)
    validateRows(for: constraint, column: nil, isValidated: !constraint.isNotValid, change)
    requireRows(for: constraint, change)
    if constraint.isKey {
      makeKeys([(constraint, nil)], on: change.table)
    } else {
      make(constraint, column: nil, on: change.table)
    }
    if !constraint.isNotValid, let constraints = catalog.tables[change.table]?.constraints {
      for made in constraints.suffix(constraints.count - min(count, constraints.count)) {
        noteRisk(.constraint(made.name, of: change.table))
      }
    }
  }

  /// What was added before under the name may have failed on rows.
  private mutating func withdrawNamesake(of constraint: Constraint, on name: QualifiedName) {
    guard database.session.goesOnAfterErrors, let table = catalog.tables[name] else { return }
    let namesake = constraint.name.map { table.constraint($0) } ?? (constraint.isPrimaryKey ? table.primaryKey : nil)
    guard let namesake, namesake.isSame(as: constraint) else { return }
    if case .check(let condition, _) = constraint.kind, namesake.condition != database.resolved(condition, of: name) {
      return
    }
    _ = withdraw(.constraint(namesake.name, of: name))
  }

  /// What the history is enough to know that PostgreSQL refuses of a constraint that is added to a table.
  ///
  /// `column` is the one that it was written with, which `table` has and `before` may not have.
  mutating func check(
    _ constraint: Constraint,
    column: String?,
    of table: Table,
    before: Table,
    _ change: TableChange
  ) throws(SQLError) {
    if constraint.isPrimaryKey, before.primaryKey != nil { throw .multiplePrimaryKeys(table.name) }
    if case .check(_, let noInherit) = constraint.kind {
      if !change.recurses, !noInherit, !table.children.isEmpty { throw .alsoOfChildren("constraint must be added to") }
    }
    if case .primaryKey(let key) = constraint.kind, version < 18 {
      for column in key.columns { try checkChildren(have: column, change) }
    }
    if let index = constraint.existingIndex {
      try checkAdoption(of: index, isPrimary: constraint.isPrimaryKey, by: table)
    }
    try check(constraint, column: column, of: table)
    try checkName(of: constraint, in: before)
    if case .check(_, noInherit: false) = constraint.kind { try checkChildren(of: change, take: constraint) }
    if constraint.isForeignKey, table.kind == .partitionedTable { try checkForeignKey(constraint, of: table, change) }
  }

  /// A check goes on to the children, where one of its name becomes the same.
  private func checkChildren(of change: TableChange, take constraint: Constraint) throws(SQLError) {
    guard let name = constraint.name else { return }
    for child in change.family.dropFirst() {
      guard let own = catalog.tables[child]?.constraint(name) else { continue }
      guard case .check(_, let noInherit) = own.definition.kind else { throw .duplicateConstraint(name, of: child) }
      let what = "constraint \(name.quotedInErrors) conflicts with"
      if noInherit {
        throw SQLError(
          .invalidObjectDefinition,
          "\(what) non-inherited constraint on relation \(child.quotedInErrors)"
        )
      }
      if !constraint.isNotValid, !own.isValidated {
        throw SQLError(.invalidObjectDefinition, "\(what) NOT VALID constraint on relation \(child.quotedInErrors)")
      }
    }
  }

  /// Source: `ATAddForeignKeyConstraint`.
  private func checkForeignKey(_ constraint: Constraint, of table: Table, _ change: TableChange) throws(SQLError) {
    guard case .foreignKey(let key) = constraint.kind else { return }
    let names =
      "foreign key on partitioned table \(table.name.quotedInErrors) referencing relation "
      + key.referenced.name.quotedInErrors
    if !change.recurses {
      throw SQLError(.wrongObjectType, "cannot use ONLY for \(names)")
    }
    if constraint.isNotValid, version < 18 { throw SQLError(.wrongObjectType, "cannot add NOT VALID \(names)") }
  }

  /// Source: `index_create`, and `MergeWithExistingConstraint` in `heap.c`.
  private func checkName(of constraint: Constraint, in table: Table) throws(SQLError) {
    guard let name = constraint.name, constraint.isKey || constraint.isCheck || constraint.isForeignKey else { return }
    let index = QualifiedName(schema: table.name.schema, name)
    if constraint.isKey, constraint.existingIndex != name, catalog.isKnown(index) { throw .duplicate(.index, index) }
    guard let existing = table.constraint(name) else { return }
    guard case .check(let condition, let noInherit) = constraint.kind, existing.isInherited, !existing.isLocal,
      let old = existing.condition
    else { throw .duplicateConstraint(name, of: table.name) }
    // A table makes a check its own that it has from a parent.
    if database.resolved(condition, of: table.name) != old { throw .duplicateConstraint(name, of: table.name) }
    let what = "constraint \(name.quotedInErrors) conflicts with"
    if noInherit {
      throw SQLError(
        .invalidObjectDefinition,
        "\(what) inherited constraint on relation \(table.name.quotedInErrors)"
      )
    }
    if !constraint.isNotValid, !existing.isValidated {
      throw SQLError(
        .invalidObjectDefinition,
        "\(what) NOT VALID constraint on relation \(table.name.quotedInErrors)"
      )
    }
  }

  private func checkAdoption(of index: String, isPrimary: Bool, by table: Table) throws(SQLError) {
    guard catalog.isFullyKnown(table) else { return }
    if table.kind == .partitionedTable {
      throw SQLError(
        .featureNotSupported,
        "ALTER TABLE / ADD CONSTRAINT USING INDEX is not supported on partitioned tables"
      )
    }
    let name = QualifiedName(schema: table.name.schema, index)
    guard let index = catalog.indexes[name] else { throw .undefined(.index, index) }
    try index.checkAdoption(by: table, isPrimary: isPrimary)
  }

  // MARK: - Rows

  /// What a new constraint asks of the rows that are there. `column` is the one that it was written with.
  mutating func validateRows(for constraint: Constraint, column: String?, isValidated: Bool, _ change: TableChange) {
    switch constraint.kind {
    case .check(_, let noInherit):
      let isThere: (Table) -> Bool = { table in constraint.name.map { table.constraint($0) != nil } ?? false }
      let heirs = noInherit || !change.recurses ? [] : heirs(of: change.table, has: isThere)
      lock(heirs, .accessExclusive)
      guard isValidated else { return }
      for table in [change.table] + heirs.filter({ catalog.tables[$0].map(isThere) != true }) {
        scan(table, because: .check(constraint: constraint.name, column: column), action: change.position)
      }
    case .primaryKey(let key):
      buildKey(key, of: constraint, .primaryKey(constraint: constraint.name, column: column), column: column, change)
    case .unique(let key):
      buildKey(key, of: constraint, .unique(constraint: constraint.name, column: column), column: column, change)
    case .exclusion: build(constraint, because: .exclusion(constraint: constraint.name), change)
    case .foreignKey(let key): validate(key, constraint, column: column, isValidated: isValidated, change)
    case .null, .notNull, .default, .identity, .generated: break
    }
  }

  private mutating func buildKey(
    _ key: KeyConstraint,
    of constraint: Constraint,
    _ cause: WorkCause,
    column: String?,
    _ change: TableChange
  ) {
    var columns = key.columns
    if let existing = key.existingIndex {
      let name = QualifiedName(schema: change.table.schema, existing)
      // The index gets the constraint's name where it has another one.
      if let newName = constraint.name, newName != existing { lock(name, .shareUpdateExclusive) }
      columns = catalog.indexes[name]?.keyColumns ?? []
      if case .primaryKey = cause, !catalog.indexes.contains(name) {
        scan(change.table, because: cause, action: change.position)
      }
    } else {
      build(constraint, because: cause, change) {
        $0.isKey && $0.columns == (column.map { [$0] } ?? columns) && $0.hasCause(cause)
      }
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
    _ constraint: Constraint,
    because cause: WorkCause,
    _ change: TableChange,
    _ isTheSame: (TableConstraint) -> Bool = { _ in false }
  ) {
    for table in [change.table] + catalog.partitions(of: change.table) {
      lock(table, .share)
      guard catalog.mayHaveRows(table) else { continue }
      if table != change.table, catalog.tables[table]?.constraints.contains(where: isTheSame) == true { continue }
      // What is checked at the end of the transaction is checked by a trigger.
      if constraint.isDeferrable { lock(table, .shareRowExclusive) }
      work(.indexBuild, on: table, because: cause, action: change.position)
    }
  }

  /// Source: `addFkRecurseReferencing` in `tablecmds.c`.
  private mutating func validate(
    _ key: ForeignKey,
    _ constraint: Constraint,
    column: String?,
    isValidated: Bool,
    _ change: TableChange
  ) {
    let new = tableConstraint(constraint, key, column: column, named: constraint.name ?? "")
    guard let referenced = new.referenced else { return }
    let pointedTo = [referenced] + catalog.partitions(of: referenced)
    lock(pointedTo, .shareRowExclusive)
    lock(change.table, .shareRowExclusive)
    let adopts: (Table) -> Bool = { $0.constraints.contains { $0.canBecomePart(of: new) } }
    let isPartitioned = catalog.tables[change.table]?.kind == .partitionedTable
    for name in [change.table] + (isPartitioned ? heirs(of: change.table, has: adopts) : []) {
      lock(name, .shareRowExclusive)
      if name != change.table, catalog.tables[name].map(adopts) == true {
        // The triggers of the partition's own key go.
        lock(pointedTo, .accessExclusive)
      } else if isValidated, catalog.mayHaveRows(name) {
        work(
          .foreignKeyValidation,
          on: name,
          because: .foreignKey(constraint: constraint.name, column: column, referenced: referenced),
          action: change.position
        )
      }
    }
  }

  // MARK: - Constraints that are there

  private func requireConstraint(_ name: String, of table: Table) throws(SQLError) -> TableConstraint? {
    let constraint = table.constraint(name)
    if constraint == nil, catalog.isFullyKnown(table) { throw .undefined(.constraint, name, of: table.name) }
    return constraint
  }

  mutating func alterConstraint(_ alteration: Constraint, _ change: TableChange) throws(SQLError) {
    guard let table = catalog.tables[change.table], let name = alteration.name else { return }
    if let constraint = try requireConstraint(name, of: table), constraint.referenced == nil {
      throw SQLError(
        .wrongObjectType,
        "constraint \(name.quotedInErrors) of relation \(table.name.quotedInErrors) is not a foreign key constraint"
      )
    }
    for member in change.family {
      guard let index = catalog.tables[member]?.constraints.firstIndex(named: name) else { continue }
      catalog.tables[member]?.constraints[index].definition.take(deferralOf: alteration)
    }
  }

  mutating func validateConstraint(_ name: String, _ change: TableChange) throws(SQLError) {
    guard let table = catalog.tables[change.table] else { return }
    let constraint = try requireConstraint(name, of: table)
    if let constraint, constraint.isKey {
      let names = "constraint \(name.quotedInErrors) of relation \(table.name.quotedInErrors)"
      throw SQLError(.wrongObjectType, "\(names) is not a foreign key or check constraint")
    }
    if constraint?.isValidated == true { return }
    if constraint?.condition != nil, !change.recurses, !table.children.isEmpty {
      throw .alsoOfChildren("constraint must be validated on")
    }
    let family = constraint.map { reachesBelow($0, of: table) } ?? true ? change.family : [change.table]
    lock(family, .shareUpdateExclusive)
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
    for member in family where catalog.tables[member]?.constraint(name)?.isValidated != true {
      if constraint?.referenced == nil {
        scan(member, because: .validation(constraint: name), action: change.position)
      }
      guard let index = catalog.tables[member]?.constraints.firstIndex(named: name) else { continue }
      catalog.tables[member]?.constraints[index].isValidated = true
    }
  }

  /// Whether the tables below have what is validated, and are asked too.
  private func reachesBelow(_ constraint: TableConstraint, of table: Table) -> Bool {
    if case .check(_, let noInherit) = constraint.definition.kind { return !noInherit }
    return table.kind == .partitionedTable
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
      throw .undefined(.constraint, name, of: table.name)
    }
    if constraint.isInherited {
      throw SQLError(
        .invalidTableDefinition,
        "cannot drop inherited constraint \(name.quotedInErrors) of relation \(table.name.quotedInErrors)"
      )
    }
    if !change.recurses, table.kind == .partitionedTable, !table.children.isEmpty, constraint.condition != nil {
      throw .onlyOfPartitioned("remove constraint from")
    }
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
    guard case .check(_, noInherit: false) = constraint.definition.kind else { return }
    lock(table.children, .accessExclusive)
    var open = Array(table.children.reversed())
    while let child = open.popLast() {
      guard let table = catalog.tables[child], let inherited = table.constraint(constraint.name),
        inherited.isInherited
      else { continue }
      if table.parents.contains(where: { catalog.tables[$0]?.constraint(constraint.name) != nil }) { continue }
      if recurses, !inherited.isLocal {
        try delete([.constraint(constraint.name, of: child)], cascades: cascades)
        // Only a check goes on to the next level.
        if inherited.condition != nil {
          lock(table.children, .accessExclusive)
          open += table.children.reversed()
        }
      } else if let index = table.constraints.firstIndex(named: constraint.name) {
        catalog.tables[child]?.constraints[index].isInherited = false
        catalog.tables[child]?.constraints[index].isLocal = true
      }
    }
  }
}

extension TableConstraint {
  /// Whether a statement means to add what is there, as far as kind and columns tell.
  fileprivate func isSame(as other: Constraint) -> Bool {
    switch (definition.kind, other.kind) {
    case (.check, .check): true
    case (.primaryKey, .primaryKey(let key)), (.unique, .unique(let key)): columns == key.columns
    case (.foreignKey, .foreignKey(let key)): columns == key.columns
    case (.exclusion, .exclusion): true
    default: false
    }
  }

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
