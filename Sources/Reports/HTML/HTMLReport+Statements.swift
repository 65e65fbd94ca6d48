import Catalog
import Execution
import Linting
import Syntax

/// The statements of a migration, and the locks of its transactions.
extension HTMLReport {
  /// The statements of low risk and without findings that are shown of one migration in full.
  private static let mostQuiet = 60

  func writeStatements(
    of migration: MigrationReport,
    number: Int,
    isBrief: Bool,
    to html: inout HTMLWriter
  ) {
    guard !migration.statements.isEmpty else { return }
    let findings = Dictionary(grouping: migration.findings, by: \.statement)
    let taken = lockCharts(of: migration).reduce(into: [Int: Set<QualifiedName>]()) { taken, chart in
      for (place, statement) in chart.statements.enumerated() { taken[statement] = chart.taken[place] ?? [] }
    }
    html.element(.h4, text: "Statements")
    let mostQuiet = isBrief ? 0 : Self.mostQuiet
    var quiet = 0
    html.element(.ol, .class("statements")) { html in
      for index in migration.statements.indices {
        let statement = migration.statements[index]
        if statement.risk == .low, statement.refusal == nil, findings[index] == nil {
          quiet += 1
          if quiet > mostQuiet { continue }
        }
        // Behind statements that are left out.
        var attributes: [HTMLAttribute] = []
        if quiet > mostQuiet { attributes.append(.number("value", index + 1)) }
        if statement.risk > .low || findings[index] != nil {
          attributes += [.class(statement.risk.className), .id(.statement(index + 1, of: number))]
        }
        html.element(.li, attributes) { html in
          let about = findings[index] ?? []
          write(statement, about, in: migration, isBrief: isBrief, taking: taken[index], to: &html)
          for finding in about { write(finding, isBrief: isBrief, to: &html) }
        }
      }
    }
    if quiet > mostQuiet {
      html.element(
        .p,
        .class("quiet"),
        text: "\((quiet - mostQuiet).counted("other statement")) of low risk and without findings not shown"
      )
    }
  }

  /// `taken` are the relations whose locks it is the first to take; `nil` where it is alone in its transaction.
  private func write(
    _ statement: StatementReport,
    _ findings: [Finding],
    in migration: MigrationReport,
    isBrief: Bool,
    taking taken: Set<QualifiedName>?,
    to html: inout HTMLWriter
  ) {
    let source = migration.migration.script.source
    let (file, range) = source.file(of: statement.statement.range)
    let line = file.location(of: range.lowerBound).line
    html.element(.p) { html in
      html.element(.b, text: statement.statement.commandTag)
      if statement.risk > .low, !findings.contains(where: { $0.risk == statement.risk }) {
        html.space()
        writeBadge(statement.risk, to: &html)
      }
      html.element(
        .small,
        text: (migration.phases.count > 1 ? " \(statement.phase.rawValue)," : "") + " line \(line)"
          + (file.path == source.path ? "" : " of \(file.path)")
      )
    }
    writeCode(source[statement.statement.range], most: isBrief ? Page.mostCodeInBrief : Page.mostCode, to: &html)
    writeFacts(of: statement, hasFindings: !findings.isEmpty, taking: taken, to: &html)
  }

  /// The beginning of long code, and how much follows.
  func writeCode(_ text: String, most: Int, to html: inout HTMLWriter) {
    guard text.utf8.count > most + most / 4 else { return html.code(.pre, text: text) }
    let shown = String(decoding: text.utf8.prefix(most), as: UTF8.self)
    let whole = shown.lastIndex(of: "\n").map { String(shown[..<$0]) } ?? shown
    html.code(.pre, text: whole)
    let lines = text.utf8.dropFirst(whole.utf8.count + 1).count { $0 == UInt8(ascii: "\n") } + 1
    html.element(.p, .class("quiet"), text: "… \(lines.counted("more line")) in the file")
  }

  private func writeFacts(
    of statement: StatementReport,
    hasFindings: Bool,
    taking taken: Set<QualifiedName>?,
    to html: inout HTMLWriter
  ) {
    let effects = statement.effects
    var facts: [(title: String, text: String)] = []
    func add(_ title: String, _ sentences: [String], most: Int = 4) {
      facts += sentences.prefix(most).enumerated().map { ($0.offset == 0 ? title : "", $0.element) }
      if sentences.count > most { facts.append(("", "and \(sentences.count - most) more")) }
    }
    if let refusal = statement.refusal {
      let verb = refusal.isCertain ? "refuses it" : "may refuse it"
      add("Refused", ["PostgreSQL \(verb): \(refusal.message) (SQLSTATE \(refusal.state.rawValue))"])
    }
    if let reason = statement.reason { add("Why", [reason.sentence]) }
    add("Locks", statement.lockSentences { taken?.contains($0) ?? true })
    var known: Set<String> = []
    add("Work", effects.visibleToOthers.flatMap(\.workSentences).filter { known.insert($0).inserted })
    // Findings say this in their own words.
    if !hasFindings {
      add("Loses", effects.losses.map(\.sentence))
      add("Breaks", effects.breaks.map(\.sentence))
      add("Unknown", effects.unknowns)
    }
    if !facts.isEmpty {
      html.element(.dl, .class("facts")) { html in
        for fact in facts {
          html.element(.dt, text: fact.title)
          html.element(.dd, text: fact.text)
        }
      }
    }
    for question in statement.rowQuestions.prefix(3) {
      html.element(
        .p,
        .class("ask"),
        text:
          "Ask before: it fails with SQLSTATE \(question.query.sqlState) on what this returns: \(question.query.subject)"
      )
      html.code(.pre, .class("copy"), text: question.query.sql + ";")
    }
  }

  // MARK: - Locks

  func writeLocks(of migration: MigrationReport, to html: inout HTMLWriter) {
    let charts = lockCharts(of: migration)
    guard !charts.isEmpty else { return }
    html.element(.h4, text: "Who waits, and for how long")
    for chart in charts { write(chart, in: migration, to: &html) }
  }

  /// One for each transaction of several statements in which somebody waits; in a long history, waits long.
  private func lockCharts(of migration: MigrationReport) -> [LockChart] {
    guard !migration.transactions.isEmpty else { return [] }
    let members = Dictionary(grouping: migration.statements.indices) { migration.statements[$0].transaction }
    return migration.transactions.compactMap {
      LockChart(of: $0, statements: members[$0.number] ?? [], in: migration)
    }.filter { hasFewMigrations || !$0.longStatements.isEmpty }
  }

  private func write(_ chart: LockChart, in migration: MigrationReport, to html: inout HTMLWriter) {
    let first = (chart.statements.first ?? 0) + 1
    let last = (chart.statements.last ?? 0) + 1
    html.element(.div, .class("locks")) { html in
      html.element(
        .p,
        .class("quiet"),
        text: "One transaction, statements \(first) to \(last): locks are held to its end."
          + (chart.longStatements.isEmpty ? "" : " Dark: a statement goes through rows.")
      )
      html.element(.ul) { html in
        for bar in chart.bars {
          html.element(.li) { html in
            write(bar, of: chart, to: &html)
            drawBar(bar, of: chart, to: &html)
          }
        }
      }
      html.element(.p, .class("axis")) { html in
        html.element(.span, text: "statement \(first)")
        html.element(.span, text: "statement \(last), end")
      }
      if chart.others > 0 {
        html.element(.p, .class("quiet"), text: "and locks on \(chart.others.counted("other relation"))")
      }
    }
  }

  private func write(_ bar: LockChart.Bar, of chart: LockChart, to html: inout HTMLWriter) {
    guard let segment = bar.segments.last else { return }
    let first = bar.segments.first ?? segment
    let number = chart.statements[min(segment.start, chart.statements.count - 1)] + 1
    let long = chart.longStatements.filter { $0 >= first.start }.map { String(chart.statements[$0] + 1) }
    html.element(.code, text: bar.relation.displayName)
    let waiting = segment.mode.waiting.map { "\($0) wait" } ?? "nobody waits"
    html.text(" – \(waiting) from statement \(number) on (\(segment.mode.name))")
    if !long.isEmpty {
      let list = long.prefix(6).joined(separator: ", ") + (long.count > 6 ? " …" : "")
      html.text(
        ", also while \(long.count == 1 ? "statement" : "statements") \(list) \(long.count == 1 ? "works" : "work")"
      )
    }
  }

  /// The bar says nothing that the text does not.
  private func drawBar(_ bar: LockChart.Bar, of chart: LockChart, to html: inout HTMLWriter) {
    html.element(
      .svg,
      .text("viewBox", "0 0 \(chart.statements.count) 1"),
      .own("preserveAspectRatio", "none"),
      .own("aria-hidden", "true")
    ) { html in
      for (index, segment) in bar.segments.enumerated() {
        let end = chart.end(of: index, in: bar)
        html.path(segment.mode.className, "M\(segment.start) 0H\(end)V1H\(segment.start)z")
      }
      let start = bar.segments.first?.start ?? 0
      let long = chart.longStretches(from: start)
        .map { "M\($0.lowerBound) 0H\($0.upperBound)V1H\($0.lowerBound)z" }.joined()
      if !long.isEmpty, let mode = bar.segments.last?.mode {
        html.path(mode.darkClassName, long)
      }
    }
  }
}

extension StatementReport {
  /// The locks that others notice; an index is locked along with its table, which says all that people need.
  func lockSentences(where isTold: (QualifiedName) -> Bool = { _ in true }) -> [String] {
    effects.visibleToOthers.compactMap { effect in
      guard effect.kind != .index, isTold(effect.relation), let waiting = effect.lock.waiting else { return nil }
      let assumed = effect.isAssumed ? "; no migration makes it: it is assumed to exist and to be large" : ""
      return "\(effect.relation.displayName): \(waiting) wait (\(effect.lock.name))\(assumed)"
    }
  }
}

extension LockMode {
  fileprivate var darkClassName: StaticString {
    switch className.description {
    case "k3": "k3 d"
    case "k2": "k2 d"
    default: "k1 d"
    }
  }
}
