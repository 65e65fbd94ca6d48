import Linting
import Syntax

struct DownEmpty: RollbackRule {
  let id = "down-empty"
  let summary = "A down migration does nothing."
  let risk = Risk.low
  let isAboutFile = true
  let isAboutDown = true
  let explanation = """
    The down migration has no statement, or only such as SELECT 1: a rollback seems to work, and leaves what the \
    migration did. The next run of the migration then meets its own objects. It is Medium where the migration takes away \
    or changes what running code knew, which the rollback was to bring back.

    Write what undoes it. Where nothing can, say why in a comment that allows this rule. Where there is nothing to undo, \
    as after a comment or a value that is added to an enum, which PostgreSQL cannot remove, an empty one is right.
    """
  let alternative = """
    ALTER TABLE users DROP COLUMN email;
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-alter.html"
  let examples: [RuleExample] = [
    .bad(
      "a comment alone",
      history: ["CREATE TABLE users (id bigint);"],
      "ALTER TABLE users ADD COLUMN email text;",
      down: "-- nothing to do"
    ),
    .bad(
      "a statement that does nothing",
      history: ["CREATE TABLE users (id bigint);"],
      "ALTER TABLE users ADD COLUMN email text;",
      down: "SELECT 1;"
    ),
    .good(
      "a value of an enum, which stays",
      history: ["CREATE TYPE plan AS ENUM ('free');"],
      "ALTER TYPE plan ADD VALUE 'paid';",
      down: "-- PostgreSQL cannot remove it"
    ),
    .good(
      "a statement",
      history: ["CREATE TABLE users (id bigint);"],
      "ALTER TABLE users ADD COLUMN email text;",
      down: "ALTER TABLE users DROP COLUMN email;"
    ),
  ]

  func check(_ rollback: Rollback) -> [Finding] {
    guard rollback.down != nil, rollback.isMissing, rollback.losses.isEmpty, !rollback.needsNothing else { return [] }
    return [
      rollback.finding(
        self,
        rollback.takesAway ? .bringsNothingBack : .doesNothing,
        risk: rollback.takesAway ? .medium : nil
      )
    ]
  }
}

extension Finding.Message {
  fileprivate static var doesNothing: Self {
    "the down migration does nothing, and leaves what this migration did"
  }

  fileprivate static var bringsNothingBack: Self {
    "the down migration does nothing, and does not bring back what this migration takes away or changes"
  }
}
