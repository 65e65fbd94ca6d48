import Linting
import Syntax

/// The report as one page that needs nothing else: for those who must say yes, and for those who run the migrations.
///
/// Its script sorts, filters and unfolds; what every page has is ``PageFrame``.
struct HTMLReport {
  let page: Page
  /// What each rule is about, in a sentence.
  let summaries: [String: String]

  static func write(_ report: Report, rules: [any Rule], to output: @escaping ([UInt8]) -> Void) {
    let summaries = Dictionary(rules.map { ($0.id, $0.summary) }) { first, _ in first }
    let report = HTMLReport(page: Page(report), summaries: summaries)
    let frame = PageFrame(
      title: "\(report.page.title): \(report.page.report.risk.rawValue) risk",
      toolVersion: report.page.report.toolVersion,
      scripts: [script]
    )
    frame.write(to: output) { report.writeBody(to: &$0) }
  }

  static let script = PageFrame.Resource(PageScript.text, digest: PageScript.digest)

  private func writeBody(to html: inout HTMLWriter) {
    html.element(.a, .class("skip"), .href(.migrations), text: "Skip to the migrations")
    html.element(.header) { writeHeader(to: &$0) }
    html.element(.main) { html in
      writeRisks(to: &html)
      if !page.entries.isEmpty {
        writeTimeline(to: &html)
        writeOverview(to: &html)
        writeDetails(to: &html)
      }
      if !page.tables.isEmpty { writeTables(to: &html) }
      writeIgnoredFiles(to: &html)
    }
    html.element(.footer) { html in
      html.element(.p) { html in
        html.text(
          "sqllint \(page.report.toolVersion), grammar of PostgreSQL \(page.report.grammarVersion), "
            + "judged for PostgreSQL \(page.report.policy.targetVersion). "
        )
        html.element(.code, text: "sqllint explain RULE")
        html.text(" says why a rule matters.")
      }
    }
  }

  // MARK: - What pieces share

  func writeBadge(_ risk: Risk, to html: inout HTMLWriter) {
    html.element(.b, .class(risk.className), text: risk.title)
  }

  /// A list of sentences, of which only the first ones are shown; how many others there are is said.
  func writeList(_ sentences: [String], most: Int = 12, to html: inout HTMLWriter) {
    html.element(.ul) { html in
      for sentence in sentences.prefix(most) { html.element(.li, text: sentence) }
      if sentences.count > most { html.element(.li, text: "and \(sentences.count - most) more") }
    }
  }

  // MARK: - The head of the page

  private func writeHeader(to html: inout HTMLWriter) {
    html.element(.div) { html in
      html.element(.p, .class("brand"), text: "sqllint")
      html.element(.h1, text: page.title)
      html.element(.p, .class("where")) { html in
        if !page.folder.isEmpty {
          html.element(.code, text: page.folder)
          html.space()
        }
        html.text(page.runners.joined(separator: ", "))
      }
      if !page.entries.isEmpty { writeNavigation(to: &html) }
    }
    PageFrame.writeThemes(to: &html)
  }

  private func writeNavigation(to html: inout HTMLWriter) {
    html.element(.nav, .own("aria-label", "Parts of the page")) { html in
      html.element(.a, .href(.timeline), text: "Timeline")
      html.element(.a, .href(.migrations), text: "Migrations")
      html.element(.a, .href(.details), text: "Details")
      if !page.tables.isEmpty { html.element(.a, .href(.tables), text: "Tables") }
    }
  }

  /// How many migrations have each risk, and who approves them.
  private func writeRisks(to html: inout HTMLWriter) {
    let report = page.report
    html.element(.section, .own("aria-label", "Verdict"), .class("verdict")) { html in
      if page.entries.isEmpty {
        html.element(.p, text: "There are no migrations to report.")
        return
      }
      html.element(.p, .class("lead")) { html in
        html.text("Highest risk: ")
        writeBadge(report.risk, to: &html)
        html.text(" To be approved by ")
        html.element(.b, text: report.approval)
        html.text("; downtime: \(report.policy.downtime(for: report.risk)).")
      }
      html.element(.div, .class("tiles")) { html in
        for risk in Risk.allCases.reversed() { writeTile(risk, to: &html) }
      }
      html.element(.p, .class("facts"), text: page.facts.joined(separator: " · "))
    }
  }

  private func writeTile(_ risk: Risk, to html: inout HTMLWriter) {
    let count = page.entries.count { page.migration($0).risk == risk }
    html.element(
      .button,
      .own("type", "button"),
      .class("tile"),
      .number("data-risk", risk.number),
      .own("aria-pressed", "false")
    ) { html in
      html.element(.span, .class("count"), text: String(count))
      writeBadge(risk, to: &html)
      html.element(.span, .class("who"), text: page.report.policy.approval(for: risk))
    }
  }

  private func writeIgnoredFiles(to html: inout HTMLWriter) {
    let ignored = page.report.ignored
    guard !ignored.isEmpty else { return }
    html.element(.details, .class("ignored")) { html in
      html.element(.summary, text: "Left out: \(ignored.count.counted("file"))")
      writeList(ignored.prefix(201).map { "\($0.path): \($0.reason)" }, most: 200, to: &html)
    }
  }
}

extension Page {
  /// `104 migrations`.
  var title: String { entries.count.counted("migration") }

  /// The runners, in the order in which they come.
  var runners: [String] {
    var known: Set<String> = []
    return entries.map { migration($0).migration.runner }.filter { known.insert($0).inserted }
  }

  /// What else is worth knowing at a glance.
  var facts: [String] {
    let found = counts.findings.values.reduce(0, +)
    let lasting = entries.count { !migration($0).isReversible }
    var facts = [counts.statements.counted("statement"), tables.count.counted("table"), found.counted("finding")]
    if counts.suppressed > 0 { facts.append("\(counts.suppressed) allowed") }
    if lasting > 0 { facts.append("\(lasting) not fully reversible") }
    if report.policy.failOn != nil || counts.failing > 0 {
      facts.append(
        counts.failing == 0 ? "the check passes" : "the check fails: \(counts.failing) of \(report.failingRisk)"
      )
    }
    return facts
  }
}
