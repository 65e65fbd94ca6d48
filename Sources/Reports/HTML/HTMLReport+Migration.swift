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
      if page.firstInFull > 0 {
        let number = page.entries.count - page.firstInFull
        html.element(
          .p,
          .class("quiet"),
          text: "The newest \(number.counted("migration")) are shown in full, of older ones what is risky: "
            + "sqllint shows all of any file that it is given."
        )
      }
      for index in page.entries.indices { writeMigration(index, to: &html) }
    }
  }

  private func writeMigration(_ index: Int, to html: inout HTMLWriter) {
    let entry = page.entries[index]
    let migration = page.migration(entry)
    let isBrief = index < page.firstInFull
    let content: (inout HTMLWriter) -> Void = { html in
      html.element(.summary) { html in
        html.element(.h3, text: migration.title)
        html.space()
        writeBadge(migration.risk, to: &html)
        html.element(.span, .class("quiet"), text: entry.decision.approval)
        if let rule = entry.decision.grounds.first?.rule { html.element(.code, .class("quiet"), text: rule) }
      }
      html.element(.div, .class("body")) { html in
        writeDecision(of: migration, entry, to: &html)
        writeReasons(of: entry, number: index + 1, to: &html)
        for finding in migration.findings where finding.statement == nil {
          write(finding, isBrief: isBrief, to: &html)
        }
        writeLocks(of: migration, to: &html)
        writeStatements(of: migration, number: index + 1, isBrief: isBrief, to: &html)
        writeRollback(of: migration, entry, isBrief: isBrief, to: &html)
      }
    }
    let attributes: [HTMLAttribute] = [.class("m"), .id(.migration(index + 1))]
    html.element(.details, hasFewMigrations ? attributes + [.flag("open")] : attributes, content: content)
  }

  // MARK: - The decision

  private func writeDecision(of migration: MigrationReport, _ entry: Page.Entry, to html: inout HTMLWriter) {
    html.element(.dl, .class("decision")) { html in
      writeTerm("Approval", entry.decision.approval, to: &html)
      if let signOff = entry.decision.signOff, signOff.isAsked {
        writeTerm("Approved", ([signOff.sentence] + signOff.notes).joined(separator: "; "), to: &html)
      }
      writeTerm("Downtime", entry.decision.downtime, to: &html)
      writeTerm("Phase", migration.phases.map(\.rawValue).joined(separator: ", "), to: &html)
      writeTerm("Transaction", migration.migration.transactionWords, to: &html)
      writeTerm("File", page.path(of: migration.migration), to: &html)
    }
    if let order = entry.order {
      html.element(.p, .class("order")) { html in
        html.element(.b, text: "Order: ")
        html.text(order)
      }
    }
    if let reason = migration.migration.unreadable {
      html.element(.p, text: "The file could not be read: \(reason)")
    }
  }

  private func writeReasons(of entry: Page.Entry, number: Int, to html: inout HTMLWriter) {
    let reasons = entry.decision.grounds
    guard !reasons.isEmpty else { return }
    html.element(.h4, text: "Why")
    html.element(.ul, .class("reasons")) { html in
      for reason in reasons.prefix(12) {
        html.element(.li) { html in
          writeBadge(reason.risk, to: &html)
          html.text(" \(words(for: reason)) ")
          if let allowed = reason.allowedBecause { html.element(.b, text: "Allowed: \(allowed) ") }
          html.element(.span, .class("quiet")) { html in
            for (index, statement) in reason.statements.prefix(6).enumerated() {
              html.text(index == 0 ? (reason.statements.count == 1 ? "statement " : "statements ") : ", ")
              html.element(.a, .href(.statement(statement + 1, of: number)), text: String(statement + 1))
            }
            if reason.statements.count > 6 { html.text(" and \(reason.statements.count - 6) more") }
          }
        }
      }
      if reasons.count > 12 { html.element(.li, text: "and \(reasons.count - 12) more") }
    }
  }

  /// What the rule is about, as it matters to whoever decides; the statement says what it means there.
  func words(for reason: DecisionReason) -> String {
    switch reason.ground {
    case .rule(let rule): summaries[rule] ?? rule
    case .statement(let sentence): "It \(sentence)."
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

  func write(_ finding: Finding, isBrief: Bool = false, to html: inout HTMLWriter) {
    html.element(.div, .class(finding.isSuppressed ? "finding allowed" : "finding")) { html in
      html.element(.p) { html in
        writeBadge(finding.risk, to: &html)
        html.text(" \(finding.message.description) ")
        html.element(.code, text: finding.rule)
      }
      if finding.isSuppressed {
        html.element(.p, text: "Allowed: \(finding.suppressionReason ?? "no reason is given")")
      }
      guard let fix = finding.fix else { return }
      html.element(.p, .class("fix"), text: fix.words)
      if let comment = fix.comment { html.code(.pre, .class("copy"), text: comment) }
      guard !isBrief else { return }
      let sql = fix.numberedSQL.joined(separator: "\n\n")
      if !sql.isEmpty { html.code(.pre, .class("copy"), text: sql) }
    }
  }

  // MARK: - Rolling back

  private func writeRollback(
    of migration: MigrationReport,
    _ entry: Page.Entry,
    isBrief: Bool,
    to html: inout HTMLWriter
  ) {
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
    let locks = down.strongestLocks
    if !locks.isEmpty {
      html.element(.p, text: "While it runs:")
      writeList(locks, most: 6, to: &html)
    }
    if isBrief { return }
    html.element(.details) { html in
      html.element(.summary, text: "Down migration \(down.migration.path)")
      let source = down.migration.script.source
      var code = ""
      for statement in down.statements {
        if !code.isEmpty { code += "\n" }
        code += source[statement.statement.range] + ";"
        if code.utf8.count > Page.mostCode { break }
      }
      writeCode(code, most: Page.mostCode, to: &html)
    }
  }
}

extension MigrationReport {
  /// For each table that others use: who waits for the strongest lock on it, where reads or writes do.
  fileprivate var strongestLocks: [String] {
    var order: [QualifiedName] = []
    var locks: [QualifiedName: LockMode] = [:]
    for effect in statements.flatMap(\.effects.visibleToOthers) where effect.kind != .index && effect.lock >= .share {
      if locks[effect.relation] == nil { order.append(effect.relation) }
      locks[effect.relation] = max(locks[effect.relation] ?? effect.lock, effect.lock)
    }
    return order.compactMap { relation in
      locks[relation].flatMap { lock in
        lock.waiting.map { "\(relation.displayName): \($0) wait (\(lock.name))" }
      }
    }
  }
}

extension Migration {
  /// How the runner sends the statements.
  fileprivate var transactionWords: String {
    switch transactionMode {
    case .implicit: "one for all, implicit"
    case .wrapped: "one for all"
    case .split: "one for all that PostgreSQL allows in it"
    case .none: "one a statement"
    }
  }
}
