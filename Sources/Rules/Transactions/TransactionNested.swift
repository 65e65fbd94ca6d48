import Linting
import Syntax

struct TransactionNested: StatementRule {
  let id = "transaction-nested"
  let alsoKnownAs = ["squawk: transaction-nesting"]
  let summary = "A migration begins or ends a transaction inside another one."
  let risk = Risk.medium
  let explanation = """
    PostgreSQL has no nested transactions. BEGIN inside a transaction does nothing but warn, and the first COMMIT ends the \
    outer one: what follows runs on its own, and a failure there leaves the migration half done. A runner that wraps files \
    in a transaction finds its own ended.
    """
  let alternative = """
    -- the runner begins and commits the transaction
    ALTER TABLE users ADD COLUMN plan text;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-begin.html"
  let examples: [RuleExample] = [
    .bad(
      "BEGIN in the runner's transaction",
      history: ["CREATE TABLE users (id bigint);"],
      transactionMode: .wrapped,
      "BEGIN;\nALTER TABLE users ADD COLUMN plan text;"
    ),
    .bad(
      "BEGIN twice",
      history: ["CREATE TABLE users (id bigint);"],
      "BEGIN;\nBEGIN;\nALTER TABLE users ADD COLUMN plan text;\nCOMMIT;"
    ),
    .bad(
      "COMMIT of the runner's transaction",
      history: ["CREATE TABLE users (id bigint);"],
      transactionMode: .wrapped,
      "COMMIT;\nALTER TABLE users ADD COLUMN plan text;"
    ),
    .good(
      "a transaction of the text's own",
      history: ["CREATE TABLE users (id bigint);"],
      "BEGIN;\nALTER TABLE users ADD COLUMN plan text;\nCOMMIT;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .transaction(let control) = context.statement.kind, !context.isNested else { return [] }
    switch (control, context.transaction.kind) {
    case (.begin, .wrapped):
      return [context.finding(self, .beginning(in: "the runner's transaction"), fix: .leaving(to: context.migration))]
    case (.begin, .explicit):
      return [context.finding(self, .beginning(in: "an open transaction"), fix: Finding.Fix("take it out"))]
    case (.commit, .wrapped), (.rollback, .wrapped):
      // One that follows a BEGIN in the text is reported there.
      let begins = context.migration.script.statements[..<context.index].contains { $0.kind.isBegin }
      return begins ? [] : [context.finding(self, .ending, fix: .leaving(to: context.migration))]
    default: return []
    }
  }
}

extension Statement.Kind {
  fileprivate var isBegin: Bool { if case .transaction(.begin) = self { true } else { false } }
}

extension Finding.Fix {
  fileprivate static func leaving(to migration: Migration) -> Self {
    Self(
      "take BEGIN and COMMIT out"
        + (migration.isAlwaysWrapped ? "" : ", or tell the runner to send this migration without a transaction")
    )
  }
}

extension Finding.Message {
  fileprivate static func beginning(in outer: String) -> Self {
    "this BEGIN is inside \(outer) and does nothing; the first COMMIT ends both"
  }

  fileprivate static var ending: Self {
    "this ends the runner's transaction: what follows is not undone when a later statement fails"
  }
}
