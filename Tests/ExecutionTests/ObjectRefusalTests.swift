import Catalog
import Execution
import PostgresParser
import Syntax
import Testing

@Suite("What PostgreSQL refuses of objects that are no tables")
struct ObjectRefusalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let sql: String
    /// `nil` where it runs.
    let state: String?

    init(_ sql: String, _ state: String? = nil) {
      self.sql = sql
      self.state = state
    }

    var testDescription: String { sql }
  }

  private static let base = """
    CREATE SCHEMA archive;
    CREATE TABLE users (id bigint PRIMARY KEY, name text, age integer);
    CREATE TABLE orders (id serial PRIMARY KEY, user_id bigint REFERENCES users, total integer);
    CREATE TABLE days (day date) PARTITION BY RANGE (day);
    CREATE TABLE today PARTITION OF days FOR VALUES FROM ('2024-01-01') TO ('2024-01-02');
    CREATE INDEX users_name_idx ON users (name);
    CREATE VIEW adults AS SELECT id, name FROM users WHERE age >= 18;
    CREATE MATERIALIZED VIEW ages AS SELECT age FROM users;
    CREATE SEQUENCE tickets;
    CREATE TYPE mood AS ENUM ('sad', 'fine');
    CREATE TYPE address AS (street text, city text);
    CREATE DOMAIN positive AS integer CONSTRAINT positive_check CHECK (VALUE > 0);
    CREATE FUNCTION twice(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1 * 2';
    CREATE FUNCTION half(a integer) RETURNS integer LANGUAGE sql AS 'SELECT $1 / 2';
    CREATE FUNCTION half(a bigint) RETURNS bigint LANGUAGE sql AS 'SELECT $1 / 2';
    CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE PROCEDURE tidy() LANGUAGE plpgsql AS 'BEGIN END';
    CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer);
    CREATE TRIGGER noted BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION note();
    CREATE TRIGGER kept AFTER INSERT ON days FOR EACH ROW EXECUTE FUNCTION note();
    CREATE POLICY own ON users USING (id = 1);
    CREATE RULE quiet AS ON DELETE TO orders DO INSTEAD NOTHING;
    CREATE STATISTICS habits ON user_id, total FROM orders;
    CREATE COLLATION plain (provider = libc, locale = 'C');
    CREATE PUBLICATION news FOR TABLE users;
    CREATE FOREIGN DATA WRAPPER wires;
    CREATE OPERATOR === (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4eq);
    CREATE ROLE clerk;
    """

  @Test("DROP of what is not there, is of another kind, or is needed", arguments: drops)
  func drop(_ refusal: Case) { check(refusal) }

  private static let drops: [Case] = [
    Case("DROP TABLE nothing", "42P01"), Case("DROP TABLE IF EXISTS nothing"), Case("DROP INDEX nothing", "42704"),
    Case("DROP VIEW nothing", "42P01"), Case("DROP TABLE nowhere.nothing", "3F000"), Case("DROP TABLE adults", "42809"),
    Case("DROP INDEX users", "42809"), Case("DROP TABLE address", "42809"), Case("DROP VIEW ages", "42809"),
    Case("DROP TABLE users", "2BP01"), Case("DROP TABLE users CASCADE"), Case("DROP INDEX users_pkey", "2BP01"),
    Case("DROP INDEX users_name_idx"), Case("DROP INDEX CONCURRENTLY users_name_idx, users_pkey", "0A000"),
    Case("DROP TYPE nothing", "42704"), Case("DROP TYPE users", "2BP01"), Case("DROP TYPE integer", "2BP01"),
    Case("DROP DOMAIN mood", "42809"), Case("DROP FUNCTION thrice(integer)", "42883"),
    Case("DROP FUNCTION half", "42725"),
    Case("DROP FUNCTION half(integer)"), Case("DROP FUNCTION tidy()", "42809"),
    Case("DROP PROCEDURE twice(integer)", "42809"),
    Case("DROP FUNCTION total(integer)", "42809"), Case("DROP AGGREGATE total(integer)"),
    Case("DROP AGGREGATE twice(integer)", "42809"), Case("DROP ROUTINE tidy()"), Case("DROP FUNCTION note()", "2BP01"),
    Case("DROP FUNCTION IF EXISTS thrice(integer)"), Case("DROP FUNCTION lower(text)"),
    Case("DROP TRIGGER nothing ON users", "42704"), Case("DROP TRIGGER IF EXISTS nothing ON nowhere"),
    Case("DROP TRIGGER kept ON today", "2BP01"), Case("DROP POLICY nothing ON users", "42704"),
    Case("DROP RULE nothing ON orders", "42704"), Case("DROP RULE \"_RETURN\" ON adults", "2BP01"),
    Case("DROP SCHEMA nowhere", "3F000"), Case("DROP SCHEMA pg_catalog", "2BP01"),
    Case("DROP STATISTICS nothing", "42704"),
    Case("DROP COLLATION dutch", "42704"), Case("DROP COLLATION \"en_US\""), Case("DROP PUBLICATION olds", "42704"),
    Case("DROP OPERATOR ==== (integer, integer)", "42883"), Case("DROP OPERATOR === (integer, integer)"),
    Case("DROP SERVER nothing", "42704"), Case("DROP LANGUAGE cobol", "42704"), Case("DROP ROLE nobody"),
    Case("DROP ROLE clerk; DROP ROLE clerk", "42704"),
    Case("GRANT SELECT ON users TO clerk; DROP ROLE clerk", "2BP01"),
  ]

  @Test("RENAME and SET SCHEMA", arguments: renames)
  func rename(_ refusal: Case) { check(refusal) }

  private static let renames: [Case] = [
    Case("ALTER TABLE nothing RENAME TO something", "42P01"), Case("ALTER TABLE users RENAME TO orders", "42P07"),
    Case("ALTER VIEW users RENAME TO people", "42809"), Case("ALTER TABLE adults RENAME TO grown"),
    Case("ALTER TYPE users RENAME TO people", "42809"), Case("ALTER TYPE mood RENAME TO address", "42710"),
    Case("ALTER TYPE address RENAME ATTRIBUTE street TO city", "42701"),
    Case("ALTER FUNCTION half(integer) RENAME TO twice", "42723"), Case("ALTER FUNCTION half(bigint) RENAME TO twice"),
    Case("ALTER AGGREGATE twice(integer) RENAME TO thrice", "42809"),
    Case("ALTER TRIGGER nothing ON users RENAME TO something", "42704"),
    Case("ALTER TRIGGER kept ON today RENAME TO held", "0A000"), Case("ALTER TRIGGER noted ON users RENAME TO kept"),
    Case("ALTER RULE \"_RETURN\" ON adults RENAME TO r", "42P17"),
    Case("ALTER SCHEMA archive RENAME TO public", "42P06"),
    Case("ALTER SCHEMA archive RENAME TO pg_archive", "42939"),
    Case("ALTER TABLE users RENAME COLUMN id TO ctid", "42701"),
    Case("ALTER TABLE users RENAME COLUMN phone TO mobile", "42703"),
    Case("ALTER DOMAIN positive RENAME CONSTRAINT nothing TO something", "42704"),
    Case("ALTER TABLE users SET SCHEMA nowhere", "3F000"),
    Case("ALTER INDEX users_name_idx RENAME TO users_pkey", "42P07"),
    Case("ALTER SEQUENCE orders_id_seq SET SCHEMA archive", "0A000"), Case("ALTER SEQUENCE tickets SET SCHEMA archive"),
    Case("ALTER FUNCTION twice(integer) SET SCHEMA public"), Case("ALTER PUBLICATION news RENAME TO olds"),
  ]

  @Test("CREATE of what is there, or from what is not", arguments: creations)
  func create(_ refusal: Case) { check(refusal) }

  private static let creations: [Case] = [
    Case("CREATE SCHEMA archive", "42P06"), Case("CREATE SCHEMA pg_archive", "42939"),
    Case("CREATE SEQUENCE tickets", "42P07"),
    Case("CREATE SEQUENCE nowhere.numbers", "3F000"), Case("CREATE TEMP SEQUENCE archive.numbers", "42P16"),
    Case("CREATE SEQUENCE numbers MINVALUE 5 MAXVALUE 4", "22023"),
    Case("CREATE SEQUENCE numbers INCREMENT 0", "22023"),
    Case("CREATE SEQUENCE numbers OWNED BY users.number", "42703"), Case("CREATE SEQUENCE numbers OWNED BY users.id"),
    Case("ALTER SEQUENCE users CYCLE", "42809"), Case("ALTER SEQUENCE numbers CYCLE", "42P01"),
    Case("CREATE TYPE mood AS ENUM ()", "42710"), Case("CREATE TYPE users AS ENUM ()", "42710"),
    Case("CREATE TYPE tickets AS ENUM ()"), Case("CREATE TYPE tickets AS (a integer)", "42P07"),
    Case("CREATE TYPE twin AS ENUM ('a', 'a')", "23505"), Case("CREATE TYPE twin AS (a text, a text)", "42701"),
    Case("CREATE TYPE base (INPUT = base_in, OUTPUT = base_out)", "42710"),
    Case("CREATE TYPE shell; CREATE TYPE shell", "42710"),
    Case("CREATE TYPE shell; CREATE TYPE shell (INPUT = base_in)", "42P17"),
    Case("ALTER TYPE mood ADD VALUE 'sad'", "42710"), Case("ALTER TYPE mood ADD VALUE 'glad' AFTER 'happy'", "22023"),
    Case("ALTER TYPE address ADD VALUE 'glad'", "42809"), Case("ALTER TYPE address DROP ATTRIBUTE land", "42703"),
    Case("CREATE DOMAIN amount AS monye", "42704"), Case("CREATE DOMAIN amount AS integer COLLATE \"C\"", "42804"),
    Case("CREATE DOMAIN amount AS record", "42804"),
    Case("ALTER DOMAIN positive ADD CONSTRAINT positive_check CHECK (VALUE < 9)", "42710"),
    Case("CREATE TABLE lists (a positive[]); ALTER DOMAIN positive ADD CHECK (VALUE < 9)", "0A000"),
    Case("CREATE TABLE lists (a positive); ALTER DOMAIN positive ADD CHECK (VALUE < 9)"),
    Case("CREATE COLLATION plain (locale = 'C')", "42710"), Case("CREATE COLLATION copy FROM \"default\"", "42P17"),
    Case("CREATE OPERATOR === (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4eq)", "42723"),
    Case("CREATE OPERATOR === (LEFTARG = bigint, RIGHTARG = bigint, FUNCTION = int8eq)"),
    Case("CREATE OPERATOR ==== (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4same)", "42883"),
    Case("CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer)", "42723"),
    Case("CREATE AGGREGATE total(bigint) (SFUNC = int8pl, STYPE = bigint)"),
    Case("CREATE SERVER far FOREIGN DATA WRAPPER pipes", "42704"), Case("CREATE SERVER far FOREIGN DATA WRAPPER wires"),
    Case("CREATE EXTENSION plpgsql", "42710"), Case("CREATE STATISTICS habits ON id, total FROM orders", "42710"),
    Case("CREATE STATISTICS more ON total FROM orders", "42P17"),
    Case("CREATE STATISTICS more ON total, total FROM orders", "42701"),
    Case("CREATE STATISTICS more ON id, name FROM adults", "42809"), Case("CREATE PUBLICATION news", "42710"),
    Case("CREATE PUBLICATION olds FOR TABLE nothing", "42P01"), Case("ALTER PUBLICATION news ADD TABLE users", "42710"),
    Case("ALTER PUBLICATION news DROP TABLE orders", "42704"), Case("ALTER PUBLICATION news ADD TABLE orders"),
    Case("CREATE ROLE clerk", "42710"),
    Case("CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION twice()", "42883"),
    Case("CREATE FUNCTION pg_catalog.f() RETURNS integer LANGUAGE sql AS 'SELECT 1'", "42501"),
  ]

  @Test("functions and procedures", arguments: routines)
  func routine(_ refusal: Case) { check(refusal) }

  private static let routines: [Case] = [
    Case("CREATE FUNCTION twice(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'", "42723"),
    Case("CREATE OR REPLACE FUNCTION twice(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'"),
    Case("CREATE OR REPLACE FUNCTION twice(integer) RETURNS bigint LANGUAGE sql AS 'SELECT 1'", "42P13"),
    Case("CREATE OR REPLACE FUNCTION half(b integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'", "42P13"),
    Case("CREATE OR REPLACE PROCEDURE twice(integer) LANGUAGE sql AS 'SELECT 1'", "42809"),
    Case("CREATE FUNCTION f(a integer, a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'", "42P13"),
    Case("CREATE FUNCTION f(a integer DEFAULT 1, b integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'", "42P13"),
    Case("CREATE FUNCTION f(VARIADIC a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'", "42P13"),
    Case("CREATE FUNCTION f(OUT a integer) RETURNS text LANGUAGE sql AS 'SELECT 1'", "42P13"),
    Case("CREATE FUNCTION f() RETURNS anyelement LANGUAGE sql AS 'SELECT 1'", "42P13"),
    Case("CREATE FUNCTION f() LANGUAGE sql AS 'SELECT 1'", "42P13"),
    Case("CREATE FUNCTION f() RETURNS integer LANGUAGE cobol AS 'SELECT 1'", "42704"),
    Case("CREATE FUNCTION f(monye) RETURNS integer LANGUAGE sql AS 'SELECT 1'", "42704"),
    Case("CREATE FUNCTION f() RETURNS trigger LANGUAGE sql AS 'SELECT 1'", "42P13"),
    Case("CREATE FUNCTION f(integer) RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'", "42P13"),
    Case("CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELEC 1'", "42601"),
    Case("CREATE FUNCTION f() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN 1 END'", "42601"),
    Case("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF a THEN END'", "42601"),
    Case("SET check_function_bodies = off; CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELEC 1'"),
    Case("CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'CREATE TABLE a ()'", "42P13"),
    Case("CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'CREATE TABLE a ()'"),
    Case("ALTER FUNCTION thrice(integer) STABLE", "42883"), Case("ALTER FUNCTION half STABLE", "42725"),
    Case("CALL twice(1)", "42809"), Case("CALL nothing()", "42883"), Case("CALL tidy()"), Case("CALL tidy(1)", "42883"),
  ]

  @Test("triggers, policies and rules", arguments: triggers)
  func trigger(_ refusal: Case) { check(refusal) }

  private static func creation(_ event: String, _ rest: String = "FOR EACH ROW", of function: String = "note") -> String
  {
    "CREATE TRIGGER t \(event) \(rest) EXECUTE FUNCTION \(function)()"
  }

  private static let triggers: [Case] = [
    Case(creation("BEFORE INSERT ON nothing"), "42P01"),
    Case(creation("BEFORE INSERT ON users", of: "nothing"), "42883"),
    Case(creation("BEFORE INSERT ON users")),
    Case(
      "CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1';"
        + creation("BEFORE INSERT ON users", of: "one"),
      "42P17"
    ),
    Case(creation("INSTEAD OF INSERT ON users"), "42809"), Case(creation("INSTEAD OF INSERT ON adults")),
    Case(creation("BEFORE INSERT ON adults"), "42809"), Case(creation("BEFORE INSERT ON adults", "FOR EACH STATEMENT")),
    Case(creation("BEFORE INSERT ON ages"), "42809"), Case(creation("BEFORE TRUNCATE ON users"), "0A000"),
    Case(creation("BEFORE UPDATE OF phone ON users"), "42703"),
    Case(creation("BEFORE UPDATE OF id, id ON users"), "42701"),
    Case(creation("BEFORE INSERT ON users", "FOR EACH ROW WHEN (OLD.id = 1)"), "42P17"),
    Case(creation("BEFORE DELETE ON users", "FOR EACH ROW WHEN (NEW.id = 1)"), "42P17"),
    Case(creation("BEFORE UPDATE ON users", "FOR EACH ROW WHEN (OLD.phone = '')"), "42703"),
    Case(creation("BEFORE UPDATE ON users", "FOR EACH STATEMENT WHEN (OLD.id = 1)"), "42P17"),
    Case(creation("BEFORE UPDATE ON users", "FOR EACH ROW WHEN (OLD.id <> NEW.id)")),
    Case(creation("BEFORE INSERT ON users", "REFERENCING NEW TABLE AS n"), "42P17"),
    Case(creation("AFTER INSERT OR UPDATE ON users", "REFERENCING NEW TABLE AS n"), "0A000"),
    Case(creation("AFTER INSERT ON days", "REFERENCING NEW TABLE AS n FOR EACH ROW"), "0A000"),
    Case(creation("AFTER INSERT ON today", "REFERENCING NEW TABLE AS n FOR EACH ROW"), "0A000"),
    Case("CREATE TRIGGER noted AFTER INSERT ON users EXECUTE FUNCTION note()", "42710"),
    Case("CREATE OR REPLACE TRIGGER noted AFTER INSERT ON users EXECUTE FUNCTION note()"),
    Case("CREATE OR REPLACE TRIGGER kept AFTER INSERT ON today FOR EACH ROW EXECUTE FUNCTION note()", "42710"),
    Case("CREATE POLICY own ON users USING (true)", "42710"), Case("CREATE POLICY own ON adults USING (true)", "42809"),
    Case("CREATE POLICY new ON users FOR INSERT USING (true)", "42601"),
    Case("CREATE POLICY own ON orders USING (true)"),
    Case("ALTER POLICY nothing ON users USING (true)", "42704"),
    Case("CREATE RULE quiet AS ON DELETE TO orders DO NOTHING", "42710"),
    Case("CREATE RULE r AS ON INSERT TO orders WHERE OLD.id > 1 DO NOTHING", "42P17"),
    Case("CREATE RULE r AS ON SELECT TO orders DO INSTEAD SELECT 1", "42809"),
    Case("CREATE RULE r AS ON INSERT TO adults DO INSTEAD NOTHING; DROP RULE r ON adults"),
    Case("CREATE RULE r AS ON INSERT TO tickets DO INSTEAD NOTHING", "42809"),
  ]

  @Test("COMMENT, GRANT and OWNER", arguments: mentions)
  func mention(_ refusal: Case) { check(refusal) }

  private static let mentions: [Case] = [
    Case("COMMENT ON TABLE nothing IS ''", "42P01"), Case("COMMENT ON VIEW users IS ''", "42809"),
    Case("COMMENT ON COLUMN users.phone IS ''", "42703"), Case("COMMENT ON CONSTRAINT nothing ON users IS ''", "42704"),
    Case("COMMENT ON TRIGGER nothing ON users IS ''", "42704"),
    Case("COMMENT ON FUNCTION thrice(integer) IS ''", "42883"),
    Case("COMMENT ON TYPE nothing IS ''", "42704"), Case("COMMENT ON TYPE mood IS ''"),
    Case("COMMENT ON TYPE text IS ''"),
    Case("COMMENT ON CONSTRAINT positive_check ON DOMAIN positive IS ''"),
    Case("COMMENT ON FUNCTION lower(text) IS ''"),
    Case("COMMENT ON CONSTRAINT nothing ON DOMAIN positive IS ''", "42704"), Case("COMMENT ON SCHEMA auth IS ''"),
    Case("GRANT SELECT ON nothing TO PUBLIC", "42P01"), Case("GRANT SELECT ON users_pkey TO PUBLIC", "42809"),
    Case("GRANT SELECT (phone) ON users TO PUBLIC", "42703"), Case("GRANT SELECT (name) ON users TO somebody"),
    Case("GRANT EXECUTE ON users TO PUBLIC", "0LP01"),
    Case("GRANT USAGE ON FUNCTION twice(integer) TO PUBLIC", "0LP01"),
    Case("GRANT EXECUTE ON PROCEDURE twice(integer) TO PUBLIC", "42809"),
    Case("GRANT USAGE ON DOMAIN mood TO PUBLIC", "42809"),
    Case("GRANT USAGE ON SCHEMA nowhere TO PUBLIC", "3F000"), Case("GRANT USAGE ON LANGUAGE c TO PUBLIC", "42809"),
    Case("DROP ROLE clerk; GRANT SELECT ON users TO clerk", "42704"), Case("REVOKE ALL ON users FROM PUBLIC"),
    Case("ALTER DEFAULT PRIVILEGES IN SCHEMA archive GRANT USAGE ON SCHEMAS TO PUBLIC", "0LP01"),
    Case("ALTER FUNCTION thrice(integer) OWNER TO somebody", "42883"), Case("ALTER TYPE mood OWNER TO somebody"),
  ]

  @Test("maintenance and sessions", arguments: maintenance)
  func maintain(_ refusal: Case) { check(refusal) }

  private static let maintenance: [Case] = [
    Case("CLUSTER users", "42704"), Case("CLUSTER users USING nothing", "42704"),
    Case("CLUSTER users USING users_pkey"),
    Case("CLUSTER users USING users_pkey; CLUSTER users"), Case("CLUSTER adults", "42809"),
    Case("REINDEX INDEX nothing", "42P01"), Case("REINDEX INDEX users", "42809"), Case("REINDEX TABLE adults", "42809"),
    Case("REINDEX SCHEMA nowhere", "3F000"), Case("VACUUM nothing", "42P01"), Case("LOCK TABLE nothing", "42P01"),
    Case("LOCK TABLE tickets", "42809"), Case("LOCK TABLE adults"), Case("TRUNCATE users", "0A000"),
    Case("TRUNCATE users, orders"), Case("TRUNCATE users CASCADE"), Case("TRUNCATE adults", "42809"),
    Case("TRUNCATE ONLY days", "42809"), Case("SET nothing = 1", "42704"), Case("SET app.nothing = 1"),
    Case("SET LOCAL lock_timeout = '1s'"), Case("SET TIME ZONE 'UTC'"), Case("EXECUTE plan", "26000"),
    Case("PREPARE plan AS SELECT 1; EXECUTE plan"), Case("PREPARE plan AS SELECT 1; PREPARE plan AS SELECT 1", "42P05"),
    Case("DEALLOCATE plan", "26000"), Case("DEALLOCATE ALL"),
  ]

  @Test("what others may have made is at most in doubt")
  func doubts() {
    let unknown = "CREATE EXTENSION postgis; "
    #expect(refusal(of: "DROP FUNCTION thrice(integer)")?.isCertain == false)
    #expect(refusal(of: "DROP FUNCTION twice(integer); DROP FUNCTION twice(integer)")?.isCertain == true)
    #expect(refusal(of: unknown + "DROP FUNCTION thrice(integer)") == nil)
    #expect(refusal(of: unknown + "DROP TYPE geometry") == nil)
    #expect(refusal(of: unknown + "COMMENT ON TYPE geometry IS ''") == nil)
    #expect(refusal(of: "CREATE TABLE auth.tokens (); DROP FUNCTION auth.uid()") == nil)
    #expect(refusal(of: "ALTER PUBLICATION supabase_realtime ADD TABLE users") == nil)
  }

  @Test("DROP tells what depends on the object")
  func dependents() {
    let error = refusal(of: "DROP TABLE users")
    #expect(error?.message == "cannot drop table users because other objects depend on it")
    let view = ObjectAddress.view(QualifiedName(schema: "public", "adults"))
    let key = ObjectAddress.constraint("orders_user_id_fkey", of: QualifiedName(schema: "public", "orders"))
    let dependents = error?.dependents ?? []
    #expect(dependents.contains(view) && dependents.contains(key))
  }

  private func check(_ refusal: Case) {
    #expect(self.refusal(of: refusal.sql)?.state.rawValue == refusal.state, "\(refusal.sql)")
  }

  /// Of the last statement; those before it run.
  private func refusal(of sql: String) -> SQLError? {
    var database = Database()
    database.beginMigration()
    database.session.checkFunctionBodies()
    var last: SQLError?
    for statement in PostgresParser.parse(SourceText(path: "case.sql", text: Self.base + sql)).statements {
      #expect(last == nil, "\(last?.message ?? "") in \(sql)")
      last = database.execute(statement.kind, version: 17).refusal
    }
    return last
  }
}
