import Catalog
import Execution
import LiveServer
import PostgresParser
import Syntax
import Testing

/// What PostgreSQL refuses as too many, or as twice the same; without that, a few lines that double what the line before
/// made would fill the memory.
@Suite("No more is taken than PostgreSQL takes")
struct LimitTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let sql: String
    /// How a server refuses the last statement; `nil` where it accepts it.
    let state: String?

    init(_ sql: String, _ state: String? = nil) {
      self.sql = sql
      self.state = state
    }

    var testDescription: String { String(sql.prefix(70)) }

    var result: SQLError? {
      var database = Database()
      database.beginMigration()
      return PostgresParser.parse(SourceText(path: "case.sql", text: sql)).statements.map {
        database.execute($0.kind, version: 15).refusal
      }.last ?? nil
    }
  }

  private static func list(_ count: Int, _ item: (Int) -> String) -> String {
    (1...count).map(item).joined(separator: ", ")
  }

  private static let table = "CREATE TABLE t (a integer, b integer); "
  private static let wide = "CREATE TABLE w (\(list(1_600) { "c\($0) smallint" })); "
  private static let narrow = "CREATE TABLE n (\(list(65) { "c\($0) smallint" })); "

  private static let cases = [
    Case("CREATE TABLE q (\(list(1_600) { "c\($0) smallint" }))"),
    Case("CREATE TABLE q (\(list(1_601) { "c\($0) smallint" }))", "54011"),
    Case(wide + "ALTER TABLE w ADD COLUMN d smallint", "54011"),
    Case(wide + "CREATE TABLE q (LIKE w, d smallint)", "54011"),
    Case(wide + "CREATE TABLE q (d smallint) INHERITS (w)", "54011"),
    Case(wide + narrow + "CREATE VIEW v AS SELECT w.*, n.* FROM w, n", "54011"),
    Case(wide + narrow + "CREATE TABLE q AS SELECT w.*, n.* FROM w, n", "54011"),
    Case("CREATE VIEW v AS SELECT \(list(1_601) { "1 AS c\($0)" })", "54011"),
    Case(table + "CREATE TABLE q (LIKE t, LIKE t)", "42701"),
    Case(table + "CREATE TABLE q (a integer, LIKE t)", "42701"),
    Case(table + "CREATE TABLE q (LIKE t, c integer) INHERITS (t)"),
    Case(table + "CREATE VIEW v AS SELECT x.*, y.* FROM t x, t y", "42701"),
    Case(table + "CREATE VIEW v AS SELECT a, a + 1 AS a FROM t", "42701"),
    Case(table + "CREATE VIEW v (c, c) AS SELECT a, b FROM t", "42701"),
    Case(table + "CREATE VIEW v (c, d) AS SELECT a, a FROM t"),
    Case(table + "CREATE VIEW v AS SELECT * FROM t x JOIN t y USING (a, b)"),
    Case(table + "CREATE TABLE q AS SELECT x.*, y.* FROM t x, t y", "42701"),
    Case(table + "CREATE TABLE q AS SELECT a, a FROM t", "42701"),
    Case(table + "CREATE MATERIALIZED VIEW v AS SELECT a, a FROM t", "42701"),
    Case(table + "CREATE TABLE q () INHERITS (t, t)", "42P07"),
    Case(table + "CREATE INDEX ON t (\(list(32) { _ in "a" }))"),
    Case(table + "CREATE INDEX ON t (\(list(33) { _ in "a" }))", "54011"),
    Case(table + "CREATE INDEX ON t (a) INCLUDE (\(list(32) { _ in "b" }))", "54011"),
    Case(wide + "ALTER TABLE w ADD UNIQUE (\(list(33) { "c\($0)" }))", "54011"),
    Case(wide + "ALTER TABLE w ADD EXCLUDE (\(list(33) { "c\($0) WITH =" }))", "54011"),
    Case(
      "CREATE TABLE q (\(list(33) { "c\($0) smallint" })) PARTITION BY RANGE (\(list(33) { "c\($0)" }))",
      "54011"
    ),
    Case("CREATE FUNCTION f(\(list(100) { _ in "integer" })) RETURNS integer LANGUAGE sql AS 'SELECT 1'"),
    Case(
      "CREATE FUNCTION f(\(list(101) { _ in "integer" })) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
      "54023"
    ),
    Case("CREATE TYPE q AS (\(list(1_601) { "c\($0) smallint" }))", "54011"),
  ]

  @Test("what is over a limit is refused", arguments: cases)
  func limit(limit: Case) {
    #expect(limit.result?.state.rawValue == limit.state)
  }

  @Test("every server refuses the same, by the same kind of error", arguments: EffectsTests.versions)
  func server(version: Int) throws {
    guard let server = LiveServer.all.first(where: { $0.version == version }) else { return }
    let database = try LiveDatabase(on: server)
    defer { try? database.drop() }
    for limit in Self.cases {
      let answer = try database.run("BEGIN; \(limit.sql); ROLLBACK")
      #expect(answer.errors.first?.code == limit.state, "\(limit.testDescription)")
    }
  }

  @Test(
    "twenty lines that double what the line before made take no more than they say",
    arguments: [
      "CREATE TABLE t% (LIKE t^, LIKE t^)", "CREATE VIEW t% AS SELECT x.*, y.* FROM t^ x, t^ y",
      "CREATE TABLE t% AS SELECT x.*, y.* FROM t^ x, t^ y",
      "CREATE VIEW t% AS WITH w AS (SELECT x.*, y.* FROM t^ x, t^ y) SELECT x.*, y.* FROM w x, w y",
    ]
  )
  func doubling(line: String) {
    let lines = (1...40).map { line.replacing("%", with: "\($0)").replacing("^", with: "\($0 - 1)") }
    var database = Database()
    database.beginMigration()
    let text = (["CREATE TABLE t0 (a integer, b integer)"] + lines).joined(separator: ";\n")
    for statement in PostgresParser.parse(SourceText(path: "case.sql", text: text)).statements {
      database.execute(statement.kind, version: 17)
    }
    let widths =
      database.catalog.tables.values.map(\.columns.count) + database.catalog.views.values.map(\.columns.count)
    #expect(widths.allSatisfy { $0 <= ServerLimits.columns })
  }
}
