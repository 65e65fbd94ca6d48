import Linting
import Syntax

/// The head of the report for people: every migration that was judged, the riskiest first, with who must approve it and
/// under it what gives it its risk.
struct DecisionTable {
  private let report: Report
  private let style: ReportStyle
  private let paint: ANSIStyle

  init(_ report: Report, style: ReportStyle) {
    self.report = report
    self.style = style
    paint = ANSIStyle(isOn: style.color)
  }

  /// Empty where no migration was judged.
  var text: String {
    let verdicts = report.verdicts.byRisk
    guard !verdicts.isEmpty else { return "" }
    let asking = verdicts.filter(\.decision.asksForApproval)
    let low = verdicts.dropFirst(asking.count)
    let shown = low.count > Self.maximumLow ? asking : verdicts
    let folder = commonFolder(of: shown)
    let rows = shown.map { verdict in
      row(verdict.decision, String(verdict.migration.migration.path.visible.dropFirst(folder.count)))
    }
    // Of an old repository nearly all are of low risk.
    let rest =
      shown.count < verdicts.count ? low.first.map { [row($0.decision, low.count.counted("migration"))] } ?? [] : []
    let table = TextTable(
      header: ["risk", folder.isEmpty ? "migration" : "migration in \(folder)", "approval", "downtime"],
      rows: rows + rest,
      flexible: [(3, 0), (1, 24)]
    )
    let lines = table.lines(columns: style.width) { cell, row, column in
      guard let row else { return paint(cell, .bold) }
      return column == 0 ? paint(cell, row < shown.count ? shown[row].decision.risk : .low) : cell
    }
    let indent = String(repeating: " ", count: 2 + (table.rows + [table.header]).map { $0[0].count }.reduce(0, max))
    return lines.enumerated().flatMap { number, line in
      [line] + (number > 0 && number <= shown.count ? details(of: shown[number - 1], indent) : [])
    }.joined(separator: "\n")
  }

  /// More migrations of low risk are counted, not listed.
  private static let maximumLow = 10

  private func row(_ decision: Decision, _ name: String) -> [String] {
    [decision.risk.rawValue, name, decision.approval.visible, decision.downtime.visible]
  }

  /// What gives a migration its risk, what goes before it, and what is not undone.
  private func details(of verdict: Verdict, _ indent: String) -> [String] {
    guard verdict.decision.asksForApproval else { return [] }
    let causes = verdict.causes
    var sentences = [verdict.signOffSentence].compactMap(\.self) + verdict.signOffNotes
    sentences += causes.prefix(Self.maximumCauses).map(\.summary)
    if causes.count > Self.maximumCauses { sentences.append("and \(causes.count - Self.maximumCauses) more") }
    sentences += [verdict.orderSentence, verdict.irreversibleSentence].compactMap(\.self)
    return sentences.flatMap { sentence in
      sentence.wrapped(to: style.proseColumns - indent.count - 2).enumerated().map { number, line in
        indent + (number == 0 ? "" : "  ") + line
      }
    }
  }

  private static let maximumCauses = 4

  /// The folder that all migrations are in, with its slash; empty where they are in several.
  private func commonFolder(of verdicts: [Verdict]) -> String {
    let folders = Set(
      verdicts.map { verdict in
        let path = verdict.migration.migration.path.visible
        return path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
      }
    )
    return folders.count == 1 ? folders.first ?? "" : ""
  }
}
