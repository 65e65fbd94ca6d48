import Syntax

/// Finds out which comments of a migration allow which of its findings.
struct SuppressionMatching {
  private let migration: Migration
  private let rules: RuleSet
  private let suppressions: [Suppression]
  private var used: Set<Suppression> = []
  /// The day on which those that end are looked at; `nil` where they hold.
  private let today: CalendarDate?

  init(in migration: Migration, rules: RuleSet) {
    self.migration = migration
    self.rules = rules
    today = rules.today
    suppressions =
      migration.script.suppressions + (rules.foreignRules.map(migration.script.foreignSuppressions) ?? [])
  }

  /// Gives findings that are allowed their suppressions, and notes which were used.
  mutating func suppress(_ findings: inout [Finding]) {
    guard !suppressions.isEmpty else { return }
    var first: [Target: Int] = [:]
    for (position, suppression) in suppressions.enumerated() {
      guard let target = target(of: suppression), first[target] == nil else { continue }
      first[target] = position
    }
    for index in findings.indices {
      guard let position = targets(of: findings[index]).compactMap({ first[$0] }).min() else { continue }
      findings[index].suppression = suppressions[position]
      used.insert(suppressions[position])
    }
  }

  /// What a suppression allows a rule in.
  private enum Target: Hashable {
    /// A file that is included speaks for itself alone.
    case file(rule: String, path: String)
    case statement(rule: String, Int)
  }

  /// `nil` where it allows nothing.
  private func target(of suppression: Suppression) -> Target? {
    guard let rule = rules.presentIDs[suppression.rule], !suppression.hasExpired(on: today) else { return nil }
    return switch suppression.scope {
    case .file: .file(rule: rule, path: path(of: suppression.range))
    case .statement(let statement): statement.map { .statement(rule: rule, $0) }
    }
  }

  private func targets(of finding: Finding) -> [Target] {
    [.file(rule: finding.rule, path: path(of: finding.range))]
      + (finding.statement.map { [.statement(rule: finding.rule, $0)] } ?? [])
  }

  private func path(of range: Range<Int>) -> String { migration.script.source.file(of: range).source.path }

  /// What became of the suppressions; `nil` where there are none.
  var audit: SuppressionAudit? {
    guard !suppressions.isEmpty else { return nil }
    return SuppressionAudit(
      migration: migration,
      suppressions: suppressions.filter { $0.tool == nil },
      used: used,
      today: today,
      knownRules: Set(rules.presentIDs.keys),
      fileRules: rules.fileRuleIDs,
      disabledRules: rules.disabledRules
    )
  }
}
