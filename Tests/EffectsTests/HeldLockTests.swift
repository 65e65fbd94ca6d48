import Catalog
import Execution
import Linting
import LiveServer
import PostgresParser
import Syntax
import Testing

@Suite(
  "The locks that a transaction holds are those that the server has",
  .enabled(if: LiveServer.shared != nil, "\(LiveServer.absence)")
)
struct HeldLockTests {
  /// A script over the schema of `Fixtures/effects/base.sql`, and how a runner sends it.
  struct Script: CustomTestStringConvertible, Sendable {
    let mode: Migration.TransactionMode
    let statements: [String]

    var testDescription: String { "\(mode): \(statements.joined(separator: "; "))" }
  }

  static let scripts: [Script] =
    [
      ["ALTER TABLE users ADD COLUMN x int", "CREATE INDEX ON orders (total)", "UPDATE orders SET total = 1"],
      ["CREATE INDEX ON users (flag)", "ALTER TABLE users ADD COLUMN x int", "COMMENT ON TABLE users IS 'x'"],
      ["ALTER TABLE orders VALIDATE CONSTRAINT orders_user_id_fkey", "CREATE INDEX ON users (flag)"],
      ["ALTER TABLE users RENAME TO people", "ALTER TABLE people ADD COLUMN x int"],
      ["CREATE TABLE fresh (id bigint REFERENCES users)", "CREATE INDEX ON fresh (id)", "DROP TABLE fresh"],
      ["DROP INDEX users_name_idx", "COMMIT", "ALTER TABLE orders ADD COLUMN x int"],
      ["ALTER TABLE users ADD COLUMN x int", "ROLLBACK", "ALTER TABLE orders ADD COLUMN x int"],
    ].flatMap { statements in
      [Migration.TransactionMode.implicit, .wrapped, .none].map { Script(mode: $0, statements: statements) }
    }
    + [
      [
        "BEGIN", "ALTER TABLE users ADD COLUMN x int", "SAVEPOINT a", "ALTER TABLE orders ADD COLUMN x int",
        "ROLLBACK TO a", "CREATE INDEX ON orders (total)", "COMMIT",
      ],
      [
        "BEGIN", "CREATE INDEX ON users (flag)", "SAVEPOINT a", "ALTER TABLE users ADD COLUMN x int", "ROLLBACK TO a",
        "SAVEPOINT b", "ALTER TABLE orders ADD COLUMN x int", "RELEASE b", "ROLLBACK TO a", "ROLLBACK",
      ],
      ["BEGIN", "ALTER TABLE users ADD COLUMN x int", "COMMIT AND CHAIN", "CREATE INDEX ON orders (total)", "COMMIT"],
      ["ALTER TABLE users ADD COLUMN x int", "BEGIN", "CREATE INDEX ON orders (total)", "COMMIT", "SELECT 1"],
    ].flatMap { statements in
      [Migration.TransactionMode.implicit, .none].map { Script(mode: $0, statements: statements) }
    }

  @Test("after each statement of a script", arguments: scripts)
  func agreement(script: Script) throws {
    let database = try LiveDatabase(on: #require(LiveServer.shared), holding: EffectCase.base)
    defer { try? database.drop() }
    let text = script.statements.enumerated().map { "\($1);\n\(Self.probe($0));\n" }.joined()
    let answer = try database.run(text, script.mode.executionMode)
    #expect(answer.errors == [])
    #expect(try held(in: text, script.mode) == Set(answer.rows.compactMap(Self.fact)))
  }

  /// `2 ACCESS EXCLUSIVE users`: what the linter says is held at each probe.
  private func held(in text: String, _ mode: Migration.TransactionMode) throws -> Set<String> {
    let history = History(migrations: [
      MigrationPair(up: Migration(EffectCase.base, .none, "1"), down: nil),
      MigrationPair(up: Migration(text, mode, "2"), down: nil),
    ])
    let report = Linter(rules: [LocksSeen()], policy: Policy(targetVersion: 15))
      .lint([history], toolVersion: "", grammarVersion: "")
    let probes = report.migrations.last?.findings ?? []
    #expect(probes.count > 1)
    return Set(
      probes.enumerated().flatMap { index, probe in
        probe.message.description.split(separator: "\n").map { "\(index) \($0)" }
      }
    )
  }

  /// The strongest lock on each table of the scripts that others see, with the number of the statement before.
  private static func probe(_ index: Int) -> String {
    """
    SELECT DISTINCT ON (c.relname) 'held', \(index), l.mode, c.relname FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE l.pid = pg_backend_pid() AND l.granted AND n.nspname !~ '^pg_'
      AND c.relname IN ('users', 'people', 'orders')
      AND l.mode IN ('ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock',
        'AccessExclusiveLock')
    ORDER BY c.relname, array_position(ARRAY['AccessExclusiveLock', 'ExclusiveLock', 'ShareRowExclusiveLock', 'ShareLock',
      'ShareUpdateExclusiveLock'], l.mode)
    """
  }

  private static func fact(_ row: String) -> String? {
    let parts = row.split(separator: "|").map(String.init)
    guard parts.count == 4, parts[0] == "held", let mode = LockMode(catalogName: parts[2]) else { return nil }
    return "\(parts[1]) \(mode.name) \(parts[3])"
  }
}

/// Tells at each look at `pg_locks` what is held: a line for each table of the scripts.
private struct LocksSeen: StatementRule {
  let id = "locks-seen"
  let summary = ""
  let risk = Risk.low
  let explanation = ""
  let alternative = ""
  let reference = ""
  let examples: [RuleExample] = []

  func check(_ context: StatementContext) -> [Finding] {
    guard context.source[context.statement.range].contains("pg_locks") else { return [] }
    let locks = context.transaction.heldLocks.all.filter { ["users", "people", "orders"].contains($0.relation.name) }
    let lines = locks.map { "\($0.mode.name) \($0.relation.name)" }.joined(separator: "\n")
    return [context.finding(self, "\(lines)")]
  }
}

extension Migration {
  fileprivate init(_ text: String, _ mode: TransactionMode, _ version: String) {
    let script = PostgresParser.parse(SourceText(path: version, text: text))
    self.init(
      path: version,
      version: version,
      name: "",
      direction: .up,
      runner: "test",
      transactionMode: mode,
      script: script,
      // The server gets the text in one query between BEGIN and COMMIT.
      queries: mode == .wrapped ? [script.statements.indices] : []
    )
  }
}

extension Migration.TransactionMode {
  fileprivate var executionMode: LiveDatabase.ExecutionMode {
    switch self {
    case .implicit: .whole
    case .wrapped: .wrapped
    case .none, .split: .apart
    }
  }
}
