import Analysis
import Syntax

extension Rollback {
  /// Runs the down migration in the schema `after` the migration, and compares with the one `before` it.
  init(of pair: MigrationPair, effects: [StatementEffects], from after: Schema, to before: Schema?) {
    var differences: [SchemaDifference] = []
    var refused: Int?
    if let down = pair.down, let before, down.unreadable == nil, down.script.errors.isEmpty,
      pair.up.script.errors.isEmpty
    {
      var schema = after
      refused = schema.attempt(down)
      differences = schema.differences(from: before)
    }
    self.init(
      up: pair.up,
      effects: effects,
      down: pair.down,
      refused: refused,
      differences: differences,
      overwritten: before.map { pair.up.overwrittenColumns(since: $0, upTo: after) } ?? []
    )
  }
}

extension Migration {
  /// The columns that its UPDATEs write and that were there `before` with values of their own.
  fileprivate func overwrittenColumns(since before: Schema, upTo after: Schema) -> [OverwrittenColumn] {
    var found: [OverwrittenColumn] = []
    for statement in script.statements {
      guard case .dataChange(.update(let update)) = statement.kind else { continue }
      let table = before.qualified(update.relation.name)
      for column in update.assignments.flatMap(\.columns) {
        let isNew = before.tables[table].map { !$0.mayHave(column) } ?? (after.tables[table]?.isAssumed == false)
        let item = OverwrittenColumn(column: column, table: table)
        if !isNew, !found.contains(item) { found.append(item) }
      }
    }
    return found
  }
}
