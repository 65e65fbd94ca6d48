import Catalog
import Execution
import PostgresParser
import Syntax
import Testing

/// What would make tables each other's ancestors is refused, also of tables that the history never made, so that whatever
/// walks over tables and their parents or children ends.
@Suite("No statement goes round in circles")
struct CircularityTests {
  static let starts = [
    "",
    "CREATE TABLE a (x integer); CREATE TABLE b (x integer); CREATE TABLE c (x integer);",
    """
    CREATE TABLE a (x integer PRIMARY KEY) PARTITION BY RANGE (x);
    CREATE TABLE b (x integer NOT NULL) PARTITION BY RANGE (x);
    CREATE TABLE c (x integer NOT NULL REFERENCES a) PARTITION BY RANGE (x);
    """,
  ]

  private static let moves = [
    "ALTER TABLE a INHERIT b", "ALTER TABLE b INHERIT c", "ALTER TABLE c INHERIT a", "ALTER TABLE a INHERIT a",
    "ALTER TABLE a ATTACH PARTITION b DEFAULT", "ALTER TABLE b ATTACH PARTITION c DEFAULT",
    "ALTER TABLE c ATTACH PARTITION a DEFAULT", "ALTER TABLE a RENAME TO b", "ALTER TABLE b RENAME TO a",
    "DROP TABLE c",
    "CREATE TABLE b () INHERITS (a)", "CREATE TABLE c () INHERITS (c)", "CREATE TABLE a PARTITION OF c DEFAULT",
  ].flatMap(statements)

  /// What walks over them.
  private static let walks = [
    "ALTER TABLE a ADD COLUMN y integer", "ALTER TABLE a ADD PRIMARY KEY (x)", "CREATE INDEX a_x_idx ON a (x)",
    "CREATE INDEX b_x_idx ON ONLY b (x)", "ALTER INDEX a_x_idx ATTACH PARTITION b_x_idx", "REINDEX TABLE a",
    "ALTER TABLE c ADD CONSTRAINT c_fkey FOREIGN KEY (x) REFERENCES a (x)",
    "ALTER TABLE a ADD CONSTRAINT a_check CHECK (x > 0)", "ALTER TABLE a DROP CONSTRAINT a_check",
    "CREATE TRIGGER t BEFORE UPDATE ON a FOR EACH ROW EXECUTE FUNCTION note()", "ALTER TABLE a RENAME COLUMN x TO z",
    "ALTER TABLE a DROP COLUMN y CASCADE", "DROP TABLE a CASCADE",
  ].flatMap(statements)

  @Test("after any three statements about kinship", arguments: starts)
  func walksEnd(start: String) {
    var database = Database()
    database.beginMigration()
    for statement in Self.statements(of: start) { database.execute(statement, version: 17) }
    var seen: Set<[Table?]> = []
    Self.move(3, from: database, &seen)
    #expect(seen.count > 8)
  }

  /// Makes so many moves in each possible order, and walks once over all that they lead to.
  private static func move(_ count: Int, from database: Database, _ seen: inout Set<[Table?]>) {
    let names = ["a", "b", "c"].map { QualifiedName(schema: "public", $0) }
    if seen.insert(names.map { database.catalog.tables[$0] }).inserted {
      for name in names {
        #expect(!database.catalog.descendants(of: name).contains(name))
        #expect(!database.catalog.ancestors(of: name).contains(name))
      }
      var copy = database
      for statement in walks { copy.execute(statement, version: 17) }
    }
    guard count > 0 else { return }
    for move in moves {
      var next = database
      if !next.execute(move, version: 17).isRefused { self.move(count - 1, from: next, &seen) }
    }
  }

  private static func statements(of sql: String) -> [Statement.Kind] {
    PostgresParser.parse(SourceText(path: "case.sql", text: sql)).statements.map(\.kind)
  }
}
