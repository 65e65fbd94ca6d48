import Linting
import Syntax

/// A comment for a pull request: who must approve what, with a box for each to tick, and the findings folded.
package struct MarkdownReport {
  /// How each comment begins, which nobody sees, so that the comment of an earlier run is found again.
  package static let marker = "<!-- sqllint: decision -->"

  /// What GitHub takes of a comment, in characters, and of a step's summary, in bytes; GitLab takes more. Bytes are
  /// counted for both.
  ///
  /// Source: the answer of GitHub's API, "body is too long (maximum is 65536 characters)"; its documentation, "Workflow
  /// commands", "Step isolation and limits" for the summary.
  package static let commentSize = 65_535
  package static let summarySize = 1_000_000

  private let report: Report
  private let style: ReportStyle
  private let verdicts: [Verdict]
  /// The bytes that the whole may have.
  private let size: Int
  private var text = ""
  private var leftOut = LeftOut()

  private struct LeftOut {
    var migrations = 0
    var findings = 0
  }

  package static func render(_ report: Report, style: ReportStyle, size: Int = commentSize) -> String {
    var markdown = MarkdownReport(report, style: style, size: size)
    return markdown.render()
  }

  private init(_ report: Report, style: ReportStyle, size: Int) {
    self.report = report
    self.style = style
    self.size = size
    verdicts = report.verdicts.byRisk
  }

  private mutating func render() -> String {
    text = "\(Self.marker)\n## \(title)\n"
    let asking = verdicts.filter(\.decision.asksForApproval)
    writeTable(of: asking)
    writeBoxes(for: asking)
    writeFindings()
    text += "\n\(ending(low: verdicts.count - asking.count))\n"
    return text.withoutCommands
  }

  private var title: String {
    guard let first = verdicts.first else { return "No migrations to judge" }
    let decision = first.decision
    guard decision.asksForApproval else { return "Migrations: low risk" }
    return "Migrations: \(decision.risk.rawValue) risk, to be approved by \(decision.approval.markdown)"
  }

  /// What is always there, at its longest.
  private static let reserve = 1_000

  /// Adds a part where it fits into a share of what there is room for.
  private mutating func add(_ part: String, share: Double = 1) -> Bool {
    guard text.utf8.count + part.utf8.count + Self.reserve <= Int(Double(size) * share) else { return false }
    text += part
    return true
  }

  // MARK: - Decisions

  /// One row a migration that somebody must approve.
  private mutating func writeTable(of verdicts: [Verdict]) {
    guard !verdicts.isEmpty else { return }
    text += "\n| risk | migration | approval | downtime | because of |\n|---|---|---|---|---|\n"
    for verdict in verdicts {
      let decision = verdict.decision
      let cells = [
        "**\(decision.risk.rawValue)**", path(of: verdict.migration.migration), decision.approval.shownName.markdown,
        decision.downtime.shownName.markdown, because(verdict).joined(separator: "<br>"),
      ]
      if !add("| \(cells.joined(separator: " | ")) |\n", share: Self.tableShare) { leftOut.migrations += 1 }
    }
  }

  private static let tableShare = 0.6

  private func path(of migration: Migration) -> String { style.servicePath(migration.path).shownName.markdownCode }

  private func because(_ verdict: Verdict) -> [String] {
    let causes = verdict.causes
    let shown = causes.prefix(5).map(\.summary.shownMessage.markdown)
    let others = causes.count > 5 ? ["and \(causes.count - 5) more"] : []
    let besides = [verdict.orderSentence, verdict.irreversibleSentence].compactMap(\.self).map(\.shownMessage.markdown)
    return shown + others + besides
  }

  /// A box for each approver, with the migrations that wait for it; ticked where those have it.
  private mutating func writeBoxes(for verdicts: [Verdict]) {
    struct Box: Hashable {
      let approver: String
      let isTicked: Bool
    }
    var boxes: [Box] = []
    var waiting: [Box: [Verdict]] = [:]
    for verdict in verdicts {
      let signOff = verdict.decision.signOff.flatMap { $0.isAsked ? $0 : nil }
      for approver in verdict.decision.approvers {
        let isTicked = signOff?.roles.contains { $0.name == approver && $0.isApproved } ?? false
        let box = Box(approver: approver, isTicked: isTicked)
        if waiting[box] == nil { boxes.append(box) }
        waiting[box, default: []].append(verdict)
      }
    }
    guard !boxes.isEmpty else { return }
    var text = "\n"
    for box in boxes {
      let names = (waiting[box] ?? []).map { path(of: $0.migration.migration) }
      let shown = names.prefix(5).joined(separator: ", ")
      let others = names.count > 5 ? " and \(names.count - 5) more" : ""
      let verb = box.isTicked ? "has approved" : "approves"
      text += "- [\(box.isTicked ? "x" : " ")] **\(box.approver.shownName.markdown)** \(verb) \(shown)\(others)\n"
    }
    var known: Set<String> = []
    let notes = verdicts.flatMap(\.signOffNotes).filter { known.insert($0).inserted }
    if !notes.isEmpty {
      text += "\n" + notes.prefix(10).map { "- \($0.shownMessage.markdown)\n" }.joined()
    }
    _ = add(text, share: Self.tableShare + 0.2)
  }

  // MARK: - Findings

  private mutating func writeFindings() {
    let problems = report.findingProblems.sorted { $0.risk > $1.risk }
    guard !problems.isEmpty else { return }
    text += "\n<details><summary>\(ReportCounts(report).sentence)</summary>\n"
    for problem in problems where !add(block(for: problem)) { leftOut.findings += 1 }
    text += "\n</details>\n"
  }

  private func block(for problem: Problem) -> String {
    let place = problem.source.location(of: problem.range.lowerBound)
    let path = "\(style.servicePath(problem.source.path).shownName):\(place.line)".markdownCode
    let title = "**\(problem.risk.rawValue)** <code>\(problem.name)</code> \(path)"
    var parts = [title, problem.message.shownMessage.markdown]
    if let fix = problem.fix {
      parts.append("The safe way: \(fix.advice.visibleLines.map(\.markdown).joined(separator: "<br>"))")
      parts += fix.numberedSQL.map { $0.markdownBlock("sql") }
    }
    return "\n---\n\n\(parts.joined(separator: "\n\n"))\n"
  }

  // MARK: - The end

  private func ending(low: Int) -> String {
    var sentences: [String] = []
    if leftOut.migrations > 0 || leftOut.findings > 0 {
      let parts = [(leftOut.migrations, "migration"), (leftOut.findings, "finding")].filter { $0.0 > 0 }
        .map { $0.0.counted($0.1) }
      sentences.append("**\(parts.joined(separator: " and ")) did not fit in here: see the run's own output.**")
    }
    if low > 0 { sentences.append("\(low.counted("migration")) of low risk: the usual review.") }
    let allowed = ReportCounts(report).suppressed
    if allowed > 0 { sentences.append("\(allowed.counted("finding")) allowed by comments in the files.") }
    let waiting = verdicts.filter(\.decision.lacksApproval)
    if !waiting.isEmpty {
      var known: Set<String> = []
      let names = waiting.flatMap { $0.decision.signOff?.missing ?? [] }.filter { known.insert($0).inserted }
      let shown = names.prefix(10).map(\.shownName.markdown).joined(separator: ", ")
      let others = names.count > 10 ? " and \(names.count - 10) more" : ""
      sentences.append("**Approval is missing: \(shown)\(others).**")
    }
    if report.fails {
      sentences.append("The check fails: findings of \(report.failingRisk).")
    } else if report.policy.failOn == nil {
      sentences.append("Findings do not fail the check.")
    } else if waiting.isEmpty {
      sentences.append("The check passes: \(report.reasonToPass(ReportCounts(report))).")
    } else {
      sentences.append("Apart from that, \(report.reasonToPass(ReportCounts(report))).")
    }
    return sentences.joined(separator: "\n")
  }
}
