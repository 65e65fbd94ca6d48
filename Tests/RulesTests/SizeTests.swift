import Catalog
import Execution
import Linting
import Syntax
import Testing

@testable import Rules

@Suite("How large tables are")
struct SizeTests {
  private static let history = [
    """
    CREATE TABLE settings (id bigint PRIMARY KEY, k text, v varchar(9));
    CREATE TABLE events (id bigint PRIMARY KEY, k text);
    CREATE TABLE users (id bigint PRIMARY KEY, k text);
    CREATE INDEX settings_v_idx ON settings (v);
    """
  ]

  private static let bySize = Policy(sizes: TableSizes(small: ["settings"], large: ["eve*"]))

  private func report(_ sql: String, _ policy: Policy = bySize) throws -> MigrationReport {
    try MigrationReport.linting(Self.history, then: MigrationText(sql: sql), policy: policy)
  }

  @Test(
    "work on a small one, and its locks, are no finding and of low risk",
    arguments: [
      "CREATE INDEX settings_k_idx ON settings (k);", "UPDATE settings SET k = '';", "LOCK TABLE settings;",
      "ALTER TABLE settings ALTER COLUMN v TYPE integer USING v::integer;", "DROP INDEX settings_v_idx;",
      "ALTER TABLE settings ADD UNIQUE (k);", "VACUUM FULL settings;", "REINDEX TABLE settings;",
      "ALTER TABLE settings ADD COLUMN u uuid DEFAULT gen_random_uuid();",
      "ALTER TABLE settings ADD CHECK (k <> ''); UPDATE settings SET k = 'a' WHERE k > 'b';",
    ]
  )
  func small(sql: String) throws {
    // They are of no small risk elsewhere.
    #expect(try report(sql.replacing("settings", with: "users"), Policy()).findings != [], "\(sql)")
    let report = try report(sql)
    #expect(report.findings.map(\.rule).filter { $0 != "column-type-narrowed" } == [], "\(sql)")
    #expect(report.statements.allSatisfy { $0.risk <= .medium }, "\(sql)")
  }

  @Test("the reason of the low risk is said")
  func reason() throws {
    let statement = try #require(try report("CREATE INDEX settings_k_idx ON settings (k);").statements.first)
    #expect(statement.risk == .low)
    #expect(statement.reason == .smallness(QualifiedName(schema: "public", "settings")))
    #expect(try report("ALTER TABLE settings ADD COLUMN a int;").statements.first?.reason == nil)
  }

  @Test("what a small one loses, and what breaks, is lost and broken all the same")
  func losses() throws {
    #expect(try report("DROP TABLE settings;").risk == .high)
    #expect(try report("DELETE FROM settings;").findings.map(\.rule) == ["delete-without-where"])
    #expect(try report("ALTER TABLE settings RENAME k TO l;").findings.map(\.rule) == ["column-renamed"])
    #expect(try report("ALTER TABLE settings ALTER COLUMN k SET NOT NULL;").risk == .medium)
  }

  @Test("what needs a strategy is of high risk on a large one, and so is its finding")
  func large() throws {
    let build = "CREATE INDEX events_k_idx ON events (k);"
    let report = try report(build)
    #expect(report.risk == .high && report.findings.map(\.risk) == [.high])
    let usual = try self.report(build, Policy())
    #expect(usual.risk == .medium && usual.findings.map(\.risk) == [.medium])
    #expect(try self.report("CREATE INDEX CONCURRENTLY events_k_idx ON events (k);").risk == .low)
    var policy = Self.bySize
    policy.ruleRisks = ["index-built-without-concurrently": .low]
    #expect(try self.report(build, policy).findings.map(\.risk) == [.low])
  }

  @Test("is measured: few rows and bytes are small, many of either large, and patterns count before")
  func measures() {
    func size(_ rows: Int?, _ bytes: Int?, small: [String] = [], large: [String] = []) -> TableSizes.Size {
      let name = QualifiedName(schema: "a", "b")
      let sizes = TableSizes(small: small, large: large, measures: [name: .init(rows: rows, bytes: bytes)])
      return sizes.size(of: name)
    }
    #expect(size(10_000, 10 << 20) == .small)
    #expect(size(10_001, nil) == .unknown)
    #expect(size(nil, 1) == .small)
    #expect(size(1, 11 << 20) == .unknown)
    #expect(size(10_000_000, 0) == .large)
    #expect(size(1, 1 << 30) == .large)
    #expect(size(nil, nil) == .unknown)
    #expect(size(1, 1, large: ["a.*"]) == .large)
    #expect(size(1, 1 << 30, small: ["a.b"]) == .small)
    #expect(size(1, 1, small: ["a.b"], large: ["*.b"]) == .large)
    #expect(TableSizes(small: ["b"]).size(of: QualifiedName(schema: "a", "b")) == .unknown)
  }

  @Test("with rates, how long statements take is estimated")
  func estimates() throws {
    let events = QualifiedName(schema: "public", "events")
    let rates = WorkRates(bytesPerSecond: [.rewrite: 1 << 20, .scan: 10 << 20, .indexBuild: 5 << 20])
    let policy = Policy(sizes: TableSizes(measures: [events: .init(rows: 5, bytes: 100 << 20)]), rates: rates)
    func seconds(_ sql: String) throws -> Double? { try report(sql, policy).statements.first?.estimatedSeconds }
    #expect(try seconds("CREATE INDEX a ON events (k);") == 20)
    #expect(try seconds("ALTER TABLE events ADD CHECK (k > ''), ADD CHECK (id > 0);") == 10)
    #expect(try seconds("ALTER TABLE events ADD u uuid DEFAULT gen_random_uuid(), ADD CHECK (id > 0);") == 100)
    #expect(try seconds("ALTER TABLE events ADD COLUMN a int;") == nil)
    #expect(try seconds("CREATE INDEX a ON users (k);") == nil)
  }
}
