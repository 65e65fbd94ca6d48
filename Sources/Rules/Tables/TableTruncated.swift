import Linting
import Syntax

struct TableTruncated: StatementRule {
  let id = "table-truncated"
  let alsoKnownAs = ["squawk: ban-truncate-cascade", "pgfence: truncate", "pgfence: truncate-cascade"]
  let summary = "TRUNCATE removes every row for good, without looking at any."
  let risk = Risk.critical
  let tellsOfLoss = true
  let explanation = """
    TRUNCATE empties the table under an ACCESS EXCLUSIVE lock; row triggers do not fire, and no down migration brings the \
    rows back. CASCADE empties every table that refers to it as well, and those that refer to them.
    """
  let alternative = """
    -- remove what is known to be dead, in batches, after a backup
    DELETE FROM sessions
      WHERE ctid IN (SELECT ctid FROM sessions WHERE expired_at < '2026-01-01' LIMIT 10000);
    """
  let reference = "https://www.postgresql.org/docs/current/sql-truncate.html"
  let examples: [RuleExample] = [
    .bad("a table that exists", history: ["CREATE TABLE sessions (id bigint);"], "TRUNCATE sessions;"),
    .bad(
      "with those that refer to it",
      history: [
        "CREATE TABLE users (id bigint PRIMARY KEY);",
        "CREATE TABLE sessions (user_id bigint REFERENCES users);",
      ],
      "TRUNCATE TABLE users CASCADE;"
    ),
    .good(
      "a table made in the same migration",
      "CREATE TABLE sessions (id bigint);\nTRUNCATE sessions;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .truncate(let truncate) = context.statement.kind else { return [] }
    let named = Set(truncate.relations.map { context.before.qualified($0.name) })
    let emptied = context.effects.losses.compactMap { loss -> QualifiedName? in
      if case .rows(let table, isBounded: false) = loss { table } else { nil }
    }
    guard !emptied.isEmpty else { return [] }
    return [
      context.finding(
        self,
        .truncating(emptied.filter(named.contains), with: emptied.filter { !named.contains($0) }),
        fix: Finding.Fix(
          "take a backup, and say with the reason that all rows may go: -- sqllint:allow \(id) reason"
        )
      )
    ]
  }
}

extension Finding.Message {
  fileprivate static func truncating(_ tables: [QualifiedName], with others: [QualifiedName]) -> Self {
    let also = others.isEmpty ? "" : ", and of \(others.map(\.displayName).sentenceList) with it"
    return "this removes every row of \(tables.map(\.displayName).sentenceList)\(also), for good"
  }
}
