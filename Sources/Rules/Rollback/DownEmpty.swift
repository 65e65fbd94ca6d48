import Linting
import Syntax

struct DownEmpty: RollbackRule {
  let id = "down-empty"
  let summary = "A down migration does nothing."
  let risk = Risk.low
  let isAboutFile = true
  let isAboutDown = true
  let explanation = """
    The down migration has no statement: a rollback seems to work, and leaves what the migration did. The next run of the \
    migration then meets its own objects.

    Write what undoes it. Where nothing can, say why in a comment that allows this rule.
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
    .good(
      "a statement",
      history: ["CREATE TABLE users (id bigint);"],
      "ALTER TABLE users ADD COLUMN email text;",
      down: "ALTER TABLE users DROP COLUMN email;"
    ),
  ]

  func check(_ rollback: Rollback) -> [Finding] {
    guard let down = rollback.down, down.unreadable == nil, down.script.errors.isEmpty, !rollback.hasStatements,
      !rollback.up.script.statements.isEmpty
    else { return [] }
    return [rollback.finding(self, .doesNothing)]
  }
}

extension Finding.Message {
  fileprivate static var doesNothing: Self {
    "the down migration has no statement"
  }
}
