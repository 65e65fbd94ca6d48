import Analysis
import Syntax

/// `path:line:column: risk: message [rule]`, one line a finding.
enum CompactReport {
  static func render(_ report: Report) -> String {
    var text = ""
    for migration in report.migrations where !migration.findings.isEmpty {
      let source = migration.migration.script.source
      let path = migration.migration.path.visible
      for finding in migration.findings where !finding.isSuppressed {
        let start = source.location(of: finding.range.lowerBound)
        text += path
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
