import Catalog
import Execution
import Linting
import Syntax

struct ColumnTypeChangeScansTable: StatementRule {
  let id = "column-type-change-scans-table"
  let summary = "A type change checks every row again, while reads and writes wait."
  let risk = Risk.medium
  let explanation = """
    The rows can stay as they are, but a check that reads the column might give another answer for the new type: \
    PostgreSQL reads every row to see that it still passes, under the ACCESS EXCLUSIVE lock of the type change.

    In one ALTER TABLE, drop the check, change the type, and add the check again NOT VALID; then validate it, while reads \
    and writes go on.
    """
  let alternative = """
    ALTER TABLE users DROP CONSTRAINT name_there, ALTER COLUMN name TYPE text,
      ADD CONSTRAINT name_there CHECK (name <> '') NOT VALID;
    -- next migration
    ALTER TABLE users VALIDATE CONSTRAINT name_there;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"
  let examples: [RuleExample] = [
    .bad(
      "varchar to text, with a check",
      history: ["CREATE TABLE users (name varchar(50) CONSTRAINT name_there CHECK (name <> ''));"],
      "ALTER TABLE users ALTER COLUMN name TYPE text;"
    ),
    .good(
      "without one",
      history: ["CREATE TABLE users (name varchar(50));"],
      "ALTER TABLE users ALTER COLUMN name TYPE text;"
    ),
    .good(
      "with the check apart",
      history: ["CREATE TABLE users (name varchar(50) CONSTRAINT name_there CHECK (name <> ''));"],
      transactionMode: .none,
      "ALTER TABLE users DROP CONSTRAINT name_there, ALTER COLUMN name TYPE text,\n"
        + "  ADD CONSTRAINT name_there CHECK (name <> '') NOT VALID;\n"
        + "ALTER TABLE users VALIDATE CONSTRAINT name_there;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.visibleWork(.scan).compactMap { work in
      guard case .typeChange(let column, _, _) = work.item.cause, let action = context.action(of: work.item) else {
        return nil
      }
      let table = context.before.catalog.tables[work.relation.relation]
      let checks =
        table?.constraints.filter { $0.condition != nil && $0.isValidated && $0.columns.contains(column) } ?? []
      return context.finding(
        self,
        .checking(checks.map(\.name), column, work),
        at: action.range,
        fix: fix(checks, action, in: context)
      )
    }
  }

  private func fix(_ checks: [TableConstraint], _ action: AlterTable.Action, in context: StatementContext) -> Finding
    .Fix?
  {
    guard case .alterTable(let alter) = context.statement.kind, let text = context.text(of: action) else { return nil }
    let table = context.before.portable(alter.relation.name)
    let drops = checks.map { "DROP CONSTRAINT \($0.name.quotedIdentifier)" }
    let additions = checks.compactMap { check in
      check.condition.map { "ADD CONSTRAINT \(check.name.quotedIdentifier) CHECK (\($0.sql)) NOT VALID" }
    }
    let change = (drops + [text] + additions).joined(separator: ",\n  ")
    let isPlain = alter.actions.count == 1 && checks.allSatisfy { !$0.isInherited }
    return Finding.Fix(
      "drop the check, change the type and add the check again NOT VALID in one ALTER TABLE; validate it in the next "
        + "migration, while reads and writes go on",
      migrations: !isPlain || checks.isEmpty
        ? []
        : ["ALTER TABLE \(table) \(change);"]
          + checks.map { "ALTER TABLE \(table) VALIDATE CONSTRAINT \($0.name.quotedIdentifier);" }
    )
  }
}

extension Finding.Message {
  fileprivate static func checking(_ checks: [String], _ column: String, _ work: VisibleWork) -> Self {
    let names = checks.isEmpty ? "its checks" : checks.map(\.quotedIdentifier).sentenceList
    return """
      changing the type of \(column.quotedIdentifier) reads every row of \(work.relation.displayName) to see that it passes \
      \(names), and \(work.relation.blocking)
      """
  }
}
