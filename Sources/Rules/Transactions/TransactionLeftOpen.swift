import Linting
import Syntax

struct TransactionLeftOpen: MigrationRule {
  let id = "transaction-left-open"
  let summary = "A migration begins a transaction and does not end it."
  let risk = Risk.high
  let explanation = """
    What runs between BEGIN and the end of the session without COMMIT is undone, and its locks are held until then. \
    Some runners go on in the same session and record the migration as done inside the open transaction; others \
    disconnect, and nothing of it stays.
    """
  let alternative = """
    BEGIN;
    ALTER TABLE users ADD COLUMN plan text;
    COMMIT;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-begin.html"
  let examples: [RuleExample] = [
    .bad(
      "BEGIN without COMMIT",
      history: ["CREATE TABLE users (id bigint);"],
      "BEGIN;\nALTER TABLE users ADD COLUMN plan text;"
    ),
    .bad(
      "a chain, which begins the next transaction",
      history: ["CREATE TABLE users (id bigint);"],
      "BEGIN;\nALTER TABLE users ADD COLUMN plan text;\nCOMMIT AND CHAIN;"
    ),
    .good(
      "BEGIN and COMMIT",
      history: ["CREATE TABLE users (id bigint);"],
      "BEGIN;\nALTER TABLE users ADD COLUMN plan text;\nCOMMIT;"
    ),
  ]

  func check(_ context: MigrationContext) -> [Finding] {
    guard let begin = context.openBegin else { return [] }
    return [context.finding(self, .open, at: begin, fix: Finding.Fix("write COMMIT after the last statement"))]
  }
}

extension Finding.Message {
  fileprivate static var open: Self {
    "no COMMIT ends the transaction that begins here: its locks stay, and its changes are lost with the session"
  }
}
