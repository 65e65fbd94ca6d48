import Catalog
import Execution
import Syntax
import Testing

@testable import Linting

@Suite("What hangs on rows is asked before the deployment")
struct RowQuestionTests {
  private static let schema = """
    CREATE TABLE users (id bigint PRIMARY KEY, email text, age int);
    CREATE TABLE plans (id bigint PRIMARY KEY);
    CREATE FUNCTION is_fine(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
    """

  /// The queries of the second migration's statements.
  private func queries(_ sql: String) -> [String] {
    let report = Linter(rules: [], policy: Policy()).lint(
      [History(Self.schema, sql)],
      toolVersion: "1",
      grammarVersion: "17"
    )
    return report.migrations[1].statements.flatMap(\.rowQuestions).map(\.query.sql)
  }

  @Test(
    "unless the deployment itself makes, fills, renames or changes what is asked for",
    arguments: [
      "UPDATE users SET email = '' WHERE email IS NULL; ALTER TABLE users ALTER email SET NOT NULL",
      "ALTER TABLE users ADD name text; ALTER TABLE users ALTER name SET NOT NULL",
      "ALTER TABLE users ADD name text, ALTER name SET NOT NULL",
      "CREATE TABLE fresh (a int); ALTER TABLE fresh ALTER a SET NOT NULL",
      "ALTER TABLE users RENAME email TO mail; ALTER TABLE users ALTER mail SET NOT NULL",
      "ALTER TABLE users RENAME TO people; ALTER TABLE people ALTER email SET NOT NULL",
      "ALTER TABLE users RENAME TO old; ALTER TABLE plans RENAME TO users; ALTER TABLE users ADD CHECK (id > 0)",
      "DROP TABLE users; CREATE TABLE users (email text); ALTER TABLE users ALTER email SET NOT NULL",
      "TRUNCATE users; ALTER TABLE users ALTER email SET NOT NULL",
      "DELETE FROM plans; ALTER TABLE users ADD FOREIGN KEY (id) REFERENCES plans",
      "ALTER TABLE users ALTER age TYPE text; ALTER TABLE users ADD CHECK (age <> '')",
      "ALTER TABLE users ALTER age TYPE text, ADD CHECK (age <> '')",
      "CREATE FUNCTION f(text) RETURNS boolean LANGUAGE sql AS 'SELECT true'; ALTER TABLE users ADD CHECK (f(email))",
      "SELECT unknown_code(); ALTER TABLE users ALTER email SET NOT NULL",
      "DO $$ BEGIN UPDATE users SET email = ''; END $$; ALTER TABLE users ALTER email SET NOT NULL",
      "DO $$ BEGIN ALTER TABLE users ALTER email SET NOT NULL; END $$",
      "ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID",
      "ALTER TABLE users ALTER id SET NOT NULL",
      "ALTER TABLE users ADD CHECK (email IS NOT NULL) NOT VALID",
      "ALTER TABLE users ALTER ${column} SET NOT NULL",
    ]
  )
  func unasked(_ sql: String) { #expect(queries(sql) == []) }

  @Test("also behind statements that leave its rows and names alone")
  func asked() {
    let sql = """
      CREATE TABLE fresh (a int); INSERT INTO fresh VALUES (1); ALTER TABLE users ADD name text;
      CREATE INDEX i ON users (age); UPDATE plans SET id = 1; ALTER TABLE users ALTER email SET NOT NULL;
      ALTER TABLE users ADD CONSTRAINT c CHECK (is_fine(email)) NOT VALID; ALTER TABLE users VALIDATE CONSTRAINT c;
      """
    #expect(
      queries(sql) == [
        "SELECT id, email FROM users WHERE email IS NULL LIMIT 10",
        "SELECT id, email FROM users WHERE NOT (public.is_fine(email)) LIMIT 10",
      ]
    )
  }

  @Test("not where a valid check has proved it")
  func proved() {
    let added = queries(
      "ALTER TABLE users ADD CONSTRAINT c CHECK (email IS NOT NULL); ALTER TABLE users ALTER email SET NOT NULL"
    )
    #expect(added == ["SELECT id, email FROM users WHERE NOT (email IS NOT NULL) LIMIT 10"])
  }

  @Test("of tables that no migration makes, where the statement tells all")
  func assumed() {
    #expect(
      queries("ALTER TABLE elsewhere ALTER a SET NOT NULL; CREATE UNIQUE INDEX ON other.things (lower(b))") == [
        "SELECT * FROM elsewhere WHERE a IS NULL LIMIT 10",
        "SELECT (lower(b)), count(*) FROM other.things WHERE (lower(b)) IS NOT NULL GROUP BY (lower(b)) "
          + "HAVING count(*) > 1 LIMIT 10",
      ]
    )
  }

  @Test("in the first migration that is reported or in a later one, which is told apart")
  func position() {
    let history = History(
      Self.schema,
      "ALTER TABLE users ADD name text",
      "ALTER TABLE users ALTER name SET NOT NULL; ALTER TABLE users ALTER email SET NOT NULL"
    )
    let report = Linter(rules: [], policy: Policy()).lint([history], toolVersion: "1", grammarVersion: "17")
    let questions = report.migrations[2].statements.flatMap(\.rowQuestions)
    #expect(questions.map(\.precedesAll) == [false, false])
    let latter = History(
      migrations: [
        MigrationPair(up: Migration(Self.schema, isReported: false), down: nil),
        MigrationPair(up: Migration("ALTER TABLE users ADD name text", version: "2"), down: nil),
        MigrationPair(
          up: Migration(
            "ALTER TABLE users ALTER name SET NOT NULL; ALTER TABLE users ALTER email SET NOT NULL",
            version: "3"
          ),
          down: nil
        ),
      ]
    )
    let second = Linter(rules: [], policy: Policy()).lint([latter], toolVersion: "1", grammarVersion: "17")
    let later = second.migrations.flatMap(\.statements).flatMap(\.rowQuestions)
    #expect(later.map(\.precedesAll) == [false, true])
  }
}
