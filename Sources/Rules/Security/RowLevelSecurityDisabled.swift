import Catalog
import Execution
import Linting
import Syntax

struct RowLevelSecurityDisabled: MigrationRule {
  let id = "row-level-security-disabled"
  let summary = "All rows of a table are shown to every role with privileges on it."
  let risk = Risk.high
  let explanation = """
    Policies hold only where row-level security is enabled. Once it is disabled, each role that may SELECT from the table sees \
    the rows of all tenants and users, and may change them where it may UPDATE. No query fails, so nobody notices.

    Write a policy for what was missing, or give BYPASSRLS to the one role that must see all.
    """
  let alternative = "CREATE POLICY notes_support ON notes FOR SELECT TO support USING (true);"
  let reference = "https://www.postgresql.org/docs/current/ddl-rowsecurity.html"
  private static let notes = """
    CREATE TABLE notes (id bigint, owner text);
    CREATE POLICY notes_owner ON notes USING (owner = current_user);
    ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
    """
  let examples: [RuleExample] = [
    .bad("of a table with a policy", history: [notes], "ALTER TABLE notes DISABLE ROW LEVEL SECURITY;"),
    .good(
      "and enabled again",
      history: [notes],
      "ALTER TABLE notes DISABLE ROW LEVEL SECURITY;\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;"
    ),
    .good(
      "where it never was enabled",
      history: ["CREATE TABLE notes (id bigint);"],
      "ALTER TABLE notes DISABLE ROW LEVEL SECURITY;"
    ),
  ]

  func check(_ context: MigrationContext) -> [Finding] {
    var known: Set<QualifiedName> = []
    return context.statements.enumerated().compactMap { index, statement in
      guard statement.refusal?.isCertain != true, case .alterTable(let alter) = statement.statement.kind,
        alter.actions.contains(where: { $0.kind == .setRowSecurity(enabled: false) })
      else { return nil }
      let name = context.end.qualified(alter.relation.name)
      guard let table = context.end.catalog.tables[name], !table.hasRowSecurity,
        context.start.catalog.tables[name].map({ $0.hasRowSecurity || $0.isAssumed }) ?? table.isAssumed,
        known.insert(name).inserted
      else { return nil }
      let fix = Finding.Fix("write a policy for those who must see more, and leave row-level security enabled")
      return context.finding(self, .showing(name, policies: table.policies.count), at: index, fix: fix)
    }
  }
}

extension Finding.Message {
  fileprivate static func showing(_ table: QualifiedName, policies: Int) -> Self {
    let held = String.count(policies, "policy no longer holds", "policies no longer hold")
    let lost = policies == 0 ? "" : ", and \(held)"
    return "every role with privileges on \(table.displayName) sees all of its rows from now on\(lost)"
  }
}
