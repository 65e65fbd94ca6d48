import Catalog
import Execution
import Syntax

/// One statement at the moment it runs: what it says, the schema it meets, and what it does there.
package struct StatementContext: Sendable {
  package let migration: Migration
  /// The position of the statement in its script.
  package let index: Int
  package let statement: Statement
  /// What it does. In a down migration, what it takes away of the migration that it rolls back is not among the losses.
  package let effects: StatementEffects
  package let transaction: TransactionState
  package let policy: Policy
  /// Whether another statement runs this one: a DO block, or a call of a function of the history. ``index`` is that
  /// one's.
  package let isNested: Bool
  /// Where it is in its history; it is known of a statement that PostgreSQL refuses.
  package let place: HistoryPlace?
  private let run: StatementRun
  /// In a down migration: the schema before the migration that it rolls back.
  private let original: Database?

  package init(
    _ run: StatementRun,
    of statement: Statement,
    at index: Int,
    in migration: Migration,
    transaction: TransactionState,
    policy: Policy,
    isNested: Bool = false,
    place: HistoryPlace? = nil,
    rollingBackTo original: Database? = nil
  ) {
    self.run = run
    self.migration = migration
    self.index = index
    self.statement = statement
    self.effects = original.map { run.effects.rollingBack(to: $0, from: run.before) } ?? run.effects
    self.transaction = transaction
    self.policy = policy
    self.isNested = isNested
    self.place = place
    self.original = original
  }

  /// Why PostgreSQL refuses the statement, as far as the history tells; `nil` where it does not.
  package var refusal: SQLError? { run.refusal }

  /// Whether PostgreSQL refuses it for certain: it does nothing then.
  package var isRefused: Bool { run.refusal?.isCertain == true }

  /// The schema before the statement.
  package var before: Database { run.before }

  /// The schema after the statement.
  package var after: Database { run.after }

  /// The statements that this one runs. What is unknown of them is told once, by this one.
  package var nested: [StatementContext] {
    run.nested.map { nested in
      StatementContext(
        nested,
        of: Statement(kind: nested.kind, range: nested.range ?? statement.range),
        at: index,
        in: migration,
        transaction: transaction,
        policy: policy,
        isNested: true,
        place: place,
        rollingBackTo: original
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
