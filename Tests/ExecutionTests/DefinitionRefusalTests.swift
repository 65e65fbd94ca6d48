import Catalog
import Execution
import Syntax
import Testing

@Suite("Triggers, types, collations, policies and rules that PostgreSQL refuses")
struct DefinitionRefusalTests {
  private static let database = TrialDatabase(
    """
    CREATE TABLE t (a int PRIMARY KEY, b text, c numeric, g int GENERATED ALWAYS AS (a + 1) STORED);
    CREATE TABLE u (a int REFERENCES t, e text);
    CREATE VIEW v AS SELECT a, b FROM t;
    CREATE MATERIALIZED VIEW mv AS SELECT a FROM t;
    CREATE SEQUENCE seq;
    CREATE TABLE pt (a int, b int) PARTITION BY RANGE (a);
    CREATE TABLE pt1 PARTITION OF pt FOR VALUES FROM (0) TO (10);
    CREATE TABLE par (a int, b int);
    CREATE TABLE kid (d int) INHERITS (par);
    CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE FUNCTION notrg() RETURNS int LANGUAGE sql AS 'SELECT 1';
    CREATE FUNCTION trgarg(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
    CREATE FUNCTION cmp(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
    CREATE PROCEDURE proc() LANGUAGE plpgsql AS 'BEGIN END';
    CREATE TRIGGER tr AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION trg();
    CREATE CONSTRAINT TRIGGER ctr AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION trg();
    CREATE TRIGGER ptr AFTER INSERT ON pt FOR EACH ROW EXECUTE FUNCTION trg();
    CREATE TYPE addr AS (street text, city text);
    CREATE TYPE mood AS ENUM ('sad', 'ok');
    CREATE DOMAIN pos AS int CHECK (VALUE > 0);
    CREATE TYPE rng AS RANGE (subtype = float8);
    CREATE COLLATION dutch (locale = 'C');
    CREATE SCHEMA s;
    CREATE STATISTICS st ON a, b FROM t;
    CREATE POLICY p1 ON t USING (a > 1);
    """
  )

  @Test("a definition is refused as the server refuses it, and runs where it runs", arguments: cases)
  func refusal(of refused: DefinitionCase) {
    #expect(Self.database.refusal(of: refused.sql)?.state == refused.state)
  }

  // swift-format-ignore: LineLength
  private static let cases = [
    DefinitionCase("CREATE TRIGGER x INSTEAD OF INSERT ON t FOR EACH ROW EXECUTE FUNCTION trg()", .wrongObjectType),
    DefinitionCase("CREATE TRIGGER x INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION trg()"),
    DefinitionCase(
      "CREATE TRIGGER x INSTEAD OF INSERT ON v FOR EACH STATEMENT EXECUTE FUNCTION trg()",
      .featureNotSupported
    ),
    DefinitionCase(
      "CREATE TRIGGER x INSTEAD OF UPDATE OF a ON v FOR EACH ROW EXECUTE FUNCTION trg()",
      .featureNotSupported
    ),
    DefinitionCase(
      "CREATE TRIGGER x INSTEAD OF INSERT ON v FOR EACH ROW WHEN (NEW.a > 1) EXECUTE FUNCTION trg()",
      .featureNotSupported
    ),
    DefinitionCase("CREATE TRIGGER x BEFORE INSERT ON v FOR EACH ROW EXECUTE FUNCTION trg()", .wrongObjectType),
    DefinitionCase("CREATE TRIGGER x BEFORE INSERT ON v FOR EACH STATEMENT EXECUTE FUNCTION trg()"),
    DefinitionCase("CREATE TRIGGER x BEFORE TRUNCATE ON v FOR EACH STATEMENT EXECUTE FUNCTION trg()", .wrongObjectType),
    DefinitionCase("CREATE TRIGGER x BEFORE TRUNCATE ON t FOR EACH ROW EXECUTE FUNCTION trg()", .featureNotSupported),
    DefinitionCase("CREATE TRIGGER x BEFORE INSERT ON mv FOR EACH ROW EXECUTE FUNCTION trg()", .wrongObjectType),
    DefinitionCase("CREATE TRIGGER x BEFORE INSERT ON seq FOR EACH ROW EXECUTE FUNCTION trg()", .wrongObjectType),
    DefinitionCase("CREATE TRIGGER x BEFORE INSERT ON t_pkey FOR EACH ROW EXECUTE FUNCTION trg()", .wrongObjectType),
    DefinitionCase("CREATE TRIGGER x BEFORE UPDATE OF a, a ON t FOR EACH ROW EXECUTE FUNCTION trg()", .duplicateColumn),
    DefinitionCase("CREATE TRIGGER x BEFORE UPDATE OF nope ON t FOR EACH ROW EXECUTE FUNCTION trg()", .undefinedColumn),
    DefinitionCase("CREATE TRIGGER x BEFORE UPDATE OF ctid ON t FOR EACH ROW EXECUTE FUNCTION trg()", .undefinedColumn),
    DefinitionCase("CREATE TRIGGER x BEFORE INSERT OR UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION trg()"),
    DefinitionCase(
      "CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW WHEN (OLD.a > 1) EXECUTE FUNCTION trg()",
      .invalidObjectDefinition
    ),
    DefinitionCase(
      "CREATE TRIGGER x BEFORE DELETE ON t FOR EACH ROW WHEN (NEW.a > 1) EXECUTE FUNCTION trg()",
      .invalidObjectDefinition
    ),
    DefinitionCase(
      "CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW WHEN (NEW.nope > 1) EXECUTE FUNCTION trg()",
      .undefinedColumn
    ),
    DefinitionCase(
      "CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW WHEN (NEW.g > 1) EXECUTE FUNCTION trg()",
      .invalidObjectDefinition
    ),
    DefinitionCase("CREATE TRIGGER x AFTER UPDATE ON t FOR EACH ROW WHEN (NEW.g > 1) EXECUTE FUNCTION trg()"),
    DefinitionCase("CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW WHEN (OLD.g > 1) EXECUTE FUNCTION trg()"),
    DefinitionCase(
      "CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION trg()",
      .invalidObjectDefinition
    ),
    DefinitionCase(
      "CREATE TRIGGER x BEFORE UPDATE ON u FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION trg()"
    ),
    DefinitionCase(
      "CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW WHEN (a > 1) EXECUTE FUNCTION trg()",
      .ambiguousColumn
    ),
    DefinitionCase(
      "CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW WHEN (t.a > 1) EXECUTE FUNCTION trg()",
      .undefinedTable
    ),
    DefinitionCase(
      "CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW WHEN (NEW.a) EXECUTE FUNCTION trg()",
      .datatypeMismatch
    ),
    DefinitionCase(
      "CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW WHEN (NEW.a > (SELECT 1)) EXECUTE FUNCTION trg()",
      .featureNotSupported
    ),
    DefinitionCase(
      "CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW WHEN (count(NEW.a) > 1) EXECUTE FUNCTION trg()",
      .groupingError
    ),
    DefinitionCase(
      "CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH STATEMENT WHEN (NEW.a > 1) EXECUTE FUNCTION trg()",
      .invalidObjectDefinition
    ),
    DefinitionCase("CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH STATEMENT WHEN (true) EXECUTE FUNCTION trg()"),
    DefinitionCase(
      "CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION trg()"
    ),
    DefinitionCase(
      "CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION notrg()",
      .invalidObjectDefinition
    ),
    DefinitionCase("CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION nofunc()", .undefinedFunction),
    DefinitionCase("CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION trgarg()", .undefinedFunction),
    DefinitionCase("CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION proc()", .undefinedFunction),
    DefinitionCase(
      "CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()"
    ),
    DefinitionCase("CREATE TRIGGER tr AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION trg()", .duplicateObject),
    DefinitionCase("CREATE OR REPLACE TRIGGER tr AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION trg()"),
    DefinitionCase(
      "CREATE OR REPLACE TRIGGER ctr AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION trg()",
      .duplicateObject
    ),
    DefinitionCase(
      "CREATE CONSTRAINT TRIGGER tr AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION trg()",
      .duplicateObject
    ),
    DefinitionCase(
      "CREATE CONSTRAINT TRIGGER x AFTER INSERT ON v FOR EACH ROW EXECUTE FUNCTION trg()",
      .wrongObjectType
    ),
    DefinitionCase(
      "CREATE CONSTRAINT TRIGGER x AFTER INSERT ON t FROM nope FOR EACH ROW EXECUTE FUNCTION trg()",
      .undefinedTable
    ),
    DefinitionCase("CREATE CONSTRAINT TRIGGER x AFTER INSERT ON t FROM u FOR EACH ROW EXECUTE FUNCTION trg()"),
    DefinitionCase(
      "CREATE TRIGGER x AFTER INSERT ON t REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION trg()"
    ),
    DefinitionCase(
      "CREATE TRIGGER x AFTER INSERT ON t REFERENCING OLD TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION trg()",
      .invalidObjectDefinition
    ),
    DefinitionCase(
      "CREATE TRIGGER x AFTER DELETE ON t REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION trg()",
      .invalidObjectDefinition
    ),
    DefinitionCase(
      "CREATE TRIGGER x AFTER UPDATE ON t REFERENCING NEW TABLE AS n OLD TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION trg()",
      .invalidObjectDefinition
    ),
    DefinitionCase(
      "CREATE TRIGGER x BEFORE UPDATE ON t REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION trg()",
      .invalidObjectDefinition
    ),
    DefinitionCase(
      "CREATE TRIGGER x AFTER INSERT OR UPDATE ON t REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION trg()",
      .featureNotSupported
    ),
    DefinitionCase(
      "CREATE TRIGGER x AFTER UPDATE OF a ON t REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION trg()",
      .featureNotSupported
    ),
    DefinitionCase(
      "CREATE TRIGGER x AFTER TRUNCATE ON t REFERENCING OLD TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION trg()",
      .featureNotSupported
    ),
    DefinitionCase(
      "CREATE TRIGGER x AFTER INSERT ON pt REFERENCING NEW TABLE AS n FOR EACH ROW EXECUTE FUNCTION trg()",
      .featureNotSupported
    ),
    DefinitionCase(
      "CREATE TRIGGER x AFTER INSERT ON pt1 REFERENCING NEW TABLE AS n FOR EACH ROW EXECUTE FUNCTION trg()",
      .featureNotSupported
    ),
    DefinitionCase(
      "CREATE TRIGGER x AFTER INSERT ON kid REFERENCING NEW TABLE AS n FOR EACH ROW EXECUTE FUNCTION trg()",
      .featureNotSupported
    ),
    DefinitionCase(
      "CREATE TRIGGER x AFTER INSERT ON pt1 REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION trg()"
    ),
    DefinitionCase("CREATE TRIGGER x BEFORE INSERT ON pt FOR EACH ROW EXECUTE FUNCTION trg()"),
    DefinitionCase(
      "CREATE TRIGGER x AFTER INSERT ON v REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION trg()",
      .wrongObjectType
    ),
    DefinitionCase("CREATE TRIGGER ptr AFTER INSERT ON pt1 FOR EACH ROW EXECUTE FUNCTION trg()", .duplicateObject),
    DefinitionCase("DROP TRIGGER ptr ON pt1", .dependentObjectsStillExist),
    DefinitionCase("DROP TRIGGER tr ON v", .undefinedObject),
    DefinitionCase("ALTER TRIGGER tr ON t RENAME TO ctr", .duplicateObject),
    DefinitionCase("ALTER TABLE t DISABLE TRIGGER nope", .undefinedObject),
    DefinitionCase("ALTER TABLE t DISABLE TRIGGER tr"),
    DefinitionCase("ALTER TABLE v DISABLE TRIGGER tr", .wrongObjectType),
    DefinitionCase("ALTER TRIGGER tr ON t DEPENDS ON EXTENSION plpgsql"),
    DefinitionCase("COPY t (a, nope) FROM '/dev/null'", .undefinedColumn),
    DefinitionCase("COPY t (a, a) TO STDOUT", .duplicateColumn),
    DefinitionCase("COPY t (a, g) TO STDOUT", .invalidColumnReference),
    DefinitionCase("COPY t (g) FROM '/dev/null'", .invalidColumnReference),
    DefinitionCase("COPY nope TO STDOUT", .undefinedTable),
    DefinitionCase("COPY v TO STDOUT", .wrongObjectType),
    DefinitionCase("COPY mv TO STDOUT", .wrongObjectType),
    DefinitionCase("COPY seq TO STDOUT", .wrongObjectType),
    DefinitionCase("COPY pt TO STDOUT", .wrongObjectType),
    DefinitionCase("COPY t TO STDOUT (FORMAT csv, HEADER)"),
    DefinitionCase("COPY (SELECT nope FROM t) TO STDOUT", .undefinedColumn),
    DefinitionCase("COPY (SELECT 1) TO STDOUT"),
    DefinitionCase("COPY (INSERT INTO t (a) VALUES (1)) TO STDOUT", .featureNotSupported),
    DefinitionCase("COPY (SELECT 1 INTO x) TO STDOUT", .featureNotSupported),
    DefinitionCase("CREATE TYPE x AS RANGE (subtype = nope)", .undefinedObject),
    DefinitionCase("CREATE TYPE x AS RANGE (subtype = addr)"),
    DefinitionCase("CREATE TYPE x AS RANGE (subtype = point)", .undefinedObject),
    DefinitionCase("CREATE TYPE x AS RANGE (subtype = int, subtype = int)", .syntaxError),
    DefinitionCase("CREATE TYPE x AS RANGE (subtype = int, collation = \"C\")", .wrongObjectType),
    DefinitionCase("CREATE TYPE x AS RANGE (subtype = text, collation = \"C\")"),
    DefinitionCase("CREATE TYPE x AS RANGE (subtype = int, nope = 1)", .syntaxError),
    DefinitionCase("CREATE TYPE x AS RANGE (subtype = float8, subtype_diff = float8mi)"),
    DefinitionCase("CREATE TYPE x AS RANGE (subtype = float8, canonical = nope)", .invalidObjectDefinition),
    DefinitionCase("CREATE TYPE x AS RANGE (subtype = float8, multirange_type_name = ymr)"),
    DefinitionCase("CREATE TYPE rng AS RANGE (subtype = float8)", .duplicateObject),
    DefinitionCase("CREATE TYPE x AS (a int COLLATE \"C\")", .datatypeMismatch),
    DefinitionCase("CREATE TYPE x AS (a text COLLATE dutch)"),
    DefinitionCase("CREATE TYPE x AS (a t)"),
    DefinitionCase("CREATE TYPE x AS (a SETOF int)", .invalidTableDefinition),
    DefinitionCase("CREATE TYPE x; CREATE TYPE x (INPUT = int4in, OUTPUT = int4out)", .invalidObjectDefinition),
    DefinitionCase("CREATE TYPE x (INPUT = xin, OUTPUT = xout)", .duplicateObject),
    DefinitionCase("CREATE TYPE x; CREATE TYPE x (INPUT = nopein, OUTPUT = nopeout)", .undefinedFunction),
    DefinitionCase(
      "CREATE TYPE x; CREATE FUNCTION xin(cstring) RETURNS x LANGUAGE internal IMMUTABLE STRICT AS 'textin'; CREATE FUNCTION xout(x) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout'; CREATE TYPE x (INPUT = xin, OUTPUT = xout)"
    ),
    DefinitionCase(
      "CREATE TYPE x; CREATE FUNCTION xin(cstring) RETURNS x LANGUAGE internal IMMUTABLE STRICT AS 'textin'; CREATE FUNCTION xout(x) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout'; CREATE TYPE x (INPUT = xin, OUTPUT = xout, STORAGE = extended)"
    ),
    DefinitionCase(
      "CREATE TYPE x; CREATE FUNCTION xin(cstring) RETURNS x LANGUAGE internal IMMUTABLE STRICT AS 'textin'; CREATE FUNCTION xout(x) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout'; CREATE TYPE x (INPUT = xin, OUTPUT = xout, STORAGE = nope)",
      .invalidParameterValue
    ),
    DefinitionCase(
      "CREATE TYPE x; CREATE FUNCTION xin(cstring) RETURNS x LANGUAGE internal IMMUTABLE STRICT AS 'textin'; CREATE FUNCTION xout(x) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout'; CREATE TYPE x (INPUT = xin, OUTPUT = xout, INTERNALLENGTH = 4, STORAGE = extended)",
      .invalidObjectDefinition
    ),
    DefinitionCase(
      "CREATE TYPE x; CREATE FUNCTION xin(cstring) RETURNS x LANGUAGE internal IMMUTABLE STRICT AS 'textin'; CREATE FUNCTION xout(x) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout'; CREATE TYPE x (INPUT = xin, OUTPUT = xout); DROP FUNCTION xin(cstring)",
      .dependentObjectsStillExist
    ),
    DefinitionCase(
      "CREATE TYPE x; CREATE FUNCTION xin(cstring) RETURNS x LANGUAGE internal IMMUTABLE STRICT AS 'textin'; CREATE FUNCTION xout(x) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout'; CREATE TYPE x (INPUT = xin, OUTPUT = xout, STORAGE = extended); ALTER TYPE x SET (STORAGE = plain)",
      .invalidObjectDefinition
    ),
    DefinitionCase(
      "CREATE TYPE x; CREATE FUNCTION xin(cstring) RETURNS x LANGUAGE internal IMMUTABLE STRICT AS 'textin'; CREATE FUNCTION xout(x) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout'; CREATE TYPE x (INPUT = xin, OUTPUT = xout); CREATE FUNCTION xsend(x) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'textsend'; ALTER TYPE x SET (SEND = xsend); DROP FUNCTION xsend(x)",
      .dependentObjectsStillExist
    ),
    DefinitionCase(
      "CREATE TYPE x; CREATE FUNCTION xin(cstring) RETURNS x LANGUAGE internal IMMUTABLE STRICT AS 'textin'; CREATE FUNCTION xout(x) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout'; CREATE TYPE x (INPUT = xin, OUTPUT = xout); ALTER TYPE x SET (nope = 1)",
      .syntaxError
    ),
    DefinitionCase("CREATE TYPE x; CREATE TABLE y (a x)", .undefinedObject),
    DefinitionCase("CREATE TYPE x; CREATE TYPE y AS (a x)", .undefinedObject),
    DefinitionCase("CREATE TYPE x; CREATE DOMAIN y AS x", .undefinedObject),
    DefinitionCase("CREATE TYPE x; DROP TYPE x"),
    DefinitionCase("ALTER TYPE mood SET (STORAGE = plain)", .wrongObjectType),
    DefinitionCase("CREATE COLLATION x (provider = nope, locale = 'C')", .invalidObjectDefinition),
    DefinitionCase("CREATE COLLATION x (provider = icu)", .invalidObjectDefinition),
    DefinitionCase("CREATE COLLATION x (nope = 'C')", .syntaxError),
    DefinitionCase("CREATE COLLATION x (locale = 'C', lc_collate = 'C')", .syntaxError),
    DefinitionCase("CREATE COLLATION x (lc_collate = 'C')", .invalidObjectDefinition),
    DefinitionCase("CREATE COLLATION x (locale = 'C', locale = 'C')", .syntaxError),
    DefinitionCase("CREATE COLLATION x (provider = libc, locale = 'C', deterministic = false)", .featureNotSupported),
    DefinitionCase("CREATE COLLATION x FROM nope", .undefinedObject),
    DefinitionCase("CREATE COLLATION x FROM \"C\""),
    DefinitionCase("CREATE COLLATION x (FROM = \"C\", locale = 'C')", .syntaxError),
    DefinitionCase("CREATE COLLATION dutch (locale = 'C')", .duplicateObject),
    DefinitionCase("CREATE COLLATION IF NOT EXISTS dutch (locale = 'C')"),
    DefinitionCase("ALTER COLLATION dutch REFRESH VERSION"),
    DefinitionCase("CREATE OPERATOR CLASS x FOR TYPE int USING btree AS OPERATOR 1 <, FUNCTION 1 btint4cmp(int, int)"),
    DefinitionCase(
      "CREATE OPERATOR CLASS x FOR TYPE int USING nope AS OPERATOR 1 <, FUNCTION 1 btint4cmp(int, int)",
      .undefinedObject
    ),
    DefinitionCase("CREATE OPERATOR CLASS x FOR TYPE int USING gin AS STORAGE bigint"),
    DefinitionCase("CREATE UNIQUE INDEX ON t USING hash (a)", .featureNotSupported),
    DefinitionCase("CREATE POLICY p1 ON t USING (true)", .duplicateObject),
    DefinitionCase("CREATE POLICY x ON t FOR INSERT USING (true)", .syntaxError),
    DefinitionCase("CREATE POLICY x ON t FOR SELECT WITH CHECK (true)", .syntaxError),
    DefinitionCase("CREATE POLICY x ON v USING (true)", .wrongObjectType),
    DefinitionCase("CREATE POLICY x ON t USING (nope > 1)", .undefinedColumn),
    DefinitionCase("CREATE POLICY x ON t USING (a)", .datatypeMismatch),
    DefinitionCase("CREATE POLICY x ON t USING (count(a) > 1)", .groupingError),
    DefinitionCase("CREATE POLICY x ON t USING (a IN (SELECT a FROM t))"),
    DefinitionCase("ALTER POLICY p1 ON t USING (nope > 1)", .undefinedColumn),
    DefinitionCase("ALTER POLICY nope ON t USING (true)", .undefinedObject),
    DefinitionCase("ALTER POLICY p1 ON t RENAME TO p1", .duplicateObject),
    DefinitionCase("DROP POLICY nope ON t", .undefinedObject),
    DefinitionCase("CREATE DOMAIN x AS int CHECK (a > 1)", .undefinedColumn),
    DefinitionCase("CREATE DOMAIN x AS int CHECK (VALUE)", .datatypeMismatch),
    DefinitionCase("CREATE DOMAIN x AS int NULL NOT NULL", .syntaxError),
    DefinitionCase("CREATE DOMAIN x AS int UNIQUE", .syntaxError),
    DefinitionCase("CREATE DOMAIN x AS int REFERENCES t", .syntaxError),
    DefinitionCase("CREATE DOMAIN x AS int DEFAULT 1 DEFAULT 2", .syntaxError),
    DefinitionCase(
      "CREATE DOMAIN x AS int CONSTRAINT c CHECK (VALUE > 1) CONSTRAINT c CHECK (VALUE > 2)",
      .duplicateObject
    ),
    DefinitionCase("CREATE DOMAIN x AS int CHECK (VALUE > (SELECT 1))", .featureNotSupported),
    DefinitionCase("CREATE DOMAIN x AS t"),
    DefinitionCase("CREATE DOMAIN x AS trigger", .datatypeMismatch),
    DefinitionCase("ALTER DOMAIN pos DROP CONSTRAINT nope", .undefinedObject),
    DefinitionCase("ALTER DOMAIN pos DROP CONSTRAINT IF EXISTS nope"),
    DefinitionCase("ALTER DOMAIN pos VALIDATE CONSTRAINT nope", .undefinedObject),
    DefinitionCase("ALTER DOMAIN pos VALIDATE CONSTRAINT pos_check"),
    DefinitionCase("ALTER DOMAIN nope SET DEFAULT 1", .undefinedObject),
    DefinitionCase("ALTER DOMAIN mood SET DEFAULT 1", .wrongObjectType),
    DefinitionCase("CREATE STATISTICS st ON a, b FROM t", .duplicateObject),
    DefinitionCase("CREATE STATISTICS IF NOT EXISTS st ON a, b FROM t"),
    DefinitionCase("CREATE STATISTICS x ON a FROM t", .invalidObjectDefinition),
    DefinitionCase("CREATE STATISTICS x ON a, nope FROM t", .undefinedColumn),
    DefinitionCase("CREATE STATISTICS x (nope) ON a, b FROM t", .syntaxError),
    DefinitionCase("CREATE STATISTICS x ON a, b FROM v", .wrongObjectType),
    DefinitionCase("CREATE STATISTICS x ON a, ctid FROM t", .featureNotSupported),
    DefinitionCase("CREATE STATISTICS x ON a, b FROM t, u", .featureNotSupported),
    DefinitionCase("CREATE STATISTICS x (ndistinct) ON (a + 1) FROM t", .featureNotSupported),
    DefinitionCase("CREATE STATISTICS x ON (a + 1) FROM t"),
    DefinitionCase("ALTER STATISTICS nope SET STATISTICS 100", .undefinedObject),
    DefinitionCase("ALTER STATISTICS st SET STATISTICS 100"),
    DefinitionCase("CREATE RULE x AS ON INSERT TO t DO INSTEAD SELECT old.a", .invalidObjectDefinition),
    DefinitionCase("CREATE RULE x AS ON DELETE TO t DO INSTEAD SELECT new.a", .invalidObjectDefinition),
    DefinitionCase("CREATE RULE x AS ON UPDATE TO t WHERE nope > 1 DO INSTEAD NOTHING", .undefinedColumn),
    DefinitionCase("CREATE RULE x AS ON UPDATE TO t WHERE old.nope > 1 DO INSTEAD NOTHING", .undefinedColumn),
    DefinitionCase("CREATE RULE x AS ON UPDATE TO seq DO INSTEAD NOTHING", .wrongObjectType),
    DefinitionCase("CREATE RULE \"_RETURN\" AS ON INSERT TO t DO INSTEAD NOTHING", .invalidObjectDefinition),
    DefinitionCase(
      "CREATE RULE x AS ON INSERT TO t DO INSTEAD INSERT INTO u VALUES (new.a, new.b, new.c)",
      .syntaxError
    ),
    DefinitionCase(
      "CREATE RULE x AS ON INSERT TO t DO INSTEAD INSERT INTO u VALUES (new.a, new.b) RETURNING u.a, u.e, 1.5::numeric, 1"
    ),
    DefinitionCase(
      "CREATE RULE x AS ON INSERT TO t DO ALSO INSERT INTO u VALUES (new.a, new.b) RETURNING u.a, u.e, 1.5::numeric, 1",
      .featureNotSupported
    ),
    DefinitionCase("CREATE TABLE x (LIKE nope)", .undefinedTable),
    DefinitionCase("CREATE TABLE x (LIKE seq)", .wrongObjectType),
    DefinitionCase("CREATE TABLE x (a serial DEFAULT 1)", .syntaxError),
    DefinitionCase("CREATE TABLE x (a text GENERATED ALWAYS AS IDENTITY)", .invalidParameterValue),
    DefinitionCase("CREATE TABLE x (a text COMPRESSION nope)", .invalidParameterValue),
  ]
}
