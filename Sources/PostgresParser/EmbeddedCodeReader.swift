import Syntax

/// Reads the steps of a block of code, and the SQL in them.
///
/// Every statement and every expression of PL/pgSQL that may read a table or call a function is found, whatever way
/// the code takes to it; expressions come as the SELECT that PL/pgSQL makes of them. The text of an EXECUTE is read too,
/// if it is always the same; other texts can be read once they are known.
struct EmbeddedCodeReader {
  /// How many blocks may stand inside one another, by way of EXECUTE.
  static let maximumNesting = 4

  let nesting: Int
  private var bodyText: BodyText?

  /// What a body holds. `nesting` is the number of blocks around it, `bodyOffset` its first byte in the file, where it
  /// stands there byte for byte.
  static func code(language: String, body: String, nesting: Int, bodyOffset: Int? = nil) -> EmbeddedCode {
    guard nesting < maximumNesting else {
      return EmbeddedCode(steps: [.unread("the code, which is nested too deeply")])
    }
    var reader = EmbeddedCodeReader(nesting: nesting)
    reader.bodyText = bodyOffset.map { BodyText(body: body, offset: $0) }
    switch language.lowercased() {
    case "plpgsql": return EmbeddedCode(steps: reader.steps(ofPLpgSQL: body, after: PLpgSQLParser.block))
    case "sql": return EmbeddedCode(steps: [reader.statement(body, as: "the body", line: 1)])
    default: return EmbeddedCode(steps: [.unread("the body, which is in the language \(language)")])
    }
  }

  /// What the body of a function holds that can be called; a trigger's cannot. Its places count from the beginning of the
  /// body.
  static func code(
    ofFunctionIn language: String,
    body: String,
    parameters: [CreateFunction.Parameter],
    returns: TypeName?,
    nesting: Int
  ) -> EmbeddedCode {
    if let returns, ["trigger", "event_trigger"].contains(returns.name.name) { return EmbeddedCode(steps: []) }
    guard nesting < maximumNesting, language.lowercased() == "plpgsql" else {
      return code(language: language, body: body, nesting: nesting, bodyOffset: 0)
    }
    var reader = EmbeddedCodeReader(nesting: nesting)
    let definition = PLpgSQLParser.function(parameters: parameters, returns: returns)
    return EmbeddedCode(steps: reader.steps(ofPLpgSQL: body, after: definition))
  }

  /// What the parser of the language says against a function's body, and where.
  static func syntaxError(
    in body: String?,
    language: String?,
    parameters: [CreateFunction.Parameter],
    returns: TypeName?
  ) -> BodyCheck.Refusal? {
    guard let body else { return nil }
    switch language?.lowercased() {
    case "sql":
      do throws(RawParser.Failure) {
        _ = try parse(body, base: nil, nesting: maximumNesting)
        return nil
      } catch {
        guard error.message.isSyntaxError else { return nil }
        return BodyCheck.Refusal(message: error.message, place: error.offset.map { $0..<$0 })
      }
    case "plpgsql":
      let definition = PLpgSQLParser.function(parameters: parameters, returns: returns)
      do throws(PLpgSQLParser.Failure) {
        try PLpgSQLParser.check(definition, body: Array(body.utf8))
        return nil
      } catch {
        guard error.message.isSyntaxError else { return nil }
        return BodyCheck.Refusal(message: error.message, place: error.place(in: Array(body.utf8)))
      }
    default: return nil
    }
  }

  private init(nesting: Int) { self.nesting = nesting }

  // MARK: - Texts

  /// The statements of a text; a refusal says what the text is. `line` is that of the body from which on it stands there;
  /// `nil` for a text that does not.
  mutating func read(_ sql: String, as what: String, line: Int?) -> Result<[EmbeddedCode.Part], Unreadable> {
    do throws(RawParser.Failure) {
      let base = line.flatMap { bodyText?.find(sql, fromLine: $0) }
      let statements = try Self.parse(sql, base: base, nesting: nesting + 1)
      if statements.contains(where: \.isTruncated) {
        return .failure(Unreadable(reason: "\(what), which is nested too deeply"))
      }
      return .success(
        statements.map { EmbeddedCode.Part($0.kind, range: base == nil ? nil : $0.range, size: $0.range.count) }
      )
    } catch {
      return .failure(Unreadable(reason: "\(what), which PostgreSQL refuses: \(error.message)"))
    }
  }

  struct Unreadable: Error {
    let reason: String
  }

  mutating func statement(
    _ sql: String,
    as what: String,
    line: Int?,
    into variables: [String] = []
  ) -> EmbeddedCode.Step {
    switch read(sql, as: what, line: line) {
    case .success(let parts): .run(parts, into: variables)
    case .failure(let failure): .unread(failure.reason)
    }
  }

  /// An expression; its SELECT is a part of the code if it may read a table or call a function.
  mutating func term(_ text: String, as what: String) -> (term: EmbeddedCode.Term, unread: EmbeddedCode.Step?) {
    switch read("SELECT \(text)", as: what, line: nil) {
    case .success(let parts):
      // Without parentheses it holds neither a sub-select nor a call.
      let isPart = text.utf8.contains(UInt8(ascii: "("))
      return (EmbeddedCode.Term(parts.first?.kind.onlyTarget, parts: isPart ? parts : []), nil)
    case .failure(let failure):
      return (EmbeddedCode.Term(nil), .unread(failure.reason))
    }
  }

  /// The EXECUTE of a text, which is read now if it is always the same.
  mutating func execution(
    of expression: String,
    as what: String,
    line: Int?,
    into variables: [String]
  ) -> EmbeddedCode.Step {
    let depth = nesting + 1
    let value = (try? Self.parse("SELECT \(expression)", base: nil, nesting: 0))?.first?.kind.onlyTarget
    var parts: [EmbeddedCode.Part]?
    var evaluator = Evaluator(budget: .constant(of: expression.utf8.count))
    if let value, case .text(let text)? = evaluator.value(of: value) {
      switch read(text, as: what, line: line) {
      case .success(let read): parts = read
      case .failure(let failure): return .unread(failure.reason)
      }
    }
    let reader = EmbeddedCode.DynamicReader { text in
      guard let statements = try? Self.parse(text, base: nil, nesting: depth),
        !statements.contains(where: \.isTruncated)
      else { return nil }
      return statements.map(\.kind)
    }
    return .execute(EmbeddedCode.Term(value), parts: parts, what: what, into: variables, reader: reader)
  }

  private mutating func steps(ofPLpgSQL body: String, after definition: String) -> [EmbeddedCode.Step] {
    let utf8 = Array(body.utf8)
    do throws(PLpgSQLParser.Failure) {
      return PLpgSQLSteps(reader: self).steps(of: try PLpgSQLParser.parse(definition, body: utf8))
    } catch {
      let template = TemplateText(code: utf8)
      if !template.placeholders.isEmpty, let tree = try? PLpgSQLParser.parse(definition, body: template.utf8) {
        return PLpgSQLSteps(reader: self).steps(of: tree)
      }
      return [.unread("the body, which PL/pgSQL refuses: \(error.message)")]
    }
  }

  /// The statements of a text; if need be with something in place of what a program replaces.
  private static func parse(_ sql: String, base: Int?, nesting: Int) throws(RawParser.Failure) -> [Statement] {
    let utf8 = Array(sql.utf8)
    do throws(RawParser.Failure) {
      return try RawParser.parse(utf8[...], base: base, nesting: nesting)
    } catch {
      var template = TemplateText(code: utf8)
      let refusal = error.moved(by: -(base ?? 0))
      let statements = try template.read(0..<utf8.count, after: refusal) { utf8 in
        do throws(RawParser.Failure) {
          return .success(try RawParser.parse(utf8[...], base: base, nesting: nesting))
        } catch {
          return .failure(error.moved(by: -(base ?? 0)))
        }
      }
      .get()
      // Code that a placeholder stands for is not known.
      guard !statements.isEmpty else { throw refusal }
      return statements
    }
  }
}

extension RawParser.Failure {
  fileprivate func moved(by distance: Int) -> Self { Self(message: message, offset: offset.map { $0 + distance }) }
}

extension Statement.Kind {
  /// The expression of `SELECT expression`.
  fileprivate var onlyTarget: Expression? {
    guard case .query(.select(let select)) = self, select.targets.count == 1, select.from.isEmpty else { return nil }
    return select.targets[0].expression
  }
}

extension EvaluationBudget {
  /// What a constant text may take, by the bytes of its expression: reading a file takes time by its length, whatever it
  /// holds.
  fileprivate static func constant(of size: Int) -> Self { Self(steps: 100 + size, bytes: 1000 + 32 * size) }
}

/// A body that stands in its file byte for byte, so that the texts in it can be found there.
private struct BodyText {
  private let bytes: [UInt8]
  private let offset: Int
  /// The offset of the first byte of each line.
  private let lineStarts: [Int]
  /// The end of the text that was found last; the next one in its line comes after it.
  private var foundEnd = 0

  /// How far from its statement's line, or from the text before it in the line, a text is looked for. Not all texts stand
  /// in the body as they run, and each of these costs as much.
  private static let reach = 4096

  init(body: String, offset: Int) {
    let bytes = Array(body.utf8)
    self.bytes = bytes
    self.offset = offset
    lineStarts = [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
  }

  /// The first byte of a text in the file; `nil` where the text does not stand there as it runs.
  mutating func find(_ text: String, fromLine line: Int) -> Int? {
    guard lineStarts.indices.contains(line - 1) else { return nil }
    let lineStart = lineStarts[line - 1]
    let lineEnd = line < lineStarts.count ? lineStarts[line] : bytes.count
    let start = (lineStart..<lineEnd).contains(foundEnd) ? foundEnd : lineStart
    let pattern = BytePattern(text.utf8)
    guard let found = pattern.firstOffset(in: bytes, from: start, upTo: start + Self.reach + pattern.count) else {
      return nil
    }
    foundEnd = found + pattern.count
    return offset + found
  }
}

extension PLpgSQLParser.Failure {
  /// Where in the body it is: the word that the message names, in the line that PL/pgSQL was in or behind it, or that
  /// line's first word.
  fileprivate func place(in body: [UInt8]) -> Range<Int>? {
    guard let line else { return nil }
    let lines = body.split(separator: UInt8(ascii: "\n"), maxSplits: line, omittingEmptySubsequences: false)
    guard lines.indices.contains(line - 1) else { return nil }
    let named = message.wholeMatch(of: /.* at or near "(.+)"/).map { Array($0.1.utf8) }
    let tokens = Lexer(body, in: lines[line - 1].startIndex..<body.count)
    if let named, let token = tokens.first(where: { body[$0.range].elementsEqual(named) }) { return token.range }
    let start = lines[line - 1].drop { $0.isSpace }.startIndex
    return start..<start
  }
}

extension String {
  /// Whether it is the grammar that refuses a text, and not the look-up of a name.
  /// The others are about types and variables, of which the parser knows nothing without a server.
  ///
  /// Source: `read_sql_construct` in `pl_gram.y` for the last ones.
  fileprivate var isSyntaxError: Bool {
    ["syntax error", "unterminated", "missing ", "mismatched parentheses"].contains { hasPrefix($0) }
  }
}
