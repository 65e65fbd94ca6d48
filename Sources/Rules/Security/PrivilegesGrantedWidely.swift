import Linting
import Syntax

struct PrivilegesGrantedWidely: StatementRule {
  let id = "privileges-granted-widely"
  let summary = "A role may do everything with all tables, or read or write all of them."
  let risk = Risk.medium
  let explanation = """
    ALL on all tables holds more than reading and writing rows: TRUNCATE empties a table at once, TRIGGER lets the role run \
    code as whoever writes to the table, REFERENCES lets it lock the table. BYPASSRLS and the roles pg_read_all_data and \
    pg_write_all_data reach every row of the database, whatever policies and schemas say.

    Name the privileges that the role's code needs.
    """
  let alternative = "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA app TO web;"
  let reference = "https://www.postgresql.org/docs/current/ddl-priv.html"
  let examples: [RuleExample] = [
    .bad("all tables", "GRANT ALL ON ALL TABLES IN SCHEMA public TO pg_monitor;"),
    .bad("all tables that are made later", "ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO pg_monitor;"),
    .bad("all rows there are", "GRANT pg_read_all_data TO CURRENT_USER;"),
    .good(
      "what code does with rows",
      "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO pg_monitor;"
    ),
    .good("one table", history: ["CREATE TABLE notes (id bigint);"], "GRANT ALL ON notes TO pg_monitor;"),
    .good("taken away", "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM pg_monitor;"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    switch context.statement.kind {
    case .grantRole(let grant) where grant.isGrant:
      let roles = grant.roles.filter { ["pg_read_all_data", "pg_write_all_data"].contains($0) }
      guard !roles.isEmpty else { return [] }
      return [context.finding(self, .joining(roles, grant.grantees.words), fix: Self.fix)]
    case .createRole(let role), .alterRole(let role):
      guard role.options.contains(where: { $0.name == "bypassrls" && $0.value == "true" }) else { return [] }
      return [context.finding(self, .bypassing(role.role.sql), fix: Self.fix)]
    default:
      guard let grant = context.statement.kind.grant, grant.isGrant, !grant.grantees.contains(.everyone),
        grant.target.isOfAllTables, grant.privileges.isEmpty || grant.privileges.contains("all")
      else { return [] }
      return [context.finding(self, .giving(grant.target.words, to: grant.grantees.words), fix: grant.fix)]
    }
  }

  static let fix = Finding.Fix("name the tables and the privileges that the role's code needs")
}

extension Grant.Target {
  fileprivate var isOfAllTables: Bool {
    switch self {
    case .allInSchemas(.table, _), .defaults(.table, _): true
    default: false
    }
  }
}

extension Grant {
  /// The same for what code does with rows.
  fileprivate var fix: Finding.Fix {
    let advice = "grant what the role's code does with rows, and nothing else"
    let privileges = "SELECT, INSERT, UPDATE, DELETE"
    let roles = grantees.map(\.sql).joined(separator: ", ")
    switch target {
    case .allInSchemas(_, let schemas):
      let names = schemas.map(\.quotedIdentifier).joined(separator: ", ")
      return Finding.Fix(advice, migrations: ["GRANT \(privileges) ON ALL TABLES IN SCHEMA \(names) TO \(roles);"])
    default: return Finding.Fix(advice + ": \(privileges)")
    }
  }
}

extension Finding.Message {
  fileprivate static func giving(_ objects: String, to roles: String) -> Self {
    "granting ALL on \(objects) to \(roles) also lets it empty them with TRUNCATE and put triggers on them"
  }

  fileprivate static func joining(_ roles: [String], _ members: String) -> Self {
    let verb = roles == ["pg_read_all_data"] ? "read" : roles == ["pg_write_all_data"] ? "write" : "read and write"
    return
      "as a member of \(roles.sentenceList), \(members) may \(verb) every table of every schema, those made later too"
  }

  fileprivate static func bypassing(_ role: String) -> Self {
    "with BYPASSRLS, \(role) sees and changes all rows, whatever the policies of row-level security say"
  }
}
