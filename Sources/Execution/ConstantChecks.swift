import Catalog
import Syntax

/// Constants that PostgreSQL cannot work out: it tries when it plans a query, whatever rows there are.
///
/// Source: `eval_const_expressions` in `clauses.c`.
extension Execution {
  func checkConstants(of query: Query) throws(SQLError) {
    // In code a condition may keep it from being planned.
    guard routines.isEmpty else { return }
    switch query {
    case .select(let select):
      for target in select.targets { try checkConstants(in: target.expression) }
      if let condition = select.condition { try checkConstants(in: condition) }
    case .values(let values):
      for row in values.rows {
        for value in row where value.isOperation { try checkConstants(in: value) }
      }
    case .setOperation, .dataChange: break
    }
  }

  /// Where a condition decides which part is worked out (CASE, COALESCE, AND, OR), nothing is said.
  private func checkConstants(in expression: Expression) throws(SQLError) {
    switch expression {
    case .operation(let operation):
      if operation.dividesByZero { throw SQLError(.divisionByZero, "division by zero") }
      if let left = operation.left { try checkConstants(in: left) }
      try checkConstants(in: operation.right)
    case .cast(let operand, _): try checkConstants(in: operand)
    default: break
    }
  }
}

extension Operation {
  fileprivate var dividesByZero: Bool {
    guard form == .plain, ["/", "%"].contains(name.name), name.schema == nil, left?.isNumber == true else {
      return false
    }
    return right.isZero
  }
}

extension Expression {
  fileprivate var isOperation: Bool { if case .operation = self { true } else { false } }

  fileprivate var isNumber: Bool {
    switch self {
    case .constant(.integer), .constant(.number): true
    default: false
    }
  }

  fileprivate var isZero: Bool {
    switch self {
    case .constant(.integer(let number)): number == 0
    case .constant(.number(let text)): text.contains("0") && text.allSatisfy { $0 == "0" || $0 == "." }
    default: false
    }
  }
}
