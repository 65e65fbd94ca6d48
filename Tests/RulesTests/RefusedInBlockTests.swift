import Catalog
import Execution
import Linting
import LiveServer
import PostgresParser
import Syntax
import Testing

@Suite(
  "What PostgreSQL refuses in a transaction block",
  .enabled(if: LiveServer.shared != nil, "\(LiveServer.absence)")
)
struct RefusedInBlockTests {
  static let history = """
    CREATE TABLE clips (id bigint PRIMARY KEY, user_id bigint);
    CREATE INDEX clips_user_id_idx ON clips (user_id);
    CREATE MATERIALIZED VIEW counts AS SELECT count(*) AS clips FROM clips;
    CREATE UNIQUE INDEX counts_idx ON counts (clips);
    CREATE TABLE views (at date) PARTITION BY RANGE (at);
    CREATE TABLE views_2026 PARTITION OF views FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
    CREATE INDEX views_at_idx ON views (at);
    CREATE TYPE mood AS ENUM ('fine');
    CREATE SUBSCRIPTION feed CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = 'feed');
    ALTER SUBSCRIPTION feed ENABLE;
    """

  @Test(
    "is what the list says",
    arguments: [
      "CREATE INDEX CONCURRENTLY other_idx ON clips (user_id)",
      "CREATE INDEX CONCURRENTLY IF NOT EXISTS clips_user_id_idx ON clips (user_id)",
      "CREATE INDEX other_idx ON clips (user_id)",
      "DROP INDEX CONCURRENTLY clips_user_id_idx",
      "DROP INDEX clips_user_id_idx",
      "REINDEX INDEX clips_user_id_idx",
      "REINDEX INDEX CONCURRENTLY clips_user_id_idx",
      "REINDEX TABLE clips",
      "REINDEX TABLE CONCURRENTLY clips",
      "REINDEX TABLE views",
      "REINDEX INDEX views_at_idx",
      "REINDEX SCHEMA public",
      "REINDEX (CONCURRENTLY) SCHEMA public",
      "REFRESH MATERIALIZED VIEW CONCURRENTLY counts",
      "ALTER TABLE views DETACH PARTITION views_2026",
      "ALTER TABLE views DETACH PARTITION views_2026 CONCURRENTLY",
      "VACUUM",
      "VACUUM FULL clips",
      "ANALYZE clips",
      "CLUSTER",
      "CLUSTER clips USING clips_pkey",
      "CLUSTER views USING views_at_idx",
      "CREATE DATABASE other",
      "DROP DATABASE IF EXISTS other",
      "ALTER DATABASE postgres SET TABLESPACE pg_default",
      "ALTER DATABASE postgres SET work_mem = '8MB'",
      "ALTER DATABASE postgres CONNECTION LIMIT 50",
      "CREATE TABLESPACE fast LOCATION '/nowhere'",
      "DROP TABLESPACE IF EXISTS fast",
      "ALTER SYSTEM SET work_mem = '8MB'",
      "ALTER SYSTEM RESET ALL",
      "CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p",
      "CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false)",
      "CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, create_slot = false)",
      "DROP SUBSCRIPTION feed",
      "ALTER SUBSCRIPTION feed DISABLE",
      "ALTER SUBSCRIPTION feed REFRESH PUBLICATION",
      "ALTER SUBSCRIPTION feed SET PUBLICATION q",
      "ALTER SUBSCRIPTION feed SET PUBLICATION q WITH (refresh = false)",
      "ALTER SUBSCRIPTION feed ADD PUBLICATION q",
      "ALTER SUBSCRIPTION feed DROP PUBLICATION p WITH (refresh = off)",
      "COMMIT PREPARED 'nothing'",
      "ROLLBACK PREPARED 'nothing'",
      "DISCARD ALL",
      "DISCARD PLANS",
      "ALTER TYPE mood ADD VALUE 'better'",
      "CHECKPOINT",
      "LOCK TABLE clips",
      "TRUNCATE clips",
    ]
  )
  func list(sql: String) throws {
    let database = try #require(Self.database)
    // The division undoes what is not refused.
    let errors = try database.run("\(sql); SELECT 1 / 0;").errors
    let statement = try #require(PostgresParser.parse(SourceText(path: "a.sql", text: sql)).statements.first)
    // 25001: active_sql_transaction.
    #expect(
      (statement.kind.refusedInBlock(in: Self.simulated) != nil) == errors.contains { $0.code == "25001" },
      "\(errors)"
    )
    // What tells by words alone must miss none.
    #expect(statement.kind.refusedInBlock(in: Self.simulated) == nil || sql.mayHoldCommandOutsideTransaction)
  }

  static let script = PostgresParser.parse(SourceText(path: "history.sql", text: history))

  static let simulated: Database = {
    var database = Database()
    for statement in script.statements { database.execute(statement.kind, version: 17) }
    return database
  }()

  /// Shared, as the server is: nothing stays of what a case does. `nil` where it cannot be made.
  static let database: LiveDatabase? = {
    guard let server = LiveServer.shared, let database = try? LiveDatabase(on: server) else { return nil }
    for statement in script.statements {
      guard let answer = try? database.run(script.source[statement.range]), answer.errors.isEmpty else { return nil }
    }
    return database
  }()
}
