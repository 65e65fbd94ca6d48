import Catalog
import Execution
import Linting
import Syntax

struct GeneratedColumnRewritesTable: StatementRule {
  let id = "generated-column-rewrites-table"
  let alsoKnownAs = ["strong_migrations: add_column_generated_stored"]
  let summary = "A STORED generated column is computed for every row, which rewrites the table."
  let risk = Risk.high
  let explanation = """
    PostgreSQL computes the value of each row and writes the table and its indexes anew under an ACCESS EXCLUSIVE lock: \
    nobody can read or write it until that is done, and twice its size is needed on disk. Another expression for a stored \
    column does the same (SET EXPRESSION, PostgreSQL 17).

    A plain column that code or a trigger fills, and a backfill in batches for old rows, cost no lock. From PostgreSQL 18 \
    on a VIRTUAL column costs nothing, as it is computed when it is read.
    """
  let alternative = """
    ALTER TABLE jobs ADD COLUMN is_done boolean;
    -- let new code or a trigger write it; then, in batches, for the rows that are there:
    UPDATE jobs SET is_done = (done_at IS NOT NULL)
      WHERE ctid IN (SELECT ctid FROM jobs WHERE is_done IS NULL LIMIT 10000);
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-generated-columns.html"
  let examples: [RuleExample] = [
    .bad(
      "a stored column",
      history: ["CREATE TABLE jobs (done_at timestamptz);"],
      "ALTER TABLE jobs ADD COLUMN is_done boolean GENERATED ALWAYS AS (done_at IS NOT NULL) STORED;"
    ),
    .bad(
      "of a table with a key",
      history: ["CREATE TABLE jobs (id bigint PRIMARY KEY, title text);"],
      "ALTER TABLE jobs ADD COLUMN shouted text GENERATED ALWAYS AS (upper(title)) STORED;"
    ),
    .good(
      "a plain column",
      history: ["CREATE TABLE jobs (done_at timestamptz);"],
      "ALTER TABLE jobs ADD COLUMN is_done boolean;"
    ),
    .good(
      "of a table made in the same migration",
      "CREATE TABLE jobs (done_at timestamptz);\n"
        + "ALTER TABLE jobs ADD COLUMN is_done boolean GENERATED ALWAYS AS (done_at IS NOT NULL) STORED;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.visibleWork(.rewrite).compactMap { work in
      guard case .storedGeneratedColumn(let column) = work.item.cause, let action = context.action(of: work.item) else {
        return nil
      }
      return context.finding(
        self,
        .computing(column, work),
        at: action.range,
        fix: context.keepingOthers(fix(action, in: context), besides: action)
      )
    }
  }

  private func fix(_ action: AlterTable.Action, in context: StatementContext) -> Finding.Fix? {
    guard let column = context.column(addedBy: action) else {
      return Finding.Fix(
        "there is no way that rewrites nothing: add another column, let code or a trigger fill it, fill old rows in "
          + "batches, and drop this one in a later deployment"
      )
    }
    let values = column.constraints.compactMap { constraint -> Expression? in
      if case .generated(let value, _) = constraint.kind { value } else { nil }
    }
    guard let value = values.first, let recipe = ColumnRecipe(adding: column, in: context) else { return nil }
    return Finding.Fix(
      "add a plain column, let a trigger compute it, and fill old rows in batches"
        + context.committingAdvice,
      migrations: recipe.computed(as: value)
    )
  }
}

extension Finding.Message {
  fileprivate static func computing(_ column: String, _ work: VisibleWork) -> Self {
    """
    computing column \(column.quotedIdentifier) for every row rewrites \(work.relation.displayName) and \
    \(work.relation.blocking)
    """
  }
}
