import Analysis
import Syntax

/// A check, with all that people need to know of it. Documentation, `sqllint explain`, SARIF, configuration and tests
/// are derived from this one value.
package protocol Rule: Sendable {
  /// Kebab-case; names the offence and reads well after "allow". The type bears the same name in PascalCase.
  var id: String { get }
  /// Ids that this rule had before; they stay valid in configuration and suppressions.
  var formerIDs: [String] { get }
  /// The same rule in other tools, such as `squawk: ban-drop-table`.
  var alsoKnownAs: [String] { get }
  /// One sentence of at most 90 characters.
  var summary: String { get }
  /// The risk of its findings, unless the rule or the configuration says otherwise.
  var risk: Risk { get }
  /// Why it matters, in a paragraph or two of Markdown.
  var explanation: String { get }
  /// The safe way, as SQL.
  var alternative: String { get }
  /// The page of PostgreSQL's manual that it stands on.
  var reference: String { get }
  /// Whether its findings are about whole files, so that a comment on a statement does not allow them.
  var isAboutFile: Bool { get }
  /// The servers on which the danger exists.
  var versions: ClosedRange<Int> { get }
  var examples: [RuleExample] { get }

  /// Called for each statement of a reported migration, in order.
  func check(_ step: Step) -> [Finding]
  /// Called once for each reported migration.
  func check(_ migration: Migration) -> [Finding]
  /// Called once for each reported migration that leads up.
  func check(_ place: HistoryPlace) -> [Finding]
  /// Called once for each reported migration of a history that has ways back.
  func check(_ wayBack: WayBack) -> [Finding]
  /// Called once for each reported migration, after all other rules.
  func check(_ audit: SuppressionAudit) -> [Finding]
}

extension Rule {
  package var formerIDs: [String] { [] }
  package var alsoKnownAs: [String] { [] }
  package var isAboutFile: Bool { false }
  package var versions: ClosedRange<Int> { Policy.supportedVersions }

  package func check(_: Step) -> [Finding] { [] }
  package func check(_: Migration) -> [Finding] { [] }
  package func check(_: HistoryPlace) -> [Finding] { [] }
  package func check(_: WayBack) -> [Finding] { [] }
  package func check(_: SuppressionAudit) -> [Finding] { [] }
}

/// SQL that shows a rule; tests run every example.
package struct RuleExample: Hashable, Sendable {
  package enum Verdict: Hashable, Sendable {
    /// Exactly one finding of the rule.
    case bad
    /// No finding of any rule.
    case good
  }

  package let verdict: Verdict
  /// What the example shows, in a few words.
  package let title: String
  /// The migrations that ran before, each a file of its own.
  package let history: [String]
  /// The migration that is checked.
  package let sql: String
  /// How the runner sends ``sql``.
  package let transactionMode: Migration.TransactionMode
  /// Its way back, where the example is about that; empty where there is none beside others that have one.
  package let down: String?

  package static func bad(
    _ title: String,
    history: [String] = [],
    transactionMode: Migration.TransactionMode = .implicit,
    _ sql: String,
    down: String? = nil
  ) -> Self {
    Self(verdict: .bad, title: title, history: history, sql: sql, transactionMode: transactionMode, down: down)
  }

  package static func good(
    _ title: String,
    history: [String] = [],
    transactionMode: Migration.TransactionMode = .implicit,
    _ sql: String,
    down: String? = nil
  ) -> Self {
    Self(verdict: .good, title: title, history: history, sql: sql, transactionMode: transactionMode, down: down)
  }
}

/// A migration among those of its history.
package struct HistoryPlace: Sendable {
  package let history: History
  /// The position in ``History/migrations``.
  package let index: Int

  package init(history: History, index: Int) {
    self.history = history
    self.index = index
  }

  package var migration: Migration { history.migrations[index].up }

  /// A finding about the whole file.
  package func finding(_ rule: some Rule, _ message: Finding.Message, fix: Finding.Fix? = nil) -> Finding {
    Finding(rule: rule.id, risk: rule.risk, range: 0..<0, message: message, fix: fix)
  }
}

/// One statement at the moment it runs: what it says, the schema it meets, and what it does there.
package struct Step: Sendable {
  package let migration: Migration
  /// The position of the statement in its script.
  package let index: Int
  package let statement: Statement
  /// The schema before the statement.
  package let schema: Schema
  package let effects: StatementEffects
  package let transaction: TransactionState
  package let policy: Policy
  /// Whether another statement runs this one: a DO block, or a call of a function of the history. ``index`` is that
  /// one's.
  package let isEmbedded: Bool
  /// On a way back: the schema before the migration that is taken back.
  private let origin: Schema?

  package init(
    migration: Migration,
    index: Int,
    statement: Statement,
    schema: Schema,
    effects: StatementEffects,
    transaction: TransactionState,
    policy: Policy,
    isEmbedded: Bool = false,
    takingBackTo origin: Schema? = nil
  ) {
    self.migration = migration
    self.index = index
    self.statement = statement
    self.schema = schema
    self.effects = origin.map { effects.takingBack(to: $0, from: schema) } ?? effects
    self.transaction = transaction
    self.policy = policy
    self.isEmbedded = isEmbedded
    self.origin = origin
  }

  /// The statements that this one runs, as steps of their own. What of them is unknown is told once, by this step.
  package var embedded: [Step] {
    Effects.runs(of: statement.kind, in: schema, targetVersion: policy.targetVersion).map { run in
      var effects = run.effects
      effects.unknowns = []
      return Step(
        migration: migration,
        index: index,
        statement: Statement(kind: run.kind, range: run.range ?? statement.range),
        schema: run.schema,
        effects: effects,
        transaction: transaction,
        policy: policy,
        isEmbedded: true,
        takingBackTo: origin
      )
    }
  }

  package var source: SourceText { migration.script.source }

  /// A finding about this statement.
  package func finding(
    _ rule: some Rule,
    _ message: Finding.Message,
    at range: Range<Int>? = nil,
    risk: Risk? = nil,
    fix: Finding.Fix? = nil
  ) -> Finding {
    Finding(
      rule: rule.id,
      risk: risk ?? rule.risk,
      range: range ?? statement.range,
      message: message,
      fix: fix,
      statement: index
    )
  }
}
