import Catalog
import Execution
import Syntax

/// A migration and its down migration.
package struct Rollback: Sendable {
  package let up: Migration
  /// What the statements of ``up`` do, in its order.
  package let effects: [StatementEffects]
  /// `nil` where there is none.
  package let down: Migration?
  /// The statement of ``down`` that PostgreSQL refuses, as far as the history tells.
  package let refused: RefusedStatement?
  /// What is not as before after the migration and its down migration; empty where that cannot be worked out.
  package let differences: [CatalogDifference]
  /// Those that running code can tell, or that let the next run of the migration fail.
  package let feltDifferences: Set<CatalogDifference>
  /// The statements of ``up`` that made what differs; those of ``down`` did the rest.
  package let makers: [CatalogDifference: Int]
  /// The SQL that undoes a difference, where the schema tells.
  package let restorations: [CatalogDifference: CatalogDifference.Restoration]
  /// Whether the migration changes nothing that a down migration could bring back; asked only where none does anything.
  package let needsNothing: Bool
  /// Whether the migration takes away or changes what running code knew, so that its text does not tell what undoes it;
  /// asked only where no down migration does anything.
  package let takesAway: Bool
  /// The columns, of tables that were there, whose values the migration overwrites.
  package let overwritten: [OverwrittenColumn]
  /// The statements whose losses another rule's finding tells of.
  package internal(set) var toldLosses: Set<Int> = []
  /// Whether one is missed where there is none.
  package internal(set) var habit = Habit.usual

  /// Whether the migrations before this one have down migrations.
  package enum Habit: Sendable {
    case usual
    /// Most have none.
    case seldom
    /// Most have none, and that is said already.
    case known
  }

  /// Whether the down migration does something.
  package var hasStatements: Bool { down.map { !$0.script.statements.allSatisfy(\.kind.changesNothing) } ?? false }

  /// Whether there is none, or one that does nothing.
  package var isMissing: Bool {
    guard let down else { return true }
    return down.unreadable == nil && down.script.errors.isEmpty && !hasStatements
  }

  /// Whether there is none, and that is all there is to say.
  package var lacksDown: Bool { down == nil && losses.isEmpty && !needsNothing }

  /// Why it does not bring everything back; empty where it does.
  package var irreversibility: [Irreversibility] {
    var reasons: [Irreversibility] = []
    if let down {
      if let reason = down.unreadable { reasons.append(.unreadable(reason)) }
      if !down.script.errors.isEmpty { reasons.append(.syntaxError) }
      if reasons.isEmpty, !hasStatements, !needsNothing { reasons.append(.empty) }
      if let refused {
        let text = down.script.source[down.script.statements[refused.index].range]
        reasons.append(.refused(text, because: refused.error.message))
      }
    } else if !needsNothing {
      reasons.append(.noDownMigration)
    }
    let isUnknown = up.unreadable != nil || !up.script.errors.isEmpty || effects.contains { !$0.unknowns.isEmpty }
    return reasons + differences.map(Irreversibility.differs) + losses.map { .loses($0.loss) }
      + overwritten.map(Irreversibility.overwrites) + (isUnknown ? [.unknown] : [])
  }

  /// The data that the migration loses for good, with the statement that does.
  package var losses: [(loss: DataLoss, statement: Int)] {
    effects.enumerated().flatMap { index, effects in effects.losses.map { ($0, index) } }
  }

  /// Without the rows that the down migration may put back.
  package var unrestoredLosses: [(loss: DataLoss, statement: Int)] {
    let losses = losses
    if losses.isEmpty { return [] }
    let filled = Set(
      (down?.script.statements ?? []).compactMap { statement in
        if case .dataChange(.insert(let insert)) = statement.kind { insert.relation.name.name } else { nil }
      }
    )
    return losses.filter { if case .rows(let table, _) = $0.loss { !filled.contains(table.name) } else { true } }
  }

  /// A finding about the migration; about one of its statements where that is given.
  package func finding(
    _ rule: some Rule,
    _ message: Finding.Message,
    at statement: Int? = nil,
    risk: Risk? = nil,
    fix: Finding.Fix? = nil
  ) -> Finding {
    let statements = up.script.statements
    let place = statement ?? 0
    var finding = Finding(
      rule: rule.id,
      risk: risk ?? rule.risk,
      range: statements.indices.contains(place) ? statements[place].range : 0..<0,
      message: message,
      fix: fix,
      statement: statement
    )
    finding.isAboutRollback = true
    return finding
  }
}

/// A statement that PostgreSQL refuses.
package struct RefusedStatement: Sendable {
  /// Its position in the script.
  package let index: Int
  package let error: SQLError
}

/// A column that an UPDATE writes.
package struct OverwrittenColumn: Hashable, Sendable {
  package let column: String
  package let table: QualifiedName
}

/// Why a migration cannot be rolled back as if it had never run.
package enum Irreversibility: Hashable, Sendable {
  case noDownMigration
  /// The down migration has no statement.
  case empty
  /// Why the down migration cannot be read.
  case unreadable(String)
  case syntaxError
  /// PostgreSQL refuses this statement of the down migration, and says why.
  case refused(String, because: String)
  case differs(CatalogDifference)
  case loses(DataLoss)
  /// Nobody knows what was in the column before.
  case overwrites(OverwrittenColumn)
  /// The migration does what its files do not tell.
  case unknown
}
