import Syntax

/// The lines of a file, in which runners find their directives.
struct DirectiveLines {
  struct Line {
    /// With the line's end.
    let range: Range<Int>
    /// Without spaces at its ends.
    let content: Range<Int>
    /// The bytes of the content.
    let bytes: ArraySlice<UInt8>

    /// Made each time: of most lines a runner looks at the first bytes alone.
    var text: Substring { Substring(decoding: bytes, as: UTF8.self) }

    var isComment: Bool { bytes.startsComment }

    /// Whether spaces precede the text.
    var isIndented: Bool { content.lowerBound > range.lowerBound }
  }

  let utf8: [UInt8]

  init(_ utf8: [UInt8]) { self.utf8 = utf8 }

  /// Worked out each time: most runners look at none.
  var lines: [Line] {
    var lines: [Line] = []
    var start = 0
    while start < utf8.count {
      let end = utf8[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? utf8.count
      let trimmed = utf8[start..<end].trimmed
      let content = trimmed.isEmpty ? start..<start : trimmed.indices
      lines.append(Line(range: start..<end, content: content, bytes: trimmed))
      start = end
    }
    return lines
  }

  /// The first line with SQL that is in none of some ranges; `nil` where there is only white space and comments.
  func stray(outside ranges: [Range<Int>]) -> Range<Int>? {
    let inside = ranges.sorted { $0.lowerBound < $1.lowerBound }
    let ends = [0] + inside.map(\.upperBound)
    for (start, end) in zip(ends, inside.map(\.lowerBound) + [utf8.count]) where start < end {
      var lexer = Lexer(utf8, in: start..<end)
      guard let token = lexer.nextSignificant() else { continue }
      return token.range.lowerBound..<(utf8[token.range.lowerBound..<end].firstIndex(where: \.isLineEnd) ?? end)
    }
    return nil
  }

  /// A stretch of the text with everything outside the ranges blank and a semicolon for each terminator, each byte at
  /// its place. The stretch holds all ranges and terminators.
  func masked(in stretch: Range<Int>, to ranges: [Range<Int>], terminators: [Range<Int>] = []) -> [UInt8] {
    guard ranges != [stretch] || !terminators.isEmpty else { return Array(utf8[stretch]) }
    var masked = utf8[stretch].map { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") ? $0 : UInt8(ascii: " ") }
    for range in ranges {
      for index in range { masked[index - stretch.lowerBound] = utf8[index] }
    }
    for range in terminators {
      for index in range {
        masked[index - stretch.lowerBound] = UInt8(ascii: index == range.lowerBound ? ";" : " ")
      }
    }
    return masked
  }
}

extension ArraySlice<UInt8> {
  /// Whether it begins with `--`.
  var startsComment: Bool {
    count >= 2 && self[startIndex] == UInt8(ascii: "-") && self[startIndex + 1] == UInt8(ascii: "-")
  }

  /// Without white space at its ends.
  var trimmed: Self {
    guard let start = firstIndex(where: { !$0.isSpace }), let end = lastIndex(where: { !$0.isSpace }) else {
      return []
    }
    return self[start...end]
  }
}

extension Substring {
  /// What follows a prefix; `nil` where it does not begin so.
  func dropping(exactly prefix: String) -> Substring? { hasPrefix(prefix) ? dropFirst(prefix.count) : nil }
}
