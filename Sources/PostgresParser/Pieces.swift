import Syntax

extension RawParser {
  /// The statements of a file, which is parsed in pieces where it is long: PostgreSQL's tree takes up to fifty times the
  /// memory of its text, and only one piece's is there at a time.
  ///
  /// A piece ends at a semicolon outside of parentheses. Inside a statement such a semicolon is only between BEGIN
  /// ATOMIC and END, and neither part of that can be parsed alone: then, as where a piece is refused for any other reason,
  /// the file is parsed as a whole.
  static func parse(file utf8: [UInt8]) throws(Failure) -> [Statement] {
    guard utf8.count > 2 * pieceSize, let statements = try? parse(piecesOf: utf8) else {
      return try parse(utf8[...], base: 0)
    }
    return statements
  }

  private static let pieceSize = 1 << 17

  private static func parse(piecesOf utf8: [UInt8]) throws(Failure) -> [Statement] {
    var statements: [Statement] = []
    var lexer = Lexer(utf8)
    var start = 0
    var depth = 0
    while let token = lexer.next() {
      switch token.kind {
      case .openParenthesis: depth += 1
      case .closeParenthesis: depth -= 1
      case .semicolon where depth == 0 && token.range.upperBound - start >= pieceSize:
        statements += try parse(utf8[start..<token.range.upperBound], base: start)
        start = token.range.upperBound
      default: break
      }
    }
    return statements + (try parse(utf8[start...], base: start))
  }
}
