import Linting
import Syntax

struct RequiredColumnWithoutDefault: StatementRule {
  let id = "required-column-without-default"
  let alsoKnownAs = [
    "squawk: adding-required-field", "atlas: MF103", "pgfence: add-column-not-null-no-default",
  ]
  let summary = "A new NOT NULL column without a default fails on a table with rows."
  let risk = Risk.high
  let explanation = """
    Rows that exist have no value for the new column, so PostgreSQL refuses the statement as soon as there is one. Where \
    the table is empty it succeeds, and then every INSERT of the code that runs now fails: it does not know the column.

    Add it with a constant default, which costs nothing, or add it nullable, fill it, and make it NOT NULL last.
    """
  let alternative = """
    ALTER TABLE users ADD COLUMN plan text NOT NULL DEFAULT 'free';
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-ADDING-A-COLUMN"
  let examples: [RuleExample] = [
    .bad(
      "NOT NULL without a default",
      history: ["CREATE TABLE users (id bigint);"],
      "ALTER TABLE users ADD COLUMN plan text NOT NULL;"
    ),
    .bad(
      "DEFAULT NULL is none",
      history: ["CREATE TABLE users (id bigint);"],
      "ALTER TABLE users ADD COLUMN plan text DEFAULT NULL NOT NULL;"
    ),
    .good(
      "with a constant default",
      history: ["CREATE TABLE users (id bigint);"],
      "ALTER TABLE users ADD COLUMN plan text NOT NULL DEFAULT 'free';"
    ),
    .good(
      "on a table made in the same migration",
      "CREATE TABLE users (id bigint);\nALTER TABLE users ADD COLUMN plan text NOT NULL;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .alterTable(let alter) = context.statement.kind else { return [] }
    return context.effects.breaks.compactMap { breakage in
      guard case .insertFails(let name, let table) = breakage else { return nil }
      let action = alter.actions.first { action in
        if case .addColumn(let column, _) = action.kind { column.name == name } else { false }
      }
      guard let action, case .addColumn(let column, _) = action.kind else { return nil }
      let isEmptied = context.hasEmptied(table)
      return context.finding(
        self,
        isEmptied ? .adding(name, toEmptied: table) : .adding(name, to: table),
        at: action.range,
        fix: context.keepingOthers(fix(for: column, in: context), besides: action)
      )
    }
  }

  private func fix(for column: ColumnDefinition, in context: StatementContext) -> Finding.Fix? {
    guard let recipe = ColumnRecipe(adding: column, in: context) else { return nil }
    return Finding.Fix(
      "add a constant DEFAULT if one makes sense; otherwise add the column nullable, let new code and a backfill in "
        + "batches fill it, and make it NOT NULL when no NULL is left" + context.committingAdvice,
      migrations: recipe.withoutDefault
    )
  }
}

extension StatementContext {
  /// Whether an earlier statement of the migration removes every row of the table.
  fileprivate func hasEmptied(_ table: QualifiedName) -> Bool {
    migration.script.statements[..<index].contains { statement in
      switch statement.kind {
      case .truncate(let truncate): truncate.relations.contains { before.qualified($0.name) == table }
      case .dataChange(.delete(let delete)):
        before.qualified(delete.relation.name) == table
          && takesEveryRow(delete.condition, of: .delete(delete))
      default: false
      }
    }
  }
}

extension Finding.Message {
  fileprivate static func adding(_ column: String, toEmptied table: QualifiedName) -> Self {
    """
    INSERTs of running code into \(table.displayName) fail until they give required column \(column.quotedIdentifier) a \
    value
    """
  }

  fileprivate static func adding(_ column: String, to table: QualifiedName) -> Self {
    """
    adding required column \(column.quotedIdentifier) fails if \(table.displayName) has a row, and INSERTs of running \
    code fail until they give it a value
    """
  }
}
