import Execution
import Linting
import Syntax

struct ReindexWithoutConcurrently: StatementRule {
  let id = "reindex-without-concurrently"
  let summary = "REINDEX makes writes wait, and reads that would use the index too."
  let risk = Risk.high
  let explanation = """
    REINDEX builds the index anew under a SHARE lock on the table, so that every INSERT, UPDATE and DELETE waits, and an \
    ACCESS EXCLUSIVE lock on the index. Queries wait as well: the planner looks at every index of a table that it reads, \
    whether the query needs it or not.

    With CONCURRENTLY a second index is built beside the first one, and both go on serving until it takes over. It cannot \
    run inside a transaction.
    """
  let alternative = "REINDEX INDEX CONCURRENTLY clips_title_idx;"
  let reference = "https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY"
  let examples: [RuleExample] = [
    .bad(
      "an index",
      history: ["CREATE TABLE clips (title text);", "CREATE INDEX CONCURRENTLY clips_title_idx ON clips (title);"],
      "REINDEX INDEX clips_title_idx;"
    ),
    .bad(
      "all indexes of a table",
      history: ["CREATE TABLE clips (id bigint PRIMARY KEY, title text UNIQUE);"],
      "REINDEX TABLE clips;"
    ),
    .good(
      "with CONCURRENTLY, alone in its migration",
      history: ["CREATE TABLE clips (title text);", "CREATE INDEX CONCURRENTLY clips_title_idx ON clips (title);"],
      "REINDEX INDEX CONCURRENTLY clips_title_idx;"
    ),
    .good(
      "a table made in the same migration",
      "CREATE TABLE clips (id bigint PRIMARY KEY);\nREINDEX TABLE clips;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .reindex(let reindex) = context.statement.kind, !reindex.isConcurrent else { return [] }
    return context.visibleWork(.indexBuild).map { work in
      context.finding(self, .rebuilding(reindex.target, work), fix: fix(reindex.target, in: context))
    }
  }

  private func fix(_ target: Reindex.Target, in context: StatementContext) -> Finding.Fix? {
    let what: String
    switch target {
    case .index(let index): what = "INDEX CONCURRENTLY \(context.before.portable(index.name))"
    case .table(let table): what = "TABLE CONCURRENTLY \(context.before.portable(table.name))"
    case .schema(let schema): what = "SCHEMA CONCURRENTLY \(schema.quotedIdentifier)"
    case .system, .database: return nil
    }
    return Finding.Fix("rebuild it CONCURRENTLY\(context.aloneAdvice)", migrations: ["REINDEX \(what);"])
  }
}

extension Finding.Message {
  fileprivate static func rebuilding(_ target: Reindex.Target, _ work: VisibleWork) -> Self {
    let tables = work.effects.map(\.displayName).sentenceList
    let what: String
    switch target {
    case .index(let index): what = "index \(index.name)"
    case .table, .schema, .system, .database: what = "the indexes of \(tables)"
    }
    return "rebuilding \(what) blocks writes to \(tables), and reads too, as they wait for the index, until it is done"
  }
}
