import Syntax

extension Database {
  /// Works out values in this schema.
  package func evaluator(with variables: [String: Value] = [:], budget: EvaluationBudget) -> Evaluator {
    Evaluator(
      variables: variables,
      today: session.today,
      budget: budget,
      hasRelation: { [self] text in
        // What the history does not know may exist all the same.
        let name = qualified(QualifiedName(parsing: text))
        return catalog.hasRelation(name) ? true : catalog.isGone(name) ? false : nil
      },
      exists: { [self] in exists($0) }
    )
  }

  /// The values of a function's parameters in a call.
  package func variables(
    of function: Function,
    called call: FunctionCall,
    budget: inout EvaluationBudget
  ) -> [String: Value] {
    var evaluator = evaluator(budget: budget)
    defer { budget = evaluator.budget }
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
