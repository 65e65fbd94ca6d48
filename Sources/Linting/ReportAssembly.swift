import Catalog
import Execution
import Syntax

/// Puts together what is reported on each migration.
struct ReportAssembly: Sendable {
  let rules: RuleSet

  /// The report on a migration that is judged. In a history, an up migration comes with its context and its rollback.
  func report(
    on run: MigrationRun,
    in context: HistoryContext? = nil,
    _ rollback: Rollback? = nil
  ) -> MigrationReport {
    var findings = run.findings
    if let context { findings += rules.findings(in: context) }
    findings += rules.findings(in: run.migration)
    if let context, var rollback, context.history.hasDownMigrations, !run.migration.isRepeatable {
      rollback.noteLosses(toldBy: &findings, rules)
      findings += rules.findings(in: rollback)
    }
    var matching = SuppressionMatching(in: run.migration, rules: rules)
    matching.suppress(&findings)
    findings = rules.toldOnce(findings)
    if let audit = matching.audit { findings += rules.findings(in: audit) }
    return MigrationReport(run, findings: findings, irreversibility: rollback?.irreversibility ?? [])
  }

  /// The report on a file that will not run: it is not judged; what is to be said of it is.
  func note(on migration: Migration, _ findings: [Finding] = []) -> MigrationReport {
    var findings = findings + rules.findings(in: migration)
    var matching = SuppressionMatching(in: migration, rules: rules)
    matching.suppress(&findings)
    return MigrationReport(MigrationRun(of: migration), findings: findings)
  }

  /// The report on a migration that is shown and not judged; `rollback` is given where it alone was changed of what is
  /// released, so that it is judged whether it still undoes that.
  func description(of run: MigrationRun, changed rollback: Rollback? = nil) -> MigrationReport {
    var findings = rules.findings(in: run.migration)
    if let rollback {
      findings += rules.findings(inDownOf: rollback)
      var matching = SuppressionMatching(in: run.migration, rules: rules)
      matching.suppress(&findings)
    }
    return MigrationReport(run, findings: findings)
  }
}

extension Rollback {
  /// What a finding says to be lost it also says not to come back, so that no other finding has to.
  fileprivate mutating func noteLosses(toldBy findings: inout [Finding], _ rules: RuleSet) {
    let losses = unrestoredLosses
    let lossy = Set(losses.map(\.statement))
    guard !lossy.isEmpty else { return }
    // A type that values may not fit loses nothing where it fails.
    let certain = Set(losses.filter { if case .narrowing = $0.loss { false } else { true } }.map(\.statement))
    for index in findings.indices where rules.lossRuleIDs.contains(findings[index].rule) {
      guard let statement = findings[index].statement, lossy.contains(statement) else { continue }
      // That there is no down migration is said once.
      if hasStatements || toldLosses.isEmpty, certain.contains(statement), let words = lossWords {
        findings[index].message.append(words)
      }
      toldLosses.insert(statement)
    }
  }

  private var lossWords: String? {
    if hasStatements { return "; the down migration cannot bring that back" }
    if down != nil { return isMissing ? "; the down migration does nothing" : nil }
    return habit == .usual ? "; there is no down migration" : nil
  }
}

extension MigrationReport {
  /// Puts the findings in the order of the text, and lets each raise its statement's risk and the migration's:
  /// what the file allows is no less risky for it.
  fileprivate init(_ run: MigrationRun, findings: [Finding], irreversibility: [Irreversibility] = []) {
    var statements = run.statements
    for finding in findings where finding.countsForRisk {
      guard let index = finding.statement, statements.indices.contains(index) else { continue }
      statements[index].raise(by: finding)
    }
    let risks = statements.map(\.risk) + findings.filter(\.countsForRisk).map(\.risk)
    self.init(
      migration: run.migration,
      statements: statements,
      transactions: run.transactions,
      findings: findings.sorted { ($0.range.lowerBound, $0.rule) < ($1.range.lowerBound, $1.rule) },
      risk: risks.max() ?? .low,
      phases: Phase.allCases.filter { phase in statements.contains { $0.phase == phase } },
      additions: run.additions,
      irreversibility: irreversibility
    )
  }
}

extension StatementReport {
  /// What is to be said of a statement before any rule has judged it.
  init(
    of statement: Statement,
    _ effects: StatementEffects,
    refusal: SQLError?,
    in transaction: TransactionState,
    asking rowQuestions: [RowQuestion],
    _ policy: Policy
  ) {
    // What PostgreSQL refuses does nothing.
    let effects = refusal?.isCertain == true ? StatementEffects() : effects
    let assessment = Assessment(of: statement.kind, effects: effects)
    let felt = effects.visibleToOthers
    let isLong = felt.contains { !$0.work.isEmpty } || statement.kind.movesData && !felt.isEmpty
    self.init(
      statement: statement,
      risk: assessment.risk,
      phase: assessment.phase,
      reason: assessment.reason,
      effects: effects,
      refusal: refusal,
      transaction: transaction.number,
      heldLocks: isLong ? transaction.heldLocks.first : [],
      rowQuestions: rowQuestions,
      estimatedSeconds: policy.rates.seconds(for: effects, sizes: policy.sizes)
    )
  }
}
