import Syntax

/// Follows texts from outside through the variables of code to the SQL that it executes.
struct UnquotedTexts {
  /// The variables, and the fields of records, that hold such a text as it came.
  private var variables: Set<String> = []
  /// Records whose fields are all like that.
  private var records: Set<String> = []

  init() {}

  init(of function: CreateFunction) {
    let inputs = function.parameters.filter { $0.mode != .out && $0.mode != .table }
    for (position, parameter) in inputs.enumerated() where parameter.type.isOfText {
      variables.insert("$\(position + 1)")
      if let name = parameter.name { variables.insert(name) }
    }
  }

  /// The variable that reaches an EXECUTE unquoted; `nil` where none does.
  mutating func executed(by steps: [EmbeddedCode.Step]) -> String? {
    // A loop may assign in its last step what its first step executes.
    for _ in 0..<Self.rounds {
      let count = variables.count + records.count
      follow(steps)
      if variables.count + records.count == count { break }
    }
    return firstExecuted(in: steps)
  }

  private static let rounds = 4

  // MARK: - Variables

  private mutating func follow(_ steps: [EmbeddedCode.Step]) {
    for step in steps {
      switch step {
      case .assign(let name, let term): note(term.expression, in: name)
      case .run(let parts, let names):
        if let targets = parts.targets, targets.count == names.count {
          for (target, name) in zip(targets, names) { note(field: target.expression, in: name) }
        } else if names.count == 1 {
          note(rowOf: parts, in: names[0])
        }
      case .forRows(let name, let parts, _): note(rowOf: parts, in: name)
      case .forEach(let name, let term, _): note(term.expression, in: name)
      default: break
      }
      for inner in step.innerSteps { follow(inner) }
    }
  }

  private mutating func note(_ expression: Expression?, in name: String) {
    if let expression, source(of: expression) != nil { variables.insert(name) }
  }

  /// What a query reads may be any text.
  private mutating func note(field: Expression, in name: String) {
    if case .column = field { variables.insert(name) } else { note(field, in: name) }
  }

  private mutating func note(rowOf parts: [EmbeddedCode.Part], in name: String) {
    guard let targets = parts.targets else { return }
    for target in targets {
      if case .column(let column) = target.expression {
        if column.isStar { records.insert(name) }
        guard let field = target.name ?? column.name else { continue }
        variables.insert("\(name).\(field)")
        if targets.count == 1 { variables.insert(name) }
      } else if let field = target.name {
        note(target.expression, in: "\(name).\(field)")
      }
    }
  }

  // MARK: - Expressions

  /// The variable that an expression puts into its text as it is.
  private func source(of expression: Expression) -> String? {
    func first(_ expressions: [Expression]) -> String? { expressions.lazy.compactMap { source(of: $0) }.first }
    switch expression {
    case .column(let column):
      let name = column.parts.joined(separator: ".")
      return variables.contains(name) || column.parts.count == 2 && records.contains(column.parts[0]) ? name : nil
    case .parameter(let number): return variables.contains("$\(number)") ? "$\(number)" : nil
    case .cast(let operand, let type): return type.isOfText ? source(of: operand) : nil
    case .operation(let operation) where operation.name.name == "||":
      return first([operation.left, operation.right].compactMap(\.self))
    case .coalesce(let operands): return first(operands)
    case .case(let branches): return first(branches.branches.map(\.result) + [branches.otherwise].compactMap(\.self))
    case .call(let call):
      if call.name.name == "format" { return first(call.rawArguments) }
      return Self.passing.contains(call.name.name) ? first(call.arguments) : nil
    default: return nil
    }
  }

  /// Functions that give back what they get, more or less.
  private static let passing: Set = [
    "lower", "upper", "trim", "btrim", "ltrim", "rtrim", "replace", "concat", "concat_ws", "substring", "substr",
    "left",
    "right", "array_to_string",
  ]

  private func firstExecuted(in steps: [EmbeddedCode.Step]) -> String? {
    for step in steps {
      if case .execute(let term, nil, _, _, _) = step, let expression = term.expression,
        let variable = source(of: expression)
      {
        return variable
      }
      for inner in step.innerSteps {
        if let variable = firstExecuted(in: inner) { return variable }
      }
    }
    return nil
  }
}

extension [EmbeddedCode.Part] {
  /// What a query gives, where it is one.
  fileprivate var targets: [Select.Target]? {
    guard count == 1, case .query(.select(let select)) = self[0].kind else { return nil }
    return select.targets
  }
}

extension FunctionCall {
  /// Of `format`, the arguments that it puts in as they are.
  fileprivate var rawArguments: [Expression] {
    guard case .constant(.string(let text))? = arguments.first else { return arguments }
    var raw: [Expression] = []
    var next = 1
    for part in text.replacing("%%", with: "").split(separator: "%", omittingEmptySubsequences: false).dropFirst() {
      let digits = part.prefix(while: \.isNumber)
      var kind = part.dropFirst(digits.count)
      if kind.first == "$", let number = Int(digits) {
        next = number
        kind = kind.dropFirst()
      }
      kind = kind.drop { "-0123456789*".contains($0) }
      if kind.first == "s", arguments.indices.contains(next) { raw.append(arguments[next]) }
      (next, _) = next.addingReportingOverflow(1)
    }
    return raw
  }
}

extension TypeName {
  /// Whether its values can hold quotes.
  fileprivate var isOfText: Bool {
    ["text", "varchar", "bpchar", "char", "name", "json", "jsonb", "xml", "citext", "record", "unknown"].contains(
      name.name
    )
  }
}
