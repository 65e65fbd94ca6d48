import Analysis
import Syntax

/// A statement on the simulated server: the schema it meets, and what it does there.
///
/// Nothing else here asks the server what a statement does.
package struct StatementRun: Sendable {
  package let kind: Statement.Kind
  /// Its bytes in the script; `nil` for a nested one that does not stand there as it runs.
  package let range: Range<Int>?
  package let before: Schema
  package let effects: StatementEffects
  private let targetVersion: Int

  package init(_ statement: Statement, in before: Schema, targetVersion: Int) {
    self.init(
      kind: statement.kind,
      range: statement.range,
      before: before,
      effects: Effects.of(statement.kind, in: before, targetVersion: targetVersion),
      targetVersion: targetVersion
    )
  }

  private init(
    kind: Statement.Kind,
    range: Range<Int>?,
    before: Schema,
    effects: StatementEffects,
    targetVersion: Int
  ) {
    self.kind = kind
    self.range = range
    self.before = before
    self.effects = effects
    self.targetVersion = targetVersion
  }

  /// The statements that this one runs, in the order in which they run. What is unknown of them is among its own effects.
  package var nested: [StatementRun] {
    Effects.runs(of: kind, in: before, targetVersion: targetVersion).map { run in
      var effects = run.effects
      effects.unknowns = []
      return StatementRun(
        kind: run.kind,
        range: run.range,
        before: run.schema,
        effects: effects,
        targetVersion: targetVersion
      )
    }
  }

  package var after: Schema {
    var after = before
    _ = after.execute(kind)
    return after
  }
}

extension Schema {
  /// Runs a statement, and tells whether PostgreSQL accepts it. One that it refuses changes nothing.
  mutating func execute(_ statement: Statement.Kind) -> Bool { apply(statement) }
}
