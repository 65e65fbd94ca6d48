/// A file's text as PostgreSQL's parser sees it: UTF-8 bytes, and where each line starts.
///
/// Every offset in this module is a byte offset into ``utf8``, counted from 0. Lines and columns, which people and
/// editors read, are made only here.
package struct SourceText: Sendable {
  /// Where the text came from, as the user wrote it.
  package let path: String
  /// The text, without a byte order mark.
  package let utf8: [UInt8]
  /// The offset of the first byte of each line; never empty.
  private let lineStarts: [Int]
  /// Whether two bytes that may begin a comment stand anywhere.
  let mayHoldComments: Bool
  /// Whether each byte is a character.
  private let isPlain: Bool
  /// What precedes every ``stride``-th byte; empty where no line is long enough to need it.
  private let checkpoints: [ColumnCount]
  /// The files that the text was put together from, in its order; empty where it is one file's.
  let pieces: [Piece]

  package init(path: String, utf8: [UInt8]) { self.init(path: path, utf8: utf8, pieces: []) }

  init(path: String, utf8: [UInt8], pieces: [Piece]) {
    self.init(path: path, utf8: utf8, pieces: pieces, ByteScan(utf8))
  }

  /// `scan` is that of the bytes.
  init(path: String, utf8: [UInt8], pieces: [Piece] = [], _ scan: ByteScan) {
    self.pieces = pieces
    self.path = path
    self.utf8 = utf8
    lineStarts = scan.lineStarts
    mayHoldComments = scan.mayHoldComments
    isPlain = scan.isPlain
    checkpoints = !scan.isPlain && scan.longestLine > 2 * Self.stride ? Self.checkpoints(of: utf8) : []
  }

  package init(path: String, text: String) {
    self.init(path: path, utf8: Array(text.utf8))
  }

  /// The number of lines; a text that ends with a line feed has an empty last line.
  package var lineCount: Int { lineStarts.count }

  /// The text of a range of bytes.
  package subscript(range: Range<Int>) -> String {
    String(decoding: utf8[range.clamped(to: 0..<utf8.count)], as: UTF8.self)
  }

  /// The position of a byte, for people: line from 1, column from 1 in Unicode scalars.
  package func location(of offset: Int) -> SourceLocation {
    if let piece = piece(at: offset) { return piece.source.location(of: piece.offset(of: offset)) }
    let line = lineIndex(of: offset)
    return SourceLocation(line: line + 1, column: columns(ofLine: line, before: offset).scalars + 1)
  }

  /// The position of a byte as SARIF and language servers count it: line from 1, column from 1 in UTF-16 code units.
  package func utf16Location(of offset: Int) -> SourceLocation {
    if let piece = piece(at: offset) { return piece.source.utf16Location(of: piece.offset(of: offset)) }
    let line = lineIndex(of: offset)
    return SourceLocation(line: line + 1, column: columns(ofLine: line, before: offset).units + 1)
  }

  /// The bytes of a line (counted from 1), without its line end (LF or CRLF).
  package func lineRange(_ line: Int) -> Range<Int> {
    let start = lineStarts[line - 1]
    var end = line < lineStarts.count ? lineStarts[line] - 1 : utf8.count
    if end > start, utf8[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<max(start, end)
  }

  /// How much of a line precedes an offset.
  private func columns(ofLine line: Int, before offset: Int) -> ColumnCount {
    let start = lineStarts[line]
    let end = min(max(offset, start), utf8.count)
    if isPlain { return ColumnCount(characters: end - start) }
    guard end - start > 2 * Self.stride else { return ColumnCount(of: utf8[start..<end]) }
    let first = start / Self.stride + 1
    let last = end / Self.stride
    return ColumnCount(of: utf8[start..<first * Self.stride]) + (checkpoints[last] - checkpoints[first])
      + ColumnCount(of: utf8[last * Self.stride..<end])
  }

  /// The bytes between two checkpoints.
  private static let stride = 1024

  private static func checkpoints(of utf8: [UInt8]) -> [ColumnCount] {
    var checkpoints = [ColumnCount()]
    for start in Swift.stride(from: 0, to: utf8.count, by: stride) {
      checkpoints.append(
        checkpoints[checkpoints.count - 1] + ColumnCount(of: utf8[start..<min(start + stride, utf8.count)])
      )
    }
    return checkpoints
  }

  /// A length in the units that people and programs count columns in.
  private struct ColumnCount {
    var scalars = 0
    /// UTF-16 code units.
    var units = 0

    init() {}

    /// That of ASCII.
    init(characters: Int) {
      scalars = characters
      units = characters
    }

    init(of bytes: ArraySlice<UInt8>) {
      for byte in bytes where byte & 0xC0 != 0x80 {
        scalars += 1
        // A scalar outside the Basic Multilingual Plane has a lead byte of 0xF0 or more and takes two units.
        units += byte >= 0xF0 ? 2 : 1
      }
    }

    static func + (left: Self, right: Self) -> Self {
      var sum = left
      sum.scalars += right.scalars
      sum.units += right.units
      return sum
    }

    static func - (left: Self, right: Self) -> Self {
      var difference = left
      difference.scalars -= right.scalars
      difference.units -= right.units
      return difference
    }
  }

  private func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}

/// A position for people; both numbers count from 1.
package struct SourceLocation: Hashable, Comparable, Sendable {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// Where a node of the tree starts, as a byte offset; `nil` where PostgreSQL's parser does not say.
///
/// All offsets are equal and hash alike, so that two trees that read the same are equal wherever they stand.
package struct SourceOffset: Hashable, Sendable {
  package let byte: Int?

  package init(_ byte: Int?) { self.byte = byte }

  package static func == (_: Self, _: Self) -> Bool { true }

  package func hash(into _: inout Hasher) {}
}

extension String {
  /// The first line of SQL as a message quotes it: at most 60 characters.
  package var firstLine: String {
    let line = split(whereSeparator: \.isNewline).first ?? ""
    return line.count > 60 ? line.prefix(60) + "…" : String(line)
  }
}
