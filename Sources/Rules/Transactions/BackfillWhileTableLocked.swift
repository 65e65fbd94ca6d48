import Execution
import Linting
import Syntax

struct BackfillWhileTableLocked: StatementRule {
  let id = "backfill-while-table-locked"
  let summary = "Rows are changed while a table stays locked by the same transaction."
  let risk = Risk.high
  let explanation = """
    A lock is held until the transaction ends. ALTER TABLE takes one that stops reads and writes, usually for a moment; \
    where the same transaction then goes through the rows of a table, everybody waits for as long as that takes.

    Change the schema in one migration and the rows in a later one, in batches that each commit.
    """
  let alternative = """
    ALTER TABLE users ADD COLUMN plan text;
    -- next migration
    UPDATE users SET plan = 'free'
      WHERE ctid IN (SELECT ctid FROM users WHERE plan IS NULL LIMIT 10000);
    -- again until it changes no row
    """
  let reference = "https://www.postgresql.org/docs/current/explicit-locking.html"
  let examples: [RuleExample] = [
    .bad(
      "a new column, filled in the same migration",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY, old_plan text);"],
      "ALTER TABLE users ADD COLUMN plan text;\nUPDATE users SET plan = old_plan WHERE old_plan <> '';"
    ),
    .bad(
      "rows of another table",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY);", "CREATE TABLE plans (name text, is_old boolean);"],
      "ALTER TABLE users ADD COLUMN plan text;\nDELETE FROM plans WHERE is_old;"
    ),
    .good(
      "a row picked by its key",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY);"],
      "ALTER TABLE users ADD COLUMN plan text;\nUPDATE users SET plan = 'free' WHERE id = 1;"
    ),
    .good(
      "a table made in the same migration",
      "CREATE TABLE users (id bigint PRIMARY KEY, plan text);\n"
        + "ALTER TABLE users ADD COLUMN old_plan text;\nUPDATE users SET plan = old_plan WHERE old_plan <> '';"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    let changes = context.dataChanges
    if changes.isEmpty { return [] }
    let held = context.locksHeldBesides
    guard !held.isEmpty, let change = changes.first(where: { isLong($0, in: context) }) else { return [] }
    let table = context.before.qualified(change.relation.name).displayName
    return [
      context.finding(
        self,
        .changing(change.rows(of: table), while: held.waiting(in: context.source)),
        fix: fix(for: change, in: context)
      )
    ]
  }

  private func isLong(_ change: DataChange, in context: StatementContext) -> Bool {
    if case .insert = change { return !context.takesFewRows(change) }
    return context.isWaitedFor(change) && !context.takesFewRows(change)
  }

  private func fix(for change: DataChange, in context: StatementContext) -> Finding.Fix {
    if case .update(let update) = change, let batches = Backfill(of: update, in: context.before)?.migration {
      return Finding.Fix(
        "leave the schema change in this migration, and change the rows in the next one, in batches"
          + context.committingAdvice,
        migrations: [batches]
      )
    }
    return Finding.Fix("leave the schema change in this migration, and change the rows in the next one, in batches")
  }
}

extension DataChange {
  fileprivate func rows(of table: String) -> String {
    switch self {
    case .insert: "this INSERT copies rows into \(table)"
    case .update: "this UPDATE goes through the rows of \(table)"
    case .delete: "this DELETE goes through the rows of \(table)"
    case .merge: "this MERGE goes through the rows of \(table)"
    }
  }
}

extension Finding.Message {
  fileprivate static func changing(_ rows: String, while waiting: String) -> Self { "\(rows) while \(waiting)" }
}
