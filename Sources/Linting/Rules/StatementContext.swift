import Catalog
import Execution
import Syntax

/// One statement at the moment it runs: what it says, the schema it meets, and what it does there.
package struct StatementContext: Sendable {
  package let migration: Migration
  /// The position of the statement in its script.
  package let index: Int
  package let statement: Statement
  /// What it does. What the migration made itself is not among the losses and breakages; in a down migration, nor is what
  /// the migration made that it rolls back.
  package let effects: StatementEffects
  package let transaction: TransactionState
  package let policy: Policy
  /// Whether another statement runs this one: a DO block, or a call of a function of the history. ``index`` is that
  /// one's.
  package let isNested: Bool
  /// Where it is in its history; it is known of a statement that PostgreSQL refuses.
  package let place: HistoryPlace?
  /// The statements that this one runs. What is unknown of them is told once, by this one.
  package let nested: [StatementContext]
  private let run: StatementRun
  /// What running code knows; `nil` where that does not matter.
  private let origins: Origins?

  package init(
    _ run: StatementRun,
    of statement: Statement,
    at index: Int,
    in migration: Migration,
    transaction: TransactionState,
    policy: Policy,
    isNested: Bool = false,
    place: HistoryPlace? = nil,
    since origins: Origins? = nil
  ) {
    self.run = run
    self.migration = migration
    self.index = index
    self.statement = statement
    self.effects = origins?.noticed(run.effects, in: run.before.catalog) ?? run.effects
    self.transaction = transaction
    self.policy = policy
    self.isNested = isNested
    self.place = place
    self.origins = origins
    // Several rules ask for them.
    var origins = origins
    nested = run.nested.map { nested in
      defer { origins?.note(nested.effects) }
      return StatementContext(
        nested,
        of: Statement(kind: nested.kind, range: nested.range ?? statement.range),
        at: index,
        in: migration,
        transaction: transaction,
        policy: policy,
        isNested: true,
        place: place,
        since: origins
      )
    }
  }

  /// Why PostgreSQL refuses the statement, as far as the history tells; `nil` where it does not.
  package var refusal: SQLError? { run.refusal }

  /// Whether PostgreSQL refuses it for certain: it does nothing then.
  package var isRefused: Bool { run.refusal?.isCertain == true }

  /// The schema before the deployment; before the migration that a down migration rolls back. `nil` where that does not
  /// matter.
  package var deploymentStart: Catalog? { origins?.start }

  /// The schema before the statement.
  package var before: Database { _read { yield run.before } }

  /// The schema after the statement.
  package var after: Database { _read { yield run.after } }

  package var source: SourceText { migration.script.source }

  /// Where what PostgreSQL refuses stands: in a statement with code the part of it, where that is known.
  package var placeOfRefusal: Range<Int> {
    switch refusal?.place {
    case .inFile(let range): return range
    case .inBody(let range):
      guard case .createFunction(let function) = statement.kind, let body = function.body,
        let start = source.utf8.offset(ofDollarQuoted: body, in: statement.range)
      else { return statement.range }
      let end = min(start + range.upperBound, source.utf8.count)
      var lexer = Lexer(source.utf8, in: min(start + range.lowerBound, end)..<end)
      return (lexer.nextSignificant()?.range.lowerBound ?? end)..<end
    case nil: return statement.range
    }
  }

  /// A finding about this statement.
  package func finding(
    _ rule: some Rule,
    _ message: Finding.Message,
    at range: Range<Int>? = nil,
    risk: Risk? = nil,
    leftover: Leftover? = nil,
    fix: Finding.Fix? = nil,
    breaks: [Breakage] = [],
    remainder: Finding.Message? = nil
  ) -> Finding {
    Finding(
      rule: rule.id,
      risk: risk ?? rule.risk,
      range: range ?? statement.range,
      message: message,
      fix: fix,
      statement: index,
      leftover: leftover,
      breaks: origins.map { origins in breaks.compactMap { origins.noticed($0, in: before.catalog) } } ?? breaks,
      remainder: remainder
    )
  }
}
