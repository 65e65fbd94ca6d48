import Linting
import Syntax

struct UnbatchedBackfill: StatementRule {
  let id = "unbatched-backfill"
  let summary = "Rows that nobody counted are changed in one transaction."
  let risk = Risk.medium
  let explanation = """
    A condition that is not on a key picks as many rows as happen to satisfy it. All of them stay locked until the \
    transaction ends, their old versions stay in the table, and replicas must follow in one go.

    Count the rows first. Change many of them in batches, each in a transaction of its own; where there are few, say \
    so.
    """
  let alternative = """
    UPDATE users SET plan = 'free'
      WHERE ctid IN (SELECT ctid FROM users WHERE plan = 'trial' LIMIT 10000);
    -- again until it changes no row
    """
  let reference = "https://www.postgresql.org/docs/current/sql-update.html"
  let examples: [RuleExample] = [
    .bad(
      "rows that a condition picks",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY, plan text);"],
      "UPDATE users SET plan = 'free' WHERE plan = 'trial';"
    ),
    .bad(
      "rows to delete",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY, plan text);"],
      "DELETE FROM users WHERE plan = 'trial';"
    ),
    .bad(
      "a row of each group, looked up for every row",
      history: ["CREATE TABLE prompts (id bigint PRIMARY KEY, name text, is_latest boolean);"],
      """
      UPDATE prompts SET is_latest = true
      WHERE id = (SELECT max(other.id) FROM prompts other WHERE other.name = prompts.name);
      """
    ),
    .good(
      "a row picked by its key",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY, plan text);"],
      "UPDATE users SET plan = 'free' WHERE id IN (1, 2, 3);"
    ),
    .good(
      "a batch",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY, plan text);"],
      "DELETE FROM users WHERE id IN (SELECT id FROM users WHERE plan = 'trial' LIMIT 1000);"
    ),
    .good(
      "of a table made in the same migration",
      "CREATE TABLE users (plan text);\nUPDATE users SET plan = 'free' WHERE plan IS NULL;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    let all = context.dataChanges
    guard !all.isEmpty, context.locksHeldBesides.isEmpty else { return [] }
    let changes = all.filter { change in
      context.isWaitedFor(change) && !context.takesFewRows(change) && context.archive(of: change) == nil
        && change.condition.map { condition in
          !context.takesEveryRow(condition, of: change)
        } ?? false
    }
    guard let change = changes.first else { return [] }
    let table = context.before.qualified(change.relation.name).displayName
    return [context.finding(self, .changing(change.verb, table), fix: fix(for: change, in: context))]
  }

  private func fix(for change: DataChange, in context: StatementContext) -> Finding.Fix {
    let count = "count the rows first; where there are many, change them in batches, each in a transaction of its own"
    guard case .update(let update) = change, let batches = Backfill(of: update, in: context.before)?.migration else {
      return Finding.Fix(count)
    }
    return Finding.Fix(count + context.committingAdvice, migrations: [batches])
  }
}

extension DataChange {
  fileprivate var condition: Expression? {
    switch self {
    case .update(let update): update.condition
    case .delete(let delete): delete.condition
    case .insert, .merge: nil
    }
  }

  fileprivate var verb: String { if case .delete = self { "DELETE" } else { "UPDATE" } }
}

extension Finding.Message {
  fileprivate static func changing(_ verb: String, _ table: String) -> Self {
    "this \(verb) picks rows of \(table) by no key, and keeps all that it finds locked until its transaction ends"
  }
}
