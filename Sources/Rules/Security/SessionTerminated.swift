import Linting
import Syntax

struct SessionTerminated: StatementRule {
  let id = "session-terminated"
  let summary = "Sessions of running code are ended, or their statements cancelled."
  let risk = Risk.high
  let explanation = """
    pg_terminate_backend ends a session and rolls its transaction back; pg_cancel_backend does so with the statement that \
    runs. Code meets errors that it may not handle, at a moment when nobody chose which work is lost: what is picked from \
    pg_stat_activity can be a payment or a backup. Sessions also come back at once.

    To get a lock, set lock_timeout and try again. To keep code away from a database, take its right to connect away and \
    let it end its work.
    """
  let alternative = """
    SET lock_timeout = '5s';
    ALTER TABLE users ADD COLUMN plan text;
    -- again where it times out
    """
  let reference = "https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-SIGNAL"
  let examples: [RuleExample] = [
    .bad(
      "picked by what they do",
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = 'none';"
    ),
    .bad(
      "in a block",
      "DO $$ BEGIN PERFORM pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename = 'nobody'; END $$;"
    ),
    .good("only looked at", "SELECT pid FROM pg_stat_activity WHERE state = 'idle in transaction';"),
  ]

  private static let functions: Set = ["pg_terminate_backend", "pg_cancel_backend"]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .query(let query) = context.statement.kind else { return [] }
    var called: String?
    query.walkExpressions { expression in
      guard called == nil, case .call(let call) = expression, Self.functions.contains(call.name.name) else { return }
      called = call.name.name
    }
    guard let called else { return [] }
    let fix = Finding.Fix(
      "set lock_timeout and run the migration again when it strikes, instead of ending others' work"
    )
    return [context.finding(self, .ending(called), fix: fix)]
  }
}

extension Finding.Message {
  fileprivate static func ending(_ function: String) -> Self {
    function == "pg_cancel_backend"
      ? "pg_cancel_backend cancels statements of running code, whose transactions are lost"
      : "pg_terminate_backend ends sessions of running code, and their transactions are lost"
  }
}
