import Linting
import Syntax

/// The timeline and the table of all migrations.
extension HTMLReport {
  /// So few that each has room for its name.
  private static let fewMigrations = 12

  var hasFewMigrations: Bool { page.entries.count <= Self.fewMigrations }

  // MARK: - The timeline

  func writeTimeline(to html: inout HTMLWriter) {
    html.element(.section, .own("aria-labelledby", "timeline")) { html in
      html.element(.h2, .id(.timeline), text: "Timeline")
      if hasFewMigrations {
        writeSteps(to: &html)
      } else {
        html.element(.div, .class("periods")) { html in
          for period in page.periods { writePeriod(period, to: &html) }
        }
        html.element(
          .p,
          .own("id", "caption"),
          text: "Each bar is a migration, in the order in which they run. The taller, the riskier."
        )
      }
    }
  }

  private func writePeriod(_ period: Page.Period, to html: inout HTMLWriter) {
    html.element(.div, .class("period")) { html in
      if !period.title.isEmpty { html.element(.h3, text: period.title) }
      html.element(.ol, .class("bars")) { html in
        for index in period.entries {
          let migration = page.migration(page.entries[index])
          html.element(.li) { html in
            html.element(
              .a,
              .class(migration.risk.className),
              .href(.migration(index + 1)),
              .text("aria-label", "\(migration.title), \(migration.risk.rawValue) risk")
            ) { _ in }
          }
        }
      }
    }
  }

  /// Each with its name and what it takes.
  private func writeSteps(to html: inout HTMLWriter) {
    html.element(.ol, .class("steps")) { html in
      for (index, entry) in page.entries.enumerated() {
        let migration = page.migration(entry)
        html.element(.li, .class(migration.risk.className)) { html in
          html.element(.a, .href(.migration(index + 1)), text: migration.title)
          html.element(.p) { html in
            writeBadge(migration.risk, to: &html)
            html.text(" \(entry.decision.approval)")
            if let signOff = entry.decision.signOff, signOff.isAsked { html.text(" (\(signOff.sentence))") }
          }
          if !migration.phases.isEmpty {
            html.element(.p, .class("quiet"), text: migration.phases.map(\.rawValue).joined(separator: ", "))
          }
          if let reason = entry.decision.grounds.first {
            html.element(.p, .class("quiet"), text: words(for: reason))
          }
        }
      }
    }
  }

  // MARK: - The table

  func writeOverview(to html: inout HTMLWriter) {
    html.element(.section, .own("aria-labelledby", "migrations")) { html in
      html.element(.h2, .id(.migrations), text: "Migrations")
      writeFilter(to: &html)
      html.element(.table, .own("id", "overview"), .own("aria-labelledby", "migrations")) { html in
        html.element(.thead) { html in
          html.element(.tr) { html in
            for title in titles { html.element(.th, .own("scope", "col"), text: title) }
          }
        }
        html.element(.tbody) { html in
          for index in page.entries.indices { writeRow(index, to: &html) }
        }
      }
    }
  }

  private var titles: [String] {
    ["Migration", "Risk", "Approval", "Downtime", "Phase", "Tables", "Findings", "Rollback"]
      + (page.runners.count > 1 ? ["Runner"] : [])
  }

  private func writeRow(_ index: Int, to html: inout HTMLWriter) {
    let entry = page.entries[index]
    let migration = page.migration(entry)
    let phases = migration.phases.map(\.rawValue).joined(separator: " ")
    let names = entry.tables.prefix(3).map { page.tables[$0].name.displayName }
    let others = entry.tables.count - names.count
    let allowed = migration.findings.count(where: \.isSuppressed)
    html.element(
      .tr,
      .number("data-r", migration.risk.number),
      .text("data-p", phases),
      .text("data-a", entry.decision.approvers.compactMap { page.approverNumbers[$0] }.numberList),
      .text("data-t", entry.tables.map { $0 + 1 }.numberList)
    ) { html in
      html.element(.th, .own("scope", "row")) { html in
        html.element(.a, .href(.migration(index + 1)), text: migration.title)
      }
      html.element(.td) { writeBadge(migration.risk, to: &$0) }
      html.element(.td, text: entry.decision.approval)
      html.element(.td, text: entry.decision.downtime)
      html.element(.td, text: phases)
      html.element(.td, text: names.joined(separator: ", ") + (others > 0 ? " and \(others) more" : ""))
      html.element(
        .td,
        text: "\(migration.findings.count - allowed)" + (allowed > 0 ? " (and \(allowed) allowed)" : "")
      )
      html.element(.td, text: migration.rollbackWord)
      if page.runners.count > 1 { html.element(.td, text: migration.migration.runner) }
    }
  }

  // MARK: - The filter

  private func writeFilter(to html: inout HTMLWriter) {
    html.element(.form, .own("id", "filter"), .class("js"), .own("role", "search")) { html in
      writeField("Search", to: &html) { html in
        html.void(.input, .own("type", "search"), .own("name", "q"), .own("autocomplete", "off"))
      }
      writeField("Risk", to: &html) { html in
        html.element(.select, .own("name", "risk")) { html in
          html.element(.option, .own("value", ""), text: "any")
          html.element(.option, .own("value", "23"), text: "high or critical")
          for risk in Risk.allCases.reversed() {
            html.element(.option, .number("value", risk.number), text: risk.rawValue)
          }
        }
      }
      writeField("Approver", to: &html) { html in
        html.element(.select, .own("name", "approver")) { html in
          html.element(.option, .own("value", ""), text: "any")
          for (index, name) in page.approverNames.enumerated() {
            html.element(.option, .number("value", index), text: name)
          }
        }
      }
      writeField("Phase", to: &html) { html in
        html.element(.select, .own("name", "phase")) { html in
          html.element(.option, .own("value", ""), text: "any")
          for phase in Phase.allCases { html.element(.option, text: phase.rawValue) }
        }
      }
      if page.runners.count > 1 {
        writeField("Runner", to: &html) { html in
          html.element(.select, .own("name", "runner")) { html in
            html.element(.option, .own("value", ""), text: "any")
            for runner in page.runners { html.element(.option, text: runner) }
          }
        }
      }
      writeField("Table", to: &html) { html in
        html.void(
          .input,
          .own("name", "table"),
          .own("list", "names"),
          .own("autocomplete", "off"),
          .own("placeholder", "any")
        )
      }
      html.element(.button, .own("type", "reset"), text: "Show all")
      html.element(.output, .own("id", "shown"), .own("aria-live", "polite")) { _ in }
    }
  }

  private func writeField(
    _ title: String,
    to html: inout HTMLWriter,
    _ control: (inout HTMLWriter) -> Void
  ) {
    html.element(.label) { html in
      html.element(.span, text: title)
      control(&html)
    }
  }
}

extension [Int] {
  fileprivate var numberList: String { map(String.init).joined(separator: " ") }
}

extension MigrationReport {
  /// Whether its down migration brings everything back, in a word.
  var rollbackWord: String {
    if migration.direction == .down || migration.isRepeatable { return "–" }
    if isReversible { return "complete" }
    return irreversibility.contains(.noDownMigration) ? "none" : "partial"
  }
}
