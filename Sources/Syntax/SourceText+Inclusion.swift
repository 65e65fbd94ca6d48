/// psql reads other files where a script names them: the text is then put together from several.
///
/// Offsets count in the whole. What people read, a path and a line, is that of the file that a byte comes from.
extension SourceText {
  /// A stretch of the text that comes from one file.
  struct Piece: Sendable {
    /// Where it is in the whole.
    let range: Range<Int>
    /// The file, which is no whole of others itself.
    let source: SourceText
    /// Where it starts in the file.
    let start: Int

    func offset(of offset: Int) -> Int { offset - range.lowerBound + start }
  }

  /// The text with others in the place of some of its bytes, which are in the order of the text.
  package func including(_ inclusions: [(range: Range<Int>, text: SourceText)]) -> SourceText {
    var whole: [UInt8] = []
    var pieces: [Piece] = []
    func add(_ range: Range<Int>, of source: SourceText) {
      guard !range.isEmpty else { return }
      let parts =
        source.pieces.isEmpty ? [Piece(range: 0..<source.utf8.count, source: source, start: 0)] : source.pieces
      for part in parts {
        let overlap = part.range.clamped(to: range)
        guard !overlap.isEmpty else { continue }
        let place = whole.count..<whole.count + overlap.count
        whole += source.utf8[overlap]
        pieces.append(Piece(range: place, source: part.source, start: part.offset(of: overlap.lowerBound)))
      }
    }
    var end = 0
    for inclusion in inclusions {
      add(end..<inclusion.range.lowerBound, of: self)
      add(0..<inclusion.text.utf8.count, of: inclusion.text)
      end = inclusion.range.upperBound
    }
    add(end..<utf8.count, of: self)
    return SourceText(path: path, utf8: whole, pieces: pieces)
  }

  /// A stretch of the text alone, read as other bytes, each of which stands for the one at its place.
  package func part(_ range: Range<Int>, readAs bytes: [UInt8]) -> SourceText {
    let whole = Piece(range: 0..<bytes.count, source: self, start: range.lowerBound)
    return SourceText(path: path, utf8: bytes, pieces: [whole])
  }

  /// The file that a range starts in, and where it is there; the end is in the same file.
  package func file(of range: Range<Int>) -> (source: SourceText, range: Range<Int>) {
    guard let piece = piece(at: range.lowerBound) else { return (self, range) }
    let start = piece.offset(of: range.lowerBound)
    let end = piece.offset(of: min(range.upperBound, piece.range.upperBound))
    return (piece.source, start..<max(start, end))
  }

  /// Whether other files are included.
  package var hasInclusions: Bool { !pieces.isEmpty }

  /// The files that are included.
  package var includedPaths: Set<String> { Set(pieces.map(\.source.path)).subtracting([path]) }

  /// Whether two bytes come from the same file.
  package func isOneFile(_ one: Int, _ other: Int) -> Bool {
    piece(at: one)?.source.path == piece(at: other)?.source.path
  }

  /// The stretch that a byte is in; the end of the text is in the last one.
  func piece(at offset: Int) -> Piece? {
    guard !pieces.isEmpty else { return nil }
    return pieces[max(0, pieces.partitioningIndex { $0.range.lowerBound > offset } - 1)]
  }
}
