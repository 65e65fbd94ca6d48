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
    if let context, let rollback, context.history.hasDownMigrations, !run.migration.isRepeatable {
      findings += rules.findings(in: rollback)
    }
    var matching = SuppressionMatching(in: run.migration, rules: rules)
    matching.suppress(&findings)
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

extension MigrationReport {
  /// Puts the findings in the order of the text, and lets each raise its statement's risk and the migration's.
  fileprivate init(_ run: MigrationRun, findings: [Finding], irreversibility: [Irreversibility] = []) {
    var statements = run.statements
    for finding in findings where !finding.isSuppressed {
      guard let index = finding.statement, statements.indices.contains(index) else { continue }
      statements[index].raise(to: finding.risk)
    }
    let risks = statements.map(\.risk) + findings.filter { !$0.isSuppressed }.map(\.risk)
    self.init(
      migration: run.migration,
      statements: statements,
      transactions: run.transactions,
      findings: findings.sorted { ($0.range.lowerBound, $0.rule) < ($1.range.lowerBound, $1.rule) },
      risk: risks.max() ?? .low,
      phases: Phase.allCases.filter { phase in statements.contains { $0.phase == phase } },
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
    asking rowQuestions: [RowQuestion]
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
      rowQuestions: rowQuestions
    )
  }
}
