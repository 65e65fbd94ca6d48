import Linting
import Rules
import Testing

@Suite("A statement inside a block of code")
struct EmbeddedStatementTests {
  static let history = ["CREATE TABLE clips (id bigint PRIMARY KEY, user_id bigint, title text);"]

  /// Each finding as its rule and the text that it underlines.
  private func findings(_ sql: String, history: [String] = history) throws -> [String] {
    let report = try MigrationReport.linting(history, then: MigrationText(sql: sql))
    return report.findings.map { "\($0.rule): \(report.migration.script.source[$0.range])" }
  }

  @Test("is judged like one outside, and found in its place")
  func place() throws {
    let sql = """
      -- größer als 🐘
      DO $block$ -- with a comment
      BEGIN
        IF now() > '2026-01-01' THEN
          /* CREATE INDEX */ CREATE INDEX clips_idx ON clips (user_id);
        END IF;
        ALTER TABLE clips ADD COLUMN a int,
          ALTER COLUMN title SET NOT NULL;
        EXECUTE 'DROP TABLE clips';
      END
      $block$;
      """
    #expect(
      try findings(sql) == [
        "index-built-without-concurrently: CREATE INDEX clips_idx ON clips (user_id)",
        "set-not-null-scans-table: ALTER COLUMN title SET NOT NULL",
        "table-dropped: DROP TABLE clips",
      ]
    )
  }

  @Test("fails the block where PostgreSQL refuses it, and that is said in its place")
  func refused() throws {
    let block = "DO $$ BEGIN\n  PERFORM 1;\n  ALTER TABLE clips ADD COLUMN title text;\nEND $$;"
    #expect(try findings(block) == ["statement-refused: ALTER TABLE clips ADD COLUMN title text"])
    let caught = "DO $$ BEGIN ALTER TABLE clips ADD COLUMN title text; EXCEPTION WHEN OTHERS THEN NULL; END $$;"
    #expect(try findings(caught) == [])
    let loop = "DO $$ BEGIN LOOP EXIT WHEN random() < 1; ALTER TABLE clips ADD COLUMN title text; END LOOP; END $$;"
    #expect(try findings(loop) == [])
  }

  @Test(
    "of a function's body is told in its place, as far as the parser knows it",
    arguments: [
      ("sql", "SELECT 1;\n  -- a comment\n  SELECT nope FROM clips;", "SELECT nope FROM clips"),
      ("plpgsql", "DECLARE x int;\nBEGIN\n  IF x THEN\n    RETRN x;\n  END IF;\nEND", "RETRN"),
    ]
  )
  func refusedBody(language: String, body: String, place: String) throws {
    let sql = "CREATE FUNCTION f() RETURNS int LANGUAGE \(language) AS $f$\n  \(body)\n$f$;"
    #expect(try findings(sql).filter { $0.hasPrefix("statement-refused") } == ["statement-refused: \(place)"])
  }

  @Test("is found in the whole block where it does not stand as it runs")
  func noPlace() throws {
    let block = "DO $$ BEGIN EXECUTE 'DELETE ' || 'FROM clips'; END $$"
    #expect(try findings(block + ";") == ["delete-without-where: \(block)"])
    let quoted = "DO 'BEGIN DELETE FROM clips; END'"
    #expect(try findings(quoted + ";") == ["delete-without-where: \(quoted)"])
  }

  @Test("is told once where two branches hold it")
  func branches() throws {
    let sql = """
      DO 'BEGIN IF now() > now() THEN DELETE FROM clips; ELSE DELETE FROM clips; END IF; END';
      """
    #expect(try findings(sql).count == 1)
  }

  @Test("meets the database that those before it left")
  func schema() throws {
    let sql = """
      DO $$ BEGIN
        CREATE TABLE fresh (id bigint);
        CREATE INDEX fresh_idx ON fresh (id);
        DELETE FROM fresh;
      END $$;
      """
    #expect(try findings(sql) == [])
  }

  @Test("counts where a function runs it, at the call and not where it is made")
  func function() throws {
    let function = """
      CREATE FUNCTION purge() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM clips; END $$;
      """
    #expect(try findings(function) == [])
    #expect(
      try findings("SELECT purge();", history: Self.history + [function]) == ["delete-without-where: SELECT purge()"]
    )
  }

  @Test("is allowed by a comment above the block")
  func suppression() throws {
    let sql = """
      -- sqllint:allow delete-without-where all of them are drafts
      DO $$ BEGIN DELETE FROM clips; END $$;
      """
    let report = try MigrationReport.linting(Self.history, then: MigrationText(sql: sql))
    #expect(report.findings.map(\.isSuppressed) == [true])
  }
}
