import Analysis
import Syntax

/// How far the replay of a history has come.
struct ReplayState {
  private(set) var schema = Schema()
  /// Whether the next migration runs right behind the last one, in the same deployment.
  private var isContinued = false
  /// What is held by a transaction that goes on in the next migration.
  private var locks = HeldLocks()

  /// Runs the next migration of a history.
  mutating func run(_ context: MigrationContext, rules: RuleSet, policy: Policy) -> MigrationRun {
    let (history, migration) = (context.history, context.migration)
    schema.beginMigration(on: migration.day, continuing: isContinued)
    isContinued = history.isBatch && migration.isOfBatch
    // Where the runner sends all of a deployment in one transaction, it holds its locks to the end.
    let isJoined = isContinued && history.origin?.joinsMigrations == true
    var run = MigrationRun(of: migration)
    run.replay(in: &schema, holding: locks, keepsLocks: isJoined, rules: rules, policy: policy)
    locks = run.openTransaction.flatMap { isJoined && $0.kind == .wrapped ? $0.heldLocks : nil } ?? HeldLocks()
    return run
  }
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

  init(of migration: Migration) { self.migration = migration }

  /// Runs the migration's statements in `schema`; `original` is the one that a down migration leads back to, `locks` what
  /// migrations before it hold in the same transaction. Rules see only the migrations that are to be judged.
  ///
  /// What the statements of a migration that is not reported do matters only for the locks that it leaves to the next
  /// one.
  mutating func replay(
    in schema: inout Schema,
    rollingBackTo original: Schema? = nil,
    holding locks: HeldLocks = HeldLocks(),
    keepsLocks: Bool = false,
    rules: RuleSet,
    policy: Policy
  ) {
    let isJudged = policy.judges(migration)
    let isObserved = migration.isReported || keepsLocks
    var tracker = TransactionTracker(migration: migration, heldLocks: locks)
    for (index, statement) in migration.script.statements.enumerated() {
      var effects = StatementEffects()
      if isObserved {
        // What is looked at is let go before it changes, or all of it would be copied: hence a scope of its own.
        let run = StatementRun(statement, in: schema, targetVersion: policy.targetVersion)
        effects = run.effects
        if isJudged {
          let context = StatementContext(
            run,
            of: statement,
            at: index,
            in: migration,
            transaction: tracker.state,
            policy: policy,
            rollingBackTo: original
          )
          findings += rules.findings(in: context)
        }
      }
      if migration.isReported {
        statements.append(StatementReport(of: statement, effects: effects, in: tracker.state))
      }
      tracker.advance(past: statement.kind, at: index, effects: effects, schema: &schema)
    }
    openTransaction = tracker.state
    if migration.isReported {
      transactions = tracker.ended + (tracker.state.heldLocks.isEmpty ? [] : [tracker.state])
    }
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
