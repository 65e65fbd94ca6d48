import Linting
import Testing

@Suite("A refusal names the line that it goes back to")
struct RefusalCauseTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let history: [String]
    let sql: String
    let cause: String

    var testDescription: String { "\(sql): \(cause)" }

    init(_ history: String..., then sql: String, is cause: String) {
      self.history = history
      self.sql = sql
      self.cause = cause
    }
  }

  private static let table = "CREATE TABLE users (\n  id bigint,\n  name text CONSTRAINT named CHECK (name <> '')\n);"

  @Test(
    "which made, renamed or dropped what the statement names",
    arguments: [
      Case(
        table,
        "SELECT 1;\nALTER TABLE users\n  ADD COLUMN a int,\n  ADD COLUMN email text;",
        then: "ALTER TABLE users ADD COLUMN email text;",
        is: "(42701): line 4 of 000002_test.up.sql adds it;"
      ),
      Case(table, then: "ALTER TABLE users ADD name text;", is: "(42701): line 3 of 000001_test.up.sql creates it;"),
      Case(
        table,
        then: "ALTER TABLE users ADD a int;\nALTER TABLE users ADD a int;",
        is: "(42701): line 1 adds it;"
      ),
      // What was there already was not made again.
      Case(
        table,
        "CREATE TABLE IF NOT EXISTS users (id bigint);",
        "ALTER TABLE users ADD COLUMN IF NOT EXISTS name text;",
        then: "ALTER TABLE users ADD name text;",
        is: "(42701): line 3 of 000001_test.up.sql creates it;"
      ),
      Case(
        table,
        "ALTER TABLE users RENAME TO people;",
        then: "ALTER TABLE people ADD name text;",
        is: "(42701): line 3 of 000001_test.up.sql creates it;"
      ),
      Case(
        table,
        "ALTER TABLE users DROP COLUMN name;",
        "ALTER TABLE users ADD name text;",
        then: "ALTER TABLE users ADD name text;",
        is: "(42701): line 1 of 000003_test.up.sql adds it;"
      ),
      Case(
        table,
        "ALTER TABLE users RENAME name TO title;",
        then: "ALTER TABLE users ADD title text;",
        is: "(42701): line 1 of 000002_test.up.sql gives name this name;"
      ),
      Case(
        table,
        "ALTER TABLE users RENAME name TO title;",
        then: "ALTER TABLE users ALTER name SET NOT NULL;",
        is: "(42703): line 1 of 000002_test.up.sql renames it to title;"
      ),
      Case(
        table,
        then: "ALTER TABLE users ADD CONSTRAINT named CHECK (id > 0);",
        is: "(42710): line 3 of 000001_test.up.sql creates it;"
      ),
      Case(
        table,
        "ALTER TABLE users RENAME TO people;",
        then: "CREATE INDEX CONCURRENTLY i ON users (id);",
        is: "(42P01): line 1 of 000002_test.up.sql renames it to people;"
      ),
      Case(
        table,
        "\nDROP TABLE users;",
        then: "ALTER TABLE users ADD email text;",
        is: "(42P01): line 2 of 000002_test.up.sql drops it;"
      ),
      // The schema tells them apart.
      Case(
        table,
        "CREATE SCHEMA old;\nCREATE TABLE old.users (id bigint);",
        then: "CREATE TABLE users (id bigint);",
        is: "(42P07): line 1 of 000001_test.up.sql creates it;"
      ),
      Case(
        table,
        "CREATE VIEW a AS SELECT id FROM users;\nCREATE VIEW b AS SELECT name FROM users;",
        then: "DROP TABLE users;",
        is: "(2BP01): view a (line 1 of 000002_test.up.sql) and view b (line 2 of 000002_test.up.sql) need it;"
      ),
    ]
  )
  func cause(of example: Case) throws {
    let report = try MigrationReport.linting(example.history, then: MigrationText(sql: example.sql))
    let message = try #require(report.findings.first { $0.rule == "statement-refused" }).message.description
    #expect(message.contains(example.cause), "\(message)")
  }

  @Test("and none where several may have made it")
  func overloads() throws {
    let history = [
      "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';\n"
        + "CREATE FUNCTION f(a text) RETURNS int LANGUAGE sql AS 'SELECT 1';"
    ]
    let sql = "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 2';"
    let report = try MigrationReport.linting(history, then: MigrationText(sql: sql))
    let message = try #require(report.findings.first { $0.rule == "statement-refused" }).message.description
    #expect(message.contains("(42723); nothing after it runs"), "\(message)")
  }
}

@Suite("A refusal comes with the way around")
struct RefusalAdviceTests {
  private func advice(_ history: [String], _ sql: String, rule: String = "statement-refused") throws -> Finding.Fix {
    let report = try MigrationReport.linting(history, then: MigrationText(sql: sql))
    return try #require(report.findings.first { $0.rule == rule }?.fix, "\(report.findings.map(\.rule))")
  }

  private static let table = "CREATE TABLE users (id bigint, name varchar(40));"

  @Test("views in the way are dropped and created again in their order, with their text")
  func views() throws {
    let history = [
      Self.table, "CREATE VIEW names AS SELECT name FROM users;",
      "CREATE VIEW initials (letter) AS SELECT upper(name) FROM names;",
    ]
    let fix = try advice(history, "ALTER TABLE users ALTER name TYPE varchar(80);")
    #expect(
      fix.migrations == [
        """
        DROP VIEW initials;
        DROP VIEW names;
        ALTER TABLE users ALTER name TYPE varchar(80);
        CREATE VIEW names (name) AS
        SELECT users.name FROM public.users;
        CREATE VIEW initials (letter) AS
        SELECT upper(names.name) FROM public.names;
        """
      ]
    )
  }

  @Test(
    "but not where more than the view is lost, the change takes long, or the view cannot be made again",
    arguments: [
      ("COMMENT ON VIEW names IS 'x';", "ALTER TABLE users ALTER name TYPE varchar(80);"),
      ("SELECT 1;", "ALTER TABLE users ALTER name TYPE char(20);"),
      ("SELECT 1;", "ALTER TABLE users DROP COLUMN name;"),
      ("CREATE POLICY p ON users USING (name = '');", "ALTER TABLE users DROP COLUMN name;"),
    ]
  )
  func noDetour(before: String, sql: String) throws {
    let fix = try advice([Self.table, "CREATE VIEW names AS SELECT name FROM users;", before], sql)
    #expect(fix.migrations == [])
    #expect(fix.advice.contains("view names"))
  }

  @Test("a cast is written out")
  func cast() throws {
    let fix = try advice([Self.table], "ALTER TABLE users ALTER id TYPE bigint, ALTER name TYPE integer;")
    #expect(fix.advice.contains("USING id::bigint") || fix.advice.contains("USING name::integer"))
  }

  @Test("what a later statement creates is named")
  func order() throws {
    let sql = "ALTER TABLE pets ADD COLUMN age int;\nCREATE TABLE pets (id bigint);"
    let fix = try advice([Self.table], sql, rule: "relation-not-in-history")
    #expect(fix.advice == "line 2 creates it, but only later: put this statement behind it")
  }

  @Test("code that certainly needs an unknown relation is asked about, code that may not run is not")
  func code() throws {
    func findings(_ body: String) throws -> [String] {
      let sql = "DO $$ BEGIN \(body) END $$;"
      return try MigrationReport.linting([Self.table], then: MigrationText(sql: sql)).findings.map(\.rule)
        .filter { $0 == "relation-not-in-history" }
    }
    #expect(try findings("INSERT INTO usres (id) VALUES (1);").count == 1)
    #expect(try findings("PERFORM id FROM usres;").count == 1)
    #expect(try findings("UPDATE users SET name = '' WHERE id IN (SELECT id FROM usres);").count == 1)
    #expect(try findings("IF random() > 0.5 THEN INSERT INTO usres (id) VALUES (1); END IF;") == [])
    #expect(try findings("IF random() > 0.5 THEN RETURN; END IF; INSERT INTO usres (id) VALUES (1);") == [])
    #expect(try findings("INSERT INTO usres (id) VALUES (1); EXCEPTION WHEN OTHERS THEN NULL;") == [])
    #expect(try findings("CREATE TEMP TABLE usres (id int); INSERT INTO usres (id) VALUES (1);") == [])
  }
}

@Suite("What is made elsewhere")
struct ExternalTests {
  private func rules(_ sql: String, _ external: [String]) throws -> [String] {
    let history = ["CREATE SCHEMA app;\nCREATE TABLE app.users (id bigint);\nCREATE TABLE users (id bigint);"]
    let policy = Policy(external: external)
    let report = try MigrationReport.linting(history, then: MigrationText(sql: sql), policy: policy)
    return report.findings.map(\.rule).filter { ["relation-not-in-history", "statement-refused"].contains($0) }
  }

  @Test(
    "is neither missed nor refused",
    arguments: [
      ("COMMENT ON TABLE app.invoices IS '';", "app.*"), ("COMMENT ON TABLE invoices IS '';", "inv?ices"),
      ("COMMENT ON TABLE app.invoices IS '';", "*.invoices"), ("COMMENT ON TABLE invoices IS '';", "PUBLIC.I*S"),
      ("COMMENT ON COLUMN users.email IS '';", "users"),
    ]
  )
  func external(sql: String, pattern: String) throws {
    #expect(try rules(sql, ["nothing", pattern]) == [])
    #expect(try rules(sql, ["nothing", "app.other", "i*e", "other.*"]).count == 1)
  }

  @Test("is not what is there twice")
  func duplicate() throws {
    #expect(try rules("CREATE TABLE users (id bigint);", ["users"]) == ["statement-refused"])
  }
}
