import Catalog
import Execution
import PostgresParser
import Syntax
import Testing

/// No statement makes a cycle, see ``CircularityTests``. Should a catalog have one all the same, no walk may go round in
/// it for ever; nor may a long chain or a lattice of paths make one too deep or too long.
@Suite("Every walk over a catalog ends")
struct WalkTests {
  private static let walks = [
    "ALTER TABLE a ADD COLUMN y integer", "ALTER TABLE a ADD PRIMARY KEY (x)", "CREATE INDEX a_x_idx ON a (x)",
    "ALTER TABLE a ADD CONSTRAINT a_fkey FOREIGN KEY (x) REFERENCES other", "REINDEX TABLE a", "ANALYZE a",
    "ALTER TABLE a ADD CONSTRAINT a_check CHECK (x > 0)", "ALTER TABLE a DROP CONSTRAINT a_check", "TRUNCATE a CASCADE",
    "CREATE TRIGGER t BEFORE UPDATE ON a FOR EACH ROW EXECUTE FUNCTION note()", "ALTER TABLE a ALTER x TYPE bigint",
    "ALTER TABLE a RENAME COLUMN x TO z", "ALTER TABLE a ATTACH PARTITION d DEFAULT",
    "ALTER TABLE a DETACH PARTITION b", "ALTER TABLE a INHERIT c", "ALTER TABLE a NO INHERIT c", "LOCK TABLE a",
    "ALTER TABLE a RENAME TO e", "UPDATE a SET x = 1", "ALTER TABLE a DROP COLUMN x CASCADE", "DROP TABLE a CASCADE",
  ]

  @Test("also of a table that is above itself", arguments: walks, [false, true])
  func cycle(walk: String, isPartitioned: Bool) {
    var database = Self.database(
      """
      CREATE TABLE other (id integer PRIMARY KEY);
      CREATE TABLE a (x integer)\(isPartitioned ? " PARTITION BY LIST (x)" : "");
      CREATE TABLE b (x integer)\(isPartitioned ? " PARTITION BY LIST (x)" : "");
      CREATE TABLE c (x integer)\(isPartitioned ? " PARTITION BY LIST (x)" : "");
      """
    )
    let names = ["a", "b", "c"].map { QualifiedName(schema: "public", $0) }
    for (parent, child) in zip(names, names.dropFirst() + names.prefix(1)) {
      database.catalog.tables[parent]?.children.append(child)
      database.catalog.tables[child]?.parents.append(parent)
      if isPartitioned { database.catalog.tables[child]?.partitionBound = .default }
      database.catalog.tables[child]?.columns[0].isInherited = true
      database.catalog.tables[child]?.columns[0].isLocal = false
    }
    database.apply(walk)
    #expect(!database.sql.isEmpty)
  }

  @Test("views that read each other are walked over once")
  func cyclicViews() {
    var database = Self.database(
      """
      CREATE VIEW a AS SELECT * FROM b; CREATE VIEW b AS SELECT * FROM c; CREATE VIEW c AS SELECT * FROM a;
      CREATE OR REPLACE VIEW a AS SELECT * FROM a;
      """
    )
    let a = QualifiedName(schema: "public", "a")
    #expect(database.catalog.views(of: a).map(\.name.name) == ["b", "c"])
    database.apply("ALTER VIEW a RENAME TO d; ALTER VIEW d RENAME COLUMN x TO y; DROP VIEW d CASCADE;")
    #expect(database.catalog.views.isEmpty)
  }

  @Test(
    "a chain is as long as it likes",
    arguments: [
      "CREATE TABLE t% () INHERITS (t^)", "CREATE TABLE t% PARTITION OF t^ DEFAULT PARTITION BY LIST (a)",
      "CREATE VIEW t% AS SELECT * FROM t^",
    ]
  )
  func chain(link: String) {
    let links = (1...1_500).map { link.replacing("%", with: "\($0)").replacing("^", with: "\($0 - 1)") }
    let isPartitioned = link.contains("PARTITION")
    var database = Self.database(
      "CREATE TABLE t0 (a integer, b integer)\(isPartitioned ? " PARTITION BY LIST (a)" : "");"
        + links.joined(separator: ";")
    )
    #expect(database.catalog.tables.count + database.catalog.views.count == 1_501)
    #expect(database.sql.contains("t1500"))
    database.apply(
      """
      CREATE INDEX ON t0 (b); ALTER TABLE t0 ADD CONSTRAINT c CHECK (b > 0); ALTER TABLE t0 DROP CONSTRAINT c;
      ALTER TABLE t0 DROP COLUMN b CASCADE; DROP TABLE t0 CASCADE;
      """
    )
    #expect(database.catalog.tables.isEmpty)
    #expect(database.catalog.views.isEmpty)
  }

  @Test("a lattice with more paths than anybody can count is walked over once")
  func lattice() {
    let levels = (1...60).map { level in
      """
      CREATE TABLE a\(level) () INHERITS (a\(level - 1), b\(level - 1));
      CREATE TABLE b\(level) () INHERITS (a\(level - 1), b\(level - 1));
      """
    }
    var database = Self.database(
      "CREATE TABLE a0 (x integer, y integer); CREATE TABLE b0 (x integer, y integer);" + levels.joined()
    )
    database.apply("ALTER TABLE a0 ADD COLUMN z integer; ALTER TABLE a0 DROP COLUMN z;")
    database.apply("ALTER TABLE a0 DROP COLUMN y; ALTER TABLE b0 DROP COLUMN y;")
    let last = database.catalog.tables[QualifiedName(schema: "public", "b60")]
    #expect(last?.columns.map(\.name) == ["x"])
    database.apply("DROP TABLE a0, b0 CASCADE")
    #expect(database.catalog.tables.isEmpty)
  }

  private static func database(_ sql: String) -> Database {
    var database = Database()
    database.beginMigration()
    database.apply(sql)
    return database
  }
}

extension Database {
  fileprivate mutating func apply(_ sql: String) {
    for statement in PostgresParser.parse(SourceText(path: "case.sql", text: sql)).statements {
      execute(statement.kind, version: 17)
    }
  }
}
