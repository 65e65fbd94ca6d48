import Analysis
import Syntax

extension Step {
  /// The changes of data that the statement makes, in WITH and in blocks of code too.
  var dataChanges: [DataChange] { statement.kind.dataChanges }

  /// Whether others see the rows of the table that a change is about.
  func isFelt(_ change: DataChange) -> Bool {
    let table = schema.qualified(change.relation.name)
    return effects.relations.first { $0.relation == table }?.isFelt ?? true
  }
}

extension Statement.Kind {
  fileprivate var dataChanges: [DataChange] {
    switch self {
    case .dataChange(let change): [change] + (change.with?.queries.flatMap { $0.query.dataChanges } ?? [])
    case .query(let query): query.dataChanges
    case .anonymousBlock(let block): block.code.statements.flatMap(\.dataChanges)
    case .copy(let copy): copy.query?.dataChanges ?? []
    case .explain(let explain): explain.runs ? explain.statement.dataChanges : []
    default: []
    }
  }
}

extension Expression {
  /// Whether a condition picks every row, whatever is in it.
  var isTautology: Bool {
    switch self {
    case .constant(.boolean(true)): true
    case .not(let operand): operand.isContradiction
    case .and(let operands): operands.allSatisfy(\.isTautology)
    case .or(let operands): operands.contains(where: \.isTautology)
    case .cast(let operand, _): operand.isTautology || operand == .constant(.string("t"))
    case .operation(let operation):
      operation.form == .plain && operation.name.name == "=" && operation.left == operation.right
    default: false
    }
  }

  private var isContradiction: Bool {
    switch self {
    case .constant(.boolean(false)): true
    case .not(let operand): operand.isTautology
    case .and(let operands): operands.contains(where: \.isContradiction)
    case .or(let operands): operands.allSatisfy(\.isContradiction)
    default: false
    }
  }
}
