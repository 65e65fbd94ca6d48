import Syntax

/// Reads a script that PostgreSQL's parser refuses as a whole, statement by statement.
///
/// Every statement is parsed alone, to its semicolon. Where that fails, reading continues after the semicolon, or before
/// it where another statement certainly begins, so that a missing semicolon costs no statement. How often a byte is
/// parsed has a bound, however many errors and placeholders there are.
struct Recovery {
  private let splitter: StatementSplitter
  private let utf8: [UInt8]
  private var statements: [Statement] = []
  private var errors: [SyntaxError] = []
  /// The end of a statement with semicolons inside that was refused; up to there every semicolon ends a statement.
  private var brokenEnd = 0
  private var replaced: [NonSQLRange] = []
  /// The text with its placeholders encoded, once it is needed.
  private var template: TemplateText?

  init(from splitter: StatementSplitter) {
    self.splitter = splitter
    self.utf8 = splitter.utf8
  }

  consuming func script() -> Script {
    var start = 0
    while start < utf8.count { start = read(from: start) }
    let nonSQLRanges = (splitter.nonSQLRanges + replaced).sorted { $0.range.lowerBound < $1.range.lowerBound }
    return Script(
      source: splitter.source,
      statements: statements,
      comments: splitter.comments,
      errors: errors,
      nonSQLRanges: nonSQLRanges
    )
  }

  /// Reads the statement at an offset; where to go on.
  private mutating func read(from start: Int) -> Int {
    let isBroken = start < brokenEnd
    let end = splitter.boundaries.first(from: start) { isBroken || !$0.isInner } ?? utf8.count
    let range = trimmed(start..<end).lowerBound..<end
    guard !trimmed(range).isEmpty else { return end }
    switch parse(range) {
    case .success(let parsed):
      statements += parsed
      return end
    case .failure(let failure):
      return goOn(after: failure, in: range)
    }
  }

  private mutating func goOn(after failure: RawParser.Failure, in range: Range<Int>) -> Int {
    let place = min(max(failure.offset ?? range.lowerBound, range.lowerBound), range.upperBound)
    if let opening = opening(before: place, in: range) {
      if case .success(let parsed) = parse(range.lowerBound..<opening.offset) {
        statements += parsed
        report(failure, in: range, skipped: opening.offset..<opening.offset)
        return opening.offset
      }
      if opening.isCertain, opening.offset == place {
        report(failure, in: range, skipped: trimmed(range.lowerBound..<opening.offset))
        return opening.offset
      }
    }
    let boundary = splitter.boundaries.first(from: place) { _ in true } ?? range.upperBound
    let opening = splitter.certainOpenings.first(after: place) ?? range.upperBound
    let resumption = min(boundary, opening, range.upperBound)
    if boundary < range.upperBound { brokenEnd = range.upperBound }
    report(failure, in: range, skipped: trimmed(range.lowerBound..<resumption))
    return resumption
  }

  /// What begins the line in which the parser stumbled, if a semicolon may be missing in front of it.
  private func opening(before place: Int, in range: Range<Int>) -> StatementSplitter.Opening? {
    let index = splitter.openings.partitioningIndex { $0.offset > place } - 1
    guard index >= 0 else { return nil }
    let opening = splitter.openings[index]
    // In this order: the line may be long, and all before the range has been read.
    guard opening.offset > range.lowerBound, !utf8[opening.offset..<place].contains(where: \.isLineEnd) else {
      return nil
    }
    return opening
  }

  private mutating func report(_ failure: RawParser.Failure, in range: Range<Int>, skipped: Range<Int>) {
    let token = failure.offset.map { errorRange(at: $0, from: range.lowerBound) }
    let place = token ?? trimmed(range).lowerBound..<trimmed(range).lowerBound
    errors.append(SyntaxError(message: failure.message.shortened, range: place, skipped: skipped))
  }

  /// The token, or of one that has no end, its first line.
  private func errorRange(at offset: Int, from start: Int) -> Range<Int> {
    var lexer = Lexer(utf8, in: start..<utf8.count, readsPlaceholders: true)
    while let token = lexer.next(), token.range.lowerBound <= offset {
      guard token.range.contains(offset) else { continue }
      guard !token.isTerminated else { return token.range }
      return token.range.lowerBound..<(utf8[token.range].firstIndex(where: \.isLineEnd) ?? token.range.upperBound)
    }
    let place = min(offset, utf8.count)
    return place..<place
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> { range.trimmed(in: utf8, splitter.comments) }
}

// MARK: - Parsing a part

extension Recovery {
  /// The statements of a part; if need be with something in place of what a program replaces.
  private mutating func parse(_ range: Range<Int>) -> Result<[Statement], RawParser.Failure> {
    let plain = parseGrowing(range, in: utf8)
    guard case .failure(let failure) = plain, !splitter.placeholders.isEmpty else { return plain }
    var template = self.template ?? TemplateText(utf8, placeholders: splitter.placeholders)
    // Held twice, it would be copied at each change.
    self.template = nil
    let result = template.read(range, after: failure) { parseGrowing(range, in: $0) }
    if case .success = result { replaced += template.nonSQLRanges(in: range, of: splitter.source) }
    self.template = template
    return result
  }

  /// Parses a part that many statements without semicolons may be in, so that each of them is not parsed together with
  /// all that follow.
  private func parseGrowing(_ range: Range<Int>, in utf8: [UInt8]) -> Result<[Statement], RawParser.Failure> {
    let first = splitter.openings.partitioningIndex { $0.offset > range.lowerBound }
    var count = 8
    while first + count < splitter.openings.count {
      let end = splitter.openings[first + count].offset
      guard end < range.upperBound else { break }
      if case .failure(let failure) = parseWhole(range.lowerBound..<end, in: utf8), let place = failure.offset,
        place < trimmed(range.lowerBound..<end).upperBound
      {
        return .failure(failure)
      }
      count *= 4
    }
    return parseWhole(range, in: utf8)
  }

  private func parseWhole(_ range: Range<Int>, in utf8: [UInt8]) -> Result<[Statement], RawParser.Failure> {
    do throws(RawParser.Failure) {
      return .success(try RawParser.parse(utf8[range], base: range.lowerBound).trimmed(in: utf8, splitter.comments))
    } catch {
      return .failure(error)
    }
  }
}

// MARK: - Finding places

extension [StatementSplitter.Boundary] {
  fileprivate func first(from offset: Int, where matches: (Element) -> Bool) -> Int? {
    self[partitioningIndex { $0.end > offset }...].first(where: matches)?.end
  }
}

extension [Int] {
  fileprivate func first(after offset: Int) -> Int? {
    let index = partitioningIndex { $0 > offset }
    return index < endIndex ? self[index] : nil
  }
}

extension String {
  /// The message without the lines of text that PostgreSQL quotes if a string has no end.
  fileprivate var shortened: String {
    let line = prefix { !$0.isNewline }
    let words = line.prefix(200)
    return words.count == count ? self : "\(words)…\""
  }
}
