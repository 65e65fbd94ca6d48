import Linting

/// The formats of a report; the raw value is the name on the command line.
package enum ReportFormat: String, CaseIterable, Sendable {
  /// For people at a terminal.
  case text
  /// One line a finding.
  case compact
  /// The contract for other programs.
  case json
  /// Annotations of a GitHub workflow.
  case github
  /// SARIF 2.1.0, for code scanning.
  case sarif

  /// One sentence on what the format is for, for `--help`.
  package var summary: String {
    switch self {
    case .text: "code frames, locks and fixes, for people"
    case .compact: "path:line:column: risk: message [rule], one line a finding"
    case .json: "everything, for other programs"
    case .github: "annotations of a GitHub workflow"
    case .sarif: "SARIF 2.1.0, for code scanning"
    }
  }

  /// The report as text that ends with a line feed, or is empty where there is nothing to say.
  ///
  /// `rules` are the rules that ran; only SARIF lists them.
  package func render(_ report: Report, rules: [any Rule], style: ReportStyle = ReportStyle()) -> String {
    switch self {
    case .text: TextReport(report, style: style).render()
    case .compact: CompactReport.render(report)
    case .json: JSONReport.render(report)
    case .github: GitHubReport.render(report)
    case .sarif: SARIFReport.render(report, rules: rules)
    }
  }
}

/// How a report is laid out; formats for programs ignore it.
package struct ReportStyle: Hashable, Sendable {
  /// Whether ANSI colours are wanted.
  package var color: Bool
  /// The columns to fill; `nil` where the output is no terminal.
  package var width: Int?
  /// Leaves out everything but findings.
  package var isQuiet: Bool

  package init(color: Bool = false, width: Int? = nil, isQuiet: Bool = false) {
    self.color = color
    self.width = width
    self.isQuiet = isQuiet
  }

  /// The columns to fill: never so few that nothing fits.
  var columns: Int { max(width ?? 120, 40) }

  /// The columns of running text, which is hard to read in long lines.
  var proseColumns: Int { min(columns, 100) }
}
