import Catalog
import Execution
import Linting
import Syntax

struct TableRewritten: StatementRule {
  let id = "table-rewritten"
  let alsoKnownAs = ["squawk: ban-vacuum-full", "pgfence: vacuum-full", "pgfence: cluster", "pgfence: set-logged"]
  let summary = "The table and its indexes are written anew while reads and writes wait."
  let risk = Risk.high
  let explanation = """
    VACUUM FULL, CLUSTER, SET LOGGED, SET UNLOGGED, SET TABLESPACE and SET ACCESS METHOD copy the whole table under \
    an ACCESS EXCLUSIVE lock: nobody can read or write it until the copy is finished, and the copy needs as much \
    disk again.

    Plain VACUUM gives space back to the table while reads and writes go on. For the rest PostgreSQL has no online \
    way: tools such as pg_repack copy the table while it is in use and swap it in the end, and so does a new table \
    that a trigger keeps up to date.
    """
  let alternative = "VACUUM (ANALYZE) sessions;"
  let reference = "https://www.postgresql.org/docs/current/sql-vacuum.html"
  let examples: [RuleExample] = [
    .bad(
      "VACUUM FULL of a table that exists",
      history: ["CREATE TABLE sessions (id bigint);"],
      transactionMode: .none,
      "VACUUM FULL sessions;"
    ),
    .bad("SET UNLOGGED", history: ["CREATE TABLE sessions (id bigint);"], "ALTER TABLE sessions SET UNLOGGED;"),
    .bad(
      "CLUSTER",
      history: ["CREATE TABLE sessions (id bigint PRIMARY KEY);"],
      "CLUSTER sessions USING sessions_pkey;"
    ),
    .good(
      "SET LOGGED of a table that is",
      history: ["CREATE TABLE sessions (id bigint);"],
      "ALTER TABLE sessions SET LOGGED;"
    ),
    .good(
      "a table made in the same migration",
      "CREATE TABLE sessions (id bigint);\nALTER TABLE sessions SET UNLOGGED;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.visibleWork(.rewrite).compactMap { work in
      guard case .storage(let command) = work.item.cause else { return nil }
      return context.finding(
        self,
        .rewriting(work, command),
        at: context.action(of: work.item)?.range,
        fix: fix(for: command, in: context)
      )
    }
  }

  private func fix(for command: String, in context: StatementContext) -> Finding.Fix {
    guard command == "VACUUM FULL", case .vacuum(let vacuum) = context.statement.kind else {
      return Finding.Fix(
        "PostgreSQL has no online way: copy the table with a tool such as pg_repack, or plan a window in which nobody uses "
          + "it, with a lock_timeout"
      )
    }
    let tables = vacuum.relations.map { context.before.portable($0.name).description }
    return Finding.Fix(
      "plain VACUUM lets reads and writes go on, and new rows use the space; to give it back to the disk, use a tool such "
        + "as pg_repack",
      migrations: ["VACUUM (ANALYZE) \(tables.joined(separator: ", "));"]
    )
  }
}

extension Finding.Message {
  fileprivate static func rewriting(_ work: VisibleWork, _ command: String) -> Self {
    """
    writing all of \(work.effects.map(\.displayName).shortList) anew, which \(command) does, blocks reads and writes \
    until that is done
    """
  }
}
