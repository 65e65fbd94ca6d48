import Catalog
import Execution
import Linting
import Syntax

struct PrivilegesRevoked: StatementRule {
  let id = "privileges-revoked"
  let alsoKnownAs = ["pgfence: revoke"]
  let summary = "Running code that works as the role can no longer do what an earlier migration allowed."
  let risk = Risk.medium
  let explanation = """
    REVOKE holds from the moment the migration commits, for sessions that are open as well: the next statement that needs \
    the privilege fails with 42501. Views and functions with SECURITY DEFINER need those of their owner, so that what \
    others call may fail too. Everybody may call a function by default: to take that from PUBLIC takes it from all roles \
    that have no privilege of their own.

    Give the roles that stay what they need first, deploy, and take the rest away in a later migration.
    """
  let alternative = """
    GRANT EXECUTE ON FUNCTION rebuild_counts() TO worker;
    -- in a later deployment
    -- sqllint:allow privileges-revoked only worker calls it
    REVOKE EXECUTE ON FUNCTION rebuild_counts() FROM PUBLIC;
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-priv.html"
  private static let one = "CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1';"
  let examples: [RuleExample] = [
    .bad(
      "what an earlier migration gave",
      history: ["CREATE TABLE notes (id bigint);", "GRANT SELECT ON notes TO pg_monitor;"],
      "REVOKE ALL ON notes FROM pg_monitor;"
    ),
    .bad("what everybody may do by default", history: [one], "REVOKE EXECUTE ON FUNCTION one() FROM PUBLIC;"),
    .good(
      "what nobody gave",
      history: ["CREATE TABLE notes (id bigint);"],
      "REVOKE ALL ON notes FROM PUBLIC;"
    ),
    .good("of a function made in the same migration", one + "\nREVOKE EXECUTE ON FUNCTION one() FROM PUBLIC;"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    switch context.statement.kind {
    case .grant, .grantRole: break
    default: return []
    }
    let places = context.effects.breaks.compactMap { breakage in
      if case .privilegesGone(let place) = breakage { place } else { nil }
    }
    if places.isEmpty { return [] }
    return [
      context.finding(
        self,
        .revoking(places),
        fix: Finding.Fix(
          "make sure that no running code needs it as that role, and say so with the reason:\n-- sqllint:allow \(id) reason"
        ),
        breaks: places.map(Breakage.privilegesGone)
      )
    ]
  }
}

extension Finding.Message {
  fileprivate static func revoking(_ places: [GivenPrivileges.Place]) -> Self {
    var (objects, roles): ([String], [String]) = ([], [])
    for place in places {
      if !objects.contains(place.description) { objects.append(place.description) }
      if !roles.contains(place.role.sql) { roles.append(place.role.sql) }
    }
    return """
      taking privileges on \(objects.shortList) from \(roles.shortList) breaks running code that works as \
      \(roles == ["PUBLIC"] ? "any role without privileges of its own" : roles.count == 1 ? "that role" : "these roles")
      """
  }
}
