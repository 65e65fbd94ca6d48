import Linting
import Syntax

struct GrantToPublic: StatementRule {
  let id = "grant-to-public"
  let summary = "Every role of the server gets the privilege, including those that are made later."
  let risk = Risk.high
  let explanation = """
    PUBLIC is everybody who can connect: the roles of other services, of reports and of people, and each that is \
    made later. Whoever takes over the weakest of them has the privilege as well, and REVOKE from one role does not \
    take away what PUBLIC has.

    Grant to the roles that need it, or to a role that they are members of. What PUBLIC has by default, such as \
    EXECUTE on functions, is not reported.
    """
  let alternative = "GRANT SELECT ON notes TO reporting;"
  let reference = "https://www.postgresql.org/docs/current/ddl-priv.html"
  let examples: [RuleExample] = [
    .bad("a table", history: ["CREATE TABLE notes (id bigint);"], "GRANT SELECT ON notes TO PUBLIC;"),
    .bad(
      "a schema that everybody may make objects in",
      history: ["CREATE SCHEMA app;"],
      "GRANT ALL ON SCHEMA app TO PUBLIC;"
    ),
    .bad("tables that are made later", "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;"),
    .good("one role", history: ["CREATE TABLE notes (id bigint);"], "GRANT SELECT ON notes TO pg_monitor;"),
    .good(
      "a function, which everybody may call by default",
      history: ["CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1';"],
      "GRANT EXECUTE ON FUNCTION one() TO PUBLIC;"
    ),
    .good("the names in a schema", history: ["CREATE SCHEMA app;"], "GRANT USAGE ON SCHEMA app TO PUBLIC;"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard let grant = context.statement.kind.grant, grant.isGrant, grant.grantees.contains(.everyone) else { return [] }
    let privileges = grant.target.kind.worthTelling(grant.privileges)
    if privileges.isEmpty { return [] }
    let fix = Finding.Fix("grant it to the roles that need it, or to a role that they are members of")
    return [context.finding(self, .giving(privileges, on: grant.target), fix: fix)]
  }
}

extension ObjectKind {
  /// Of privileges on such objects, those that PUBLIC does not have by default, and that let somebody do something.
  ///
  /// Source: PostgreSQL's manual, "Privileges".
  fileprivate func worthTelling(_ privileges: [String]) -> [String] {
    let harmless: Set<String> =
      switch self {
      case .function, .procedure, .routine: ["execute", "all"]
      case .type, .domain, .language: ["usage", "all"]
      case .schema: ["usage"]
      case .database: ["connect", "temp", "temporary"]
      default: []
      }
    let given = privileges.isEmpty ? ["all"] : privileges
    return given.filter { !harmless.contains($0) }.map { $0.uppercased() }
  }
}

extension Finding.Message {
  fileprivate static func giving(_ privileges: [String], on target: Grant.Target) -> Self {
    """
    granting \(privileges.sentenceList) on \(target.words) to PUBLIC lets every role of the server use it, including \
    those made later
    """
  }
}
