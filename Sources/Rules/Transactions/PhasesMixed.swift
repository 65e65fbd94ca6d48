import Catalog
import Linting
import Syntax

struct PhasesMixed: MigrationRule {
  let id = "phases-mixed"
  let summary = "A column is added, filled from another one, and the other one dropped, in one migration."
  let risk = Risk.medium
  let explanation = """
    Code that runs before the migration needs the old column, code that runs after it needs the new one. Where both changes \
    come at once, no order of deployment works: either the old code fails or the new one, and what is written between \
    filling and dropping is lost.

    Expand, migrate, contract: add the column and have code write both; fill the rows that were there; have code read the \
    new one; drop the old one in a later migration.
    """
  let alternative = """
    ALTER TABLE users ADD COLUMN full_name text;
    -- deploy code that writes both, fill the column in batches, deploy code that reads the new one
    -- sqllint:allow column-dropped no running code knows it
    ALTER TABLE users DROP COLUMN name;
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-alter.html"
  private static let users = "CREATE TABLE users (id bigint PRIMARY KEY, name text);"
  let examples: [RuleExample] = [
    .bad(
      "all three",
      history: [users],
      "ALTER TABLE users ADD COLUMN full_name text;\nUPDATE users SET full_name = name WHERE name <> '';\n"
        + "ALTER TABLE users DROP COLUMN name;"
    ),
    .good("the first", history: [users], "ALTER TABLE users ADD COLUMN full_name text;"),
    .good(
      "of a table made in the same migration",
      users + "\nALTER TABLE users ADD COLUMN full_name text;\nUPDATE users SET full_name = name WHERE name <> '';\n"
        + "ALTER TABLE users DROP COLUMN name;"
    ),
  ]

  func check(_ context: MigrationContext) -> [Finding] {
    var added: Set<ColumnName> = []
    var sources: [ColumnName: String] = [:]
    var findings: [Finding] = []
    for (index, report) in context.statements.enumerated() where report.refusal?.isCertain != true {
      switch report.statement.kind {
      case .alterTable(let alter):
        let table = context.end.qualified(alter.relation.name)
        guard context.start.catalog.tables[table] != nil || context.end.catalog.tables[table]?.isAssumed == true else {
          continue
        }
        for action in alter.actions {
          if case .addColumn(let column, _) = action.kind {
            added.insert(ColumnName(table: table, column: column.name))
          }
          guard case .dropColumn(let column, _, _) = action.kind else { continue }
          // What takes its name in the end is the same column to running code.
          guard let new = sources[ColumnName(table: table, column: column)],
            context.end.catalog.tables[table]?.column(column) == nil
          else { continue }
          let fix = Finding.Fix(
            "drop \(column.quotedIdentifier) in a later migration, when no running code reads or writes it any more"
          )
          findings.append(context.finding(self, .moving(column, to: new, of: table), at: index, fix: fix))
        }
      case .dataChange(.update(let update)) where !added.isEmpty:
        let table = context.end.qualified(update.relation.name)
        for assignment in update.assignments {
          let new = assignment.columns.filter { added.contains(ColumnName(table: table, column: $0)) }
          guard let first = new.first else { continue }
          for column in assignment.value.columnNames { sources[ColumnName(table: table, column: column)] = first }
        }
      default: break
      }
    }
    return findings
  }
}

private struct ColumnName: Hashable {
  let table: QualifiedName
  let column: String
}

extension Finding.Message {
  fileprivate static func moving(_ old: String, to new: String, of table: QualifiedName) -> Self {
    """
    this migration moves \(old.quotedIdentifier) of \(table.displayName) to \(new.quotedIdentifier) in one go: code that \
    runs now needs the one, code that is deployed next the other
    """
  }
}
