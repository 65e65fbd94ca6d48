import PostgresParser
import Syntax
import Testing

@Suite("An expression becomes SQL again")
struct DeparsingTests {
  @Test("that reads as the same tree", arguments: expressions)
  func roundTrip(sql: String) throws {
    let expression = try expression(of: sql)
    #expect(try self.expression(of: expression.sql) == expression, "\(expression.sql)")
  }

  @Test("and so does a type", arguments: types)
  func typeRoundTrip(sql: String) throws {
    let type = try type(of: sql)
    #expect(try self.type(of: type.sql) == type, "\(type.sql)")
  }

  private func expression(of sql: String) throws -> Expression {
    let script = PostgresParser.parse(SourceText(path: "a.sql", text: "SELECT \(sql)"))
    guard script.errors.isEmpty, case .query(.select(let select))? = script.statements.first?.kind else {
      throw NotParsed(sql: sql)
    }
    return try #require(select.targets.first).expression
  }

  private func type(of sql: String) throws -> TypeName {
    guard case .cast(_, let type) = try expression(of: "CAST(a AS \(sql))") else { throw NotParsed(sql: sql) }
    return type
  }

  private struct NotParsed: Error {
    let sql: String
  }

  static let types = [
    "int", "bigint[]", "varchar(50)", "char(3)", "numeric(10, 2)", "timestamptz", "timestamp(3) with time zone",
    "time with time zone", "interval day to second(3)", "interval(2)", "double precision", "bit varying(8)", "bit(3)",
    "app.\"Mood\"", "\"char\"", "text[][]", "json", "xml", "citext", "\"user\"",
  ]

  static let expressions = [
    "a", "\"A\".\"b c\"", "t.*", "-1", "1.5", "'it''s'", "E'a\\\\b'", "B'101'", "X'1F'", "NULL", "true", "now()",
    "f(DISTINCT a ORDER BY b DESC NULLS LAST)",
    "count(*)", "f(a => 1, b => 2)", "f(VARIADIC a)", "sum(a) FILTER (WHERE b)",
    "rank() OVER (PARTITION BY a ORDER BY b)", "CURRENT_DATE",
    "'1 day'::interval", "a + b * c", "(a + b) * c", "a - (b - c)", "- a", "NOT (a AND b)", "a AND (b OR c)",
    "a AND b AND c", "(a = b) = c",
    "a IS NULL", "(a IS NULL) IS NOT NULL", "a IS NOT TRUE", "a = ANY (b)", "a <> ALL (ARRAY[1, 2])",
    "a IS DISTINCT FROM b", "NULLIF(a, b)",
    "a IN (1, 2)", "a NOT IN (1, 2)", "a LIKE 'x%'", "a NOT ILIKE 'x'", "a BETWEEN 1 AND 2",
    "a NOT BETWEEN SYMMETRIC 1 AND 2",
    "CASE WHEN a THEN 1 ELSE 2 END", "CASE a WHEN 1 THEN 2 END", "COALESCE(a, b)", "GREATEST(a, 1)", "ARRAY[a, b]",
    "ROW(1, 2)", "(a).b", "a[1]",
    "a[1:2]", "a COLLATE \"C\"", "EXISTS (SELECT 1 FROM t WHERE a > 1)", "(SELECT max(a) FROM t)",
    "a OPERATOR(pg_catalog.+) b", "a || b || c",
    "a::text::varchar(5)", "(-1)::int", "a -> 'x' ->> 'y'", "a ~ '^x'", "a @> '{}'::jsonb", "$1",
  ]
}
