import Linting
import LiveServer
import Rules
import Syntax
import Testing

@Suite("What a down migration lacks")
struct RollbackAdviceTests {
  static let history = [
    """
    CREATE TYPE state AS ENUM ('new', 'paid');
    CREATE TABLE orgs (id bigint PRIMARY KEY, n integer, code varchar(20), town text NOT NULL);
    CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20) DEFAULT 'x' NOT NULL, org_id bigint REFERENCES orgs (id),
      age integer CONSTRAINT old CHECK (age > 18));
    CREATE INDEX users_name_idx ON users (name) WHERE age > 20;
    CREATE VIEW names AS SELECT name FROM users;
    CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1';
    CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TRIGGER noop BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION noop();
    CREATE POLICY own ON users FOR SELECT USING (age > 1);
    """
  ]

  /// Up migrations with down migrations that do half of it, or too much.
  static let pairs = [
    ("ALTER TABLE users ADD COLUMN email text, ADD COLUMN town text;", "ALTER TABLE users DROP COLUMN town;"),
    (
      "ALTER TABLE users DROP COLUMN org_id; DROP VIEW names;",
      "ALTER TABLE users ADD COLUMN org_id integer;"
    ),
    (
      "ALTER TABLE users ALTER COLUMN name DROP NOT NULL, ALTER COLUMN name SET DEFAULT 'y', ADD COLUMN b int;",
      "ALTER TABLE users DROP COLUMN b;"
    ),
    ("DROP TABLE users CASCADE;", "CREATE TABLE users (id bigint, name varchar(20));"),
    ("ALTER TABLE users DROP CONSTRAINT users_org_id_fkey, ADD n int;", "ALTER TABLE users DROP n;"),
    (
      "CREATE OR REPLACE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 2'; CREATE TABLE a (id serial);",
      "DROP TABLE a;"
    ),
    ("CREATE TABLE a (id serial); CREATE VIEW b AS SELECT id FROM a; CREATE SCHEMA c;", "DROP SCHEMA c;"),
    ("DROP TRIGGER noop ON users; DROP POLICY own ON users; DROP FUNCTION noop(); CREATE SCHEMA c;", "DROP SCHEMA c;"),
    ("ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE SCHEMA c;", "DROP SCHEMA c;"),
    ("DROP TYPE state; CREATE TYPE state AS ENUM ('new');", "ALTER TYPE state ADD VALUE 'open';"),
    ("CREATE SCHEMA c;", "DROP SCHEMA c; DROP INDEX users_name_idx;"),
  ]

  @Test(
    "is given as SQL, after which the schema is as it was",
    .enabled(if: LiveServer.shared != nil, "\(LiveServer.absence)"),
    arguments: pairs
  )
  func sql(up: String, down: String) throws {
    let findings = try MigrationReport.linting(Self.history, then: MigrationText(sql: up, down: down)).findings
    let finding = try #require(findings.first { $0.rule == "down-does-not-restore" })
    let sql = try #require(finding.fix?.rollback)
    let database = try LiveDatabase(on: #require(LiveServer.shared))
    defer { try? database.drop() }
    for migration in Self.history { #expect(try database.run(migration).errors == []) }
    let before = try lines(of: database)
    for text in [up, down, sql] { #expect(try database.run(text).errors == [], "\(text)") }
    // An enum's values stay where PostgreSQL cannot drop them.
    #expect(try lines(of: database).symmetricDifference(before).filter { $0 != "'open'" } == [], "\(sql)")
  }

  /// Whatever the order of columns.
  private func lines(of database: LiveDatabase) throws -> Set<String> {
    Set(
      try database.dump().flatMap { statement in
        statement.split(separator: "\n").map { line in
          String(line.drop { $0 == " " }.reversed().drop { $0 == "," }.reversed())
        }
      }
    )
  }

  @Test("raises no risk of the migration, and the statement's stays too")
  func risk() throws {
    let up = "ALTER TABLE users ADD COLUMN email text;"
    for down in ["", "SELECT 1;", "ALTER TABLE users ADD COLUMN b int;"] {
      let report = try MigrationReport.linting(Self.history, then: MigrationText(sql: up, down: down))
      #expect(report.findings.map(\.risk) == [down.hasPrefix("ALTER") ? .medium : .low], "\(down)")
      #expect(report.risk == .low && report.statements.map(\.risk) == [.low], "\(down)")
    }
  }

  @Test(
    "matters where running code can tell",
    arguments: [
      ("ALTER TABLE users DROP CONSTRAINT users_org_id_fkey;", "", Risk.medium),
      ("DROP FUNCTION one();", "SELECT 1;", .medium),
      ("CREATE INDEX ON users (age);", "", .low),
      ("ALTER TABLE users ADD CONSTRAINT young CHECK (age < 200) NOT VALID;", "SELECT 1;", .low),
      ("DROP INDEX users_name_idx; CREATE SCHEMA c;", "DROP SCHEMA c;", .low),
      (
        "CREATE OR REPLACE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 2'; CREATE SCHEMA c;",
        "DROP SCHEMA c;", .low
      ),
      (
        "ALTER TABLE users DROP CONSTRAINT old; CREATE SCHEMA c;",
        "DROP SCHEMA c; ALTER TABLE users ADD CONSTRAINT new CHECK (age > 18);", .low
      ),
      (
        "ALTER TABLE users DROP CONSTRAINT old; CREATE SCHEMA c;",
        "DROP SCHEMA c; ALTER TABLE users ADD CONSTRAINT old CHECK (age > 21);", .medium
      ),
      ("ALTER TABLE users ALTER COLUMN age SET DEFAULT 1, ADD COLUMN b int;", "ALTER TABLE users DROP COLUMN b;", .low),
      ("ALTER TABLE orgs ALTER COLUMN n TYPE bigint, ADD COLUMN b int;", "ALTER TABLE orgs DROP COLUMN b;", .medium),
      (
        "ALTER TABLE orgs ALTER COLUMN code TYPE varchar(40), ADD COLUMN b int;", "ALTER TABLE orgs DROP COLUMN b;",
        .low
      ),
      ("ALTER TABLE orgs ALTER COLUMN code TYPE text;", "SELECT 1;", .low),
    ]
  )
  func weight(up: String, down: String, risk: Risk) throws {
    let report = try MigrationReport.linting(Self.history, then: MigrationText(sql: up, down: down))
    #expect(report.findings.filter(\.isAboutRollback).map(\.risk) == [risk])
  }

  @Test("is nothing where a column comes back with a default, so that the rows can have it")
  func looserColumn() throws {
    let down = "ALTER TABLE orgs ADD COLUMN town text NOT NULL DEFAULT '';"
    let report = try MigrationReport.linting(
      Self.history,
      then: MigrationText(sql: "ALTER TABLE orgs DROP COLUMN town;", down: down)
    )
    #expect(report.findings.filter(\.isAboutRollback) == [])
  }

  @Test("is said once of a history whose migrations seldom have one")
  func habit() throws {
    let history = History(
      migrations: (1...30).map { number in
        MigrationPair(
          up: Migration(MigrationText(sql: "CREATE TABLE t\(number) (a int);"), number: number, isReported: true),
          down: number > 1 ? nil : Migration(MigrationText(sql: "DROP TABLE t1;"), number: 1, isDown: true)
        )
      }
    )
    let report = Linter(rules: AllRules.all, policy: Policy()).lint([history], toolVersion: "", grammarVersion: "17")
    let found = report.migrations.flatMap(\.findings).filter { $0.rule == "down-missing" }
    #expect(found.map(\.message.description).filter { $0.contains("like most others around it") }.count == 1)
    #expect(found.count == 1)
  }

  @Test("names values, and stands at the line that made what differs")
  func place() throws {
    let up = "SELECT 1;\nDROP TYPE state;\nCREATE TYPE state AS ENUM ('new');"
    let text = MigrationText(sql: up, down: "CREATE TABLE others (a int); DROP TABLE others;")
    let finding = try #require(
      try MigrationReport.linting(Self.history, then: text).findings.first { $0.isAboutRollback }
    )
    #expect(finding.message.description.contains("value 'paid' of type state"))
    #expect(finding.statement == 1 || finding.statement == 2)
    #expect(finding.fix?.rollback == "ALTER TYPE state ADD VALUE 'paid' AFTER 'new';")
  }
}
