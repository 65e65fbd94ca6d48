import Catalog
import Execution
import Syntax
import Testing

@Suite("What PostgreSQL refuses of publications")
struct PublicationRefusalTests {
  private static let database = TrialDatabase(
    """
    CREATE TABLE plain (a integer, b integer);
    CREATE TABLE k (id integer PRIMARY KEY, b integer);
    CREATE TABLE pt (a integer) PARTITION BY LIST (a);
    CREATE TABLE pt1 PARTITION OF pt FOR VALUES IN (1);
    CREATE SCHEMA s;
    CREATE PUBLICATION p1 FOR TABLE k;
    CREATE PUBLICATION pc FOR TABLE k (id);
    """
  )

  @Test("a publication, and changes of what it sends, are refused as PostgreSQL refuses them", arguments: cases)
  func refusal(_ refused: DefinitionCase) {
    #expect(Self.database.refusal(of: refused.sql)?.state == refused.state)
  }

  // swift-format-ignore: LineLength
  private static let cases = [
    DefinitionCase("CREATE PUBLICATION p3 FOR TABLE plain; UPDATE plain SET a = 1", .objectNotInPrerequisiteState),
    DefinitionCase(
      "CREATE PUBLICATION p3 FOR TABLE plain; DELETE FROM plain WHERE a = 1",
      .objectNotInPrerequisiteState
    ),
    DefinitionCase("CREATE PUBLICATION p3 FOR TABLE plain WITH (publish = 'insert'); DELETE FROM plain WHERE a = 1"),
    DefinitionCase("CREATE PUBLICATION p3 FOR TABLE plain; DROP PUBLICATION p3; DELETE FROM plain WHERE a = 1"),
    DefinitionCase(
      "CREATE PUBLICATION p3 FOR ALL TABLES; DELETE FROM plain WHERE a = 1",
      .objectNotInPrerequisiteState
    ),
    DefinitionCase(
      "CREATE PUBLICATION p3 FOR TABLES IN SCHEMA public; DELETE FROM plain WHERE a = 1",
      .objectNotInPrerequisiteState
    ),
    DefinitionCase("CREATE PUBLICATION p3 FOR TABLES IN SCHEMA s; DELETE FROM plain WHERE a = 1"),
    DefinitionCase("CREATE PUBLICATION p3 FOR TABLE plain; ALTER PUBLICATION p3 SET TABLE k; DELETE FROM plain"),
    DefinitionCase(
      "CREATE PUBLICATION p3 FOR TABLE plain; ALTER TABLE plain RENAME TO plain2; DELETE FROM plain2",
      .objectNotInPrerequisiteState
    ),
    DefinitionCase(
      "CREATE PUBLICATION p3 FOR TABLE plain; ALTER TABLE plain RENAME TO plain2; ALTER PUBLICATION p3 DROP TABLE plain2"
    ),
    DefinitionCase(
      "CREATE PUBLICATION p3 FOR TABLE plain; DROP TABLE plain; CREATE TABLE plain (a int); ALTER PUBLICATION p3 ADD TABLE plain"
    ),
    DefinitionCase("CREATE PUBLICATION p3 FOR TABLE plain; ALTER TABLE plain REPLICA IDENTITY FULL; DELETE FROM plain"),
    DefinitionCase("CREATE PUBLICATION p3 FOR TABLE pt; DELETE FROM pt", .objectNotInPrerequisiteState),
    DefinitionCase("CREATE PUBLICATION p3 FOR TABLE pt; DELETE FROM pt WHERE a = 2"),
    DefinitionCase("CREATE PUBLICATION p3 FOR TABLE pt; DELETE FROM pt1 WHERE a = 2", .objectNotInPrerequisiteState),
    DefinitionCase(
      "CREATE PUBLICATION p3 FOR TABLE plain WHERE (b > 1) WITH (publish='insert', publish='update')",
      .syntaxError
    ),
    DefinitionCase("CREATE PUBLICATION p3 FOR TABLE plain (a,a)", .duplicateObject),
    DefinitionCase("CREATE PUBLICATION p3 FOR TABLE plain (zz)", .undefinedColumn),
    DefinitionCase("CREATE PUBLICATION p3 FOR TABLE plain (ctid)", .invalidColumnReference),
    DefinitionCase("CREATE PUBLICATION p3 FOR TABLE plain WHERE (zz>1)", .undefinedColumn),
    DefinitionCase("CREATE PUBLICATION p3 FOR TABLE plain WHERE (b)", .datatypeMismatch),
    DefinitionCase("CREATE PUBLICATION p3 FOR TABLE plain, TABLES IN SCHEMA pg_catalog", .invalidParameterValue),
    DefinitionCase("CREATE PUBLICATION p3 FOR TABLE plain (a), TABLES IN SCHEMA public", .invalidParameterValue),
    DefinitionCase("CREATE PUBLICATION p3 FOR TABLE plain (a), plain (b)", .duplicateObject),
    DefinitionCase("CREATE PUBLICATION p3 FOR TABLE plain (a), plain", .duplicateObject),
    DefinitionCase("CREATE PUBLICATION p3 FOR TABLE plain, plain"),
    DefinitionCase("CREATE PUBLICATION p3 WITH (foo)", .syntaxError),
    DefinitionCase("CREATE PUBLICATION p3 WITH (publish='frog')", .syntaxError),
    DefinitionCase("CREATE PUBLICATION p3 WITH (publish='insert, update')"),
    DefinitionCase("CREATE PUBLICATION p3 WITH (publish='')"),
    DefinitionCase(
      "CREATE PUBLICATION p3 FOR ALL TABLES; ALTER PUBLICATION p3 ADD TABLE plain",
      .objectNotInPrerequisiteState
    ),
    DefinitionCase("CREATE PUBLICATION p3 FOR ALL TABLES; ALTER PUBLICATION p3 SET (publish = 'insert')"),
    DefinitionCase("ALTER PUBLICATION p1 DROP TABLE k (b)", .syntaxError),
    DefinitionCase("ALTER PUBLICATION p1 DROP TABLE k WHERE (b>1)", .syntaxError),
    DefinitionCase("ALTER PUBLICATION p1 DROP TABLES IN SCHEMA public", .undefinedObject),
    DefinitionCase("ALTER PUBLICATION pc ADD TABLES IN SCHEMA public", .invalidParameterValue),
    DefinitionCase(
      "CREATE PUBLICATION p5 FOR TABLES IN SCHEMA public; ALTER PUBLICATION p5 ADD TABLES IN SCHEMA public",
      .duplicateObject
    ),
    DefinitionCase(
      "CREATE PUBLICATION p5 FOR TABLES IN SCHEMA public; ALTER PUBLICATION p5 ADD TABLE k (id)",
      .invalidParameterValue
    ),
    DefinitionCase("CREATE PUBLICATION p6 FOR TABLE pt (a)", .invalidParameterValue),
    DefinitionCase("CREATE PUBLICATION p6 FOR TABLE pt (a) WITH (publish_via_partition_root)"),
    DefinitionCase("CREATE PUBLICATION p6 FOR TABLE pt WHERE (a>1)", .invalidParameterValue),
  ]
}
