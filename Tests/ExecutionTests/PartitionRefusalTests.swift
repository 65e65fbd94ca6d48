import Catalog
import Execution
import Syntax
import Testing

@Suite("Partitioned tables that PostgreSQL refuses")
struct PartitionRefusalTests {
  private static let database = TrialDatabase(
    """
    CREATE TABLE ranged (a integer, b text) PARTITION BY RANGE (a);
    CREATE TABLE ranged_low PARTITION OF ranged FOR VALUES FROM (0) TO (10);
    CREATE TABLE listed (a text, b integer) PARTITION BY LIST (a);
    CREATE TABLE listed_ab PARTITION OF listed FOR VALUES IN ('a', 'b');
    CREATE TABLE listed_rest PARTITION OF listed DEFAULT;
    CREATE TABLE hashed (a integer) PARTITION BY HASH (a);
    CREATE TABLE hashed_0 PARTITION OF hashed FOR VALUES WITH (MODULUS 4, REMAINDER 0);
    CREATE TABLE deep (a integer, b integer, c integer) PARTITION BY RANGE (a, b);
    CREATE TABLE deep_1 PARTITION OF deep FOR VALUES FROM (1, MINVALUE) TO (1, 10);
    CREATE TABLE dated (at timestamptz) PARTITION BY RANGE (at);
    CREATE TABLE dated_1 PARTITION OF dated FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
    CREATE TABLE plain (a integer, b text);
    CREATE TABLE wide (a integer, b text, c integer);
    CREATE TABLE other (a bigint, b text);
    CREATE TABLE target (id integer PRIMARY KEY);
    """
  )

  @Test("a definition is refused as PostgreSQL refuses it, and runs where it runs", arguments: cases)
  func refusal(of refused: DefinitionCase) {
    #expect(Self.database.refusal(of: refused.sql)?.state == refused.state)
  }

  // swift-format-ignore: LineLength
  private static let cases = [
    DefinitionCase("CREATE TABLE made PARTITION OF ranged FOR VALUES FROM (5) TO (15)", .invalidObjectDefinition),
    DefinitionCase("CREATE TABLE made PARTITION OF ranged FOR VALUES FROM (10) TO (20)"),
    DefinitionCase("CREATE TABLE made PARTITION OF ranged FOR VALUES FROM (20) TO (20)", .invalidObjectDefinition),
    DefinitionCase("CREATE TABLE made PARTITION OF ranged FOR VALUES FROM (MINVALUE) TO (0)"),
    DefinitionCase("CREATE TABLE made PARTITION OF ranged FOR VALUES FROM (MINVALUE) TO (1)", .invalidObjectDefinition),
    DefinitionCase("CREATE TABLE made PARTITION OF ranged FOR VALUES FROM (10, 1) TO (20, 1)", .invalidTableDefinition),
    DefinitionCase("CREATE TABLE made PARTITION OF ranged FOR VALUES FROM (NULL) TO (20)", .invalidObjectDefinition),
    DefinitionCase("CREATE TABLE made PARTITION OF ranged FOR VALUES IN (20)", .invalidTableDefinition),
    DefinitionCase("CREATE TABLE made PARTITION OF ranged FOR VALUES FROM (a) TO (20)", .featureNotSupported),
    DefinitionCase("CREATE TABLE made PARTITION OF ranged FOR VALUES FROM ((SELECT 1)) TO (20)", .featureNotSupported),
    DefinitionCase("CREATE TABLE made PARTITION OF ranged FOR VALUES FROM (count(1)) TO (20)", .groupingError),
    DefinitionCase(
      "CREATE TABLE made PARTITION OF ranged (nope NOT NULL) FOR VALUES FROM (10) TO (20)",
      .undefinedColumn
    ),
    DefinitionCase("CREATE TABLE made PARTITION OF ranged (a PRIMARY KEY) FOR VALUES FROM (10) TO (20)"),
    DefinitionCase("CREATE TABLE made PARTITION OF plain FOR VALUES FROM (10) TO (20)", .invalidObjectDefinition),
    DefinitionCase("CREATE TEMPORARY TABLE made PARTITION OF ranged FOR VALUES FROM (10) TO (20)", .wrongObjectType),
    DefinitionCase("CREATE TABLE made PARTITION OF listed FOR VALUES IN ('b')", .invalidObjectDefinition),
    DefinitionCase("CREATE TABLE made PARTITION OF listed FOR VALUES IN ('c', NULL)"),
    DefinitionCase("CREATE TABLE made PARTITION OF listed DEFAULT", .invalidObjectDefinition),
    DefinitionCase(
      "CREATE TABLE made PARTITION OF hashed FOR VALUES WITH (MODULUS 4, REMAINDER 0)",
      .invalidObjectDefinition
    ),
    DefinitionCase(
      "CREATE TABLE made PARTITION OF hashed FOR VALUES WITH (MODULUS 8, REMAINDER 4)",
      .invalidObjectDefinition
    ),
    DefinitionCase("CREATE TABLE made PARTITION OF hashed FOR VALUES WITH (MODULUS 8, REMAINDER 1)"),
    DefinitionCase(
      "CREATE TABLE made PARTITION OF hashed FOR VALUES WITH (MODULUS 6, REMAINDER 1)",
      .invalidObjectDefinition
    ),
    DefinitionCase(
      "CREATE TABLE made PARTITION OF hashed FOR VALUES WITH (MODULUS 4, REMAINDER 4)",
      .invalidTableDefinition
    ),
    DefinitionCase(
      "CREATE TABLE made PARTITION OF hashed FOR VALUES WITH (MODULUS 0, REMAINDER 0)",
      .invalidTableDefinition
    ),
    DefinitionCase("CREATE TABLE made PARTITION OF hashed DEFAULT", .invalidTableDefinition),
    DefinitionCase("CREATE TABLE made PARTITION OF deep FOR VALUES FROM (1, 5) TO (2, 0)", .invalidObjectDefinition),
    DefinitionCase("CREATE TABLE made PARTITION OF deep FOR VALUES FROM (1, 10) TO (2, 0)"),
    DefinitionCase("CREATE TABLE made PARTITION OF deep FOR VALUES FROM (MINVALUE, 1) TO (0, 0)", .datatypeMismatch),
    DefinitionCase(
      "CREATE TABLE made PARTITION OF dated FOR VALUES FROM ('2024-01-31') TO ('2024-03-01')",
      .invalidObjectDefinition
    ),
    DefinitionCase("CREATE TABLE made PARTITION OF dated FOR VALUES FROM ('2024-02-01 00:00:00') TO ('2024-03-01')"),
    DefinitionCase("CREATE TABLE made (a integer) PARTITION BY RANGE (b)", .undefinedColumn),
    DefinitionCase("CREATE TABLE made (a integer, b integer) PARTITION BY LIST (a, b)", .invalidObjectDefinition),
    DefinitionCase("CREATE TABLE made (a integer) PARTITION BY RANGE (ctid)", .invalidObjectDefinition),
    DefinitionCase("CREATE TABLE made (a integer) PARTITION BY RANGE ((1))", .invalidObjectDefinition),
    DefinitionCase("CREATE TABLE made (a integer) PARTITION BY RANGE ((a + random()))", .invalidObjectDefinition),
    DefinitionCase("CREATE TABLE made (a integer) PARTITION BY RANGE ((a + 1))"),
    DefinitionCase(
      "CREATE TABLE made (a timestamptz) PARTITION BY RANGE (date_trunc('day', a))",
      .invalidObjectDefinition
    ),
    DefinitionCase("CREATE TABLE made (a timestamp) PARTITION BY RANGE (date_trunc('day', a))"),
    DefinitionCase("CREATE TABLE made (a point) PARTITION BY RANGE (a)", .undefinedObject),
    DefinitionCase(
      "CREATE TABLE made (a integer, b integer GENERATED ALWAYS AS (a) STORED) PARTITION BY RANGE (b)",
      .invalidObjectDefinition
    ),
    DefinitionCase("CREATE TABLE made (a integer PRIMARY KEY, b integer) PARTITION BY RANGE (b)", .featureNotSupported),
    DefinitionCase("CREATE TABLE made (a integer, b integer, UNIQUE (a, b)) PARTITION BY RANGE (b)"),
    DefinitionCase(
      "CREATE TABLE made (a integer, CHECK (a > 0) NO INHERIT) PARTITION BY RANGE (a)",
      .invalidTableDefinition
    ),
    DefinitionCase("CREATE TABLE made (a integer) PARTITION BY RANGE (a) WITH (fillfactor = 50)", .wrongObjectType),
    DefinitionCase("CREATE TABLE made () INHERITS (ranged)", .wrongObjectType),
    DefinitionCase("CREATE TABLE made () INHERITS (ranged_low)", .wrongObjectType),
    DefinitionCase("ALTER TABLE ranged ATTACH PARTITION plain FOR VALUES FROM (10) TO (20)"),
    DefinitionCase("ALTER TABLE ranged ATTACH PARTITION plain FOR VALUES FROM (5) TO (20)", .invalidObjectDefinition),
    DefinitionCase("ALTER TABLE ranged ATTACH PARTITION wide FOR VALUES FROM (10) TO (20)", .datatypeMismatch),
    DefinitionCase("ALTER TABLE ranged ATTACH PARTITION other FOR VALUES FROM (10) TO (20)", .datatypeMismatch),
    DefinitionCase("ALTER TABLE ranged ATTACH PARTITION target FOR VALUES FROM (10) TO (20)", .datatypeMismatch),
    DefinitionCase("ALTER TABLE ranged ATTACH PARTITION ranged_low FOR VALUES FROM (10) TO (20)", .wrongObjectType),
    DefinitionCase("ALTER TABLE ranged ATTACH PARTITION nope FOR VALUES FROM (10) TO (20)", .undefinedTable),
    DefinitionCase("ALTER TABLE plain ATTACH PARTITION other FOR VALUES FROM (10) TO (20)", .invalidObjectDefinition),
    DefinitionCase("ALTER TABLE ranged ATTACH PARTITION ranged FOR VALUES FROM (10) TO (20)", .duplicateTable),
    DefinitionCase("ALTER TABLE ranged DETACH PARTITION plain", .undefinedTable),
    DefinitionCase("ALTER TABLE ranged DETACH PARTITION ranged_low"),
    DefinitionCase("ALTER TABLE ranged DROP COLUMN a", .invalidTableDefinition),
    DefinitionCase("ALTER TABLE ranged ALTER COLUMN a TYPE bigint", .invalidTableDefinition),
    DefinitionCase("ALTER TABLE ONLY ranged DROP COLUMN b", .invalidTableDefinition),
    DefinitionCase("ALTER TABLE ONLY ranged ADD COLUMN c integer", .invalidTableDefinition),
    DefinitionCase("ALTER TABLE ONLY ranged ALTER COLUMN b SET NOT NULL", .invalidTableDefinition),
    DefinitionCase("ALTER TABLE ranged_low ADD COLUMN c integer", .wrongObjectType),
    DefinitionCase("ALTER TABLE ranged_low DROP COLUMN b", .invalidTableDefinition),
    DefinitionCase("ALTER TABLE ranged_low INHERIT plain", .wrongObjectType),
    DefinitionCase("ALTER TABLE ranged INHERIT plain", .wrongObjectType),
    DefinitionCase("ALTER TABLE plain INHERIT ranged", .wrongObjectType),
    DefinitionCase("ALTER TABLE ranged ADD PRIMARY KEY (b)", .featureNotSupported),
    DefinitionCase("ALTER TABLE ranged ADD PRIMARY KEY (a)"),
    DefinitionCase("ALTER TABLE ONLY ranged ADD FOREIGN KEY (a) REFERENCES target", .wrongObjectType),
    DefinitionCase("ALTER TABLE ranged SET (fillfactor = 50)", .wrongObjectType),
    DefinitionCase("CREATE UNIQUE INDEX ON ranged (b)", .featureNotSupported),
    DefinitionCase("CREATE UNIQUE INDEX ON ranged (b, a)"),
  ]
}
