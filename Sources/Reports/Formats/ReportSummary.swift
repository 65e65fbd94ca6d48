import Linting
import Syntax

/// The end of the report for people: what was left out, and whether the run fails.
struct ReportSummary {
  private let report: Report
  private let style: ReportStyle
  private let paint: ANSIStyle

  init(_ report: Report, style: ReportStyle) {
    self.report = report
    self.style = style
    paint = ANSIStyle(isOn: style.color)
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
    let approval = report.approval.visible
    let risk = "Highest risk: \(paint(report.risk.rawValue, report.risk)), to be approved by \(approval)."
    return ([counted(counts)] + (report.judged.isEmpty ? [] : [risk]) + [outcome(counts)]).joined(separator: "\n")
  }

  /// What was read, and what was found in it, on a line of its own where there is no room.
  private func counted(_ counts: ReportCounts) -> String {
    var read = "\(counts.migrations.counted("migration")), \(counts.statements.counted("statement"))"
    if counts.downMigrations > 0 { read += ", \(counts.downMigrations.counted("down migration"))" }
    var others = counts.suppressed > 0 ? ", \(counts.suppressed) allowed" : ""
    if counts.known > 0 { others += ", \(counts.known) known from the baseline" }
    let width = "\(read): \(counts.sentence)\(others).".displayWidth
    let found = counts.sentence { paint($0, $1) } + "\(others)."
    return width > style.proseColumns ? "\(read):\n\(found)" : "\(read): \(found)"
  }

  private func outcome(_ counts: ReportCounts) -> String {
    guard counts.failing > 0 else {
      let waiting = report.verdicts.filter(\.decision.lacksApproval).count
      let passes = waiting > 0 ? paint("Waits for approval", .boldRed) : paint("Passes", .green)
      let unapproved = waiting > 0 ? "\(waiting.counted("migration")) \(waiting == 1 ? "lacks" : "lack") it; " : ""
      return "\(passes): \(unapproved)\(report.reasonToPass(counts))."
    }
    let verb = counts.failing == 1 ? "is" : "are"
    return "\(paint("Fails", .boldRed)): \(counts.failing.counted("finding")) in "
      + "\(counts.failingFiles.counted("file")) \(verb) of \(report.failingRisk)."
  }
}

extension Report {
  /// The risk of what makes a run fail: the lowest, where migrations differ.
  var failingRisk: String {
    let limits = migrations.filter { !failures(in: $0).isEmpty }.compactMap { policy(for: $0).failOn }
    return (limits.min() ?? policy.failOn ?? .critical).orHigher
  }

  /// Why nothing that is found makes the run fail.
  func reasonToPass(_ counts: ReportCounts) -> String {
    guard let limit = policy.failOn else { return "findings do not fail this run" }
    guard counts.advice > 0 else { return "no finding is of \(limit.orHigher)" }
    return counts.advice == 1
      ? "the one finding of \(limit.orHigher) is advice"
      : "the \(counts.advice) findings of \(limit.orHigher) are advice"
  }
}
