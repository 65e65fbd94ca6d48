import Catalog
import Execution
import Syntax

extension Rollback {
  /// Compares the database after the migration and its down migration with the one `before` both; `rollback` is the down
  /// migration's run, `after` the database between them.
  init(of pair: MigrationPair, _ run: MigrationRun, _ rollback: RollbackRun?, from after: Database, to before: Database)
  {
    var differences: [CatalogDifference] = []
    var refused: RefusedStatement?
    if let down = pair.down, let rollback, down.unreadable == nil, down.script.errors.isEmpty,
      pair.up.script.errors.isEmpty, run.firstRefused == nil
    {
      refused = rollback.run.firstRefused
      differences = rollback.after.catalog.differences(from: before.catalog)
    }
    self.init(
      up: pair.up,
      effects: run.statements.map(\.effects),
      down: pair.down,
      refused: refused,
      differences: differences,
      overwritten: pair.down == nil ? [] : pair.up.overwrittenColumns(since: before, upTo: after)
    )
  }
}

extension Migration {
  /// The columns that its UPDATEs write and that were there `before` with values of their own.
  fileprivate func overwrittenColumns(since before: Database, upTo after: Database) -> [OverwrittenColumn] {
    var found: [OverwrittenColumn] = []
    var known: Set<OverwrittenColumn> = []
    for statement in script.statements {
      guard case .dataChange(.update(let update)) = statement.kind else { continue }
      let table = before.qualified(update.relation.name)
      for column in update.assignments.flatMap(\.columns) {
        let isNew =
          before.catalog.tables[table].map { !before.catalog.mayHave(column, $0) }
          ?? (after.catalog.tables[table]?.isAssumed == false)
        let item = OverwrittenColumn(column: column, table: table)
        if !isNew, known.insert(item).inserted { found.append(item) }
      }
    }
    return found
  }
}
