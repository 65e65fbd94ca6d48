import Catalog
import Execution
import Linting
import Syntax

struct UpdateWithoutWhere: StatementRule {
  let id = "update-without-where"
  let alsoKnownAs = ["pgfence: update-in-migration"]
  let summary = "An UPDATE of every row locks them all to the end of its transaction."
  let risk = Risk.high
  let explanation = """
    An UPDATE without WHERE writes every row of the table anew: it grows to twice its size, every index gets a new entry, \
    and each row stays locked until the transaction ends, so that other writers of the row wait.

    Change the rows in batches, each in a transaction of its own, and only those that are not yet what they should be: \
    then the work can be stopped and resumed. A condition that is always true does not count.
    """
  let alternative = """
    UPDATE users SET plan = 'free'
      WHERE ctid IN (SELECT ctid FROM users WHERE plan IS NULL LIMIT 10000);
    -- again until it changes no row
    """
  let reference = "https://www.postgresql.org/docs/current/sql-update.html"
  let examples: [RuleExample] = [
    .bad("of every row", history: ["CREATE TABLE users (plan text);"], "UPDATE users SET plan = 'free';"),
    .bad(
      "with a condition that is always true",
      history: ["CREATE TABLE users (plan text);"],
      "UPDATE users SET plan = 'free' WHERE 1 = 1;"
    ),
    .bad(
      "inside WITH",
      history: ["CREATE TABLE users (plan text);"],
      "WITH changed AS (UPDATE users SET plan = 'free' RETURNING 1) SELECT count(*) FROM changed;"
    ),
    .good(
      "of a batch of rows",
      history: ["CREATE TABLE users (plan text);"],
      "UPDATE users SET plan = 'free' WHERE ctid IN (SELECT ctid FROM users WHERE plan IS NULL LIMIT 10000);"
    ),
    .good(
      "of a table made in the same migration",
      "CREATE TABLE users (plan text);\nUPDATE users SET plan = 'free';"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.dataChanges.compactMap { change in
      guard case .update(let update) = change, context.isWaitedFor(change),
        context.takesEveryRow(update.condition, of: change)
      else { return nil }
      return context.finding(
        self,
        .updating(context.before.qualified(update.relation.name)),
        fix: fix(for: update, in: context)
      )
    }
  }

  private func fix(for update: Update, in context: StatementContext) -> Finding.Fix {
    guard let migration = Backfill(of: update, in: context.before)?.migration else {
      return Finding.Fix(
        "change the rows in batches, by ranges of the primary key, each batch in a transaction of its own"
      )
    }
    return Finding.Fix(
      "change the rows in batches, each in a transaction of its own" + context.committingAdvice,
      migrations: [migration]
    )
  }
}

extension Finding.Message {
  fileprivate static func updating(_ table: QualifiedName) -> Self {
    "this UPDATE writes every row of \(table.displayName) anew and keeps them all locked until its transaction ends"
  }
}
