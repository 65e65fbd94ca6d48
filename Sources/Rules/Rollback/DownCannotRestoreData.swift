import Linting
import Syntax

struct DownCannotRestoreData: RollbackRule {
  let id = "down-cannot-restore-data"
  let summary = "A migration loses data that its down migration cannot bring back."
  let risk = Risk.low
  let isAboutFile = false
  let explanation = """
    The down migration can make the table or the column again, but not what was in it: after a rollback it is empty. Where \
    another rule tells of the loss, its finding says so; this one is about the others.

    Take a backup of what is lost before the migration runs, and say in its runbook how to load it again.
    """
  let alternative = """
    CREATE TABLE users_email_backup AS SELECT id, email FROM users;
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-alter.html"
  let examples: [RuleExample] = [
    .bad(
      "a row that is deleted stays away",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY);"],
      "ALTER TABLE users ADD COLUMN email text;\nDELETE FROM users WHERE id = 1;",
      down: "ALTER TABLE users DROP COLUMN email;"
    ),
    .good(
      "the down migration puts it back",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY);"],
      "DELETE FROM users WHERE id = 1;",
      down: "INSERT INTO users VALUES (1);"
    ),
    .good(
      "what is made in the same migration holds nothing yet",
      "CREATE TABLE users (id bigint, email text);\nALTER TABLE users DROP COLUMN email;",
      down: "DROP TABLE users;"
    ),
  ]

  func check(_ rollback: Rollback) -> [Finding] {
    let losses = rollback.unrestoredLosses.filter { !rollback.toldLosses.contains($0.statement) }
    guard rollback.hasStatements, let first = losses.first else { return [] }
    return [rollback.finding(self, .loses, at: first.statement)]
  }
}

extension Finding.Message {
  fileprivate static var loses: Self {
    "the down migration cannot bring back the data that this statement loses; take a backup of it first"
  }
}
