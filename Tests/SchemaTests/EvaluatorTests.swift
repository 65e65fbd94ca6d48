import Foundation
import LiveServer
import PostgresParser
import Syntax
import Testing

@Suite("What an expression gives", .enabled(if: LiveServer.shared != nil, "\(LiveServer.absence)"))
struct EvaluatorTests {
  @Test(
    "the value is PostgreSQL's",
    arguments: [
      "1 + 2 * 3", "7 / 2", "-7 / 2", "-7 % 3", "2 - 5", "- 3",
      "'a' || 'b'", "'a' || 1", "1 || 'a'", "NULL || 'a'", "concat('a', NULL, 1)", "concat_ws(', ', 'a', NULL, 'b')",
      "concat_ws(NULL, 'a')", "format('%s-%I-%L', 'a b', 'a b', 'a''b')", "format('%2$s %1$s %%', 1, 'x')",
      "format('%s|%L', NULL, NULL)", "format(NULL)", "quote_ident('Select')", "quote_ident('abc')",
      "quote_literal('it''s')", "quote_nullable(NULL)", "lower('ÄB')", "upper('äb')", "length('äb')", "btrim('  a b ')",
      "replace('a-b-c', '-', '__')", "replace('abc', '', 'x')", "left('abcdef', 2)", "left('abcdef', -2)",
      "right('abcdef', 2)", "right('abcdef', -2)", "substr('abcdef', 3)", "substr('abcdef', 2, 3)",
      "substring('abcdef', 0, 3)", "substr('abc', 9)",
      "true AND NULL", "false AND NULL", "true OR NULL", "NOT NULL::boolean", "NOT false", "NULL IS NULL",
      "1 IS NOT NULL",
      "(NULL::boolean) IS NOT TRUE", "(1 = 1) IS TRUE", "1 = 2", "1 <> 2", "'a' = 'a'", "'a' <> 'b'", "3 >= 3", "2 < 1",
      "NULL = 1", "1 IN (1, 2)", "1 IN (2, NULL)", "3 NOT IN (1, 2)", "'b' = ANY (ARRAY['a', 'b'])",
      "coalesce(NULL, 2, 3)", "CASE WHEN 1 = 2 THEN 'a' WHEN 2 = 2 THEN 'b' ELSE 'c' END", "CASE 3 WHEN 3 THEN 'x' END",
      "CASE WHEN NULL THEN 1 END", "'12'::integer + 1", "true::text", "5::text || 'x'", "'t'::boolean",
      "array_length(ARRAY['a', 'b'], 1)", "array_length('{}'::text[], 1)",
      "'2024-02-29'::date", "DATE '2024-02-29' + 1", "DATE '2024-03-01' - 1", "DATE '2024-03-01' - DATE '2023-03-01'",
      "(DATE '2024-01-31' + INTERVAL '1 month')::date", "(DATE '2024-02-29' - INTERVAL '1 year')::date",
      "(DATE '2024-12-31' + INTERVAL '2 weeks 3 days')::date", "(TIMESTAMP '2024-12-31' + INTERVAL '-1 hour')::date",
      "to_char(DATE '2024-02-09', 'YYYYMMDD')", "to_char(DATE '2024-02-09', 'YYYY_\"m\"MM-DD Q')",
      "to_char(DATE '2021-01-03', 'IYYY\"w\"IW')", "to_char(DATE '2020-12-31', 'IYYY IW YY')",
      "to_char(DATE '2024-02-09' + INTERVAL '90 minutes', 'HH24:MI:SS')",
      "date_trunc('week', DATE '2024-02-11')::date", "date_trunc('month', DATE '2024-02-11')::date",
      "date_trunc('quarter', DATE '2024-12-11')::date", "date_trunc('year', DATE '2024-12-11')::date",
      "to_char(date_trunc('week', DATE '2024-01-01') + INTERVAL '1 week', 'YYYYMMDD')",
      "DATE 'today'", "DATE 'tomorrow'", "DATE 'yesterday'", "CURRENT_DATE", "now()::date",
      "to_char(now() + INTERVAL '1 day', 'YYYY-MM-DD')", "(CURRENT_DATE + INTERVAL '1 month')::date",
      "DATE '1969-12-28' + 5", "date_trunc('week', DATE '1969-12-28')::date", "to_regclass('known')",
    ]
  )
  func value(expression: String) throws {
    let database = try Self.database.get()
    let today = try database.run("SELECT CURRENT_DATE").rows.first.flatMap(CalendarDate.init(parsing:))
    var evaluator = Evaluator(today: today) { $0 == "known" ? true : nil }
    let parsed = try #require(self.expression(expression))
    let known = evaluator.value(of: parsed)
    let value = try #require(known)
    let answer = try database.run("\\pset null (null)\nSELECT \(expression)", .apart)
    #expect(answer.errors == [])
    #expect(value.output == answer.rows.first ?? "")
  }

  @Test(
    "what only the server knows has no value",
    arguments: [
      "random()", "my_function()", "column_of_a_table", "(SELECT 1)", "EXISTS (SELECT FROM t)", "to_regclass('other')",
      "to_char(now(), 'HH24')", "'a' < 'b'", "1.5 + 1", "'abc'::varchar(2)", "md5('x')", "current_user", "1 = random()",
      "format('%5s', 'a')", "to_char(DATE '2024-01-01', 'Month')", "other.lower('A')", "9223372036854775807 + 1",
    ]
  )
  func unknown(expression: String) throws {
    let parsed = try #require(self.expression(expression))
    var evaluator = Evaluator()
    let value = evaluator.value(of: parsed)
    #expect(value == nil)
  }

  @Test("without a day there is no today", arguments: ["CURRENT_DATE", "now()::date", "DATE 'today'"])
  func noDay(expression: String) throws {
    let parsed = try #require(self.expression(expression))
    var evaluator = Evaluator()
    let value = evaluator.value(of: parsed)
    #expect(value == nil)
  }

  private func expression(_ text: String) -> Syntax.Expression? {
    let script = PostgresParser.parse(SourceText(path: "case.sql", text: "SELECT \(text)"))
    guard case .query(.select(let select))? = script.statements.first?.kind else { return nil }
    return select.targets.first?.expression
  }

  private static let database = Result {
    let database = try LiveDatabase(on: try #require(LiveServer.shared))
    _ = try database.run("CREATE TABLE known (a integer)")
    return database
  }
}

extension Value {
  /// As psql shows it.
  fileprivate var output: String {
    switch self {
    case .null: "(null)"
    case .boolean(let value): value ? "t" : "f"
    default: text ?? "\(self)"
    }
  }
}
