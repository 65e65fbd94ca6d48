import Linting
import Rules
import Testing

@Suite("A syntax error comes with a hint")
struct SyntaxHintTests {
  @Test(
    "where people mean something that PostgreSQL writes otherwise",
    arguments: [
      ("DELETE FROM a WHERE b = 1 LIMIT 10;", "PostgreSQL has no DELETE … LIMIT"),
      ("CREATE TABLE `a` (b int);", "instead of `"),
      ("# a comment\nSELECT 1;", "begin comments with --"),
      ("CREATE TABLE a (id int AUTO_INCREMENT);", "GENERATED ALWAYS AS IDENTITY"),
      ("CREATE TABLE a (id int) ENGINE=InnoDB;", "leave out ENGINE"),
      ("CREATE TABLE a (id int UNSIGNED);", "CHECK (column >= 0)"),
      ("CREATE TABLE a (id int(11));", "write int without"),
      ("CREATE TABLE a (b int,\n);", "comma"),
      ("CREATE TABLE a (b timestamp DEFAULT now() ON UPDATE now());", "trigger"),
      ("ALTER TABLE a MODIFY b text;", "ALTER COLUMN name TYPE"),
      ("ALTER TABLE a CHANGE b c text;", "RENAME COLUMN"),
      ("ALTER TABLE a ADD CONSTRAINT IF NOT EXISTS c CHECK (b > 0);", "DROP CONSTRAINT IF EXISTS"),
      ("CREATE TYPE IF NOT EXISTS mood AS ENUM ('fine');", "CREATE TYPE has no IF NOT EXISTS"),
      ("CREATE UNIQUE INDEX IF NOT EXISTS ON a (b);", "give the index a name"),
      ("CREATE TRIGGER IF NOT EXISTS t AFTER INSERT ON a EXECUTE FUNCTION f();", "CREATE OR REPLACE TRIGGER"),
      ("DROP INDEX a_b_idx ON a;", "leave out ON"),
      ("INSERT IGNORE INTO a VALUES (1);", "ON CONFLICT DO NOTHING"),
      ("INSERT OR REPLACE INTO a VALUES (1);", "instead of INSERT OR REPLACE"),
      ("INSERT INTO a VALUES (1) ON DUPLICATE KEY UPDATE b = 1;", "instead of ON DUPLICATE KEY"),
      ("REPLACE INTO a VALUES (1);", "instead of REPLACE"),
      ("USE shop;", "no USE"),
      ("SELECT 1;\nGO\nSELECT 2;", "instead of GO"),
      ("CREATE TABLE {{ name (b int);", "fill in the template"),
      ("DROP ${what} a;", "fill in the template"),
      ("CREATE TABLE a (b int, c int GENERATED ALWAYS AS (b + 1) VIRTUAL);", "from 18 on"),
      ("ALTER TABLE a ADD CONSTRAINT b_there NOT NULL b;", "from 18 on"),
    ]
  )
  func hint(sql: String, expected: String) throws {
    let findings = try MigrationReport.linting([], then: MigrationText(sql: sql)).findings
    let error = try #require(findings.first { $0.rule == "syntax-error" }, "\(findings)")
    #expect(error.fix?.advice.contains(expected) == true, "\(error.message): \(error.fix?.advice ?? "no hint")")
  }

  @Test(
    "and with none where the words only happen to be in the text",
    arguments: [
      "CREATE TABL engine (modify int, change int, go text);",
      "SELECT * FORM `limit`;".replacing("`", with: "\""),
      "INSERT INTO notes VALUES ('AUTO_INCREMENT' 'ENGINE');",
    ]
  )
  func silence(sql: String) throws {
    let findings = try MigrationReport.linting([], then: MigrationText(sql: sql)).findings
    #expect(findings.filter { $0.rule == "syntax-error" }.map { $0.fix?.advice } == [nil])
  }
}
