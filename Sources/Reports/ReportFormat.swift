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
  /// A comment for a pull request.
  case markdown
  /// GitLab's Code Quality report.
  case gitlab
  /// JUnit's XML.
  case junit
  /// Checkstyle's XML.
  case checkstyle
  /// Reviewdog's diagnostic format.
  case rdjson
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
    case .markdown: "a comment for a pull request, with boxes to tick"
    case .gitlab: "GitLab's Code Quality report"
    case .junit: "JUnit's XML, for services that show tests"
    case .checkstyle: "Checkstyle's XML, for services and editors"
    case .rdjson: "Reviewdog's diagnostic format"
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
    case .compact: output(Array(CompactReport.render(report, style: style).withoutCommands.utf8))
    case .json: JSONReport.write(report, to: output)
    case .github: output(Array(GitHubReport.render(report, style: style).utf8))
    case .sarif: SARIFReport.write(report, rules: rules, style: style, to: output)
    case .markdown: output(Array(MarkdownReport.render(report, style: style).utf8))
    case .gitlab: GitLabReport.write(report, style: style, to: output)
    case .junit: JUnitReport.write(report, style: style, to: output)
    case .checkstyle: CheckstyleReport.write(report, style: style, to: output)
    case .rdjson: ReviewdogReport.write(report, rules: rules, style: style, to: output)
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

/// How a report is laid out; formats for programs ignore all but the repository.
package struct ReportStyle: Hashable, Sendable {
  /// Whether ANSI colours are wanted.
  package var color: Bool
  /// The columns to fill; `nil` where the output is no terminal.
  package var width: Int?
  /// Leaves out everything but findings.
  package var isQuiet: Bool
  /// Where the repository is, for services that know its files; `nil` where there is none.
  package var repository: RepositoryPaths?

  package init(
    color: Bool = false,
    width: Int? = nil,
    isQuiet: Bool = false,
    repository: RepositoryPaths? = nil
  ) {
    self.color = color
    self.width = width
    self.isQuiet = isQuiet
    self.repository = repository
  }

  /// The columns to fill: never so few that nothing fits.
  var columns: Int { max(width ?? 120, 40) }

  /// The columns of running text, which is hard to read in long lines.
  var proseColumns: Int { min(columns, 80) }
}
