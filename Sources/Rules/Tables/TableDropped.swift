import Catalog
import Execution
import Linting
import Syntax

struct TableDropped: StatementRule {
  let id = "table-dropped"
  let alsoKnownAs = ["squawk: ban-drop-table", "atlas: DS102", "pgfence: drop-table"]
  let summary = "A dropped table takes its data with it, and running code that uses it breaks."
  let risk = Risk.high
  let tellsOfLoss = true
  let explanation = """
    The rows are gone for good once the migration commits; no down migration brings them back. Code that runs during the \
    deployment and still uses the table fails.

    DROP TABLE takes an ACCESS EXCLUSIVE lock on the table and on every table that its foreign keys point to, as their \
    triggers go too. CASCADE also drops foreign keys and views of others without a word.
    """
  let alternative = """
    -- first deployment: no code uses the table any more; then a backup:
    -- pg_dump --table=legacy_clips --file=legacy_clips.sql
    -- sqllint:allow table-dropped unused since release 41, backup taken
    DROP TABLE legacy_clips;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-droptable.html"
  let examples: [RuleExample] = [
    .bad(
      "a table that exists",
      history: ["CREATE TABLE clips (id bigint);"],
      "DROP TABLE clips;"
    ),
    .bad(
      "with a foreign key, which locks the other table too",
      history: [
        "CREATE TABLE users (id bigint PRIMARY KEY);",
        "CREATE TABLE clips (user_id bigint REFERENCES users);",
      ],
      "DROP TABLE IF EXISTS clips CASCADE;"
    ),
    .good("a table that never was", "DROP TABLE IF EXISTS clips;"),
    .bad(
      "one made anew under its name, which loses the rows all the same",
      history: ["CREATE TABLE nonces (value text);"],
      "DROP TABLE nonces;\nCREATE TABLE nonces (value text, made_at timestamptz);"
    ),
    .bad(
      "one whose rows were copied before, as far as they were",
      history: ["CREATE TABLE nonces (value text);"],
      "CREATE TABLE secrets (value text);\nINSERT INTO secrets SELECT value FROM nonces;\nDROP TABLE nonces;"
    ),
    .good("a table made in the same migration", "CREATE TABLE scratch (id bigint);\nDROP TABLE scratch;"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .drop(let drop) = context.statement.kind, drop.objectKind == .table || drop.objectKind == .foreignTable
    else { return [] }
    let dropped = drop.objects.map { context.before.qualified($0.name) }
    let all = Set(dropped)
    let losses = Set(context.effects.losses)
    let others = context.effects.visibleToOthers.filter { effect in
      effect.lock == .accessExclusive && !losses.contains(.table(effect.relation))
    }
    return dropped.filter { losses.contains(.table($0)) }.map { table in
      context.finding(
        self,
        .dropping(
          table,
          copy: context.copy(of: table),
          gone: gone(with: table, cascades: drop.cascade, in: context),
          locked: locked(by: table, among: others, besides: all, in: context)
        ),
        fix: fix(
          for: table,
          isLockingOthers: dropped.count == 1 && !locked(by: table, among: others, besides: all, in: context).isEmpty,
          in: context
        ),
        breaks: [.relationGone(table)],
        remainder: .losing(table, copy: context.copy(of: table))
      )
    }
  }

  private func fix(for table: QualifiedName, isLockingOthers: Bool, in context: StatementContext) -> Finding.Fix {
    let last = Finding.Fix.Step(
      """
      -- sqllint:allow \(id) no code uses it, and there is a backup
      DROP TABLE \(table.portable);
      """,
      once: "no running code uses \(table.displayName), and there is a backup of it"
    )
    let advice = "make sure that no running code uses it, take a backup, and"
    let isAlone = isLockingOthers && gone(with: table, cascades: true, in: context).isEmpty
    let steps = isAlone ? context.droppingKeysFirst(of: table, then: last) : []
    return steps.isEmpty
      ? Finding.Fix("\(advice) say so with the reason:\n-- sqllint:allow \(id) reason")
      : Finding.Fix("\(advice) \(StatementContext.keysFirst)", migrations: steps)
  }

  /// What CASCADE takes besides, and partitions, which go without it.
  private func gone(with table: QualifiedName, cascades: Bool, in context: StatementContext) -> [String] {
    let partitions = context.before.catalog.descendants(of: table).map { "partition \($0.displayName)" }
    guard cascades else { return partitions }
    let keys = context.before.catalog.foreignKeys(to: table).filter { $0.table != table }
      .map { "foreign key \($0.constraint.name.quotedIdentifier) of \($0.table.displayName)" }
    return partitions + keys
      + context.before.catalog.views(reading: nil, of: table).map { "view \($0.name.displayName)" }
  }

  /// The tables that lose nothing and are locked all the same: those that its foreign keys and those of its partitions
  /// point to. Of those that it is a partition of, ``PartitionDropped`` tells.
  private func locked(
    by table: QualifiedName,
    among others: [Effect],
    besides dropped: Set<QualifiedName>,
    in context: StatementContext
  ) -> [String] {
    let family = [table] + context.before.catalog.descendants(of: table)
    let relatives = Set(
      family.compactMap { context.before.catalog.tables[$0] }
        .flatMap { $0.constraints.compactMap(\.referenced) }.filter { !dropped.contains($0) }
    )
    if relatives.isEmpty { return [] }
    return others.filter { relatives.contains($0.relation) }.map(\.displayName)
  }
}

extension Finding.Message {
  fileprivate static func losing(_ table: QualifiedName, copy: QualifiedName?) -> Self {
    "dropping \(table.displayName) loses \(rows(copy)) for good, although a table of its name is made again"
  }

  fileprivate static func dropping(
    _ table: QualifiedName,
    copy: QualifiedName?,
    gone: [String],
    locked: [String]
  ) -> Self {
    let also = gone.isEmpty ? "" : ", takes \(gone.sentenceList) with it,"
    let others = locked.isEmpty ? "" : "; it blocks reads and writes to \(locked.sentenceList) too, until it commits"
    return """
      dropping \(table.displayName) loses \(rows(copy)) for good\(also) and breaks running code that uses it\(others)
      """
  }

  private static func rows(_ copy: QualifiedName?) -> String {
    copy.map { "what is not copied to \($0.displayName)" } ?? "its rows"
  }
}
