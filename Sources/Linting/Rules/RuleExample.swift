/// SQL that shows a rule; tests run every example.
package struct RuleExample: Hashable, Sendable {
  package enum Verdict: Hashable, Sendable {
    /// Exactly one finding of the rule.
    case bad
    /// No finding of any rule.
    case good
  }

  package let verdict: Verdict
  /// What the example shows, in a few words.
  package let title: String
  /// The migrations that ran before, each a file of its own.
  package let history: [String]
  /// The migration that is checked.
  package let sql: String
  /// How the runner sends ``sql``.
  package let transactionMode: Migration.TransactionMode
  /// Its down migration, where the example is about that; empty where it has none, unlike others of its history.
  package let down: String?

  package static func bad(
    _ title: String,
    history: [String] = [],
    transactionMode: Migration.TransactionMode = .implicit,
    _ sql: String,
    down: String? = nil
  ) -> Self {
    Self(verdict: .bad, title: title, history: history, sql: sql, transactionMode: transactionMode, down: down)
  }

  package static func good(
    _ title: String,
    history: [String] = [],
    transactionMode: Migration.TransactionMode = .implicit,
    _ sql: String,
    down: String? = nil
  ) -> Self {
    Self(verdict: .good, title: title, history: history, sql: sql, transactionMode: transactionMode, down: down)
  }
}
