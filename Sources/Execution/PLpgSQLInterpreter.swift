import Catalog
import Syntax

/// Runs code step by step, as far as the values of its variables are known. Where they are not, every way is taken once,
/// as each may be the one.
struct PLpgSQLInterpreter {
  private var variables: [String: Value]
  /// Statements and rounds of loops that may still run. Nobody waits for a linter that runs the work of a server.
  private var remaining = 10_000

  /// How a list of steps ended.
  private enum Flow { case goesOn, nextRound, leavesLoop, ends }

  init(variables: [String: Value] = [:]) { self.variables = variables }

  mutating func run(_ code: EmbeddedCode, in execution: inout Execution) { _ = run(code.steps, in: &execution) }

  private mutating func run(_ steps: [EmbeddedCode.Step], in execution: inout Execution) -> Flow {
    for step in steps {
      guard remaining > 0 else { return .ends }
      let flow = run(step, in: &execution)
      if flow != .goesOn { return flow }
    }
    return .goesOn
  }

  private mutating func run(_ step: EmbeddedCode.Step, in execution: inout Execution) -> Flow {
    switch step {
    case .run(let parts, let targets):
      run(parts, in: &execution)
      keep(rows(of: parts, in: execution), in: targets)
    case .assign(let variable, let term): set(variable, to: evaluate(term, in: &execution))
    case .execute(let term, let parts, let what, let targets, let reader):
      execute(term, parts, what, reader, in: &execution)
      for target in targets { set(target, to: nil) }
    case .branch(let arms, let otherwise): return branch(arms[...], otherwise, in: &execution)
    case .count(let variable, let from, let through, let by, let isReverse, let steps):
      let bounds = [from, through, by].map { $0.map { evaluate($0, in: &execution) } ?? .integer(1) }
      return loop(
        over: rounds(bounds, isReverse).map { $0.map { [variable: $0] } },
        setting: variable,
        steps,
        in: &execution
      )
    case .forEach(let variable, let array, let steps):
      var rounds: [[String: Value]]?
      if case .array(let elements)? = evaluate(array, in: &execution) { rounds = elements.map { [variable: $0] } }
      return loop(over: rounds, setting: variable, steps, in: &execution)
    case .forRows(let variable, let query, let steps):
      run(query, in: &execution)
      return loop(over: rows(of: query, in: execution)?.named(variable), setting: variable, steps, in: &execution)
    case .loop(let terms, let steps):
      for term in terms { evaluate(term, in: &execution) }
      return loop(over: nil, setting: nil, steps, in: &execution)
    case .exit(let condition, let continues):
      if let condition, evaluate(condition, in: &execution) != .boolean(true) { return .goesOn }
      return continues ? .nextRound : .leavesLoop
    case .end(let terms), .fail(let terms):
      for term in terms { evaluate(term, in: &execution) }
      return .ends
    case .guarded(let steps, let handlers):
      let flow = run(steps, in: &execution)
      for handler in handlers { runSpeculatively(handler, in: &execution) }
      return flow
    case .evaluate(let terms): for term in terms { evaluate(term, in: &execution) }
    case .unread(let reason): execution.reportUnreadable(reason)
    }
    return .goesOn
  }

  // MARK: - Statements and values

  private mutating func run(_ parts: [EmbeddedCode.Part], in execution: inout Execution) {
    for part in parts {
      remaining -= 1
      execution.runNested(part.kind.replacing(variables), range: part.range)
    }
  }

  private mutating func execute(
    _ term: EmbeddedCode.Term,
    _ parts: [EmbeddedCode.Part]?,
    _ what: String,
    _ reader: EmbeddedCode.DynamicReader,
    in execution: inout Execution
  ) {
    if let parts { return run(parts, in: &execution) }
    guard case .text(let text)? = evaluate(term, in: &execution) else {
      return execution.reportUnreadable("\(what), whose text is made at run time")
    }
    guard let statements = reader.read(text) else {
      return execution.reportUnreadable("\(what), which PostgreSQL refuses")
    }
    run(statements.map { EmbeddedCode.Part($0) }, in: &execution)
  }

  @discardableResult
  private mutating func evaluate(_ term: EmbeddedCode.Term, in execution: inout Execution) -> Value? {
    run(term.parts, in: &execution)
    return term.expression.flatMap { evaluator(in: execution).value(of: $0) }
  }

  private func rows(of parts: [EmbeddedCode.Part], in execution: Execution) -> Evaluator.Rows? {
    guard parts.count == 1, case .query(let query)? = parts.first?.kind else { return nil }
    return evaluator(in: execution).rows(of: query)
  }

  /// Never kept: it holds the schema, which would be copied when it changes.
  private func evaluator(in execution: Execution) -> Evaluator { execution.database.evaluator(with: variables) }

  private mutating func set(_ variable: String, to value: Value?) {
    for name in variables.keys where name.hasPrefix("\(variable).") { variables[name] = nil }
    variables[variable] = value
  }

  private mutating func keep(_ result: Evaluator.Rows?, in names: [String]) {
    guard !names.isEmpty else { return }
    let row = result?.rows.first
    for (position, variable) in names.enumerated() {
      set(variable, to: row?.count == names.count ? row?[position] : nil)
    }
  }

  // MARK: - Ways that may be taken

  private mutating func branch(
    _ arms: ArraySlice<EmbeddedCode.Arm>,
    _ otherwise: [EmbeddedCode.Step],
    in execution: inout Execution
  ) -> Flow {
    guard let arm = arms.first else { return run(otherwise, in: &execution) }
    switch evaluate(arm.condition, in: &execution) {
    case .boolean(true): return run(arm.steps, in: &execution)
    case .boolean(false), .null: return branch(arms.dropFirst(), otherwise, in: &execution)
    default:
      let before = variables
      runSpeculatively(arm.steps, in: &execution)
      let after = variables
      variables = before
      _ = branch(arms.dropFirst(), otherwise, in: &execution)
      variables = variables.filter { after[$0.key] == $0.value }
      return .goesOn
    }
  }

  /// Steps that may run or not: what they set is not known behind them, and they end nothing for certain.
  private mutating func runSpeculatively(_ steps: [EmbeddedCode.Step], in execution: inout Execution) {
    _ = run(steps, in: &execution)
    for variable in steps.flatMap(\.assignedVariables) { set(variable, to: nil) }
  }

  /// `rounds` are the variables' values in each round; `nil` where they are not known.
  private mutating func loop(
    over rounds: [[String: Value]]?,
    setting variable: String?,
    _ steps: [EmbeddedCode.Step],
    in execution: inout Execution
  ) -> Flow {
    defer { if let variable { set(variable, to: nil) } }
    guard let rounds else {
      if let variable { set(variable, to: nil) }
      for variable in steps.flatMap(\.assignedVariables) { set(variable, to: nil) }
      runSpeculatively(steps, in: &execution)
      return .goesOn
    }
    for round in rounds {
      remaining -= 1
      for (name, value) in round { variables[name] = value }
      let flow = run(steps, in: &execution)
      if flow == .ends || remaining <= 0 { return .ends }
      if flow == .leavesLoop { break }
    }
    return .goesOn
  }

  /// The values of FOR over whole numbers.
  private func rounds(_ bounds: [Value?], _ isReverse: Bool) -> [Value]? {
    guard case .integer(let from)? = bounds[0], case .integer(let through)? = bounds[1],
      case .integer(let by)? = bounds[2], by > 0
    else { return nil }
    let (distance, overflows) = (isReverse ? from : through).subtractingReportingOverflow(isReverse ? through : from)
    guard !overflows, distance / by <= remaining else { return nil }
    return stride(from: from, through: through, by: isReverse ? -by : by).map { .integer($0) }
  }
}

extension Evaluator.Rows {
  /// The rows as the values of a record's fields, or of the variable itself where there is one column.
  fileprivate func named(_ variable: String) -> [[String: Value]] {
    rows.map { row in
      var values = Dictionary(zip(columns, row).map { ("\(variable).\($0)", $1) }) { first, _ in first }
      if row.count == 1 { values[variable] = row[0] }
      return values
    }
  }
}

extension Statement.Kind {
  /// The statement with the variables in its calls' arguments replaced by their values.
  fileprivate func replacing(_ variables: [String: Value]) -> Self {
    guard !variables.isEmpty else { return self }
    func replaced(_ expression: Expression) -> Expression {
      expression.mapping {
        let name: String
        switch $0 {
        case .column(let column) where !column.isStar: name = column.parts.joined(separator: ".")
        case .parameter(let number): name = "$\(number)"
        default: return $0
        }
        return variables[name]?.constant ?? $0
      }
    }
    switch self {
    case .query(.select(var select)):
      select.targets = select.targets.map { target in
        guard case .call = target.expression else { return target }
        return Select.Target(name: target.name, expression: replaced(target.expression))
      }
      return .query(.select(select))
    case .call(let call):
      return .call(call.with(name: call.name, arguments: call.arguments.map(replaced)))
    default: return self
    }
  }
}
