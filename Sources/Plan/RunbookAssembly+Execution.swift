import Execution
import Linting
import Reports
import Syntax

extension RunbookAssembly {
  func commands(for stage: Runbook.Stage, _ folder: String) -> [String] {
    guard let last = stage.migrations.last else { return [] }
    let values = values(at: last, folder, count: stage.migrations.count)
    let files = stage.migrations.map { migrations[$0].migration.path }
    return commands.up(values, isLast: last == migrations.count - 1, files: files)
  }

  /// What runs one migration and no other; where nothing does, the command of its stage and what to say of it.
  func command(at index: Int, _ folder: String) -> (lines: [String], note: String?) {
    if commands.runsOne {
      return (commands(for: Runbook.Stage(migrations: [index], waitsFor: []), folder), nil)
    }
    guard let position = stages.firstIndex(where: { $0.migrations.contains(index) }) else { return ([], nil) }
    let stage = stages[position]
    guard stage.migrations.first == index else {
      return ([], "It runs with the others of stage \(position + 1), by the command above.")
    }
    let count = stage.migrations.count
    return (commands(for: stage, folder), count > 1 ? "It runs all \(count) migrations of stage \(position + 1)." : nil)
  }

  func stageNote(at index: Int) -> String? {
    guard let position = stages.firstIndex(where: { $0.migrations.first == index && !$0.waitsFor.isEmpty }) else {
      return nil
    }
    return "Stage \(position + 1) begins here: all that it waits for is done (see Order of deployment)"
  }

  func tasksAfter(_ migration: MigrationReport, _ rows: RowChecks?) -> [Runbook.Task] {
    var tasks = (rows?.archives ?? []).map { archive in
      Runbook.Task(
        "As many rows as were expected before it are in \(MarkdownText.span(archive.archive.displayName))"
          + "\(archive.mayLeaveOut ? ", or fewer by those that ON CONFLICT left out" : ""): ____",
        .sql(archive.after + ";")
      )
    }
    let filled = migration.statements.filter(\.fillsRows).flatMap(\.effects.visibleToOthers)
      .filter { $0.lock == .rowExclusive && $0.kind != .index && $0.kind != .sequence }.map(\.relation)
    var seen: Set<QualifiedName> = []
    for table in filled where migration.replay?.after.catalog.tables[table] != nil && seen.insert(table).inserted {
      tasks.append(
        Runbook.Task(
          "Rows of \(MarkdownText.span(table.displayName)) look right",
          .sql("SELECT * FROM \(table) LIMIT 10;")
        )
      )
    }
    return tasks
      + newIndexes(of: migration).map { index in
        Runbook.Task(
          "Queries use \(MarkdownText.span(index.name.displayName)): the number grows, within hours of the usual load",
          .sql(PreparationQueries.indexUse(index.name))
        )
      }
  }

  /// An index on a table that others use, of columns alone.
  struct NewIndex {
    let name: QualifiedName
    let table: QualifiedName
    let columns: [String]
  }

  func newIndexes(of migration: MigrationReport) -> [NewIndex] {
    migration.statements.compactMap { statement in
      guard case .createIndex(let index) = statement.statement.kind, let name = index.name, index.method == "btree",
        index.predicate == nil,
        let table = statement.effects.visibleToOthers.first(where: { $0.kind != .index })?.relation
      else { return nil }
      let columns = index.elements.compactMap { element in
        if case .column(let column) = element.key { column } else { nil }
      }
      guard columns.count == index.elements.count else { return nil }
      return NewIndex(name: QualifiedName(schema: table.schema, name), table: table, columns: columns + index.including)
    }
  }
}
