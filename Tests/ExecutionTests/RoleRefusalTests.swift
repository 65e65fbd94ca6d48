import Catalog
import Execution
import Syntax
import Testing

@Suite("What PostgreSQL refuses of roles and privileges")
struct RoleRefusalTests {
  private static let database = TrialDatabase(
    """
    CREATE ROLE a;
    CREATE ROLE b;
    CREATE ROLE c;
    CREATE TABLE t (a integer);
    CREATE SCHEMA s;
    CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
    """
  )

  @Test("a role that something belongs to stays, as PostgreSQL says, and others go", arguments: cases)
  func refusal(_ refused: DefinitionCase) {
    #expect(Self.database.refusal(of: refused.sql)?.state == refused.state)
  }

  // swift-format-ignore: LineLength
  private static let cases = [
    DefinitionCase("GRANT a TO a", .invalidGrantOperation),
    DefinitionCase("GRANT a TO b; GRANT b TO a", .invalidGrantOperation),
    DefinitionCase("GRANT a TO b; GRANT b TO c; GRANT c TO a", .invalidGrantOperation),
    DefinitionCase("GRANT a TO b; REVOKE a FROM b; GRANT b TO a"),
    DefinitionCase("GRANT a TO b; DROP ROLE a; CREATE ROLE a; GRANT b TO a"),
    DefinitionCase("GRANT SELECT ON t TO public WITH GRANT OPTION", .invalidGrantOperation),
    DefinitionCase("GRANT SELECT ON t TO a WITH GRANT OPTION"),
    DefinitionCase("GRANT DELETE (a) ON t TO a", .invalidGrantOperation),
    DefinitionCase("GRANT SELECT (a), INSERT ON t TO a"),
    DefinitionCase("GRANT USAGE (a) ON SCHEMA public TO a", .invalidGrantOperation),
    DefinitionCase("ALTER DEFAULT PRIVILEGES GRANT SELECT (a) ON TABLES TO a", .invalidGrantOperation),
    DefinitionCase("GRANT SELECT ON t TO a; DROP ROLE a", .dependentObjectsStillExist),
    DefinitionCase("GRANT SELECT ON t TO a; DROP ROLE IF EXISTS a", .dependentObjectsStillExist),
    DefinitionCase("GRANT SELECT ON t TO a; REVOKE SELECT ON t FROM a; DROP ROLE a"),
    DefinitionCase("GRANT SELECT ON t TO a; DROP TABLE t; DROP ROLE a"),
    DefinitionCase("GRANT SELECT ON t TO a; ALTER TABLE t RENAME TO u; DROP ROLE a"),
    DefinitionCase("GRANT USAGE ON SCHEMA s TO a; DROP ROLE a", .dependentObjectsStillExist),
    DefinitionCase("GRANT USAGE ON SCHEMA s TO a; DROP SCHEMA s; DROP ROLE a"),
    DefinitionCase("GRANT EXECUTE ON FUNCTION f(int) TO a; DROP ROLE a", .dependentObjectsStillExist),
    DefinitionCase("GRANT EXECUTE ON FUNCTION f TO a; REVOKE ALL ON FUNCTION f(int) FROM a; DROP ROLE a"),
    DefinitionCase(
      "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO a; DROP ROLE a",
      .dependentObjectsStillExist
    ),
    DefinitionCase(
      "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO a; ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON TABLES FROM a; DROP ROLE a"
    ),
    DefinitionCase("GRANT CONNECT ON DATABASE postgres TO a; DROP ROLE a", .dependentObjectsStillExist),
    DefinitionCase("GRANT CONNECT ON DATABASE postgres TO a; DROP OWNED BY a; DROP ROLE a"),
    DefinitionCase("CREATE POLICY p ON t TO a; DROP ROLE a", .dependentObjectsStillExist),
    DefinitionCase("CREATE POLICY p ON t TO a; DROP POLICY p ON t; DROP ROLE a"),
    DefinitionCase("CREATE POLICY p ON t TO a; DROP TABLE t; DROP ROLE a"),
    DefinitionCase("CREATE POLICY p ON t TO a; DROP OWNED BY a; DROP ROLE a"),
    DefinitionCase("CREATE POLICY p ON t TO a; ALTER POLICY p ON t TO b; DROP ROLE a"),
    DefinitionCase("CREATE POLICY p ON t TO a; ALTER POLICY p ON t TO b; DROP ROLE b", .dependentObjectsStillExist),
    DefinitionCase("ALTER TABLE t OWNER TO a; DROP ROLE a", .dependentObjectsStillExist),
    DefinitionCase("ALTER TABLE t OWNER TO a; REASSIGN OWNED BY a TO b; DROP ROLE a"),
    DefinitionCase("GRANT SELECT ON t TO a;ALTER TABLE t OWNER TO a; ALTER TABLE t OWNER TO b; DROP ROLE a"),
    DefinitionCase("CREATE SCHEMA mine AUTHORIZATION a; DROP ROLE a", .dependentObjectsStillExist),
    DefinitionCase(
      "DO $$ BEGIN IF current_date > '2000-01-01' THEN GRANT SELECT ON t TO a; END IF; END $$; DROP ROLE a"
    ),
    DefinitionCase("DROP ROLE pg_monitor", .dependentObjectsStillExist),
    DefinitionCase("CREATE ROLE d createdb nocreatedb", .syntaxError),
    DefinitionCase("CREATE ROLE d createdb login"),
    DefinitionCase("ALTER ROLE a createdb nocreatedb", .syntaxError),
    DefinitionCase("ALTER ROLE a RENAME TO pg_a", .reservedName),
    DefinitionCase("ALTER ROLE pg_monitor RENAME TO a1", .reservedName),
  ]
}
