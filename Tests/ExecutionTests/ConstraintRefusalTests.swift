import Catalog
import Execution
import Syntax
import Testing

@Suite("Constraints that PostgreSQL refuses")
struct ConstraintRefusalTests {
  private static let database = TrialDatabase(
    """
    CREATE TABLE users (id integer PRIMARY KEY, code text UNIQUE, a integer, b integer, UNIQUE (a, b));
    CREATE TABLE keyless (id integer, code text);
    CREATE TABLE late (id integer PRIMARY KEY DEFERRABLE);
    CREATE TABLE orders (id integer, user_id integer, ref text, place point, CONSTRAINT positive CHECK (id > 0));
    CREATE UNIQUE INDEX orders_ids ON orders (id);
    CREATE UNIQUE INDEX orders_some ON orders (user_id) WHERE id > 1;
    CREATE INDEX orders_refs ON orders (ref);
    CREATE UNIQUE INDEX orders_back ON orders (user_id DESC);
    CREATE UNLOGGED TABLE fast (id integer PRIMARY KEY);
    CREATE VIEW seen AS SELECT 1 AS id;
    """
  )

  @Test("a definition is refused as PostgreSQL refuses it, and runs where it runs", arguments: cases)
  func refusal(of refused: DefinitionCase) {
    #expect(Self.database.refusal(of: refused.sql)?.state == refused.state)
  }

  // swift-format-ignore: LineLength
  private static let cases = [
    DefinitionCase("ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users"),
    DefinitionCase("ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (code)", .datatypeMismatch),
    DefinitionCase("ALTER TABLE orders ADD FOREIGN KEY (ref) REFERENCES users (code)"),
    DefinitionCase("ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (a)", .invalidForeignKey),
    DefinitionCase("ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (nope)", .undefinedColumn),
    DefinitionCase("ALTER TABLE orders ADD FOREIGN KEY (nope) REFERENCES users", .undefinedColumn),
    DefinitionCase("ALTER TABLE orders ADD FOREIGN KEY (id, user_id) REFERENCES users (b, a)"),
    DefinitionCase("ALTER TABLE orders ADD FOREIGN KEY (id, user_id) REFERENCES users", .invalidForeignKey),
    DefinitionCase("ALTER TABLE orders ADD FOREIGN KEY (id, user_id) REFERENCES users (a, a)", .invalidForeignKey),
    DefinitionCase("ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES keyless", .undefinedObject),
    DefinitionCase("ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES late", .objectNotInPrerequisiteState),
    DefinitionCase("ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES late (id)", .objectNotInPrerequisiteState),
    DefinitionCase("ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES fast", .invalidTableDefinition),
    DefinitionCase("ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES seen", .wrongObjectType),
    DefinitionCase(
      "ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users ON DELETE SET NULL (id)",
      .invalidColumnReference
    ),
    DefinitionCase("ALTER TABLE orders ADD CONSTRAINT positive CHECK (user_id > 0)", .duplicateObject),
    DefinitionCase("ALTER TABLE orders ADD CONSTRAINT positive UNIQUE (user_id)", .duplicateObject),
    DefinitionCase("ALTER TABLE orders ADD CONSTRAINT orders_refs UNIQUE (user_id)", .duplicateTable),
    DefinitionCase("ALTER TABLE orders ADD CHECK (nope > 0)", .undefinedColumn),
    DefinitionCase("ALTER TABLE orders ADD CHECK (id > (SELECT 1))", .featureNotSupported),
    DefinitionCase("ALTER TABLE orders ADD CHECK (count(id) > 0)", .groupingError),
    DefinitionCase("ALTER TABLE orders ADD CHECK (row_number() OVER () > 0)", .windowingError),
    DefinitionCase("ALTER TABLE orders ADD CHECK (ctid IS NOT NULL)", .invalidColumnReference),
    DefinitionCase("ALTER TABLE orders ADD CHECK (tableoid > 0)"),
    DefinitionCase("ALTER TABLE orders ADD CHECK (other.id > 0)", .undefinedTable),
    DefinitionCase("ALTER TABLE orders ADD CHECK (orders.id > 0)"),
    DefinitionCase("ALTER TABLE orders ADD UNIQUE (nope)", .undefinedColumn),
    DefinitionCase("ALTER TABLE orders ADD UNIQUE (id, id)", .duplicateColumn),
    DefinitionCase("ALTER TABLE orders ADD UNIQUE (place)", .undefinedObject),
    DefinitionCase("ALTER TABLE orders ADD PRIMARY KEY (id), ADD PRIMARY KEY (user_id)", .invalidTableDefinition),
    DefinitionCase("ALTER TABLE users ADD PRIMARY KEY (a)", .invalidTableDefinition),
    DefinitionCase("ALTER TABLE orders ADD PRIMARY KEY USING INDEX orders_ids"),
    DefinitionCase("ALTER TABLE orders ADD PRIMARY KEY USING INDEX orders_some", .wrongObjectType),
    DefinitionCase("ALTER TABLE orders ADD PRIMARY KEY USING INDEX orders_refs", .wrongObjectType),
    DefinitionCase("ALTER TABLE orders ADD PRIMARY KEY USING INDEX orders_back", .wrongObjectType),
    DefinitionCase("ALTER TABLE orders ADD PRIMARY KEY USING INDEX nope", .undefinedObject),
    DefinitionCase("ALTER TABLE keyless ADD PRIMARY KEY USING INDEX orders_ids", .objectNotInPrerequisiteState),
    DefinitionCase("ALTER TABLE users ADD UNIQUE USING INDEX users_pkey", .objectNotInPrerequisiteState),
    DefinitionCase("ALTER TABLE orders DROP CONSTRAINT nope", .undefinedObject),
    DefinitionCase("ALTER TABLE orders DROP CONSTRAINT IF EXISTS nope"),
    DefinitionCase("ALTER TABLE orders VALIDATE CONSTRAINT nope", .undefinedObject),
    DefinitionCase("ALTER TABLE users VALIDATE CONSTRAINT users_pkey", .wrongObjectType),
    DefinitionCase("ALTER TABLE users ALTER CONSTRAINT users_pkey DEFERRABLE", .wrongObjectType),
    DefinitionCase("CREATE TABLE made (id integer PRIMARY KEY, other integer PRIMARY KEY)", .invalidTableDefinition),
    DefinitionCase("CREATE TABLE made (id integer, PRIMARY KEY (nope))", .undefinedColumn),
    DefinitionCase("CREATE TABLE made (id integer, CONSTRAINT made UNIQUE (id))", .duplicateTable),
    DefinitionCase(
      "CREATE TABLE made (id integer, CONSTRAINT c CHECK (id > 0), CONSTRAINT c CHECK (id > 1))",
      .duplicateObject
    ),
    DefinitionCase("CREATE TABLE made (id integer, CONSTRAINT c UNIQUE (id), CONSTRAINT c UNIQUE (id))"),
    DefinitionCase(
      "CREATE TABLE made (id integer REFERENCES users, ref integer REFERENCES users (code))",
      .datatypeMismatch
    ),
    DefinitionCase("CREATE TABLE made (id integer PRIMARY KEY, parent integer REFERENCES made)"),
    DefinitionCase("CREATE TABLE made (id integer PRIMARY KEY, parent text REFERENCES made (id))", .datatypeMismatch),
    DefinitionCase("CREATE TABLE made (big bigint REFERENCES users)"),
    DefinitionCase("CREATE TABLE made (exact numeric REFERENCES users)", .datatypeMismatch),
  ]
}
