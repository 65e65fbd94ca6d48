import Syntax

/// PostgreSQL's lexer, and PL/pgSQL's, which is the same, take the square of the time for two kinds of text: a comment
/// in which hundreds of comments open, of which it reads the rest once more for each of them (200 kB of `/*/*/*` take a
/// quarter of a minute), and a row of signs, each of which is a token, whose end it looks for from each of them (100 kB
/// of `+` take half a minute).
extension Collection<UInt8> where Index == Int {
  /// As many bytes that PostgreSQL reads as the same tree, without what takes its lexer so long; `nil` for nearly every
  /// text, which holds nothing of the kind.
  ///
  /// Comments lose the slashes of those inside them. Their ends stay, as a block comment does not let a string go on
  /// after it. A row of signs loses those that stand deeper than ``TreeReader/maximumDepth``.
  func relieved() -> [UInt8]? {
    guard isHard else { return nil }
    var utf8 = Array(self)
    var signs = 0..<0
    for token in Lexer(utf8) {
      switch token.kind {
      case .blockComment where token.range.count > 1000:
        let end = token.isTerminated ? token.range.upperBound - 2 : token.range.upperBound
        for offset in token.range.lowerBound + 2..<end where utf8[offset] == .slash { utf8[offset] = 0x20 }
      case .operator where token.range.count == 1 && utf8[token.range.lowerBound].isSign:
        let goesOn = token.range.lowerBound == signs.upperBound
        signs = (goesOn ? signs.lowerBound : token.range.lowerBound)..<token.range.upperBound
        if signs.count > TreeReader.maximumDepth { utf8[token.range.lowerBound] = 0x20 }
      default: break
      }
    }
    return utf8
  }

  /// Whether it may hold what takes long, be it in a string.
  private var isHard: Bool {
    var openings = 0
    var signs = 0
    var previous: UInt8 = 0
    for byte in self {
      signs = byte.isSign ? signs + 1 : 0
      if byte == .star, previous == .slash { openings += 1 }
      if openings > 200 || signs > TreeReader.maximumDepth { return true }
      previous = byte
    }
    return false
  }
}

extension UInt8 {
  fileprivate static let slash = UInt8(ascii: "/")
  fileprivate static let star = UInt8(ascii: "*")

  fileprivate var isSign: Bool { self == UInt8(ascii: "+") || self == UInt8(ascii: "-") }
}
