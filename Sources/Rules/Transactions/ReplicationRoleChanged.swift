import Linting
import Syntax

struct ReplicationRoleChanged: StatementRule {
  let id = "replication-role-changed"
  let summary = "Triggers and foreign keys are switched off for the session."
  let risk = Risk.high
  let explanation = """
    With session_replication_role set to replica, no ordinary trigger fires, and foreign keys are triggers: rows that point \
    to nothing get in and are found by nobody. It needs a superuser or a grant of its own, and lasts for the session.
    """
  let alternative = """
    -- Keep the checks on, and change rows in an order that fulfils them;
    -- or let the constraint wait until COMMIT:
    SET CONSTRAINTS ALL DEFERRED;
    """
  let reference =
    "https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-SESSION-REPLICATION-ROLE"
  let examples: [RuleExample] = [
    .bad("for a load of data", "SET session_replication_role = replica;"),
    .bad("for one transaction", "BEGIN;\nSET LOCAL session_replication_role = 'replica';\nCOMMIT;"),
    .good("back to what it was", "SET session_replication_role = DEFAULT;"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .set(let parameter) = context.statement.kind, parameter.name?.lowercased() == "session_replication_role",
      parameter.values?.first?.lowercased() == "replica"
    else { return [] }
    return [context.finding(self, .switchingOff, fix: Finding.Fix("keep the checks on"))]
  }
}

extension Finding.Message {
  fileprivate static var switchingOff: Self {
    "this switches off triggers and foreign keys: rows that point to nothing get in unnoticed"
  }
}
