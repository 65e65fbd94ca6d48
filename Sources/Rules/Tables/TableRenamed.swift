import Catalog
import Execution
import Linting
import Syntax

struct TableRenamed: StatementRule {
  let id = "table-renamed"
  let alsoKnownAs = [
    "squawk: renaming-table", "atlas: BC101", "pgfence: rename-table", "strong_migrations: rename_table",
  ]
  let summary = "Running code that uses the table's old name breaks at once."
  let risk = Risk.high
  let explanation = """
    A rename is instant for the database and instant for its users: every query of the code that runs now and names the \
    table fails from the moment the migration commits until the new code is everywhere.

    A view with the old name, made in the same transaction, keeps old code working: simple views can be written to as \
    well as read, also by INSERT … ON CONFLICT, but neither truncated nor the target of COPY, and roles need privileges on it. \
    Drop it in a later deployment, when no code uses the old name.
    """
  let alternative = """
    ALTER TABLE clips RENAME TO videos;
    CREATE VIEW clips AS SELECT * FROM videos;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-createview.html#SQL-CREATEVIEW-UPDATABLE-VIEWS"
  let examples: [RuleExample] = [
    .bad(
      "a table that exists",
      history: ["CREATE TABLE clips (id bigint);"],
      "ALTER TABLE clips RENAME TO videos;"
    ),
    .good(
      "with a view under the old name in a transaction of its own",
      history: ["CREATE TABLE clips (id bigint);"],
      transactionMode: .none,
      "ALTER TABLE clips RENAME TO videos;\nCREATE VIEW clips AS SELECT * FROM videos;"
    ),
    .good(
      "with a view under the old name",
      history: ["CREATE TABLE clips (id bigint);"],
      "ALTER TABLE clips RENAME TO videos;\nCREATE VIEW clips AS SELECT * FROM videos;"
    ),
    .good(
      "with another table taking its place",
      history: ["CREATE TABLE clips (id bigint);"],
      "CREATE TABLE clips_new (id bigint);\nALTER TABLE clips RENAME TO clips_old;\n"
        + "ALTER TABLE clips_new RENAME TO clips;"
    ),
    .good(
      "a table made in the same migration",
      "CREATE TABLE clips (id bigint);\nALTER TABLE clips RENAME TO videos;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .rename(let rename) = context.statement.kind, [.table, .foreignTable].contains(rename.objectKind) else {
      return []
    }
    return context.effects.breaks.compactMap { breakage in
      guard case .relationRenamed(let table, let new) = breakage, isTable(table, in: context.before) else { return nil }
      return context.finding(
        self,
        .renaming(table, to: new),
        fix: fix(for: table, rename, in: context),
        breaks: [breakage]
      )
    }
  }

  private func isTable(_ name: QualifiedName, in database: Database) -> Bool {
    switch database.catalog.kind(of: name) {
    case .table, .partitionedTable, .foreignTable, nil: true
    default: false
    }
  }

  private func fix(for table: QualifiedName, _ rename: Rename, in context: StatementContext) -> Finding.Fix {
    let old = context.before.portable(rename.object.name)
    let new = QualifiedName(schema: old.schema, rename.newName)
    return Finding.Fix(
      "leave a view under the old name in the same transaction, and drop it when no code uses it any more"
        + StatementContext.viewLimits,
      migrations: context.leavingView(
        under: old,
        of: new,
        by: "ALTER TABLE \(old) RENAME TO \(rename.newName.quotedIdentifier);"
      )
    )
  }
}

extension Finding.Message {
  fileprivate static func renaming(_ table: QualifiedName, to new: QualifiedName) -> Self {
    "renaming \(table.displayName) to \(new.displayName) breaks running code that uses the old name"
  }
}
