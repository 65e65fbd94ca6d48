import Catalog
import Execution
import Linting
import Syntax

struct TableMovedToSchema: StatementRule {
  let id = "table-moved-to-schema"
  let alsoKnownAs = ["pgfence: set-schema", "strong_migrations: rename_schema"]
  let summary = "Running code that finds the table in its old schema breaks at once."
  let risk = Risk.high
  let explanation = """
    SET SCHEMA is instant for the database and instant for its users: a query that names the old schema, or finds the \
    table there through its search_path, fails from the moment the migration commits. Indexes, constraints and the \
    sequences of its columns move along; the bodies of functions do not follow.

    A view in the old place, made in the same transaction, keeps old code working: simple views can be written to as well \
    as read. Drop it in a later deployment, when all code has the new name.
    """
  let alternative = """
    ALTER TABLE clips SET SCHEMA archive;
    CREATE VIEW clips AS SELECT * FROM archive.clips;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-createview.html#SQL-CREATEVIEW-UPDATABLE-VIEWS"
  let examples: [RuleExample] = [
    .bad(
      "a table that exists",
      history: ["CREATE SCHEMA archive;", "CREATE TABLE clips (id bigint);"],
      "ALTER TABLE clips SET SCHEMA archive;"
    ),
    .good(
      "with a view left in its place",
      history: ["CREATE SCHEMA archive;", "CREATE TABLE clips (id bigint);"],
      "ALTER TABLE clips SET SCHEMA archive;\nCREATE VIEW clips AS SELECT * FROM archive.clips;"
    ),
    .good(
      "a table made in the same migration",
      history: ["CREATE SCHEMA archive;"],
      "CREATE TABLE clips (id bigint);\nALTER TABLE clips SET SCHEMA archive;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .setSchema(let move) = context.statement.kind else { return [] }
    return context.effects.breaks.compactMap { breakage in
      guard case .relationRenamed(let table, _) = breakage, !context.effects.isOfView(table) else { return nil }
      let old = context.before.portable(move.object.name)
      let new = QualifiedName(schema: move.newSchema, table.name)
      return context.finding(
        self,
        .moving(table, to: move.newSchema),
        fix: Finding.Fix(
          "leave a view in the old schema in the same transaction, and drop it when no code looks there any more"
            + StatementContext.viewLimits,
          migrations: context.leavingView(
            under: old,
            of: new,
            by: "ALTER TABLE \(old) SET SCHEMA \(move.newSchema.quotedIdentifier);"
          )
        ),
        breaks: [breakage]
      )
    }
  }
}

extension Finding.Message {
  fileprivate static func moving(_ table: QualifiedName, to schema: String) -> Self {
    "moving \(table.displayName) to schema \(schema.quotedIdentifier) breaks running code that looks for it where it was"
  }
}
