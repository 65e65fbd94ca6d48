import Catalog
import Linting
import Syntax

struct SetNotNullScansTable: StatementRule {
  let id = "set-not-null-scans-table"
  let alsoKnownAs = [
    "squawk: adding-not-nullable-field", "eugene: E2", "atlas: PG303", "pgfence: alter-column-set-not-null",
    "strong_migrations: change_column_null",
  ]
  let summary = "SET NOT NULL reads the whole table while reads and writes wait."
  let risk = Risk.high
  let explanation = """
    SET NOT NULL takes an ACCESS EXCLUSIVE lock and then reads every row to see that none is NULL: nobody can read or \
    write the table until it has.

    A CHECK (column IS NOT NULL) that was added NOT VALID and validated later, which lets reads and writes go on, proves \
    the same; PostgreSQL then does not look again. It must still be there when SET NOT NULL runs.
    """
  let alternative = """
    ALTER TABLE users ADD CONSTRAINT users_email_not_null CHECK (email IS NOT NULL) NOT VALID;
    -- next migration
    ALTER TABLE users VALIDATE CONSTRAINT users_email_not_null;
    -- next migration
    ALTER TABLE users ALTER COLUMN email SET NOT NULL;
    ALTER TABLE users DROP CONSTRAINT users_email_not_null;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL"
  let examples: [RuleExample] = [
    .bad(
      "without a proof",
      history: ["CREATE TABLE users (email text);"],
      "ALTER TABLE users ALTER COLUMN email SET NOT NULL;"
    ),
    .bad(
      "with a check that is not validated",
      history: [
        "CREATE TABLE users (email text);",
        "ALTER TABLE users ADD CONSTRAINT email_there CHECK (email IS NOT NULL) NOT VALID;",
      ],
      "ALTER TABLE users ALTER COLUMN email SET NOT NULL;"
    ),
    .bad(
      "with the proof dropped in the same ALTER TABLE",
      history: [
        "CREATE TABLE users (email text);",
        "ALTER TABLE users ADD CONSTRAINT email_there CHECK (email IS NOT NULL) NOT VALID;",
        "ALTER TABLE users VALIDATE CONSTRAINT email_there;",
      ],
      "ALTER TABLE users ALTER COLUMN email SET NOT NULL, DROP CONSTRAINT email_there;"
    ),
    .good(
      "with a validated check",
      history: [
        "CREATE TABLE users (email text);",
        "ALTER TABLE users ADD CONSTRAINT email_there CHECK (email IS NOT NULL AND email <> '') NOT VALID;",
        "ALTER TABLE users VALIDATE CONSTRAINT email_there;",
      ],
      "ALTER TABLE users ALTER COLUMN email SET NOT NULL;"
    ),
    .good(
      "on a column that is NOT NULL already",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY);"],
      "ALTER TABLE users ALTER COLUMN id SET NOT NULL;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.visibleWork(.scan).compactMap { work in
      guard case .notNull = work.item.cause, let action = context.action(of: work.item),
        case .setNotNull(let column) = action.kind
      else { return nil }
      return context.finding(
        self,
        .checking(column, work),
        at: action.range,
        fix: context.keepingOthers(fix(for: column, in: context), besides: action)
      )
    }
  }

  private func fix(for column: String, in context: StatementContext) -> Finding.Fix? {
    guard case .alterTable(let alter) = context.statement.kind else { return nil }
    let table = context.before.portable(alter.relation.name)
    let requirement = "ALTER TABLE \(table) ALTER COLUMN \(column.quotedIdentifier) SET NOT NULL;"
    guard let proof = context.before.table(table)?.proof(notNull: column) else {
      let filling = filling(column, of: table, in: context.before)
      return Finding.Fix(
        "fill what is NULL in batches, and let a check prove that none is left, each step in a migration of its own"
          + (filling.isEmpty ? "" : context.committingAdvice),
        migrations: filling + NotNullRecipe(table: table, column: column, isFilled: !filling.isEmpty).migrations
      )
    }
    let name = proof.name.quotedIdentifier
    guard proof.isValidated else {
      return Finding.Fix(
        "validate \(name) first: it then proves what SET NOT NULL would look for",
        migrations: ["ALTER TABLE \(table) VALIDATE CONSTRAINT \(name);", requirement]
      )
    }
    return Finding.Fix(
      "drop \(name) in a statement after SET NOT NULL: in the same ALTER TABLE it goes first and proves nothing",
      migrations: [requirement + "\nALTER TABLE \(table) DROP CONSTRAINT \(name);"]
    )
  }

  /// A backfill with the column's own default, or with what stands for the value that people choose.
  private func filling(_ column: String, of table: QualifiedName, in database: Database) -> [Finding.Fix.Step] {
    let known = database.table(table)?.column(column)
    let name = column.quotedIdentifier
    let hasDefault = known?.defaultValue.map { $0 != .constant(.null) } ?? false
    guard let value = hasDefault ? "DEFAULT" : database.standIn(for: known?.type) else { return [] }
    let backfill = Backfill(
      table: table,
      assignments: "\(name) = \(value)",
      pending: "\(name) IS NULL",
      key: database.keyColumns(of: table)
    )
    // What code writes behind the backfill stays NULL.
    let deploy = hasDefault ? "no running code writes NULL to \(name)" : value.standingIn(for: name)
    return backfill.migration.map { [Finding.Fix.Step($0, once: deploy)] } ?? []
  }
}

extension Finding.Message {
  fileprivate static func checking(_ column: String, _ work: VisibleWork) -> Self {
    """
    reading every row of \(work.relation.displayName) to see that \(column.quotedIdentifier) is never NULL \
    \(work.relation.blocking)
    """
  }
}
