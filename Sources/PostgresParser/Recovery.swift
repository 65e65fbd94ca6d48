import Syntax

/// Reads a script that PostgreSQL's parser refuses as a whole, statement by statement.
///
/// Every statement is parsed alone, to its semicolon. Where that fails, reading goes on behind the semicolon, or before
/// it where another statement certainly begins, so that a missing semicolon costs no statement. Each byte is parsed a
/// few times at most, however many errors there are.
struct Recovery {
  private let outline: Outline
  private let utf8: [UInt8]
  private var statements: [Statement] = []
  private var errors: [SyntaxError] = []
  /// The end of a statement with semicolons inside that was refused; up to there every semicolon ends a statement.
  private var brokenEnd = 0
  private var variables: [Passage] = []
  /// The text with psql's variables replaced, one for each way.
  private lazy var readings = VariableReading.allCases.map { $0.applied(to: outline.variables, in: utf8) }

  init(from outline: Outline) {
    self.outline = outline
    self.utf8 = outline.utf8
  }

  consuming func script() -> Script {
    var start = 0
    while start < utf8.count { start = read(from: start) }
    let passages = (outline.passages + variables).sorted { $0.range.lowerBound < $1.range.lowerBound }
    return Script(
      source: outline.source,
      statements: statements,
      comments: outline.comments,
      errors: errors,
      passages: passages
    )
  }

  /// Reads the statement at an offset; where to go on.
  private mutating func read(from start: Int) -> Int {
    let isBroken = start < brokenEnd
    let end = outline.boundaries.first(from: start) { isBroken || !$0.isInner } ?? utf8.count
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
    let boundary = outline.boundaries.first(from: place) { _ in true } ?? range.upperBound
    let opening = outline.certainOpenings.first(after: place) ?? range.upperBound
    let resumption = min(boundary, opening, range.upperBound)
    if boundary < range.upperBound { brokenEnd = range.upperBound }
    report(failure, in: range, skipped: trimmed(range.lowerBound..<resumption))
    return resumption
  }

  /// What begins the line in which the parser stumbled, if a semicolon may be missing in front of it.
  private func opening(before place: Int, in range: Range<Int>) -> Outline.Opening? {
    let index = outline.openings.partitioningIndex { $0.offset > place } - 1
    guard index >= 0 else { return nil }
    let opening = outline.openings[index]
    let isOnItsLine = !utf8[opening.offset..<place].contains(where: \.isLineEnd)
    return opening.offset > range.lowerBound && isOnItsLine ? opening : nil
  }

  private mutating func report(_ failure: RawParser.Failure, in range: Range<Int>, skipped: Range<Int>) {
    let token = failure.offset.map { errorRange(at: $0, from: range.lowerBound) }
    let place = token ?? trimmed(range).lowerBound..<trimmed(range).lowerBound
    errors.append(SyntaxError(message: failure.message.shortened, range: place, skipped: skipped))
  }

  /// The token, or of one that has no end, its first line.
  private func errorRange(at offset: Int, from start: Int) -> Range<Int> {
    var lexer = Lexer(utf8, in: start..<utf8.count)
    while let token = lexer.next(), token.range.lowerBound <= offset {
      guard token.range.contains(offset) else { continue }
      guard !token.isTerminated else { return token.range }
      return token.range.lowerBound..<(utf8[token.range].firstIndex(where: \.isLineEnd) ?? token.range.upperBound)
    }
    let place = min(offset, utf8.count)
    return place..<place
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> { range.trimmed(in: utf8, outline.comments) }
}

// MARK: - Parsing a part

extension Recovery {
  /// The statements of a part; if need be with psql's variables taken for names, or for numbers.
  private mutating func parse(_ range: Range<Int>) -> Result<[Statement], RawParser.Failure> {
    let plain = parseGrowing(range, in: utf8)
    guard case .failure(var failure) = plain else { return plain }
    let found = outline.variables.within(range)
    guard !found.isEmpty else { return plain }
    for reading in readings {
      switch parseGrowing(range, in: reading) {
      case .success(let parsed):
        variables += found.map { Passage(kind: .variable(name(of: $0)), range: $0) }
        return .success(parsed)
      case .failure(let other):
        if (other.offset ?? 0) > (failure.offset ?? 0) { failure = other }
      }
    }
    return .failure(failure)
  }

  private func name(of variable: Range<Int>) -> String {
    outline.source[variable].filter { $0 != ":" && $0 != "'" && $0 != "\"" }
  }

  /// Parses a part that many statements without semicolons may be in, so that each of them is not parsed together with
  /// all that follow.
  private func parseGrowing(_ range: Range<Int>, in utf8: [UInt8]) -> Result<[Statement], RawParser.Failure> {
    let first = outline.openings.partitioningIndex { $0.offset > range.lowerBound }
    var count = 8
    while first + count < outline.openings.count {
      let end = outline.openings[first + count].offset
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
      return .success(try RawParser.parse(utf8[range], base: range.lowerBound).trimmed(in: utf8, outline.comments))
    } catch {
      return .failure(error)
    }
  }
}

/// What psql's variables are taken for, as their values are not known.
private enum VariableReading: CaseIterable {
  /// `:name` as `_name`, `:'name'` as `':name'`, `:"name"` as `":name"`.
  case names
  /// `:size` as `1000`, where the grammar wants a number.
  case numbers

  func applied(to variables: [Range<Int>], in utf8: [UInt8]) -> [UInt8] {
    var utf8 = utf8
    for variable in variables {
      let second = variable.lowerBound + 1
      if utf8[second] == UInt8(ascii: "'") || utf8[second] == UInt8(ascii: "\"") {
        utf8.swapAt(variable.lowerBound, second)
      } else if self == .names {
        utf8[variable.lowerBound] = UInt8(ascii: "_")
      } else {
        utf8.replaceSubrange(variable, with: [UInt8(ascii: "1")] + repeatElement(0x30, count: variable.count - 1))
      }
    }
    return utf8
  }
}

// MARK: - Finding places

extension [Range<Int>] {
  fileprivate func within(_ range: Range<Int>) -> ArraySlice<Range<Int>> {
    let first = partitioningIndex { $0.lowerBound >= range.lowerBound }
    return self[first..<Swift.max(first, partitioningIndex { $0.lowerBound >= range.upperBound })]
  }
}

extension [Outline.Boundary] {
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
