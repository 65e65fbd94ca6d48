import Linting
import PostgresParser
import Rules
import Syntax

/// A migration written out in a test.
struct MigrationText {
  var sql: String
  var transactionMode = Migration.TransactionMode.implicit
  var refusal: String?
  var isAlwaysWrapped = false
  /// Its down migration; empty: it has none, though others of the history do.
  var down: String?
}

extension MigrationReport {
  /// The report on the last of some migrations, by all rules.
  static func linting(
    _ history: [String],
    then migration: MigrationText,
    rules: [any Rule] = AllRules.all,
    policy: Policy = Policy()
  ) throws(NoReport) -> MigrationReport {
    let earlier = history.enumerated().map { index, sql in
      MigrationPair(
        up: Migration(MigrationText(sql: sql), number: index + 1, isReported: false),
        // So that one is missed where there is none.
        down: migration.down.map { _ in Migration(MigrationText(sql: "SELECT 1;"), number: index + 1, isDown: true) }
      )
    }
    let number = history.count + 1
    let down = migration.down.flatMap {
      $0.isEmpty ? nil : Migration(MigrationText(sql: $0), number: number, isDown: true)
    }
    let last = MigrationPair(up: Migration(migration, number: number, isReported: true), down: down)
    let whole = History(migrations: earlier + [last], hasDownMigrations: migration.down != nil)
    let report = Linter(rules: rules, policy: policy).lint([whole], toolVersion: "test", grammarVersion: "17")
    guard let migration = report.migrations.last(where: { $0.migration.direction == .up }) else { throw NoReport() }
    return migration
  }

  struct NoReport: Error {}
}

extension Migration {
  init(_ text: MigrationText, number: Int, isReported: Bool = true, isDown: Bool = false) {
    let version = "00000\(number)"
    let path = "migrations/\(version)_test.\(isDown ? "down" : "up").sql"
    self.init(
      path: path,
      version: version,
      name: "test",
      direction: isDown ? .down : .up,
      runner: "golang-migrate",
      transactionMode: text.transactionMode,
      script: PostgresParser.parse(SourceText(path: path, text: text.sql)),
      refusal: text.refusal,
      isAlwaysWrapped: text.isAlwaysWrapped,
      isReported: isReported
    )
  }
}
