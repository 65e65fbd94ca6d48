import Foundation
import Linting
import LiveServer
import Testing

@testable import Plan

@Suite("The validation of a runbook", .serialized)
struct WrongSchemaTests {
  /// Each breaks what the migration makes, and the check that must notice.
  private static let damages: [(sql: String, subject: String)] = [
    ("DROP SCHEMA s CASCADE", "schema s exists"),
    ("DROP TABLE made CASCADE", "table made exists"),
    ("ALTER TABLE made ALTER size TYPE bigint", "table made has its 3 columns with their types"),
    ("ALTER TABLE made DROP CONSTRAINT made_size_check", "table made has its 3 constraints"),
    ("DROP INDEX made_size_idx", "index made_size_idx of made is there and valid"),
    (
      "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'made_size_idx'::regclass",
      "index made_size_idx of made is there and valid"
    ),
    (
      "DROP INDEX made_size_idx; CREATE INDEX made_size_idx ON made (note)",
      "index made_size_idx of made is there and valid"
    ),
    (
      "ALTER TABLE old DROP COLUMN added",
      "column added of old exists and is numeric(8, 2), allows no NULL, has a default"
    ),
    (
      "ALTER TABLE old ALTER added TYPE numeric(9, 2)",
      "column added of old exists and is numeric(8, 2), allows no NULL, has a default"
    ),
    (
      "ALTER TABLE old ALTER added DROP NOT NULL",
      "column added of old exists and is numeric(8, 2), allows no NULL, has a default"
    ),
    (
      "ALTER TABLE old ALTER added DROP DEFAULT",
      "column added of old exists and is numeric(8, 2), allows no NULL, has a default"
    ),
    ("ALTER TABLE old ALTER kept TYPE varchar(20)", "column kept of old is text"),
    ("ALTER TABLE old ADD COLUMN gone int", "column gone of old is gone"),
    ("CREATE TABLE leaves (a int)", "table leaves is gone"),
    ("DROP TRIGGER t ON old", "trigger t of old is there"),
    ("ALTER TABLE old DISABLE TRIGGER t", "trigger t of old is there"),
    ("ALTER TABLE old DISABLE ROW LEVEL SECURITY", "row-level security of old is on"),
    ("DROP POLICY p ON old", "policy p of old is there"),
    ("DROP VIEW v", "view v exists"),
    ("DROP FUNCTION f() CASCADE", "function public.f() exists"),
    ("DROP SEQUENCE q", "sequence q exists"),
    ("ALTER TYPE mood ADD VALUE 'angry'", "type mood has its 2 values"),
    ("DROP STATISTICS st", "statistics st exist"),
  ]

  private static let base = """
    CREATE TABLE old (id bigint PRIMARY KEY, kept varchar(10), gone int);
    CREATE TABLE leaves (a int);
    """

  private static let migration = """
    CREATE SCHEMA s;
    CREATE TYPE mood AS ENUM ('good', 'bad');
    CREATE TABLE made (id bigint PRIMARY KEY, size int CHECK (size > 0), note text UNIQUE);
    CREATE INDEX made_size_idx ON made (size);
    ALTER TABLE old ADD COLUMN added numeric(8, 2) NOT NULL DEFAULT 0;
    ALTER TABLE old ALTER kept TYPE text;
    ALTER TABLE old DROP COLUMN gone;
    DROP TABLE leaves;
    CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
    CREATE TRIGGER t BEFORE INSERT ON old FOR EACH ROW EXECUTE FUNCTION f();
    ALTER TABLE old ENABLE ROW LEVEL SECURITY;
    CREATE POLICY p ON old USING (true);
    CREATE VIEW v AS SELECT id FROM made;
    CREATE SEQUENCE q;
    CREATE STATISTICS st ON id, kept FROM old;
    """

  @Test("fails for each thing that is not as the migration makes it, on every server")
  func damages() throws {
    let folder = try PlannedHistory.folder([
      "000001_base.up.sql": Self.base, "000002_change.up.sql": Self.migration,
    ])
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(!LiveServer.all.isEmpty, "\(LiveServer.absence)")
    for server in LiveServer.all {
      let planned = try PlannedHistory(folder, for: server.version, since: "000001")
      let checks = planned.runbook.finalChecks
      let database = try LiveDatabase(on: server)
      defer { try? database.drop() }
      for pair in planned.history.migrations { #expect(try database.run(pair.up).errors == []) }
      var script = ReplayScript()
      script.ask(checks, "whole")
      for (index, damage) in Self.damages.enumerated() {
        script.add("BEGIN;")
        script.run(damage.sql, "\(index) damage")
        script.ask(checks, "\(index) found")
        script.add("ROLLBACK;")
      }
      let answers = try script.answers(in: database)
      #expect(answers.untrue(checks, "whole") == [])
      for (index, damage) in Self.damages.enumerated() {
        #expect(answers.state("\(index) damage") == "00000", "\(damage.sql)")
        let found = answers.untrue(checks, "\(index) found")
        #expect(found.contains(damage.subject), "\(damage.sql) on PostgreSQL \(server.version): \(found)")
      }
      print("runbooks: \(Self.damages.count) wrong schemas on PostgreSQL \(server.version) fail the validation")
    }
  }
}
