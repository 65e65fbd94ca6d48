import Linting
import Syntax

struct Irreversible: Rule {
  let id = "irreversible"
  let summary = "A migration loses data and has no way back at all."
  let risk = Risk.high
  let explanation = """
    Data is gone for good, and there is not even a way back for the schema. If the deployment goes wrong, the only way is \
    to restore a backup of the whole database.

    Write the way back for the schema, take a backup of the data, or put the removal off to a later deployment, when \
    nothing uses it any more.
    """
  let alternative = """
    -- down: the schema comes back; the data comes from the backup
    ALTER TABLE users ADD COLUMN email text;
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-alter.html"
  let examples: [RuleExample] = [
    .bad(
      "a dropped column without a way back",
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

  func check(_ wayBack: WayBack) -> [Finding] {
    guard wayBack.down == nil, let first = wayBack.losses.first else { return [] }
    return [wayBack.finding(self, .isFinal, at: first.statement)]
  }
}

extension Finding.Message {
  fileprivate static var isFinal: Self {
    "this migration loses data, and there is no way back from it"
  }
}
