import Linting
import Syntax

extension StatementContext {
  /// The changes of data that the statement makes, in WITH too.
  var dataChanges: [DataChange] { statement.kind.dataChanges }

  /// Whether others see the rows of the table that a change is about.
  func isVisible(_ change: DataChange) -> Bool {
    let table = before.qualified(change.relation.name)
    return effects.relations.first { $0.relation == table }?.isVisibleToOthers ?? true
  }

  /// Whether others notice that rows of the table are locked.
  func isWaitedFor(_ change: DataChange) -> Bool {
    let table = before.qualified(change.relation.name)
    return effects.relations.first { $0.relation == table }?.isWaitedFor ?? true
  }

  /// Whether a condition leaves out no row of the table, however it is written.
  func takesEveryRow(_ condition: Expression?, of change: DataChange) -> Bool {
    guard let condition else { return true }
    let table = before.table(change.relation.name)
    return condition.isAlwaysTrue { column in table?.column(column)?.isNotNull == true }
  }
}

extension Statement.Kind {
  /// The changes of rows that it makes, in WITH, COPY and EXPLAIN ANALYZE too.
  var dataChanges: [DataChange] {
    switch self {
    case .dataChange(let change): Query.dataChange(change).dataChanges
    case .query(let query): query.dataChanges
    case .copy(let copy): copy.query?.dataChanges ?? []
    case .explain(let explain): explain.runs ? explain.statement.dataChanges : []
    default: []
    }
  }
}

extension Expression {
  /// Whether a condition picks every row, whatever is in it. `isRequired` tells whether a column is NOT NULL.
  ///
  /// `a = a` leaves out the rows whose `a` is NULL, yet nobody writes it but to say "all of them".
  func isAlwaysTrue(_ isRequired: (String) -> Bool) -> Bool {
    switch self {
    case .constant(.boolean(let value)): value
    case .cast(.constant(.string(let text)), let type):
      type.name.name == "bool" && ["t", "true", "y", "yes", "on", "1"].contains(text.lowercased())
    case .cast(let operand, let type): type.name.name == "bool" && operand.isAlwaysTrue(isRequired)
    case .not(let operand): operand.isNeverTrue
    case .and(let operands): operands.allSatisfy { $0.isAlwaysTrue(isRequired) }
    case .or(let operands): operands.contains { $0.isAlwaysTrue(isRequired) } || operands.holdOpposites
    case .booleanTest(let operand, .isTrue), .booleanTest(let operand, .isNotFalse): operand.isAlwaysTrue(isRequired)
    case .isNotNull(.column(let column)): column.name.map(isRequired) ?? false
    case .isNotNull(.constant(let constant)): constant != .null
    case .operation(let operation): operation.isAlwaysTrue
    default: false
    }
  }

  fileprivate var isNeverTrue: Bool {
    switch self {
    case .constant(.boolean(let value)): !value
    case .not(let operand): operand.isAlwaysTrue { _ in false }
    case .and(let operands): operands.contains(where: \.isNeverTrue)
    case .or(let operands): operands.allSatisfy(\.isNeverTrue)
    case .operation(let operation): operation.isNeverTrue
    default: false
    }
  }
}

extension [Expression] {
  /// `a IS NULL OR a IS NOT NULL`
  fileprivate var holdOpposites: Bool {
    contains { if case .isNull(let operand) = $0 { contains(.isNotNull(operand)) } else { false } }
  }
}

extension Operation {
  /// Whether it is an operator of equality between the same things, or of inequality between different constants.
  fileprivate var isAlwaysTrue: Bool {
    guard form == .plain || form == .isNotDistinct, left != .constant(.null) else { return false }
    switch name.name {
    case "=", "<=", ">=": return left == right
    case "<>", "<": return areConstantsThatDiffer && (name.name == "<>" || isAscending)
    default: return false
    }
  }

  fileprivate var isNeverTrue: Bool {
    form == .plain && (name.name == "=" && areConstantsThatDiffer || name.name == "<>" && left == right)
  }

  private var areConstantsThatDiffer: Bool {
    guard case .constant(.integer(let left))? = left, case .constant(.integer(let right)) = right else { return false }
    return left != right
  }

  private var isAscending: Bool {
    guard case .constant(.integer(let left))? = left, case .constant(.integer(let right)) = right else { return false }
    return left < right
  }
}
