import Linting
import Syntax

struct DownCannotRestoreData: RollbackRule {
  let id = "down-cannot-restore-data"
  let summary = "A migration loses data that its down migration cannot bring back."
  let risk = Risk.low
  let isAboutFile = false
  let explanation = """
    The down migration can make the table or the column again, but not what was in it: after a rollback it is empty.

    Take a backup of what is lost before the migration runs, and say in its runbook how to load it again.
    """
  let alternative = """
    CREATE TABLE users_email_backup AS SELECT id, email FROM users;
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-alter.html"
  let examples: [RuleExample] = [
    .bad(
      "a dropped column comes back empty",
      history: ["CREATE TABLE users (id bigint, email text);"],
      "ALTER TABLE users DROP COLUMN email;",
      down: "ALTER TABLE users ADD COLUMN email text;"
    ),
    .good(
      "what is made in the same migration holds nothing yet",
      "CREATE TABLE users (id bigint, email text);\nALTER TABLE users DROP COLUMN email;",
      down: "DROP TABLE users;"
    ),
  ]

  func check(_ rollback: Rollback) -> [Finding] {
    guard rollback.hasStatements, let first = rollback.losses.first else { return [] }
    return [rollback.finding(self, .loses(rollback.losses.count), at: first.statement)]
  }
}

extension Finding.Message {
  fileprivate static func loses(_ count: Int) -> Self {
    "the down migration cannot bring back the data that this migration loses; take a backup of it first"
  }
}
