import Catalog
import Syntax

/// What actions of ALTER TABLE ask of the rows that are there.
extension Execution {
  // MARK: - New columns

  /// What a new column asks by its type and by the constraints that it is written with.
  mutating func requireRows(forNew column: ColumnDefinition, _ change: TableChange) {
    // Most columns may be NULL and have no constraint.
    let isOfDomain = column.type.flatMap { catalog.types[database.qualifiedType($0.name)] } != nil
    guard isOfDomain || column.constraints.contains(where: \.asksOfRows), existed(change.table) else { return }
    guard let value = value(ofNew: column, in: change.table) else { return }
    if column.isRequired { requireValue(value, of: column.name, change) }
    if let type = column.type, type.arrayDimensions == 0 { requireRows(for: value, toBeOf: type, column, change) }
    for constraint in column.constraints { require(constraint, of: value, in: column, change) }
  }

  /// What rows that are there hold in a new column, as an expression of its own type; `nil` where that differs from row
  /// to row or is not known.
  private func value(ofNew column: ColumnDefinition, in table: QualifiedName) -> Expression? {
    guard let type = column.type, type.serialType == nil else { return nil }
    var value = Expression.constant(.null)
    if case .domain(let domain)? = catalog.types[database.qualifiedType(type.name)]?.form {
      value = domain.defaultValue ?? value
    }
    for constraint in column.constraints {
      switch constraint.kind {
      case .identity: return nil
      case .default(let expression): value = database.resolved(expression, of: table)
      case .generated(let expression, _): value = database.resolved(expression, of: table)
      default: break
      }
    }
    if database.volatileCall(in: value) != nil { return nil }
    return .cast(value, to: database.resolved(type))
  }

  private mutating func requireValue(_ value: Expression, of column: String, _ change: TableChange) {
    if value.uncast.isNull {
      require(.none(column: column), of: change.table, recursing: change.recurses)
    } else if !value.columnNames.isEmpty {
      require(.notNull([value]), of: change.table, recursing: change.recurses)
    }
  }

  private mutating func requireRows(
    for value: Expression,
    toBeOf type: TypeName,
    _ column: ColumnDefinition,
    _ change: TableChange
  ) {
    var name = database.qualifiedType(type.name)
    for _ in 0..<Catalog.maximumDomainDepth {
      guard case .domain(let domain)? = catalog.types[name]?.form else { return }
      if domain.isNotNull, !column.isRequired { requireValue(value, of: column.name, change) }
      let base = domain.baseValue(of: value)
      for check in domain.checks {
        requireCheck(check.condition.replacing { $0 == "value" ? base : nil }, named: check.name, value, change)
      }
      name = domain.type.name
    }
  }

  private mutating func require(
    _ constraint: Constraint,
    of value: Expression,
    in column: ColumnDefinition,
    _ change: TableChange
  ) {
    switch constraint.kind {
    case .check(let condition, _) where !constraint.isNotValid:
      let condition = database.resolved(condition, of: change.table)
      let meant = condition.replacing { $0 == column.name ? value : nil }
      requireCheck(meant, named: constraint.name, value, change)
    case .unique(let key): requireUnique(value, of: column.name, nullsNotDistinct: key.nullsNotDistinct, change)
    case .primaryKey:
      if !value.uncast.isNull { requireUnique(value, of: column.name, nullsNotDistinct: false, change) }
    case .foreignKey(let key) where !constraint.isNotValid && !value.uncast.isNull:
      requireReference(key, columns: [value], change)
    default: break
    }
  }

  /// A check of a new column; most pass for its value, whatever the rows are.
  private mutating func requireCheck(
    _ condition: Expression,
    named name: String?,
    _ value: Expression,
    _ change: TableChange
  ) {
    if condition.columnNames.isEmpty {
      if value.uncast.isNull, condition.passesNull { return }
      var evaluator = database.evaluator(budget: budget)
      let result = evaluator.value(of: condition.mapping { $0 == value ? value.uncast : $0 })
      budget = evaluator.budget
      if result == .boolean(true) || result == .null { return }
    }
    require(.check(condition, constraint: name), of: change.table, recursing: change.recurses)
  }

  private mutating func requireUnique(
    _ value: Expression,
    of column: String,
    nullsNotDistinct: Bool,
    _ change: TableChange
  ) {
    if value.uncast.isNull, !nullsNotDistinct { return }
    let key = RowCondition.UniqueKey(
      elements: [IndexElement(key: .expression(value))],
      nullsNotDistinct: nullsNotDistinct
    )
    let kind: RowCondition.Kind = value.columnNames.isEmpty ? .oneAtMost(column: column) : .unique(key)
    require(kind, of: change.table, recursing: isPartitioned(change.table))
  }

  // MARK: - Constraints

  /// What a constraint asks that is added to a table.
  mutating func requireRows(for constraint: Constraint, _ change: TableChange) {
    guard existed(change.table) else { return }
    switch constraint.kind {
    case .check(let condition, let noInherit):
      if constraint.isNotValid { return }
      let condition = database.resolved(condition, of: change.table)
      require(
        .check(condition, constraint: constraint.name),
        of: change.table,
        recursing: change.recurses && !noInherit
      )
    case .unique(let key) where key.existingIndex == nil: requireUnique(key, change)
    case .primaryKey(let key):
      var columns = key.columns
      if let existing = key.existingIndex {
        columns = catalog.indexes[QualifiedName(schema: change.table.schema, existing)]?.keyColumns ?? []
      } else {
        requireUnique(key, change)
      }
      requireNotNull(columns, change)
    case .exclusion(let exclusion):
      let resolved = ExclusionConstraint(
        method: exclusion.method,
        elements: exclusion.elements.map {
          .init(element: database.resolved($0.element, of: change.table), comparison: $0.comparison)
        },
        including: [],
        predicate: exclusion.predicate.map { database.resolved($0, of: change.table) }
      )
      require(.exclusion(resolved), of: change.table, recursing: isPartitioned(change.table))
    case .foreignKey(let key) where !constraint.isNotValid:
      requireReference(key, columns: key.columns.map { .column(named: $0) }, change)
    default: break
    }
  }

  private mutating func requireUnique(_ key: KeyConstraint, _ change: TableChange) {
    let elements = key.columns.map { IndexElement(key: .column($0)) }
    require(
      .unique(.init(elements: elements, nullsNotDistinct: key.nullsNotDistinct)),
      of: change.table,
      recursing: isPartitioned(change.table)
    )
  }

  /// The columns that a table or one below it must be read for to see that they hold no NULL.
  mutating func requireNotNull(_ columns: [String], _ change: TableChange) {
    let open = columns.filter { column in
      change.family.contains { name in
        guard let table = catalog.tables[name] else { return true }
        return table.column(column)?.isNotNull != true && !table.proves(notNull: column)
      }
    }
    guard !open.isEmpty else { return }
    require(.notNull(open.map { .column(named: $0) }), of: change.table, recursing: change.recurses)
  }

  private mutating func requireReference(_ key: ForeignKey, columns: [Expression], _ change: TableChange) {
    let referenced = database.qualified(key.referenced.name)
    let targets =
      key.referencedColumns.isEmpty ? catalog.tables[referenced]?.primaryKey?.columns ?? [] : key.referencedColumns
    requireReference(columns, to: referenced, targets, key.match, of: change.table)
  }

  private mutating func requireReference(
    _ columns: [Expression],
    to referenced: QualifiedName,
    _ targets: [String],
    _ match: ForeignKey.Match,
    of table: QualifiedName
  ) {
    guard !columns.isEmpty, columns.count == targets.count else { return }
    require(
      .foreignKey(.init(columns: columns, referenced: referenced, referencedColumns: targets, match: match)),
      of: table,
      recursing: isPartitioned(table)
    )
  }

  /// What a constraint asks that a table has, or that it gets from the table whose partition it becomes.
  mutating func requireRows(for constraint: TableConstraint, of table: QualifiedName, recursing: Bool) {
    switch constraint.definition.kind {
    case .check(let condition, let noInherit):
      require(.check(condition, constraint: constraint.name), of: table, recursing: recursing && !noInherit)
    case .foreignKey(let key):
      guard let referenced = constraint.referenced else { return }
      let columns = constraint.columns.map { Expression.column(named: $0) }
      requireReference(columns, to: referenced, constraint.referencedColumns, key.match, of: table)
    default: break
    }
  }

  // MARK: - Partitions

  /// What becoming a partition asks of a table, besides its bound.
  mutating func requireShared(by partition: QualifiedName, of parent: QualifiedName) {
    guard existed(partition) else { return }
    for index in catalog.indexes(of: parent) where index.definition.isUnique {
      let match = catalog.indexes(of: partition).first { $0.parent == nil && $0.isLike(index) }
      if match == nil { require(.unique(.init(index.definition)), of: partition, recursing: true) }
    }
  }

  func isPartitioned(_ table: QualifiedName) -> Bool { catalog.tables[table]?.kind == .partitionedTable }
}

extension Domain {
  /// A value of the type below, as the checks read it.
  func baseValue(of value: Expression) -> Expression {
    if case .cast(let operand, _) = value { .cast(operand, to: type) } else { .cast(value, to: type) }
  }
}

extension Constraint {
  /// Whether it may make a new column fail on rows that are there.
  fileprivate var asksOfRows: Bool {
    switch kind {
    case .notNull, .check, .primaryKey, .unique, .foreignKey: true
    case .null, .default, .identity, .generated, .exclusion: false
    }
  }
}

extension Expression {
  /// Whether a check of nothing but one value, which is NULL, is NULL itself: operators give NULL for NULL.
  fileprivate var passesNull: Bool {
    switch self {
    case .constant(.null): true
    case .cast(let operand, _), .not(let operand), .collate(let operand, _): operand.passesNull
    case .and(let operands): operands.allSatisfy(\.passesNull)
    case .operation(let operation):
      switch operation.form {
      case .plain, .inList, .like, .ilike, .similar, .between, .notBetween, .betweenSymmetric, .notBetweenSymmetric:
        operation.left?.passesNull ?? operation.right.passesNull
      default: false
      }
    default: false
    }
  }
}
