import Catalog
import Syntax

/// Code that statements run: DO blocks, and functions that they call.
extension Execution {
  /// SELECT changes the catalog with INTO, with `set_config`, and with what its functions do.
  mutating func perform(_ query: Query) throws(SQLError) {
    read(query)
    guard case .select(let select) = query else { return }
    if let table = select.into {
      var source = select
      source.into = nil
      try perform(
        CreateTableAs(
          relation: table,
          isMaterializedView: false,
          ifNotExists: false,
          columnNames: [],
          query: .select(source),
          withData: true
        )
      )
    }
    for call in select.calls where database.isForeign(call) { perform(call, "function") }
    for case .call(let call) in select.targets.map(\.expression) where call.name.name == "set_config" {
      setConfiguration(call.arguments)
    }
  }

  /// What a call does, as far as the history tells the function's code.
  mutating func perform(_ call: FunctionCall, _ kind: String) {
    guard callDepth < Self.maximumCallDepth, let function = database.function(called: call) else {
      // It is PostgreSQL's own, although no catalog of functions that return values has it.
      if call.name.name == "set_config" { return }
      reportUnknown("what the \(kind) \(call.name) does")
      return catalog.markAllUncertain()
    }
    let variables = database.variables(of: function, called: call, budget: &budget)
    run(function.definition.code, of: "\(kind) \(call.name)", variables: variables)
  }

  /// Runs code; `routine` is the one that it belongs to, `nil` for a DO block.
  mutating func run(_ code: EmbeddedCode, of routine: String?, variables: [String: Value] = [:]) {
    var interpreter = PLpgSQLInterpreter(variables: variables)
    inside(routine) { interpreter.run(code, in: &$0) }
  }

  /// The code does something that nobody can know.
  mutating func reportUnreadable(_ reason: String) {
    reportUnknown(routines.last?.map { "\(reason), of \($0)" } ?? reason)
    catalog.markAllUncertain()
  }

  /// `set_config(name, value, is_local)`
  private mutating func setConfiguration(_ arguments: [Expression]) {
    guard arguments.count >= 2, case .constant(.string(let name)) = arguments[0],
      case .constant(.string(let value)) = arguments[1]
    else { return }
    let isLocal = arguments.count > 2 && arguments[2] == .constant(.boolean(true))
    let names = value.split(separator: ",").map { $0.trimmingSpaces }
    database.session.set(
      SetParameter(scope: isLocal ? .transaction : .session, name: name, values: names, isReset: false)
    )
  }
}

extension Select {
  /// The calls that stand for themselves, in the list of results or in FROM.
  var calls: [FunctionCall] {
    let results = targets.compactMap { target in
      if case .call(let call) = target.expression { call } else { nil }
    }
    return results + from.flatMap(\.calls)
  }
}

extension FromItem {
  /// The functions called in FROM.
  fileprivate var calls: [FunctionCall] {
    switch self {
    case .function(let item):
      item.calls.compactMap { if case .call(let call) = $0 { call } else { nil } }
    case .join(let join): join.left.calls + join.right.calls
    case .relation, .subquery, .sample, .tableExpression, .other: []
    }
  }
}

extension Statement.Kind {
  /// Whether a name in it may be that of a variable of the code that it stands in.
  var mayNameVariables: Bool {
    switch self {
    case .query, .dataChange, .copy, .createTableAs, .declareCursor, .explain, .execute: true
    default: false
    }
  }
}
