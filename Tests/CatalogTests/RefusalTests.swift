import Syntax
import Testing

@testable import Catalog
@testable import Execution

@Suite("A statement that PostgreSQL refuses leaves the catalog as it was")
struct RefusalTests {
  @Test("whatever part of it is wrong", arguments: refused)
  func refusal(sql: String) {
    var database = Database(Self.base)
    let before = database.sql
    #expect(database.apply(sql) == [false], "\(sql) is accepted")
    #expect(database.sql == before)
  }

  private static let base = """
    CREATE TABLE p (id int PRIMARY KEY, n int, u int UNIQUE, x text);
    CREATE TABLE c (id int PRIMARY KEY, p_id int REFERENCES p, g int GENERATED ALWAYS AS (id + 1) STORED);
    CREATE VIEW v AS SELECT id, n FROM p;
    CREATE TYPE mood AS ENUM ('a');
    CREATE TABLE m (a mood);
    CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TRIGGER t BEFORE UPDATE OF x ON p FOR EACH ROW EXECUTE FUNCTION f();
    CREATE SEQUENCE s;
    """

  static let refused = [
    "CREATE TABLE p (a int)", "CREATE VIEW p AS SELECT 1", "CREATE INDEX p ON c (id)", "CREATE SEQUENCE v",
    "CREATE TABLE q (a int, a int)", "CREATE TABLE q (a int, UNIQUE (b))", "CREATE TABLE q (a int REFERENCES p (n))",
    "ALTER TABLE p ADD COLUMN n int", "ALTER TABLE p ADD COLUMN new int, ADD COLUMN n int",
    "ALTER TABLE p DROP COLUMN nope", "ALTER TABLE p ADD COLUMN new int, DROP COLUMN nope",
    "ALTER TABLE p DROP COLUMN n", "ALTER TABLE p ALTER n TYPE bigint", "ALTER TABLE p ALTER x TYPE varchar",
    "ALTER TABLE p DROP COLUMN id", "ALTER TABLE p DROP CONSTRAINT p_pkey", "ALTER TABLE p ADD PRIMARY KEY (n)",
    "ALTER TABLE p ADD CONSTRAINT p_pkey CHECK (n > 0)", "ALTER TABLE c ALTER id TYPE bigint",
    "ALTER TABLE c ALTER g SET DEFAULT 1", "ALTER TABLE p ALTER id DROP NOT NULL",
    "ALTER TABLE p VALIDATE CONSTRAINT nope",
    "ALTER TABLE p RENAME n TO id", "ALTER TABLE p RENAME TO c",
    "DROP TABLE p", "DROP TABLE m, p", "DROP VIEW p", "DROP TABLE v", "DROP INDEX p_pkey", "DROP TYPE mood",
    "DROP FUNCTION f",
    "DROP TRIGGER nope ON p", "CREATE TYPE mood AS ENUM ('b')", "ALTER TYPE mood ADD VALUE 'a'",
    "CREATE TRIGGER t BEFORE INSERT ON p FOR EACH ROW EXECUTE FUNCTION f()", "CREATE INDEX ON p (nope)",
    "CREATE OR REPLACE VIEW v AS SELECT id FROM p",
  ]

  @Test("IF EXISTS and IF NOT EXISTS find nothing to do, and are accepted")
  func conditions() {
    var database = Database(Self.base)
    let before = database.sql
    let accepted = database.apply(
      """
      CREATE TABLE IF NOT EXISTS p (other int); ALTER TABLE p ADD COLUMN IF NOT EXISTS n text;
      DROP TABLE IF EXISTS nope; ALTER TABLE p DROP COLUMN IF EXISTS nope; DROP TRIGGER IF EXISTS nope ON p;
      ALTER TABLE p DROP CONSTRAINT IF EXISTS nope; CREATE SEQUENCE IF NOT EXISTS s; DROP TYPE IF EXISTS nope;
      ALTER TABLE IF EXISTS nope ADD COLUMN a int; CREATE INDEX IF NOT EXISTS p_pkey ON c (id);
      ALTER TYPE mood ADD VALUE IF NOT EXISTS 'a';
      """
    )
    #expect(accepted.count == 11)
    #expect(accepted.allSatisfy { $0 })
    #expect(database.sql == before)
  }

  @Test("of a table that code may have changed unseen, nothing is known to be missing")
  func unreadCode() {
    var database = Database(Self.base)
    #expect(database.apply("ALTER TABLE p DROP COLUMN added_by_code") == [false])
    database.apply("DO $$ BEGIN EXECUTE (SELECT x FROM p); END $$")
    #expect(database.apply("ALTER TABLE p DROP COLUMN added_by_code") == [true])
  }
}
