/// A token of SQL, or a comment.
package struct Token: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// A keyword or an unquoted identifier.
    case word
    /// `"name"` or `U&"name"`.
    case quotedIdentifier
    /// `'…'`, `E'…'`, `U&'…'`, `N'…'`, `B'…'` or `X'…'`.
    case string
    /// `$$…$$` or `$tag$…$tag$`.
    case dollarString
    case number
    /// `$1`.
    case parameter
    case `operator`
    case comma, semicolon, colon, period
    case openParenthesis, closeParenthesis, openBracket, closeBracket
    /// `::`.
    case typecast
    /// What a program replaces before PostgreSQL reads the text, such as `:name` and `${name}`, if the lexer was asked
    /// for it.
    case placeholder
    case lineComment, blockComment
    /// A byte that begins no token of PostgreSQL's, such as a backslash or a brace.
    case unknown
  }

  package let kind: Kind
  package let range: Range<Int>
  /// False for a string, identifier or comment that the text ends in the middle of.
  package let isTerminated: Bool

  package init(kind: Kind, range: Range<Int>, isTerminated: Bool = true) {
    self.kind = kind
    self.range = range
    self.isTerminated = isTerminated
  }

  package var isComment: Bool { kind == .lineComment || kind == .blockComment }
}

/// Splits SQL into tokens by the rules of PostgreSQL 17's `scan.l`, with `standard_conforming_strings` on.
///
/// Comments are tokens too; white space is not. Text that PostgreSQL's lexer refuses is split as well, so that
/// everything between the tokens is white space. The pieces of a string that goes on after a line feed are one token
/// each.
package struct Lexer: Sequence, IteratorProtocol, Sendable {
  let bytes: [UInt8]
  let end: Int
  let readsPlaceholders: Bool
  /// Where the next token is looked for.
  package private(set) var position: Int
  /// Whether a plain quote on a later line goes on with an `E'…'` string.
  private var continuesEscapes = false

  /// Up to where a row of signs goes on that are one token each.
  private var signsEnd = 0

  /// Asked to read placeholders, it takes `:name` for one token; otherwise that is a colon and a word.
  package init(_ utf8: [UInt8], in range: Range<Int>? = nil, readsPlaceholders: Bool = false) {
    let range = (range ?? 0..<utf8.count).clamped(to: 0..<utf8.count)
    self.bytes = utf8
    self.position = range.lowerBound
    self.end = range.upperBound
    self.readsPlaceholders = readsPlaceholders
  }

  /// Goes on at another place, for a caller that knows of text there which is no SQL.
  package mutating func move(to offset: Int) {
    position = Swift.min(Swift.max(offset, 0), end)
    continuesEscapes = false
    signsEnd = 0
  }

  /// The next token that is no comment.
  package mutating func nextSignificant() -> Token? {
    while let token = next() {
      if !token.isComment { return token }
    }
    return nil
  }

  package mutating func next() -> Token? {
    let crossedLine = skipSpace()
    guard position < end else { return nil }
    let start = position
    let goesOn = continuesEscapes && crossedLine && bytes[start] == .quote
    let token = goesOn ? string(from: start, quoteAt: start, hasEscapes: true) : self.token(at: start)
    position = token.range.upperBound
    // PostgreSQL lets line comments, but not block comments, stand between the pieces of a string.
    if token.kind != .lineComment {
      continuesEscapes = token.kind == .string && (goesOn || bytes[start] | 0x20 == .lowerE)
    }
    return token
  }

  /// Whether a line end was among it.
  private mutating func skipSpace() -> Bool {
    // A line comment before this space stopped in front of its line end.
    var crossedLine = false
    while position < end, bytes[position].isSpace {
      if bytes[position].isLineEnd { crossedLine = true }
      position += 1
    }
    return crossedLine
  }

  private mutating func token(at start: Int) -> Token {
    let byte = bytes[start]
    if start < signsEnd { return single(.operator, at: start) }
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), .underscore, 0x80...0xFF:
      return prefixedLiteral(at: start) ?? Token(kind: .word, range: start..<endOfWord(from: start))
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      return Token(kind: .number, range: start..<endOfNumber(from: start))
    case .quote: return string(from: start, quoteAt: start, hasEscapes: false)
    case .doubleQuote: return quoted(.quotedIdentifier, from: start, quoteAt: start)
    case .dollar: return placeholder(at: start) ?? dollar(at: start)
    case UInt8(ascii: ","): return single(.comma, at: start)
    case UInt8(ascii: ";"): return single(.semicolon, at: start)
    case UInt8(ascii: "("): return single(.openParenthesis, at: start)
    case UInt8(ascii: ")"): return single(.closeParenthesis, at: start)
    case UInt8(ascii: "["): return single(.openBracket, at: start)
    case UInt8(ascii: "]"): return single(.closeBracket, at: start)
    case UInt8(ascii: "."): return period(at: start)
    case .colon: return colon(at: start)
    case _ where byte.isOperator:
      if let placeholder = placeholder(at: start) { return placeholder }
      return commentOrOperator(at: start)
    default: return placeholder(at: start) ?? single(.unknown, at: start)
    }
  }

  private func single(_ kind: Token.Kind, at start: Int) -> Token {
    Token(kind: kind, range: start..<start + 1)
  }

  /// The byte at an offset, 0 after the end; a text for PostgreSQL's parser holds no 0.
  func byte(_ offset: Int) -> UInt8 {
    offset < end ? bytes[offset] : 0
  }
}

// MARK: - Words and numbers

extension Lexer {
  private func endOfWord(from start: Int) -> Int {
    var offset = start
    while offset < end, bytes[offset].continuesWord, !isPlaceholder(at: offset) { offset += 1 }
    return offset
  }

  /// A dollar sign may be part of a word.
  private func isPlaceholder(at offset: Int) -> Bool { bytes[offset] == .dollar && placeholder(at: offset) != nil }

  /// `E'…'`, `U&"…"` and their like.
  private func prefixedLiteral(at start: Int) -> Token? {
    let second = byte(start + 1)
    guard second == .quote || second == .ampersand else { return nil }
    switch (bytes[start] | 0x20, second) {
    case (.lowerE, .quote): return string(from: start, quoteAt: start + 1, hasEscapes: true)
    case (UInt8(ascii: "b"), .quote), (UInt8(ascii: "x"), .quote), (UInt8(ascii: "n"), .quote):
      return string(from: start, quoteAt: start + 1, hasEscapes: false)
    case (UInt8(ascii: "u"), .ampersand) where byte(start + 2) == .quote:
      return string(from: start, quoteAt: start + 2, hasEscapes: false)
    case (UInt8(ascii: "u"), .ampersand) where byte(start + 2) == .doubleQuote:
      return quoted(.quotedIdentifier, from: start, quoteAt: start + 2)
    default: return nil
    }
  }

  /// Takes what PostgreSQL calls trailing junk (`1a`) into the number, as its error message does.
  private func endOfNumber(from start: Int) -> Int {
    var offset = start
    var hasPeriod = bytes[start] == .period
    if hasPeriod { offset += 1 }
    while offset < end {
      let byte = bytes[offset]
      if byte.continuesWord, !isPlaceholder(at: offset) {
        offset += 1
        // The exponent's sign; `0x1E+1` is a sum.
        let isExponent = byte | 0x20 == .lowerE && self.byte(start + 1) | 0x20 != UInt8(ascii: "x")
        let sign = self.byte(offset)
        if isExponent, sign == .plus || sign == .minus, self.byte(offset + 1).isDigit { offset += 1 }
      } else if byte == .period, !hasPeriod, self.byte(offset + 1) != .period {
        hasPeriod = true
        offset += 1
      } else {
        break
      }
    }
    return offset
  }

  private func period(at start: Int) -> Token {
    if byte(start + 1).isDigit { return Token(kind: .number, range: start..<endOfNumber(from: start)) }
    return byte(start + 1) == .period
      ? Token(kind: .operator, range: start..<start + 2) : single(.period, at: start)
  }
}

// MARK: - Quotes

extension Lexer {
  private func string(from start: Int, quoteAt quote: Int, hasEscapes: Bool) -> Token {
    guard hasEscapes else { return quoted(.string, from: start, quoteAt: quote) }
    var offset = quote + 1
    while offset < end {
      if bytes[offset] == .backslash {
        offset += 2
      } else if bytes[offset] != .quote {
        offset += 1
      } else if byte(offset + 1) == .quote {
        offset += 2
      } else {
        return Token(kind: .string, range: start..<offset + 1)
      }
    }
    return Token(kind: .string, range: start..<end, isTerminated: false)
  }

  /// Text in quotes whose only escape is the doubled quote.
  private func quoted(_ kind: Token.Kind, from start: Int, quoteAt opening: Int) -> Token {
    let quote = bytes[opening]
    var offset = opening + 1
    while offset < end {
      if bytes[offset] != quote {
        offset += 1
      } else if byte(offset + 1) == quote {
        offset += 2
      } else {
        return Token(kind: kind, range: start..<offset + 1)
      }
    }
    return Token(kind: kind, range: start..<end, isTerminated: false)
  }

  private func dollar(at start: Int) -> Token {
    var offset = start + 1
    if byte(offset).isDigit { return Token(kind: .parameter, range: start..<endOfWord(from: offset)) }
    while offset < end, bytes[offset].continuesWord, bytes[offset] != .dollar { offset += 1 }
    guard byte(offset) == .dollar else { return single(.unknown, at: start) }
    let delimiter = bytes[start...offset]
    offset += 1
    while offset < end {
      if bytes[offset] == .dollar, offset + delimiter.count <= end,
        bytes[offset..<offset + delimiter.count].elementsEqual(delimiter)
      {
        return Token(kind: .dollarString, range: start..<offset + delimiter.count)
      }
      offset += 1
    }
    return Token(kind: .dollarString, range: start..<end, isTerminated: false)
  }
}

// MARK: - Signs and comments

extension Lexer {
  private func colon(at start: Int) -> Token {
    switch byte(start + 1) {
    case .colon: return Token(kind: .typecast, range: start..<start + 2)
    case UInt8(ascii: "="): return Token(kind: .operator, range: start..<start + 2)
    default: return placeholder(at: start) ?? single(.colon, at: start)
    }
  }

  private mutating func commentOrOperator(at start: Int) -> Token {
    let pair = (bytes[start], byte(start + 1))
    if pair == (.minus, .minus) {
      var offset = start + 2
      while offset < end, !bytes[offset].isLineEnd { offset += 1 }
      return Token(kind: .lineComment, range: start..<offset)
    }
    return pair == (.slash, .star) ? blockComment(at: start) : operatorToken(at: start)
  }

  private func blockComment(at start: Int) -> Token {
    var depth = 1
    var offset = start + 2
    while offset + 1 < end {
      switch (bytes[offset], bytes[offset + 1]) {
      case (.slash, .star):
        depth += 1
        offset += 2
      case (.star, .slash):
        depth -= 1
        offset += 2
        if depth == 0 { return Token(kind: .blockComment, range: start..<offset) }
      default: offset += 1
      }
    }
    return Token(kind: .blockComment, range: start..<end, isTerminated: false)
  }

  /// An operator ends before a comment, and may end in `+` or `-` only if it holds one of `~ ! @ # ^ & | \` ? %`,
  /// so that `=-1` is `=` and `-1`.
  private mutating func operatorToken(at start: Int) -> Token {
    var offset = start
    var isSpecial = false
    while offset < end, bytes[offset].isOperator {
      let pair = (bytes[offset], byte(offset + 1))
      if offset > start, pair == (.minus, .minus) || pair == (.slash, .star) { break }
      if bytes[offset] == .percent, placeholder(at: offset) != nil { break }
      if bytes[offset].lastsBeforeSign { isSpecial = true }
      offset += 1
    }
    if !isSpecial {
      let end = offset
      while offset - start > 1, bytes[offset - 1] == .plus || bytes[offset - 1] == .minus { offset -= 1 }
      // What was cut off is only signs. To look for the end once more from each of them would take the square of their
      // number.
      if offset < end { signsEnd = end }
    }
    return Token(kind: .operator, range: start..<offset)
  }
}

// MARK: - Classes of bytes

extension UInt8 {
  static let quote = UInt8(ascii: "'")
  static let doubleQuote = UInt8(ascii: "\"")
  static let dollar = UInt8(ascii: "$")
  static let colon = UInt8(ascii: ":")
  static let period = UInt8(ascii: ".")
  static let ampersand = UInt8(ascii: "&")
  static let underscore = UInt8(ascii: "_")
  static let backslash = UInt8(ascii: "\\")
  static let minus = UInt8(ascii: "-")
  static let plus = UInt8(ascii: "+")
  static let slash = UInt8(ascii: "/")
  static let star = UInt8(ascii: "*")
  static let lowerE = UInt8(ascii: "e")

  /// `space` of `scan.l`.
  @inlinable
  package var isSpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }

  @inlinable
  package var isLineEnd: Bool { self == 0x0A || self == 0x0D }

  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

  /// `ident_cont` of `scan.l`; every byte of a scalar outside ASCII is a letter.
  package var continuesWord: Bool {
    let letter = self | 0x20
    return (letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z")) || isDigit || self == .underscore
      || self == .dollar || self >= 0x80
  }

  /// `op_chars` of `scan.l`.
  var isOperator: Bool {
    switch self {
    case .plus, .minus, .star, .slash, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "="): true
    default: lastsBeforeSign
    }
  }

  var lastsBeforeSign: Bool {
    switch self {
    case UInt8(ascii: "~"), UInt8(ascii: "!"), UInt8(ascii: "@"), UInt8(ascii: "#"), UInt8(ascii: "^"),
      .ampersand, UInt8(ascii: "|"), UInt8(ascii: "`"), UInt8(ascii: "?"), UInt8(ascii: "%"):
      true
    default: false
    }
  }
}
