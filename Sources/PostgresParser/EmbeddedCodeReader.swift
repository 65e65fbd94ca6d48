import Syntax

/// Finds the SQL inside a block of code.
///
/// Every statement and every expression of PL/pgSQL that may read a table or call a function is found, whatever way
/// the code takes to it; expressions come as the SELECT that PL/pgSQL makes of them. The text of an EXECUTE is read too,
/// if it can be known without running the code.
struct EmbeddedCodeReader {
  /// How many blocks may stand inside one another, by way of EXECUTE.
  static let maximumNesting = 4

  private let nesting: Int
  private var bodyText: BodyText?
  private var parts: [EmbeddedCode.Part] = []
  private var unread: [String] = []

  /// What a body holds. `nesting` is the number of blocks around it, `bodyOffset` its first byte in the file, where it
  /// stands there byte for byte.
  static func code(language: String, body: String, nesting: Int, bodyOffset: Int? = nil) -> EmbeddedCode {
    guard nesting < maximumNesting else {
      return EmbeddedCode(statements: [], unread: ["the code, which is nested too deeply"])
    }
    var reader = EmbeddedCodeReader(nesting: nesting)
    reader.bodyText = bodyOffset.map { BodyText(body: body, offset: $0) }
    switch language.lowercased() {
    case "plpgsql": reader.readPLpgSQL(PLpgSQLParser.block(of: body))
    case "sql": reader.run(body, as: "the body")
    default: reader.unread.append("the body, which is in the language \(language)")
    }
    return EmbeddedCode(parts: reader.parts, unread: reader.unread)
  }

  /// What the body of a function holds that can be called; a trigger's cannot.
  static func code(
    ofFunctionIn language: String,
    body: String,
    parameters: [CreateFunction.Parameter],
    returns: TypeName?,
    nesting: Int
  ) -> EmbeddedCode {
    if let returns, ["trigger", "event_trigger"].contains(returns.name.name) {
      return EmbeddedCode(statements: [], unread: [])
    }
    guard nesting < maximumNesting, language.lowercased() == "plpgsql" else {
      return code(language: language, body: body, nesting: nesting)
    }
    var reader = EmbeddedCodeReader(nesting: nesting)
    reader.readPLpgSQL(PLpgSQLParser.function(of: body, parameters: parameters, returns: returns))
    return EmbeddedCode(parts: reader.parts, unread: reader.unread)
  }

  private init(nesting: Int) { self.nesting = nesting }

  private mutating func readPLpgSQL(_ statement: String) {
    do throws(PLpgSQLParser.Failure) {
      visit(try PLpgSQLParser.parse(statement), in: Place(node: "", line: nil))
    } catch {
      unread.append("the body, which PL/pgSQL refuses: \(error.message)")
    }
  }

  /// Takes over the statements of a text that may run.
  private mutating func run(_ sql: String, as place: String) {
    do throws(RawParser.Failure) {
      let base = bodyText?.find(sql)
      parts += try RawParser.parse(Array(sql.utf8)[...], base: base, nesting: nesting + 1)
        .map { EmbeddedCode.Part($0.kind, range: base == nil ? nil : $0.range) }
    } catch {
      unread.append("\(place), which PostgreSQL refuses: \(error.message)")
    }
  }
}

// MARK: - The tree of PL/pgSQL

extension EmbeddedCodeReader {
  /// Where in the tree a value is.
  private struct Place {
    /// The innermost node, by its name in PL/pgSQL's source.
    var node: String
    /// Its line in the body, counted from 1.
    var line: Int?
    /// Whether the value is the text of an EXECUTE.
    var isDynamic = false

    func describing(_ what: String) -> String {
      line.map { "\(what) in line \($0) of the block" } ?? what
    }
  }

  private mutating func visit(_ value: JSONValue, in place: Place) {
    switch value {
    case .array(let elements):
      for element in elements { visit(element, in: place) }
    case .object(let members):
      if let node = members.first, members.count == 1, node.name.hasPrefix("PLpgSQL_") {
        visit(node: node.name, node.value, in: place)
      } else {
        for member in members { visit(member.value, in: place) }
      }
    case .string, .number, .boolean, .null: break
    }
  }

  private mutating func visit(node: String, _ value: JSONValue, in place: Place) {
    let here = Place(node: node, line: value["lineno"]?.integer ?? place.line)
    switch node {
    case "PLpgSQL_expr": visitExpression(value, in: place)
    case "PLpgSQL_stmt_commit": endTransaction("COMMIT", value)
    case "PLpgSQL_stmt_rollback": endTransaction("ROLLBACK", value)
    default:
      for member in members(of: value, node: node) where !Self.repeated.contains(member.name) {
        var inside = here
        inside.isDynamic = isDynamic(member.name, of: node)
        visit(member.value, in: inside)
      }
    }
  }

  /// Members that show a variable once more, with the expressions of its declaration.
  private static let repeated: Set<String> = ["var", "target", "datatype"]

  /// In the order of the text: libpg_query writes the body of a loop before the query that it loops over.
  private func members(of value: JSONValue, node: String) -> [JSONValue.Member] {
    guard case .object(let members) = value else { return [] }
    guard ["PLpgSQL_stmt_fors", "PLpgSQL_stmt_dynfors", "PLpgSQL_stmt_forc"].contains(node) else { return members }
    return members.filter { $0.name != "body" } + members.filter { $0.name == "body" }
  }

  private func isDynamic(_ member: String, of node: String) -> Bool {
    switch node {
    case "PLpgSQL_stmt_dynexecute", "PLpgSQL_stmt_dynfors": member == "query"
    default: member == "dynquery"
    }
  }

  private mutating func endTransaction(_ command: String, _ value: JSONValue) {
    run(value["chain"] == .boolean(true) ? "\(command) AND CHAIN" : command, as: command)
  }

  private mutating func visitExpression(_ value: JSONValue, in place: Place) {
    guard let text = value["query"]?.text else { return }
    if place.isDynamic {
      runDynamic(text, in: place)
    } else if value["parseMode"]?.integer == 0 {
      run(text, as: place.describing("the statement"))
    } else {
      let expression = place.node == "PLpgSQL_stmt_assign" ? assignedValue(in: text) : text
      // Without parentheses it holds neither a sub-select nor a call.
      guard expression.utf8.contains(UInt8(ascii: "(")) else { return }
      run("SELECT \(expression)", as: place.describing("the expression"))
    }
  }

  /// What stands behind the `:=` or `=` of an assignment.
  private func assignedValue(in text: String) -> String {
    let utf8 = Array(text.utf8)
    let sign = Lexer(utf8).first { token in
      token.kind == .operator && [":=", "="].contains(String(decoding: utf8[token.range], as: UTF8.self))
    }
    return sign.map { String(decoding: utf8[$0.range.upperBound...], as: UTF8.self) } ?? text
  }

  private mutating func runDynamic(_ expression: String, in place: Place) {
    let what = place.describing("the EXECUTE")
    if let text = Self.constantText(of: expression) {
      run(text, as: what)
    } else {
      unread.append("\(what), whose text is made at run time")
    }
  }

  private static func constantText(of expression: String) -> String? {
    let sql = Array("SELECT \(expression)".utf8)
    guard let statements = try? RawParser.parse(sql[...], base: nil), statements.count == 1,
      case .query(.select(let select))? = statements.first?.kind, select.targets.count == 1, select.from.isEmpty
    else { return nil }
    return select.targets[0].expression.constantText
  }
}

/// A body that stands in its file byte for byte, so that the texts in it can be found there.
private struct BodyText {
  private let bytes: [UInt8]
  private let offset: Int
  /// Texts are asked for in the order in which they stand, save for the heads of loops.
  private var next = 0

  init(body: String, offset: Int) {
    bytes = Array(body.utf8)
    self.offset = offset
  }

  /// The first byte of a text in the file; `nil` where the text does not stand there as it runs.
  mutating func find(_ text: String) -> Int? {
    let text = Array(text.utf8)
    guard let start = first(text, from: next) ?? first(text, from: 0) else { return nil }
    next = start + text.count
    return offset + start
  }

  private func first(_ text: [UInt8], from start: Int) -> Int? {
    guard !text.isEmpty, start + text.count <= bytes.count else { return nil }
    return (start...bytes.count - text.count).first { bytes[$0..<$0 + text.count].elementsEqual(text) }
  }
}
