import Catalog
import Execution
import Linting
import Syntax

struct IndexDroppedWithoutConcurrently: StatementRule {
  let id = "index-dropped-without-concurrently"
  let alsoKnownAs = [
    "squawk: require-concurrent-index-deletion", "atlas: PG102", "pgfence: drop-index-not-concurrent",
    "strong_migrations: remove_index",
  ]
  let summary = "DROP INDEX locks the table against reads and writes."
  let risk = Risk.low
  let explanation = """
    DROP INDEX takes an ACCESS EXCLUSIVE lock on the index's table. It is held only for a moment, but the statement waits \
    for every query on the table that is already running, and every later query waits behind it.

    With CONCURRENTLY nothing waits. It cannot run inside a transaction, nor drop an index of a partitioned table.
    """
  let alternative = "DROP INDEX CONCURRENTLY clips_title_idx;"
  let reference = "https://www.postgresql.org/docs/current/sql-dropindex.html"
  let examples: [RuleExample] = [
    .bad(
      "an index of a table that exists",
      history: ["CREATE TABLE clips (title text);", "CREATE INDEX CONCURRENTLY clips_title_idx ON clips (title);"],
      "DROP INDEX clips_title_idx;"
    ),
    .good(
      "with CONCURRENTLY, alone in its migration",
      history: ["CREATE TABLE clips (title text);", "CREATE INDEX CONCURRENTLY clips_title_idx ON clips (title);"],
      "DROP INDEX CONCURRENTLY clips_title_idx;"
    ),
    .good(
      "where the transaction has locked the table already",
      history: ["CREATE TABLE clips (title text);", "CREATE INDEX CONCURRENTLY clips_title_idx ON clips (title);"],
      "ALTER TABLE clips ADD COLUMN seen date;\nDROP INDEX clips_title_idx;"
    ),
    .good("an index that never was", "DROP INDEX IF EXISTS clips_title_idx;"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .drop(let drop) = context.statement.kind, drop.objectKind == .index, !drop.isConcurrent else {
      return []
    }
    return drop.objects.compactMap { object in
      let name = context.before.qualified(object.name)
      let table = context.before.catalog.indexes[name]?.table
      // Who waits for the table waits already.
      if let table, context.transaction.heldLocks[table]?.mode == .accessExclusive { return nil }
      guard let lock = context.effects.visibleToOthers.first(where: { $0.relation == table ?? name }) else {
        return nil
      }
      return context.finding(
        self,
        .dropping(object.name, lock, table),
        fix: fix(for: context.before.portable(object.name), in: context)
      )
    }
  }

  private func fix(for index: QualifiedName, in context: StatementContext) -> Finding.Fix {
    let known = context.before.index(index)
    if let constraint = known?.constraint {
      return Finding.Fix(
        "PostgreSQL refuses this: the index is that of constraint \(constraint.quotedIdentifier), so drop the constraint"
      )
    }
    if let whole = known?.parent {
      return Finding.Fix("PostgreSQL refuses this: the index is part of \(whole.displayName), so drop that one")
    }
    if known.flatMap({ context.before.catalog.tables[$0.table] })?.kind == .partitionedTable {
      return Finding.Fix(
        "PostgreSQL cannot drop an index of a partitioned table concurrently: set a lock_timeout and try again when it "
          + "runs out"
      )
    }
    let isMissed = context.effects.breaks.contains {
      if case .uniquenessLost(_, let name, _) = $0 { name == known?.name.name } else { false }
    }
    return Finding.Fix(
      "drop it CONCURRENTLY\(context.aloneAdvice)\(context.recordingAdvice("IF EXISTS"))",
      migrations: isMissed ? [] : ["DROP INDEX CONCURRENTLY \(index);"]
    )
  }
}

extension Finding.Message {
  fileprivate static func dropping(_ index: QualifiedName, _ effect: Effect, _ table: QualifiedName?) -> Self {
    let place = table.map { "reads and writes to \($0.displayName)" } ?? "reads and writes to its table"
    let traffic = effect.lock.stoppedTraffic == nil ? "schema changes" : place
    return "dropping index \(index) blocks \(traffic) while it waits for the lock and holds it"
  }
}
