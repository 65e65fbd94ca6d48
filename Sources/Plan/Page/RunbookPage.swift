import Linting
import Reports

/// The runbook as a page: to read beforehand, to tick off and to paste from during the deployment, and to print.
///
/// It is made of the Markdown, so that a team's own templates count here too and no text stands anywhere twice.
package struct RunbookPage {
  private let title: [TextRun]
  private let risk: Risk
  private let toolVersion: String
  /// What stands before the first part.
  private let opening: [RunbookBlock]
  private let parts: [Part]
  private var boxes = 0

  private struct Part {
    let title: [TextRun]
    var blocks: [RunbookBlock]
  }

  package static func write(
    _ markdown: String,
    of runbook: Runbook,
    to output: @escaping ([UInt8]) -> Void
  ) {
    var page = RunbookPage(markdown, of: runbook)
    let frame = PageFrame(
      title: page.title.map(\.spoken).joined(),
      toolVersion: runbook.toolVersion,
      styles: [style],
      scripts: [script]
    )
    frame.write(to: output) { page.write(to: &$0) }
  }

  static let style = PageFrame.Resource(RunbookStyle.text, digest: RunbookStyle.digest)
  static let script = PageFrame.Resource(RunbookScript.text, digest: RunbookScript.digest)

  private init(_ markdown: String, of runbook: Runbook) {
    risk = runbook.risk
    toolVersion = runbook.toolVersion
    var title: [TextRun]?
    var opening: [RunbookBlock] = []
    var parts: [Part] = []
    for block in RunbookReader.blocks(of: markdown) {
      if case .heading(level: 1, let runs) = block, title == nil {
        title = runs
      } else if case .heading(level: ...2, let runs) = block {
        parts.append(Part(title: runs, blocks: []))
      } else if let last = parts.indices.last {
        parts[last].blocks.append(block)
      } else {
        opening.append(block)
      }
    }
    self.title = title ?? [TextRun(kind: .words("Runbook"))]
    self.opening = opening
    self.parts = parts
  }

  // MARK: - The page

  private mutating func write(to html: inout HTMLWriter) {
    if !parts.isEmpty {
      html.element(.a, .class("skip"), .href(.part(1)), text: "Skip to the first part")
    }
    html.element(.header) { html in
      html.element(.div) { html in
        html.element(.p, .class("brand"), text: "sqllint")
        html.element(.h1) { write(title, as: "", to: &$0) }
        html.element(.p, .class("where")) { html in
          html.element(.b, .class(risk.className), text: "\(risk.title) risk")
          html.element(.span, .class("js")) { html in
            html.text(" · ")
            html.element(.output, .own("id", "progress"), .own("aria-label", "Done"), text: "")
            html.text(" ")
            html.element(.button, .own("id", "clear"), .own("type", "button"), text: "Clear all")
          }
        }
        if !parts.isEmpty { writeNavigation(to: &html) }
      }
      PageFrame.writeThemes(to: &html)
    }
    html.element(.main, .class("runbook")) { html in
      if !opening.isEmpty {
        html.element(.section, .class("card"), .own("aria-label", "Overview")) { write(opening, to: &$0) }
      }
      for (index, part) in parts.enumerated() {
        html.element(.section) { html in
          html.element(.h2, .id(.part(index + 1))) { write(part.title, as: "", to: &$0) }
          writeCards(of: part.blocks, to: &html)
        }
      }
    }
    html.element(.footer) { html in
      html.element(.p, text: "sqllint \(toolVersion). What is ticked and filled in stays in this browser alone.")
    }
  }

  private func writeNavigation(to html: inout HTMLWriter) {
    html.element(.nav, .own("aria-label", "Parts of the runbook")) { html in
      for (index, part) in parts.enumerated() {
        html.element(.a, .href(.part(index + 1)), text: part.title.map(\.spoken).joined())
      }
    }
  }

  /// What stands below a heading of the third level belongs together.
  private mutating func writeCards(of blocks: [RunbookBlock], to html: inout HTMLWriter) {
    var cards: [[RunbookBlock]] = []
    for block in blocks {
      if case .heading(level: 3, _) = block {
        cards.append([block])
      } else if cards.isEmpty {
        cards.append([block])
      } else {
        cards[cards.count - 1].append(block)
      }
    }
    for card in cards { html.element(.div, .class("card")) { write(card, to: &$0) } }
  }

  // MARK: - Blocks

  private mutating func write(_ blocks: [RunbookBlock], to html: inout HTMLWriter) {
    for block in blocks { write(block, to: &html) }
  }

  private mutating func write(_ block: RunbookBlock, to html: inout HTMLWriter) {
    switch block {
    case .heading(let level, let runs):
      html.element(level == 3 ? .h3 : .h4) { write(runs, as: "", to: &$0) }
    case .paragraph(let lines):
      html.element(.p) { html in
        for (index, line) in lines.enumerated() {
          if index > 0 { html.space() }
          write(line, as: line.spoken, to: &html)
        }
      }
    case .code(let text): html.code(.pre, .class("copy"), text: text)
    case .list(let items): write(items, to: &html)
    case .table(let head, let rows): write(head, rows, to: &html)
    }
  }

  private mutating func write(_ items: [RunbookBlock.Item], to html: inout HTMLWriter) {
    // Those with boxes and those without look otherwise.
    var rest = items[...]
    while let first = rest.first {
      let alike = rest.prefix { $0.isTask == first.isTask }
      rest = rest.dropFirst(alike.count)
      if first.isTask {
        html.element(.ul, .class("tasks"), .own("role", "list")) { html in
          for item in alike { html.element(.li) { writeTask(item.blocks, to: &$0) } }
        }
      } else {
        html.element(.ul) { html in
          for item in alike { html.element(.li) { writeItem(item.blocks, to: &$0) } }
        }
      }
    }
  }

  /// Its first paragraph stands beside the bullet.
  private mutating func writeItem(_ blocks: [RunbookBlock], to html: inout HTMLWriter) {
    guard case .paragraph(let lines)? = blocks.first else {
      write(blocks, to: &html)
      return
    }
    for (index, line) in lines.enumerated() {
      if index > 0 { html.space() }
      write(line, as: line.spoken, to: &html)
    }
    write(Array(blocks.dropFirst()), to: &html)
  }

  private mutating func writeTask(_ blocks: [RunbookBlock], to html: inout HTMLWriter) {
    boxes += 1
    let name = "b\(boxes)"
    var lines: [[TextRun]] = []
    if case .paragraph(let own)? = blocks.first { lines = own }
    let first = lines.first ?? []
    // A field within a label would be a label of two.
    let label = first.prefix { $0.kind != .blank }
    if label.isEmpty {
      html.void(.input, .own("type", "checkbox"), .text("aria-label", first.spoken.isEmpty ? "Done" : first.spoken))
    } else {
      html.void(.input, .own("type", "checkbox"), .text("id", name))
    }
    html.element(.div) { html in
      if !label.isEmpty {
        html.element(.label, .text("for", name)) { write(Array(label), as: "", to: &$0) }
      }
      write(Array(first.dropFirst(label.count)), as: first.spoken, to: &html)
      for line in lines.dropFirst() { html.element(.p) { write(line, as: line.spoken, to: &$0) } }
      write(lines.isEmpty ? blocks : Array(blocks.dropFirst()), to: &html)
    }
  }

  private mutating func write(_ head: [[TextRun]], _ rows: [[[TextRun]]], to html: inout HTMLWriter) {
    html.element(.table) { html in
      html.element(.thead) { html in
        html.element(.tr) { html in
          for cell in head { html.element(.th, .own("scope", "col")) { write(cell, as: "", to: &$0) } }
        }
      }
      html.element(.tbody) { html in
        for row in rows {
          html.element(.tr) { html in
            for (index, cell) in row.enumerated() {
              let column = index < head.count ? head[index].spoken : ""
              html.element(.td) { write(cell, as: "\(column), \(row[0].spoken)", to: &$0) }
            }
          }
        }
      }
    }
  }

  // MARK: - Lines

  /// `name` says what a field is for, to those who do not see what stands before it.
  private func write(_ runs: [TextRun], as name: String, to html: inout HTMLWriter) {
    for run in runs {
      switch run.kind {
      case .words(let text):
        if run.isBold { html.element(.b, text: text) } else { html.text(text) }
      case .code(let text):
        if run.isBold {
          html.element(.b) { $0.element(.code, text: text) }
        } else {
          html.element(.code, text: text)
        }
      case .blank:
        html.void(
          .input,
          .own("type", "text"),
          .class("fill"),
          .own("autocomplete", "off"),
          .text("aria-label", name.isEmpty ? "To fill in" : name)
        )
      }
    }
  }
}

extension [TextRun] {
  fileprivate var spoken: String { map(\.spoken).joined() }
}
