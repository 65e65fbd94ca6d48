import Analysis
import Syntax

struct UpdateWithoutWhere: Rule {
  let id = "update-without-where"
  let alsoKnownAs = ["pgfence: update-in-migration", "strong_migrations: backfill"]
  let summary = "An UPDATE of every row locks them all to the end of its transaction."
  let risk = Risk.high
  let explanation = """
    An UPDATE without WHERE writes every row of the table anew: it grows to twice its size, every index gets a new entry, \
    and each row stays locked until the transaction ends, so that other writers of the row wait.

    Change the rows in batches, each in a transaction of its own, and only those that are not yet what they should be: \
    then the work can be stopped and taken up again. A condition that is always true is none.
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

  func check(_ step: Step) -> [Finding] {
    step.dataChanges.compactMap { change in
      guard case .update(let update) = change, step.isFelt(change), update.condition?.isTautology ?? true,
        update.from.isEmpty
      else { return nil }
      return step.finding(
        self,
        .updating(step.schema.qualified(update.relation.name)),
        fix: fix(for: update)
      )
    }
  }

  private func fix(for update: Update) -> Finding.Fix {
    let table = update.relation.name.description
    let advice = "change the rows in batches, each in a transaction of its own: run the UPDATE until it changes no row"
    guard update.relation.alias == nil, update.assignments.allSatisfy({ $0.columns.count == 1 }) else {
      return Finding.Fix(advice)
    }
    let assignments = update.assignments.map { "\($0.columns[0].quotedIdentifier) = \($0.value.sql)" }
    let pending = update.assignments.map { assignment in
      let column = assignment.columns[0].quotedIdentifier
      return assignment.value == .setToDefault
        ? "\(column) IS NULL" : "\(column) IS DISTINCT FROM \(assignment.value.sql)"
    }
    let isRepeatable = update.assignments.allSatisfy { !$0.value.columnNames.contains($0.columns[0]) }
    guard isRepeatable else {
      return Finding.Fix(
        "change the rows in batches by ranges of the primary key, each in a transaction of its own"
      )
    }
    return Finding.Fix(
      advice,
      migrations: [
        .batch(
          of: table,
          set: assignments.joined(separator: ", "),
          where: pending.joined(separator: " OR ")
        )
      ]
    )
  }
}

extension Finding.Message {
  fileprivate static func updating(_ table: QualifiedName) -> Self {
    "this UPDATE writes every row of \(table.displayName) anew and keeps them all locked until its transaction ends"
  }
}
