import Linting
import Syntax

struct DownMissing: Rule {
  let id = "down-missing"
  let summary = "A migration has no way back, where others of the history have one."
  let risk = Risk.medium
  let isAboutFile = true
  let explanation = """
    Others of the history can be taken back, and this one cannot: going back to before it fails, or skips it and leaves the \
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
      "no way back",
      history: ["CREATE TABLE users (id bigint);"],
      "ALTER TABLE users ADD COLUMN email text;",
      down: ""
    ),
    .good(
      "with its way back",
      history: ["CREATE TABLE users (id bigint);"],
      "ALTER TABLE users ADD COLUMN email text;",
      down: "ALTER TABLE users DROP COLUMN email;"
    ),
  ]

  func check(_ wayBack: WayBack) -> [Finding] {
    guard wayBack.down == nil, wayBack.losses.isEmpty, !wayBack.up.script.statements.isEmpty else { return [] }
    return [wayBack.finding(self, .noWayBack)]
  }
}

extension Finding.Message {
  fileprivate static var noWayBack: Self {
    "this migration has no way back, unlike others of its history"
  }
}
