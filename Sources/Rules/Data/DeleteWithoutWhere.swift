import Linting
import Syntax

struct DeleteWithoutWhere: StatementRule {
  let id = "delete-without-where"
  let alsoKnownAs = ["pgfence: delete-without-where"]
  let summary = "A DELETE of every row loses them all."
  let risk = Risk.critical
  let tellsOfLoss = true
  let explanation = """
    A DELETE without WHERE removes every row, and no down migration brings them back. It also keeps every row locked \
    until its transaction ends and leaves the table as large as it was until it is vacuumed.

    A condition that is always true does not count.
    """
  let alternative = """
    -- after a backup, in batches until it removes no row
    DELETE FROM sessions
      WHERE ctid IN (SELECT ctid FROM sessions WHERE expired_at < '2026-01-01' LIMIT 10000);
    """
  let reference = "https://www.postgresql.org/docs/current/sql-delete.html"
  let examples: [RuleExample] = [
    .bad("of every row", history: ["CREATE TABLE sessions (id bigint);"], "DELETE FROM sessions;"),
    .bad(
      "with a condition that is always true",
      history: ["CREATE TABLE sessions (id bigint);"],
      "DELETE FROM sessions WHERE id = id OR true;"
    ),
    .good(
      "of some rows",
      history: ["CREATE TABLE sessions (id bigint, expired_at date);"],
      "DELETE FROM sessions WHERE ctid IN (SELECT ctid FROM sessions WHERE expired_at < '2026-01-01' LIMIT 10000);"
    ),
    .good(
      "of a table made in the same migration",
      "CREATE TABLE sessions (id bigint);\nDELETE FROM sessions;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.dataChanges.compactMap { change in
      guard case .delete(let delete) = change, context.isVisible(change),
        context.takesEveryRow(delete.condition, of: change)
      else { return nil }
      return context.finding(
        self,
        .deleting(context.before.qualified(delete.relation.name)),
        fix: Finding.Fix(
          "say with WHERE which rows may go, take a backup, and delete them in batches; if all may go, say so with the "
            + "reason:\n-- sqllint:allow \(id) reason"
        )
      )
    }
  }
}

extension Finding.Message {
  fileprivate static func deleting(_ table: QualifiedName) -> Self {
    "this DELETE removes every row of \(table.displayName), for good"
  }
}
