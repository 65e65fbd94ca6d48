import Catalog
import Execution
import Linting
import Syntax

extension StatementContext {
  /// The column that an action of ALTER TABLE adds.
  func column(addedBy action: AlterTable.Action) -> ColumnDefinition? {
    if case .addColumn(let column, _) = action.kind { column } else { nil }
  }

  /// Whether the action that asks for the work writes the table anew besides, which says more.
  func isWithinRewrite(_ work: VisibleWork) -> Bool {
    work.effects.contains { effect in
      effect.work.contains { $0.work == .rewrite && $0.action == work.item.action }
    }
  }

  /// The column alone, and its constraints one by one. Only advice for a partitioned table, which takes neither an index
  /// that is built CONCURRENTLY nor, before PostgreSQL 18, a foreign key NOT VALID.
  func fixBySeparateConstraints(_ column: ColumnDefinition) -> Finding.Fix? {
    guard case .alterTable(let alter) = statement.kind, let recipe = ColumnRecipe(adding: column, in: self) else {
      return nil
    }
    let isPartitioned = before.table(alter.relation.name)?.kind == .partitionedTable
    return Finding.Fix(
      "add the column without its constraints, and then each of them in a way that lets reads and writes go on",
      migrations: isPartitioned ? [] : recipe.constraintsApart
    )
  }
}
