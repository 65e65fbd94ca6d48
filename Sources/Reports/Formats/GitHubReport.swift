import Linting
import Syntax

/// Workflow commands that GitHub shows as annotations of a pull request: first who must approve which migration, then the
/// findings, the highest risk first.
///
/// Source: GitHub's documentation, "Workflow commands for GitHub Actions"; the escapes are those of
/// `@actions/core`, `command.ts`.
enum GitHubReport {
  fileprivate enum Level: String {
    case error, warning, notice

    /// How many of a step GitHub shows.
    ///
    /// Source: GitHub's documentation, "Usage limits" of annotations: ten errors and ten warnings a step; as many notices
    /// are shown, of which the count of the rest takes one.
    var maximum: Int { self == .notice ? 9 : 10 }
  }

  static func render(_ report: Report, style: ReportStyle) -> String {
    let problems = report.decisionProblems + report.findingProblems.sorted { $0.risk > $1.risk }
    var text = ""
    var shown: [Level: Int] = [:]
    var rest = (migrations: 0, findings: 0)
    for problem in problems {
      let level = problem.level
      guard shown[level, default: 0] < level.maximum else {
        if problem.isDecision { rest.migrations += 1 } else { rest.findings += 1 }
        continue
      }
      shown[level, default: 0] += 1
      text += command(for: problem, level, style)
      text += "\n"
    }
    return text + note(on: rest)
  }

  /// What GitHub would leave out without a word.
  private static func note(on rest: (migrations: Int, findings: Int)) -> String {
    let parts = [(rest.migrations, "migration"), (rest.findings, "finding")].filter { $0.0 > 0 }
      .map { $0.0.counted($0.1) }
    guard !parts.isEmpty else { return "" }
    return "::\(Level.notice) title=sqllint::Not shown here: \(parts.joined(separator: " and ")). GitHub shows ten "
      + "annotations of a kind; the summary of the job has them all.\n"
  }

  private static func command(
    for problem: Problem,
    _ level: Level,
    _ style: ReportStyle
  ) -> String {
    let start = problem.source.location(of: problem.range.lowerBound)
    let end = problem.source.location(of: problem.range.upperBound)
    var properties = [
      ("file", style.servicePath(problem.source.path)), ("line", String(start.line)), ("endLine", String(end.line)),
    ]
    // GitHub's runner drops the columns of an annotation that spans lines, and warns.
    if start.line == end.line {
      properties += [("col", String(start.column)), ("endColumn", String(end.column))]
    }
    properties.append(("title", "\(problem.risk.rawValue) risk: \(problem.name)"))
    let list = properties.map { "\($0)=\(escaped(property: $1))" }.joined(separator: ",")
    return "::\(level) \(list)::\(escaped(data: body(of: problem)))"
  }

  /// The message and the fix, on lines of their own.
  private static func body(of problem: Problem) -> String {
    var lines = [problem.message.visible]
    if let fix = problem.fix {
      lines += fix.advice.visibleLines
      lines += fix.numberedSQL.flatMap(\.visibleLines)
    }
    lines += problem.details
    if !problem.isDecision { lines.append("sqllint explain \(problem.name)") }
    return lines.joined(separator: "\n")
  }

  private static func escaped(data text: String) -> String {
    text.withoutCommands.replacing { Self.dataEscapes[$0] }
  }

  private static func escaped(property text: String) -> String {
    text.visible.withoutCommands.replacing { Self.propertyEscapes[$0] }
  }

  private static let dataEscapes: [Unicode.Scalar: String] = ["%": "%25", "\r": "%0D", "\n": "%0A"]
  private static let propertyEscapes = dataEscapes.merging([":": "%3A", ",": "%2C"]) { $1 }
}

extension Problem {
  /// What fails the run is an error.
  fileprivate var level: GitHubReport.Level { fails ? .error : risk == .low ? .notice : .warning }
}
