import Catalog
import Execution
import Linting
import Syntax

struct PartitionCreatedInPlace: StatementRule {
  let id = "partition-created-in-place"
  let alsoKnownAs = ["pgfence: create-partition"]
  let summary = "CREATE TABLE … PARTITION OF locks the partitioned table against reads and writes."
  let risk = Risk.medium
  let explanation = """
    The partitioned table is locked in ACCESS EXCLUSIVE mode until the transaction ends, with its default partition, whose \
    rows are all read: none may belong in the new one. The lock waits for every query that runs, and every later query \
    waits behind it.

    ATTACH PARTITION of a table made apart takes a lock that reads and writes do not notice, and reads no row of a new \
    table. With a default partition, a check that excludes the new bound spares the scan.
    """
  let alternative = """
    CREATE TABLE views_2026 (LIKE views INCLUDING ALL);
    ALTER TABLE views ATTACH PARTITION views_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
    """
  let reference =
    "https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE"
  private static let views = "CREATE TABLE views (id bigint, at date NOT NULL) PARTITION BY RANGE (at);"
  private static let partition =
    "CREATE TABLE views_2026 PARTITION OF views FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');"
  let examples: [RuleExample] = [
    .bad("of a table that exists", history: [views], partition),
    .bad(
      "beside a default partition, at High",
      history: [views, "CREATE TABLE views_rest PARTITION OF views DEFAULT;"],
      partition
    ),
    .bad(
      "two, by code",
      history: ["CREATE TABLE sales (region text) PARTITION BY LIST (region);"],
      """
      DO $$ BEGIN
        CREATE TABLE sales_de PARTITION OF sales FOR VALUES IN ('de');
        CREATE TABLE sales_fr PARTITION OF sales FOR VALUES IN ('fr');
      END $$;
      """
    ),
    .good(
      "made apart and attached",
      history: [views],
      """
      CREATE TABLE views_2026 (LIKE views INCLUDING ALL);
      ALTER TABLE views ATTACH PARTITION views_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
      """
    ),
    .good("of a table made in the same migration", views + "\n" + partition),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    // A loop that makes one for each month is one cause.
    if context.isNested { return [] }
    let created = (makesPartition(context) ? [context] : []) + context.nested.filter(makesPartition)
    guard let first = created.first else { return [] }
    let scans = created.contains { !$0.visibleWork(.scan).isEmpty }
    return [
      context.finding(
        self,
        .creating(created.compactMap(\.partition).map(\.name.displayName), locked: locked(by: created), scans: scans),
        at: first.statement.range,
        risk: scans ? .high : nil,
        fix: created.count == 1 ? fix(in: first) : Finding.Fix(advice)
      )
    ]
  }

  private func makesPartition(_ context: StatementContext) -> Bool {
    context.partition != nil && context.effects.relations.contains { $0.isWaitedFor && $0.lock == .accessExclusive }
  }

  private func locked(by created: [StatementContext]) -> [String] {
    var known: Set<String> = []
    return created.flatMap(\.effects.visibleToOthers).filter { $0.lock == .accessExclusive && $0.kind != .index }
      .map(\.displayName).filter { known.insert($0).inserted }
  }

  private var advice: String { "make the table apart and attach it, which reads and writes do not notice" }

  private func fix(in context: StatementContext) -> Finding.Fix {
    guard case .createTable(let table) = context.statement.kind, let parent = table.parents.first?.name,
      table.elements.isEmpty, let recipe = PartitionRecipe(table.partitionBound, of: parent, in: context.before),
      let bound = recipe.boundText
    else { return Finding.Fix(advice) }
    let other = context.before.catalog.defaultPartition(of: context.before.qualified(parent))
    var deparser = Deparser()
    let key = table.partitionKey.map { " PARTITION BY \(deparser.text($0))" } ?? ""
    let name = context.before.portable(table.relation.name)
    let sql = """
      CREATE TABLE \(name) (LIKE \(context.before.portable(parent)) INCLUDING ALL EXCLUDING IDENTITY)\(key);
      ALTER TABLE \(context.before.portable(parent)) ATTACH PARTITION \(name) \(bound);
      """
    guard let other else { return Finding.Fix(advice, migrations: [Finding.Fix.Step(sql)]) }
    guard let steps = recipe.checks(of: nil, default: other.portable, before: Finding.Fix.Step(sql)) else {
      return Finding.Fix(advice + "; the rows of \(other.displayName) are read all the same")
    }
    return Finding.Fix(
      advice + ", once a check proves that the default partition holds none of its rows; the check can go then",
      migrations: steps
    )
  }
}

extension StatementContext {
  /// The partition that the statement makes, and of what.
  fileprivate var partition: (name: QualifiedName, parent: QualifiedName)? {
    guard case .createTable(let table) = statement.kind, table.partitionBound != nil, let parent = table.parents.first
    else { return nil }
    return (after.qualified(table.relation.name), before.qualified(parent.name))
  }
}

extension Finding.Message {
  fileprivate static func creating(_ partitions: [String], locked: [String], scans: Bool) -> Self {
    let reads = scans ? "reads every row of the default partition and " : ""
    return """
      creating \(partitions.named("partition", "partitions")) in place \(reads)blocks reads and writes to \
      \(locked.shortList) until the transaction ends
      """
  }
}
