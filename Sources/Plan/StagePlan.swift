import Linting
import Reports
import Syntax

/// Which migrations may run one right after the other, and what stands between the others: code that is deployed first, and
/// rows that are filled.
struct StagePlan {
  private(set) var stages: [Runbook.Stage] = []
  private let migrations: [MigrationReport]
  /// Columns that migrations so far have added, as `table.column`, so that code must write them before rows are filled.
  private var addedColumns: Set<String> = []
  private var hasBackfill = false

  init(_ migrations: [MigrationReport]) {
    self.migrations = migrations
    for index in migrations.indices { place(index) }
  }

  private mutating func place(_ index: Int) {
    let migration = migrations[index]
    let reasons = waits(for: migration)
    if reasons.isEmpty, let last = stages.indices.last {
      stages[last].migrations.append(index)
    } else {
      stages.append(Runbook.Stage(migrations: [index], waitsFor: reasons))
      hasBackfill = false
    }
    let last = stages.count - 1
    stages[last].phases = Phase.allCases.filter { stages[last].phases.contains($0) || migration.phases.contains($0) }
    note(migration)
  }

  private func waits(for migration: MigrationReport) -> [String] {
    var reasons: [String] = []
    let breaks = migration.statements.flatMap(\.effects.breaks)
    for breakage in breaks {
      reasons.append("Nowhere runs any more: \(MarkdownText.prose(breakage.runningCode)).")
    }
    // No code can write beforehand what this migration adds itself.
    let own = Set(migration.statements.flatMap { $0.statement.kind.addedColumns })
    for statement in migration.statements where !statement.effects.visibleToOthers.isEmpty {
      let filled = statement.statement.kind.filledColumns(in: statement).intersection(addedColumns)
      if !filled.isEmpty {
        let columns = filled.sorted().map(MarkdownText.span).joined(separator: ", ")
        reasons.append("Code that writes \(columns) runs everywhere, so that no new row is left out.")
      }
      for column in statement.statement.kind.requiredColumns where !own.contains(column) {
        let name = MarkdownText.span(column)
        reasons.append("Code that writes \(name) has run everywhere for 1 to 2 days, and no new row has NULL in it.")
      }
    }
    if migration.phases.contains(.contract), hasBackfill {
      reasons.append("The rows of the stage before are all filled: its checks are true.")
    }
    return reasons.uniqued
  }

  private mutating func note(_ migration: MigrationReport) {
    for statement in migration.statements {
      if !statement.effects.visibleToOthers.isEmpty { addedColumns.formUnion(statement.statement.kind.addedColumns) }
      let filled = statement.statement.kind.filledColumns(in: statement)
      addedColumns.subtract(filled)
      if !filled.isEmpty { hasBackfill = true }
    }
  }
}

extension StatementReport {
  /// Whether it writes into rows that others use.
  var fillsRows: Bool { !statement.kind.filledColumns(in: self).isEmpty }
}

extension Statement.Kind {
  /// The columns that it fills in rows that others use.
  fileprivate func filledColumns(in report: StatementReport) -> Set<String> {
    guard !report.effects.visibleToOthers.isEmpty else { return [] }
    let statements =
      switch self {
      case .anonymousBlock(let block): block.code.statements
      default: [self]
      }
    let updates = statements.compactMap { statement in
      if case .dataChange(.update(let update)) = statement { update } else { nil }
    }
    return Set(
      updates.flatMap { update in
        update.assignments.flatMap(\.columns).map { "\(update.relation.name.name).\($0)" }
      }
    )
  }

  fileprivate var addedColumns: [String] {
    guard case .alterTable(let alter) = self else { return [] }
    return alter.actions.compactMap { action in
      if case .addColumn(let column, _) = action.kind { "\(alter.relation.name.name).\(column.name)" } else { nil }
    }
  }

  /// The columns that must hold a value from now on.
  fileprivate var requiredColumns: [String] {
    guard case .alterTable(let alter) = self else { return [] }
    return alter.actions.compactMap { action in
      switch action.kind {
      case .setNotNull(let column): "\(alter.relation.name.name).\(column)"
      case .addConstraint(let constraint):
        if case .check(.isNotNull(.column(let column)), _) = constraint.kind, let name = column.name {
          "\(alter.relation.name.name).\(name)"
        } else {
          nil
        }
      default: nil
      }
    }
  }
}
