import Syntax

/// The rules that run, sorted by kind, with the risks that the policy gives their findings.
struct RuleSet: Sendable {
  private let statementRules: [any StatementRule]
  /// Those about statements that PostgreSQL refuses.
  private let refusalRules: [any StatementRule]
  private let migrationRules: [any MigrationRule]
  private let fileRules: [any FileRule]
  private let historyRules: [any HistoryRule]
  private let rollbackRules: [any RollbackRule]
  private let suppressionRules: [any SuppressionRule]
  /// The risks that replace the rules' own.
  private let risks: [String: Risk]
  /// Every rule's ids, of disabled ones and former ones too, with the rule's present id.
  let presentIDs: [String: String]
  /// The rules whose findings are about whole files.
  let fileRuleIDs: Set<String>
  /// The ids of rules that do not run, former ones too.
  let disabledRules: Set<String>
  /// What other tools call the rules; `nil` where their comments count for nothing.
  let foreignRules: ForeignRules?
  /// The day of the run, on which comments that end are looked at.
  let today: CalendarDate?

  /// The rules but those that the policy disables or that do not concern its server.
  init(_ rules: [any Rule], policy: Policy) {
    let running = rules.filter { !policy.disabledRules.contains($0.id) && $0.versions.contains(policy.targetVersion) }
    statementRules = running.compactMap(\.asStatementRule)
    refusalRules = statementRules.filter(\.judgesRefused)
    migrationRules = running.compactMap(\.asMigrationRule)
    fileRules = running.compactMap(\.asFileRule)
    historyRules = running.compactMap(\.asHistoryRule)
    rollbackRules = running.compactMap(\.asRollbackRule)
    suppressionRules = running.compactMap(\.asSuppressionRule)
    risks = policy.ruleRisks
    foreignRules = policy.honoursForeignComments ? ForeignRules(rules) : nil
    today = policy.today
    var presentIDs: [String: String] = [:]
    for rule in rules {
      for id in [rule.id] + rule.formerIDs { presentIDs[id] = rule.id }
    }
    let runningIDs = Set(running.map(\.id))
    self.presentIDs = presentIDs
    fileRuleIDs = Set(running.filter(\.isAboutFile).map(\.id))
    disabledRules = Set(presentIDs.filter { !runningIDs.contains($0.value) }.keys)
  }

  /// What is found in a statement and in those that it runs.
  func findings(in context: StatementContext) -> [Finding] {
    var findings = statementFindings(in: context)
    let nested = context.nested
    guard !nested.isEmpty else { return findings }
    // Code may hold the same statement in several branches.
    var known = Set(findings)
    for statement in nested {
      findings += statementFindings(in: statement).filter { known.insert($0).inserted }
    }
    return findings
  }

  private func statementFindings(in context: StatementContext) -> [Finding] {
    collect(context.isRefused ? refusalRules : statementRules) { $0.check(context) }
  }

  func findings(in migration: Migration) -> [Finding] { collect(fileRules) { $0.check(migration) } }

  func findings(in context: MigrationContext) -> [Finding] { collect(migrationRules) { $0.check(context) } }

  func findings(in context: HistoryContext) -> [Finding] { collect(historyRules) { $0.check(context) } }

  func findings(in rollback: Rollback) -> [Finding] { collect(rollbackRules) { $0.check(rollback) } }

  /// What is to be said of a down migration that was changed, where its up migration was not.
  func findings(inDownOf rollback: Rollback) -> [Finding] {
    guard let down = rollback.down else { return [] }
    let place = rollback.refused?.index ?? 0
    let range = down.script.statements.indices.contains(place) ? down.script.statements[place].range : 0..<0
    return collect(rollbackRules.filter(\.isAboutDown)) { $0.check(rollback) }.map {
      Finding(rule: $0.rule, risk: $0.risk, range: range, message: $0.message, fix: $0.fix)
    }
  }

  func findings(in audit: SuppressionAudit) -> [Finding] { collect(suppressionRules) { $0.check(audit) } }

  private func collect<Kind>(_ rules: [Kind], _ check: (Kind) -> [Finding]) -> [Finding] {
    var findings: [Finding] = []
    for rule in rules {
      for var finding in check(rule) {
        if let risk = risks[finding.rule] { finding.risk = risk }
        findings.append(finding)
      }
    }
    return findings
  }
}
