import Analysis
import PostgresParser
import Rules
import Syntax

/// A migration written out in a test.
struct MigrationText {
  var sql: String
  var transactionMode = Migration.TransactionMode.implicit
}

extension MigrationReport {
  /// The report on the last of some migrations, by all rules.
  static func linting(
    _ history: [String],
    then migration: MigrationText,
    rules: [any Rule] = AllRules.all
  ) throws(NoReport) -> MigrationReport {
    let earlier = history.enumerated().map { index, sql in
      MigrationPair(up: Migration(MigrationText(sql: sql), number: index + 1, isReported: false), down: nil)
    }
    let last = MigrationPair(up: Migration(migration, number: history.count + 1, isReported: true), down: nil)
    let report = Linter(rules: rules, policy: Policy())
      .lint([History(migrations: earlier + [last])], toolVersion: "test", grammarVersion: "17")
    guard let migration = report.migrations.last else { throw NoReport() }
    return migration
  }

  struct NoReport: Error {}
}

extension Migration {
  init(_ text: MigrationText, number: Int, isReported: Bool) {
    let version = "00000\(number)"
    let path = "migrations/\(version)_test.up.sql"
    self.init(
      path: path,
      version: version,
      name: "test",
      direction: .up,
      runner: "golang-migrate",
      transactionMode: text.transactionMode,
      script: PostgresParser.parse(SourceText(path: path, text: text.sql)),
      isReported: isReported
    )
  }
}
