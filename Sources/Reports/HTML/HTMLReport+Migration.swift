import Catalog
import Execution
import Linting
import Syntax

/// What is told of each migration.
extension HTMLReport {
  func writeDetails(to html: inout HTMLWriter) {
    html.element(.section, .own("aria-labelledby", "details")) { html in
      html.element(.div, .class("bar")) { html in
        html.element(.h2, .id(.details), text: "Details")
        html.element(.button, .own("type", "button"), .own("id", "unfold"), .class("js"), text: "Unfold all")
      }
      for index in page.entries.indices { writeMigration(index, to: &html) }
    }
  }

  private func writeMigration(_ index: Int, to html: inout HTMLWriter) {
    let entry = page.entries[index]
    let migration = page.migration(entry)
    let content: (inout HTMLWriter) -> Void = { html in
      html.element(.summary) { html in
        html.element(.h3, text: migration.title)
        html.space()
        writeBadge(migration.risk, to: &html)
        html.element(.span, .class("quiet"), text: entry.approval)
      }
      html.element(.div, .class("body")) { html in
        writeDecision(of: migration, entry, to: &html)
        for finding in migration.findings where finding.statement == nil { write(finding, to: &html) }
        writeStatements(of: migration, number: index + 1, to: &html)
        writeLocks(of: migration, number: index + 1, to: &html)
        writeRollback(of: migration, entry, to: &html)
      }
    }
    if hasFewMigrations {
      html.element(.details, .class("m"), .id(.migration(index + 1)), .flag("open"), content: content)
    } else {
      html.element(.details, .class("m"), .id(.migration(index + 1)), content: content)
    }
  }

  // MARK: - The decision

  private func writeDecision(of migration: MigrationReport, _ entry: Page.Entry, to html: inout HTMLWriter) {
    html.element(.dl, .class("decision")) { html in
      writeTerm("Approval", entry.approval, to: &html)
      writeTerm("Downtime", entry.downtime, to: &html)
      writeTerm("Phase", migration.phases.map(\.rawValue).joined(separator: ", "), to: &html)
      writeTerm("Runner", migration.migration.runningWords, to: &html)
      writeTerm("File", migration.migration.path, to: &html)
    }
    if let reason = migration.migration.unreadable {
      html.element(.p, text: "The file could not be read: \(reason)")
    }
    let reasons = migration.reasons
    guard !reasons.isEmpty else { return }
    html.element(.h4, text: "Why")
    html.element(.ul, .class("reasons")) { html in
      for reason in reasons.prefix(12) {
        html.element(.li) { html in
          writeBadge(reason.risk, to: &html)
          html.text(" \(reason.words)")
          if !reason.places.isEmpty { html.element(.span, .class("quiet"), text: " \(reason.places)") }
        }
      }
      if reasons.count > 12 { html.element(.li, text: "and \(reasons.count - 12) more") }
    }
  }

  private func writeTerm(_ term: String, _ text: String, to html: inout HTMLWriter) {
    guard !text.isEmpty else { return }
    html.element(.div) { html in
      html.element(.dt, text: term)
      html.element(.dd, text: text)
    }
  }

  // MARK: - Findings

  func write(_ finding: Finding, to html: inout HTMLWriter) {
    html.element(.div, .class(finding.isSuppressed ? "finding allowed" : "finding")) { html in
      html.element(.p) { html in
        writeBadge(finding.risk, to: &html)
        html.text(" \(finding.message.description) ")
        html.element(.code, .class("rule"), text: finding.rule)
      }
      if finding.isSuppressed {
        html.element(.p, text: "Allowed: \(finding.suppressionReason ?? "no reason is given")")
      }
      guard let fix = finding.fix else { return }
      html.element(.p, .class("fix")) { html in
        html.element(.b, text: "Instead: ")
        html.text(fix.advice)
      }
      let sql = fix.numberedSQL.joined(separator: "\n\n")
      if !sql.isEmpty { html.code(.pre, .class("copy"), text: sql) }
    }
  }

  // MARK: - The way back

  private func writeRollback(of migration: MigrationReport, _ entry: Page.Entry, to html: inout HTMLWriter) {
    guard migration.migration.direction == .up, !migration.migration.isRepeatable else { return }
    html.element(.h4, text: "Rollback")
    if migration.isReversible {
      html.element(.p, text: "The down migration restores everything.")
    } else {
      html.element(.p, text: "Not everything comes back:")
      writeList(migration.irreversibility.map(\.sentence), to: &html)
    }
    guard let down = entry.down.map({ page.report.migrations[$0] }), !down.statements.isEmpty else { return }
    for finding in down.findings { write(finding, to: &html) }
    var known: Set<String> = []
    let locks = down.statements.flatMap(\.lockSentences).filter { known.insert($0).inserted }
    if !locks.isEmpty {
      html.element(.p, text: "It locks:")
      writeList(locks, most: 6, to: &html)
    }
    html.element(.details) { html in
      html.element(.summary, text: "Down migration \(down.migration.path)")
      let source = down.migration.script.source
      var code = ""
      for statement in down.statements {
        if !code.isEmpty { code += "\n" }
        code += source[statement.statement.range] + ";"
        if code.utf8.count > Self.mostCode { break }
      }
      writeCode(code, to: &html)
    }
  }
}

extension Migration {
  /// The runner, and how it sends the statements.
  fileprivate var runningWords: String {
    switch transactionMode {
    case .implicit: "\(runner), all statements in one query"
    case .wrapped: "\(runner), in one transaction"
    case .split: "\(runner), in one transaction as far as PostgreSQL allows"
    case .none: "\(runner), each statement in a transaction of its own"
    }
  }
}

/// What gives a migration a risk of Medium or more.
private struct Reason {
  let risk: Risk
  let words: String
  var statements: [Int]

  /// `statements 1, 4 and 7`.
  var places: String {
    let numbers = statements.prefix(6).map { String($0 + 1) }
    guard !numbers.isEmpty else { return "" }
    let rest = statements.count > numbers.count ? " …" : ""
    return "(\(statements.count == 1 ? "statement" : "statements") \(numbers.joined(separator: ", "))\(rest))"
  }
}

extension MigrationReport {
  /// Highest first; the same rule once, with the statements that it is about.
  fileprivate var reasons: [Reason] {
    var reasons: [Reason] = []
    var known: [String: Int] = [:]
    func add(_ risk: Risk, _ words: String, at statement: Int?) {
      let key = "\(risk.rawValue) \(words)"
      if let index = known[key] {
        if let statement, reasons[index].statements.last != statement { reasons[index].statements.append(statement) }
      } else {
        known[key] = reasons.count
        reasons.append(Reason(risk: risk, words: words, statements: statement.map { [$0] } ?? []))
      }
    }
    for finding in findings where finding.risk > .low {
      let allowed = finding.isSuppressed ? ", allowed: \(finding.suppressionReason ?? "no reason is given")" : ""
      add(finding.risk, finding.rule + allowed, at: finding.statement)
    }
    for (index, statement) in statements.enumerated() {
      if statement.risk > .low, let reason = statement.reason { add(statement.risk, reason.sentence, at: index) }
    }
    return reasons.enumerated().sorted {
      $0.element.risk == $1.element.risk ? $0.offset < $1.offset : $0.element.risk > $1.element.risk
    }.map(\.element)
  }
}
