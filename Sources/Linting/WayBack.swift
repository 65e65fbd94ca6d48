import Analysis
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
  /// The columns, of tables that were there, whose values the migration overwrites.
  package let overwritten: [OverwrittenColumn]

  /// Whether the way back does something.
  package var hasStatements: Bool { down.map { !$0.script.statements.isEmpty } ?? false }

  /// Why it does not bring back all; empty where it does.
  package var irreversibility: [Irreversibility] {
    var reasons: [Irreversibility] = []
    if let down {
      if let reason = down.unreadable { reasons.append(.unreadable(reason)) }
      if !down.script.errors.isEmpty { reasons.append(.syntaxError) }
      if reasons.isEmpty, !hasStatements { reasons.append(.empty) }
      if let refused { reasons.append(.refused(down.script.source[down.script.statements[refused].range])) }
    } else {
      reasons.append(.noWayBack)
    }
    let isUnknown = up.unreadable != nil || !up.script.errors.isEmpty || effects.contains { !$0.unknowns.isEmpty }
    return reasons + differences.map(Irreversibility.differs) + losses.map { .loses($0.loss) }
      + overwritten.map(Irreversibility.overwrites) + (isUnknown ? [.unknown] : [])
  }

  /// The data that the migration loses for good, with the statement that does.
  package var losses: [(loss: DataLoss, statement: Int)] {
    effects.enumerated().flatMap { index, effects in effects.losses.map { ($0, index) } }
  }

  /// A finding about the migration; about one of its statements where that is given.
  package func finding(_ rule: some Rule, _ message: Finding.Message, at statement: Int? = nil) -> Finding {
    let statements = up.script.statements
    let place = statement ?? 0
    return Finding(
      rule: rule.id,
      risk: rule.risk,
      range: statements.indices.contains(place) ? statements[place].range : 0..<0,
      message: message,
      statement: statement
    )
  }
}

/// A column that an UPDATE writes.
package struct OverwrittenColumn: Hashable, Sendable {
  package let column: String
  package let table: QualifiedName
}

extension Migration {
  /// The columns that its UPDATEs write and that were there `before` with values of their own.
  func overwrittenColumns(since before: Schema, upTo after: Schema) -> [OverwrittenColumn] {
    var found: [OverwrittenColumn] = []
    for statement in script.statements {
      guard case .dataChange(.update(let update)) = statement.kind else { continue }
      let table = before.qualified(update.relation.name)
      for column in update.assignments.flatMap(\.columns) {
        let isNew = before.tables[table].map { !$0.mayHave(column) } ?? (after.tables[table]?.isAssumed == false)
        let item = OverwrittenColumn(column: column, table: table)
        if !isNew, !found.contains(item) { found.append(item) }
      }
    }
    return found
  }
}

/// Why a migration cannot be taken back as if it had never been.
package enum Irreversibility: Hashable, Sendable {
  case noWayBack
  /// The way back has no statement.
  case empty
  /// Why the file that leads back cannot be read.
  case unreadable(String)
  case syntaxError
  /// PostgreSQL refuses this statement of the way back.
  case refused(String)
  case differs(SchemaDifference)
  case loses(DataLoss)
  /// Nobody knows what was in the column before.
  case overwrites(OverwrittenColumn)
  /// The migration does what its files do not tell.
  case unknown
}
