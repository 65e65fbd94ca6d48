import CPgQuery
import Syntax

/// One call of PL/pgSQL's own parser. Calls may run in parallel, and within a call of ``RawParser``.
enum PLpgSQLParser {
  struct Failure: Error, Hashable {
    /// PL/pgSQL's own words.
    let message: String
  }

  /// A DO statement with the body.
  static func block(of body: String) -> String { "DO LANGUAGE plpgsql \(dollarQuoted(body))" }

  /// A CREATE FUNCTION with the body, and with what the body knows of its function.
  static func function(of body: String, parameters: [CreateFunction.Parameter], returns: TypeName?) -> String {
    let list = parameters.map { parameter in
      let name = parameter.name.map { " \($0.quotedIdentifier)" } ?? ""
      return "\(parameter.mode.word)\(name) \(parameter.type.sql)"
    }
    let hasOutput = parameters.contains { $0.mode == .out || $0.mode == .inOut || $0.mode == .table }
    let result = returns.map { " RETURNS \($0.sql)" } ?? (hasOutput ? "" : " RETURNS void")
    // The columns of RETURNS TABLE come as parameters, and its return type as SETOF record.
    return "CREATE FUNCTION f(\(list.joined(separator: ", ")))\(result) LANGUAGE plpgsql AS \(dollarQuoted(body))"
  }

  /// The tree of the body of such a statement, in libpg_query's shape: `[{"PLpgSQL_function": {…}}]`.
  static func parse(_ statement: String) throws(Failure) -> JSONValue {
    let result = pg_query_parse_plpgsql(statement)
    defer { pg_query_free_plpgsql_parse_result(result) }
    if let error = result.error {
      throw Failure(message: string(error.pointee.message) ?? "PL/pgSQL gave no reason")
    }
    guard let text = string(result.plpgsql_funcs), let tree = JSONValue(parsing: text) else {
      throw Failure(message: "it is nested too deeply")
    }
    return tree
  }

  private static func dollarQuoted(_ body: String) -> String {
    var tag = "$body$"
    while body.utf8.count >= tag.utf8.count, contains(body, tag) { tag = "$b\(tag.dropFirst())" }
    return tag + body + tag
  }

  private static func contains(_ body: String, _ tag: String) -> Bool {
    let body = Array(body.utf8)
    let tag = Array(tag.utf8)
    return body.indices.contains { body[$0...].starts(with: tag) }
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
