import Syntax

/// Lines of a source with the offending tokens underlined.
struct CodeFrame {
  /// One line as it is shown.
  struct Line {
    let number: Int
    let text: String
    /// The marks under the text; empty where the range leaves the line out.
    let marks: String
  }

  let lines: [Line?]

  /// The frame of a range. Of a long one the first lines and the last are shown, with a `nil` for those between.
  init(of range: Range<Int>, in source: SourceText, columns: Int) {
    let first = source.location(of: range.lowerBound).line
    let last = source.location(of: max(range.lowerBound, range.upperBound - 1)).line
    let numbers: [Int?] = Array(first...max(first, last))
    let shown = numbers.count <= 6 ? numbers : numbers.prefix(4) + [nil] + numbers.suffix(1)
    lines = shown.map { number in number.map { Self.line($0, of: range, in: source, columns: columns) } }
  }

  /// The widest line number.
  var gutter: Int { lines.compactMap { $0.map { String($0.number).count } }.max() ?? 1 }

  private static func line(_ number: Int, of range: Range<Int>, in source: SourceText, columns: Int) -> Line {
    let bytes = source.lineRange(number)
    var cells: [(text: String, width: Int, isMarked: Bool)] = []
    var offset = bytes.lowerBound
    var hasStarted = false
    for scalar in source[bytes].unicodeScalars {
      let text = scalar == "\t" ? "    " : String(Character(scalar)).visible
      let isInside = range.contains(offset)
      if isInside, !scalar.properties.isWhitespace { hasStarted = true }
      let width = text.unicodeScalars.count == 1 ? scalar.displayWidth : text.count
      cells.append((text, width, isInside && hasStarted))
      offset += UTF8.width(scalar)
    }
    // An error at the end of the text has no token to mark.
    if range.isEmpty, bytes.contains(range.lowerBound) || bytes.upperBound == range.lowerBound {
      let index = source[bytes.lowerBound..<range.lowerBound].unicodeScalars.count
      if cells.indices.contains(index) { cells[index].isMarked = true } else { cells.append((" ", 1, true)) }
    }
    return window(cells, number: number, columns: columns)
  }

  /// As much of the line as fits, the marked part first.
  private static func window(
    _ cells: [(text: String, width: Int, isMarked: Bool)],
    number: Int,
    columns: Int
  ) -> Line {
    var start = 0
    let total = cells.reduce(0) { $0 + $1.width }
    if total > columns, let marked = cells.firstIndex(where: \.isMarked), marked > 20 { start = marked - 20 }
    var text = start > 0 ? "…" : ""
    var marks = start > 0 ? " " : ""
    var used = start > 0 ? 1 : 0
    for cell in cells[start...] {
      guard used + cell.width < columns else {
        text += "…"
        break
      }
      text += cell.text
      marks += String(repeating: cell.isMarked ? "^" : " ", count: cell.width)
      used += cell.width
    }
    while marks.last == " " { marks.removeLast() }
    return Line(number: number, text: text, marks: marks)
  }
}
