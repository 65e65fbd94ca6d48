import Syntax

/// Finds out which comments of a migration allow which of its findings.
struct SuppressionMatching {
  private let migration: Migration
  private let rules: RuleSet
  private let suppressions: [Suppression]
  private var used: Set<Suppression> = []

  init(in migration: Migration, rules: RuleSet) {
    self.migration = migration
    self.rules = rules
    suppressions = migration.script.suppressions
  }

  /// Gives findings that are allowed their suppressions, and notes which were used.
  mutating func suppress(_ findings: inout [Finding]) {
    guard !suppressions.isEmpty else { return }
    for index in findings.indices {
      guard let suppression = suppressions.first(where: { covers($0, findings[index]) }) else { continue }
      findings[index].suppression = suppression
      used.insert(suppression)
    }
  }

  private func covers(_ suppression: Suppression, _ finding: Finding) -> Bool {
    guard rules.presentIDs[suppression.rule] == finding.rule else { return false }
    return switch suppression.scope {
    // A file that is included speaks for itself alone.
    case .file: migration.script.source.isOneFile(suppression.range.lowerBound, finding.range.lowerBound)
    case .statement(let statement): statement != nil && statement == finding.statement
    }
  }

  /// What became of the suppressions; `nil` where there are none.
  var audit: SuppressionAudit? {
    guard !suppressions.isEmpty else { return nil }
    return SuppressionAudit(
      migration: migration,
      suppressions: suppressions,
      used: used,
      knownRules: rules.presentIDs.keys.sorted(),
      fileRules: rules.fileRules,
      disabledRules: rules.disabledRules
    )
  }
}
