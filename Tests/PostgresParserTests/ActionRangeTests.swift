import PostgresParser
import Syntax
import Testing

@Suite("An action of ALTER TABLE knows where it stands")
struct ActionRangeTests {
  @Test(
    "from its first token to its last",
    arguments: [
      ("ALTER TABLE t ADD a int", ["ADD a int"]),
      ("ALTER TABLE s.\"T\" * DROP a, -- gone\n ADD CHECK (b IN (1, 2)) ;", ["DROP a", "ADD CHECK (b IN (1, 2))"]),
      (
        "ALTER TABLE IF EXISTS ONLY (t) SET (fillfactor = 7, autovacuum_enabled = off)",
        ["SET (fillfactor = 7, autovacuum_enabled = off)"]
      ),
      (
        "/* ä */ SELECT 1; ALTER TABLE t ALTER a TYPE numeric(10, 2), VALIDATE CONSTRAINT c",
        ["ALTER a TYPE numeric(10, 2)", "VALIDATE CONSTRAINT c"]
      ),
    ]
  )
  func ranges(sql: String, expected: [String]) throws {
    let script = PostgresParser.parse(SourceText(path: "a.sql", text: sql))
    guard case .alterTable(let alter)? = script.statements.last?.kind else {
      Issue.record("no ALTER TABLE")
      return
    }
    #expect(try alter.actions.map { script.source[try #require($0.range)] } == expected)
  }
}
