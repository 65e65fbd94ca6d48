import Linting
import Syntax

struct DownMissing: RollbackRule {
  let id = "down-missing"
  let summary = "A migration has no down migration, where others of the history have one."
  let risk = Risk.low
  let isAboutFile = true
  let explanation = """
    Others of the history can be rolled back, and this one cannot: a rollback past it fails, or skips it and leaves the \
    database in a state that nobody has tested. That can wait where the migration only adds something, which a DROP \
    undoes. It is Medium where the migration takes away or changes what running code knew: what was there then has to be \
    looked up under pressure.

    Write what undoes it, and run it once: up, down, up. Where most of the ten migrations before have none either, that \
    is said once.
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
    .bad(
      "a function that is dropped",
      history: ["CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1';"],
      "DROP FUNCTION one();",
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
    guard rollback.lacksDown else { return [] }
    return switch rollback.habit {
    case .usual:
      [
        rollback.finding(
          self,
          rollback.takesAway ? .noWayBack : .noDownMigration,
          risk: rollback.takesAway ? .medium : nil
        )
      ]
    case .seldom: [rollback.finding(self, .seldom)]
    case .known: []
    }
  }
}

extension Finding.Message {
  fileprivate static var noDownMigration: Self {
    "this migration has no down migration, unlike others of its history"
  }

  fileprivate static var noWayBack: Self {
    "this migration has no down migration, and takes away or changes what a rollback would need again"
  }

  fileprivate static var seldom: Self {
    "this migration has no down migration, like most others around it: a rollback past them has to be written by hand"
  }
}
