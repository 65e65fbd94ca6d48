import Syntax

/// What code runs on: a schema, and whoever wants to know what runs.
protocol CodeHost {
  var schema: Schema { get }
  /// The code runs a statement.
  mutating func run(_ part: EmbeddedCode.Part)
  /// The code does something that nobody can know.
  mutating func miss(_ reason: String)
}

/// Runs code step by step, as far as the values of its variables are known. Where they are not, every way is taken once,
/// as each may be the one.
struct CodeRun {
  private var variables: [String: Value]
  /// Statements and rounds of loops that may still run. Nobody waits for a linter that runs the work of a server.
  private var remaining = 10_000

  /// How a list of steps ended.
  private enum Flow { case goesOn, nextRound, leavesLoop, ends }

  init(variables: [String: Value] = [:]) { self.variables = variables }

  mutating func run(_ code: EmbeddedCode, on host: inout some CodeHost) { _ = run(code.steps, on: &host) }

  private mutating func run(_ steps: [EmbeddedCode.Step], on host: inout some CodeHost) -> Flow {
    for step in steps {
      guard remaining > 0 else { return .ends }
      let flow = run(step, on: &host)
      if flow != .goesOn { return flow }
    }
    return .goesOn
  }

  private mutating func run(_ step: EmbeddedCode.Step, on host: inout some CodeHost) -> Flow {
    switch step {
    case .run(let parts, let targets):
      run(parts, on: &host)
      keep(rows(of: parts, on: host), in: targets)
    case .assign(let variable, let term): set(variable, to: evaluate(term, on: &host))
    case .execute(let term, let parts, let what, let targets, let reader):
      execute(term, parts, what, reader, on: &host)
      for target in targets { set(target, to: nil) }
    case .branch(let arms, let otherwise): return branch(arms[...], otherwise, on: &host)
    case .count(let variable, let from, let through, let by, let isReverse, let steps):
      let bounds = [from, through, by].map { $0.map { evaluate($0, on: &host) } ?? .integer(1) }
      return loop(
        over: rounds(bounds, isReverse).map { $0.map { [variable: $0] } },
        setting: variable,
        steps,
        on: &host
      )
    case .forEach(let variable, let array, let steps):
      var rounds: [[String: Value]]?
      if case .array(let elements)? = evaluate(array, on: &host) { rounds = elements.map { [variable: $0] } }
      return loop(over: rounds, setting: variable, steps, on: &host)
    case .forRows(let variable, let query, let steps):
      run(query, on: &host)
      return loop(over: rows(of: query, on: host)?.named(variable), setting: variable, steps, on: &host)
    case .loop(let terms, let steps):
      for term in terms { evaluate(term, on: &host) }
      return loop(over: nil, setting: nil, steps, on: &host)
    case .exit(let condition, let continues):
      if let condition, evaluate(condition, on: &host) != .boolean(true) { return .goesOn }
      return continues ? .nextRound : .leavesLoop
    case .end(let terms), .fail(let terms):
      for term in terms { evaluate(term, on: &host) }
      return .ends
    case .guarded(let steps, let handlers):
      let flow = run(steps, on: &host)
      for handler in handlers { perhaps(handler, on: &host) }
      return flow
    case .evaluate(let terms): for term in terms { evaluate(term, on: &host) }
    case .unread(let reason): host.miss(reason)
    }
    return .goesOn
  }

  // MARK: - Statements and values

  private mutating func run(_ parts: [EmbeddedCode.Part], on host: inout some CodeHost) {
    for part in parts {
      remaining -= 1
      host.run(EmbeddedCode.Part(part.kind.replacing(variables), range: part.range))
    }
  }

  private mutating func execute(
    _ term: EmbeddedCode.Term,
    _ parts: [EmbeddedCode.Part]?,
    _ what: String,
    _ reader: EmbeddedCode.DynamicReader,
    on host: inout some CodeHost
  ) {
    if let parts { return run(parts, on: &host) }
    guard case .text(let text)? = evaluate(term, on: &host) else {
      return host.miss("\(what), whose text is made at run time")
    }
    guard let statements = reader.read(text) else { return host.miss("\(what), which PostgreSQL refuses") }
    run(statements.map { EmbeddedCode.Part($0) }, on: &host)
  }

  @discardableResult
  private mutating func evaluate(_ term: EmbeddedCode.Term, on host: inout some CodeHost) -> Value? {
    run(term.parts, on: &host)
    return term.expression.flatMap { evaluator(on: host).value(of: $0) }
  }

  private func rows(of parts: [EmbeddedCode.Part], on host: some CodeHost) -> Evaluator.Rows? {
    guard parts.count == 1, case .query(let query)? = parts.first?.kind else { return nil }
    return evaluator(on: host).rows(of: query)
  }

  /// Never kept: it holds the schema, which would be copied when it changes.
  private func evaluator(on host: some CodeHost) -> Evaluator { host.schema.evaluator(with: variables) }

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
    on host: inout some CodeHost
  ) -> Flow {
    guard let arm = arms.first else { return run(otherwise, on: &host) }
    switch evaluate(arm.condition, on: &host) {
    case .boolean(true): return run(arm.steps, on: &host)
    case .boolean(false), .null: return branch(arms.dropFirst(), otherwise, on: &host)
    default:
      let before = variables
      perhaps(arm.steps, on: &host)
      let after = variables
      variables = before
      _ = branch(arms.dropFirst(), otherwise, on: &host)
      variables = variables.filter { after[$0.key] == $0.value }
      return .goesOn
    }
  }

  /// Steps that may run or not: what they set is not known behind them, and they end nothing for certain.
  private mutating func perhaps(_ steps: [EmbeddedCode.Step], on host: inout some CodeHost) {
    _ = run(steps, on: &host)
    for variable in steps.flatMap(\.assignedVariables) { set(variable, to: nil) }
  }

  /// `rounds` are the variables' values in each round; `nil` where they are not known.
  private mutating func loop(
    over rounds: [[String: Value]]?,
    setting variable: String?,
    _ steps: [EmbeddedCode.Step],
    on host: inout some CodeHost
  ) -> Flow {
    defer { if let variable { set(variable, to: nil) } }
    guard let rounds else {
      if let variable { set(variable, to: nil) }
      for variable in steps.flatMap(\.assignedVariables) { set(variable, to: nil) }
      perhaps(steps, on: &host)
      return .goesOn
    }
    for round in rounds {
      remaining -= 1
      for (name, value) in round { variables[name] = value }
      let flow = run(steps, on: &host)
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

extension Schema {
  /// Works out values in this schema.
  func evaluator(with variables: [String: Value] = [:]) -> Evaluator {
    Evaluator(
      variables: variables,
      today: today,
      hasRelation: { [self] text in
        // What the history does not know may exist all the same.
        hasRelation(qualified(QualifiedName(parsing: text))) ? true : nil
      }
    )
  }

  /// The values of a function's parameters in a call.
  func variables(of function: Function, called call: FunctionCall) -> [String: Value] {
    let evaluator = evaluator()
    let inputs = function.definition.parameters.filter { $0.mode != .out && $0.mode != .table }
    var variables: [String: Value] = [:]
    for (position, parameter) in inputs.enumerated() where parameter.mode != .variadic {
      let argument =
        call.arguments.indices.first { call.argumentNames[$0] == parameter.name && parameter.name != nil }
        ?? (call.arguments.indices.contains(position) && call.argumentNames[position] == nil ? position : nil)
      let expression = argument.map { call.arguments[$0] } ?? parameter.defaultValue
      guard let value = expression.flatMap({ evaluator.value(of: $0) }),
        let converted = evaluator.converted(value, to: parameter.type)
      else { continue }
      variables["$\(position + 1)"] = converted
      if let name = parameter.name { variables[name] = converted }
    }
    return variables
  }
}
