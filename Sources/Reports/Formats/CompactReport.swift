import Linting
import Syntax

/// `path:line:column: risk: message [rule]`, one line a finding.
enum CompactReport {
  static func render(_ report: Report) -> String {
    var text = ""
    for migration in report.migrations where !migration.findings.isEmpty {
      for finding in migration.findings where !finding.isSuppressed {
        let (source, range) = migration.migration.script.source.file(of: finding.range)
        let start = source.location(of: range.lowerBound)
        text += source.path.visible
        text += ":"
        text += String(start.line)
        text += ":"
        text += String(start.column)
        text += ": "
        text += finding.risk.rawValue
        text += ": "
        text += finding.message.description.visible
        text += " ["
        text += finding.rule
        text += "]\n"
      }
    }
    return text
  }
}
