import Syntax

/// Lines of a source with the offending tokens underlined.
struct CodeFrame {
  /// One line as it is shown.
  struct Line: Hashable {
    let number: Int
    let text: String
    /// The marks under the text; empty where the range leaves the line out.
    let marks: String
  }

  /// `nil` stands for lines that are left out.
  let lines: [Line?]

  /// The frame of a range, at most so many columns wide. Of a long range the first lines and the last are shown.
  init(of range: Range<Int>, in source: SourceText, columns: Int) {
    let first = source.location(of: range.lowerBound).line
    let last = source.location(of: max(range.lowerBound, range.upperBound - 1)).line
    let numbers: [Int?] = last - first < 6 ? Array(first...max(first, last)) : Array(first..<first + 4) + [nil, last]
    lines = numbers.map { number in
      number.map { Self.line($0, of: range, in: source, columns: columns) }
    }
  }

  /// The digits of the highest line number.
  var gutter: Int { lines.compactMap { $0.map { String($0.number).count } }.max() ?? 1 }

  /// One scalar as it is shown.
  fileprivate struct Cell {
    let text: String
    let width: Int
    var isMarked: Bool
  }

  private static func line(_ number: Int, of range: Range<Int>, in source: SourceText, columns: Int) -> Line {
    let whole = source.lineRange(number)
    let part = excerpt(of: whole, around: max(whole.lowerBound, range.lowerBound), in: source, columns: columns)
    var cells: [Cell] = []
    var offset = part.lowerBound
    var hasStarted = false
    for scalar in source[part].unicodeScalars {
      let isInside = range.contains(offset)
      if isInside, !scalar.properties.isWhitespace { hasStarted = true }
      cells.append(Cell(scalar, isMarked: isInside && hasStarted))
      offset += UTF8.width(scalar)
    }
    // What the parser stumbles over at the end of the text is no token: the place after it is marked.
    if range.isEmpty, part.contains(range.lowerBound) || part.upperBound == range.lowerBound {
      let index = source[part.lowerBound..<range.lowerBound].unicodeScalars.count
      if cells.indices.contains(index) {
        cells[index].isMarked = true
      } else {
        cells.append(Cell(" ", isMarked: true))
      }
    }
    return Line(
      number: number,
      cells,
      isCutBefore: part.lowerBound > whole.lowerBound,
      isCutBehind: part.upperBound < whole.upperBound,
      columns: columns
    )
  }

  /// As much of a line as can be of use: of a file that is one long line a frame must not cost all of it.
  private static func excerpt(
    of line: Range<Int>,
    around offset: Int,
    in source: SourceText,
    columns: Int
  ) -> Range<Int> {
    func isInsideScalar(_ offset: Int) -> Bool {
      source.utf8.indices.contains(offset) && source.utf8[offset] & 0xC0 == 0x80
    }
    var lower = line.lowerBound
    if offset - lower > 4 * columns {
      lower = offset
      for _ in 0..<Line.lead {
        repeat { lower -= 1 } while lower > line.lowerBound && isInsideScalar(lower)
      }
    }
    var upper = min(line.upperBound, max(lower, offset) + 8 * columns)
    while upper < line.upperBound, isInsideScalar(upper) { upper += 1 }
    return lower..<upper
  }
}

extension CodeFrame.Cell {
  fileprivate init(_ scalar: Unicode.Scalar, isMarked: Bool) {
    // A tab is as wide as the terminal's; spaces are as wide as the marks under them.
    text = scalar == "\t" ? "    " : String(Character(scalar)).visible
    width = text.unicodeScalars.count == 1 ? scalar.displayWidth : text.count
    self.isMarked = isMarked
  }
}

extension CodeFrame.Line {
  /// The scalars that are shown before the marks where a line does not fit.
  fileprivate static let lead = 20

  /// As much of the line as fits, with the first marks in it.
  fileprivate init(
    number: Int,
    _ cells: [CodeFrame.Cell],
    isCutBefore: Bool,
    isCutBehind: Bool,
    columns: Int
  ) {
    var cells = cells[...]
    var isCutBefore = isCutBefore
    let width = cells.reduce(0) { $0 + $1.width } + (isCutBefore ? 1 : 0)
    if width > columns || isCutBehind, let marked = cells.firstIndex(where: \.isMarked), marked > Self.lead {
      cells = cells[(marked - Self.lead)...]
      isCutBefore = true
    }
    var text = isCutBefore ? "…" : ""
    var marks = isCutBefore ? " " : ""
    var room = columns - (isCutBefore ? 1 : 0)
    var rest = cells.reduce(0) { $0 + $1.width }
    for cell in cells {
      guard isCutBehind || rest > room ? cell.width < room : cell.width <= room else {
        text += "…"
        break
      }
      text += cell.text
      marks += String(repeating: cell.isMarked ? "^" : " ", count: cell.width)
      room -= cell.width
      rest -= cell.width
    }
    while marks.last == " " { marks.removeLast() }
    self.init(number: number, text: text, marks: marks)
  }
}
