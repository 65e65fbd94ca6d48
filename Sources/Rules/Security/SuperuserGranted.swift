import Linting
import Syntax

struct SuperuserGranted: StatementRule {
  let id = "superuser-granted"
  let summary = "A role may do anything on the server, outside of the database too."
  let risk = Risk.critical
  let explanation = """
    A superuser passes every check: it reads all databases, changes all roles, runs programs on the server's machine \
    with COPY … PROGRAM. Members of pg_execute_server_program, pg_write_server_files and pg_read_server_files can \
    get there too.

    Give the role the one thing that it needs: ownership of its objects, a privilege, or membership in a role such \
    as pg_monitor or pg_maintain.
    """
  let alternative = """
    CREATE ROLE web LOGIN;
    GRANT USAGE ON SCHEMA app TO web;
    """
  let reference = "https://www.postgresql.org/docs/current/role-attributes.html"
  let examples: [RuleExample] = [
    .bad("SUPERUSER", "ALTER ROLE CURRENT_USER SUPERUSER;"),
    .bad("a role that runs programs", "GRANT pg_execute_server_program TO CURRENT_USER;"),
    .good("a role that looks on", "GRANT pg_monitor TO CURRENT_USER;"),
  ]

  /// Source: PostgreSQL's manual, "Predefined Roles".
  private static let equivalents: Set = [
    "pg_execute_server_program", "pg_write_server_files", "pg_read_server_files",
  ]

  func check(_ context: StatementContext) -> [Finding] {
    let message: Finding.Message
    switch context.statement.kind {
    case .createRole(let role), .alterRole(let role):
      guard role.options.contains(where: { $0.name == "superuser" && $0.value == "true" }) else { return [] }
      message = .promoting(role.role.sql)
    case .grantRole(let grant) where grant.isGrant:
      let roles = grant.roles.filter(Self.equivalents.contains)
      guard !roles.isEmpty else { return [] }
      message = .joining(roles, grant.grantees.words)
    default: return []
    }
    let fix = Finding.Fix(
      "give the role only what it needs: ownership, privileges, or a predefined role such as pg_monitor"
    )
    return [context.finding(self, message, fix: fix)]
  }
}

extension Finding.Message {
  fileprivate static func promoting(_ role: String) -> Self {
    "as a superuser, \(role) may read and change everything on the server, and run programs on its machine"
  }

  fileprivate static func joining(_ roles: [String], _ members: String) -> Self {
    "as a member of \(roles.sentenceList), \(members) reaches the server's files and programs, and so all of its data"
  }
}
