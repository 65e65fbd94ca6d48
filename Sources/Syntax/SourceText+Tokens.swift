extension SourceText {
  /// All comments, in the order of the text. A comment that the text ends in the middle of is none.
  package func comments() -> [Comment] { commentTokens().compactMap(Comment.init) }

  /// The comments in front of an offset.
  package func comments(upTo offset: Int) -> [Comment] { commentTokens(upTo: offset).compactMap(Comment.init) }

  /// The tokens of comments that end at an offset or before; of all, where it is `nil`.
  package func commentTokens(upTo offset: Int? = nil) -> [Token] {
    guard mayHoldComments else { return [] }
    let end = offset ?? utf8.count
    var tokens: [Token] = []
    var lexer = Lexer(utf8)
    while lexer.position < end, let token = lexer.next(), token.range.upperBound <= end {
      if token.isComment { tokens.append(token) }
    }
    return tokens
  }

  /// The whole token, or comment, that covers an offset; empty at the offset if only white space or the end is there.
  ///
  /// The start is that of some token at or before the offset, such as the first of the statement it is in; without it
  /// the text is read from the beginning.
  package func tokenRange(at offset: Int, from start: Int = 0) -> Range<Int> {
    var lexer = Lexer(utf8, in: start..<max(start, utf8.count))
    while let token = lexer.next(), token.range.lowerBound <= offset {
      if token.range.contains(offset) { return token.range }
    }
    let place = min(max(offset, 0), utf8.count)
    return place..<place
  }

  /// The name, with its schema, that a range begins with. Placeholders may be all of it, or parts.
  package func nameRange(in range: Range<Int>) -> Range<Int> {
    var lexer = Lexer(utf8, in: range, readsPlaceholders: true)
    // A comment here is a placeholder too.
    var end = lexer.next()?.range.upperBound ?? range.lowerBound
    while let token = lexer.nextSignificant() {
      let isGlued = token.range.lowerBound == end && [.word, .number, .placeholder].contains(token.kind)
      guard isGlued || token.kind == .period else { break }
      let last = isGlued ? token : lexer.nextSignificant()
      end = last?.range.upperBound ?? end
    }
    return range.lowerBound..<end
  }

  /// The pieces of a range between its commas that stand in no parentheses or brackets.
  package func parts(of range: Range<Int>) -> [Range<Int>] { Lexer(utf8, in: range).parts() }
}

extension Lexer {
  /// The pieces of what is left of the text between its commas that stand in no parentheses or brackets, each from its
  /// first token to the end of its last one: the columns of a list, the actions of an ALTER TABLE. A piece without a
  /// token is left out.
  package func parts() -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var part: Range<Int>?
    var depth = 0
    var lexer = self
    while let token = lexer.nextSignificant() {
      switch token.kind {
      case .comma where depth == 0:
        if let part { parts.append(part) }
        part = nil
        continue
      case .openParenthesis, .openBracket: depth += 1
      case .closeParenthesis, .closeBracket: depth -= 1
      default: break
      }
      part = (part?.lowerBound ?? token.range.lowerBound)..<token.range.upperBound
    }
    return parts + (part.map { [$0] } ?? [])
  }
}

extension Comment {
  /// `nil` for a token that is no comment, or one without an end.
  package init?(_ token: Token) {
    guard token.isTerminated else { return nil }
    switch token.kind {
    case .lineComment: self.init(style: .line, range: token.range)
    case .blockComment: self.init(style: .block, range: token.range)
    default: return nil
    }
  }
}
