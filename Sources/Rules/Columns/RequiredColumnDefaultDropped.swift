import Catalog
import Execution
import Linting
import Syntax

struct RequiredColumnDefaultDropped: StatementRule {
  let id = "required-column-default-dropped"
  let summary = "INSERTs of running code that leave the column out fail without its default."
  let risk = Risk.high
  let explanation = """
    A NOT NULL column without a default must have a value in every INSERT. Code that runs during the deployment does not \
    know a column that was added just now, and need not name one that has had a default: from the moment the migration \
    commits its INSERTs are refused.

    Keep the default until all running code names the column, and drop it in a later deployment.
    """
  let alternative = """
    -- first deployment: the column with its default, and code that always names it
    ALTER TABLE meetings ADD COLUMN room text NOT NULL DEFAULT '';
    -- a later deployment
    -- sqllint:allow required-column-default-dropped all code names it since release 41
    ALTER TABLE meetings ALTER COLUMN room DROP DEFAULT;
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-default.html"
  let examples: [RuleExample] = [
    .bad(
      "of a column that is there",
      history: ["CREATE TABLE meetings (room text NOT NULL DEFAULT '');"],
      "ALTER TABLE meetings ALTER COLUMN room DROP DEFAULT;"
    ),
    .bad(
      "of one added just now",
      history: ["CREATE TABLE meetings (id bigint);"],
      "ALTER TABLE meetings ADD COLUMN room text NOT NULL DEFAULT '';\n"
        + "ALTER TABLE meetings ALTER COLUMN room DROP DEFAULT;"
    ),
    .bad(
      "identity, which is a default as well",
      history: ["CREATE TABLE meetings (id bigint GENERATED ALWAYS AS IDENTITY);"],
      "ALTER TABLE meetings ALTER COLUMN id DROP IDENTITY;"
    ),
    .good(
      "in favour of another one",
      history: ["CREATE TABLE meetings (room text NOT NULL DEFAULT '');"],
      "ALTER TABLE meetings ALTER COLUMN room DROP DEFAULT, ALTER COLUMN room SET DEFAULT 'none';"
    ),
    .good(
      "of a column that may be NULL",
      history: ["CREATE TABLE meetings (room text DEFAULT '');"],
      "ALTER TABLE meetings ALTER COLUMN room DROP DEFAULT;"
    ),
    .good(
      "of a table made in the same migration",
      "CREATE TABLE meetings (room text NOT NULL DEFAULT '');\n"
        + "ALTER TABLE meetings ALTER COLUMN room DROP DEFAULT;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .alterTable(let alter) = context.statement.kind else { return [] }
    return context.effects.breaks.compactMap { breakage in
      guard case .insertFails(let column, let table) = breakage,
        let action = alter.actions.first(where: { $0.kind.takesValue(of: column) })
      else { return nil }
      return context.finding(
        self,
        .dropping(column, of: table),
        at: action.range,
        fix: Finding.Fix(
          "keep the default until all running code names \(column.quotedIdentifier); then drop it in a later deployment, and "
            + "say so with the reason:\n-- sqllint:allow \(id) reason"
        ),
        breaks: [breakage]
      )
    }
  }
}

extension AlterTable.ActionKind {
  fileprivate func takesValue(of name: String) -> Bool {
    switch self {
    case .dropDefault(let column), .dropIdentity(let column, _), .dropExpression(let column, _): column == name
    default: false
    }
  }
}

extension Finding.Message {
  fileprivate static func dropping(_ column: String, of table: QualifiedName) -> Self {
    """
    without a default, INSERTs of running code into \(table.displayName) that do not name required column \
    \(column.quotedIdentifier) fail
    """
  }
}
