import Reports

/// A piece of a runbook's text, read back from the Markdown that templates write.
///
/// That is headings, paragraphs, lists with boxes to tick, tables, fenced code and bold words. All else stays text, HTML and
/// links among it, whoever wrote the template. So a page says what the Markdown says, word for word.
indirect enum RunbookBlock: Equatable {
  case heading(level: Int, [TextRun])
  /// One a line.
  case paragraph([[TextRun]])
  case list([Item])
  case code(String)
  /// The head and the rows below it.
  case table(head: [[TextRun]], rows: [[[TextRun]]])

  struct Item: Equatable {
    /// Whether it is a box to tick.
    let isTask: Bool
    let blocks: [RunbookBlock]
  }
}

/// Reads Markdown line by line.
///
/// Source: the CommonMark specification, and "Task list items" and "Tables" of GitHub's.
struct RunbookReader {
  private static let maximumDepth = 10

  private var lines: ArraySlice<Substring>
  private let depth: Int
  private var blocks: [RunbookBlock] = []

  static func blocks(of text: String) -> [RunbookBlock] {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return blocks(of: lines[...], depth: 0)
  }

  private static func blocks(of lines: ArraySlice<Substring>, depth: Int) -> [RunbookBlock] {
    var reader = RunbookReader(lines: lines, depth: depth)
    reader.read()
    return reader.blocks
  }

  private init(lines: ArraySlice<Substring>, depth: Int) { (self.lines, self.depth) = (lines, depth) }

  private mutating func read() {
    while let line = lines.first {
      if line.isBlank {
        lines.removeFirst()
      } else if line.fenceLength != nil {
        readCode()
      } else if let level = line.headingLevel {
        lines.removeFirst()
        blocks.append(.heading(level: level, TextRun.runs(of: line.dropFirst(level + 1))))
      } else if line.isItem, depth < Self.maximumDepth {
        readList()
      } else if isTable {
        readTable()
      } else {
        readParagraph()
      }
    }
  }

  private mutating func readCode() {
    guard let opening = lines.popFirst(), let length = opening.fenceLength else { return }
    let indentation = opening.indentation
    var code: [Substring] = []
    while let line = lines.popFirst() {
      if let other = line.fenceLength, other >= length, line.drop(while: { $0 == " " }).allSatisfy({ $0 == "`" }) {
        break
      }
      code.append(line.dropFirst(min(indentation, line.indentation)))
    }
    blocks.append(.code(code.joined(separator: "\n")))
  }

  private mutating func readParagraph() {
    var text: [[TextRun]] = []
    while let line = lines.first, !line.isBlank, line.fenceLength == nil, line.headingLevel == nil,
      text.isEmpty || !(line.isItem && depth < Self.maximumDepth), text.isEmpty || !isTable
    {
      lines.removeFirst()
      text.append(TextRun.runs(of: line))
    }
    blocks.append(.paragraph(text))
  }

  // MARK: - Lists

  private mutating func readList() {
    var items: [RunbookBlock.Item] = []
    while let line = lines.first, line.isItem {
      lines.removeFirst()
      var own = [line.dropFirst(2)]
      // What is indented belongs to it, also behind an empty line.
      while let next = lines.first, next.isBlank || next.indentation >= 2 {
        lines.removeFirst()
        own.append(next.dropFirst(min(2, next.indentation)))
      }
      let isTask = own[0].hasPrefix("[ ] ")
      if isTask { own[0] = own[0].dropFirst(4) }
      items.append(RunbookBlock.Item(isTask: isTask, blocks: Self.blocks(of: own[...], depth: depth + 1)))
    }
    blocks.append(.list(items))
  }

  // MARK: - Tables

  private var isTable: Bool {
    guard let head = lines.first, head.hasPrefix("|"), lines.count > 1 else { return false }
    let rule = lines[lines.startIndex + 1]
    return rule.hasPrefix("|") && rule.contains("-") && rule.allSatisfy { "|-: ".contains($0) }
  }

  private mutating func readTable() {
    guard let head = lines.popFirst() else { return }
    lines.removeFirst()
    var rows: [[[TextRun]]] = []
    while let line = lines.first, line.hasPrefix("|") {
      lines.removeFirst()
      rows.append(line.cells.map { TextRun.runs(of: $0[...]) })
    }
    blocks.append(.table(head: head.cells.map { TextRun.runs(of: $0[...]) }, rows: rows))
  }
}

extension Substring {
  fileprivate var isBlank: Bool { allSatisfy { $0 == " " } }

  fileprivate var indentation: Int { prefix { $0 == " " }.count }

  /// How many backticks open or close a block of code here; `nil` where none do.
  fileprivate var fenceLength: Int? {
    let rest = drop { $0 == " " }
    let length = rest.prefix { $0 == "`" }.count
    return length >= 3 && !rest.dropFirst(length).contains("`") ? length : nil
  }

  fileprivate var headingLevel: Int? {
    let level = prefix { $0 == "#" }.count
    return (1...6).contains(level) && dropFirst(level).first == " " ? level : nil
  }

  fileprivate var isItem: Bool { hasPrefix("- ") }

  /// Of a row of a table. A vertical line in a cell stands behind a backslash.
  fileprivate var cells: [String] {
    var cells: [String] = []
    var cell = ""
    var isEscaped = false
    for character in dropFirst() {
      if character == "|", !isEscaped {
        cells.append(cell.trimmingSpaces)
        cell = ""
        continue
      }
      if character == "|", isEscaped { cell.removeLast() }
      isEscaped = character == "\\" && !isEscaped
      cell.append(character)
    }
    if !cell.trimmingSpaces.isEmpty { cells.append(cell.trimmingSpaces) }
    return cells
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var rest = self[...].drop { $0 == " " }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
