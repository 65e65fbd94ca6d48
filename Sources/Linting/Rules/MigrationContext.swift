import Catalog
import Execution
import Syntax

/// All statements of a migration together, once the last one has run.
package struct MigrationContext: Sendable {
  package let migration: Migration
  /// One a statement of the script, in its order; what is left of their breakages at the end.
  package let statements: [StatementReport]
  /// Those of several statements that hold locks which others notice, in their order.
  package let transactions: [TransactionState]
  /// The BEGIN whose transaction nothing ends; `nil` where there is none.
  package let openBegin: Int?
  /// The schema before the migration.
  package let start: Database
  /// The schema after it.
  package let end: Database
  package let policy: Policy
  /// Whether most migrations before it set a lock_timeout.
  package let isLockTimeoutUsual: Bool
  /// Whether no migration of the history sets one, and it is the first that may have to be told.
  package let isFirstWithoutLockTimeout: Bool

  /// Whether it is to set a lock_timeout itself.
  package var asksForLockTimeout: Bool {
    policy.timeouts.map { $0 == .migration } ?? (isLockTimeoutUsual || isFirstWithoutLockTimeout)
  }

  package var source: SourceText { migration.script.source }

  /// A finding about one of the statements.
  package func finding(
    _ rule: some Rule,
    _ message: Finding.Message,
    at statement: Int,
    range: Range<Int>? = nil,
    risk: Risk? = nil,
    fix: Finding.Fix? = nil
  ) -> Finding {
    let statements = migration.script.statements
    return Finding(
      rule: rule.id,
      risk: risk ?? rule.risk,
      range: range ?? (statements.indices.contains(statement) ? statements[statement].range : 0..<0),
      message: message,
      fix: fix,
      statement: statement
    )
  }
}
