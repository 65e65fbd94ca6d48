/// The text of a file by lines, in which runners find their directives.
struct MarkedText {
  struct Line {
    /// With the line's end.
    let range: Range<Int>
    /// Without spaces at its ends.
    let text: Substring
  }

  let utf8: [UInt8]
  let lines: [Line]

  init(_ utf8: [UInt8]) {
    self.utf8 = utf8
    var lines: [Line] = []
    var start = 0
    while start < utf8.count {
      let end = utf8[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? utf8.count
      let text = Substring(String(decoding: utf8[start..<end], as: UTF8.self))
      lines.append(Line(range: start..<end, text: text.filter { !$0.isNewline }[...].trimmed))
      start = end
    }
    self.lines = lines
  }

  /// The text with everything outside the ranges blank, each byte at its place.
  func masked(to ranges: [Range<Int>]) -> [UInt8] {
    guard ranges != [0..<utf8.count] else { return utf8 }
    var masked = utf8.map { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") ? $0 : UInt8(ascii: " ") }
    for range in ranges { masked.replaceSubrange(range, with: utf8[range]) }
    return masked
  }
}
