import Catalog
import Execution
import Syntax

/// How far the replay of a history has come.
struct ReplayState {
  private(set) var database = Database()
  /// Whether the next migration runs right behind the last one, in the same deployment.
  private var isContinued = false
  /// What is held by a transaction that goes on in the next migration.
  private var locks = HeldLocks()
  /// What the deployment that is reported has changed.
  private var progress: DeploymentProgress?
  /// `nil` until something of it is asked for.
  private(set) var trail: HistoryTrail?

  /// Before the first migration of a history.
  init(before history: History, policy: Policy) {
    database.catalog.external = ExternalNames(policy.external + (history.origin?.tablesOfRunners ?? []))
  }

  /// Runs the next migration of a history.
  mutating func run(_ context: MigrationContext, rules: RuleSet, policy: Policy) -> MigrationRun {
    let (history, migration) = (context.history, context.migration)
    if database.session.usualTimeZone != policy.timeZone { database.session = Session(timeZone: policy.timeZone) }
    let wasContinued = isContinued
    database.beginMigration(on: migration.day, continuing: isContinued)
    database.catalog.forgetWrites()
    isContinued = history.isBatch && migration.isOfBatch
    // Where the runner sends all of a deployment in one transaction, it holds its locks to the end.
    let isJoined = isContinued && history.origin?.joinsMigrations == true
    var run = MigrationRun(of: migration, in: context, trail: trail)
    if migration.isReported || progress != nil {
      progress = progress ?? DeploymentProgress(from: database)
      if !wasContinued { progress?.beginDeployment(from: database) }
    }
    run.replay(in: &database, holding: locks, progress: &progress, rules: rules, policy: policy)
    locks = run.openTransaction.flatMap { isJoined && $0.kind == .wrapped ? $0.heldLocks : nil } ?? HeldLocks()
    keep(trailOf: run)
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

  /// The first statement that PostgreSQL refuses, as far as the history tells.
  private(set) var firstRefused: RefusedStatement?
  private var isOneTransaction = false

  /// `nil` where it belongs to no history.
  private let context: MigrationContext?
  private(set) var trail: HistoryTrail?

  /// The up or the down migration of the context's.
  init(of migration: Migration, in context: MigrationContext? = nil, trail: HistoryTrail? = nil) {
    self.migration = migration
    self.context = context
    self.trail = trail
  }

  /// Runs the migration's statements in `database`; `original` is the one that a down migration leads back to, `locks`
  /// what migrations before it hold in the same transaction. Rules see only the migrations that are to be judged.
  mutating func replay(
    in database: inout Database,
    rollingBackTo original: Database? = nil,
    holding locks: HeldLocks = HeldLocks(),
    progress: inout DeploymentProgress?,
    rules: RuleSet,
    policy: Policy
  ) {
    let isJudged = policy.judges(migration)
    var tracker = TransactionTracker(migration: migration, heldLocks: locks)
    database.session.goesOnAfterErrors = tracker.goesOnAfterErrors
    if isJudged { database.session.checkFunctionBodies() }
    for (index, statement) in migration.script.statements.enumerated() {
      let transactionRefusal = tracker.refusal(of: statement.kind, in: database)
      let before = database
      let result = database.execute(
        statement.kind,
        version: policy.targetVersion,
        isTruncated: statement.isTruncated
      )
      let refusal = transactionRefusal ?? result.refusal
      if isJudged, tracker.state.failedStatement == nil {
        let run = StatementRun(statement, before: before, after: database, result, refusal: refusal)
        let context = StatementContext(
          run,
          of: statement,
          at: index,
          in: migration,
          transaction: tracker.state,
          policy: policy,
          place: refusal == nil ? nil : place(of: index),
          rollingBackTo: original
        )
        findings += rules.findings(in: context)
      }
      if migration.isReported {
        let runs = refusal?.isCertain != true
        let questions = runs ? progress?.questions(of: statement, result.effects, in: before, migration, policy) : nil
        statements.append(
          StatementReport(of: statement, result.effects, refusal: refusal, in: tracker.state, asking: questions ?? [])
        )
      }
      progress?.note(statement.kind, result, from: before)
      if transactionRefusal?.state == .activeSQLTransaction { database = before }
      tracker.advance(
        past: statement.kind,
        at: index,
        result.effects,
        refusal: refusal?.isCertain == true ? refusal : nil,
        from: before,
        to: &database
      )
    }
    finish(tracker)
  }

  /// Runs the migration in a session of its own. Where all of its statements share a transaction and PostgreSQL refuses
  /// one, none of the others stays.
  mutating func runAlone(
    in database: inout Database,
    rollingBackTo original: Database? = nil,
    rules: RuleSet,
    policy: Policy
  ) {
    let start = database
    database.beginMigration(on: migration.day)
    var progress = migration.isReported ? DeploymentProgress(from: database) : nil
    replay(in: &database, rollingBackTo: original, progress: &progress, rules: rules, policy: policy)
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
