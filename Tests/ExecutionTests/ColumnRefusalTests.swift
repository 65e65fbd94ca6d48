import Catalog
import Execution
import Syntax
import Testing

@Suite("Columns of a table that PostgreSQL refuses")
struct ColumnRefusalTests {
  private static let database = TrialDatabase(
    """
    CREATE TABLE users (id integer PRIMARY KEY, name text DEFAULT 'x', twice integer GENERATED ALWAYS AS (id * 2) STORED);
    CREATE TABLE counted (id integer GENERATED ALWAYS AS IDENTITY, plain integer, filled integer NOT NULL DEFAULT 1);
    CREATE TABLE serials (id serial, code varchar(5) DEFAULT '1');
    CREATE TYPE mood AS ENUM ('sad', 'glad');
    CREATE TABLE moods (now mood DEFAULT 'sad', note text DEFAULT 'sad');
    CREATE TABLE holders (held users);
    CREATE TABLE keyed (user_id integer REFERENCES users, other bigint);
    CREATE VIEW named AS SELECT name FROM users;
    """
  )

  @Test("a definition is refused as PostgreSQL refuses it, and runs where it runs", arguments: cases)
  func refusal(of refused: DefinitionCase) {
    #expect(Self.database.refusal(of: refused.sql)?.state == refused.state)
  }

  // swift-format-ignore: LineLength
  private static let cases = [
    DefinitionCase("ALTER TABLE users ADD COLUMN name text", .duplicateColumn),
    DefinitionCase("ALTER TABLE users ADD COLUMN IF NOT EXISTS name text"),
    DefinitionCase("ALTER TABLE users ADD COLUMN xmin integer", .duplicateColumn),
    DefinitionCase("ALTER TABLE users ADD COLUMN age integer DEFAULT 'x'::text", .datatypeMismatch),
    DefinitionCase("ALTER TABLE users ADD COLUMN isolated boolean DEFAULT 0", .datatypeMismatch),
    DefinitionCase("ALTER TABLE users ADD COLUMN born date DEFAULT now()", .featureNotSupported),
    DefinitionCase("ALTER TABLE users ADD COLUMN age integer DEFAULT (SELECT 1)", .featureNotSupported),
    DefinitionCase("ALTER TABLE users ADD COLUMN age integer DEFAULT id", .featureNotSupported),
    DefinitionCase("ALTER TABLE users ADD COLUMN age integer DEFAULT 1 DEFAULT 2", .syntaxError),
    DefinitionCase("ALTER TABLE users ADD COLUMN age integer COLLATE \"C\"", .datatypeMismatch),
    DefinitionCase("ALTER TABLE users ADD COLUMN anything anyelement", .invalidTableDefinition),
    DefinitionCase("ALTER TABLE users ADD COLUMN self users", .invalidTableDefinition),
    DefinitionCase(
      "ALTER TABLE users ADD COLUMN late integer GENERATED ALWAYS AS (twice + 1) STORED",
      .invalidObjectDefinition
    ),
    DefinitionCase("ALTER TABLE users ADD COLUMN late timestamptz DEFAULT now()", .featureNotSupported),
    DefinitionCase(
      "ALTER TABLE counted ADD COLUMN late double precision GENERATED ALWAYS AS (random()) STORED",
      .invalidObjectDefinition
    ),
    DefinitionCase("ALTER TABLE counted ADD COLUMN label text GENERATED ALWAYS AS (plain::text) STORED"),
    DefinitionCase("ALTER TABLE counted ADD COLUMN label text GENERATED ALWAYS AS (plain) STORED"),
    DefinitionCase("ALTER TABLE counted ADD COLUMN second text GENERATED ALWAYS AS IDENTITY", .invalidParameterValue),
    DefinitionCase("ALTER TABLE users DROP COLUMN nope", .undefinedColumn),
    DefinitionCase("ALTER TABLE users DROP COLUMN IF EXISTS nope"),
    DefinitionCase("ALTER TABLE users DROP COLUMN ctid", .featureNotSupported),
    DefinitionCase("ALTER TABLE users DROP COLUMN name", .dependentObjectsStillExist),
    DefinitionCase("ALTER TABLE users ALTER COLUMN twice SET DEFAULT 1", .syntaxError),
    DefinitionCase("ALTER TABLE users ALTER COLUMN name SET DEFAULT 5"),
    DefinitionCase("ALTER TABLE users ALTER COLUMN id DROP NOT NULL", .invalidTableDefinition),
    DefinitionCase("ALTER TABLE users ALTER COLUMN nope SET NOT NULL", .undefinedColumn),
    DefinitionCase("ALTER TABLE users ALTER COLUMN name DROP EXPRESSION", .objectNotInPrerequisiteState),
    DefinitionCase("ALTER TABLE users ALTER COLUMN name DROP EXPRESSION IF EXISTS"),
    DefinitionCase("ALTER TABLE counted ALTER COLUMN id SET DEFAULT 1", .syntaxError),
    DefinitionCase("ALTER TABLE counted ALTER COLUMN id DROP NOT NULL", .syntaxError),
    DefinitionCase(
      "ALTER TABLE counted ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY",
      .objectNotInPrerequisiteState
    ),
    DefinitionCase(
      "ALTER TABLE counted ALTER COLUMN plain ADD GENERATED ALWAYS AS IDENTITY",
      .objectNotInPrerequisiteState
    ),
    DefinitionCase(
      "ALTER TABLE counted ALTER COLUMN filled ADD GENERATED ALWAYS AS IDENTITY",
      .objectNotInPrerequisiteState
    ),
    DefinitionCase("ALTER TABLE counted ALTER COLUMN plain DROP IDENTITY", .objectNotInPrerequisiteState),
    DefinitionCase("ALTER TABLE counted ALTER COLUMN plain DROP IDENTITY IF EXISTS"),
    DefinitionCase("ALTER TABLE counted ALTER COLUMN plain SET STATISTICS -5", .invalidParameterValue),
    DefinitionCase("ALTER TABLE counted ALTER COLUMN plain SET STORAGE external", .featureNotSupported),
    DefinitionCase("ALTER TABLE moods ALTER COLUMN note SET STORAGE external"),
    DefinitionCase("ALTER TABLE counted ALTER COLUMN plain SET COMPRESSION pglz", .featureNotSupported),
    DefinitionCase("ALTER TABLE counted ALTER COLUMN plain TYPE text"),
    DefinitionCase("ALTER TABLE counted ALTER COLUMN id TYPE text", .invalidParameterValue),
    DefinitionCase("ALTER TABLE counted ALTER COLUMN id TYPE bigint"),
    DefinitionCase("ALTER TABLE serials ALTER COLUMN code TYPE integer", .datatypeMismatch),
    DefinitionCase("ALTER TABLE serials ALTER COLUMN code TYPE integer USING code::integer", .datatypeMismatch),
    DefinitionCase(
      "ALTER TABLE serials ALTER COLUMN code DROP DEFAULT, ALTER COLUMN code TYPE integer USING code::integer"
    ),
    DefinitionCase("ALTER TABLE serials ALTER COLUMN id TYPE uuid USING gen_random_uuid()", .datatypeMismatch),
    DefinitionCase("ALTER TABLE serials ALTER COLUMN id TYPE boolean USING id::text", .datatypeMismatch),
    DefinitionCase("ALTER TABLE serials ALTER COLUMN id TYPE bigint USING nope", .undefinedColumn),
    DefinitionCase("ALTER TABLE serials ALTER COLUMN code TYPE text USING (SELECT 'x')", .featureNotSupported),
    DefinitionCase("ALTER TABLE serials ALTER COLUMN id TYPE text USING id || 'x'"),
    DefinitionCase("ALTER TABLE moods ALTER COLUMN note TYPE mood USING note::mood", .datatypeMismatch),
    DefinitionCase("ALTER TABLE moods ALTER COLUMN now TYPE text"),
    DefinitionCase("ALTER TABLE users ALTER COLUMN name TYPE varchar(10)", .featureNotSupported),
    DefinitionCase("ALTER TABLE users ALTER COLUMN id TYPE bigint", .featureNotSupported),
    DefinitionCase("ALTER TABLE keyed ALTER COLUMN user_id TYPE bigint"),
    DefinitionCase("ALTER TABLE keyed ALTER COLUMN user_id TYPE text", .datatypeMismatch),
    DefinitionCase("ALTER TABLE keyed ALTER COLUMN other TYPE integer"),
  ]
}
