import Linting
import Syntax

/// `path:line:column: risk: message [rule]`, one line a finding, and behind those of a migration one on who must approve
/// it.
enum CompactReport {
  static func render(_ report: Report, style: ReportStyle) -> String {
    var text = ""
    for migration in report.migrations {
      for finding in migration.findings where !finding.isSuppressed {
        let (source, range) = migration.migration.script.source.file(of: finding.range)
        add(finding.message.description.visible, finding.risk, finding.rule, at: (source, range), to: &text)
      }
      guard !style.isQuiet, report.isUndecided(migration) else { continue }
      let verdict = migration.verdict(under: report.policy)
      guard verdict.decision.asksForApproval else { continue }
      add(verdict.approvalSentence, verdict.decision.risk, Decision.name, at: verdict.place, to: &text)
    }
    return text
  }

  private static func add(
    _ message: String,
    _ risk: Risk,
    _ rule: String,
    at place: (source: SourceText, range: Range<Int>),
    to text: inout String
  ) {
    let start = place.source.location(of: place.range.lowerBound)
    text += place.source.path.visible
    text += ":"
    text += String(start.line)
    text += ":"
    text += String(start.column)
    text += ": "
    text += risk.rawValue
    text += ": "
    text += message
    text += " ["
    text += rule
    text += "]\n"
  }
}
