import Syntax

/// What became of a migration's suppressions, for the rules that judge them.
package struct SuppressionAudit: Sendable {
  package let migration: Migration
  package let suppressions: [Suppression]
  /// Those that suppressed a finding.
  package let used: Set<Suppression>
  /// The day of the run; `nil` where nobody asks for it.
  package let today: CalendarDate?
  /// Every id that a suppression may name, former ones too.
  package let knownRules: Set<String>
  /// Ids of rules whose findings no comment on a statement allows.
  package let fileRules: Set<String>
  /// Ids of rules that did not run, so that nothing is known about their suppressions.
  package let disabledRules: Set<String>

  package init(
    migration: Migration,
    suppressions: [Suppression],
    used: Set<Suppression>,
    today: CalendarDate? = nil,
    knownRules: Set<String>,
    fileRules: Set<String> = [],
    disabledRules: Set<String>
  ) {
    self.migration = migration
    self.suppressions = suppressions
    self.used = used
    self.today = today
    self.knownRules = knownRules
    self.fileRules = fileRules
    self.disabledRules = disabledRules
  }
}
