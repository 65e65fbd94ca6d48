import Syntax

extension [Statement] {
  /// The same with ranges from the first byte of the first token to the end of the last one, those of the actions of
  /// ALTER TABLE too.
  func trimmed(in utf8: [UInt8], _ comments: [Comment]) -> [Statement] {
    map {
      $0.with($0.kind, $0.range.trimmed(in: utf8, comments)).locatingActions(in: utf8).locatingCode(in: utf8)
    }
  }
}

extension Statement {
  /// The same for the statements inside a DO block.
  fileprivate func locatingCode(in utf8: [UInt8]) -> Statement {
    guard case .anonymousBlock(var block) = kind else { return self }
    block.code = block.code.mapping { part in
      guard let range = part.range else { return part }
      // The comments of the file know nothing of those inside the block.
      let comments = Lexer(utf8, in: range).filter(\.isComment).compactMap(Comment.init)
      let statement = Statement(kind: part.kind, range: range.trimmed(in: utf8, comments)).locatingActions(in: utf8)
        .locatingCode(in: utf8)
      return EmbeddedCode.Part(statement.kind, range: statement.range)
    }
    return with(.anonymousBlock(block), range)
  }
}

extension Range<Int> {
  /// The range without white space, comments and semicolons at its ends; empty if there is nothing else. The comments
  /// are those of the whole text, in its order.
  func trimmed(in utf8: [UInt8], _ comments: [Comment]) -> Range<Int> {
    var start = lowerBound
    var next = comments.firstIndex(from: lowerBound)
    while start < upperBound {
      if next < comments.endIndex, comments[next].range.lowerBound == start, comments[next].stands(in: utf8) {
        start = comments[next].range.upperBound
        next += 1
      } else if utf8[start].isSpace || utf8[start] == UInt8(ascii: ";") {
        start += 1
      } else {
        break
      }
    }
    var end = upperBound
    var previous = comments.firstIndex(from: upperBound) - 1
    while end > start {
      if previous >= comments.startIndex, comments[previous].range.upperBound == end,
        comments[previous].stands(in: utf8)
      {
        end = comments[previous].range.lowerBound
        previous -= 1
      } else if utf8[end - 1].isSpace || utf8[end - 1] == UInt8(ascii: ";") {
        end -= 1
      } else {
        break
      }
    }
    return Swift.min(start, upperBound)..<Swift.max(end, Swift.min(start, upperBound))
  }
}

extension Comment {
  /// Whether the bytes hold it, and nothing in its place.
  fileprivate func stands(in utf8: [UInt8]) -> Bool {
    utf8[range.lowerBound] == UInt8(ascii: "-") || utf8[range.lowerBound] == UInt8(ascii: "/")
  }
}

extension [Comment] {
  /// The first comment that starts at or after an offset.
  fileprivate func firstIndex(from offset: Int) -> Int {
    partitioningIndex { $0.range.lowerBound >= offset }
  }
}
