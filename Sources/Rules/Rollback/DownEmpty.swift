import Linting
import Syntax

struct DownEmpty: Rule {
  let id = "down-empty"
  let summary = "A way back does nothing."
  let risk = Risk.low
  let isAboutFile = true
  let explanation = """
    The way back has no statement: going back seems to work, and leaves what the migration did. The next run of the \
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

  func check(_ wayBack: WayBack) -> [Finding] {
    guard let down = wayBack.down, down.unreadable == nil, down.script.errors.isEmpty, !wayBack.hasStatements,
      !wayBack.up.script.statements.isEmpty
    else { return [] }
    return [wayBack.finding(self, .doesNothing)]
  }
}

extension Finding.Message {
  fileprivate static var doesNothing: Self {
    "the way back of this migration has no statement"
  }
}
