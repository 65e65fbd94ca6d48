import Catalog
import Execution
import Syntax
import Testing

@Suite("What views, rules and fields read, and transactions that only read")
struct ReadColumnTests {
  private static let database = TrialDatabase(
    """
    CREATE TABLE t (a int PRIMARY KEY, b text, c numeric, d date, g int GENERATED ALWAYS AS (a + 1) STORED);
    CREATE TABLE u (a int REFERENCES t, e text, f text);
    CREATE TABLE log (x int, y text, z int);
    CREATE TYPE addr AS (street text, city text, no int);
    CREATE TYPE mood AS ENUM ('sad', 'ok');
    CREATE DOMAIN pos AS int CHECK (VALUE > 0);
    CREATE DOMAIN daddr AS addr CONSTRAINT has_city CHECK ((VALUE).city IS NOT NULL);
    CREATE TABLE homes (id int, home addr CHECK ((home).no > 0), d pos);
    CREATE TABLE oft OF addr;
    CREATE VIEW v AS SELECT * FROM t;
    CREATE VIEW vj AS SELECT * FROM t JOIN u USING (a);
    CREATE VIEW vn AS SELECT e FROM t NATURAL JOIN u;
    CREATE VIEW vs AS SELECT s.a FROM (SELECT * FROM t) s;
    CREATE VIEW vw AS SELECT u FROM u;
    CREATE VIEW vc AS SELECT count(*) AS n FROM log;
    CREATE VIEW vf AS SELECT (home).city FROM homes;
    CREATE VIEW vl AS SELECT x FROM log;
    CREATE MATERIALIZED VIEW mv AS SELECT y, z FROM log;
    CREATE FUNCTION logs() RETURNS SETOF log LANGUAGE sql AS 'SELECT * FROM log';
    CREATE FUNCTION pairs(OUT p int, OUT q text) RETURNS SETOF record LANGUAGE sql AS 'SELECT 1, ''a''::text';
    CREATE FUNCTION tab() RETURNS TABLE (m int, n text) LANGUAGE sql AS 'SELECT 1, ''a''::text';
    CREATE FUNCTION one() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
    CREATE FUNCTION rec() RETURNS SETOF record LANGUAGE sql AS 'SELECT 1, 2';
    CREATE FUNCTION home() RETURNS addr LANGUAGE sql AS 'SELECT NULL::addr';
    CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE VIEW vlf AS SELECT l.x FROM logs() l;
    CREATE RULE r1 AS ON UPDATE TO u DO ALSO INSERT INTO log (x, y) VALUES (new.a, old.e);
    CREATE RULE r2 AS ON DELETE TO u DO ALSO UPDATE log SET z = 1 WHERE y = old.f;
    CREATE COLLATION dutch (locale = 'C');
    CREATE COLLATION danish (locale = 'C');
    CREATE TABLE col (n text COLLATE dutch, m text);
    CREATE INDEX col_m ON col (m COLLATE danish);
    CREATE SCHEMA s;
    CREATE TEMP TABLE tmp (a int);
    CREATE TABLE pt (a int, b int) PARTITION BY RANGE (a);
    CREATE TABLE pt1 PARTITION OF pt FOR VALUES FROM (0) TO (10);
    CREATE TABLE par (a int, b int);
    CREATE TABLE par2 (b int, c int);
    CREATE TABLE kid (d int) INHERITS (par, par2);
    """
  )

  @Test("what reads a column keeps it, and nothing else does; the server says the same", arguments: cases)
  func refusal(of refused: DefinitionCase) {
    #expect(Self.database.refusal(of: refused.sql)?.state == refused.state)
  }

  // swift-format-ignore: LineLength
  private static let cases = [
    DefinitionCase("ALTER TABLE t DROP COLUMN c", .dependentObjectsStillExist),
    DefinitionCase("ALTER TABLE t ADD COLUMN k int; ALTER TABLE t DROP COLUMN k"),
    DefinitionCase("DROP VIEW v; ALTER TABLE t DROP COLUMN c", .dependentObjectsStillExist),
    DefinitionCase("DROP VIEW v; DROP VIEW vj; ALTER TABLE t DROP COLUMN c", .dependentObjectsStillExist),
    DefinitionCase("DROP VIEW v, vj, vs; ALTER TABLE t DROP COLUMN c"),
    DefinitionCase("DROP VIEW v, vj, vs; ALTER TABLE t DROP COLUMN b"),
    DefinitionCase("ALTER TABLE u DROP COLUMN e", .dependentObjectsStillExist),
    DefinitionCase("ALTER TABLE u ADD COLUMN h int; ALTER TABLE u DROP COLUMN h"),
    DefinitionCase("ALTER TABLE log DROP COLUMN x", .dependentObjectsStillExist),
    DefinitionCase("ALTER TABLE log DROP COLUMN y", .dependentObjectsStillExist),
    DefinitionCase("DROP RULE r1 ON u; DROP VIEW vl, vlf; ALTER TABLE log DROP COLUMN x"),
    DefinitionCase("DROP RULE r1 ON u; DROP VIEW vl; ALTER TABLE log DROP COLUMN x", .dependentObjectsStillExist),
    DefinitionCase("ALTER TABLE t RENAME COLUMN c TO cc; ALTER TABLE t DROP COLUMN cc", .dependentObjectsStillExist),
    DefinitionCase("ALTER TABLE t RENAME COLUMN c TO cc; ALTER TABLE t ADD COLUMN c int; ALTER TABLE t DROP COLUMN c"),
    DefinitionCase("ALTER TABLE log ALTER COLUMN x TYPE bigint", .featureNotSupported),
    DefinitionCase("ALTER TABLE u ADD COLUMN h int; ALTER TABLE u ALTER COLUMN h TYPE bigint"),
    DefinitionCase("ALTER TYPE addr DROP ATTRIBUTE city", .dependentObjectsStillExist),
    DefinitionCase("ALTER TYPE addr DROP ATTRIBUTE city CASCADE"),
    DefinitionCase("ALTER TYPE addr DROP ATTRIBUTE no", .dependentObjectsStillExist),
    DefinitionCase("ALTER TYPE addr DROP ATTRIBUTE street", .dependentObjectsStillExist),
    DefinitionCase("ALTER TYPE addr DROP ATTRIBUTE street CASCADE"),
    DefinitionCase("ALTER TYPE addr DROP ATTRIBUTE nope", .dependentObjectsStillExist),
    DefinitionCase("ALTER TYPE addr DROP ATTRIBUTE IF EXISTS nope", .dependentObjectsStillExist),
    DefinitionCase("ALTER TYPE addr ADD ATTRIBUTE zip text CASCADE"),
    DefinitionCase("ALTER TYPE addr ADD ATTRIBUTE zip text", .dependentObjectsStillExist),
    DefinitionCase("ALTER TYPE addr ADD ATTRIBUTE zip record CASCADE", .invalidTableDefinition),
    DefinitionCase("ALTER TYPE addr ADD ATTRIBUTE zip nope CASCADE", .undefinedObject),
    DefinitionCase("ALTER TYPE addr ADD ATTRIBUTE city text CASCADE", .duplicateColumn),
    DefinitionCase("ALTER TYPE addr ALTER ATTRIBUTE city TYPE varchar CASCADE", .featureNotSupported),
    DefinitionCase("ALTER TYPE addr ALTER ATTRIBUTE nope TYPE varchar CASCADE", .undefinedColumn),
    DefinitionCase("SELECT (home).nope FROM homes", .undefinedColumn),
    DefinitionCase("SELECT (home).city FROM homes"),
    DefinitionCase("SELECT (home()).city"),
    DefinitionCase("SELECT h.city FROM home() h"),
    DefinitionCase("SELECT h.nope FROM home() h", .undefinedColumn),
    DefinitionCase("SELECT l.nope FROM logs() l", .undefinedColumn),
    DefinitionCase("SELECT l.x, l.z FROM logs() l"),
    DefinitionCase("SELECT p, q FROM pairs()"),
    DefinitionCase("SELECT p, r FROM pairs()", .undefinedColumn),
    DefinitionCase("SELECT m, n FROM tab()"),
    DefinitionCase("SELECT m, o FROM tab()", .undefinedColumn),
    DefinitionCase("SELECT o FROM one() o"),
    DefinitionCase("SELECT one FROM one()"),
    DefinitionCase("SELECT two FROM one()", .undefinedColumn),
    DefinitionCase("SELECT a FROM rec() AS (a int, b int)"),
    DefinitionCase("SELECT c FROM rec() AS (a int, b int)", .undefinedColumn),
    DefinitionCase("SELECT x.a FROM logs() AS x (a, b)"),
    DefinitionCase("SELECT x.x FROM logs() AS x (a, b)", .undefinedColumn),
    DefinitionCase("SELECT x.z FROM logs() AS x (a, b)"),
    DefinitionCase("SELECT * FROM logs() AS x (a, b, c, d)", .invalidColumnReference),
    DefinitionCase("SELECT * FROM tab() AS x (a, b, c)", .invalidColumnReference),
    DefinitionCase("SELECT l.ordinality FROM logs() WITH ORDINALITY l"),
    DefinitionCase("DROP COLLATION dutch", .dependentObjectsStillExist),
    DefinitionCase("DROP COLLATION danish", .dependentObjectsStillExist),
    DefinitionCase("DROP COLLATION dutch CASCADE"),
    DefinitionCase("DROP TABLE col; DROP COLLATION dutch"),
    DefinitionCase("DROP INDEX col_m; DROP COLLATION danish"),
    DefinitionCase("CREATE VIEW s.v AS SELECT * FROM tmp", .invalidTableDefinition),
    DefinitionCase("CREATE TEMP VIEW s.v AS SELECT 1 AS a", .invalidTableDefinition),
    DefinitionCase("CREATE VIEW tv AS SELECT * FROM tmp"),
    DefinitionCase("CREATE SCHEMA s2 CREATE TEMP VIEW x AS SELECT 1 AS a", .invalidTableDefinition),
    DefinitionCase("CREATE SCHEMA s2 CREATE TEMP TABLE x (a int)", .invalidTableDefinition),
    DefinitionCase("CREATE SCHEMA s2 CREATE VIEW x AS SELECT 1 AS a"),
    DefinitionCase("CREATE SCHEMA s2 CREATE TABLE s.x (a int)", .invalidSchemaDefinition),
    DefinitionCase("CREATE TEMP TABLE s.x (a int)", .invalidTableDefinition),
    DefinitionCase("CREATE TEMP TABLE s.x AS SELECT 1 AS a", .invalidTableDefinition),
    DefinitionCase("CREATE UNLOGGED TABLE pg_temp.x (a int)", .invalidTableDefinition),
    DefinitionCase("SELECT 1/0", .divisionByZero),
    DefinitionCase("SELECT CASE WHEN true THEN 1 ELSE 1/0 END"),
    DefinitionCase("CREATE TABLE z AS SELECT 1/0 AS a", .divisionByZero),
    DefinitionCase("CREATE TABLE z AS SELECT 1/0 AS a WITH NO DATA"),
    DefinitionCase("CREATE MATERIALIZED VIEW z AS SELECT 1/0 AS a", .divisionByZero),
    DefinitionCase("CREATE VIEW z AS SELECT 1/0 AS a"),
    DefinitionCase("SELECT a FROM t WHERE 10 % 0 = a", .divisionByZero),
    DefinitionCase("SELECT 1.5/0.0", .divisionByZero),
    DefinitionCase("SET TRANSACTION READ ONLY; CREATE TABLE z (a int)", .readOnlySQLTransaction),
    DefinitionCase("SET TRANSACTION READ ONLY; INSERT INTO t (a) VALUES (1)", .readOnlySQLTransaction),
    DefinitionCase("SET TRANSACTION READ ONLY; INSERT INTO tmp VALUES (1)"),
    DefinitionCase("SET TRANSACTION READ ONLY; CREATE TEMP TABLE z (a int)", .readOnlySQLTransaction),
    DefinitionCase("SET TRANSACTION READ ONLY; SELECT * FROM t FOR UPDATE", .readOnlySQLTransaction),
    DefinitionCase("SET TRANSACTION READ ONLY; SELECT * FROM t"),
    DefinitionCase("SET TRANSACTION READ ONLY; TRUNCATE tmp", .readOnlySQLTransaction),
    DefinitionCase("SET TRANSACTION READ ONLY; COMMENT ON TABLE t IS 'x'", .readOnlySQLTransaction),
    DefinitionCase("SET TRANSACTION READ ONLY; GRANT SELECT ON t TO PUBLIC", .readOnlySQLTransaction),
    DefinitionCase("SET TRANSACTION READ ONLY; LOCK TABLE t"),
    DefinitionCase("SET TRANSACTION READ ONLY; ANALYZE t"),
    DefinitionCase("SET TRANSACTION READ ONLY; REINDEX TABLE t"),
    DefinitionCase("SET TRANSACTION READ ONLY; CLUSTER t USING t_pkey"),
    DefinitionCase("SET TRANSACTION READ ONLY; REFRESH MATERIALIZED VIEW mv", .readOnlySQLTransaction),
    DefinitionCase(
      "SET TRANSACTION READ ONLY; WITH x AS (DELETE FROM t RETURNING a) SELECT * FROM x",
      .readOnlySQLTransaction
    ),
    DefinitionCase("SET TRANSACTION READ ONLY; SET search_path = s"),
    DefinitionCase("SET TRANSACTION READ ONLY; DO $$ BEGIN END $$"),
    DefinitionCase("SET TRANSACTION READ ONLY; EXPLAIN INSERT INTO t (a) VALUES (1)"),
    DefinitionCase("SET TRANSACTION READ ONLY; PREPARE p AS DELETE FROM t"),
    DefinitionCase("SET TRANSACTION READ ONLY; LISTEN x"),
    DefinitionCase("SET TRANSACTION READ ONLY; DISCARD TEMP"),
    DefinitionCase("SET TRANSACTION READ ONLY; SELECT * INTO z FROM t", .readOnlySQLTransaction),
    DefinitionCase("SET LOCAL transaction_read_only = on; DROP TABLE log", .readOnlySQLTransaction),
    DefinitionCase("ALTER TABLE par RENAME COLUMN a TO aa"),
    DefinitionCase("ALTER TABLE par2 RENAME COLUMN c TO cc"),
    DefinitionCase("ALTER TABLE kid RENAME COLUMN a TO aa", .invalidTableDefinition),
    DefinitionCase(
      "CREATE INDEX i ON homes ((ROW('a', 'b', 1)::addr)); ALTER TYPE addr ALTER ATTRIBUTE city TYPE varchar CASCADE",
      .featureNotSupported
    ),
    DefinitionCase("ALTER TABLE par ALTER COLUMN a TYPE int USING pg_column_size(par)", .featureNotSupported),
    DefinitionCase(
      "ALTER TABLE log ADD COLUMN w int; ALTER TABLE log ALTER COLUMN w TYPE int USING pg_column_size(log)"
    ),
    DefinitionCase("ANALYZE t (a, nope)", .undefinedColumn),
    DefinitionCase("ANALYZE t (a, a)", .duplicateColumn),
    DefinitionCase("ANALYZE t (a, b)"),
    DefinitionCase("ANALYZE mv (nope)", .undefinedColumn),
    DefinitionCase("ANALYZE nope", .undefinedTable),
    DefinitionCase("ANALYZE nope (a)", .undefinedTable),
    DefinitionCase("CREATE FUNCTION f() RETURNS int LANGUAGE sql SET default_transaction_read_only = on AS 'SELECT 1'"),
    DefinitionCase("CREATE TABLE z (a point) PARTITION BY LIST (a point_ops)", .undefinedObject),
    DefinitionCase("CREATE TABLE z (a point) PARTITION BY LIST (a)", .undefinedObject),
    DefinitionCase("CREATE TYPE z AS (a unknown)", .invalidTableDefinition),
    DefinitionCase("CREATE TYPE z AS (a anyarray)", .invalidTableDefinition),
    DefinitionCase("CREATE TYPE z AS (a cstring)", .invalidTableDefinition),
    DefinitionCase("DROP FUNCTION logs()", .dependentObjectsStillExist),
    DefinitionCase("DROP FUNCTION one()"),
    DefinitionCase("DROP DOMAIN pos", .dependentObjectsStillExist),
    DefinitionCase("DROP DOMAIN pos CASCADE"),
    DefinitionCase("DROP TYPE addr", .dependentObjectsStillExist),
    DefinitionCase("DROP TYPE addr CASCADE"),
    DefinitionCase("DROP TABLE log", .dependentObjectsStillExist),
    DefinitionCase("DROP TABLE log CASCADE"),
  ]
}
