import Catalog
import Execution
import Linting
import Syntax

struct OwnedObjectsDropped: StatementRule {
  let id = "owned-objects-dropped"
  let summary = "DROP OWNED takes everything that the role owns, tables and all, without naming it."
  let risk = Risk.critical
  let tellsOfLoss = true
  let explanation = """
    DROP OWNED BY drops each object of the current database that the role owns, with its rows, and takes back every \
    privilege that the role was given. No file says which objects these are: it depends on who ran which migration. \
    With CASCADE it takes along what uses them.

    REASSIGN OWNED keeps the objects, so that DROP OWNED after it only takes back privileges. Look at what is left \
    first.
    """
  let alternative = "REASSIGN OWNED BY intern TO app;"
  let reference = "https://www.postgresql.org/docs/current/sql-drop-owned.html"
  let examples: [RuleExample] = [
    .bad("all of a role's", history: ["CREATE ROLE intern;"], "DROP OWNED BY intern;"),
    .good("a role that never was", "DROP ROLE IF EXISTS never_was;"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .dropOwned(_, let cascades) = context.statement.kind else { return [] }
    let roles = context.effects.losses.compactMap { loss -> String? in
      if case .object(.role, let name) = loss { name } else { nil }
    }
    if roles.isEmpty { return [] }
    return [
      context.finding(
        self,
        .dropping(roles, cascades: cascades),
        fix: Finding.Fix(
          "give what it owns to a role that stays, with REASSIGN OWNED in a migration before, and then say with the "
            + "reason that only privileges go:\n-- sqllint:allow \(id) reason"
        )
      )
    ]
  }
}

extension Finding.Message {
  fileprivate static func dropping(_ roles: [String], cascades: Bool) -> Self {
    let others = cascades ? " and what uses it" : ""
    return """
      this drops all that \(roles.named("role", "roles")) \(roles.count == 1 ? "owns" : "own") in the \
      database\(others), tables with their rows for good, and these migrations do not tell what that is
      """
  }
}
