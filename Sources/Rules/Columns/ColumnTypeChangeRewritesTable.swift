import Catalog
import Execution
import Linting
import Syntax

struct ColumnTypeChangeRewritesTable: StatementRule {
  let id = "column-type-change-rewrites-table"
  let alsoKnownAs = [
    "squawk: changing-column-type", "eugene: E5", "atlas: PG301", "pgfence: alter-column-type",
    "strong_migrations: change_column",
  ]
  let summary = "A type change that stores values differently rewrites the whole table."
  let risk = Risk.high
  let explanation = """
    Where the new type stores the values differently, PostgreSQL writes the table and all its indexes anew under an \
    ACCESS EXCLUSIVE lock: nobody can read or write it until that is done, and twice its size is needed on disk.

    Some changes touch only the catalog: a longer varchar, varchar to text, numeric with more digits before the \
    point, a higher precision of timestamp and interval, cidr to inet. timestamp to timestamptz rewrites unless the \
    session's TimeZone is UTC, which `time_zone: UTC` in .sqllint.yml tells; the values are taken to be in that \
    zone.

    Each type change takes away what ANALYZE found out about the column, so that queries may get bad plans until it \
    runs again.
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
      "timestamp to timestamptz, whatever follows USING",
      history: ["CREATE TABLE events (at timestamp);"],
      "ALTER TABLE events ALTER COLUMN at TYPE timestamptz USING at AT TIME ZONE 'UTC';"
    ),
    .bad(
      "a column of a table that the migrations never made",
      "ALTER TABLE legacy ALTER COLUMN code TYPE text;"
    ),
    .bad(
      "with what hangs on the column, beside other changes",
      history: [
        "CREATE TABLE orders (id serial PRIMARY KEY, total integer NOT NULL CHECK (total >= 0), note text);",
        "CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total DESC);",
      ],
      "ALTER TABLE orders ALTER COLUMN total TYPE bigint, ADD COLUMN tip bigint, ALTER COLUMN note SET DEFAULT '';"
    ),
    .bad(
      "text to a number, by USING",
      history: ["CREATE TABLE orders (id bigint PRIMARY KEY, total text);"],
      "ALTER TABLE orders ALTER COLUMN total TYPE bigint USING orders.total::bigint * 100;"
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

  func check(_ context: StatementContext) -> [Finding] {
    context.visibleWork(.rewrite).compactMap { work in
      guard case .typeChange(let column, let from, let to) = work.item.cause, let action = context.action(of: work.item)
      else { return nil }
      return context.finding(
        self,
        from.map { from in
          action.kind.hangsOnZone(from: from, to: to)
            ? .hangingOnZone(column, from: from, to: to, work, zone: context.before.session.timeZone)
            : .rewriting(column, from: from, to: to, work)
        } ?? .perhaps(column, to: to, work),
        at: action.range,
        fix: context.keepingOthers(
          from.flatMap { zoneFix(action, column: column, from: $0, to: to, in: context) }
            ?? fix(action, column: column, to: to, in: context),
          besides: action
        )
      )
    }
  }

  private func fix(_ action: AlterTable.Action, column: String, to type: TypeName, in context: StatementContext)
    -> Finding.Fix?
  {
    guard case .alterTable(let alter) = context.statement.kind, case .setType(_, _, let conversion) = action.kind else {
      return nil
    }
    let table = context.before.portable(alter.relation.name)
    let name = column.quotedIdentifier
    let statistics = "; changed in place, the column has no statistics until ANALYZE \(table) (\(name)) has run"
    let replacement = ColumnReplacement(changing: column, to: type, using: conversion, of: table, in: context)
    guard let replacement else {
      let obstacles = ColumnReplacement.obstacles(to: column, of: table, in: context.before)
      return Finding.Fix(
        "add a column of the new type, keep both equal by a trigger, fill old rows in batches, make anew on it "
          + (obstacles.isEmpty ? "what hangs on the old one" : obstacles.sentenceList)
          + ", let the code use the new one, and drop the old one in a later deployment" + statistics
      )
    }
    return Finding.Fix(
      "add a column of the new type, let a trigger fill it from the old one, fill old rows in batches, and let it take the "
        + "old one's place in one short transaction\(context.committingAdvice)\(statistics)",
      migrations: replacement.steps(once: "running code copes with \(type.sql) in \(name)", keepingEqual: false)
    )
  }

  /// timestamp and timestamptz are stored alike; where the session's zone is UTC, PostgreSQL knows that nothing changes.
  /// An index on the column would be built anew all the same.
  private func zoneFix(
    _ action: AlterTable.Action,
    column: String,
    from: TypeName,
    to: TypeName,
    in context: StatementContext
  ) -> Finding.Fix? {
    guard case .alterTable(let alter) = context.statement.kind, case .setType(_, _, let expression) = action.kind,
      from.changesZone(to: to), from.modifiers == to.modifiers, from.arrayDimensions == 0, to.arrayDimensions == 0
    else { return nil }
    let table = context.before.portable(alter.relation.name)
    let isIndexed = context.before.catalog.indexes(of: context.before.qualified(table))
      .contains { $0.columns.contains(column) }
    guard !isIndexed, expression.map({ $0.isColumn(column) || $0.isColumnInUTC(column) }) ?? true else { return nil }
    let change = "ALTER TABLE \(table) ALTER COLUMN \(column.quotedIdentifier) TYPE \(to.sql);"
    let sql = "SET LOCAL timezone TO 'UTC';\n\(change)"
    return Finding.Fix(
      "if its values are in UTC, change the type in a session whose zone is UTC, which rewrites nothing",
      migrations: [
        context.migration.transactionMode == .none ? "BEGIN;\n\(sql)\nCOMMIT;" : sql,
        "ANALYZE \(table) (\(column.quotedIdentifier));",
      ]
    )
  }
}

extension AlterTable.ActionKind {
  /// Whether it rewrites nothing where the session's zone is UTC.
  fileprivate func hangsOnZone(from: TypeName, to: TypeName) -> Bool {
    guard case .setType(let column, _, let expression) = self else { return false }
    return from.changesZone(to: to) && from.modifiers == to.modifiers && expression.map { $0.isColumn(column) } ?? true
  }
}

extension TypeName {
  /// Whether one is timestamp and the other timestamptz.
  fileprivate func changesZone(to other: TypeName) -> Bool {
    Set([name, other.name]) == [QualifiedName("timestamp"), QualifiedName("timestamptz")]
  }
}

extension Expression {
  fileprivate func isColumn(_ name: String) -> Bool {
    if case .column(let column) = self { column.name == name } else { false }
  }

  /// `column AT TIME ZONE 'UTC'`, which the grammar writes as a call.
  fileprivate func isColumnInUTC(_ name: String) -> Bool {
    guard case .call(let call) = self, call.name.name == "timezone", call.arguments.count == 2,
      case .constant(.string(let zone)) = call.arguments[0]
    else { return false }
    return zone.uppercased() == "UTC" && call.arguments[1].isColumn(name)
  }
}

extension Finding.Message {
  fileprivate static func rewriting(_ column: String, from: TypeName, to: TypeName, _ work: VisibleWork) -> Self {
    """
    changing \(column.quotedIdentifier) from \(from.sql) to \(to.sql) rewrites \(work.relation.displayName) and \
    \(work.relation.blocking)
    """
  }

  fileprivate static func hangingOnZone(
    _ column: String,
    from: TypeName,
    to: TypeName,
    _ work: VisibleWork,
    zone: String?
  ) -> Self {
    let reason: Self =
      zone.map { "as the session's TimeZone is \($0), in which the old values are read" }
      ?? "unless the session's TimeZone is UTC; the old values are read in that zone"
    return """
      changing \(column.quotedIdentifier) from \(from.sql) to \(to.sql) rewrites \(work.relation.displayName) and \
      \(work.relation.blocking), \(reason)
      """
  }

  fileprivate static func perhaps(_ column: String, to: TypeName, _ work: VisibleWork) -> Self {
    """
    changing \(column.quotedIdentifier) to \(to.sql) rewrites \(work.relation.displayName) and \
    \(work.relation.blocking), unless its present type, which these migrations do not tell, stores the same
    """
  }
}
