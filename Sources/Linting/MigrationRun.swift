import Catalog
import Execution
import Syntax

/// How far the replay of a history has come.
struct ReplayState {
  private(set) var database = Database()
  /// Whether the next migration runs right behind the last one, in the same deployment.
  private var isContinued = false
  /// The file of the last migration.
  private var lastPath: String?
  /// What is held by a transaction that goes on in the next migration.
  private var locks = HeldLocks()
  /// What the deployment that is reported has changed.
  private var progress: DeploymentProgress?
  /// What there was when the deployment began.
  private var origins: Origins?
  /// Whether the last few migrations set a lock_timeout.
  private var lockTimeouts: [Bool] = []
  /// Whether it is said that the history seldom has down migrations.
  var isHabitKnown = false
  /// Whether no migration of the history sets one, and none that is reported has waited for a lock yet.
  private var isWithoutLockTimeouts: Bool
  /// `nil` until something of it is asked for.
  private(set) var trail: HistoryTrail?

  /// Before the first migration of a history.
  init(before history: History, policy: Policy) {
    isWithoutLockTimeouts = policy.remindsOfTimeouts && !history.migrations.contains { $0.up.setsLockTimeout }
    database.catalog.sizes = policy.sizes
    database.catalog.external = ExternalNames(policy.external + (history.origin?.tablesOfRunners ?? []))
  }

  /// Runs the next migration of a history.
  mutating func run(_ context: HistoryContext, rules: RuleSet, policy: Policy) -> MigrationRun {
    let (history, migration) = (context.history, context.migration)
    if database.session.usualTimeZone != policy.timeZone { database.session = Session(timeZone: policy.timeZone) }
    // Changesets of one file are written, reviewed and deployed together.
    let wasContinued = isContinued || lastPath == migration.path
    lastPath = migration.path
    database.beginMigration(on: migration.day, continuing: wasContinued)
    database.catalog.forgetWrites()
    isContinued = history.isBatch && migration.isOfBatch
    // Where the runner sends all of a deployment in one transaction, it holds its locks to the end.
    let isJoined = isContinued && history.origin?.joinsMigrations == true
    var run = MigrationRun(of: migration, in: context, trail: trail)
    run.isLockTimeoutUsual = !lockTimeouts.isEmpty && 2 * lockTimeouts.count(where: { $0 }) >= lockTimeouts.count
    run.isFirstWithoutLockTimeout = isWithoutLockTimeouts
    if migration.isReported || progress != nil {
      progress = progress ?? DeploymentProgress(from: database)
      if !wasContinued { progress?.beginDeployment(from: database) }
    }
    let origins = wasContinued ? origins : nil
    run.replay(in: &database, since: origins, holding: locks, progress: &progress, rules: rules, policy: policy)
    self.origins = run.deploymentOrigins
    // Once, for the next migration and for the down migration of this one.
    database.catalog.refreshDependencies()
    locks = run.openTransaction.flatMap { isJoined && $0.kind == .wrapped ? $0.heldLocks : nil } ?? HeldLocks()
    keep(trailOf: run)
    if isWithoutLockTimeouts {
      isWithoutLockTimeouts = !run.statements.contains { $0.lockBehindWhichOthersQueue != nil }
    }
    lockTimeouts = lockTimeouts.suffix(HistoryContext.habit - 1) + [migration.setsLockTimeout]
    return run
  }

  /// Lets others have what a run has put together.
  mutating func keep(trailOf run: MigrationRun) { trail = run.trail }
}

/// A migration on the simulated server: what its statements do there, and what the rules find in them.
struct MigrationRun {
  let migration: Migration
  /// Empty where the migration is not reported.
  private(set) var statements: [StatementReport] = []
  /// Empty where the migration is not judged.
  private(set) var findings: [Finding] = []
  /// Those of several statements that hold locks which others notice.
  private(set) var transactions: [TransactionState] = []
  /// The transaction that is open at the end.
  private(set) var openTransaction: TransactionState?
  /// What it makes that code may use only when it has run; empty where the migration is not reported.
  private(set) var additions: [Addition] = []
  /// What there was before the migration, and before its deployment.
  private(set) var origins: Origins?
  private(set) var deploymentOrigins: Origins?

  /// The first statement that PostgreSQL refuses, as far as the history tells.
  private(set) var firstRefused: RefusedStatement?
  private var isOneTransaction = false
  /// Whether most migrations before it set a lock_timeout.
  fileprivate var isLockTimeoutUsual = false
  fileprivate var isFirstWithoutLockTimeout = false

  /// `nil` where it belongs to no history.
  private let context: HistoryContext?
  private(set) var trail: HistoryTrail?

  /// The up or the down migration of the context's.
  init(of migration: Migration, in context: HistoryContext? = nil, trail: HistoryTrail? = nil) {
    self.migration = migration
    self.context = context
    self.trail = trail
  }

  /// Runs the migration's statements in `database`; `origins` are what there was before its deployment or, for a down
  /// migration, before the migration that it rolls back, `locks` what migrations before it hold in the same transaction.
  /// Rules see only the migrations that are to be judged.
  mutating func replay(
    in database: inout Database,
    since earlier: Origins? = nil,
    holding locks: HeldLocks = HeldLocks(),
    progress: inout DeploymentProgress?,
    rules: RuleSet,
    policy: Policy
  ) {
    let isJudged = policy.judges(migration)
    let start = database
    var own = Origins(of: database.catalog)
    var origins = earlier ?? own
    var tracker = TransactionTracker(migration: migration, heldLocks: locks)
    database.session.goesOnAfterErrors = tracker.goesOnAfterErrors
    if isJudged { database.session.checkFunctionBodies() }
    for (index, statement) in migration.script.statements.enumerated() {
      let transactionRefusal = tracker.refusal(of: statement.kind, in: database)
      let before = database
      let result = database.execute(statement.kind, version: policy.targetVersion, isTruncated: statement.isTruncated)
      let refusal = transactionRefusal ?? result.refusal
      if isJudged, tracker.state.failedStatement == nil {
        let run = StatementRun(statement, before: before, after: database, result, refusal: refusal)
        judge(run, of: statement, at: index, in: tracker.state, since: origins, result.effects, rules, policy)
      }
      let runs = refusal?.isCertain != true
      if migration.isReported {
        let asked = runs ? progress?.questions(of: statement, result.effects, in: before, migration, policy) : nil
        let effects = reported(result.effects, in: before.catalog, since: origins)
        if runs { noteAdditions(by: statement.kind, effects, in: before) }
        statements.append(
          StatementReport(of: statement, effects, refusal: refusal, in: tracker.state, asking: asked ?? [], policy)
        )
      }
      if runs {
        own.note(result.effects)
        origins.note(result.effects)
      }
      progress?.note(statement.kind, result, from: before)
      if transactionRefusal?.state == .activeSQLTransaction { database = before }
      tracker.advance(
        past: statement.kind,
        at: index,
        result.effects,
        refusal: runs ? nil : refusal,
        from: before,
        to: &database
      )
    }
    finish(tracker)
    settleBreakages(since: own, ofDeployment: origins, at: database.catalog)
    if isJudged { judge(from: start, to: database, rules: rules, policy: policy) }
  }

  private mutating func judge(
    _ run: StatementRun,
    of statement: Statement,
    at index: Int,
    in transaction: TransactionState,
    since origins: Origins,
    _ effects: StatementEffects,
    _ rules: RuleSet,
    _ policy: Policy
  ) {
    let context = StatementContext(
      run,
      of: statement,
      at: index,
      in: migration,
      transaction: transaction,
      policy: policy,
      place: run.refusal == nil ? nil : place(of: index),
      since: origins
    )
    var found = rules.findings(in: context)
    Assessment.raise(&found, of: statement.kind, effects, policy)
    findings += found
  }

  /// Of an up migration, what others notice; of a down migration, all that it does.
  private func reported(_ effects: StatementEffects, in now: Catalog, since origins: Origins) -> StatementEffects {
    migration.direction == .up ? origins.named(effects, in: now) : effects
  }

  /// Which of them are new is told at the end.
  private mutating func noteAdditions(by statement: Statement.Kind, _ effects: StatementEffects, in before: Database) {
    if migration.direction == .up { additions += Addition.candidates(of: statement, effects, in: before) }
  }

  /// What is broken between two statements of a migration, and whole at its end, breaks nobody.
  private mutating func settleBreakages(since own: Origins, ofDeployment origins: Origins, at end: Catalog) {
    self.origins = own
    deploymentOrigins = origins
    if migration.direction == .up {
      for index in statements.indices { statements[index].settleBreakages(since: origins, at: end) }
      additions = origins.additions(among: additions, at: end)
    }
    findings = findings.compactMap { origins.settled($0, at: end) }
  }

  private mutating func judge(from start: Database, to end: Database, rules: RuleSet, policy: Policy) {
    let openBegin: Int? = if case .explicit(let statement)? = openTransaction?.kind { statement } else { nil }
    findings += rules.findings(
      in: MigrationContext(
        migration: migration,
        statements: statements,
        transactions: transactions,
        openBegin: openBegin,
        start: start,
        end: end,
        policy: policy,
        isLockTimeoutUsual: isLockTimeoutUsual,
        isFirstWithoutLockTimeout: isFirstWithoutLockTimeout
      )
    )
  }

  /// Runs the migration in a session of its own. Where all of its statements share a transaction and PostgreSQL refuses
  /// one, none of the others stays.
  mutating func runAlone(
    in database: inout Database,
    since origins: Origins? = nil,
    rules: RuleSet,
    policy: Policy
  ) {
    let start = database
    database.beginMigration(on: migration.day)
    var progress = migration.isReported ? DeploymentProgress(from: database) : nil
    replay(in: &database, since: origins, progress: &progress, rules: rules, policy: policy)
    database.beginSession()
    if firstRefused != nil, isOneTransaction { database = start }
  }

  /// Where a statement is in the history.
  private mutating func place(of statement: Int) -> HistoryPlace? {
    guard let context else { return nil }
    let trail = trail ?? HistoryTrail(of: context.history)
    self.trail = trail
    return HistoryPlace(
      trail,
      migration: context.index,
      statement: migration.direction == .up ? statement : nil
    )
  }

  /// Whether a later migration may finish what it leaves.
  var hasLeftovers: Bool { findings.contains { $0.leftover != nil } }

  /// Drops the findings about what is finished by now.
  mutating func forgetFinished(in catalog: Catalog) { findings = findings.leftovers(in: catalog) }

  private mutating func finish(_ tracker: TransactionTracker) {
    openTransaction = tracker.state
    firstRefused = tracker.firstRefused
    isOneTransaction = tracker.isOneTransaction
    if migration.isReported {
      transactions = tracker.ended + (tracker.state.heldLocks.isEmpty ? [] : [tracker.state])
    }
  }
}

extension Database {
  /// Runs a migration in a session of its own, with its ROLLBACKs carried out. Where all of its statements share a
  /// transaction and PostgreSQL refuses one, none of the others stays.
  package mutating func run(_ migration: Migration, targetVersion: Int) {
    let policy = Policy(targetVersion: targetVersion)
    var run = MigrationRun(of: migration)
    run.runAlone(in: &self, rules: RuleSet([], policy: policy), policy: policy)
  }
}

extension Migration {
  /// Whether it runs in the deployment that is reported, asked for or not.
  fileprivate var isOfBatch: Bool {
    switch status {
    case .new: true
    case .pending: isReported
    default: false
    }
  }
}
