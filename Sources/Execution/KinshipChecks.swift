import Catalog
import Syntax

/// What PostgreSQL refuses of ATTACH PARTITION and INHERIT.
extension Execution {
  /// Source: `ATExecAttachPartition` in `tablecmds.c`, behind `transformPartitionCmd` in `parse_utilcmd.c`.
  mutating func checkAttaching(
    of name: QualifiedName,
    _ bound: PartitionBound?,
    to parent: QualifiedName
  ) throws(SQLError) {
    let table = catalog.tables[parent]
    if let table, !table.isAssumed, table.kind != .partitionedTable { throw .isNotPartitioned(table) }
    if let table, let key = table.partitionKey, let bound { try checkForm(of: bound, key, table) }
    try require(name)
    if database.session.goesOnAfterErrors, catalog.tables[name]?.isPartition == true, withdraw(attachmentOf: name) {
      for other in catalog.tables[name]?.parents ?? [] { catalog.detach(name, from: other) }
    }
    guard let partition = catalog.tables[name], let table = catalog.tables[parent] else { return }
    func refused(_ message: String) -> SQLError { SQLError(.wrongObjectType, message) }
    if partition.isPartition { throw refused("\(name.quotedInErrors) is already a partition") }
    if partition.ofType != nil { throw refused("cannot attach a typed table as partition") }
    if !partition.parents.isEmpty { throw refused("cannot attach inheritance child as partition") }
    if partition.kind == .table, !partition.isAssumed, !partition.children.isEmpty {
      throw refused("cannot attach inheritance parent as partition")
    }
    try checkCircle(of: partition, below: parent)
    try checkPersistence(of: partition, in: table)
    try checkColumns(of: partition, in: table)
    try checkTriggers(of: partition, "a partition")
    if version >= 17, let column = partition.columns.first(where: { $0.identity != nil }) {
      let names = "table \(name.quotedInErrors) being attached contains an identity column"
      throw SQLError(.objectNotInPrerequisiteState, "\(names) \(column.name.quotedInErrors)")
    }
    if let bound { try check(bound, of: name, in: parent) }
    try checkKinship(of: partition, with: parent, isPartition: true)
    try checkPrimaryKey(of: partition, in: table)
    for trigger in table.triggers where trigger.definition.isForEachRow {
      guard let own = partition.triggers[named: trigger.name], !own.isInherited else { continue }
      throw .duplicate(.trigger, trigger.name, of: name)
    }
  }

  /// The partition's own key is taken over only where it is the same.
  ///
  /// Source: `AttachPartitionEnsureIndexes`.
  private func checkPrimaryKey(of partition: Table, in parent: Table) throws(SQLError) {
    guard let key = parent.primaryKey, let own = partition.primaryKey, own.columns != key.columns else { return }
    throw .multiplePrimaryKeys(partition.name)
  }

  private func checkCircle(of child: Table, below parent: QualifiedName) throws(SQLError) {
    if catalog.isTable(parent, withinFamilyOf: child.name) {
      throw SQLError(.duplicateTable, "circular inheritance not allowed")
    }
  }

  private func checkPersistence(of partition: Table, in parent: Table) throws(SQLError) {
    guard !partition.isAssumed, !parent.isAssumed, partition.isTemporary != parent.isTemporary else { return }
    let (own, other) = parent.isTemporary ? ("permanent", "temporary") : ("temporary", "permanent")
    throw SQLError(
      .wrongObjectType,
      "cannot attach a \(own) relation as partition of \(other) relation \(parent.name.quotedInErrors)"
    )
  }

  private func checkColumns(of partition: Table, in parent: Table) throws(SQLError) {
    guard catalog.isFullyKnown(parent),
      let other = partition.columns.first(where: { parent.column($0.name) == nil })
    else { return }
    let names = "table \(partition.name.quotedInErrors) contains column \(other.name.quotedInErrors)"
    throw SQLError(.datatypeMismatch, "\(names) not found in parent \(parent.name.quotedInErrors)")
  }

  /// Triggers that see all rows of a statement see none of one that writes to a parent.
  ///
  /// Source: `FindTriggerIncompatibleWithInheritance` in `trigger.c`.
  private func checkTriggers(of table: Table, _ role: String) throws(SQLError) {
    guard let trigger = table.triggers.first(where: { $0.definition.isForEachRow && $0.definition.hasTransitionTables })
    else { return }
    let names = "trigger \(trigger.name.quotedInErrors) prevents table \(table.name.quotedInErrors)"
    throw SQLError(.featureNotSupported, "\(names) from becoming \(role)")
  }

  /// Source: `ATPrepAddInherit` and `ATExecAddInherit`.
  func checkInheriting(of child: Table, from name: QualifiedName) throws(SQLError) {
    func refused(_ message: String) -> SQLError { SQLError(.wrongObjectType, message) }
    if child.isAssumed { return }
    if child.ofType != nil { throw refused("cannot change inheritance of typed table") }
    if child.isPartition { throw refused("cannot change inheritance of a partition") }
    if child.kind == .partitionedTable { throw refused("cannot change inheritance of partitioned table") }
    if let parent = catalog.tables[name], !parent.isAssumed {
      if parent.isTemporary, !child.isTemporary {
        throw refused("cannot inherit from temporary relation \(name.quotedInErrors)")
      }
      if parent.kind == .partitionedTable {
        throw refused("cannot inherit from partitioned table \(name.quotedInErrors)")
      }
      if parent.isPartition { throw refused("cannot inherit from a partition") }
    }
    try checkTriggers(of: child, "an inheritance child")
  }

  // MARK: - What a child must have

  /// A child has the columns and checks of its parent, and is none of its ancestors.
  ///
  /// Source: `CreateInheritance`, `MergeAttributesIntoExisting` and `MergeConstraintsIntoExisting`.
  func checkKinship(of child: Table, with name: QualifiedName, isPartition: Bool) throws(SQLError) {
    if child.parents.contains(name) {
      throw SQLError(.duplicateTable, "relation \(name.quotedInErrors) would be inherited from more than once")
    }
    try checkCircle(of: child, below: name)
    guard let parent = catalog.tables[name], catalog.isFullyKnown(parent), catalog.isFullyKnown(child) else { return }
    for column in parent.columns {
      guard let own = child.column(column.name) else {
        throw SQLError(.datatypeMismatch, "child table is missing column \(column.name.quotedInErrors)")
      }
      try checkColumn(own, of: child, by: column)
    }
    for constraint in parent.constraints { try checkConstraint(of: child, by: constraint) }
  }

  private func checkColumn(_ own: Column, of child: Table, by column: Column) throws(SQLError) {
    let name = column.name.quotedInErrors
    let table = "child table \(child.name.quotedInErrors)"
    func refused(_ message: String) -> SQLError { SQLError(.datatypeMismatch, message) }
    if let type = column.type, let ownType = own.type, type.sql != ownType.sql {
      throw refused("\(table) has different type for column \(name)")
    }
    if column.collation != own.collation {
      throw SQLError(.collationMismatch, "\(table) has different collation for column \(name)")
    }
    if column.isNotNull, !own.isNotNull { throw refused("column \(name) in child table must be marked NOT NULL") }
    if column.generated != nil, own.generated == nil {
      throw refused("column \(name) in child table must be a generated column")
    }
    if column.generated == nil, own.generated != nil {
      throw refused("column \(name) in child table must not be a generated column")
    }
  }

  private func checkConstraint(of child: Table, by constraint: TableConstraint) throws(SQLError) {
    guard case .check(let condition, let noInherit) = constraint.definition.kind, !noInherit else { return }
    let name = constraint.name.quotedInErrors
    guard let own = child.constraint(constraint.name), let ownCondition = own.condition else {
      throw SQLError(.datatypeMismatch, "child table is missing constraint \(name)")
    }
    if ownCondition.isSurelyOther(than: condition) {
      throw SQLError(
        .datatypeMismatch,
        "child table \(child.name.quotedInErrors) has different definition for check constraint \(name)"
      )
    }
    let what = "constraint \(name) conflicts with"
    if case .check(_, noInherit: true) = own.definition.kind {
      throw SQLError(
        .invalidObjectDefinition,
        "\(what) non-inherited constraint on child table \(child.name.quotedInErrors)"
      )
    }
    if constraint.isValidated, !own.isValidated {
      throw SQLError(
        .invalidObjectDefinition,
        "\(what) NOT VALID constraint on child table \(child.name.quotedInErrors)"
      )
    }
  }
}

extension Expression {
  /// Whether two conditions differ in more than how they are written: in what they name.
  fileprivate func isSurelyOther(than other: Expression) -> Bool {
    self != other && leaves != other.leaves
  }

  /// The columns, constants and operators in it.
  private var leaves: Set<Expression> {
    var leaves: Set<Expression> = []
    walk {
      switch $0 {
      case .column, .constant: leaves.insert($0)
      case .operation(let operation) where operation.form == .plain:
        leaves.insert(.constant(.bitString(operation.name.name)))
      default: break
      }
    }
    return leaves
  }
}

extension SQLError {
  static func isNotPartitioned(_ table: Table) -> SQLError {
    SQLError(.invalidObjectDefinition, "table \(table.name.quotedInErrors) is not partitioned")
  }
}

extension CreateTrigger {
  fileprivate var hasTransitionTables: Bool { oldTable != nil || newTable != nil }
}
