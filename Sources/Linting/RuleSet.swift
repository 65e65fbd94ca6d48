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
  /// The rules whose findings say that data is lost.
  let lossRuleIDs: Set<String>
  /// The rules that say the same thing only once in a file.
  private let onceRules: Set<String>
  /// The ids of rules that do not run, former ones too.
  let disabledRules: Set<String>
  /// What other tools call the rules; `nil` where their comments count for nothing.
  let foreignRules: ForeignRules?
  /// The day of the run, on which comments that end are looked at.
  let today: CalendarDate?

  /// The rules that the policy lets run and that concern its server.
  init(_ rules: [any Rule], policy: Policy) {
    let running = rules.filter { policy.runs($0) && $0.versions.contains(policy.targetVersion) }
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
    lossRuleIDs = Set(running.filter(\.tellsOfLoss).map(\.id))
    onceRules = Set(running.filter(\.tellsOnce).map(\.id))
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

  /// The findings without what is said already; one that is allowed says nothing.
  func toldOnce(_ findings: [Finding]) -> [Finding] {
    var said: Set<Finding.Message> = []
    return findings.filter { finding in
      finding.isSuppressed || !onceRules.contains(finding.rule) || said.insert(finding.message).inserted
    }
  }

  private func collect<Kind>(_ rules: [Kind], _ check: (Kind) -> [Finding]) -> [Finding] {
    var findings: [Finding] = []
    // By position: to take a rule out of the list copies it, which takes longer than most rules do.
    for position in rules.indices {
      for var finding in check(rules[position]) {
        if let risk = risks[finding.rule] { finding.risk = risk }
        findings.append(finding)
      }
    }
    return findings
  }
}
