import Linting
import Syntax

struct StatementRefusedInTransaction: StatementRule {
  let id = "statement-refused-in-transaction"
  let alsoKnownAs = [
    "squawk: ban-concurrent-index-creation-in-transaction", "atlas: PG103",
    "pgfence: concurrent-in-transaction",
  ]
  let summary = "PostgreSQL refuses this command inside a transaction, and it is in one."
  let risk = Risk.high
  let judgesRefused = true
  let explanation = """
    Some commands cannot be undone as part of a transaction: everything CONCURRENTLY but REFRESH, VACUUM, REINDEX of a \
    schema or database, CREATE and DROP of databases, tablespaces and replication slots, ALTER SYSTEM. PostgreSQL stops \
    with an error when it meets one in a transaction block.

    There is a block after BEGIN, where the migration runner wraps each file in one, and where a file of several \
    statements is sent as one query, as golang-migrate does: PostgreSQL then treats them as one transaction. A file that \
    holds only this one statement is not a block.
    """
  let alternative = "CREATE INDEX CONCURRENTLY clips_user_id_idx ON clips (user_id);"
  let reference = "https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT"
  let examples: [RuleExample] = [
    .bad(
      "a second statement in the same file",
      history: ["CREATE TABLE clips (user_id bigint);"],
      "SET lock_timeout = '2s';\nCREATE INDEX CONCURRENTLY clips_user_id_idx ON clips (user_id);"
    ),
    .bad(
      "after BEGIN",
      history: ["CREATE TABLE clips (user_id bigint);"],
      transactionMode: .none,
      "BEGIN;\nCREATE INDEX CONCURRENTLY clips_user_id_idx ON clips (user_id);\nCOMMIT;"
    ),
    .bad(
      "in the transaction of the runner",
      history: ["CREATE TABLE clips (user_id bigint);"],
      transactionMode: .wrapped,
      "VACUUM clips;"
    ),
    .bad(
      "in a block of code, even alone",
      history: ["CREATE TABLE clips (user_id bigint);"],
      "DO $$ BEGIN CREATE INDEX CONCURRENTLY clips_user_id_idx ON clips (user_id); END $$;"
    ),
    .good(
      "alone in its file",
      history: ["CREATE TABLE clips (user_id bigint);"],
      "CREATE INDEX CONCURRENTLY clips_user_id_idx ON clips (user_id);"
    ),
    .good(
      "one statement after the other, without a transaction",
      history: ["CREATE TABLE clips (user_id bigint);"],
      transactionMode: .none,
      "SET work_mem = '64MB';\nCREATE INDEX CONCURRENTLY clips_user_id_idx ON clips (user_id);"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard context.transaction.isBlock || context.isNested,
      let command = context.statement.kind.refusedInBlock(in: context.before), !context.dropsSubscriptionWithoutSlot
    else { return [] }
    return [context.finding(self, .refusing(command, context), fix: Finding.Fix(advice(for: context)))]
  }

  private func advice(for context: StatementContext) -> String {
    if context.isNested { return "take it out of the block of code, into a migration of its own" }
    return switch context.transaction.kind {
    case .implicit where context.migration.transactionMode == .none:
      "send it as a query of its own"
    case .own, .implicit:
      "put it into a migration of its own that holds nothing else"
    case .wrapped where context.migration.refusal != nil:
      "put it into a migration of its own, which the runner then sends without a transaction"
    case .wrapped where context.migration.isAlwaysWrapped:
      "run it by hand, as \(context.migration.runner) sends every migration in a transaction" + recording(context)
    case .wrapped:
      "put it into a migration of its own, and tell the runner to send that one without a transaction"
    case .explicit:
      "take it out of BEGIN and COMMIT, into a migration of its own"
    }
  }
}

extension StatementRefusedInTransaction {
  /// How the migration says what was done by hand.
  private func recording(_ context: StatementContext) -> String {
    switch context.statement.kind {
    case .createIndex:
      "; the migration then says CREATE INDEX IF NOT EXISTS, without CONCURRENTLY, which finds it there"
    case .drop(let drop) where drop.objectKind == .index:
      "; the migration then says DROP INDEX IF EXISTS, without CONCURRENTLY, which finds it gone"
    default: ""
    }
  }
}

extension StatementContext {
  /// `line 4`, with the file where that is another one than this statement's.
  fileprivate func place(of statement: Int) -> String {
    let start = migration.script.statements[statement].range.lowerBound
    let line = "line \(source.location(of: start).line)"
    let isHere = source.isOneFile(start, self.statement.range.lowerBound)
    return isHere ? line : "\(line) of \(source.file(of: start..<start).source.path)"
  }

  /// Whether an earlier statement took the subscription's replication slot away, as the manual says to.
  fileprivate var dropsSubscriptionWithoutSlot: Bool {
    guard case .dropSubscription(let name, _) = statement.kind else { return false }
    return migration.script.statements[..<index].contains { earlier in
      guard case .alterSubscription(let subscription) = earlier.kind, subscription.name == name else { return false }
      return subscription.options.contains { $0.name == "slot_name" && $0.value?.lowercased() == "none" }
    }
  }
}

extension Finding.Message {
  fileprivate static func refusing(_ command: String, _ context: StatementContext) -> Self {
    guard !context.isNested else { return "PostgreSQL refuses \(command) in a block of code" }
    let reason: String =
      switch context.transaction.kind {
      case .own: "it runs in a transaction"
      case .implicit where context.migration.transactionMode == .none:
        "it is sent in one query with the statements beside it, which is one transaction"
      case .implicit: "this file's statements are sent as one query, which is one transaction"
      case .wrapped: context.migration.refusal ?? "\(context.migration.runner) runs the file in a transaction"
      case .explicit(let index):
        "\(context.place(of: index)) began one"
      }
    return "PostgreSQL refuses \(command) in a transaction: \(reason)"
  }
}
