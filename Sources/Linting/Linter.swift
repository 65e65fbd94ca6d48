import Analysis
import Syntax

/// Walks histories statement by statement: effects from the schema, rules, findings; then the schema moves on.
package struct Linter: Sendable {
  private let rules: [any Rule]
  private let policy: Policy
  /// Every rule's ids, of disabled ones and former ones too, with the rule's present id.
  private let presentIDs: [String: String]

  /// A linter with `rules`, of which it leaves out those that the policy disables or that do not concern its server.
  package init(rules: [any Rule], policy: Policy) {
    self.rules = rules.filter { !policy.disabledRules.contains($0.id) && $0.versions.contains(policy.targetVersion) }
    self.policy = policy
    var ids: [String: String] = [:]
    for rule in rules {
      for id in [rule.id] + rule.formerIDs { ids[id] = rule.id }
    }
    self.presentIDs = ids
  }

  /// Lints histories that each have a database of their own.
  ///
  /// What the statements of down files do is worked out only where it is asked for, as it takes as long as the rest.
  package func lint(
    _ histories: [History],
    describesDowns: Bool = true,
    toolVersion: String,
    grammarVersion: String
  ) -> Report {
    Report(
      migrations: histories.flatMap { lint($0, describesDowns: describesDowns) },
      ignored: histories.flatMap(\.ignored),
      policy: policy,
      toolVersion: toolVersion,
      grammarVersion: grammarVersion
    )
  }

  private func lint(_ history: History, describesDowns: Bool) -> [MigrationReport] {
    var course = Course()
    var reports: [MigrationReport] = []
    for index in history.migrations.indices {
      reports += judge(HistoryPlace(history: history, index: index), on: &course, describesDowns: describesDowns)
    }
    for down in history.orphanedDowns where down.isReported {
      reports.append(reportOnDown(down, after: describes(down, describesDowns) ? course.schema : nil, nil))
    }
    return reports + history.misnamed.filter(\.isReported).map { note(on: $0) }
  }

  /// How far a history has come.
  private struct Course {
    var schema = Schema()
    /// Whether the next migration runs right behind the last one, in the same deployment.
    var isContinued = false
    /// What is held by a transaction that goes on in the next migration.
    var locks = HeldLocks()
  }

  /// Runs a migration of a history, and judges it and its way back where that is asked for.
  private func judge(_ place: HistoryPlace, on course: inout Course, describesDowns: Bool) -> [MigrationReport] {
    let pair = place.history.migrations[place.index]
    // Kept only where it is compared: it makes the schema copy what changes.
    let before = (pair.up.isReported || pair.down.map(isJudged) ?? false) && pair.down != nil ? course.schema : nil
    var up = run(pair.up, of: place.history, on: &course)
    var reports: [MigrationReport] = []
    if isJudged(pair.up) {
      up.findings += findings(at: place)
      let wayBack = wayBack(of: pair, up, from: course.schema, to: before)
      reports.append(
        report(on: pair.up, up, wayBack, countsWayBack: place.history.hasWaysBack && !pair.up.isRepeatable)
      )
    } else if pair.up.isReported, !pair.up.standing.isToRun, policy.directions.contains(.up) {
      reports.append(note(on: pair.up, findings(at: place)))
    }
    if let down = pair.down, down.isReported {
      reports.append(reportOnDown(down, after: describes(down, describesDowns) ? course.schema : nil, before))
    }
    return reports
  }

  private func run(_ migration: Migration, of history: History, on course: inout Course) -> Walk {
    course.schema.beginMigration(on: migration.day, continuing: course.isContinued)
    course.isContinued = history.isBatch && migration.isOfBatch
    let walk = walk(migration, in: &course.schema, holding: course.locks)
    // Where the runner sends all of a deployment in one transaction, it holds its locks to the end.
    let isJoined = course.isContinued && history.origin?.joinsMigrations == true
    course.locks = walk.last.flatMap { isJoined && $0.kind == .wrapped ? $0.heldLocks : nil } ?? HeldLocks()
    return walk
  }

  // MARK: - One migration

  private struct Walk {
    var statements: [StatementReport] = []
    var findings: [Finding] = []
    var transactions: [TransactionState] = []
    /// The transaction that is open at the end.
    var last: TransactionState?
  }

  /// Whether the rules judge what the migration's statements do.
  private func isJudged(_ migration: Migration) -> Bool {
    migration.isReported && migration.standing.isToRun && policy.directions.contains(migration.direction)
  }

  private func describes(_ down: Migration, _ describesDowns: Bool) -> Bool { describesDowns || isJudged(down) }

  /// Runs a migration's statements in `schema`; `origin` is the one that a way back leads to, `locks` what migrations
  /// before it hold in the same transaction. Rules see only the migrations that are to be judged.
  private func walk(
    _ migration: Migration,
    in schema: inout Schema,
    backTo origin: Schema? = nil,
    holding locks: HeldLocks = HeldLocks()
  ) -> Walk {
    var walk = Walk()
    var transactions = TransactionTracker(migration: migration, heldLocks: locks)
    for (index, statement) in migration.script.statements.enumerated() {
      // What is looked at is let go before it changes, or all of it would be copied: hence a function of its own.
      let effects = observe(statement, at: index, of: migration, in: schema, transactions.state, origin, &walk)
      transactions.advance(past: statement.kind, at: index, effects: effects, schema: &schema)
    }
    walk.last = transactions.state
    if migration.isReported {
      walk.transactions = transactions.ended + (transactions.state.heldLocks.isEmpty ? [] : [transactions.state])
    }
    return walk
  }

  /// Works out what a statement does, and lets the rules judge it where the migration is to be judged.
  private func observe(
    _ statement: Statement,
    at index: Int,
    of migration: Migration,
    in schema: Schema,
    _ transaction: TransactionState,
    _ origin: Schema?,
    _ walk: inout Walk
  ) -> StatementEffects {
    let effects = Effects.of(statement.kind, in: schema, targetVersion: policy.targetVersion)
    guard migration.isReported else { return effects }
    if isJudged(migration) {
      let step = Step(
        migration: migration,
        index: index,
        statement: statement,
        schema: schema,
        effects: effects,
        transaction: transaction,
        policy: policy,
        takingBackTo: origin
      )
      walk.findings += findings(on: step)
    }
    let assessment = Assessment(of: statement.kind, effects: effects)
    let isLong = effects.felt.contains { !$0.work.isEmpty } || statement.kind.movesData && !effects.felt.isEmpty
    walk.statements.append(
      StatementReport(
        statement: statement,
        risk: assessment.risk,
        phase: assessment.phase,
        effects: effects,
        transaction: transaction.number,
        heldLocks: isLong ? transaction.heldLocks.first(4, from: .share) : []
      )
    )
    return effects
  }

  /// What the rules find in a statement and in those that it runs.
  private func findings(on step: Step) -> [Finding] {
    var findings = rules.flatMap { $0.check(step) }
    for inner in step.embedded {
      // Code may hold the same statement in several branches.
      for finding in rules.flatMap({ $0.check(inner) }) where !findings.contains(finding) { findings.append(finding) }
    }
    return findings
  }

  /// Runs the way back, and tells what it does not bring back.
  private func wayBack(of pair: MigrationPair, _ walk: Walk, from after: Schema, to before: Schema?) -> WayBack {
    var differences: [SchemaDifference] = []
    var refused: Int?
    if let down = pair.down, let before, down.unreadable == nil, down.script.errors.isEmpty,
      pair.up.script.errors.isEmpty
    {
      var schema = after
      refused = schema.attempt(down)
      differences = schema.differences(from: before)
    }
    return WayBack(
      up: pair.up,
      effects: walk.statements.map(\.effects),
      down: pair.down,
      refused: refused,
      differences: differences,
      overwritten: before.map { pair.up.overwrittenColumns(since: $0, upTo: after) } ?? []
    )
  }

  /// `countsWayBack`: whether the history has ways back, so that one is expected.
  private func report(
    on migration: Migration,
    _ walk: Walk,
    _ wayBack: WayBack? = nil,
    countsWayBack: Bool = false
  ) -> MigrationReport {
    var findings = walk.findings + rules.flatMap { $0.check(migration) }
    if let wayBack, countsWayBack { findings += rules.flatMap { $0.check(wayBack) } }
    let suppressions = migration.script.suppressions
    let used = settle(&findings, by: suppressions, in: migration.script.source)
    findings += judge(suppressions, used: used, of: migration)
    return MigrationReport(
      migration: migration,
      walk.statements,
      walk.transactions,
      findings: findings,
      irreversibility: wayBack?.irreversibility ?? []
    )
  }

  /// A file that will not run is not judged; what is to be said of it is.
  private func note(on migration: Migration, _ findings: [Finding] = []) -> MigrationReport {
    var findings = findings + rules.flatMap { $0.check(migration) }
    _ = settle(&findings, by: migration.script.suppressions, in: migration.script.source)
    return MigrationReport(migration: migration, [], [], findings: findings, irreversibility: [])
  }

  /// A down file that is not judged is parsed and shown; it counts for nothing but what cannot be read of it. Without a
  /// schema its statements are left out.
  private func reportOnDown(_ migration: Migration, after schema: Schema?, _ origin: Schema?) -> MigrationReport {
    var walk = Walk()
    if var schema {
      schema.beginMigration(on: migration.day)
      walk = self.walk(migration, in: &schema, backTo: origin)
    }
    if isJudged(migration) { return report(on: migration, walk) }
    var findings = rules.flatMap { $0.check(migration) }
    for index in findings.indices { adjustRisk(of: &findings[index]) }
    return MigrationReport(
      migration: migration,
      walk.statements,
      walk.transactions,
      findings: findings,
      irreversibility: []
    )
  }

  // MARK: - Findings

  private func findings(at place: HistoryPlace) -> [Finding] { rules.flatMap { $0.check(place) } }

  /// Gives findings the risks of the policy, and those that are allowed their suppressions. Returns which were used.
  private func settle(
    _ findings: inout [Finding],
    by suppressions: [Suppression],
    in source: SourceText
  ) -> Set<Suppression> {
    var used: Set<Suppression> = []
    for index in findings.indices {
      adjustRisk(of: &findings[index])
      guard let suppression = suppressions.first(where: { covers($0, findings[index], in: source) }) else { continue }
      findings[index].suppression = suppression
      used.insert(suppression)
    }
    return used
  }

  private func adjustRisk(of finding: inout Finding) {
    if let risk = policy.ruleRisks[finding.rule] { finding.risk = risk }
  }

  private func covers(_ suppression: Suppression, _ finding: Finding, in source: SourceText) -> Bool {
    guard presentIDs[suppression.rule] == finding.rule else { return false }
    return switch suppression.scope {
    // A file that is included speaks for itself alone.
    case .file: source.isOneFile(suppression.range.lowerBound, finding.range.lowerBound)
    case .statement(let statement): statement != nil && statement == finding.statement
    }
  }

  private func judge(
    _ suppressions: [Suppression],
    used: Set<Suppression>,
    of migration: Migration
  ) -> [Finding] {
    guard !suppressions.isEmpty else { return [] }
    let running = Set(rules.map(\.id))
    let audit = SuppressionAudit(
      migration: migration,
      suppressions: suppressions,
      used: used,
      knownRules: presentIDs.keys.sorted(),
      fileRules: Set(rules.filter(\.isAboutFile).map(\.id)),
      disabledRules: Set(presentIDs.filter { !running.contains($0.value) }.keys)
    )
    var findings = rules.flatMap { $0.check(audit) }
    for index in findings.indices { adjustRisk(of: &findings[index]) }
    return findings
  }
}

extension Migration {
  /// Whether it runs in the deployment that is reported, asked for or not.
  fileprivate var isOfBatch: Bool {
    switch standing {
    case .new: true
    case .pending: isReported
    default: false
    }
  }
}

extension MigrationReport {
  /// Puts the findings in the order of the text, and lets each raise its statement's risk and the migration's.
  fileprivate init(
    migration: Migration,
    _ statements: [StatementReport],
    _ transactions: [TransactionState],
    findings: [Finding],
    irreversibility: [Irreversibility]
  ) {
    var statements = statements
    for finding in findings where !finding.isSuppressed {
      guard let index = finding.statement, statements.indices.contains(index) else { continue }
      statements[index] = statements[index].raised(to: finding.risk)
    }
    let risks = statements.map(\.risk) + findings.filter { !$0.isSuppressed }.map(\.risk)
    self.init(
      migration: migration,
      statements: statements,
      transactions: transactions,
      findings: findings.sorted { ($0.range.lowerBound, $0.rule) < ($1.range.lowerBound, $1.rule) },
      risk: risks.max() ?? .low,
      phases: Phase.allCases.filter { phase in statements.contains { $0.phase == phase } },
      irreversibility: irreversibility
    )
  }
}

extension StatementReport {
  fileprivate func raised(to other: Risk) -> Self {
    guard other > risk else { return self }
    return Self(
      statement: statement,
      risk: other,
      phase: phase,
      effects: effects,
      transaction: transaction,
      heldLocks: heldLocks
    )
  }
}
