// Each search ends where another placeholder may begin, so that a text full of openings without an end is read in one
// go.
extension Lexer {
  /// The token of a placeholder that begins at an offset, if the lexer was asked for them.
  func placeholder(at start: Int) -> Token? {
    guard readsPlaceholders, let end = endOfPlaceholder(at: start) else { return nil }
    return Token(kind: .placeholder, range: start..<end)
  }

  private func endOfPlaceholder(at start: Int) -> Int? {
    switch (bytes[start], byte(start + 1)) {
    case (.dollar, .openBrace): endOfDollarBraces(at: start)
    case (.dollar, .percent): endOfDollarPercent(at: start)
    case (.openBrace, .openBrace), (.openBrace, .percent), (.openBrace, UInt8(ascii: "#")): endOfBraces(at: start)
    case (.percent, UInt8(ascii: "(")): endOfPercent(at: start)
    case (.colon, _): endOfVariable(at: start)
    default: nil
    }
  }

  /// `${…}`. Source of what may be in it: Flyway's PlaceholderReplacingReader.java, which takes all up to the brace.
  private func endOfDollarBraces(at start: Int) -> Int? {
    var offset = start + 2
    while offset < end, !bytes[offset].isLineEnd, bytes[offset] != .dollar, bytes[offset] != .openBrace {
      if bytes[offset] == .closeBrace { return offset > start + 2 ? offset + 1 : nil }
      offset += 1
    }
    return nil
  }

  /// `$%…%$`
  private func endOfDollarPercent(at start: Int) -> Int? {
    var offset = start + 2
    while offset < end, bytes[offset].continuesWord || bytes[offset] == .minus || bytes[offset] == .period {
      offset += 1
    }
    return offset > start + 2 && byte(offset) == .percent && byte(offset + 1) == .dollar ? offset + 2 : nil
  }

  /// `{{ … }}`, `{% … %}` or `{# … #}`; Handlebars has three braces too.
  private func endOfBraces(at start: Int) -> Int? {
    let sign = byte(start + 1)
    let closing = sign == .openBrace ? .closeBrace : sign
    var offset = start + 2
    while offset + 1 < end {
      let pair = (bytes[offset], bytes[offset + 1])
      if pair == (closing, .closeBrace) {
        let isTriple = sign == .openBrace && byte(start + 2) == .openBrace && byte(offset + 2) == .closeBrace
        return offset + (isTriple ? 3 : 2)
      }
      if pair == (.openBrace, sign) || sign != UInt8(ascii: "#") && pair.0 == .openBrace && pair.1.opensTemplate {
        return nil
      }
      offset += 1
    }
    return nil
  }

  /// `%(…)s`
  private func endOfPercent(at start: Int) -> Int? {
    var offset = start + 2
    while offset < end, bytes[offset].continuesWord || bytes[offset] == .period { offset += 1 }
    let isNamed = offset > start + 2
    return isNamed && byte(offset) == UInt8(ascii: ")") && byte(offset + 1) == UInt8(ascii: "s") ? offset + 2 : nil
  }

  /// psql also takes `:1` for a variable; here that is the bound of an array slice.
  private func endOfVariable(at start: Int) -> Int? {
    let isQuestion = byte(start + 1) == .openBrace && byte(start + 2) == UInt8(ascii: "?")
    let closing = isQuestion ? .closeBrace : byte(start + 1)
    let isDelimited = isQuestion || closing == .quote || closing == .doubleQuote
    let name = start + (isQuestion ? 3 : isDelimited ? 2 : 1)
    guard byte(name).continuesWord, byte(name) != .dollar, !byte(name).isDigit else { return nil }
    var offset = name
    while offset < end, bytes[offset].continuesWord, bytes[offset] != .dollar { offset += 1 }
    guard isDelimited else { return offset }
    return byte(offset) == closing ? offset + 1 : nil
  }
}

extension UInt8 {
  static let openBrace = UInt8(ascii: "{")
  static let closeBrace = UInt8(ascii: "}")
  static let percent = UInt8(ascii: "%")

  fileprivate var opensTemplate: Bool { self == .openBrace || self == .percent || self == UInt8(ascii: "#") }
}
