import Catalog
import Execution
import Linting
import Syntax

struct RowLevelSecurityWithoutPolicy: MigrationRule {
  let id = "row-level-security-without-policy"
  let summary = "Row-level security without a policy hides every row."
  let risk = Risk.high
  let explanation = """
    With row-level security and no policy, nobody but the table's owner and roles with BYPASSRLS sees a row or can \
    insert one: running code gets empty answers, not errors, and nobody is warned.

    Create the policies in the same migration, before row-level security is enabled.
    """
  let alternative = """
    CREATE POLICY notes_owner ON notes USING (owner = current_user);
    ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-rowsecurity.html"
  let examples: [RuleExample] = [
    .bad(
      "no policy at the end",
      history: ["CREATE TABLE notes (id bigint, owner text);"],
      "ALTER TABLE notes ENABLE ROW LEVEL SECURITY;"
    ),
    .bad(
      "the last policy dropped",
      history: [
        "CREATE TABLE notes (id bigint, owner text);",
        "CREATE POLICY notes_owner ON notes USING (owner = current_user);\n"
          + "ALTER TABLE notes ENABLE ROW LEVEL SECURITY;",
      ],
      "DROP POLICY notes_owner ON notes;"
    ),
    .good(
      "a policy that follows",
      history: ["CREATE TABLE notes (id bigint, owner text);"],
      "ALTER TABLE notes ENABLE ROW LEVEL SECURITY;\nCREATE POLICY notes_owner ON notes USING (owner = current_user);"
    ),
    .good(
      "a table made in the same migration",
      "CREATE TABLE notes (id bigint);\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;"
    ),
  ]

  func check(_ context: MigrationContext) -> [Finding] {
    var known: Set<QualifiedName> = []
    return context.statements.enumerated().compactMap { index, statement in
      guard statement.refusal?.isCertain != true, let name = statement.statement.kind.securedTable else {
        return nil
      }
      let table = context.end.qualified(name)
      guard hidesAll(table, in: context.end), !hidesAll(table, in: context.start),
        context.start.catalog.tables[table]?.isAssumed == false, known.insert(table).inserted
      else { return nil }
      return context.finding(self, .hiding(table), at: index, fix: Self.fix)
    }
  }

  private func hidesAll(_ table: QualifiedName, in database: Database) -> Bool {
    database.catalog.tables[table].map { $0.hasRowSecurity && $0.policies.isEmpty } ?? false
  }

  static let fix = Finding.Fix("create the policies that running code needs in the same migration, or before it")
}

extension Statement.Kind {
  /// The table whose row-level security it may change.
  fileprivate var securedTable: QualifiedName? {
    switch self {
    case .alterTable(let alter):
      let enables = alter.actions.contains { if case .setRowSecurity(true) = $0.kind { true } else { false } }
      return enables ? alter.relation.name : nil
    case .drop(let drop): return drop.objectKind == .policy ? drop.objects.first?.relation : nil
    default: return nil
    }
  }
}

extension Finding.Message {
  fileprivate static func hiding(_ table: QualifiedName) -> Self {
    "\(table.displayName) has row-level security and no policy: running code sees none of its rows, unless it is the owner"
  }
}
