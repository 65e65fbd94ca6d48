import Linting
import Syntax

/// Workflow commands that GitHub shows as annotations of a pull request.
///
/// Source: GitHub's documentation, "Workflow commands for GitHub Actions"; the escapes are those of
/// `@actions/core`, `command.ts`.
enum GitHubReport {
  static func render(_ report: Report) -> String {
    var text = ""
    for migration in report.migrations {
      for finding in migration.findings where !finding.isSuppressed {
        text += command(for: finding, in: migration, policy: report.policy)
        text += "\n"
      }
    }
    return text
  }

  private static func command(for finding: Finding, in migration: MigrationReport, policy: Policy) -> String {
    let (source, range) = migration.migration.script.source.file(of: finding.range)
    let start = source.location(of: range.lowerBound)
    let end = source.location(of: range.upperBound)
    var properties = [
      ("file", source.path),
      ("line", String(start.line)),
      ("endLine", String(end.line)),
    ]
    // GitHub's runner drops the columns of an annotation that spans lines, and warns.
    if start.line == end.line {
      properties += [("col", String(start.column)), ("endColumn", String(end.column))]
    }
    properties.append(("title", "\(finding.risk.rawValue) risk: \(finding.rule)"))

    let list = properties.map { "\($0)=\(escaped(property: $1))" }.joined(separator: ",")
    return
      "::\(finding.risk.annotation(by: policy)) \(list)::\(escaped(data: body(of: finding, policy: policy)))"
  }

  /// The message, who must approve, and the fix, on lines of their own.
  private static func body(of finding: Finding, policy: Policy) -> String {
    var lines = [
      finding.message.description.visible,
      "Approval: \(policy.approval(for: finding.risk))".visible,
    ]
    if let fix = finding.fix {
      lines += fix.advice.visibleLines
      lines += fix.numberedSQL.flatMap(\.visibleLines)
    }
    lines.append("sqllint explain \(finding.rule)")
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

extension Risk {
  /// What fails the run is an error.
  fileprivate func annotation(by policy: Policy) -> String {
    policy.fails(self) ? "error" : self == .low ? "notice" : "warning"
  }
}
