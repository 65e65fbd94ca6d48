import Catalog
import Execution
import Linting
import Syntax

struct PartitionDetachedWithoutConcurrently: StatementRule {
  let id = "partition-detached-without-concurrently"
  let alsoKnownAs = ["pgfence: detach-partition", "atlas: PG305"]
  let summary = "DETACH PARTITION locks the partitioned table against reads and writes."
  let risk = Risk.high
  let explanation = """
    The partitioned table, the partition, the default partition and every table whose foreign keys point to them are \
    locked in ACCESS EXCLUSIVE mode until the transaction ends. The lock waits for every query that runs on any of the \
    partitions, and every later query waits behind it.

    DETACH PARTITION … CONCURRENTLY waits too, but nobody waits behind it. It cannot run in a transaction, nor where there \
    is a default partition: then set a lock_timeout and try again when it runs out.
    """
  let alternative = "ALTER TABLE views DETACH PARTITION views_2024 CONCURRENTLY;"
  let reference = "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DETACH-PARTITION"
  private static let tables = [
    "CREATE TABLE views (at date) PARTITION BY RANGE (at);\n"
      + "CREATE TABLE views_2024 PARTITION OF views FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');"
  ]
  private static let other =
    "CREATE TABLE views_rest (at date);\nALTER TABLE views ATTACH PARTITION views_rest DEFAULT;"
  let examples: [RuleExample] = [
    .bad("of a table that exists", history: tables, "ALTER TABLE views DETACH PARTITION views_2024;"),
    .bad("with a default partition", history: tables + [other], "ALTER TABLE views DETACH PARTITION views_2024;"),
    .good("CONCURRENTLY", history: tables, "ALTER TABLE views DETACH PARTITION views_2024 CONCURRENTLY;"),
    .good(
      "of a table made in the same migration",
      tables[0] + "\nALTER TABLE views DETACH PARTITION views_2024;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .alterTable(let alter) = context.statement.kind else { return [] }
    return alter.actions.compactMap { action in
      guard case .detachPartition(let partition, concurrently: false) = action.kind else { return nil }
      let locked = context.effects.visibleToOthers.filter { $0.lock == .accessExclusive && $0.kind != .index }
      if locked.isEmpty { return nil }
      return context.finding(
        self,
        .detaching(context.before.qualified(partition.name), locked),
        at: action.range,
        fix: fix(for: alter.relation.name, partition.name, in: context)
      )
    }
  }

  private func fix(for parent: QualifiedName, _ partition: QualifiedName, in context: StatementContext) -> Finding.Fix {
    let retry = "set a lock_timeout and try again when it runs out"
    if let other = context.before.catalog.defaultPartition(of: context.before.qualified(parent)) {
      return Finding.Fix(
        "CONCURRENTLY is impossible while there is a default partition, \(other.displayName): \(retry)"
      )
    }
    if context.policy.targetVersion < 14 {
      return Finding.Fix("PostgreSQL 14 has CONCURRENTLY for it; until then, \(retry)")
    }
    let (parent, partition) = (context.before.portable(parent), context.before.portable(partition))
    return Finding.Fix(
      "detach it CONCURRENTLY\(context.aloneAdvice)",
      migrations: [
        Finding.Fix.Step(
          "ALTER TABLE \(parent) DETACH PARTITION \(partition) CONCURRENTLY;",
          once: "running code writes no row that belongs in \(partition)"
        )
      ]
    )
  }
}

extension Finding.Message {
  fileprivate static func detaching(_ partition: QualifiedName, _ locked: [Effect]) -> Self {
    """
    detaching \(partition.displayName) blocks reads and writes to \(locked.map(\.displayName).shortList) while it waits \
    for its locks and until the transaction ends
    """
  }
}
