import Catalog
import Execution
import Threading

/// Walks histories migration by migration: each runs on the simulated server, is judged, and is reported.
package struct Linter: Sendable {
  private let usual: Judge
  /// By the paths of migrations that are judged otherwise.
  private let others: [String: Judge]

  private var policy: Policy { usual.policy }

  /// A linter with `rules`, of which it leaves out those that the policy disables or that do not concern its server.
  /// `exceptions` are policies that hold for the migrations of some paths instead.
  package init(rules: [any Rule], policy: Policy, exceptions: [(policy: Policy, paths: Set<String>)] = []) {
    usual = Judge(rules, policy)
    var others: [String: Judge] = [:]
    for (policy, paths) in exceptions {
      let judge = Judge(rules, policy)
      for path in paths { others[path] = judge }
    }
    self.others = others
  }

  private func judge(of migration: Migration) -> Judge {
    others.isEmpty ? usual : others[migration.path] ?? usual
  }

  /// Lints histories that each have a database of their own, side by side; the report keeps their order.
  ///
  /// What the statements of down files do is worked out only where it is asked for, as it takes as long as the rest; so are
  /// the databases between the migrations kept.
  package func lint(
    _ histories: [History],
    describesDowns: Bool = true,
    keepsDatabases: Bool = false,
    toolVersion: String,
    grammarVersion: String
  ) -> Report {
    Report(
      migrations: WorkerThreads.map(histories.count) { index in
        lint(histories[index], describesDowns: describesDowns, keepsDatabases: keepsDatabases).map(withOwnPolicy)
      }.flatMap(\.self),
      ignored: histories.flatMap(\.ignored),
      policy: policy,
      toolVersion: toolVersion,
      grammarVersion: grammarVersion
    )
  }

  private func withOwnPolicy(_ report: MigrationReport) -> MigrationReport {
    guard let judge = others[report.migration.path] else { return report }
    var report = report
    report.ownPolicy = judge.policy
    return report
  }

  private func lint(_ history: History, describesDowns: Bool, keepsDatabases: Bool) -> [MigrationReport] {
    var state = ReplayState(
      before: history,
      policy: (history.migrations.first.map { judge(of: $0.up) } ?? usual).policy
    )
    var found: [MigrationReport] = []
    var unfinished: [UnfinishedRun] = []
    for index in history.migrations.indices {
      let context = HistoryContext(history: history, index: index)
      let (reports, run) = lint(
        context,
        in: &state,
        describesDowns: describesDowns,
        keepsDatabases: keepsDatabases
      )
      if var run {
        run.position = found.count
        unfinished.append(run)
      }
      found += reports
    }
    for var unfinished in unfinished {
      unfinished.run.forgetFinished(in: state.database.catalog)
      let replay = found[unfinished.position].replay
      found[unfinished.position] = judge(of: unfinished.run.migration).reports
        .report(on: unfinished.run, in: unfinished.context, unfinished.rollback)
      found[unfinished.position].replay = replay
    }
    for down in history.orphanedDowns where down.isReported {
      let run = describesDowns || policy.judges(down) ? rollBack(down, after: state.database, since: nil).run : nil
      found.append(report(on: down, run, isDescribed: describesDowns))
    }
    return found + history.misnamed.filter(\.isReported).map { judge(of: $0).reports.note(on: $0) }
  }

  /// Runs a migration of a history, and judges it and its down migration where that is asked for. What it leaves to later
  /// migrations is judged again when these have run.
  private func lint(
    _ context: HistoryContext,
    in state: inout ReplayState,
    describesDowns: Bool,
    keepsDatabases: Bool
  ) -> ([MigrationReport], UnfinishedRun?) {
    let pair = context.history.migrations[context.index]
    FaultReport.note(file: pair.up.path)
    let before = state.database
    let judge = judge(of: pair.up)
    let (policy, reports) = (judge.policy, judge.reports)
    let run = state.run(context, rules: judge.rules, policy: policy)
    let isCompared = pair.up.isReported || pair.down.map(policy.judges) ?? false || pair.hasChangedDown
    var rollback: RollbackRun?
    if isCompared, let down = pair.down {
      let undone = rollBack(down, in: context, trail: state.trail, after: state.database, since: run.origins)
      state.keep(trailOf: undone.run)
      rollback = undone
    }
    var found: [MigrationReport] = []
    var unfinished: UnfinishedRun?
    if policy.judges(pair.up) {
      var comparison = Rollback(of: pair, run, rollback, from: state.database, to: before, policy: policy)
      if !context.areDownsUsual { comparison.habit = state.isHabitKnown ? .known : .seldom }
      if comparison.lacksDown, comparison.habit == .seldom { state.isHabitKnown = true }
      var report = reports.report(on: run, in: context, comparison)
      if keepsDatabases { report.replay = Replay(before: before, after: state.database, undone: rollback?.after) }
      found.append(report)
      if run.hasLeftovers { unfinished = UnfinishedRun(run: run, context: context, rollback: comparison) }
    } else if pair.up.isReported, !pair.up.status.isToRun, policy.directions.contains(.up) {
      found.append(reports.note(on: pair.up, judge.rules.findings(in: context)))
    }
    if let down = pair.down, down.isReported {
      let changed =
        pair.hasChangedDown ? Rollback(of: pair, run, rollback, from: state.database, to: before, policy: policy) : nil
      found.append(report(on: down, rollback?.run, isDescribed: describesDowns, changed: changed))
    }
    return (found, unfinished)
  }

  /// Runs a down migration in the database that the up migration leaves; `origins` is what there was before both.
  private func rollBack(
    _ down: Migration,
    in context: HistoryContext? = nil,
    trail: HistoryTrail? = nil,
    after database: Database,
    since origins: Origins?
  ) -> RollbackRun {
    FaultReport.note(file: down.path)
    var database = database
    var run = MigrationRun(of: down, in: context, trail: trail)
    let judge = judge(of: down)
    run.runAlone(in: &database, since: origins, rules: judge.rules, policy: judge.policy)
    return RollbackRun(run: run, after: database)
  }

  /// A down file that is not judged is parsed and shown; it counts for nothing but what cannot be read of it. Where it is
  /// not to be described either, its statements are left out.
  private func report(
    on down: Migration,
    _ run: MigrationRun?,
    isDescribed: Bool,
    changed rollback: Rollback? = nil
  ) -> MigrationReport {
    let reports = judge(of: down).reports
    if policy.judges(down) { return reports.report(on: run ?? MigrationRun(of: down)) }
    let shown = isDescribed ? run ?? MigrationRun(of: down) : MigrationRun(of: down)
    return reports.description(of: shown, changed: rollback)
  }
}

/// A policy, and the rules that run by it.
private struct Judge: Sendable {
  let policy: Policy
  let rules: RuleSet
  let reports: ReportAssembly

  init(_ rules: [any Rule], _ policy: Policy) {
    self.policy = policy
    self.rules = RuleSet(rules, policy: policy)
    reports = ReportAssembly(rules: self.rules)
  }
}

/// An up migration that leaves something for later ones to finish.
private struct UnfinishedRun {
  var run: MigrationRun
  let context: HistoryContext
  let rollback: Rollback
  /// The position of its report.
  var position = 0
}

/// A down migration on the simulated server.
struct RollbackRun {
  let run: MigrationRun
  let after: Database
}

extension MigrationPair {
  /// Whether the down migration was changed of one that is released.
  fileprivate var hasChangedDown: Bool {
    guard let down, down.isReported, down.status.isToRun else { return false }
    return up.status == .released && !up.isReported
  }
}

extension Policy {
  /// Whether the rules judge what the migration's statements do.
  func judges(_ migration: Migration) -> Bool {
    migration.isReported && migration.status.isToRun && directions.contains(migration.direction)
  }
}
