import Syntax

/// Turns the tree of PL/pgSQL's parser, in libpg_query's shape, into steps.
struct PLpgSQLSteps {
  private var reader: EmbeddedCodeReader
  /// What could not be read of the step at hand; it goes in front of it.
  private var unread: [EmbeddedCode.Step] = []
  /// The names of all variables, by their numbers.
  private var names: [String] = []

  init(reader: EmbeddedCodeReader) { self.reader = reader }

  /// The steps of a function: the values of its variables, then its block.
  consuming func steps(of tree: JSONValue) -> [EmbeddedCode.Step] {
    guard let function = tree.elements.first?["PLpgSQL_function"] else { return [] }
    let block = function["action"]?["PLpgSQL_stmt_block"]
    let datums = function["datums"]?.elements ?? []
    names = datums.map { $0.variableName ?? "" }
    var steps = declarations(in: datums, before: block?["lineno"]?.integer ?? .max)
    steps += self.steps(block?["body"], block)
    return steps
  }

  /// Variables of the outermost block have a value from the start; those of blocks inside it are not known before.
  private mutating func declarations(in datums: [JSONValue], before line: Int) -> [EmbeddedCode.Step] {
    datums.flatMap { datum -> [EmbeddedCode.Step] in
      guard let variable = datum["PLpgSQL_var"], let name = variable["refname"]?.text else { return [] }
      let ownLine = variable["lineno"]?.integer
      let place = ownLine.map { " in line \($0) of the block" } ?? ""
      let isOuter = (ownLine ?? .max) <= line
      if let value = variable["default_val"]?["PLpgSQL_expr"]?["query"]?.text {
        let term = term(value, as: "the expression" + place)
        return unreadFirst(isOuter ? .assign(name, term) : .evaluate([term]))
      }
      if let query = variable["cursor_explicit_expr"]?["PLpgSQL_expr"]?["query"]?.text {
        return [reader.statement(query, as: "the statement" + place, line: ownLine)]
      }
      return isOuter ? [.assign(name, EmbeddedCode.Term(.constant(.null)))] : []
    }
  }

  private mutating func unreadFirst(_ step: EmbeddedCode.Step) -> [EmbeddedCode.Step] {
    defer { unread = [] }
    if case .evaluate([]) = step { return unread }
    return unread + [step]
  }

  private mutating func term(_ text: String, as what: String) -> EmbeddedCode.Term {
    let (term, missing) = reader.term(text, as: what)
    if let missing { unread.append(missing) }
    return term
  }

  /// The steps of a list of statements; `exceptions` stand in the block that holds the list.
  private mutating func steps(_ list: JSONValue?, _ block: JSONValue? = nil) -> [EmbeddedCode.Step] {
    let body = (list?.elements ?? []).flatMap { steps(ofNode: $0) }
    let handlers = (block?["exceptions"]?["PLpgSQL_exception_block"]?["exc_list"]?.elements ?? [])
      .map { steps($0["PLpgSQL_exception"]?["action"]) }
    return handlers.isEmpty ? body : [.guarded(body, handlers: handlers)]
  }

  private mutating func steps(ofNode node: JSONValue) -> [EmbeddedCode.Step] {
    guard case .object(let members) = node, let member = members.first else { return [] }
    let statement = PLpgSQLStatement(name: member.name, value: member.value)
    switch statement.name {
    case "PLpgSQL_stmt_block": return steps(statement["body"], statement.value)
    case "PLpgSQL_stmt_fori", "PLpgSQL_stmt_foreach_a", "PLpgSQL_stmt_fors", "PLpgSQL_stmt_dynfors",
      "PLpgSQL_stmt_forc", "PLpgSQL_stmt_loop", "PLpgSQL_stmt_while":
      return loop(statement)
    case "PLpgSQL_stmt_if", "PLpgSQL_stmt_case": return branch(statement)
    case "PLpgSQL_stmt_dynexecute":
      let parameters = terms(statement["params"], statement)
      let query = statement["query"]?.query ?? ""
      let execution = reader.execution(
        of: query,
        as: statement.describing("the EXECUTE"),
        line: statement.line,
        into: statement.targets
      )
      return unreadFirst(.evaluate(parameters)) + [execution]
    case "PLpgSQL_stmt_commit": return [transaction("COMMIT", statement)]
    case "PLpgSQL_stmt_rollback": return [transaction("ROLLBACK", statement)]
    default: return simple(statement)
    }
  }

  private mutating func transaction(_ command: String, _ statement: PLpgSQLStatement) -> EmbeddedCode.Step {
    reader.statement(statement["chain"] == .boolean(true) ? "\(command) AND CHAIN" : command, as: command, line: nil)
  }

  private mutating func simple(_ statement: PLpgSQLStatement) -> [EmbeddedCode.Step] {
    switch statement.name {
    case "PLpgSQL_stmt_execsql":
      return [run(statement["sqlstmt"], statement)]
    case "PLpgSQL_stmt_perform", "PLpgSQL_stmt_call": return [run(statement["expr"], statement)]
    case "PLpgSQL_stmt_assign":
      guard let text = statement["expr"]?.query, let (name, value) = assignment(in: text) else { return [] }
      return unreadFirst(.assign(name, term(value, as: statement.describing("the expression"))))
    case "PLpgSQL_stmt_getdiag":
      let targets = (statement["diag_items"]?.elements ?? []).map { $0["PLpgSQL_diag_item"]?["target"] }
      return targets.map { .assign(name(of: $0), EmbeddedCode.Term(nil)) }
    case "PLpgSQL_stmt_exit":
      let condition = terms(statement["cond"], statement)
      // With a label it may leave another loop than the innermost one.
      if statement["label"] != nil { return unreadFirst(.evaluate(condition)) }
      return unreadFirst(.exit(when: condition.first, continues: statement["is_exit"] != .boolean(true)))
    case "PLpgSQL_stmt_return": return unreadFirst(.end(terms(statement["expr"], statement)))
    case "PLpgSQL_stmt_raise":
      let terms = terms(statement["params"], statement) + terms(statement["options"], statement)
      // Source: `ERROR` in PostgreSQL's elog.h.
      let fails = (statement["elog_level"]?.integer ?? 0) >= 21
      return unreadFirst(fails ? .fail(terms) : .evaluate(terms))
    case "PLpgSQL_stmt_return_query":
      let query = statement["query"].map { [run($0, statement)] } ?? []
      let dynamic = statement["dynquery"]?.query.map {
        [reader.execution(of: $0, as: statement.describing("the EXECUTE"), line: statement.line, into: [])]
      }
      return unreadFirst(.evaluate(terms(statement["params"], statement))) + query + (dynamic ?? [])
    default: return others(in: statement)
    }
  }

  /// A statement that does nothing but read or evaluate, such as ASSERT or FETCH.
  private mutating func others(in statement: PLpgSQLStatement) -> [EmbeddedCode.Step] {
    var steps: [EmbeddedCode.Step] = []
    var terms: [EmbeddedCode.Term] = []
    for expression in statement.value.expressions(of: statement.name) {
      if expression.isDynamic {
        let what = statement.describing("the EXECUTE")
        steps.append(reader.execution(of: expression.query, as: what, line: statement.line, into: []))
      } else if expression.isStatement {
        let what = statement.describing("the statement")
        steps.append(reader.statement(expression.query, as: what, line: statement.line))
      } else {
        terms.append(term(expression.query, as: statement.describing("the expression")))
      }
    }
    return unreadFirst(.evaluate(terms)) + steps
  }

  private mutating func run(_ expression: JSONValue?, _ statement: PLpgSQLStatement) -> EmbeddedCode.Step {
    reader.statement(
      expression?.query ?? "",
      as: statement.describing("the statement"),
      line: statement.line,
      into: statement.targets
    )
  }

  private mutating func terms(_ value: JSONValue?, _ statement: PLpgSQLStatement) -> [EmbeddedCode.Term] {
    (value?.expressions(of: "") ?? []).map { term($0.query, as: statement.describing("the expression")) }
  }

  // MARK: - Branches and loops

  private mutating func branch(_ statement: PLpgSQLStatement) -> [EmbeddedCode.Step] {
    let what = statement.describing("the expression")
    var before: [EmbeddedCode.Step] = []
    var arms: [EmbeddedCode.Arm] = []
    if let condition = statement["cond"]?.query {
      arms.append(.init(term(condition, as: what), steps(statement["then_body"])))
    }
    if let subject = statement["t_expr"]?.query {
      // PL/pgSQL keeps it in a variable with a name of its own.
      let name = statement["t_varno"]?.integer.map { "__Case__Variable_\($0)__" } ?? ""
      before = unreadFirst(.assign(name, term(subject, as: what)))
    }
    for other in statement["elsif_list"]?.elements ?? [] {
      let arm = other["PLpgSQL_if_elsif"]
      arms.append(.init(term(arm?["cond"]?.query ?? "", as: what), steps(arm?["stmts"])))
    }
    for other in statement["case_when_list"]?.elements ?? [] {
      let arm = other["PLpgSQL_case_when"]
      arms.append(.init(term(arm?["expr"]?.query ?? "", as: what), steps(arm?["stmts"])))
    }
    let otherwise = steps(statement["else_body"]) + steps(statement["else_stmts"])
    return before + unreadFirst(.branch(arms, otherwise: otherwise))
  }

  private mutating func loop(_ statement: PLpgSQLStatement) -> [EmbeddedCode.Step] {
    let what = statement.describing("the expression")
    func bound(_ name: String) -> EmbeddedCode.Term? { statement[name]?.query.map { term($0, as: what) } }
    let variable = statement["var"]?.variableName ?? name(of: statement["varno"])
    switch statement.name {
    case "PLpgSQL_stmt_fori":
      guard let from = bound("lower"), let through = bound("upper") else { return [] }
      let by = bound("step")
      let isReverse = statement["reverse"] == .boolean(true)
      let body = steps(statement["body"])
      return unreadFirst(.count(variable, from: from, through: through, by: by, isReverse: isReverse, body))
    case "PLpgSQL_stmt_foreach_a":
      guard let array = bound("expr") else { return [] }
      return unreadFirst(.forEach(variable, in: array, steps(statement["body"])))
    case "PLpgSQL_stmt_fors":
      guard let query = statement["query"]?.query else { return [] }
      switch reader.read(query, as: statement.describing("the statement"), line: statement.line) {
      case .success(let parts): return [.forRows(variable, of: parts, steps(statement["body"]))]
      case .failure(let failure):
        return [.unread(failure.reason), .forRows(variable, of: [], steps(statement["body"]))]
      }
    case "PLpgSQL_stmt_dynfors":
      let query = statement["query"]?.query ?? ""
      let what = statement.describing("the EXECUTE")
      let execution = reader.execution(of: query, as: what, line: statement.line, into: [variable])
      return unreadFirst(.evaluate(terms(statement["params"], statement))) + [execution]
        + [.loop([], steps(statement["body"]))]
    case "PLpgSQL_stmt_while":
      guard let condition = bound("cond") else { return [] }
      return unreadFirst(.loop([condition], steps(statement["body"])))
    case "PLpgSQL_stmt_forc":
      return unreadFirst(.evaluate(terms(statement["argquery"], statement)))
        + [.forRows(variable, of: [], steps(statement["body"]))]
    default: return [.loop([], steps(statement["body"]))]
    }
  }

  private func name(of number: JSONValue?) -> String {
    number?.integer.flatMap { names.indices.contains($0) ? names[$0] : nil } ?? ""
  }

  /// The variable and the value of `name := value`; a part of a variable stands for a name that nothing has.
  private func assignment(in text: String) -> (name: String, value: String)? {
    let utf8 = Array(text.utf8)
    let tokens = Lexer(utf8).filter { !$0.isComment }
    func word(_ range: Range<Int>) -> String { String(decoding: utf8[range], as: UTF8.self) }
    guard let sign = tokens.first(where: { $0.kind == .operator && [":=", "="].contains(word($0.range)) }) else {
      return nil
    }
    let words = tokens.prefix { $0.range.upperBound <= sign.range.lowerBound }.map { word($0.range) }
    let name = words.map { $0.hasPrefix("\"") ? String($0.dropFirst().dropLast()) : $0.lowercased() }.joined()
    return (name, word(sign.range.upperBound..<utf8.count))
  }
}

/// A statement of PL/pgSQL: the name of its node and its members.
private struct PLpgSQLStatement {
  let name: String
  let value: JSONValue

  subscript(name: String) -> JSONValue? { value[name] }

  /// Its line in the body is counted from 1.
  var line: Int? { value["lineno"]?.integer }

  func describing(_ what: String) -> String {
    line.map { "\(what) in line \($0) of the block" } ?? what
  }

  /// The variables after INTO.
  var targets: [String] {
    guard let target = value["target"] else { return [] }
    if let row = target["PLpgSQL_row"] {
      return (row["fields"]?.elements ?? []).compactMap { $0["name"]?.text }
    }
    return [target.variableName].compactMap(\.self)
  }

}

extension JSONValue {
  fileprivate var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

  /// The text of an expression's node.
  fileprivate var query: String? { self["PLpgSQL_expr"]?["query"]?.text }

  fileprivate var variableName: String? {
    guard case .object(let members) = self else { return nil }
    return members.first?.value["refname"]?.text
  }

  fileprivate struct FoundExpression {
    let query: String
    let isStatement: Bool
    let isDynamic: Bool
  }

  /// Members that show a variable once more, with the expressions of its declaration.
  private static let repeated: Set<String> = ["var", "target", "datatype"]

  /// All expressions in a node, in the order of the text. `member` is the member that holds it.
  fileprivate func expressions(of member: String) -> [FoundExpression] {
    switch self {
    case .array(let elements): return elements.flatMap { $0.expressions(of: member) }
    case .object(let members):
      if let expression = self["PLpgSQL_expr"], let query = expression["query"]?.text {
        let isStatement = expression["parseMode"]?.integer == 0
        return [FoundExpression(query: query, isStatement: isStatement, isDynamic: member == "dynquery")]
      }
      return members.filter { !Self.repeated.contains($0.name) }.flatMap { $0.value.expressions(of: $0.name) }
    case .string, .number, .boolean, .null: return []
    }
  }
}
