import Linting
import Syntax

/// The end of the report for people: every migration with its risk, what was left out, and whether the run fails.
struct ReportSummary {
  private let report: Report
  private let style: ReportStyle
  private let paint: ANSIStyle

  init(_ report: Report, style: ReportStyle) {
    self.report = report
    self.style = style
    paint = ANSIStyle(isOn: style.color)
  }

  // MARK: - The table

  /// One row a migration that was judged; empty where there is none.
  var table: String {
    let judged = report.judged
    guard !judged.isEmpty else { return "" }
    let folder = commonFolder(of: judged)
    let table = TextTable(
      header: [
        folder.isEmpty ? "migration" : "migration in \(folder)", "risk", "downtime", "approval", "because of",
      ],
      rows: judged.map { migration in
        [
          String(migration.migration.path.visible.dropFirst(folder.count)),
          migration.risk.rawValue,
          report.policy.downtime(for: migration.risk).visible,
          report.policy.approval(for: migration.risk).visible,
          reason(for: migration),
        ]
      },
      flexible: [(4, 0), (0, 24), (2, 0)]
    )
    return table.lines(columns: style.width) { cell, row, column in
      guard let row else { return paint(cell, .bold) }
      return column == 1 ? paint(cell, judged[row].risk) : cell
    }.joined(separator: "\n")
  }

  /// The folder that all migrations are in, with its slash; empty where they are in several.
  private func commonFolder(of judged: [MigrationReport]) -> String {
    let folders = Set(
      judged.map { migration in
        let path = migration.migration.path.visible
        return path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
      }
    )
    return folders.count == 1 ? folders.first ?? "" : ""
  }

  /// What gives a migration its risk: a rule, or what a statement does that no rule objects to.
  private func reason(for migration: MigrationReport) -> String {
    guard migration.risk > .low else { return "" }
    let rules = migration.findings.filter { !$0.isSuppressed && $0.risk == migration.risk }.map(\.rule)
    if let first = rules.first {
      let others = Set(rules).count - 1
      return others > 0 ? "\(first) and \(others) more" : first
    }
    guard let statement = migration.statements.first(where: { $0.risk == migration.risk }) else { return "" }
    let line = migration.migration.script.source.location(of: statement.statement.range.lowerBound).line
    let reason = statement.reason.map { ": \($0.sentence.visible)" } ?? ""
    return "line \(line)\(reason)"
  }

  // MARK: - What was left out

  /// Files that are no migrations, by the reason; of many with the same reason only their number.
  var ignoredFiles: String {
    var reasons: [String] = []
    var paths: [String: [String]] = [:]
    for file in report.ignored {
      if paths[file.reason] == nil { reasons.append(file.reason) }
      paths[file.reason, default: []].append(file.path.visible)
    }
    return reasons.map { reason in
      let files = paths[reason] ?? []
      let shown = files.count <= 3 ? files.joined(separator: ", ") : "\(files.count) files"
      return "left out: \(shown) (\(reason.visible))"
    }.joined(separator: "\n")
  }

  // MARK: - The verdict

  var verdict: String {
    let counts = ReportCounts(report)
    var sentence = "\(counts.migrations.counted("migration")), \(counts.statements.counted("statement"))"
    if counts.downMigrations > 0 { sentence += ", \(counts.downMigrations.counted("down migration"))" }
    sentence += ": \(findings(counts))"
    if counts.suppressed > 0 { sentence += ", \(counts.suppressed) allowed" }
    if counts.known > 0 { sentence += ", \(counts.known) known from the baseline" }
    let approval = report.policy.approval(for: report.risk).visible
    let risk = "Highest risk: \(paint(report.risk.rawValue, report.risk)), to be approved by \(approval)."
    return ([sentence + "."] + (report.judged.isEmpty ? [] : [risk]) + [outcome(counts)]).joined(separator: "\n")
  }

  private func findings(_ counts: ReportCounts) -> String {
    let count = counts.findings.values.reduce(0, +)
    guard count > 0 else { return "no findings" }
    let parts = Risk.allCases.reversed().compactMap { risk in
      counts.findings[risk].map { paint("\($0) \(risk.rawValue)", risk) }
    }
    return "\(count.counted("finding")) (\(parts.joined(separator: ", ")))"
  }

  private func outcome(_ counts: ReportCounts) -> String {
    guard let limit = report.policy.failOn else { return "\(paint("Passes", .green)): findings do not fail this run." }
    let failing = counts.findings.filter { $0.key >= limit }.values.reduce(0, +)
    guard failing > 0 else { return "\(paint("Passes", .green)): no finding is of \(limit.orHigher)." }
    let files = report.migrations.count { $0.findings.contains { !$0.isSuppressed && $0.risk >= limit } }
    let verb = failing == 1 ? "is" : "are"
    return "\(paint("Fails", .boldRed)): \(failing.counted("finding")) in \(files.counted("file")) \(verb) of "
      + "\(limit.orHigher)."
  }
}

extension Risk {
  fileprivate var orHigher: String { self == .critical ? "critical risk" : "\(rawValue) risk or higher" }
}

extension Int {
  /// `1 file`, `2 files`.
  fileprivate func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
