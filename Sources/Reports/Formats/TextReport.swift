import Analysis
import Syntax

/// The report for people: each finding with its code, its lock and its fix, then every migration with its risk.
struct TextReport {
  private let report: Report
  private let style: ReportStyle
  private let paint: Paint

  init(_ report: Report, style: ReportStyle) {
    self.report = report
    self.style = style
    paint = Paint(isOn: style.color)
  }

  func render() -> String {
    var blocks = report.migrations.flatMap { migration in
      migration.findings.filter { !$0.isSuppressed }.map { block(for: $0, in: migration) }
    }
    if !style.isQuiet {
      if !report.ups.isEmpty { blocks.append(table) }
      if !ignoredFiles.isEmpty { blocks.append(ignoredFiles) }
      blocks.append(verdict)
    }
    return blocks.isEmpty ? "" : blocks.joined(separator: "\n\n") + "\n"
  }

  // MARK: - Findings

  private func block(for finding: Finding, in migration: MigrationReport) -> String {
    let source = migration.migration.script.source
    let place = source.location(of: finding.range.lowerBound)
    let title =
      paint("\(finding.risk.rawValue)", finding.risk) + paint("[\(finding.rule)]: ", .bold)
      + paint(finding.message.description.visible, .bold)
    let path = "\(migration.migration.path.visible):\(place.line):\(place.column)"
    var frame = CodeFrame(of: finding.range, in: source, columns: style.columns - 8)
    if migration.migration.unreadable != nil {
      frame = CodeFrame(of: 0..<0, in: SourceText(path: "", text: ""), columns: 8)
    }
    let margin = String(repeating: " ", count: frame.gutter)
    var lines = [title, "\(margin)\(paint("-->", .blue)) \(path)"]
    if migration.migration.unreadable == nil {
      lines.append("\(margin) \(bar)")
      lines += frame.lines.flatMap { rows(of: $0, gutter: frame.gutter, risk: finding.risk) }
    }
    lines.append("\(margin) \(bar)")
    lines += notes(on: finding, in: migration).flatMap { note(margin, $0.name, $0.lines) }
    return lines.joined(separator: "\n")
  }

  private var bar: String { paint("|", .blue) }

  private func rows(of line: CodeFrame.Line?, gutter: Int, risk: Risk) -> [String] {
    guard let line else { return [paint("...", .blue)] }
    let number = String(line.number)
    let padding = String(repeating: " ", count: gutter - number.count)
    let code = "\(padding)\(paint(number, .blue)) \(bar) \(line.text)"
    guard !line.marks.isEmpty else { return [code] }
    return [code, "\(String(repeating: " ", count: gutter)) \(bar) \(paint(line.marks, risk))"]
  }

  private func note(_ margin: String, _ name: String, _ lines: [String]) -> [String] {
    let label = "\(margin) \(paint("=", .blue)) \(paint(name, .bold)): "
    let indent = String(repeating: " ", count: margin.count + name.count + 5)
    return lines.enumerated().map { index, line in
      index == 0 ? label + line : line.isEmpty ? "" : indent + line
    }
  }

  private func notes(on finding: Finding, in migration: MigrationReport) -> [(name: String, lines: [String])] {
    var notes: [(name: String, lines: [String])] = []
    if let index = finding.statement, migration.statements.indices.contains(index) {
      let locks = migration.statements[index].effects.felt.filter { $0.lock.blockPhrase != nil && $0.kind != .index }
      if !locks.isEmpty { notes.append(("lock", lockLines(locks))) }
      let work = locks.flatMap(\.workSentences)
      let sentences = work.enumerated().filter { work.firstIndex(of: $0.element) == $0.offset }.map(\.element.visible)
      if !sentences.isEmpty { notes.append(("work", sentences)) }
    }
    if let fix = finding.fix {
      var lines = fix.advice.visibleLines.flatMap { $0.wrapped(to: style.columns - 12) }
      for sql in fix.numberedSQL { lines += [""] + sql.visibleLines.map { paint($0, .green) } }
      notes.append(("fix", fix.migrations.isEmpty ? lines : lines + [""]))
    }
    notes.append(("more", ["sqllint explain \(finding.rule)"]))
    return notes
  }

  /// The first relations one by one, the rest by their number.
  private func lockLines(_ effects: [Effect]) -> [String] {
    let shown = effects.prefix(4).map { effect in
      let assumed = effect.isAssumed ? " (not made by these migrations: taken to be there and to be large)" : ""
      return "\(effect.lock.name) on \(effect.relation.description.visible), \(effect.lock.blockPhrase ?? "")\(assumed)"
    }
    return effects.count > 4 ? shown + ["and on \(effects.count - 4) more"] : shown
  }

  // MARK: - The table

  private var table: String {
    let folder = commonFolder
    let rows = report.ups.map { migration in
      [
        String(migration.migration.path.visible.dropFirst(folder.count)), migration.risk.rawValue,
        report.policy.downtime(for: migration.risk).visible, report.policy.approval(for: migration.risk).visible,
        reason(for: migration),
      ]
    }
    let header = [
      folder.isEmpty ? "migration" : "migration in \(folder)", "risk", "downtime", "approval", "because of",
    ]
    let widths = header.indices.map { column in ([header] + rows).map { $0[column].displayWidth }.max() ?? 0 }
    let heading = line(header, widths) { text, _ in paint(text, .bold) }
    return
      ([heading]
      + zip(rows, report.ups).map { row, migration in
        line(row, widths) { text, column in column == 1 ? paint(text, migration.risk) : text }
      }).joined(separator: "\n")
  }

  private func line(_ cells: [String], _ widths: [Int], paint: (String, Int) -> String) -> String {
    cells.enumerated().map { index, cell in
      index == cells.count - 1
        ? paint(cell, index) : paint(cell, index) + String(repeating: " ", count: widths[index] - cell.displayWidth)
    }.joined(separator: "  ").trimmedAtEnd
  }

  /// The folder that all migrations are in, with its slash; empty where they are in several.
  private var commonFolder: String {
    let folders = report.ups.map { migration in
      let path = migration.migration.path.visible
      return path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }
    guard let first = folders.first, folders.allSatisfy({ $0 == first }) else { return "" }
    return first
  }

  /// What gives a migration its risk: a rule, or a command that no rule objects to.
  private func reason(for migration: MigrationReport) -> String {
    guard migration.risk > .low else { return "" }
    let rules = migration.findings.filter { !$0.isSuppressed && $0.risk == migration.risk }.map(\.rule)
    if let first = rules.first {
      let others = Set(rules).count - 1
      return others > 0 ? "\(first) and \(others) more" : first
    }
    guard let statement = migration.statements.first(where: { $0.risk == migration.risk }) else { return "" }
    let line = migration.migration.script.source.location(of: statement.statement.range.lowerBound).line
    return "\(statement.statement.commandTag), line \(line)"
  }

  private var ignoredFiles: String {
    report.ignored.map { "left out: \($0.path.visible) (\($0.reason.visible))" }.joined(separator: "\n")
  }

  // MARK: - The verdict

  private var verdict: String {
    let tally = Tally(report)
    let count = tally.findings.values.reduce(0, +)
    let parts = Risk.allCases.reversed().compactMap { risk in
      tally.findings[risk].map { paint("\($0) \(risk.rawValue)", risk) }
    }
    var sentence = "\(plural(tally.migrations, "migration")), \(plural(tally.statements, "statement"))"
    if tally.downMigrations > 0 { sentence += ", \(plural(tally.downMigrations, "down migration")) shown apart" }
    sentence += ": \(count == 0 ? "no findings" : "\(plural(count, "finding")) (\(parts.joined(separator: ", ")))")"
    if tally.suppressed > 0 { sentence += ", \(tally.suppressed) allowed" }
    let approval = report.policy.approval(for: report.risk).visible
    let risk = "Highest risk: \(paint(report.risk.rawValue, report.risk)), to be approved by \(approval)."
    let outcome =
      report.fails
      ? paint("Fails", .boldRed) + ": findings at or above \(report.policy.failOn.rawValue)."
      : paint("Passes", .green) + ": no finding at or above \(report.policy.failOn.rawValue)."
    return [sentence + ".", risk, outcome].joined(separator: "\n")
  }

  private func plural(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
