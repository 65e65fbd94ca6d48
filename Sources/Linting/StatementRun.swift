import Catalog
import Execution
import Syntax

/// A statement on the simulated server: the database before and after it, and what it does there.
package struct StatementRun: Sendable {
  package let kind: Statement.Kind
  /// Its bytes in the script; `nil` for a nested one that does not stand there as it runs.
  package let range: Range<Int>?
  package let before: Database
  /// As before where PostgreSQL refuses the statement.
  package let after: Database
  package let effects: StatementEffects
  /// Why PostgreSQL refuses it, as far as the history tells; `nil` where it does not. What is refused for certain does
  /// nothing.
  package let refusal: SQLError?
  /// The statements that this one runs, in the order in which they run. What is unknown of them is among its own effects.
  package let nested: [StatementRun]

  /// Executes the statement.
  package init(_ statement: Statement, in before: Database, targetVersion: Int) {
    var database = before
    let result = database.execute(
      statement.kind,
      version: targetVersion,
      isTruncated: statement.isTruncated
    )
    self.init(statement, before: before, after: database, result)
  }

  /// The transaction may refuse it too.
  init(
    _ statement: Statement,
    before: Database,
    after: Database,
    _ result: ExecutionResult,
    refusal: SQLError? = nil
  ) {
    let refusal = refusal ?? result.refusal
    kind = statement.kind
    range = statement.range
    self.before = before
    self.after = after
    effects = refusal?.isCertain == true ? StatementEffects() : result.effects
    self.refusal = refusal
    nested = refusal?.isCertain == true ? [] : result.nested.map(StatementRun.init)
  }

  private init(_ statement: NestedStatement) {
    kind = statement.kind
    range = statement.range
    before = statement.before
    after = statement.after
    var effects = statement.effects
    effects.unknowns = []
    self.effects = effects
    refusal = nil
    nested = []
  }
}
