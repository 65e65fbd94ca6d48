import Catalog
import Execution
import Linting
import Syntax

struct IndexBuiltWithoutConcurrently: StatementRule {
  let id = "index-built-without-concurrently"
  let alsoKnownAs = [
    "squawk: require-concurrent-index-creation", "eugene: E6", "atlas: PG101",
    "pgfence: create-index-not-concurrent", "strong_migrations: add_index",
  ]
  let summary = "An index is built while writes to its table wait."
  let risk = Risk.medium
  let explanation = """
    CREATE INDEX reads the whole table under a SHARE lock. Reads go on, but every INSERT, UPDATE and DELETE waits until \
    the index is finished: minutes on a large table, on every partition of a partitioned one.

    With CONCURRENTLY the build takes longer and lets writes go on. It cannot run inside a transaction, so it stands \
    alone in its migration, and a build that fails leaves an invalid index that must be dropped before the next try.
    """
  let alternative = "CREATE INDEX CONCURRENTLY clips_user_id_idx ON clips (user_id);"
  let reference = "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY"
  let examples: [RuleExample] = [
    .bad(
      "an index on a table that exists",
      history: ["CREATE TABLE clips (id bigint PRIMARY KEY, user_id bigint NOT NULL);"],
      "CREATE INDEX clips_user_id_idx ON clips (user_id);"
    ),
    .bad(
      "a unique index too",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);"],
      "CREATE UNIQUE INDEX IF NOT EXISTS users_email_idx ON users (lower(email));"
    ),
    .bad(
      "on every partition",
      history: [
        "CREATE TABLE views (clip_id bigint, at date) PARTITION BY RANGE (at);",
        "CREATE TABLE views_2026 PARTITION OF views FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
      ],
      "CREATE INDEX views_clip_id_idx ON views (clip_id);"
    ),
    .bad(
      "on partitions of partitions",
      history: [
        "CREATE TABLE views (clip_id bigint, at date) PARTITION BY RANGE (at);",
        "CREATE TABLE views_2026 PARTITION OF views FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') "
          + "PARTITION BY LIST (clip_id);",
        "CREATE TABLE views_2026_rest PARTITION OF views_2026 DEFAULT;",
      ],
      "CREATE UNIQUE INDEX views_key ON views USING btree (clip_id, at);"
    ),
    .good(
      "with CONCURRENTLY, alone in its migration",
      history: ["CREATE TABLE clips (id bigint PRIMARY KEY, user_id bigint NOT NULL);"],
      "CREATE INDEX CONCURRENTLY clips_user_id_idx ON clips (user_id);"
    ),
    .good(
      "on a table made in the same migration",
      "CREATE TABLE clips (id bigint PRIMARY KEY, user_id bigint NOT NULL);\n"
        + "CREATE INDEX clips_user_id_idx ON clips (user_id);"
    ),
    .good(
      "on the partitioned table alone, which builds nothing",
      history: [
        "CREATE TABLE views (clip_id bigint, at date) PARTITION BY RANGE (at);",
        "CREATE TABLE views_2026 PARTITION OF views FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
      ],
      "CREATE INDEX views_clip_id_idx ON ONLY views (clip_id);"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .createIndex(let index) = context.statement.kind, !index.isConcurrent else { return [] }
    return context.visibleWork(.indexBuild).map { work in
      context.finding(
        self,
        .building(index, on: context.before.qualified(index.relation.name), work),
        risk: work.relation.lock == .accessExclusive ? .high : nil,
        fix: fix(for: index, in: context)
      )
    }
  }

  private func fix(for index: CreateIndex, in context: StatementContext) -> Finding.Fix {
    let table = context.before.qualified(index.relation.name)
    guard context.before.catalog.kind(of: table) == .partitionedTable, index.relation.includesDescendants else {
      return Finding.Fix(
        "build it CONCURRENTLY\(context.aloneAdvice)\(context.recordingAdvice("IF NOT EXISTS"))",
        migrations: [
          Finding.Fix.Step(
            context.concurrentIndex(named: index.name, on: context.before.portable(index.relation.name).description),
            once: index.isUnique ? ConstraintRecipes.uniqueness : nil
          )
        ]
      )
    }
    return Finding.Fix(
      "make the index on the partitioned table alone, build that of each partition CONCURRENTLY\(context.aloneAdvice), and "
        + "attach it",
      migrations: context.partitionedIndex(on: table, written: context.before.portable(index.relation.name))
    )
  }
}

extension StatementContext {
  /// The user's own CREATE INDEX, built concurrently on a table.
  func concurrentIndex(named name: String?, on table: String) -> String {
    "CREATE \(uniqueness)INDEX CONCURRENTLY\(name.map { " \($0.quotedIdentifier)" } ?? "") \(definition(on: table));"
  }

  /// PostgreSQL cannot build a partitioned index concurrently; its parts it can.
  fileprivate func partitionedIndex(on table: QualifiedName, written name: QualifiedName) -> [Finding.Fix.Step] {
    let after = self.after
    guard let whole = after.catalog.indexes(of: table).last else { return [] }
    let index = QualifiedName(schema: name.schema, whole.name.name)
    let parts = parts(of: whole, named: index, in: after)
    let start = "CREATE \(uniqueness)INDEX \(index.name.quotedIdentifier) \(definition(on: "ONLY \(name)"));"
    let builds = parts.builds.map {
      Finding.Fix.Step($0, once: uniqueness.isEmpty ? nil : ConstraintRecipes.uniqueness)
    }
    return [Finding.Fix.Step(([start] + parts.shells).joined(separator: "\n"))] + builds
      + [Finding.Fix.Step(parts.attachments.joined(separator: "\n"))]
  }

  /// What makes the indexes of partitions; partitions may be partitioned themselves.
  private struct Parts {
    /// Indexes of partitioned partitions, which hold nothing.
    var shells: [String] = []
    var builds: [String] = []
    /// From the innermost outwards.
    var attachments: [String] = []
  }

  private func parts(of whole: Index, named name: QualifiedName, in after: Database) -> Parts {
    var parts = Parts()
    for partition in after.catalog.tables[whole.table]?.children ?? [] {
      guard let part = after.catalog.indexes(of: partition).last(where: { $0.parent == whole.name }) else { continue }
      let table = partition.displayName
      if after.catalog.kind(of: partition) == .partitionedTable {
        let below = self.parts(of: part, named: part.name, in: after)
        parts.shells.append(
          "CREATE \(uniqueness)INDEX \(part.name.name.quotedIdentifier) \(definition(on: "ONLY \(table)"));"
        )
        parts.shells += below.shells
        parts.builds += below.builds
        parts.attachments += below.attachments
      } else {
        parts.builds.append(concurrentIndex(named: part.name.name, on: table))
      }
      parts.attachments.append("ALTER INDEX \(name.displayName) ATTACH PARTITION \(part.name.displayName);")
    }
    return parts
  }

  private var uniqueness: String {
    if case .createIndex(let index) = statement.kind, index.isUnique { "UNIQUE " } else { "" }
  }

  /// `ON table …` with what the user wrote after the table's name: method, columns and all that follows. Where the text
  /// is not in the file, as PostgreSQL reads it.
  private func definition(on table: String) -> String {
    guard case .createIndex(let index) = statement.kind else { return "" }
    guard let start = index.relation.offset.byte else {
      var deparser = Deparser()
      return deparser.text(index, on: table)
    }
    let name = source.nameRange(in: start..<statement.range.upperBound)
    return "ON \(table)\(source[name.upperBound..<statement.range.upperBound])"
  }
}

extension Finding.Message {
  fileprivate static func building(_ index: CreateIndex, on table: QualifiedName, _ work: VisibleWork) -> Self {
    let name = index.name.map { "index \($0.quotedIdentifier)" } ?? "this index"
    guard work.effects.count > 1 || work.relation.relation != table else {
      return "building \(name) \(work.relation.blocking) until it is done"
    }
    let traffic = work.relation.lock.stoppedTraffic ?? "schema changes"
    let partitions = String.count(work.effects.count, "partition", "partitions")
    return "building \(name) blocks \(traffic) to \(partitions) of \(table.displayName) until it is done"
  }
}
