import Linting
import LiveServer
import Rules
import Syntax
import Testing

/// What the advice promises is that others go on: while each of its steps runs, a second session writes as the old code
/// does and, from the step on that asks for it, as the new code does.
@Suite("While advice is followed", .enabled(if: LiveServer.shared != nil, "\(LiveServer.absence)"))
struct WriterTests {
  /// In seconds: more than a lock that is held for a moment takes on a busy machine, less than the work does.
  static let patience = 1.0

  /// Says for each row whether it is as it should be, but takes its time.
  private static let slow = """
    CREATE FUNCTION slow(n bigint) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS
      $$ BEGIN PERFORM pg_sleep(0.001); RETURN n > 0; END $$;

    """

  struct Advice: CustomTestStringConvertible, Sendable {
    let rule: String
    let history: String
    let rows: String
    let sql: String
    let oldWrites: String
    let newWrites: String
    /// Whether the statement itself holds up a writer for longer than the patience.
    var isSlow = false
    /// Whether the old code can go on at the end.
    var keepsOldCode = false

    var testDescription: String { rule }
  }

  static let all = [
    Advice(
      rule: "set-not-null-scans-table",
      history: "CREATE TABLE users (id bigint PRIMARY KEY, plan text DEFAULT 'free');",
      rows: "INSERT INTO users SELECT i, CASE WHEN i % 3 = 0 THEN 'paid' END FROM generate_series(1, 30000) i",
      sql: "ALTER TABLE users ALTER COLUMN plan SET NOT NULL;",
      oldWrites:
        "INSERT INTO users VALUES (nextval('writer.number'), NULL); UPDATE users SET plan = NULL WHERE id = 5;",
      newWrites: "INSERT INTO users (id) VALUES (nextval('writer.number')); UPDATE users SET plan = 'a' WHERE id = 5;"
    ),
    Advice(
      rule: "check-added-without-not-valid",
      history: slow + "CREATE TABLE users (id bigint PRIMARY KEY, n bigint);",
      rows: "INSERT INTO users SELECT i, nullif(i % 5, 0) FROM generate_series(1, 2000) i",
      sql: "ALTER TABLE users ADD CONSTRAINT n CHECK (slow(n));",
      oldWrites: "INSERT INTO users VALUES (nextval('writer.number'), 0); DELETE FROM users WHERE n = 0;",
      newWrites: "INSERT INTO users VALUES (nextval('writer.number'), 1); UPDATE users SET n = 1 WHERE id = 5;",
      isSlow: true
    ),
    Advice(
      rule: "foreign-key-added-without-not-valid",
      history: "CREATE TABLE orgs (id bigint PRIMARY KEY); CREATE TABLE users (id bigint PRIMARY KEY, org_id bigint);",
      rows: """
        INSERT INTO orgs SELECT generate_series(1, 100);
        INSERT INTO users SELECT i, nullif(i % 100, 0) FROM generate_series(1, 30000) i
        """,
      sql: "ALTER TABLE users ADD CONSTRAINT users_org FOREIGN KEY (org_id) REFERENCES orgs (id);",
      oldWrites: "INSERT INTO users VALUES (-1, -1); DELETE FROM users WHERE id = -1;",
      newWrites: """
        INSERT INTO users VALUES (nextval('writer.number'), 7); UPDATE users SET org_id = 8 WHERE id = 5;
        INSERT INTO orgs VALUES (nextval('writer.number'));
        """
    ),
    Advice(
      rule: "unique-constraint-builds-index",
      history: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
      rows: "INSERT INTO users SELECT i, CASE WHEN i % 3 > 0 THEN i::text END FROM generate_series(1, 30000) i",
      sql: "ALTER TABLE users ADD UNIQUE (email);",
      oldWrites: "INSERT INTO users VALUES (-1, '1'); DELETE FROM users WHERE id = -1;",
      newWrites: """
        INSERT INTO users VALUES (nextval('writer.number'), currval('writer.number')::text);
        INSERT INTO users VALUES (nextval('writer.number'), NULL);
        """
    ),
    Advice(
      rule: "index-built-without-concurrently",
      history: slow + "CREATE TABLE users (id bigint PRIMARY KEY, n bigint);",
      rows: "INSERT INTO users SELECT i, nullif(i % 5, 0) FROM generate_series(1, 2000) i",
      sql: "CREATE INDEX users_n_idx ON users (slow(n));",
      oldWrites: "INSERT INTO users VALUES (nextval('writer.number'), 0); UPDATE users SET n = NULL WHERE id = 5;",
      newWrites: "INSERT INTO users VALUES (nextval('writer.number'), 1); UPDATE users SET n = 2 WHERE id = 5;",
      isSlow: true
    ),
    Advice(
      rule: "column-default-rewrites-table",
      history: "CREATE TABLE users (id bigint PRIMARY KEY, n bigint);",
      rows: "INSERT INTO users SELECT i, i FROM generate_series(1, 30000) i",
      sql: "ALTER TABLE users ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();",
      oldWrites: "INSERT INTO users VALUES (nextval('writer.number'), 0); UPDATE users SET n = NULL WHERE id = 5;",
      newWrites: "INSERT INTO users VALUES (nextval('writer.number'), 1); UPDATE users SET n = 2 WHERE id = 5;",
      keepsOldCode: true
    ),
  ]

  @Test("a writer is neither refused nor held up", arguments: all)
  func steps(advice: Advice) throws {
    let findings = try MigrationReport.linting([advice.history], then: MigrationText(sql: advice.sql)).findings
    let steps = try #require(findings.first { $0.rule == advice.rule }?.fix?.steps)
    #expect(steps.count > 0)
    for server in LiveServer.all {
      let database = try self.database(for: advice, on: server)
      defer { try? database.drop() }
      var writes = advice.oldWrites
      for step in steps {
        if step.deploy != nil { writes = advice.newWrites }
        var errors: [LiveDatabase.ServerMessage] = []
        let written = try database.keepWriting(writes) { errors = try database.run(step.sql).errors }
        #expect(errors == [], "\(server.version): \(step.sql)")
        #expect(written.errors == [] && written.count > 0, "\(server.version): \(step.sql): \(written)")
        #expect(written.longest < Self.patience, "\(server.version): \(step.sql)")
      }
      // The old code may go on for as long as no step has asked for the new one.
      if writes != advice.oldWrites, !advice.keepsOldCode {
        let refused = try database.run(advice.oldWrites).errors.map(\.code)
        #expect(refused.count == 1 && refused.allSatisfy { $0.hasPrefix("23") }, "\(refused)")
      }
    }
  }

  @Test("that is more than the statement itself can say", arguments: all.filter(\.isSlow))
  func control(advice: Advice) throws {
    let database = try self.database(for: advice, on: #require(LiveServer.shared))
    defer { try? database.drop() }
    let written = try database.keepWriting(advice.newWrites) { _ = try database.run(advice.sql) }
    #expect(written.longest > Self.patience)
  }

  @Test(
    "a column and the one that takes its place hold the same until one of them goes",
    arguments: [
      (
        "column-renamed", "ALTER TABLE users RENAME COLUMN name TO title;", "name IS DISTINCT FROM title",
        "INSERT INTO users (id, title) VALUES (nextval('writer.number'), 'b'); UPDATE users SET title = NULL WHERE id = 7;"
      ),
      (
        "column-type-change-rewrites-table", "ALTER TABLE users ALTER COLUMN name TYPE jsonb USING to_jsonb(name);",
        "to_jsonb(name) IS DISTINCT FROM name_new", ""
      ),
    ]
  )
  func equality(rule: String, sql: String, difference: String, newWrites: String) throws {
    let history = "CREATE TABLE users (id bigint PRIMARY KEY, name text);"
    let findings = try MigrationReport.linting([history], then: MigrationText(sql: sql)).findings
    let steps = try #require(findings.first { $0.rule == rule }?.fix?.steps)
    let database = try LiveDatabase(on: #require(LiveServer.shared))
    defer { try? database.drop() }
    let rows = "INSERT INTO users SELECT i, CASE WHEN i % 3 > 0 THEN i::text END FROM generate_series(1, 30000) i"
    for sql in [history, rows] { #expect(try database.run(sql).errors == []) }
    let oldWrites = """
      INSERT INTO users (id, name) VALUES (nextval('writer.number'), 'a'); UPDATE users SET name = 'c' WHERE id = 5;
      UPDATE users SET name = NULL WHERE id = 7;
      """
    var writes = oldWrites
    for step in steps.dropLast() {
      #expect(try database.keepWriting(writes) { _ = try database.run(step.sql) }.errors == [], "\(step.sql)")
      writes = newWrites + oldWrites
      // What is not filled yet differs; what is written is equal at once.
      if step.sql.hasPrefix("DO $$") {
        #expect(try database.run("SELECT id FROM users WHERE \(difference)").rows == [], "\(step.sql)")
      }
    }
    #expect(steps.contains { $0.sql.hasPrefix("DO $$") })
  }

  private func database(for advice: Advice, on server: LiveServer) throws -> LiveDatabase {
    let database = try LiveDatabase(on: server)
    for sql in [advice.history, advice.rows] { #expect(try database.run(sql).errors == [], "\(sql)") }
    return database
  }
}
