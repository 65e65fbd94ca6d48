import Linting

/// What is printed besides a report that goes to a file: who must approve what, and whether the run fails.
package enum VerdictReport {
  package static func render(_ report: Report, style: ReportStyle) -> String {
    let parts = [DecisionTable(report, style: style).text, ReportSummary(report, style: style).verdict]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n").withoutCommands + "\n"
  }
}

/// How many findings there are of each rule, for whoever must decide where to begin.
package enum StatisticsReport {
  package static func render(_ report: Report, style: ReportStyle) -> String {
    let rules = ReportCounts(report).rules
    let paint = ANSIStyle(isOn: style.color)
    let table = TextTable(
      header: ["findings", "allowed", "risk", "rule"],
      rows: rules.map { [String($0.findings).leading(8), String($0.allowed).leading(7), $0.risk.rawValue, $0.id] },
      flexible: []
    )
    let lines = table.lines(columns: style.width) { cell, row, column in
      guard let row else { return paint(cell, .bold) }
      return column == 2 ? paint(cell, rules[row].risk) : cell
    }
    let parts = [rules.isEmpty ? "" : lines.joined(separator: "\n"), ReportSummary(report, style: style).verdict]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n").withoutCommands + "\n"
  }
}

extension String {
  /// The text at the right end of so many columns.
  fileprivate func leading(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
