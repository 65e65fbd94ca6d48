import Linting
import Syntax

struct Irreversible: RollbackRule {
  let id = "irreversible"
  let summary = "A migration loses data and has no down migration, or an empty one."
  let risk = Risk.high
  let isAboutFile = false
  let explanation = """
    Data is gone for good, and there is not even a down migration for the schema. If the deployment goes wrong, the only \
    way out is to restore a backup of the whole database.

    Write a down migration for the schema, take a backup of the data, or put the removal off to a later deployment, when \
    nothing uses it any more.
    """
  let alternative = """
    -- down: the schema comes back; the data comes from the backup
    ALTER TABLE users ADD COLUMN email text;
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-alter.html"
  let examples: [RuleExample] = [
    .bad(
      "a dropped column without a down migration",
      history: ["CREATE TABLE users (id bigint, email text);"],
      "ALTER TABLE users DROP COLUMN email;",
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
    guard rollback.isMissing, let first = rollback.losses.first else { return [] }
    return [rollback.finding(self, rollback.down == nil ? .isFinal : .isFinalAndEmpty, at: first.statement)]
  }
}

extension Finding.Message {
  fileprivate static var isFinal: Self {
    "this migration loses data and has no down migration"
  }

  fileprivate static var isFinalAndEmpty: Self {
    "this migration loses data, and its down migration does nothing"
  }
}
