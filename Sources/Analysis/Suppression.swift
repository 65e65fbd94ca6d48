import Syntax

/// A comment that allows a rule: `-- sqllint:allow RULE reason` or `-- sqllint:allow-file RULE reason`.
package struct Suppression: Hashable, Sendable {
  package enum Scope: Hashable, Sendable {
    case file
    /// The position in the script of the statement that it stands on or above; `nil` where there is none.
    case statement(Int?)
  }

  /// As written.
  package let rule: String
  package let scope: Scope
  package let reason: String
  /// The whole comment, in bytes.
  package let range: Range<Int>

  package init(rule: String, scope: Scope, reason: String, range: Range<Int>) {
    self.rule = rule
    self.scope = scope
    self.reason = reason
    self.range = range
  }
}

/// What became of a migration's suppressions, for the rules that judge them.
package struct SuppressionAudit: Sendable {
  package let migration: Migration
  package let suppressions: [Suppression]
  /// Those that suppressed a finding.
  package let used: Set<Suppression>
  /// Every id that a suppression may name, former ones too.
  package let knownRules: [String]
  /// Ids of rules that did not run, so that nothing is known about their suppressions.
  package let disabledRules: Set<String>

  package init(
    migration: Migration,
    suppressions: [Suppression],
    used: Set<Suppression>,
    knownRules: [String],
    disabledRules: Set<String>
  ) {
    self.migration = migration
    self.suppressions = suppressions
    self.used = used
    self.knownRules = knownRules
    self.disabledRules = disabledRules
  }
}
