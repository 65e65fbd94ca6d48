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
  /// A page for a browser.
  case html

  /// One sentence on what the format is for, for `--help`.
  package var summary: String {
    switch self {
    case .text: "code frames, locks and fixes, for people"
    case .compact: "path:line:column: risk: message [rule], one line a finding"
    case .json: "everything, for other programs"
    case .github: "annotations of a GitHub workflow"
    case .sarif: "SARIF 2.1.0, for code scanning"
    case .html: "one page for a browser: timeline, approvals, locks, fixes, the life of each table"
    }
  }

  /// Whether it tells what down migrations do, which takes as long as the rest.
  package var describesDowns: Bool { self == .json || self == .html }

  /// Passes on the report in chunks: text that ends with a line feed, or nothing where there is nothing to say.
  ///
  /// `rules` are the rules that ran; SARIF lists them, and the page says what they are about.
  package func write(
    _ report: Report,
    rules: [any Rule],
    style: ReportStyle = ReportStyle(),
    to output: @escaping ([UInt8]) -> Void
  ) {
    switch self {
    case .text: output(Array(TextReport(report, style: style).render().withoutCommands.utf8))
    case .compact: output(Array(CompactReport.render(report).withoutCommands.utf8))
    case .json: JSONReport.write(report, to: output)
    case .github: output(Array(GitHubReport.render(report).utf8))
    case .sarif: SARIFReport.write(report, rules: rules, to: output)
    case .html: HTMLReport.write(report, rules: rules, to: output)
    }
  }

  /// All of the report.
  package func render(_ report: Report, rules: [any Rule], style: ReportStyle = ReportStyle()) -> String {
    var bytes: [UInt8] = []
    write(report, rules: rules, style: style) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
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
