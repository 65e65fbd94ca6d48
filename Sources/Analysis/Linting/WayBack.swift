import Syntax

/// A migration and what leads back from it.
package struct WayBack: Sendable {
  package let up: Migration
  /// What the statements of ``up`` do, in its order.
  package let effects: [StatementEffects]
  /// `nil` where there is none.
  package let down: Migration?
  /// The statement of ``down`` that PostgreSQL refuses, as far as the history tells.
  package let refused: Int?
  /// What is not as before after the migration and its way back; empty where that cannot be worked out.
  package let differences: [SchemaDifference]

  /// Whether the way back does something.
  package var hasStatements: Bool { down.map { !$0.script.statements.isEmpty } ?? false }

  /// Whether it brings back all: the schema, and no data is lost.
  package var isComplete: Bool {
    hasStatements && down?.script.errors.isEmpty == true && refused == nil && differences.isEmpty && losses.isEmpty
  }

  /// The data that the migration loses for good, with the statement that does.
  package var losses: [(loss: DataLoss, statement: Int)] {
    effects.enumerated().flatMap { index, effects in effects.losses.map { ($0, index) } }
  }

  /// A finding about the migration; about one of its statements where that is given.
  package func finding(_ rule: some Rule, _ message: Finding.Message, at statement: Int = 0) -> Finding {
    let statements = up.script.statements
    return Finding(
      rule: rule.id,
      risk: rule.risk,
      range: statements.indices.contains(statement) ? statements[statement].range : 0..<0,
      message: message
    )
  }
}
