import Linting
import Syntax

struct Irreversible: RollbackRule {
  let id = "irreversible"
  let summary = "A migration deletes rows and has no down migration, or an empty one."
  let risk = Risk.low
  let isAboutFile = false
  let explanation = """
    The rows are gone for good, and no down migration puts them back. Where another rule tells of a loss, as of a table or \
    a column that is dropped, its finding says so; this one is about the others.

    Take a backup of what is deleted before the migration runs, and say in its runbook how to load it again.
    """
  let alternative = """
    CREATE TABLE deleted_users AS SELECT id FROM users WHERE id = 1;
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-alter.html"
  let examples: [RuleExample] = [
    .bad(
      "rows are deleted without a down migration",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY);"],
      "DELETE FROM users WHERE id = 1;",
      down: ""
    ),
    .good(
      "nothing is lost",
      history: ["CREATE TABLE users (id bigint);"],
      "ALTER TABLE users ADD COLUMN email text;",
      down: "ALTER TABLE users DROP COLUMN email;"
    ),
  ]

  func check(_ rollback: Rollback) -> [Finding] {
    guard rollback.isMissing, rollback.toldLosses.isEmpty, rollback.habit == .usual,
      let first = rollback.losses.first
    else { return [] }
    return [rollback.finding(self, rollback.down == nil ? .isFinal : .isFinalAndEmpty, at: first.statement)]
  }
}

extension Finding.Message {
  fileprivate static var isFinal: Self {
    "this loses rows, and there is no down migration that puts them back"
  }

  fileprivate static var isFinalAndEmpty: Self {
    "this loses rows, and the down migration does nothing"
  }
}
