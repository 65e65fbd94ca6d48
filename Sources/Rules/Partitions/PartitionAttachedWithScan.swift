import Catalog
import Execution
import Linting
import Syntax

struct PartitionAttachedWithScan: StatementRule {
  let id = "partition-attached-with-scan"
  let alsoKnownAs = ["pgfence: attach-partition", "atlas: PG304"]
  let summary = "ATTACH PARTITION reads all rows under a lock unless a valid check proves its bound."
  let risk = Risk.high
  let explanation = """
    The table that becomes a partition, and the default partition, are locked against reads and writes while PostgreSQL \
    reads every row of them: those of the one must belong there, those of the other must not. It also checks the foreign \
    keys and builds the indexes that the partitioned table has and the new partition lacks.

    A valid CHECK that says the same as the bound spares the scan; for the default partition, one that excludes it. Such a \
    check is added NOT VALID and validated while reads and writes go on. Indexes are built CONCURRENTLY before, foreign \
    keys added NOT VALID and validated: ATTACH then takes over what is there.
    """
  let alternative = """
    ALTER TABLE views_2025 ADD CONSTRAINT views_2025_bound CHECK (at >= '2025-01-01' AND at < '2026-01-01') NOT VALID;
    -- next migration
    ALTER TABLE views_2025 VALIDATE CONSTRAINT views_2025_bound;
    -- next migration; the check can go afterwards
    ALTER TABLE views ATTACH PARTITION views_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
    """
  let reference = "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-ATTACH-PARTITION"
  private static let tables = [
    "CREATE TABLE views (id bigint, at date NOT NULL) PARTITION BY RANGE (at);",
    "CREATE TABLE views_2025 (id bigint, at date NOT NULL);",
  ]
  private static let attach =
    "ALTER TABLE views ATTACH PARTITION views_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');"
  let examples: [RuleExample] = [
    .bad("a table with rows", history: tables, attach),
    .bad(
      "a new one beside a default partition",
      history: [
        "CREATE TABLE views (id bigint, at date NOT NULL) PARTITION BY RANGE (at);",
        "CREATE TABLE views_rest PARTITION OF views DEFAULT;",
      ],
      "CREATE TABLE views_2025 (id bigint, at date NOT NULL);\n" + attach
    ),
    .bad(
      "values of a list",
      history: [
        "CREATE TABLE sales (region text) PARTITION BY LIST (region);", "CREATE TABLE sales_eu (region text);",
      ],
      "ALTER TABLE sales ATTACH PARTITION sales_eu FOR VALUES IN ('de', 'fr');"
    ),
    .good(
      "with a check that proves the bound",
      history: tables + [
        "ALTER TABLE views_2025 ADD CONSTRAINT b CHECK (at >= '2025-01-01' AND at < '2026-01-01') NOT VALID;",
        "ALTER TABLE views_2025 VALIDATE CONSTRAINT b;",
      ],
      attach
    ),
    .good(
      "a table made in the same migration",
      history: [tables[0]],
      "CREATE TABLE views_2025 (id bigint, at date NOT NULL);\n" + attach
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .alterTable(let alter) = context.statement.kind else { return [] }
    return alter.actions.enumerated().compactMap { position, action in
      guard case .attachPartition(let partition, let bound) = action.kind else { return nil }
      let work = context.effects.visibleToOthers.flatMap { effect in
        effect.work.filter { $0.action == position }.map { (effect, $0) }
      }
      if work.isEmpty { return nil }
      let isOnlyIndex = work.allSatisfy { $0.1.work == .indexBuild }
      return context.finding(
        self,
        .attaching(context.before.qualified(partition.name), work),
        at: action.range,
        risk: isOnlyIndex ? .medium : nil,
        fix: fix(for: alter.relation.name, partition.name, bound, work.map(\.0), in: context)
      )
    }
  }

  private func fix(
    for parent: QualifiedName,
    _ partition: QualifiedName,
    _ bound: PartitionBound?,
    _ scanned: [Effect],
    in context: StatementContext
  ) -> Finding.Fix {
    let (parent, partition) = (context.before.portable(parent), context.before.portable(partition))
    let isFull = scanned.contains { $0.relation == context.before.qualified(partition) }
    let known = context.before.catalog.defaultPartition(of: context.before.qualified(parent))
    let other = known.flatMap { name in scanned.contains { $0.relation == name } ? name : nil }
    let recipe = PartitionRecipe(bound, of: parent, in: context.before)
    let advice =
      "add checks that prove the bound NOT VALID and validate them while reads and writes go on, with the indexes built "
      + "CONCURRENTLY and foreign keys validated before"
    guard let recipe, let bound = recipe.boundText,
      let steps = recipe.checks(
        of: isFull ? partition : nil,
        default: other.map(\.portable),
        before: isFull
          ? "ALTER TABLE \(parent) ATTACH PARTITION \(partition) \(bound);"
          : Finding.Fix.Step(context.text(of: context.migration.script.statements) ?? "-- this migration as it stands")
      )
    else {
      return Finding.Fix(advice + "; where no check proves it, plan a window in which nobody uses the tables")
    }
    return Finding.Fix(
      advice + (isFull ? "" : ", and then send this migration as it stands") + "; the checks can go afterwards",
      migrations: steps
    )
  }
}

extension QualifiedName {
  /// The name as another migration writes it.
  var portable: QualifiedName { schema == "public" ? QualifiedName(name) : self }
}

extension Finding.Message {
  fileprivate static func attaching(_ partition: QualifiedName, _ work: [(Effect, WorkItem)]) -> Self {
    var tables: [String] = []
    for name in work.map(\.0.displayName) where !tables.contains(name) { tables.append(name) }
    let does = Work.allCases.filter { kind in work.contains { $0.1.work == kind } }.compactMap(\.inAttach)
    return """
      attaching \(partition.displayName) \(does.sentenceList), and blocks reads and writes to \(tables.shortList) all the \
      while
      """
  }
}

extension Work {
  fileprivate var inAttach: String? {
    switch self {
    case .rewrite: nil
    case .scan: "reads every row to see where it belongs"
    case .indexBuild: "builds indexes"
    case .foreignKeyValidation: "checks foreign keys"
    }
  }
}
