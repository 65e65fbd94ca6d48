import Linting
import Syntax

struct DownMissing: RollbackRule {
  let id = "down-missing"
  let summary = "A migration has no down migration, where others of the history have one."
  let risk = Risk.medium
  let isAboutFile = true
  let explanation = """
    Others of the history can be rolled back, and this one cannot: a rollback past it fails, or skips it and leaves the \
    database in a state that nobody has tested.

    Write what undoes it, and run it once: up, down, up.
    """
  let alternative = """
    -- 000002_add_email.up.sql
    ALTER TABLE users ADD COLUMN email text;
    -- 000002_add_email.down.sql
    ALTER TABLE users DROP COLUMN email;
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-alter.html"
  let examples: [RuleExample] = [
    .bad(
      "no down migration",
      history: ["CREATE TABLE users (id bigint);"],
      "ALTER TABLE users ADD COLUMN email text;",
      down: ""
    ),
    .good(
      "with its down migration",
      history: ["CREATE TABLE users (id bigint);"],
      "ALTER TABLE users ADD COLUMN email text;",
      down: "ALTER TABLE users DROP COLUMN email;"
    ),
  ]

  func check(_ rollback: Rollback) -> [Finding] {
    guard rollback.down == nil, rollback.losses.isEmpty, !rollback.needsNothing else { return [] }
    return [rollback.finding(self, .noDownMigration)]
  }
}

extension Finding.Message {
  fileprivate static var noDownMigration: Self {
    "this migration has no down migration, unlike others of its history"
  }
}
