import Catalog
import Execution
import Linting
import Syntax

struct PartitionDropped: StatementRule {
  let id = "partition-dropped"
  let alsoKnownAs = ["pgfence: drop-partition"]
  let summary = "Dropping a partition locks the whole partitioned table against reads and writes."
  let risk = Risk.high
  let explanation = """
    DROP TABLE of a partition takes an ACCESS EXCLUSIVE lock on the partitioned table as well, and on its default \
    partition: it waits for every query on any of the partitions, and every later query waits behind it.

    Detach the partition first, CONCURRENTLY and in a migration of its own. It is then an ordinary table that nobody \
    waits for, and can be kept until it is certain that nobody misses its rows.
    """
  let alternative = """
    ALTER TABLE views DETACH PARTITION views_2024 CONCURRENTLY;
    -- next migration
    -- sqllint:allow table-dropped rows of 2024 are in the archive
    DROP TABLE views_2024;
    """
  let reference =
    "https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE"
  private static let tables =
    "CREATE TABLE views (at date) PARTITION BY RANGE (at);\n"
    + "CREATE TABLE views_2024 PARTITION OF views FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');"
  let examples: [RuleExample] = [
    .bad("of a table that stays", history: [tables], "DROP TABLE views_2024;"),
    .good("of a table made in the same migration", tables + "\nDROP TABLE views_2024;"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .drop(let drop) = context.statement.kind, drop.objectKind == .table || drop.objectKind == .foreignTable
    else { return [] }
    let dropped = drop.objects.map { context.before.qualified($0.name) }
    let partitions = dropped.filter { context.before.catalog.tables[$0]?.isPartition == true }
    if partitions.isEmpty { return [] }
    let relatives = partitions.flatMap { partition -> [QualifiedName] in
      let parents = context.before.catalog.tables[partition]?.parents ?? []
      return Array(parents) + parents.compactMap { context.before.catalog.defaultPartition(of: $0) }
    }
    let locked = context.effects.visibleToOthers.filter { effect in
      effect.lock == .accessExclusive && relatives.contains(effect.relation) && !dropped.contains(effect.relation)
    }
    if locked.isEmpty { return [] }
    return [
      context.finding(
        self,
        .dropping(partitions.map(\.displayName), locked.map(\.displayName)),
        fix: fix(for: partitions, in: context)
      )
    ]
  }

  private func fix(for partitions: [QualifiedName], in context: StatementContext) -> Finding.Fix {
    let advice = "detach it first, CONCURRENTLY\(context.aloneAdvice), and drop it in a later one"
    guard let partition = partitions.first, partitions.count == 1, context.policy.targetVersion >= 14,
      let parent = context.before.catalog.tables[partition]?.parents.first
    else { return Finding.Fix(advice) }
    if let other = context.before.catalog.defaultPartition(of: parent) {
      return Finding.Fix(
        "set a lock_timeout and try again when it runs out: while there is a default partition, \(other.displayName), it "
          + "cannot be detached CONCURRENTLY either"
      )
    }
    return Finding.Fix(
      advice,
      migrations: [
        Finding.Fix.Step(
          "ALTER TABLE \(parent.portable) DETACH PARTITION \(partition.portable) CONCURRENTLY;",
          once: "running code writes no row that belongs in \(partition.portable)"
        ),
        Finding.Fix.Step(
          """
          -- sqllint:allow table-dropped nobody misses its rows, and there is a backup
          DROP TABLE \(partition.portable);
          """,
          once: "nobody misses its rows, and there is a backup of them"
        ),
      ]
    )
  }
}

extension Finding.Message {
  fileprivate static func dropping(_ partitions: [String], _ locked: [String]) -> Self {
    """
    dropping \(partitions.named("partition", "partitions")) blocks reads and writes to \(locked.shortList) too, \
    while it waits for its locks and until the transaction ends
    """
  }
}
