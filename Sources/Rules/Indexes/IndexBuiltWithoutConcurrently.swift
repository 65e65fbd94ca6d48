import Analysis
import Syntax

struct IndexBuiltWithoutConcurrently: Rule {
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

  func check(_ step: Step) -> [Finding] {
    guard case .createIndex(let index) = step.statement.kind, !index.isConcurrent else { return [] }
    return step.feltWork(.indexBuild).map { work in
      step.finding(self, .building(index, on: work), fix: fix(for: index, in: step))
    }
  }

  private func fix(for index: CreateIndex, in step: Step) -> Finding.Fix {
    let table = step.schema.qualified(index.relation.name)
    let partitions = step.schema.descendants(of: table)
    guard partitions.isEmpty else { return fix(for: index, on: partitions, in: step) }
    return Finding.Fix(
      "build it CONCURRENTLY, in a migration that holds nothing else",
      migrations: [step.concurrentIndex(named: index.name, on: index.relation.name.description)]
    )
  }

  /// PostgreSQL cannot build a partitioned index concurrently; its parts it can.
  private func fix(for index: CreateIndex, on partitions: [QualifiedName], in step: Step) -> Finding.Fix {
    var after = step.schema
    after.apply(step.statement.kind)
    let parent = index.name ?? after.indexes(of: step.schema.qualified(index.relation.name)).last?.name.name ?? ""
    var migrations = [step.indexOnParentAlone(named: parent, index.relation.name.description)]
    for partition in partitions where step.schema.kind(of: partition) != .partitionedTable {
      guard let part = after.indexes(of: partition).last else { continue }
      migrations.append(step.concurrentIndex(named: part.name.name, on: partition.displayName))
      migrations.append(
        "ALTER INDEX \(parent.quotedIdentifier) ATTACH PARTITION \(part.name.displayName);"
      )
    }
    return Finding.Fix(
      "make the index on the partitioned table alone, build each part CONCURRENTLY in a migration of its own, and "
        + "attach it",
      migrations: migrations
    )
  }
}

extension Step {
  /// The user's own CREATE INDEX, built concurrently on a table.
  fileprivate func concurrentIndex(named name: String?, on table: String) -> String {
    let title = name.map { " \($0.quotedIdentifier)" } ?? ""
    return "CREATE \(isUnique ? "UNIQUE " : "")INDEX CONCURRENTLY\(title) ON \(table)\(textBehindTable);"
  }

  fileprivate func indexOnParentAlone(named name: String, _ table: String) -> String {
    "CREATE \(isUnique ? "UNIQUE " : "")INDEX \(name.quotedIdentifier) ON ONLY \(table)\(textBehindTable);"
  }

  private var isUnique: Bool { if case .createIndex(let index) = statement.kind { index.isUnique } else { false } }

  /// What the user wrote behind the table's name: method, columns and all that follows.
  private var textBehindTable: String {
    guard case .createIndex(let index) = statement.kind, let start = index.relation.offset.byte else { return "" }
    var lexer = Lexer(source.utf8, in: start..<statement.range.upperBound)
    var end = lexer.nextSignificant()?.range.upperBound ?? start
    while let token = lexer.nextSignificant(), token.kind == .period {
      end = lexer.nextSignificant()?.range.upperBound ?? end
    }
    return source[end..<statement.range.upperBound]
  }
}

extension Finding.Message {
  fileprivate static func building(_ index: CreateIndex, on work: FeltWork) -> Self {
    let name = index.name.map { "index \($0.quotedIdentifier)" } ?? "this index"
    let others = work.effects.count - 1
    let rest = others > 0 ? " and \(String.count(others, "other partition", "other partitions"))" : ""
    return "building \(name) \(work.relation.blocking)\(rest) until it is done"
  }
}
