import Catalog
import Execution
import Linting
import Syntax

/// The report for people: a table of all migrations with who must approve them and why, then migration by migration each
/// finding with its code, its lock and its fix, and the verdict.
struct TextReport {
  private let report: Report
  private let style: ReportStyle
  private let paint: ANSIStyle

  init(_ report: Report, style: ReportStyle) {
    self.report = report
    self.style = style
    paint = ANSIStyle(isOn: style.color)
  }

  func render() -> String {
    var blocks = report.migrations.flatMap(blocks)
    if !style.isQuiet {
      let summary = ReportSummary(report, style: style)
      blocks = [DecisionTable(report, style: style).text] + blocks + [summary.ignoredFiles, summary.verdict]
      blocks.removeAll(where: \.isEmpty)
    }
    return blocks.isEmpty ? "" : blocks.joined(separator: "\n\n") + "\n"
  }

  // MARK: - Findings

  /// A migration's heading and its findings; nothing where nothing is found.
  private func blocks(of migration: MigrationReport) -> [String] {
    let findings = migration.findings.filter { !$0.isSuppressed }.map { block(for: $0, in: migration) }
    return findings.isEmpty || style.isQuiet ? findings : [heading(of: migration)] + findings
  }

  private func heading(of migration: MigrationReport) -> String {
    let path = paint(migration.migration.path.visible, .underlined)
    let isDown = migration.migration.direction == .down
    guard report.policy.directions.contains(migration.migration.direction) else { return "\(path): down migration" }
    let approval = report.policy(for: migration).approval(for: migration.risk).visible
    let label = "\(isDown ? "down migration, " : "")\(migration.risk.rawValue) risk"
    let plain = "\(migration.migration.path.visible): \(label), to be approved by \(approval)"
    let gap = plain.displayWidth > style.proseColumns ? "\n  " : " "
    return "\(path): \(paint(label, migration.risk)),\(gap)to be approved by \(approval)"
  }

  private func block(for finding: Finding, in migration: MigrationReport) -> String {
    let (source, range) = migration.migration.script.source.file(of: finding.range)
    let place = source.location(of: range.lowerBound)
    // A file that cannot be read has no code to show.
    let frame =
      migration.migration.unreadable == nil && !source.utf8.isEmpty
      ? CodeFrame(of: range, in: source, columns: style.columns - 8) : nil
    let margin = String(repeating: " ", count: frame?.gutter ?? 1)
    var lines = title(of: finding)
    lines.append("\(margin)\(paint("-->", .blue)) \(source.path.visible):\(place.line):\(place.column)")
    if let frame {
      lines.append("\(margin) \(bar)")
      lines += frame.lines.flatMap { rows(of: $0, gutter: frame.gutter, risk: finding.risk) }
      lines.append("\(margin) \(bar)")
    }
    lines += notes(on: finding, in: migration).flatMap { note(margin, $0) }
    return lines.joined(separator: "\n")
  }

  private func title(of finding: Finding) -> [String] {
    let label = "\(finding.risk.rawValue)[\(finding.rule)]:"
    let lines = "\(label) \(finding.message.description.visible)".wrapped(to: style.proseColumns)
    return lines.enumerated().map { number, line in
      guard number == 0 else { return paint(line, .bold) }
      return paint(finding.risk.rawValue, finding.risk)
        + paint(String(line.dropFirst(finding.risk.rawValue.count)), .bold)
    }
  }

  private var bar: String { paint("|", .blue) }

  private func rows(of line: CodeFrame.Line?, gutter: Int, risk: Risk) -> [String] {
    guard let line else { return [paint("...", .blue)] }
    let number = String(line.number)
    let padding = String(repeating: " ", count: gutter - number.count)
    let code = "\(padding)\(paint(number, .blue)) \(bar)" + (line.text.isEmpty ? "" : " \(line.text)")
    guard !line.marks.isEmpty else { return [code] }
    return [code, "\(String(repeating: " ", count: gutter)) \(bar) \(paint(line.marks, risk))"]
  }

  // MARK: - Notes

  private struct Note {
    let name: String
    let lines: [String]
    /// Whether its lines are sentences, which may be broken, or hold code.
    var isProse = false
  }

  private func note(_ margin: String, _ note: Note) -> [String] {
    let label = "\(margin) \(paint("=", .blue)) \(paint(note.name, .bold)): "
    let indent = String(repeating: " ", count: margin.count + note.name.count + 5)
    let lines = note.lines.flatMap { line in
      note.isProse ? line.wrapped(to: style.proseColumns - indent.count) : [line]
    }
    return lines.enumerated().map { index, line in
      index == 0 ? label + line : line.isEmpty ? "" : indent + line
    }
  }

  private func notes(on finding: Finding, in migration: MigrationReport) -> [Note] {
    var notes: [Note] = []
    if let index = finding.statement, migration.statements.indices.contains(index) {
      // An index is locked along with its table, which says all that people need.
      let effects = migration.statements[index].effects.ofUsedRelations.filter {
        !$0.lock.blocks.isEmpty && $0.kind != .index
      }
      if !effects.isEmpty { notes.append(Note(name: "lock", lines: lockLines(effects), isProse: true)) }
      let sentences = effects.briefWorkSentences
      if !sentences.isEmpty { notes.append(Note(name: "work", lines: sentences, isProse: true)) }
      if let seconds = migration.statements[index].estimatedSeconds {
        notes.append(Note(name: "estimate", lines: ["\(seconds.inWords) of work, by the configured rates"]))
      }
      let source = migration.migration.script.source.file(of: finding.range).source
      let held = heldLines(migration.statements[index].heldLocks, in: source)
      if !held.isEmpty { notes.append(Note(name: "held", lines: held, isProse: true)) }
    }
    if let question = question(before: finding, in: migration) {
      notes.append(Note(name: "before", lines: question))
    }
    if let fix = finding.fix {
      // A comment to paste stands on a line of its own, where wrapping does not break it.
      let advice = fix.advice.replacing(" -- sqllint:", with: "\n-- sqllint:")
      var lines = advice.visibleLines.flatMap {
        $0.hasPrefix("-- ") ? [$0] : $0.wrapped(to: style.proseColumns - 12)
      }
      let blocks = fix.numberedSQL
      for sql in blocks { lines += [""] + sql.visibleLines.map { paint($0, .green) } }
      notes.append(Note(name: "fix", lines: blocks.isEmpty ? lines : lines + [""]))
    }
    return notes + [Note(name: "more", lines: ["sqllint explain \(finding.rule)"])]
  }

  /// The question to ask before the statement runs; once, where several findings are about it.
  private func question(before finding: Finding, in migration: MigrationReport) -> [String]? {
    guard let index = finding.statement, migration.statements.indices.contains(index),
      let question = migration.statements[index].rowQuestions.first
    else { return nil }
    let first = migration.findings.first { $0.statement == index && !$0.isSuppressed }
    guard first?.rule == finding.rule, first?.range == finding.range else { return nil }
    let others = migration.statements[index].rowQuestions.count - 1
    return question.query.sql.visibleLines.map { paint($0 + ";", .green) }
      + "fails with SQLSTATE \(question.query.sqlState) on what this returns: \(question.query.subject.visible)"
      .wrapped(to: style.proseColumns - 12)
      + (others > 0 ? ["and \(others) more, which --preflight writes"] : [])
  }

  /// What nobody else can use while the work is done, because statements before it locked it.
  private func heldLines(_ locks: [HeldLock], in source: SourceText) -> [String] {
    let shown = locks.prefix(3).map { lock in
      let file = lock.place.path == source.path ? "" : " of \(lock.place.path.visible)"
      return "\(lock.mode.name) on \(lock.relation.description.visible) since line \(lock.place.line)\(file), "
        + lock.mode.blockPhrase
    }
    return locks.count > 3 ? shown + ["and others"] : shown
  }

  /// The first relations one by one, the rest by their number.
  private func lockLines(_ effects: [Effect]) -> [String] {
    let shown = effects.prefix(4).map { effect in
      let ground = effect.size == .unknown ? " and to be large" : ""
      let assumed = effect.isAssumed ? "; no migration makes it, so it is assumed to exist\(ground)" : ""
      let size = effect.size == .small ? "; it is small" : effect.size == .large ? "; it is large" : ""
      return
        "\(effect.lock.name) on \(effect.relation.description.visible), \(effect.lock.blockPhrase)\(size)\(assumed)"
    }
    return effects.count > 4 ? shown + ["and on \(effects.count - 4) more"] : shown
  }
}
