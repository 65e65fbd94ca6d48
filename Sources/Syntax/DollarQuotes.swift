extension [UInt8] {
  /// Where in a range of the text a body stands between dollar quotes; `nil` where it stands in a plain string.
  package func offset(ofDollarQuoted body: String, in range: Range<Int>) -> Int? {
    for token in Lexer(self, in: range) where token.kind == .dollarString {
      // `$tag$`, the body, `$tag$`.
      let delimiter = (token.range.count - body.utf8.count) / 2
      let start = token.range.lowerBound + delimiter
      let end = start + body.utf8.count
      if delimiter > 0, end <= count, self[start..<end].elementsEqual(body.utf8) { return start }
    }
    return nil
  }
}
