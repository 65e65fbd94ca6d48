import Catalog
import Execution
import Linting
import Syntax

struct NotNullDropped: StatementRule {
  let id = "not-null-dropped"
  let alsoKnownAs = ["squawk: ban-drop-not-null"]
  let summary = "Code that reads the column must expect NULL from now on."
  let risk = Risk.low
  let explanation = """
    As soon as new code writes NULL, code that still runs may read it where it has never met one: a scan into a plain \
    string fails, a comparison gives neither true nor false. Making the column NOT NULL again reads the whole table, and \
    fails on such rows.

    Let all code that reads the column expect NULL first.
    """
  let alternative = """
    -- first deployment: code that reads users.email expects NULL
    -- sqllint:allow not-null-dropped all readers expect it since release 41
    ALTER TABLE users ALTER COLUMN email DROP NOT NULL;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL"
  let examples: [RuleExample] = [
    .bad(
      "a required column of a table that exists",
      history: ["CREATE TABLE users (email text NOT NULL);"],
      "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;"
    ),
    .good(
      "a column that may be NULL already",
      history: ["CREATE TABLE users (email text);"],
      "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;"
    ),
    .good(
      "of a table made in the same migration",
      "CREATE TABLE users (email text NOT NULL);\nALTER TABLE users ALTER COLUMN email DROP NOT NULL;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .alterTable(let alter) = context.statement.kind else { return [] }
    let name = context.before.qualified(alter.relation.name)
    guard let before = context.before.catalog.tables[name], let after = context.after.catalog.tables[name],
      context.effects.relations.first(where: { $0.relation == name })?.isVisibleToOthers == true
    else { return [] }
    return alter.actions.compactMap { action in
      guard case .dropNotNull(let column) = action.kind, before.column(column)?.isNotNull == true,
        after.column(column)?.isNotNull == false
      else { return nil }
      return context.finding(
        self,
        .dropping(column, of: name),
        at: action.range,
        fix: Finding.Fix(
          "let all code that reads it expect NULL first, and say so with the reason:\n-- sqllint:allow \(id) reason"
        )
      )
    }
  }
}

extension Finding.Message {
  fileprivate static func dropping(_ column: String, of table: QualifiedName) -> Self {
    "\(column.quotedIdentifier) of \(table.displayName) may be NULL from now on, which running code may not expect"
  }
}
