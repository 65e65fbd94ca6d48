import Execution
import Linting
import Syntax

struct ColumnCheckScansTable: StatementRule {
  let id = "column-check-scans-table"
  let summary = "A CHECK written with a new column reads the whole table while all wait."
  let risk = Risk.medium
  let explanation = """
    The new column holds NULL, or its default, in every row, and still PostgreSQL reads all of them to see that the check \
    passes, under the ACCESS EXCLUSIVE lock of ADD COLUMN.

    Add the column alone, and the check NOT VALID: new rows are checked from then on, and VALIDATE CONSTRAINT reads the \
    table in a later migration, while reads and writes go on.
    """
  let alternative = """
    ALTER TABLE orders ADD COLUMN tip integer;
    ALTER TABLE orders ADD CONSTRAINT orders_tip_check CHECK (tip >= 0) NOT VALID;
    -- next migration
    ALTER TABLE orders VALIDATE CONSTRAINT orders_tip_check;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"
  let examples: [RuleExample] = [
    .bad(
      "without a default",
      history: ["CREATE TABLE orders (total integer);"],
      "ALTER TABLE orders ADD COLUMN tip integer CHECK (tip >= 0);"
    ),
    .bad(
      "with a name, and a default that passes",
      history: ["CREATE TABLE orders (total integer);"],
      "ALTER TABLE orders ADD COLUMN tip integer NOT NULL DEFAULT 0 CONSTRAINT tip_fits CHECK (tip >= 0);"
    ),
    .good(
      "apart from the column, NOT VALID",
      history: [
        "CREATE TABLE orders (total integer);",
        "ALTER TABLE orders ADD COLUMN tip integer, ADD CONSTRAINT tip_fits CHECK (tip >= 0) NOT VALID;",
      ],
      "ALTER TABLE orders VALIDATE CONSTRAINT tip_fits;"
    ),
    .good(
      "on a table made in the same migration",
      "CREATE TABLE orders (total integer);\nALTER TABLE orders ADD COLUMN tip integer CHECK (tip >= 0);"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.visibleWork(.scan).compactMap { work in
      guard case .check(let name, .some) = work.item.cause, let action = context.action(of: work.item),
        let column = context.column(addedBy: action),
        // What fails on the first row reads none.
        !column.isRequired || column.hasValue
      else { return nil }
      return context.finding(
        self,
        .checking(name, column.name, work),
        at: action.range,
        fix: context.keepingOthers(context.fixBySeparateConstraints(column), besides: action)
      )
    }
  }
}

extension Finding.Message {
  fileprivate static func checking(_ name: String?, _ column: String, _ work: VisibleWork) -> Self {
    let check = name.map { "check \($0.quotedIdentifier)" } ?? "the check"
    return """
      reading every row of \(work.relation.displayName) for \(check) of new column \(column.quotedIdentifier) \
      \(work.relation.blocking)
      """
  }
}
