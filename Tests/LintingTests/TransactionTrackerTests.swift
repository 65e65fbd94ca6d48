import Catalog
import Execution
import PostgresParser
import Syntax
import Testing

@testable import Linting

@Suite("A script's transactions")
struct TransactionTrackerTests {
  /// The transaction each statement runs in: its number, with `*` where it is a transaction block.
  private func transactions(
    _ text: String,
    _ mode: Migration.TransactionMode,
    queries: [Range<Int>] = []
  ) -> String {
    let migration = Migration(text, mode: mode, queries: queries)
    var tracker = TransactionTracker(migration: migration)
    var database = Database()
    return migration.script.statements.enumerated().map { index, statement in
      let state = tracker.state
      tracker.run(statement, at: index, in: &database)
      return "\(state.number)\(state.isBlock ? "*" : "")"
    }.joined(separator: " ")
  }

  @Test(
    "follow the runner and the text",
    arguments: [
      ("SELECT 1", .implicit, "1"),
      ("SELECT 1; SELECT 2", .implicit, "1* 1*"),
      ("SELECT 1; SELECT 2", .none, "1 2"),
      ("SELECT 1", .wrapped, "1*"),
      ("BEGIN; SELECT 1; COMMIT; SELECT 2", .implicit, "1* 1* 1* 2*"),
      ("SELECT 1; BEGIN; SELECT 2; ROLLBACK; SELECT 3", .implicit, "1* 1* 1* 1* 2*"),
      ("BEGIN; SELECT 1; COMMIT; SELECT 2; SELECT 3", .none, "1 1* 1* 2 3"),
      ("COMMIT; SELECT 1", .wrapped, "1* 2"),
      ("BEGIN; COMMIT AND CHAIN; SELECT 1; COMMIT; SELECT 2", .none, "1 1* 2* 2* 3"),
      ("SELECT 1; SELECT 2; VACUUM; SELECT 3; SELECT 4", .split, "1* 1* 2 3* 3*"),
      ("VACUUM; VACUUM; SELECT 1", .split, "1 2 3*"),
      ("SELECT 1; COMMIT; SELECT 2; VACUUM; SELECT 3", .split, "1* 1* 2 3 4"),
    ] as [(String, Migration.TransactionMode, String)]
  )
  func followRunnerAndText(text: String, mode: Migration.TransactionMode, expected: String) {
    #expect(transactions(text, mode) == expected)
  }

  @Test(
    "follow what is sent in one query",
    arguments: [
      ("SELECT 1; SELECT 2; SELECT 3; SELECT 4", [1..<3], "1 2* 2* 3"),
      ("SELECT 1; SELECT 2; SELECT 3; SELECT 4", [0..<2, 2..<4], "1* 1* 2* 2*"),
      ("SELECT 1; SELECT 2", [0..<1, 1..<2], "1 2"),
      ("SELECT 1; BEGIN; SELECT 2; COMMIT", [0..<2], "1* 1* 1* 1*"),
    ] as [(String, [Range<Int>], String)]
  )
  func queries(text: String, queries: [Range<Int>], expected: String) {
    #expect(transactions(text, .none, queries: queries) == expected)
  }

  @Test("run nothing behind what is refused of a query, and undo what came before it")
  func joined() {
    let text = """
      CREATE TABLE t (a int);
      ALTER TABLE t ADD COLUMN b int\\; VACUUM t\\; ROLLBACK\\; ALTER TABLE t ADD COLUMN c int;
      ALTER TABLE t ADD COLUMN b int;
      SELECT 1\\; SAVEPOINT s;
      """
    let script = PostgresParser.parse(SourceText(path: "1.sql", text: text))
    let migration = Migration(
      path: "1.sql",
      version: "1",
      name: "test",
      direction: .up,
      runner: "plain",
      transactionMode: .none,
      script: script,
      queries: [1..<5, 6..<8],
      goesOnAfterErrors: true
    )
    let report = Linter.lint(History(migrations: [MigrationPair(up: migration, down: nil)])).last
    #expect(
      report?.statements.map { $0.refusal?.state.rawValue }
        == [nil, nil, "25001", "25P02", "25P02", nil, nil, "25P01"]
    )
  }

  @Test("restore the catalog with ROLLBACK, and only to the savepoint with ROLLBACK TO")
  func rollback() {
    let report = Linter.lint(
      History(
        """
        BEGIN;
        CREATE TABLE kept (a int);
        SAVEPOINT s;
        CREATE TABLE undone (a int);
        ROLLBACK TO s;
        COMMIT;
        BEGIN;
        CREATE TABLE gone (a int);
        ROLLBACK;
        """,
        "DROP TABLE kept; DROP TABLE undone; DROP TABLE gone",
        mode: .none
      )
    ).last
    let effects = report?.statements.compactMap(\.effects.relations.first)
    #expect(effects?.map(\.isAssumed) == [false, true, true])
  }

  @Test(
    "know savepoints by their innermost name",
    arguments: [
      ("SAVEPOINT s; CREATE TABLE a (i int); SAVEPOINT s; CREATE TABLE b (i int); ROLLBACK TO s", "a"),
      ("SAVEPOINT s; CREATE TABLE a (i int); SAVEPOINT s; RELEASE s; CREATE TABLE b (i int); ROLLBACK TO s", ""),
      ("SAVEPOINT s; CREATE TABLE a (i int); SAVEPOINT t; RELEASE s; ROLLBACK TO t", "a"),
      ("SAVEPOINT s; CREATE TABLE a (i int); SAVEPOINT t; ROLLBACK TO s; CREATE TABLE b (i int); ROLLBACK TO t", "b"),
      ("CREATE TABLE a (i int); SAVEPOINT s; CREATE TABLE b (i int); ROLLBACK TO s; ROLLBACK TO s", "a"),
      ("SAVEPOINT s; CREATE TABLE a (i int); ROLLBACK TO missing; RELEASE missing", "a"),
    ]
  )
  func savepoints(text: String, left: String) {
    let migration = Migration("BEGIN; " + text)
    var tracker = TransactionTracker(migration: migration)
    var database = Database()
    for (index, statement) in migration.script.statements.enumerated() {
      tracker.run(statement, at: index, in: &database)
    }
    #expect(database.catalog.tables.keys.map(\.name).sorted().joined(separator: " ") == left)
  }

  @Test(
    "continue in the migrations that follow, where the runner sends all of a deployment in one",
    arguments: [true, false]
  )
  func joined(isJoined: Bool) {
    func pair(_ sql: String, _ version: String, _ status: Migration.Status) -> MigrationPair {
      let script = PostgresParser.parse(SourceText(path: "\(version).sql", text: sql))
      let up = Migration(
        path: "\(version).sql",
        version: version,
        name: "",
        direction: .up,
        runner: "test",
        transactionMode: .wrapped,
        script: script,
        isReported: status.isToRun,
        status: status
      )
      return MigrationPair(up: up, down: nil)
    }
    let new = Migration.Status.new(newest: nil, branch: "main")
    let history = History(
      migrations: [
        pair("CREATE TABLE t (a int); CREATE TABLE u (a int); LOCK TABLE u", "1", .released),
        pair("ALTER TABLE t ADD b int", "2", new), pair("UPDATE u SET a = 1", "3", new),
        pair("UPDATE u SET a = 2; COMMIT", "4", new), pair("UPDATE u SET a = 3", "5", new),
      ],
      origin: History.Origin(folder: "", runner: "test", evidence: "", joinsMigrations: isJoined),
      isBatch: true
    )
    let held = Linter.lint(history).map { report in
      report.statements[0].heldLocks.map { "\($0.mode.name) \($0.relation.name) \($0.place.path):\($0.place.line)" }
    }
    let lock = isJoined ? ["ACCESS EXCLUSIVE t 2.sql:1"] : []
    #expect(held == [[], lock, lock, []])
  }

  @Test("hold the strongest lock on each relation, and the statement that took it")
  func heldLocks() {
    let migration = Migration("LOCK TABLE t IN SHARE MODE;\nLOCK TABLE t;\nLOCK TABLE t IN ROW EXCLUSIVE MODE")
    var tracker = TransactionTracker(migration: migration)
    var database = Database()
    let relation = QualifiedName(schema: "public", "t")
    for (index, statement) in migration.script.statements.enumerated() {
      tracker.run(statement, at: index, in: &database)
    }
    #expect(tracker.state.heldLocks[relation]?.mode == .accessExclusive)
    #expect(tracker.state.heldLocks[relation]?.place.line == 2)
  }

  @Test("show the first few locks that stop writes, in the order in which the relations were locked first")
  func firstLocks() {
    let weak = (0..<3).map { "LOCK TABLE w\($0) IN SHARE UPDATE EXCLUSIVE MODE" }
    let strong = (0..<4).map { "LOCK TABLE s\($0)" }
    let later = ["LOCK TABLE w1 IN SHARE MODE", "ALTER TABLE s0 RENAME TO r0", "LOCK TABLE s2 IN SHARE MODE"]
    let migration = Migration((weak + strong + later).joined(separator: ";\n"))
    var tracker = TransactionTracker(migration: migration)
    var database = Database()
    for (index, statement) in migration.script.statements.enumerated() {
      tracker.run(statement, at: index, in: &database)
    }
    #expect(tracker.state.heldLocks.first.map(\.relation.name) == ["w1", "r0", "s1", "s2"])
    #expect(tracker.state.heldLocks.all.map(\.relation.name) == ["w0", "w1", "w2", "r0", "s1", "s2", "s3"])
  }
}

extension TransactionTracker {
  /// Executes a statement, and follows it.
  fileprivate mutating func run(_ statement: Statement, at index: Int, in database: inout Database) {
    let before = database
    let effects = database.execute(statement.kind, version: 17).effects
    advance(past: statement.kind, at: index, effects, refusal: nil, from: before, to: &database)
  }
}
