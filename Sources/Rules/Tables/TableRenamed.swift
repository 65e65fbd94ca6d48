import Analysis
import Syntax

struct TableRenamed: Rule {
  let id = "table-renamed"
  let alsoKnownAs = [
    "squawk: renaming-table", "strong_migrations: rename_table", "atlas: BC101", "pgfence: rename-table",
  ]
  let summary = "Running code that uses the table's old name breaks at once."
  let risk = Risk.high
  let explanation = """
    A rename is instant for the database and instant for its users: every query of the code that runs now and names the \
    table fails from the moment the migration commits until the new code is everywhere.

    A view with the old name, made in the same transaction, keeps old code working: simple views can be written to as \
    well as read. Drop it in a later deployment, when no code uses the old name.
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

  func check(_ step: Step) -> [Finding] {
    guard case .rename(let rename) = step.statement.kind else { return [] }
    return step.effects.breaks.compactMap { breakage in
      guard case .relationRenamed(let table, let new) = breakage, isTable(table, in: step.schema),
        !isReplaced(table, behind: step)
      else { return nil }
      return step.finding(self, .renaming(table, to: new), fix: fix(for: table, rename, in: step))
    }
  }

  private func isTable(_ name: QualifiedName, in schema: Schema) -> Bool {
    switch schema.kind(of: name) {
    case .table, .partitionedTable, .foreignTable, nil: true
    default: false
    }
  }

  /// Whether a later statement of the migration puts something else under the old name.
  private func isReplaced(_ table: QualifiedName, behind step: Step) -> Bool {
    step.migration.script.statements.dropFirst(step.index + 1).contains { statement in
      switch statement.kind {
      case .createView(let view): step.schema.qualified(view.relation.name) == table
      case .createTable(let new): step.schema.qualified(new.relation.name) == table
      case .rename(let rename): rename.objectKind != .column && rename.newName == table.name
      default: false
      }
    }
  }

  private func fix(for table: QualifiedName, _ rename: Rename, in step: Step) -> Finding.Fix {
    let old = rename.object.name
    let new = QualifiedName(schema: old.schema, rename.newName)
    return Finding.Fix(
      "leave a view under the old name in the same migration, and drop it when no code uses it any more",
      migrations: [
        """
        ALTER TABLE \(old) RENAME TO \(rename.newName.quotedIdentifier);
        CREATE VIEW \(old) AS SELECT * FROM \(new);
        """
      ]
    )
  }
}

extension Finding.Message {
  fileprivate static func renaming(_ table: QualifiedName, to new: String) -> Self {
    "renaming \(table.displayName) to \(new.quotedIdentifier) breaks running code that uses the old name"
  }
}
