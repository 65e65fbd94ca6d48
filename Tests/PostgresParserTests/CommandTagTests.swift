import LiveServer
import PostgresParser
import Syntax
import Testing

/// A statement and the tag that PostgreSQL answers it with.
struct TaggedStatement: Sendable {
  let sql: String
  let tag: String

  init(_ sql: String, _ tag: String) {
    self.sql = sql
    self.tag = tag
  }
}

@Suite("A statement's command tag")
struct CommandTagTests {
  static let history = """
    CREATE TABLE clips (id bigint PRIMARY KEY, title text CONSTRAINT title_set CHECK (title <> ''));
    CREATE INDEX clips_title_idx ON clips (title);
    CREATE VIEW titles AS SELECT id, title FROM clips;
    CREATE MATERIALIZED VIEW counts AS SELECT count(*) AS clips FROM clips;
    CREATE SEQUENCE numbers;
    CREATE TYPE mood AS ENUM ('fine');
    CREATE TYPE pair AS (a int, b int);
    CREATE DOMAIN positive AS int CONSTRAINT above_zero CHECK (VALUE > 0);
    CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';
    CREATE PROCEDURE nothing() LANGUAGE sql AS '';
    CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
    CREATE FUNCTION changed() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
    CREATE TRIGGER note AFTER INSERT ON clips FOR EACH ROW EXECUTE FUNCTION noted();
    CREATE RULE quiet AS ON DELETE TO titles DO INSTEAD NOTHING;
    CREATE POLICY everyone ON clips;
    CREATE STATISTICS pairs ON id, title FROM clips;
    CREATE AGGREGATE total (int) (SFUNC = int4pl, STYPE = int);
    CREATE FOREIGN DATA WRAPPER wrapper;
    CREATE SERVER elsewhere FOREIGN DATA WRAPPER wrapper;
    CREATE FOREIGN TABLE away (id int) SERVER elsewhere;
    CREATE SCHEMA other;
    CREATE PUBLICATION news FOR TABLE clips;
    CREATE TEXT SEARCH CONFIGURATION words (COPY = simple);
    CREATE COLLATION letters (LOCALE = 'C');
    """

  /// Not held against the server: a client sees no tag of what answers with rows, `SELECT` for what fills a table from a
  /// query, and some cannot be tried.
  static let silent = [
    TaggedStatement("CREATE TABLE a AS VALUES (1)", "CREATE TABLE AS"),
    TaggedStatement("SELECT 1 AS one INTO a", "SELECT INTO"),
    TaggedStatement("CREATE MATERIALIZED VIEW a AS SELECT 1", "CREATE MATERIALIZED VIEW"),
    TaggedStatement("REASSIGN OWNED BY someone TO CURRENT_USER", "REASSIGN OWNED"),
    TaggedStatement("DROP OWNED BY someone", "DROP OWNED"),
    TaggedStatement("SELECT 1", "SELECT"),
    TaggedStatement("VALUES (1)", "SELECT"),
    TaggedStatement("TABLE clips", "SELECT"),
    TaggedStatement("EXPLAIN SELECT 1", "EXPLAIN"),
    TaggedStatement("SHOW work_mem", "SHOW"),
    TaggedStatement("FETCH NEXT FROM cursor", "FETCH"),
    TaggedStatement("CREATE DATABASE somewhere", "CREATE DATABASE"),
    TaggedStatement("DROP DATABASE somewhere", "DROP DATABASE"),
    TaggedStatement("CREATE TABLESPACE fast LOCATION '/fast'", "CREATE TABLESPACE"),
    TaggedStatement("PREPARE TRANSACTION 'x'", "PREPARE TRANSACTION"),
    TaggedStatement("COMMIT PREPARED 'x'", "COMMIT PREPARED"),
    TaggedStatement("LOAD 'library'", "LOAD"),
    TaggedStatement("MERGE INTO clips USING titles ON false WHEN MATCHED THEN DELETE", "MERGE"),
  ]

  static let visible = [
    // Relations
    TaggedStatement("CREATE TABLE a (id int)", "CREATE TABLE"),
    TaggedStatement("CREATE TABLE a AS SELECT 1 WITH NO DATA", "CREATE TABLE AS"),
    TaggedStatement("CREATE MATERIALIZED VIEW a AS SELECT 1 WITH NO DATA", "CREATE MATERIALIZED VIEW"),
    TaggedStatement("CREATE FOREIGN TABLE a (id int) SERVER elsewhere", "CREATE FOREIGN TABLE"),
    TaggedStatement("CREATE UNIQUE INDEX a ON clips (title)", "CREATE INDEX"),
    TaggedStatement("CREATE OR REPLACE VIEW a AS SELECT 1", "CREATE VIEW"),
    TaggedStatement("CREATE SEQUENCE a", "CREATE SEQUENCE"),
    TaggedStatement("ALTER TABLE clips ADD COLUMN a int", "ALTER TABLE"),
    TaggedStatement("ALTER INDEX clips_title_idx SET (fillfactor = 90)", "ALTER INDEX"),
    TaggedStatement("ALTER VIEW titles ALTER COLUMN title SET DEFAULT 'x'", "ALTER VIEW"),
    TaggedStatement("ALTER MATERIALIZED VIEW counts SET (fillfactor = 90)", "ALTER MATERIALIZED VIEW"),
    TaggedStatement("ALTER FOREIGN TABLE away ADD COLUMN b int", "ALTER FOREIGN TABLE"),
    TaggedStatement("ALTER SEQUENCE numbers RESTART", "ALTER SEQUENCE"),
    TaggedStatement("ALTER SEQUENCE numbers SET LOGGED", "ALTER SEQUENCE"),
    TaggedStatement("ALTER TYPE pair ADD ATTRIBUTE c int", "ALTER TYPE"),
    TaggedStatement("ALTER TABLE ALL IN TABLESPACE pg_default SET TABLESPACE pg_default", "ALTER TABLE"),
    TaggedStatement("ALTER INDEX ALL IN TABLESPACE pg_default SET TABLESPACE pg_default", "ALTER INDEX"),
    TaggedStatement("REFRESH MATERIALIZED VIEW counts", "REFRESH MATERIALIZED VIEW"),
    // RENAME, SET SCHEMA, OWNER TO
    TaggedStatement("ALTER TABLE clips RENAME TO a", "ALTER TABLE"),
    TaggedStatement("ALTER TABLE clips RENAME COLUMN title TO a", "ALTER TABLE"),
    TaggedStatement("ALTER TABLE clips RENAME CONSTRAINT title_set TO a", "ALTER TABLE"),
    TaggedStatement("ALTER VIEW titles RENAME COLUMN title TO a", "ALTER VIEW"),
    TaggedStatement("ALTER MATERIALIZED VIEW counts RENAME COLUMN clips TO a", "ALTER MATERIALIZED VIEW"),
    TaggedStatement("ALTER FOREIGN TABLE away RENAME COLUMN id TO a", "ALTER FOREIGN TABLE"),
    TaggedStatement("ALTER INDEX clips_title_idx RENAME TO a", "ALTER INDEX"),
    TaggedStatement("ALTER SEQUENCE numbers RENAME TO a", "ALTER SEQUENCE"),
    TaggedStatement("ALTER TRIGGER note ON clips RENAME TO a", "ALTER TRIGGER"),
    TaggedStatement("ALTER RULE quiet ON titles RENAME TO a", "ALTER RULE"),
    TaggedStatement("ALTER POLICY everyone ON clips RENAME TO a", "ALTER POLICY"),
    TaggedStatement("ALTER TYPE pair RENAME ATTRIBUTE a TO c", "ALTER TYPE"),
    TaggedStatement("ALTER TYPE mood RENAME VALUE 'fine' TO 'good'", "ALTER TYPE"),
    TaggedStatement("ALTER DOMAIN positive RENAME CONSTRAINT above_zero TO a", "ALTER DOMAIN"),
    TaggedStatement("ALTER FUNCTION one() RENAME TO a", "ALTER FUNCTION"),
    TaggedStatement("ALTER PROCEDURE nothing() RENAME TO a", "ALTER PROCEDURE"),
    TaggedStatement("ALTER ROUTINE one() RENAME TO a", "ALTER ROUTINE"),
    TaggedStatement("ALTER AGGREGATE total (int) RENAME TO a", "ALTER AGGREGATE"),
    TaggedStatement("ALTER SCHEMA other RENAME TO a", "ALTER SCHEMA"),
    TaggedStatement("ALTER SERVER elsewhere RENAME TO a", "ALTER SERVER"),
    TaggedStatement("ALTER FOREIGN DATA WRAPPER wrapper RENAME TO a", "ALTER FOREIGN DATA WRAPPER"),
    TaggedStatement("ALTER TEXT SEARCH CONFIGURATION words RENAME TO a", "ALTER TEXT SEARCH CONFIGURATION"),
    TaggedStatement("ALTER TABLE clips SET SCHEMA other", "ALTER TABLE"),
    TaggedStatement("ALTER FUNCTION one() SET SCHEMA other", "ALTER FUNCTION"),
    TaggedStatement("ALTER TYPE mood SET SCHEMA other", "ALTER TYPE"),
    TaggedStatement("ALTER TABLE clips OWNER TO CURRENT_USER", "ALTER TABLE"),
    TaggedStatement("ALTER VIEW titles OWNER TO CURRENT_USER", "ALTER VIEW"),
    TaggedStatement("ALTER TYPE mood OWNER TO CURRENT_USER", "ALTER TYPE"),
    TaggedStatement("ALTER SCHEMA other OWNER TO CURRENT_USER", "ALTER SCHEMA"),
    // Types and code
    TaggedStatement("CREATE TYPE a AS ENUM ('x')", "CREATE TYPE"),
    TaggedStatement("CREATE TYPE a AS (x int)", "CREATE TYPE"),
    TaggedStatement("CREATE TYPE a AS RANGE (SUBTYPE = int)", "CREATE TYPE"),
    TaggedStatement("ALTER TYPE mood ADD VALUE 'better'", "ALTER TYPE"),
    TaggedStatement("CREATE DOMAIN a AS int", "CREATE DOMAIN"),
    TaggedStatement("ALTER DOMAIN positive SET NOT NULL", "ALTER DOMAIN"),
    TaggedStatement("CREATE FUNCTION a() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE FUNCTION"),
    TaggedStatement("CREATE PROCEDURE a() LANGUAGE sql AS ''", "CREATE PROCEDURE"),
    TaggedStatement("ALTER FUNCTION one() STABLE", "ALTER FUNCTION"),
    TaggedStatement("ALTER PROCEDURE nothing() SECURITY DEFINER", "ALTER PROCEDURE"),
    TaggedStatement("ALTER ROUTINE one() STABLE", "ALTER ROUTINE"),
    TaggedStatement("DO 'BEGIN END'", "DO"),
    TaggedStatement("CALL nothing()", "CALL"),
    TaggedStatement("CREATE AGGREGATE a (int) (SFUNC = int4pl, STYPE = int)", "CREATE AGGREGATE"),
    TaggedStatement("CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = int, RIGHTARG = int)", "CREATE OPERATOR"),
    TaggedStatement("CREATE CAST (int AS mood) WITH INOUT", "CREATE CAST"),
    TaggedStatement("CREATE COLLATION a (LOCALE = 'C')", "CREATE COLLATION"),
    TaggedStatement("ALTER COLLATION letters REFRESH VERSION", "ALTER COLLATION"),
    TaggedStatement("CREATE TRIGGER a AFTER DELETE ON clips EXECUTE FUNCTION noted()", "CREATE TRIGGER"),
    TaggedStatement("CREATE EVENT TRIGGER a ON ddl_command_end EXECUTE FUNCTION changed()", "CREATE EVENT TRIGGER"),
    TaggedStatement("CREATE RULE a AS ON DELETE TO clips DO INSTEAD NOTHING", "CREATE RULE"),
    TaggedStatement("CREATE POLICY a ON clips", "CREATE POLICY"),
    TaggedStatement("ALTER POLICY everyone ON clips USING (true)", "ALTER POLICY"),
    TaggedStatement("CREATE STATISTICS a ON id, title FROM clips", "CREATE STATISTICS"),
    TaggedStatement("ALTER STATISTICS pairs SET STATISTICS 10", "ALTER STATISTICS"),
    TaggedStatement("CREATE TEXT SEARCH DICTIONARY a (TEMPLATE = simple)", "CREATE TEXT SEARCH DICTIONARY"),
    TaggedStatement(
      "ALTER TEXT SEARCH CONFIGURATION words ALTER MAPPING FOR word WITH simple",
      "ALTER TEXT SEARCH CONFIGURATION"
    ),
    // DROP, COMMENT
    TaggedStatement("DROP TABLE clips CASCADE", "DROP TABLE"),
    TaggedStatement("DROP INDEX clips_title_idx", "DROP INDEX"),
    TaggedStatement("DROP VIEW titles", "DROP VIEW"),
    TaggedStatement("DROP MATERIALIZED VIEW counts", "DROP MATERIALIZED VIEW"),
    TaggedStatement("DROP FOREIGN TABLE away", "DROP FOREIGN TABLE"),
    TaggedStatement("DROP SEQUENCE numbers", "DROP SEQUENCE"),
    TaggedStatement("DROP TYPE mood", "DROP TYPE"),
    TaggedStatement("DROP DOMAIN positive", "DROP DOMAIN"),
    TaggedStatement("DROP FUNCTION one()", "DROP FUNCTION"),
    TaggedStatement("DROP PROCEDURE nothing()", "DROP PROCEDURE"),
    TaggedStatement("DROP ROUTINE one()", "DROP ROUTINE"),
    TaggedStatement("DROP AGGREGATE total (int)", "DROP AGGREGATE"),
    TaggedStatement("DROP TRIGGER note ON clips", "DROP TRIGGER"),
    TaggedStatement("DROP RULE quiet ON titles", "DROP RULE"),
    TaggedStatement("DROP POLICY everyone ON clips", "DROP POLICY"),
    TaggedStatement("DROP STATISTICS pairs", "DROP STATISTICS"),
    TaggedStatement("DROP SCHEMA other", "DROP SCHEMA"),
    TaggedStatement("DROP EXTENSION IF EXISTS nothing", "DROP EXTENSION"),
    TaggedStatement("DROP SERVER elsewhere CASCADE", "DROP SERVER"),
    TaggedStatement("DROP PUBLICATION news", "DROP PUBLICATION"),
    TaggedStatement("DROP COLLATION letters", "DROP COLLATION"),
    TaggedStatement("COMMENT ON COLUMN clips.title IS 'x'", "COMMENT"),
    // Data and maintenance
    TaggedStatement("INSERT INTO clips VALUES (1, 'x')", "INSERT"),
    TaggedStatement("UPDATE clips SET title = 'y'", "UPDATE"),
    TaggedStatement("DELETE FROM clips", "DELETE"),
    TaggedStatement("COPY clips TO '/dev/null'", "COPY"),
    TaggedStatement("TRUNCATE clips", "TRUNCATE TABLE"),
    TaggedStatement("REINDEX TABLE clips", "REINDEX"),
    TaggedStatement("CLUSTER clips USING clips_pkey", "CLUSTER"),
    TaggedStatement("ANALYZE clips", "ANALYZE"),
    TaggedStatement("LOCK TABLE clips", "LOCK TABLE"),
    TaggedStatement("CHECKPOINT", "CHECKPOINT"),
    // Schemas, roles, privileges, replication
    TaggedStatement("CREATE SCHEMA a", "CREATE SCHEMA"),
    TaggedStatement("CREATE EXTENSION IF NOT EXISTS plpgsql", "CREATE EXTENSION"),
    TaggedStatement("ALTER EXTENSION plpgsql ADD FUNCTION one()", "ALTER EXTENSION"),
    TaggedStatement("CREATE ROLE tag_role", "CREATE ROLE"),
    TaggedStatement("CREATE USER tag_role", "CREATE ROLE"),
    TaggedStatement("CREATE GROUP tag_role", "CREATE ROLE"),
    TaggedStatement("ALTER ROLE postgres CONNECTION LIMIT 50", "ALTER ROLE"),
    TaggedStatement("ALTER USER postgres SET work_mem = '8MB'", "ALTER ROLE"),
    TaggedStatement("DROP USER IF EXISTS nobody_here", "DROP ROLE"),
    TaggedStatement("ALTER DATABASE postgres SET work_mem = '8MB'", "ALTER DATABASE"),
    TaggedStatement("ALTER DATABASE postgres CONNECTION LIMIT 50", "ALTER DATABASE"),
    TaggedStatement("GRANT SELECT ON clips TO PUBLIC", "GRANT"),
    TaggedStatement("REVOKE SELECT ON clips FROM PUBLIC", "REVOKE"),
    TaggedStatement("GRANT pg_monitor TO pg_read_all_data", "GRANT ROLE"),
    TaggedStatement("REVOKE pg_monitor FROM pg_read_all_data", "REVOKE ROLE"),
    TaggedStatement("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC", "ALTER DEFAULT PRIVILEGES"),
    TaggedStatement("CREATE PUBLICATION a", "CREATE PUBLICATION"),
    TaggedStatement("ALTER PUBLICATION news DROP TABLE clips", "ALTER PUBLICATION"),
    TaggedStatement("CREATE USER MAPPING FOR CURRENT_USER SERVER elsewhere", "CREATE USER MAPPING"),
    TaggedStatement("ALTER SERVER elsewhere VERSION '2'", "ALTER SERVER"),
    // The session
    TaggedStatement("BEGIN", "BEGIN"),
    TaggedStatement("START TRANSACTION", "START TRANSACTION"),
    TaggedStatement("COMMIT", "COMMIT"),
    TaggedStatement("END", "COMMIT"),
    TaggedStatement("ROLLBACK", "ROLLBACK"),
    TaggedStatement("ABORT", "ROLLBACK"),
    TaggedStatement("SAVEPOINT a", "SAVEPOINT"),
    TaggedStatement("SET work_mem = '8MB'", "SET"),
    TaggedStatement("SET LOCAL lock_timeout = '5s'", "SET"),
    TaggedStatement("SET TRANSACTION READ ONLY", "SET"),
    TaggedStatement("RESET work_mem", "RESET"),
    TaggedStatement("SET CONSTRAINTS ALL DEFERRED", "SET CONSTRAINTS"),
    TaggedStatement("DISCARD PLANS", "DISCARD PLANS"),
    TaggedStatement("DISCARD TEMP", "DISCARD TEMP"),
    TaggedStatement("PREPARE a AS SELECT 1", "PREPARE"),
    TaggedStatement("DEALLOCATE ALL", "DEALLOCATE ALL"),
    TaggedStatement("DECLARE a CURSOR FOR SELECT 1", "DECLARE CURSOR"),
    TaggedStatement("CLOSE ALL", "CLOSE CURSOR ALL"),
    TaggedStatement("LISTEN a", "LISTEN"),
    TaggedStatement("UNLISTEN *", "UNLISTEN"),
    TaggedStatement("NOTIFY a", "NOTIFY"),
  ]

  @Test("is PostgreSQL's", arguments: visible + silent)
  func tag(_ example: TaggedStatement) throws {
    let script = PostgresParser.parse(SourceText(path: "a.sql", text: example.sql))
    #expect(script.statements.map(\.commandTag) == [example.tag])
  }

  @Test(
    "is what a server answers",
    .enabled(if: LiveServer.shared != nil, "\(LiveServer.absence)"),
    arguments: visible
  )
  func live(_ example: TaggedStatement) throws {
    let database = try #require(Self.database)
    #expect(try database.commandTag(of: example.sql) == example.tag)
  }

  /// Shared, as nothing stays of what a case does; `nil` where it cannot be made.
  static let database: LiveDatabase? = {
    guard let server = LiveServer.shared, let database = try? LiveDatabase(on: server),
      let answer = try? database.run(history), answer.errors.isEmpty
    else { return nil }
    return database
  }()
}
