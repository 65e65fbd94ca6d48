import PostgresParser
import Syntax

@testable import Analysis

extension History {
  /// A history of up files, sent the way golang-migrate sends them unless `mode` says otherwise.
  init(_ files: String..., mode: Migration.TransactionMode = .implicit) {
    self.init(
      migrations: files.enumerated().map { index, text in
        MigrationPair(up: Migration(text, version: "\(index + 1)", mode: mode), down: nil)
      }
    )
  }
}

extension Migration {
  init(
    _ text: String,
    version: String = "1",
    direction: Direction = .up,
    mode: TransactionMode = .implicit,
    isReported: Bool = true
  ) {
    let path = "\(version)_test.\(direction.rawValue).sql"
    self.init(
      path: path,
      version: version,
      name: "test",
      direction: direction,
      runner: "golang-migrate",
      transactionMode: mode,
      script: PostgresParser.parse(SourceText(path: path, text: text)),
      isReported: isReported
    )
  }
}

extension Linter {
  /// Lints one history with `rules`.
  static func lint(_ history: History, rules: [any Rule] = [], policy: Policy = Policy()) -> [MigrationReport] {
    Linter(rules: rules, policy: policy).lint([history], toolVersion: "test", grammarVersion: "17").migrations
  }
}

/// Finds every UPDATE; its examples are not run here.
struct UpdateSeen: Rule {
  let id = "update-seen"
  let formerIDs = ["update-noticed"]
  let summary = "an UPDATE"
  let risk = Risk.high
  let explanation = ""
  let alternative = ""
  let reference = ""
  let examples: [RuleExample] = []

  func check(_ step: Step) -> [Finding] {
    guard case .dataChange(.update) = step.statement.kind else { return [] }
    return [step.finding(self, "an update of a table")]
  }
}
