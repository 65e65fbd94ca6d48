import Linting
import Syntax

struct CheckAddedWithoutNotValid: StatementRule {
  let id = "check-added-without-not-valid"
  let alsoKnownAs = [
    "squawk: constraint-missing-not-valid", "eugene: E1", "atlas: PG305",
    "pgfence: add-constraint-check-no-not-valid", "strong_migrations: add_check_constraint",
  ]
  let summary = "A new CHECK reads the whole table while reads and writes wait."
  let risk = Risk.high
  let explanation = """
    ADD CONSTRAINT … CHECK takes an ACCESS EXCLUSIVE lock and then reads every row to see that it passes: nobody can read \
    or write the table until it has.

    NOT VALID skips the rows that exist and holds the lock for a moment only; new rows are checked from then on. VALIDATE \
    CONSTRAINT, in a later migration, reads the table while reads and writes go on.
    """
  let alternative = """
    ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total > 0) NOT VALID;
    -- next migration
    ALTER TABLE orders VALIDATE CONSTRAINT orders_total_positive;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"
  let examples: [RuleExample] = [
    .bad(
      "without NOT VALID",
      history: ["CREATE TABLE orders (total integer);"],
      "ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total > 0);"
    ),
    .bad(
      "one without a name",
      history: ["CREATE TABLE orders (total integer);"],
      "ALTER TABLE orders ADD CHECK (total > 0);"
    ),
    .bad(
      "of a column that the same statement adds",
      history: ["CREATE TABLE orders (total integer);"],
      "ALTER TABLE orders ADD COLUMN tip integer, ADD CONSTRAINT tip_fits CHECK (tip < total);"
    ),
    .good(
      "NOT VALID first, and validated in a migration of its own",
      history: [
        "CREATE TABLE orders (total integer);",
        "ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total > 0) NOT VALID;",
      ],
      "ALTER TABLE orders VALIDATE CONSTRAINT orders_total_positive;"
    ),
    .good(
      "on a table made in the same migration",
      "CREATE TABLE orders (total integer);\nALTER TABLE orders ADD CHECK (total > 0);"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.visibleWork(.scan).compactMap { work in
      guard case .check(_, column: nil) = work.item.cause, let action = context.action(of: work.item) else {
        return nil
      }
      return context.finding(
        self,
        .checking(work),
        at: action.range,
        fix: context.keepingOthers(context.fixByNotValid(action), besides: action)
      )
    }
  }
}

extension Finding.Message {
  fileprivate static func checking(_ work: VisibleWork) -> Self {
    let name: String =
      if case .check(let name?, _) = work.item.cause { "check \(name.quotedIdentifier)" } else { "this check" }
    return "reading every row of \(work.relation.displayName) for \(name) \(work.relation.blocking)"
  }
}
