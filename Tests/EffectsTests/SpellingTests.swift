import Catalog
import Execution
import LiveServer
import PostgresParser
import Syntax
import Testing

/// People write a definition otherwise than pg_dump does, and PostgreSQL makes the same of both.
@Suite("Two spellings of one definition are one in the comparison of schemas")
struct SpellingTests {
  struct Pair: Sendable, CustomTestStringConvertible {
    let ours: String
    let dumped: String
    /// The definitions' text in the server's catalog.
    let query: String

    var testDescription: String { "\(ours)  ~  \(dumped)" }

    fileprivate static func check(_ ours: String, _ dumped: String) -> Pair {
      Pair(
        ours: "ALTER TABLE t ADD CONSTRAINT p CHECK (\(ours))",
        dumped: "ALTER TABLE t ADD CONSTRAINT p CHECK (\(dumped))",
        query: "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'p'"
      )
    }

    fileprivate static func index(_ ours: String, _ dumped: String) -> Pair {
      Pair(
        ours: "CREATE INDEX p ON t \(ours)",
        dumped: "CREATE INDEX p ON t \(dumped)",
        query: "SELECT pg_get_indexdef('p'::regclass)"
      )
    }

    fileprivate static func column(_ ours: String, _ dumped: String) -> Pair {
      Pair(
        ours: "ALTER TABLE t ADD COLUMN p \(ours)",
        dumped: "ALTER TABLE t ADD COLUMN p \(dumped)",
        query: """
          SELECT format_type(atttypid, atttypmod), pg_get_expr(adbin, adrelid) FROM pg_attribute
          LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attname = 'p' AND attrelid = 't'::regclass
          """
      )
    }

    fileprivate static func view(_ ours: String, _ dumped: String) -> Pair {
      Pair(
        ours: "CREATE VIEW p AS \(ours)",
        dumped: "CREATE VIEW p AS \(dumped)",
        query: "SELECT replace(pg_get_viewdef('p'::regclass), chr(10), ' ')"
      )
    }

    fileprivate static func policy(_ ours: String, _ dumped: String) -> Pair {
      Pair(
        ours: "CREATE POLICY p ON t USING (\(ours))",
        dumped: "CREATE POLICY p ON t USING (\(dumped))",
        query: "SELECT pg_get_expr(polqual, polrelid) FROM pg_policy WHERE polname = 'p'"
      )
    }

    fileprivate static func domain(_ ours: String, _ dumped: String) -> Pair {
      Pair(
        ours: "CREATE DOMAIN p AS \(ours)",
        dumped: "CREATE DOMAIN p AS \(dumped)",
        query: """
          SELECT format_type(typbasetype, typtypmod), typdefault, pg_get_constraintdef(c.oid) FROM pg_type AS t
          LEFT JOIN pg_constraint AS c ON contypid = t.oid WHERE typname = 'p'
          """
      )
    }
  }

  private static let schema = """
    CREATE TYPE mood AS ENUM ('sad', 'ok');
    CREATE FUNCTION f(x numeric) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
    CREATE TABLE t (
      a integer, b bigint, n numeric, s varchar(20), x text, m mood, d date, j jsonb, ok boolean, c char(3)
    );
    """

  static let equal: [Pair] = [
    .check("x IN ('a', 'b')", "(x = ANY (ARRAY['a'::text, 'b'::text]))"),
    .check("s IN ('a')", "((s)::text = 'a'::text)"),
    .check("m IN ('sad', 'ok')", "(m = ANY (ARRAY['sad'::mood, 'ok'::mood]))"),
    .check("a IN (1, 2)", "(a = ANY (ARRAY[1, 2]))"),
    .check("a BETWEEN 1 AND 5", "((a >= 1) AND (a <= 5))"),
    .check("a NOT BETWEEN 1 AND 5", "((a < 1) OR (a > 5))"),
    .check("a > 0 AND b > 0 AND n > 0", "((a > 0) AND (b > 0) AND (n > (0)::numeric))"),
    .check("x LIKE 'a%' OR x NOT LIKE 'b%'", "((x ~~ 'a%'::text) OR (x !~~ 'b%'::text))"),
    .check("s ~ '^a'", "((s)::text ~ '^a'::text)"),
    .check("length(s) > 3", "(length((s)::text) > 3)"),
    .check("lower(s) = s", "(lower((s)::text) = (s)::text)"),
    .check("f(a) > 0", "(f((a)::numeric) > 0)"),
    .check("d > '2020-01-01'", "(d > '2020-01-01'::date)"),
    .check("j ->> 'k' IS NOT NULL", "((j ->> 'k'::text) IS NOT NULL)"),
    .check("c <> ''", "(c <> ''::bpchar)"),
    .check("coalesce(x, '') <> ''", "(COALESCE(x, ''::text) <> ''::text)"),
    .check("a != 3", "(a <> 3)"),
    .index("(a ASC)", "USING btree (a)"),
    .index("(a DESC NULLS FIRST, b ASC NULLS LAST)", "USING btree (a DESC, b)"),
    .index("((a))", "USING btree (a)"),
    .index("(lower(s))", "USING btree (lower((s)::text))"),
    .index("(a) WHERE s = 'x'", "USING btree (a) WHERE ((s)::text = 'x'::text)"),
    .index("USING gin (to_tsvector('english', x))", "USING gin (to_tsvector('english'::regconfig, x))"),
    .column("varchar(3) DEFAULT 'x'", "character varying(3) DEFAULT 'x'::character varying"),
    .column("mood DEFAULT 'sad'", "mood DEFAULT 'sad'::mood"),
    .column("jsonb DEFAULT '{}'", "jsonb DEFAULT '{}'::jsonb"),
    .column("boolean DEFAULT 'f'", "boolean DEFAULT false"),
    .column("numeric(3)", "numeric(3,0)"),
    .column("decimal(5, 2)", "numeric(5,2)"),
    .column("timestamp", "timestamp without time zone"),
    .column("float(24)", "real"),
    .column("char", "character(1)"),
    .column("int[3]", "integer[]"),
    .column("pg_catalog.int8", "bigint"),
    .policy("x = current_setting('app.x')", "(x = current_setting('app.x'::text))"),
    .domain("numeric(3) DEFAULT 0", "numeric(3,0) DEFAULT 0"),
  ]

  /// PostgreSQL writes these otherwise each time that it reads what it has written.
  static let equalInMeaning: [Pair] = [
    .check("s IN ('a', 'b')", "((s)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))"),
    .check(
      "s NOT IN ('a', 'b')",
      "((s)::text <> ALL ((ARRAY['a'::character varying, 'b'::character varying])::text[]))"
    ),
    .view(
      "SELECT a, s AS s FROM t WHERE s IN ('a', 'b') ORDER BY a ASC",
      """
      SELECT t.a, t.s FROM t
      WHERE ((t.s)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])) ORDER BY t.a
      """
    ),
    .view(
      "SELECT a FROM t WHERE a BETWEEN 1 AND 2 AND s = 'q'",
      "SELECT t.a FROM t WHERE ((t.a >= 1) AND (t.a <= 2) AND ((t.s)::text = 'q'::text))"
    ),
    .domain(
      "varchar(5) CHECK (VALUE IN ('a', 'b'))",
      """
      character varying(5) CONSTRAINT p_check
      CHECK (((VALUE)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])))
      """
    ),
    .check(
      "s IN ('a', 'b')",
      "((s)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]))"
    ),
    .check("n > 0 AND a BETWEEN 1 AND 5", "((n > (0)::numeric) AND (a >= 1) AND (a <= 5))"),
  ]

  static let different: [Pair] = [
    .check("x IN ('a', 'b')", "(x = ANY (ARRAY['a'::text, 'c'::text]))"),
    .check("x IN ('a', 'b')", "(x <> ALL (ARRAY['a'::text, 'b'::text]))"),
    .check("a BETWEEN 1 AND 5", "((a >= 1) OR (a <= 5))"),
    .check("c = 'a'", "((c)::text = 'a'::text)"),
    .check("lower(x) = 'a'", "(upper(x) = 'a'::text)"),
    .check("(a)::text = '1'", "((b)::text = '1'::text)"),
    .index("(a DESC)", "USING btree (a)"),
    .index("(a NULLS FIRST)", "USING btree (a)"),
    .index("(a DESC NULLS LAST)", "USING btree (a DESC)"),
    .column("numeric(3)", "numeric(3,1)"),
    .column("numeric", "numeric(3,0)"),
    .column("integer", "integer[]"),
    .column("integer DEFAULT 0", "integer DEFAULT 1"),
    .view("SELECT a FROM t ORDER BY a DESC", "SELECT t.a FROM t ORDER BY t.a"),
    .domain("numeric(3) DEFAULT 0", "numeric(3,0) DEFAULT 1"),
  ]

  @Test("where PostgreSQL makes the same of both", arguments: equal + equalInMeaning)
  func sameness(pair: Pair) { #expect(differences(between: pair) == []) }

  @Test("where PostgreSQL makes something else of each", arguments: different)
  func difference(pair: Pair) { #expect(differences(between: pair) != []) }

  /// What is not as before once the definition has made room for the one that pg_dump writes.
  private func differences(between pair: Pair) -> [CatalogDifference] {
    var start = Database()
    start.beginMigration()
    var other = start
    for (statement, sql) in [(0, pair.ours), (1, pair.dumped)] {
      var database = Database()
      database.beginMigration()
      for part in PostgresParser.parse(SourceText(path: "a.sql", text: Self.schema + sql)).statements {
        #expect(database.execute(part.kind, version: 17).refusal == nil, "\(sql)")
      }
      if statement == 0 { start = database } else { other = database }
    }
    return other.catalog.differences(from: start.catalog)
  }

  @Test(
    "as a live server says",
    .enabled(if: LiveServer.shared != nil, "\(LiveServer.absence)")
  )
  func server() throws {
    let database = try LiveDatabase(on: #require(LiveServer.shared))
    defer { try? database.drop() }
    let schema = try database.run(Self.schema)
    #expect(schema.errors == [])
    for (pair, isEqual) in Self.equal.map({ ($0, true) }) + Self.different.map({ ($0, false) }) {
      let definitions = try [pair.ours, pair.dumped].map { sql in
        let answer = try database.run("BEGIN; \(sql); \(pair.query); ROLLBACK")
        #expect(answer.errors == [], "\(sql)")
        return answer.rows
      }
      #expect((definitions[0] == definitions[1]) == isEqual, "\(pair.testDescription): \(definitions)")
    }
  }
}
