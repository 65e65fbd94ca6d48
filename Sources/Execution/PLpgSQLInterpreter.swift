import Catalog
import Syntax

/// Runs code step by step, as far as the values of its variables are known. Where they are not, every way is taken once,
/// as each may be the one.
struct PLpgSQLInterpreter {
  private var variables: VariableTable
  /// Whether the step at hand runs: no condition decides it, and no handler catches its errors.
  private var isCertain = true

  /// How a list of steps ended.
  private enum Flow { case goesOn, nextRound, leavesLoop, ends }

  /// What a statement takes, in steps: it may copy much of the catalog, where a part of an expression makes a value.
  private static let costOfStatement = 10

  init(variables: [String: Value] = [:]) { self.variables = VariableTable(values: variables) }

  mutating func run(_ code: EmbeddedCode, in execution: inout Execution) {
    _ = run(code.steps, in: &execution)
    if execution.budget.isExceeded {
      execution.reportUnknown(
        "what the code does beyond \(EvaluationBudget.maximumSteps) steps or "
          + "\(EvaluationBudget.maximumBytes >> 20) MiB of values, where sqllint stops following it"
      )
      execution.catalog.markAllUncertain()
    }
  }

  private mutating func run(_ steps: [EmbeddedCode.Step], in execution: inout Execution) -> Flow {
    for step in steps {
      guard execution.budget.spend(steps: 1) else { return .ends }
      let flow = run(step, in: &execution)
      if execution.failure != nil { return .ends }
      if flow != .goesOn { return flow }
    }
    return .goesOn
  }

  private mutating func run(_ step: EmbeddedCode.Step, in execution: inout Execution) -> Flow {
    switch step {
    case .run(let parts, let targets):
      run(parts, in: &execution)
      keep(rows(of: parts, in: &execution), in: targets)
    case .assign(let variable, let term): variables.set(variable, to: evaluate(term, in: &execution))
    case .execute(let term, let parts, let what, let targets, let reader):
      execute(term, parts, what, reader, in: &execution)
      for target in targets { variables.set(target, to: nil) }
    case .branch(let arms, let otherwise): return branch(arms, otherwise, in: &execution)
    case .count(let variable, let from, let through, let by, let isReverse, let steps):
      let bounds = [from, through, by].map { $0.map { evaluate($0, in: &execution) } ?? .integer(1) }
      return loop(over: rounds(bounds, isReverse, in: execution), setting: variable, steps, in: &execution)
    case .forEach(let variable, let array, let steps):
      var rounds: [VariableTable.Round]?
      if case .array(let elements)? = evaluate(array, in: &execution) { rounds = elements.map { .init(value: $0) } }
      return loop(over: rounds, setting: variable, steps, in: &execution)
    case .forRows(let variable, let query, let steps):
      run(query, in: &execution)
      return loop(over: rows(of: query, in: &execution)?.rounds, setting: variable, steps, in: &execution)
    case .loop(let terms, let steps):
      for term in terms { evaluate(term, in: &execution) }
      return loop(over: [VariableTable.Round]?.none, setting: nil, steps, in: &execution)
    case .exit(let condition, let continues):
      if let condition {
        let value = evaluate(condition, in: &execution)
        // What stands behind it in the loop may not run.
        if value == nil { isCertain = false }
        if value != .boolean(true) { return .goesOn }
      }
      return continues ? .nextRound : .leavesLoop
    case .end(let terms), .fail(let terms):
      for term in terms { evaluate(term, in: &execution) }
      return .ends
    case .guarded(let steps, let handlers):
      let wasCertain = isCertain
      isCertain = false
      let flow = run(steps, in: &execution)
      isCertain = wasCertain
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
      guard execution.budget.spend(steps: Self.costOfStatement, bytes: part.size) else { return }
      let kind = part.kind.replacing(variables.values, budget: &execution.budget)
      execution.runNested(kind, range: part.range, isCertain: isCertain)
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
      return execution.reportUnreadable("\(what), \(EmbeddedCode.madeAtRunTime)")
    }
    guard let statements = reader.read(text) else {
      return execution.reportUnreadable("\(what), which PostgreSQL refuses")
    }
    run(statements.map { EmbeddedCode.Part($0) }, in: &execution)
  }

  @discardableResult
  private mutating func evaluate(_ term: EmbeddedCode.Term, in execution: inout Execution) -> Value? {
    run(term.parts, in: &execution)
    return term.expression.flatMap { expression in evaluating(in: &execution) { $0.value(of: expression) } }
  }

  private func rows(of parts: [EmbeddedCode.Part], in execution: inout Execution) -> Evaluator.Rows? {
    guard parts.count == 1, case .query(let query)? = parts.first?.kind else { return nil }
    return evaluating(in: &execution) { $0.rows(of: query) }
  }

  /// The evaluator is never kept: it holds the schema, which would be copied when it changes.
  private func evaluating<Result>(in execution: inout Execution, _ body: (inout Evaluator) -> Result) -> Result {
    var evaluator = execution.database.evaluator(with: variables.values, budget: execution.budget)
    defer { execution.budget = evaluator.budget }
    return body(&evaluator)
  }

  private mutating func keep(_ result: Evaluator.Rows?, in names: [String]) {
    guard !names.isEmpty else { return }
    let row = result?.rows.first
    for (position, variable) in names.enumerated() {
      variables.set(variable, to: row?.count == names.count ? row?[position] : nil)
    }
  }

  // MARK: - Ways that may be taken

  private mutating func branch(
    _ arms: [EmbeddedCode.Arm],
    _ otherwise: [EmbeddedCode.Step],
    in execution: inout Execution
  ) -> Flow {
    // What is assigned by arms that may run or not.
    var uncertain: [String] = []
    var isCertain = true
    for arm in arms {
      guard execution.budget.spend(steps: 1) else { return .ends }
      let condition = evaluate(arm.condition, in: &execution)
      if condition == .boolean(false) || condition == .null { continue }
      if condition == .boolean(true) {
        return run(arm.steps, after: isCertain ? nil : uncertain, in: &execution)
      }
      isCertain = false
      let assigned = assignedVariables(of: arm.steps, in: &execution)
      let before = assigned.map { variables.values[$0] }
      // What it ends keeps what is behind it from running.
      let wasCertain = self.isCertain
      self.isCertain = false
      let flow = run(arm.steps, in: &execution)
      self.isCertain = wasCertain && flow == .goesOn
      // The next arm runs instead of this one.
      for (variable, value) in zip(assigned, before) { variables.set(variable, to: value) }
      uncertain += assigned
    }
    return run(otherwise, after: isCertain ? nil : uncertain, in: &execution)
  }

  /// Runs the arm that is taken where none of those before it was, which assign `uncertain` if there are such.
  private mutating func run(
    _ steps: [EmbeddedCode.Step],
    after uncertain: [String]?,
    in execution: inout Execution
  ) -> Flow {
    guard let uncertain else { return run(steps, in: &execution) }
    runSpeculatively(steps, in: &execution)
    forget(uncertain)
    return .goesOn
  }

  /// Steps that may run or not: what they set is not known behind them, and they end nothing for certain.
  private mutating func runSpeculatively(_ steps: [EmbeddedCode.Step], in execution: inout Execution) {
    let wasCertain = isCertain
    isCertain = false
    let flow = run(steps, in: &execution)
    isCertain = wasCertain && flow == .goesOn
    forget(assignedVariables(of: steps, in: &execution))
  }

  private func assignedVariables(of steps: [EmbeddedCode.Step], in execution: inout Execution) -> [String] {
    let (variables, count) = steps.assignedVariables
    _ = execution.budget.spend(steps: count)
    return variables
  }

  private mutating func forget(_ names: [String]) {
    for name in names { variables.set(name, to: nil) }
  }

  /// `rounds` are the variable's values in each round; `nil` where they are not known.
  private mutating func loop(
    over rounds: (some Sequence<VariableTable.Round>)?,
    setting variable: String?,
    _ steps: [EmbeddedCode.Step],
    in execution: inout Execution
  ) -> Flow {
    defer { if let variable { variables.set(variable, to: nil) } }
    guard let rounds else {
      if let variable { variables.set(variable, to: nil) }
      forget(assignedVariables(of: steps, in: &execution))
      runSpeculatively(steps, in: &execution)
      return .goesOn
    }
    for round in rounds {
      guard execution.budget.spend(steps: 1 + round.fields.count) else { return .ends }
      if let variable { variables.set(variable, to: round) }
      let flow = run(steps, in: &execution)
      if flow == .ends { return .ends }
      if flow == .leavesLoop { break }
    }
    return .goesOn
  }

  /// The values of FOR over whole numbers; `nil` where they are not known, and where there are more than can run.
  private func rounds(
    _ bounds: [Value?],
    _ isReverse: Bool,
    in execution: Execution
  ) -> LazyMapSequence<Range<Int>, VariableTable.Round>? {
    guard case .integer(let from)? = bounds[0], case .integer(let through)? = bounds[1],
      case .integer(let by)? = bounds[2], by > 0
    else { return nil }
    let (distance, overflows) = (isReverse ? from : through).subtractingReportingOverflow(isReverse ? through : from)
    guard !overflows, execution.budget.hasSteps(distance / by) else { return nil }
    let count = distance < 0 ? 0 : distance / by + 1
    // No sum is beyond `through`.
    return (0..<count).lazy.map { VariableTable.Round(value: .integer(isReverse ? from - $0 * by : from + $0 * by)) }
  }
}

extension Evaluator.Rows {
  /// The rows as the values of a record's fields, and of the variable itself where there is one column.
  fileprivate var rounds: [VariableTable.Round] {
    rows.map { row in
      VariableTable.Round(
        value: row.count == 1 ? row[0] : nil,
        fields: zip(columns, row).map { (column: $0, value: $1) }
      )
    }
  }
}

extension Statement.Kind {
  /// The statement with the variables in its calls' arguments replaced by their values, as far as the budget allows.
  fileprivate func replacing(_ variables: [String: Value], budget: inout EvaluationBudget) -> Self {
    guard !variables.isEmpty else { return self }
    func replaced(_ expression: Expression) -> Expression {
      expression.mapping {
        let name: String
        switch $0 {
        case .column(let column) where !column.isStar: name = column.parts.joined(separator: ".")
        case .parameter(let number): name = "$\(number)"
        default: return $0
        }
        guard let value = variables[name], budget.pays(for: value) else { return $0 }
        return value.constant ?? $0
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
