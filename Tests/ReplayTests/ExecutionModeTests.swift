import Catalog
import Execution
import Foundation
import Linting
import LiveServer
import Migrations
import PostgresParser
import Rules
import Syntax
import Testing

/// Files are sent as their runners send them: in one query, between BEGIN and COMMIT, statement by statement.
@Suite(
  "A file that is sent as its runner sends it does what is predicted",
  .enabled(if: LiveServer.shared != nil, "\(LiveServer.absence)")
)
struct ExecutionModeTests {
  static let fixtures: URL = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/runners")

  static let runners = ((try? FileManager.default.contentsOfDirectory(atPath: fixtures.path)) ?? []).sorted()

  @Test("in the history of each runner", arguments: runners)
  func runner(name: String) throws {
    let result = try Self.compare(Self.fixtures.appending(path: name))
    #expect(result.problems == [])
  }

  /// The histories, with how many statements PostgreSQL refuses in their transactions.
  static let histories: [String: Int] = [
    "alphagov__pay-ledger": 0, "authelia__authelia": 0, "bcgov__cas-cif": 0, "hatchet-dev__hatchet": 0,
    "langfuse__langfuse": 0, "openmeterio__openmeter": 0,
    // The down migration of 2024-04-12-144536 builds two indexes.
    "rust-lang__crates.io": 2,
    "shifu-ai__lobu": 0,
    // The down migration of 000023 drops as many indexes.
    "subculture-collective__clipper": 17,
    "svix__svix-webhooks": 0,
  ]

  @Test(
    "in real histories",
    .enabled(if: Recording.shared != nil, "the histories are not beside the package"),
    arguments: histories.keys.sorted()
  )
  func real(name: String) throws {
    let corpora = try #require(Recording.shared).appending(path: "corpora")
    let result = try Self.compare(corpora.appending(path: name))
    print("refused in transactions of \(name): \(result.refused) statements, \(result.problems.count) differ")
    #expect(result.problems == [])
    #expect(result.refused == Self.histories[name])
  }

  @Test(
    "where the text ends the runner's transaction",
    arguments: [
      ("COMMIT; CREATE INDEX CONCURRENTLY i ON t (a)", Migration.TransactionMode.wrapped, true, true),
      ("COMMIT; CREATE INDEX CONCURRENTLY i ON t (a)", .wrapped, false, false),
      ("COMMIT; CREATE INDEX CONCURRENTLY i ON t (a)", .implicit, false, true),
      ("COMMIT; CREATE INDEX CONCURRENTLY i ON t (a)", .none, false, false),
      ("BEGIN; SELECT 1; COMMIT; CREATE INDEX CONCURRENTLY i ON t (a)", .none, false, false),
      ("BEGIN; CREATE INDEX CONCURRENTLY i ON t (a); COMMIT", .none, false, true),
      ("SELECT 1; CREATE INDEX CONCURRENTLY i ON t (a); SELECT 2", .split, false, false),
      ("CREATE INDEX CONCURRENTLY i ON t (a)", .implicit, false, false),
      ("CREATE INDEX CONCURRENTLY i ON t (a)", .wrapped, true, true),
    ]
  )
  func text(sql: String, mode: Migration.TransactionMode, isOneQuery: Bool, isRefused: Bool) throws {
    let database = try LiveDatabase(on: #require(LiveServer.shared))
    defer { try? database.drop() }
    _ = try database.run("CREATE TABLE t (a int)")
    let migration = Migration(sql, mode, isOneQuery: isOneQuery)
    #expect(try database.refuses(migration) == isRefused)
    let findings = Self.findings(in: History(migrations: [MigrationPair(up: migration, down: nil)]))
    #expect(findings.isEmpty == !isRefused)
  }

  @Test("a byte order mark at the start is refused by the server")
  func byteOrderMark() throws {
    let database = try LiveDatabase(on: #require(LiveServer.shared))
    defer { try? database.drop() }
    #expect(try database.run("\u{FEFF}SELECT 1").errors.map(\.code) == ["42601"])
  }

  @Test("psql ends a file that \\ir includes with a semicolon, from its own folder, and sends what has none at its end")
  func inclusions() throws {
    let database = try LiveDatabase(on: #require(LiveServer.shared))
    defer { try? database.drop() }
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqllint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("SELECT 'first';\n\\ir inner.sql;\nSELECT 'last'".utf8).write(to: folder.appending(path: "outer.sql"))
    try Data("SELECT 'inner'".utf8).write(to: folder.appending(path: "inner.sql"))
    let answer = try database.run("\\ir '\(folder.path)/outer.sql'\nSELECT 'after';\n", .apart)
    #expect(answer.rows == ["first", "inner", "last", "after"])
  }

  // MARK: - Comparing

  struct Comparison {
    var refused = 0
    var problems: [String] = []
  }

  private static func compare(_ folder: URL) throws -> Comparison {
    let exclusions = Exclusions(workingFolder: FileSystem.workingFolder())
    let history = try #require(MigrationLoader(exclusions: exclusions).load([.stored(RawPath(folder.path))]).first)
    let findings = findings(in: history)
    let database = try LiveDatabase(on: #require(LiveServer.shared))
    defer { try? database.drop() }
    var comparison = Comparison()
    for pair in history.migrations {
      try comparison.judge(pair.up, findings, on: database)
      try database.advance(past: pair.up)
      if let down = pair.down { try comparison.judge(down, findings, on: database) }
    }
    comparison.refused = findings.values.map(\.count).reduce(0, +)
    return comparison
  }

  /// By path, direction and version: the statements that are said to be refused.
  private static func findings(in history: History) -> [String: [Int]] {
    let rules = AllRules.all.filter { $0.id == "statement-refused-in-transaction" }
    let report = Linter(rules: rules, policy: Policy(directions: [.up, .down]))
      .lint([history], toolVersion: "", grammarVersion: "")
    let pairs = report.migrations.map { ($0.migration.executionKey, $0.findings.compactMap(\.statement)) }
    return Dictionary(pairs.filter { !$0.1.isEmpty }) { $0 + $1 }
  }
}

extension ExecutionModeTests.Comparison {
  fileprivate mutating func judge(_ migration: Migration, _ findings: [String: [Int]], on database: LiveDatabase) throws
  {
    let mayBeRefused = migration.script.statements.contains { $0.kind.refusedInBlock(in: Database()) != nil }
    let found = findings[migration.executionKey] ?? []
    guard mayBeRefused || !found.isEmpty else { return }
    let copy = try LiveDatabase(copying: database)
    defer { try? copy.drop() }
    if try copy.refuses(migration) == found.isEmpty {
      problems.append(
        "\(migration.executionKey): sqllint says of \(found) that they are refused, and the server does not agree"
      )
    }
    // The server stops at the first one: each of the others alone in a transaction.
    for index in Set(found).sorted() {
      let statement = migration.script.source[migration.script.statements[index].range]
      let errors = try copy.run("BEGIN;\n\(statement);\n", .apart).errors
      if !errors.contains(where: \.isRefusalInTransaction) {
        problems.append("\(migration.executionKey): \(statement)")
      }
    }
  }
}

extension LiveDatabase {
  /// Whether the server refuses a statement of a migration because of the transaction that it is sent in.
  fileprivate func refuses(_ migration: Migration) throws -> Bool {
    try run(migration.asSent, .apart).errors.contains(where: \.isRefusalInTransaction)
  }

  /// Runs what can be run of a migration, each statement on its own.
  fileprivate func advance(past migration: Migration) throws {
    let statements = migration.script.statements.map { migration.script.source[$0.range] }
    _ = try run("\\set ON_ERROR_STOP off\n" + statements.map { "\($0)\n;\n" }.joined(), .apart)
  }
}

extension LiveDatabase.ServerMessage {
  /// 25001: active_sql_transaction.
  fileprivate var isRefusalInTransaction: Bool { code == "25001" }
}

extension Migration {
  fileprivate init(_ sql: String, _ mode: TransactionMode, isOneQuery: Bool) {
    let script = PostgresParser.parse(SourceText(path: "1.sql", text: sql))
    self.init(
      path: "1.sql",
      version: "1",
      name: "",
      direction: .up,
      runner: "test",
      transactionMode: mode,
      script: script,
      queries: isOneQuery ? [script.statements.indices] : []
    )
  }

  fileprivate var executionKey: String { "\(path) \(direction) \(version ?? "")" }

  /// A script for psql that sends the statements as the runner does: `\;` keeps statements in one query.
  fileprivate var asSent: String {
    let texts = script.statements.map { script.source[$0.range] }
    func query(_ range: Range<Int>) -> String { texts[range].joined(separator: "\n\\;\n") + "\n;\n" }
    func pieces() -> String {
      var sent = ""
      var next = 0
      for range in queries where !range.isEmpty {
        sent += (next..<range.lowerBound).map { query($0..<$0 + 1) }.joined() + query(range)
        next = range.upperBound
      }
      return sent + (next..<max(next, texts.count)).map { query($0..<$0 + 1) }.joined()
    }
    guard !texts.isEmpty else { return "" }
    switch transactionMode {
    case .implicit: return query(texts.indices)
    case .wrapped: return "BEGIN;\n\(pieces())COMMIT;\n"
    case .none: return pieces()
    case .split:
      let parts = script.statements.indices.map { index in
        let isAlone = script.statements[index].kind.refusedInBlock(in: Database()) != nil
        return isAlone ? "COMMIT;\n\(query(index..<index + 1))BEGIN;\n" : query(index..<index + 1)
      }
      return "BEGIN;\n\(parts.joined())COMMIT;\n"
    }
  }
}
