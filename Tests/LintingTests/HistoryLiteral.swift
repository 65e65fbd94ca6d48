import PostgresParser
import Syntax

@testable import Linting

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
    queries: [Range<Int>] = [],
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
      queries: queries,
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

/// A rule of a test's own; its prose is read by nobody.
protocol TestRule: Rule {}

extension TestRule {
  var summary: String { "" }
  var risk: Risk { .high }
  var explanation: String { "" }
  var alternative: String { "" }
  var reference: String { "" }
  var examples: [RuleExample] { [] }
}

/// Finds every UPDATE.
struct UpdateSeen: TestRule, StatementRule {
  let id = "update-seen"
  let formerIDs = ["update-noticed"]
  let alsoKnownAs = ["squawk: see-update", "pgfence: update-1", "atlas: DS101", "strong_migrations: update"]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .dataChange(.update) = context.statement.kind else { return [] }
    return [context.finding(self, "an update of a table")]
  }
}

/// Finds every statement that loses or breaks something.
struct LossSeen: TestRule, StatementRule {
  let id = "loss-seen"

  func check(_ context: StatementContext) -> [Finding] {
    let (losses, breaks) = (context.effects.losses.count, context.effects.breaks.count)
    return losses + breaks == 0 ? [] : [context.finding(self, "\(losses) losses, \(breaks) breaks")]
  }
}

/// Finds each migration, as a file and in its place, and every statement.
struct EverySeen: TestRule, StatementRule, FileRule, HistoryRule {
  let id = "every-seen"
  let isAboutFile = false

  func check(_ context: StatementContext) -> [Finding] { [context.finding(self, "a statement")] }

  func check(_ migration: Migration) -> [Finding] {
    [Finding(rule: id, risk: risk, range: 0..<0, message: "the file")]
  }

  func check(_ context: HistoryContext) -> [Finding] { [context.finding(self, "place \(context.index)")] }
}
