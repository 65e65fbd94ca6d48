import CPgQuery
import Syntax

/// One call of PL/pgSQL's own parser. Calls may run in parallel, and within a call of ``RawParser``.
enum PLpgSQLParser {
  struct Failure: Error, Hashable {
    /// PL/pgSQL's own words.
    let message: String
    /// The line of the body, from 1; `nil` where the parser does not say.
    var line: Int?
  }

  /// What comes before the body of a DO statement.
  static let block = "DO LANGUAGE plpgsql "

  /// What comes before the body of a CREATE FUNCTION, with what the body knows of its function.
  static func function(parameters: [CreateFunction.Parameter], returns: TypeName?) -> String {
    let list = parameters.map { parameter in
      let name = parameter.name.map { " \($0.quotedIdentifier)" } ?? ""
      return "\(parameter.mode.word)\(name) \(parameter.type.sql)"
    }
    let hasOutput = parameters.contains { $0.mode == .out || $0.mode == .inOut || $0.mode == .table }
    let result = returns.map { " RETURNS \($0.sql)" } ?? (hasOutput ? "" : " RETURNS void")
    // The columns of RETURNS TABLE come as parameters, and its return type as SETOF record.
    return "CREATE FUNCTION f(\(list.joined(separator: ", ")))\(result) LANGUAGE plpgsql AS "
  }

  /// The tree of a body after one of these, in libpg_query's shape: `[{"PLpgSQL_function": {…}}]`.
  static func parse(_ definition: String, body: [UInt8]) throws(Failure) -> JSONValue {
    let tree = try parse(definition, body: body) { JSONValue(parsing: Array($0)) }
    guard let tree else { throw Failure(message: "it is nested too deeply") }
    return tree
  }

  /// Throws what PL/pgSQL says against a body after one of these.
  static func check(_ definition: String, body: [UInt8]) throws(Failure) {
    _ = try parse(definition, body: body) { _ in true }
  }

  private static func parse<Tree>(
    _ definition: String,
    body: [UInt8],
    _ read: (UnsafeRawBufferPointer) -> Tree?
  ) throws(Failure) -> Tree? {
    let statement = Array(definition.utf8) + dollarQuoted(body.relieved() ?? body) + [0]
    let result = statement.withUnsafeBytes {
      pg_query_parse_plpgsql($0.baseAddress?.assumingMemoryBound(to: CChar.self))
    }
    defer { pg_query_free_plpgsql_parse_result(result) }
    if let error = result.error {
      throw Failure(
        message: string(error.pointee.message) ?? "PL/pgSQL gave no reason",
        line: string(error.pointee.context).flatMap(Self.line)
      )
    }
    return bytes(result.plpgsql_funcs).flatMap { read($0) }
  }

  /// The line that PL/pgSQL names: `compilation of PL/pgSQL function "f" near line 3`.
  private static func line(in context: String) -> Int? {
    guard let match = context.firstMatch(of: /near line (\d+)/) else { return nil }
    return Int(match.1)
  }

  /// Between `$body$`, with more letters b at its start than any such word in the body.
  private static func dollarQuoted(_ body: [UInt8]) -> [UInt8] {
    var longest = 0
    var length = 0
    for byte in body {
      length = byte == UInt8(ascii: "b") ? length + 1 : 0
      longest = max(longest, length)
    }
    let tag = [UInt8(ascii: "$")] + Array(repeating: UInt8(ascii: "b"), count: longest + 1) + Array("ody$".utf8)
    return tag + body + tag
  }
}

extension CreateFunction.ParameterMode {
  /// The word in front of a parameter; a column of RETURNS TABLE is an output like others.
  fileprivate var word: String {
    switch self {
    case .in: "IN"
    case .out, .table: "OUT"
    case .inOut: "INOUT"
    case .variadic: "VARIADIC"
    }
  }
}
