import Catalog
import Execution
import Syntax

/// The finished answer for a history; every format is made from it.
package struct Report: Sendable {
  /// In the order of the history: each up migration, then its down migration where there is one.
  package private(set) var migrations: [MigrationReport]
  package let ignored: [History.IgnoredFile]
  package let policy: Policy
  /// The version of sqllint.
  package let toolVersion: String
  /// The major version of PostgreSQL whose grammar read the files.
  package let grammarVersion: String

  package init(
    migrations: [MigrationReport],
    ignored: [History.IgnoredFile],
    policy: Policy,
    toolVersion: String,
    grammarVersion: String
  ) {
    self.migrations = migrations
    self.ignored = ignored
    self.policy = policy
    self.toolVersion = toolVersion
    self.grammarVersion = grammarVersion
  }

  /// The migrations that rules judged by what their statements do.
  package var judged: [MigrationReport] { migrations.filter { policy.directions.contains($0.migration.direction) } }

  /// Those of them that somebody has to decide about.
  package var undecided: [MigrationReport] { migrations.filter(isUndecided) }

  /// Whether somebody has to decide about a migration.
  package func isUndecided(_ migration: MigrationReport) -> Bool {
    policy.directions.contains(migration.migration.direction) && !migration.isSettled
  }

  /// The highest risk of the migrations that somebody has to decide about; low where there are none.
  package var risk: Risk { undecided.map(\.risk).max() ?? .low }

  /// The findings that count, of all files.
  package var findings: [Finding] { migrations.flatMap(\.findings).filter { !$0.isSuppressed } }

  /// The policy by which a migration is judged: the report's, unless it has one of its own.
  package func policy(for migration: MigrationReport) -> Policy { migration.ownPolicy ?? policy }

  /// The findings of a migration that make the run fail.
  package func failures(in migration: MigrationReport) -> [Finding] {
    guard !migration.findings.isEmpty else { return [] }
    let policy = policy(for: migration)
    return migration.findings.filter { !$0.isSuppressed && policy.fails($0) }
  }

  /// Whether a finding makes the run fail.
  package var fails: Bool { migrations.contains { !failures(in: $0).isEmpty } }

  /// Who must approve what has the highest risk.
  package var approval: String {
    let risk = risk
    return (undecided.first { $0.risk == risk }.map(policy) ?? policy).approval(for: risk)
  }

  /// Sets apart what is known of each migration: the findings whose positions are told, and the decision where nobody has
  /// to decide any more.
  package mutating func setAside(_ known: (MigrationReport) -> (findings: Set<Int>, isSettled: Bool)) {
    for index in migrations.indices where !migrations[index].findings.isEmpty || migrations[index].risk > .low {
      let (positions, isSettled) = known(migrations[index])
      migrations[index].setAside(positions, isSettled: isSettled)
    }
  }

  /// Puts beside migrations who must approve them and has, by their positions.
  package mutating func sign(_ signOffs: [Int: SignOff]) {
    for (index, signOff) in signOffs where migrations.indices.contains(index) { migrations[index].signOff = signOff }
  }
}

package struct MigrationReport: Sendable {
  package let migration: Migration
  /// One a statement of the script, in its order.
  package let statements: [StatementReport]
  /// Those of several statements that hold locks which others notice, in their order.
  package let transactions: [TransactionState]
  /// In the order of the text; suppressed ones too.
  package private(set) var findings: [Finding]
  /// Findings that were there when the team began with sqllint, and that do not count.
  package private(set) var known: [Finding] = []
  /// The highest risk of its statements and of its findings, those that the file allows too.
  package let risk: Risk
  package let phases: [Phase]
  /// What it makes that code may use only when it has run; empty for down migrations.
  package let additions: [Addition]
  /// Why an up migration cannot be rolled back as if it had never run; empty where it can, and for down migrations.
  package let irreversibility: [Irreversibility]
  /// `nil` where nobody asked for it, and for a migration that is not judged.
  package var replay: Replay?
  /// Who must approve it and has; `nil` where the run does not know, or nobody has to.
  package fileprivate(set) var signOff: SignOff?
  /// The policy that it is judged by, where that is not the report's.
  package internal(set) var ownPolicy: Policy? {
    get { if case .some(let policy) = ownPolicyBox { policy } else { nil } }
    set { ownPolicyBox = newValue.map(OwnPolicy.some) ?? .none }
  }
  private var ownPolicyBox = OwnPolicy.none

  /// Apart, as few have one, and reports are copied often.
  private indirect enum OwnPolicy: Sendable {
    case none
    case some(Policy)
  }

  package init(
    migration: Migration,
    statements: [StatementReport],
    transactions: [TransactionState] = [],
    findings: [Finding],
    risk: Risk,
    phases: [Phase],
    additions: [Addition] = [],
    irreversibility: [Irreversibility]
  ) {
    self.migration = migration
    self.statements = statements
    self.transactions = transactions
    self.findings = findings
    self.risk = risk
    self.phases = phases
    self.additions = additions
    self.irreversibility = irreversibility
  }

  package var isReversible: Bool { irreversibility.isEmpty }

  /// Whether all that gives it its risk was there when the team began, so that nobody has to decide about it.
  package private(set) var isSettled = false

  fileprivate mutating func setAside(_ positions: Set<Int>, isSettled: Bool) {
    self.isSettled = isSettled
    if positions.isEmpty { return }
    known += positions.sorted().map { findings[$0] }
    findings = findings.enumerated().filter { !positions.contains($0.offset) }.map(\.element)
  }
}

/// The databases between which an up migration and its down migration run.
package struct Replay: Sendable {
  package let before: Database
  package let after: Database
  /// After the down migration; `nil` where there is none.
  package let undone: Database?

  package init(before: Database, after: Database, undone: Database?) {
    self.before = before
    self.after = after
    self.undone = undone
  }
}

package struct StatementReport: Sendable {
  package let statement: Statement
  package private(set) var risk: Risk
  package private(set) var phase: Phase
  /// What gives it a risk of Medium or more, where no finding that counts does.
  package private(set) var reason: Assessment.Reason?
  /// None where PostgreSQL refuses the statement for certain. Of an up migration, what others notice at its end.
  package private(set) var effects: StatementEffects
  /// Why PostgreSQL refuses the statement, as far as the history tells; `nil` where it does not.
  package let refusal: SQLError?
  /// The transaction of the script that the statement runs in, counted from 1.
  package let transaction: Int
  /// Where the statement does work that others wait for: the first few locks that stop writes at least and that the
  /// transaction holds already.
  package let heldLocks: [HeldLock]
  /// The questions to ask before the deployment: each returns rows exactly when the statement would fail on them.
  package let rowQuestions: [RowQuestion]
  /// How long its work takes; `nil` where nobody knows.
  package let estimatedSeconds: Double?

  /// The first lock that it takes of a table that is in use, and behind which others queue while it waits.
  package var lockBehindWhichOthersQueue: Effect? {
    refusal?.isCertain == true ? nil : effects.visibleToOthers.first { $0.kind != .index && $0.lock >= .share }
  }

  package init(
    statement: Statement,
    risk: Risk,
    phase: Phase,
    reason: Assessment.Reason? = nil,
    effects: StatementEffects,
    refusal: SQLError? = nil,
    transaction: Int,
    heldLocks: [HeldLock] = [],
    rowQuestions: [RowQuestion] = [],
    estimatedSeconds: Double? = nil
  ) {
    self.statement = statement
    self.risk = risk
    self.phase = phase
    self.reason = reason
    self.effects = effects
    self.refusal = refusal
    self.transaction = transaction
    self.heldLocks = heldLocks
    self.rowQuestions = rowQuestions
    self.estimatedSeconds = estimatedSeconds
  }

  /// What the rest of the migration makes again breaks nobody.
  mutating func settleBreakages(since origins: Origins, at end: Catalog) {
    guard !effects.breaks.isEmpty else { return }
    let left = effects.breaks.flatMap { origins.remaining(of: $0, at: end) }
    if left == effects.breaks { return }
    effects.breaks = left
    let assessment = Assessment(of: statement.kind, effects: effects)
    (risk, phase, reason) = (assessment.risk, assessment.phase, assessment.reason)
  }

  /// The statement has the risk of a finding about it at least. One that counts says why, too.
  mutating func raise(by finding: Finding) {
    if finding.risk >= risk, !finding.isSuppressed { reason = nil }
    risk = max(risk, finding.risk)
  }
}
