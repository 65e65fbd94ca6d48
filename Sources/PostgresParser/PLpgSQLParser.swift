import CPgQuery

/// One call of PL/pgSQL's own parser. Calls may run in parallel, and within a call of ``RawParser``.
enum PLpgSQLParser {
  struct Failure: Error, Hashable {
    /// PL/pgSQL's own words.
    let message: Swift.String
  }

  /// The tree of a DO statement's body, in libpg_query's shape: `[{"PLpgSQL_function": {…}}]`.
  static func parse(_ body: Swift.String) throws(Failure) -> JSONValue {
    let result = pg_query_parse_plpgsql("DO LANGUAGE plpgsql \(dollarQuoted(body))")
    defer { pg_query_free_plpgsql_parse_result(result) }
    if let error = result.error {
      throw Failure(message: string(error.pointee.message) ?? "PL/pgSQL gave no reason")
    }
    guard let text = string(result.plpgsql_funcs), let tree = JSONValue(parsing: text) else {
      throw Failure(message: "it is nested too deeply")
    }
    return tree
  }

  private static func dollarQuoted(_ body: Swift.String) -> Swift.String {
    var tag = "$body$"
    while body.utf8.count >= tag.utf8.count, contains(body, tag) { tag = "$b\(tag.dropFirst())" }
    return tag + body + tag
  }

  private static func contains(_ body: Swift.String, _ tag: Swift.String) -> Bool {
    let body = Array(body.utf8)
    let tag = Array(tag.utf8)
    return body.indices.contains { body[$0...].starts(with: tag) }
  }
}
