import Analysis
import Syntax

struct ColumnTypeChangeRewritesTable: Rule {
  let id = "column-type-change-rewrites-table"
  let alsoKnownAs = [
    "squawk: changing-column-type", "eugene: E5", "strong_migrations: change_column", "atlas: MF104",
    "pgfence: alter-column-type",
  ]
  let summary = "A type change that stores values differently rewrites the whole table."
  let risk = Risk.high
  let explanation = """
    Where the new type stores the values differently, PostgreSQL writes the table and all its indexes anew under an \
    ACCESS EXCLUSIVE lock: nobody can read or write it until that is done, and twice its size is needed on disk.

    Some changes touch only the catalog: a longer varchar, varchar to text, numeric with more digits before the point, a \
    higher precision of timestamp and interval, cidr to inet. timestamp to timestamptz rewrites unless the session's \
    TimeZone is UTC.
    """
  let alternative = """
    ALTER TABLE orders ADD COLUMN total_new bigint;
    -- keep both equal by a trigger, fill old rows in batches, let the code read the new column,
    -- and drop the old one in a later deployment
    """
  let reference = "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"
  let examples: [RuleExample] = [
    .bad(
      "integer to bigint",
      history: ["CREATE TABLE orders (total integer);"],
      "ALTER TABLE orders ALTER COLUMN total TYPE bigint;"
    ),
    .bad(
      "a shorter varchar",
      history: ["CREATE TABLE users (name varchar(100));"],
      "ALTER TABLE users ALTER COLUMN name TYPE varchar(50);"
    ),
    .bad(
      "a column of a table that the migrations never made",
      "ALTER TABLE legacy ALTER COLUMN code TYPE text;"
    ),
    .good(
      "a longer varchar, and varchar to text",
      history: ["CREATE TABLE users (name varchar(50), title varchar(50));"],
      "ALTER TABLE users ALTER COLUMN name TYPE varchar(100), ALTER COLUMN title TYPE text;"
    ),
    .good(
      "timestamp to timestamptz in a session whose zone is UTC",
      history: ["CREATE TABLE events (at timestamp);"],
      "SET LOCAL timezone TO 'UTC';\nALTER TABLE events ALTER COLUMN at TYPE timestamptz;"
    ),
  ]

  func check(_ step: Step) -> [Finding] {
    step.feltWork(.rewrite).compactMap { work in
      guard case .typeChange(let column, let from, let to) = work.item.cause, let action = step.action(of: work.item)
      else { return nil }
      return step.finding(
        self,
        from.map { .rewriting(column, from: $0, to: to, work) } ?? .perhaps(column, to: to, work),
        at: action.range,
        fix: fix(column: column, to: to, in: step)
      )
    }
  }

  private func fix(column: String, to type: TypeName, in step: Step) -> Finding.Fix? {
    guard let table = step.alteredTable else { return nil }
    let new = GeneratedName.make(column, nil, "new").quotedIdentifier
    return Finding.Fix(
      "add a column of the new type, keep both equal by a trigger, fill old rows in batches, let the code use the new "
        + "one, and drop the old one in a later deployment",
      migrations: ["ALTER TABLE \(table) ADD COLUMN \(new) \(type.sql);"]
    )
  }
}

extension Finding.Message {
  fileprivate static func rewriting(_ column: String, from: TypeName, to: TypeName, _ work: FeltWork) -> Self {
    """
    changing \(column.quotedIdentifier) from \(from.sql) to \(to.sql) rewrites \(work.relation.displayName) and \
    \(work.relation.blocking)
    """
  }

  fileprivate static func perhaps(_ column: String, to: TypeName, _ work: FeltWork) -> Self {
    """
    changing \(column.quotedIdentifier) to \(to.sql) rewrites \(work.relation.displayName) and \
    \(work.relation.blocking), unless its present type, which these migrations do not tell, stores the same
    """
  }
}
