extension Deparser {
  /// How tightly an expression holds together, by the precedence of `gram.y`.
  private enum Binding: Int, Comparable {
    case or, and, not, test, comparison, pattern, operation, atom

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  package mutating func text(_ expression: Expression) -> String {
    switch expression {
    case .column(let column): text(column)
    case .constant(let constant): text(constant)
    case .parameter(let number): "$\(number)"
    case .call(let call): text(call)
    case .sqlValue(let function, let precision): function.rawValue + (precision.map { "(\($0))" } ?? "")
    case .cast(let operand, let type): text(operand, least: .atom) + "::" + text(type)
    case .operation(let operation): text(operation)
    case .and(let operands): joined(operands, by: " AND ", least: .not)
    case .or(let operands): joined(operands, by: " OR ", least: .and)
    case .not(let operand): "NOT " + text(operand, least: .test)
    case .isNull(let operand): text(operand, least: .operation) + " IS NULL"
    case .isNotNull(let operand): text(operand, least: .operation) + " IS NOT NULL"
    case .booleanTest(let operand, let test): text(operand, least: .operation) + " IS " + text(test)
    case .case(let expression): text(expression)
    case .coalesce(let operands): "COALESCE(\(list(operands)))"
    case .greatest(let operands): "GREATEST(\(list(operands)))"
    case .least(let operands): "LEAST(\(list(operands)))"
    case .array(let operands): "ARRAY[\(list(operands))]"
    case .row(let operands): "ROW(\(list(operands)))"
    case .subquery(let subquery): text(subquery)
    case .collate(let operand, let collation): text(operand, least: .atom) + " COLLATE \(collation)"
    case .indirection(let operand, let steps): text(operand, steps)
    case .setToDefault: "DEFAULT"
    case .currentOf(let cursor): "CURRENT OF \(cursor.quotedIdentifier)"
    case .special(let node, let operands): special(node, operands)
    case .other(let node): fail(node)
    }
  }

  private mutating func joined(_ operands: [Expression], by word: String, least: Binding) -> String {
    operands.map { text($0, least: least) }.joined(separator: word)
  }

  /// The expression after DEFAULT, where the grammar takes only what needs no parentheses against NOT NULL and its kin.
  package mutating func text(default expression: Expression) -> String { text(expression, least: .atom) }

  /// In parentheses where it binds less tightly than its place needs.
  private mutating func text(_ expression: Expression, least: Binding) -> String {
    let inner = text(expression)
    return binding(of: expression) < least ? "(\(inner))" : inner
  }

  private func binding(of expression: Expression) -> Binding {
    switch expression {
    case .or: .or
    case .and: .and
    case .not: .not
    case .isNull, .isNotNull, .booleanTest: .test
    case .operation(let operation): binding(of: operation)
    case .subquery(let subquery): subquery.test == nil ? .atom : .pattern
    case .collate: .operation
    // A minus sign in front would be taken for an operator on what follows.
    case .constant(.integer(let value)) where value < 0: .operation
    case .constant(.number(let text)) where text.hasPrefix("-"): .operation
    case .call(let call): syntax(of: call) == nil ? .atom : .operation
    default: .atom
    }
  }

  private func binding(of operation: Operation) -> Binding {
    switch operation.form {
    case .plain:
      ["<", ">", "=", "<=", ">=", "<>", "!="].contains(operation.name.name) && operation.name.schema == nil
        ? .comparison : .operation
    case .any, .all: .operation
    case .isDistinct, .isNotDistinct: .test
    case .nullIf: .atom
    case .inList, .like, .ilike, .similar, .between, .notBetween, .betweenSymmetric, .notBetweenSymmetric: .pattern
    }
  }

  // MARK: - Operators

  private mutating func text(_ operation: Operation) -> String {
    let name = operatorText(operation.name)
    let isNegated = operation.name.name.hasPrefix("!") || operation.name.name == "<>"
    let not = isNegated ? "NOT " : ""
    switch operation.form {
    case .plain:
      let right = text(operation.right, least: binding(of: operation) == .comparison ? .pattern : .atom)
      guard let left = operation.left else { return "\(name) \(right)" }
      return text(left, least: binding(of: operation) == .comparison ? .pattern : .atom) + " \(name) \(right)"
    case .any: return left(operation) + " \(name) ANY (\(text(operation.right)))"
    case .all: return left(operation) + " \(name) ALL (\(text(operation.right)))"
    case .isDistinct: return left(operation) + " IS DISTINCT FROM " + text(operation.right, least: .atom)
    case .isNotDistinct: return left(operation) + " IS NOT DISTINCT FROM " + text(operation.right, least: .atom)
    case .nullIf: return "NULLIF(\(operation.left.map { text($0) } ?? ""), \(text(operation.right)))"
    case .inList: return left(operation) + " \(not)IN (\(items(operation.right)))"
    case .like: return left(operation) + " \(not)LIKE " + pattern(operation.right)
    case .ilike: return left(operation) + " \(not)ILIKE " + pattern(operation.right)
    case .similar: return left(operation) + " \(not)SIMILAR TO " + pattern(operation.right)
    case .between: return left(operation) + " BETWEEN " + bounds(operation.right)
    case .notBetween: return left(operation) + " NOT BETWEEN " + bounds(operation.right)
    case .betweenSymmetric: return left(operation) + " BETWEEN SYMMETRIC " + bounds(operation.right)
    case .notBetweenSymmetric: return left(operation) + " NOT BETWEEN SYMMETRIC " + bounds(operation.right)
    }
  }

  private mutating func left(_ operation: Operation) -> String {
    operation.left.map { text($0, least: .atom) } ?? ""
  }

  /// The grammar wraps LIKE's pattern in a call where it has ESCAPE, and SIMILAR's always.
  private mutating func pattern(_ expression: Expression) -> String {
    guard case .call(let call) = expression, call.name.schema == "pg_catalog",
      ["like_escape", "similar_to_escape"].contains(call.name.name), let first = call.arguments.first
    else { return text(expression, least: .atom) }
    let escape = call.arguments.dropFirst().first.map { " ESCAPE " + text($0, least: .atom) } ?? ""
    return text(first, least: .atom) + escape
  }

  private mutating func items(_ expression: Expression) -> String {
    if case .row(let items) = expression { list(items) } else { text(expression) }
  }

  private mutating func bounds(_ expression: Expression) -> String {
    guard case .row(let bounds) = expression else { return text(expression, least: .atom) }
    return joined(bounds, by: " AND ", least: .atom)
  }

  private func text(_ test: BooleanTest) -> String {
    switch test {
    case .isTrue: "TRUE"
    case .isNotTrue: "NOT TRUE"
    case .isFalse: "FALSE"
    case .isNotFalse: "NOT FALSE"
    case .isUnknown: "UNKNOWN"
    case .isNotUnknown: "NOT UNKNOWN"
    }
  }

  private mutating func text(_ expression: CaseExpression) -> String {
    var words = ["CASE"]
    if let subject = expression.subject { words.append(text(subject)) }
    for branch in expression.branches {
      words.append("WHEN \(text(branch.condition)) THEN \(text(branch.result))")
    }
    if let otherwise = expression.otherwise { words.append("ELSE \(text(otherwise))") }
    return words.joined(separator: " ") + " END"
  }

  private mutating func text(_ subquery: Subquery) -> String {
    let query = "(\(text(subquery.query)))"
    let test = subquery.test.map { text($0, least: .atom) } ?? ""
    let comparison = subquery.comparison.map(operatorText) ?? "="
    return switch subquery.form {
    case .exists: "EXISTS \(query)"
    case .scalar: query
    case .array: "ARRAY\(query)"
    case .any: comparison == "=" ? "\(test) IN \(query)" : "\(test) \(comparison) ANY \(query)"
    case .all: "\(test) \(comparison) ALL \(query)"
    }
  }

  private mutating func text(_ operand: Expression, _ steps: [Indirection]) -> String {
    let base =
      switch operand {
      // A field of a column needs parentheses, an element of one does not.
      case .column, .parameter:
        if case .element? = steps.first { text(operand) } else { "(\(text(operand)))" }
      default: "(\(text(operand)))"
      }
    return steps.reduce(base) { text, step in
      switch step {
      case .field(let name): text + ".\(name.quotedIdentifier)"
      case .star: text + ".*"
      case .element(let index): text + "[\(self.text(index))]"
      case .slice(let from, let to):
        text + "[\(from.map { self.text($0) } ?? ""):\(to.map { self.text($0) } ?? "")]"
      }
    }
  }
}
