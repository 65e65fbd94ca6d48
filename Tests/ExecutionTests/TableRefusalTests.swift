import Catalog
import Execution
import Syntax
import Testing

@Suite("Tables and their parents that PostgreSQL refuses")
struct TableRefusalTests {
  private static let database = TrialDatabase(
    """
    CREATE TABLE users (id integer, name text);
    CREATE TABLE below (own integer) INHERITS (users);
    CREATE TABLE named (name varchar(5));
    CREATE TABLE doubled (id integer, twice integer GENERATED ALWAYS AS (id * 2) STORED);
    CREATE TABLE ones (n integer DEFAULT 1);
    CREATE TABLE twos (n integer DEFAULT 2);
    CREATE TYPE pair AS (a integer, b text);
    CREATE TABLE typed OF pair;
    CREATE VIEW seen AS SELECT 1 AS id;
    CREATE INDEX users_ids ON users (id);
    CREATE SEQUENCE numbers;
    CREATE TEMPORARY TABLE passing (id integer);
    """
  )

  @Test("a definition is refused as PostgreSQL refuses it, and runs where it runs", arguments: cases)
  func refusal(of refused: DefinitionCase) {
    #expect(Self.database.refusal(of: refused.sql)?.state == refused.state)
  }

  // swift-format-ignore: LineLength
  private static let cases = [
    DefinitionCase("CREATE TABLE users (id integer)", .duplicateTable),
    DefinitionCase("CREATE TABLE IF NOT EXISTS users (id integer)"),
    DefinitionCase("CREATE TABLE pair (id integer)", .duplicateTable),
    DefinitionCase("CREATE TABLE made (id integer, id text)", .duplicateColumn),
    DefinitionCase("CREATE TABLE made (tableoid integer)", .duplicateColumn),
    DefinitionCase("CREATE TABLE made (id record)", .invalidTableDefinition),
    DefinitionCase("CREATE TABLE made (id SETOF integer)", .invalidTableDefinition),
    DefinitionCase("CREATE TABLE made (id integer NULL NOT NULL)", .syntaxError),
    DefinitionCase("CREATE TABLE made (id serial DEFAULT 1)", .syntaxError),
    DefinitionCase("CREATE TABLE made (id integer COMPRESSION pglz)", .featureNotSupported),
    DefinitionCase("CREATE TABLE made (id integer) WITH (nope = 1)", .invalidParameterValue),
    DefinitionCase("CREATE TABLE made (id integer) WITH (oids)", .featureNotSupported),
    DefinitionCase("CREATE TABLE made (id integer) WITH (fillfactor = 50, toast.autovacuum_enabled = false)"),
    DefinitionCase("CREATE TABLE made (id integer) ON COMMIT DROP", .invalidTableDefinition),
    DefinitionCase("CREATE TEMPORARY TABLE public.made (id integer)", .invalidTableDefinition),
    DefinitionCase("CREATE TABLE made (LIKE users, id integer)", .duplicateColumn),
    DefinitionCase("CREATE TABLE made (LIKE numbers)", .wrongObjectType),
    DefinitionCase("CREATE TABLE made (LIKE seen)"),
    DefinitionCase("CREATE TABLE made () INHERITS (users, users)", .duplicateTable),
    DefinitionCase("CREATE TABLE made () INHERITS (users, named)", .datatypeMismatch),
    DefinitionCase("CREATE TABLE made () INHERITS (seen)", .wrongObjectType),
    DefinitionCase("CREATE TABLE made () INHERITS (passing)", .wrongObjectType),
    DefinitionCase("CREATE TABLE made (id text) INHERITS (users)", .datatypeMismatch),
    DefinitionCase("CREATE TABLE made (name text COLLATE \"C\") INHERITS (users)", .collationMismatch),
    DefinitionCase("CREATE TABLE made () INHERITS (ones, twos)", .invalidColumnDefinition),
    DefinitionCase("CREATE TABLE made (n integer DEFAULT 3) INHERITS (ones, twos)"),
    DefinitionCase("CREATE TABLE made (twice integer DEFAULT 3) INHERITS (doubled)", .invalidColumnDefinition),
    DefinitionCase(
      "CREATE TABLE made (id integer GENERATED ALWAYS AS (1) STORED) INHERITS (users)",
      .invalidColumnDefinition
    ),
    DefinitionCase("CREATE TABLE made OF pair (c WITH OPTIONS NOT NULL)", .undefinedColumn),
    DefinitionCase("CREATE TABLE made OF pair (a WITH OPTIONS NOT NULL)"),
    DefinitionCase("CREATE TABLE made OF users", .wrongObjectType),
    DefinitionCase("CREATE TABLE made OF integer", .undefinedObject),
    DefinitionCase("ALTER TABLE below DROP COLUMN id", .invalidTableDefinition),
    DefinitionCase("ALTER TABLE below ALTER COLUMN id TYPE bigint", .invalidTableDefinition),
    DefinitionCase("ALTER TABLE ONLY users ALTER COLUMN id TYPE bigint", .invalidTableDefinition),
    DefinitionCase("ALTER TABLE ONLY users ADD COLUMN more integer", .invalidTableDefinition),
    DefinitionCase("ALTER TABLE ONLY users ADD CHECK (id > 0)", .invalidTableDefinition),
    DefinitionCase("ALTER TABLE users ADD COLUMN own text", .datatypeMismatch),
    DefinitionCase("ALTER TABLE users ADD COLUMN own integer"),
    DefinitionCase("ALTER TABLE users INHERIT below", .duplicateTable),
    DefinitionCase("ALTER TABLE below INHERIT users", .duplicateTable),
    DefinitionCase("ALTER TABLE below NO INHERIT named", .undefinedTable),
    DefinitionCase("ALTER TABLE named INHERIT users", .datatypeMismatch),
    DefinitionCase("ALTER TABLE doubled INHERIT ones", .datatypeMismatch),
    DefinitionCase("ALTER TABLE typed ADD COLUMN c integer", .wrongObjectType),
    DefinitionCase("ALTER TABLE typed DROP COLUMN a", .wrongObjectType),
    DefinitionCase("ALTER TABLE typed ALTER COLUMN a TYPE text", .wrongObjectType),
    DefinitionCase("ALTER TABLE typed INHERIT users", .wrongObjectType),
    DefinitionCase("ALTER TABLE users OF pair", .datatypeMismatch),
    DefinitionCase("ALTER TABLE users NOT OF", .wrongObjectType),
    DefinitionCase("ALTER TABLE typed NOT OF"),
    DefinitionCase("ALTER TABLE seen ADD COLUMN more integer", .wrongObjectType),
    DefinitionCase("ALTER TABLE seen ALTER COLUMN id SET NOT NULL", .wrongObjectType),
    DefinitionCase("ALTER TABLE users_ids ADD COLUMN more integer", .wrongObjectType),
    DefinitionCase("ALTER INDEX users SET (fillfactor = 50)", .wrongObjectType),
    DefinitionCase("ALTER VIEW users ALTER COLUMN id SET DEFAULT 1", .wrongObjectType),
    DefinitionCase("ALTER FOREIGN TABLE users ADD COLUMN more integer", .wrongObjectType),
    DefinitionCase("ALTER TABLE users CLUSTER ON nope", .undefinedObject),
    DefinitionCase("ALTER TABLE users CLUSTER ON users_ids"),
    DefinitionCase("ALTER TABLE users REPLICA IDENTITY USING INDEX users_ids", .wrongObjectType),
    DefinitionCase("ALTER TABLE users ENABLE TRIGGER nope", .undefinedObject),
    DefinitionCase("ALTER TABLE users DISABLE RULE nope", .undefinedObject),
    DefinitionCase("ALTER TABLE passing SET LOGGED", .invalidTableDefinition),
    DefinitionCase("ALTER TABLE nope ADD COLUMN id integer", .undefinedTable),
    DefinitionCase("ALTER TABLE IF EXISTS nope ADD COLUMN id integer"),
    DefinitionCase("ALTER INDEX users_ids ALTER COLUMN 1 SET STATISTICS 100", .featureNotSupported),
    DefinitionCase("ALTER INDEX users_ids ALTER COLUMN 2 SET STATISTICS 100", .undefinedColumn),
  ]
}
