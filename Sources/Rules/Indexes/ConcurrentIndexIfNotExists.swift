import Catalog
import Execution
import Linting
import Syntax

struct ConcurrentIndexIfNotExists: StatementRule {
  let id = "concurrent-index-if-not-exists"
  let summary = "IF NOT EXISTS keeps the invalid index that a failed concurrent build leaves."
  let risk = Risk.low
  let explanation = """
    A build with CONCURRENTLY that fails, by a duplicate, a timeout or a deadlock, leaves its index behind, marked \
    invalid: it costs every write and serves no query. Run again, CREATE INDEX … IF NOT EXISTS finds the name taken and \
    does nothing but say so in a notice, so that the migration counts as done.

    Drop what may be left first; then a build without IF NOT EXISTS either works or fails for all to see.
    """
  let alternative = """
    DROP INDEX CONCURRENTLY IF EXISTS clips_user_id_idx;
    -- next migration
    CREATE INDEX CONCURRENTLY clips_user_id_idx ON clips (user_id);
    """
  let reference = "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY"
  let examples: [RuleExample] = [
    .bad(
      "an index that is not there",
      history: ["CREATE TABLE clips (user_id bigint);"],
      "CREATE INDEX CONCURRENTLY IF NOT EXISTS clips_user_id_idx ON clips (user_id);"
    ),
    .good(
      "behind a DROP INDEX",
      history: ["CREATE TABLE clips (user_id bigint);"],
      transactionMode: .none,
      "DROP INDEX CONCURRENTLY IF EXISTS clips_user_id_idx;\n"
        + "CREATE INDEX CONCURRENTLY IF NOT EXISTS clips_user_id_idx ON clips (user_id);"
    ),
    .good(
      "without IF NOT EXISTS",
      history: ["CREATE TABLE clips (user_id bigint);"],
      "CREATE INDEX CONCURRENTLY clips_user_id_idx ON clips (user_id);"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .createIndex(let index) = context.statement.kind, index.isConcurrent, index.ifNotExists,
      let name = index.name, let work = context.visibleWork(.indexBuild).first, !isDropped(name, before: context)
    else { return [] }
    let table = context.before.portable(index.relation.name)
    let found = QualifiedName(schema: table.schema, name)
    return [
      context.finding(
        self,
        .building(name, on: work.relation),
        fix: Finding.Fix(
          "drop what a failed build may have left, and build it without IF NOT EXISTS\(context.aloneAdvice)",
          migrations: [
            "DROP INDEX CONCURRENTLY IF EXISTS \(found);", context.concurrentIndex(named: name, on: table.description),
          ]
        )
      )
    ]
  }

  /// Whether the migration has dropped the index just before.
  private func isDropped(_ index: String, before context: StatementContext) -> Bool {
    // Nobody drops it so long before.
    context.migration.script.statements[..<context.index].suffix(500).contains { statement in
      guard case .drop(let drop) = statement.kind, drop.objectKind == .index else { return false }
      return drop.objects.contains { $0.name.name == index }
    }
  }
}

extension Finding.Message {
  fileprivate static func building(_ index: String, on table: Effect) -> Self {
    """
    where an earlier build of \(index.quotedIdentifier) failed, an invalid index is left on \(table.displayName), which this \
    keeps without a word
    """
  }
}
