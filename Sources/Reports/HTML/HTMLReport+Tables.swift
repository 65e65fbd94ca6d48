import Catalog
import Execution
import Linting
import Syntax

/// The life of each table: every migration that touches it.
extension HTMLReport {
  /// Of more tables, only the lives are told that have several migrations.
  private static let mostTables = 1_000

  func writeTables(to html: inout HTMLWriter) {
    html.element(.section, .own("aria-labelledby", "tables")) { html in
      html.element(.h2, .id(.tables), text: "Tables")
      let isLong = page.tables.count > Self.mostTables
      var left = 0
      for (index, table) in page.tables.enumerated() {
        if isLong, table.steps.count < 2 || index - left >= Self.mostTables {
          left += 1
          continue
        }
        html.element(.details, .class("t"), .id(.table(index + 1))) { html in
          html.element(.summary) { html in
            html.element(.h3, text: table.name.displayName)
            html.space()
            html.element(.span, .class("quiet"), text: table.summary)
            drawLife(of: table, to: &html)
          }
          writeLife(of: table, to: &html)
        }
      }
      if left > 0 {
        html.element(
          .p,
          .class("quiet"),
          text: "and \(left.counted("other table")), most of them in one migration alone"
        )
      }
    }
  }

  private func writeLife(of table: TableLife, to html: inout HTMLWriter) {
    if !table.formerNames.isEmpty {
      html.element(
        .p,
        .class("quiet"),
        text: "before: \(table.formerNames.map(\.displayName).joined(separator: ", "))"
      )
    }
    html.element(.ol) { html in
      for step in table.steps {
        html.element(.li) { html in
          html.element(
            .a,
            .href(.migration(step.entry + 1)),
            text: page.migration(page.entries[step.entry]).title
          )
          html.space()
          if step.risk > .low { writeBadge(step.risk, to: &html) }
          html.element(.span, text: " \(step.sentence)")
        }
      }
    }
  }

  /// Where in the history the table is touched, and at which risk; the list says the same.
  private func drawLife(of table: TableLife, to html: inout HTMLWriter) {
    html.element(
      .svg,
      .text("viewBox", "0 0 \(page.entries.count) 1"),
      .own("preserveAspectRatio", "none"),
      .own("aria-hidden", "true")
    ) { html in
      for risk in Risk.allCases {
        let marks = table.steps.filter { $0.risk == risk }.map { "M\($0.entry) 0h1v1h-1z" }.joined()
        if !marks.isEmpty { html.path(risk.className, marks) }
      }
    }
  }
}

extension TableLife {
  /// In a few words.
  fileprivate var summary: String {
    let word = kind == .table ? "" : "\(kind.rawValue), "
    return word + steps.count.counted("migration") + (steps.last?.isRemoval == true ? ", gone" : "")
  }
}

extension TableLife.Step {
  fileprivate var sentence: String {
    var parts: [String] = []
    if !commands.isEmpty { parts.append(commands.list) }
    if !others.isEmpty { parts.append("locked by \(others.list) of others") }
    var sentence = parts.joined(separator: "; ")
    if let waiting = lock?.waiting { sentence += ": \(waiting) wait" }
    if !work.isEmpty { sentence += "; " + work.joined(separator: "; ") }
    return sentence
  }
}
