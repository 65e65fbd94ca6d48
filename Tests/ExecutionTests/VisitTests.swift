#if DEBUG
  import Catalog
  import Execution
  import PostgresParser
  import Syntax
  import Testing

  @Suite("What a statement costs does not grow with what has nothing to do with it")
  struct VisitTests {
    /// Databases that hold the same objects, beside few and many others.
    static let small = database(besides: 50)
    static let large = database(besides: 500)

    static let statements = [
      "ALTER TABLE orders ADD COLUMN note text DEFAULT 'x'",
      "ALTER TABLE orders ADD COLUMN number bigserial UNIQUE",
      "ALTER TABLE orders ADD CONSTRAINT orders_positive CHECK (total > 0)",
      "ALTER TABLE orders ALTER COLUMN total SET NOT NULL",
      "ALTER TABLE orders ALTER COLUMN total TYPE bigint",
      "ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey",
      "ALTER TABLE users DROP COLUMN name CASCADE",
      "ALTER TABLE users RENAME COLUMN name TO title",
      "ALTER TABLE users RENAME TO people",
      "ALTER TABLE users SET SCHEMA archive",
      "ALTER TABLE readings DETACH PARTITION readings_low",
      "CREATE TABLE bills (id bigint PRIMARY KEY, user_id bigint REFERENCES users, mood mood)",
      "CREATE TABLE readings_high PARTITION OF readings FOR VALUES FROM (10) TO (20)",
      "CREATE INDEX ON orders (total)",
      "CREATE OR REPLACE VIEW names AS SELECT id, name FROM users",
      "CREATE FUNCTION twice(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 2 * a'",
      "DO $$ BEGIN ALTER TABLE orders ADD COLUMN x integer; UPDATE orders SET x = 1; END $$",
      "DROP TABLE users CASCADE",
      "DROP VIEW names",
      "DROP INDEX orders_total_idx",
      "DROP TYPE mood CASCADE",
      "DROP FUNCTION half(integer) CASCADE",
      "DROP SEQUENCE numbers CASCADE",
      "ALTER TYPE mood RENAME TO temper",
      "ALTER TYPE mood ADD VALUE 'glad'",
      "ALTER FUNCTION half(integer) RENAME TO halve",
      "ALTER INDEX orders_total_idx RENAME TO orders_sum_idx",
      "UPDATE users SET name = 'x'",
    ]

    @Test("it touches as many objects beside 500 tables as beside 50", arguments: statements)
    func visits(sql: String) throws {
      let few = try Self.visits(sql, Self.small)
      #expect(few > 0)
      #expect(try Self.visits(sql, Self.large) == few)
    }

    @Test("an enumeration is seen to grow")
    func enumeration() {
      #expect(Self.visits(Self.small) { _ = Array($0.catalog.tables.keys) } < 100)
      #expect(Self.visits(Self.large) { _ = Array($0.catalog.tables.keys) } > 500)
    }

    /// Each statement is run again and again, with another number each time.
    @Test(
      "nor with how often it ran before",
      arguments: [
        "CREATE INDEX ON t (a)", "CREATE TABLE t% (id serial)", "ALTER TABLE t ADD CHECK (a > 0)",
        "CREATE TABLE p% PARTITION OF p FOR VALUES IN (%)", "CREATE TABLE t% () INHERITS (t)",
        "CREATE VIEW v% AS SELECT * FROM t", "ALTER TABLE u% INHERIT u^", "ALTER TABLE u^ INHERIT u%",
        "ALTER TABLE p ATTACH PARTITION u% FOR VALUES IN (%)", "ALTER TABLE t^ RENAME TO t%",
        "CREATE STATISTICS s% ON a, b FROM t", "CREATE TABLE k% (id integer REFERENCES t)",
      ]
    )
    func repetition(sql: String) throws {
      var database = Database()
      database.beginMigration()
      let base = """
        CREATE TABLE t (a integer PRIMARY KEY, b integer); CREATE TABLE t0 (a integer);
        CREATE TABLE p (a integer) PARTITION BY LIST (a);
        """
      for statement in Self.statements(of: base) { database.execute(statement, version: 17) }
      var visits: [Int] = []
      for number in 1...400 {
        let text = sql.replacing("%", with: "\(number)").replacing("^", with: "\(number - 1)")
        let statement = try #require(Self.statements(of: text).first)
        visits.append(Self.visits(database) { #expect(!$0.execute(statement, version: 17).isRefused) })
        database.execute(statement, version: 17)
      }
      #expect(visits[399] <= visits[20] * 2)
    }

    private static func visits(_ sql: String, _ database: Database) throws -> Int {
      let statement = try #require(statements(of: sql).first)
      return visits(database) { database in
        let result = database.execute(statement, version: 17)
        #expect(result.refusal == nil)
        #expect(result.effects.unknowns == [])
      }
    }

    private static func visits(_ database: Database, _ body: (inout Database) -> Void) -> Int {
      let counter = VisitCounter()
      var database = database
      database.catalog.countVisits(with: counter)
      body(&database)
      return counter.count
    }

    private static func statements(of sql: String) -> [Statement.Kind] {
      PostgresParser.parse(SourceText(path: "case.sql", text: sql)).statements.map(\.kind)
    }

    private static func database(besides count: Int) -> Database {
      let others = (1...count).map { number in
        """
        CREATE TYPE kind_\(number) AS ENUM ('a', 'b');
        CREATE FUNCTION code_\(number)(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a';
        CREATE TABLE other_\(number) (
          id serial PRIMARY KEY, kind kind_\(number), code integer DEFAULT code_\(number)(1),
          before integer REFERENCES other_\(max(1, number - 1))
        );
        CREATE INDEX ON other_\(number) (code_\(number)(code));
        CREATE VIEW view_\(number) AS SELECT id, code FROM other_\(number);
        """
      }
      let own = """
        CREATE SCHEMA archive;
        CREATE TYPE mood AS ENUM ('sad', 'fine');
        CREATE FUNCTION half(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a / 2';
        CREATE SEQUENCE numbers;
        CREATE TABLE users (id bigint PRIMARY KEY, name text, mood mood, number bigint DEFAULT nextval('numbers'));
        CREATE TABLE orders (
          id bigint PRIMARY KEY, user_id bigint REFERENCES users, total integer CHECK (half(total) >= 0)
        );
        CREATE INDEX orders_total_idx ON orders (total);
        CREATE VIEW names AS SELECT id, name FROM users;
        CREATE TABLE readings (id integer PRIMARY KEY, user_id bigint REFERENCES users) PARTITION BY RANGE (id);
        CREATE TABLE readings_low PARTITION OF readings FOR VALUES FROM (0) TO (10);
        """
      var database = Database()
      database.beginMigration()
      for statement in statements(of: others.joined(separator: "\n") + own) { database.execute(statement, version: 17) }
      database.beginMigration()
      return database
    }
  }
#endif
