import Catalog
import Execution
import Linting
import Syntax

struct ColumnForeignKeyScansTable: StatementRule {
  let id = "column-foreign-key-scans-table"
  let summary = "REFERENCES with a default looks up every row while reads and writes wait."
  let risk = Risk.medium
  let explanation = """
    Without a default the new column is NULL everywhere, which points to nothing, and PostgreSQL checks no row. With one \
    it looks up the value of every row in the other table, under the ACCESS EXCLUSIVE lock of ADD COLUMN, and blocks \
    writes to the other table meanwhile.

    Add the column with its default alone, and the foreign key NOT VALID: VALIDATE CONSTRAINT does the work in a later \
    migration, while reads and writes go on.
    """
  let alternative = """
    ALTER TABLE clips ADD COLUMN owner_id bigint DEFAULT 1;
    ALTER TABLE clips ADD CONSTRAINT clips_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users (id) NOT VALID;
    -- next migration
    ALTER TABLE clips VALIDATE CONSTRAINT clips_owner_id_fkey;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"
  let examples: [RuleExample] = [
    .bad(
      "with a default",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY);", "CREATE TABLE clips (title text);"],
      "ALTER TABLE clips ADD COLUMN owner_id bigint DEFAULT NULL REFERENCES users;"
    ),
    .good(
      "without one",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY);", "CREATE TABLE clips (title text);"],
      transactionMode: .none,
      "ALTER TABLE clips ADD COLUMN owner_id bigint REFERENCES users;\n"
        + "CREATE INDEX CONCURRENTLY clips_owner_id_idx ON clips (owner_id);"
    ),
    .good(
      "of a table made in the same migration",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY);"],
      "CREATE TABLE clips (title text);\n"
        + "ALTER TABLE clips ADD COLUMN owner_id bigint DEFAULT NULL UNIQUE REFERENCES users;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.visibleWork(.foreignKeyValidation).compactMap { work in
      guard case .foreignKey(_, .some, let referenced) = work.item.cause,
        let action = context.action(of: work.item), let column = context.column(addedBy: action),
        !context.isWithinRewrite(work)
      else { return nil }
      let others = context.effects.visibleToOthers.first { $0.relation == referenced }
      return context.finding(
        self,
        .lookingUp(column.name, others, work),
        at: action.range,
        fix: context.keepingOthers(context.fixBySeparateConstraints(column), besides: action)
      )
    }
  }
}

extension Finding.Message {
  fileprivate static func lookingUp(_ column: String, _ referenced: Effect?, _ work: VisibleWork) -> Self {
    let other = referenced.flatMap { $0.relation == work.relation.relation ? nil : ", and writes to \($0.displayName)" }
    return """
      looking up the default of new column \(column.quotedIdentifier) for every row \(work.relation.blocking)\
      \(other ?? "")
      """
  }
}
