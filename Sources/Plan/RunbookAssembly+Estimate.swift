import Catalog
import Execution
import Linting
import Reports
import Syntax

extension RunbookAssembly {
  /// How long it takes, as far as rates and sizes are configured.
  var estimate: String {
    let works = migrations.flatMap(\.statements).filter(\.takesTime)
    if works.isEmpty { return "a moment for each statement: none works on rows" }
    let known = works.compactMap(\.estimatedSeconds)
    let unknown = works.count - known.count
    let measured = "____ (as measured on staging, see Before)"
    guard !known.isEmpty else { return measured }
    let total = "\(known.reduce(0, +).inWords) of work, by the configured rates"
    if unknown == 0 { return total }
    let others = unknown == 1 ? "one statement takes" : "\(unknown) statements take"
    return "\(total), and what \(others) that they do not tell: \(measured)"
  }

  /// Staging tells how long it takes, with as many rows.
  func stagingTask(_ lines: [String], _ folder: String) -> Runbook.Task {
    let downs = migrations.indices.reversed().map { downCommand(at: $0, folder) }
    let isUndone = !downs.isEmpty && !downs.contains(nil)
    let timed = lines.map { $0.hasPrefix("#") ? $0 : "time \($0)" }
    let works = migrations.flatMap(\.statements).contains(where: \.takesTime)
    return Runbook.Task(
      "It ran on staging with as many rows as production has\(isUndone ? ", up, down and up again" : ""); it took ____",
      detail: works ? "Time grows with the rows: the query of the sizes says on both servers how many there are." : nil,
      .sh(["# DATABASE_URL is staging's"] + timed + (isUndone ? downs.compactMap(\.self) + lines : []))
    )
  }

  // MARK: - Space

  /// What the disk must hold besides, as far as the files tell.
  var spaceTasks: [Runbook.Task] {
    let effects = migrations.flatMap(\.statements).flatMap(\.effects.visibleToOthers)
    let rewritten = effects.filter { $0.work.contains { $0.work == .rewrite } }.map(\.relation)
    var needs: [String] = []
    if !rewritten.isEmpty {
      let names = rewritten.map(size).uniqued.joined(separator: ", ")
      needs.append("what is rewritten lies there twice for a while, and once more as WAL: \(names)")
    }
    let indexed = effects.filter { $0.work.contains { $0.work == .indexBuild } }.map(\.relation)
    if !indexed.isEmpty {
      needs.append("an index needs its own size: \(indexed.map(size).uniqued.joined(separator: ", "))")
    }
    let sizes = Runbook.Task(
      "Disk space suffices, and 30 % of it stays free: "
        + (needs.isEmpty ? "nothing of this deployment needs much" : needs.joined(separator: "; ")),
      detail: "Free space: ____ (SQL does not tell: `df -h` on the server, or the provider's console)",
      .sql(PreparationQueries(relations: relations).sizes)
    )
    return [sizes]
      + migrations.flatMap(newIndexes).map { index in
        Runbook.Task(
          "Index \(MarkdownText.span(index.name.displayName)) will take about this much",
          .sql(PreparationQueries.indexSize(index.table, index.columns))
        )
      }
  }

  private func size(of table: QualifiedName) -> String {
    let name = MarkdownText.span(table.displayName)
    guard let bytes = report.policy.sizes[table]?.bytes else { return name }
    return "\(name) (\(bytes.inBytes) with its indexes)"
  }
}

extension StatementReport {
  /// Whether it works on rows that others use.
  fileprivate var takesTime: Bool {
    effects.visibleToOthers.contains { !$0.work.isEmpty } || (phase == .migrate && !effects.visibleToOthers.isEmpty)
  }
}

extension Int {
  /// Such as `12 GB`, in powers of 1,024 as PostgreSQL counts.
  fileprivate var inBytes: String {
    var number = Double(self)
    for unit in ["bytes", "kB", "MB", "GB"] {
      if number < 1_024 { return "\(Int(number.rounded())) \(unit)" }
      number /= 1_024
    }
    return "\(Int(number.rounded())) TB"
  }
}
