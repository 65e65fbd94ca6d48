import Syntax

/// Finds, without parsing, where the statements of a script end and which of its text is not SQL.
///
/// It is needed only where PostgreSQL's parser refuses the text as it stands, or data may follow a COPY.
struct StatementSplitter {
  /// A place where a statement may end.
  struct Boundary: Hashable {
    /// The offset after the semicolon.
    let end: Int
    /// Whether it is inside a statement that may hold semicolons: the actions of a rule, the body of a function.
    var isInner: Bool
  }

  /// A word at the beginning of a line that a statement may begin with.
  struct Opening: Hashable {
    let offset: Int
    /// Whether it begins a statement even where what is before it makes no sense.
    let isCertain: Bool
  }

  let source: SourceText
  /// The text with spaces for all that is not SQL, of the same length.
  private(set) var utf8: [UInt8]
  private(set) var comments: [Comment] = []
  private(set) var nonSQLRanges: [NonSQLRange] = []
  /// What would be placeholders, if it is nothing else.
  private(set) var placeholders: [(range: Range<Int>, style: Placeholder.Style)] = []
  private(set) var boundaries: [Boundary] = []
  private(set) var openings: [Opening] = []
  /// The offsets of the certain ones among the openings.
  private(set) var certainOpenings: [Int] = []

  private var lexer: Lexer
  private var statement = StatementState()
  private var previousEnd = 0
  private var candidate: (token: Token, word: String)?

  /// Splits a source that is parsed as `utf8`, which differs from the source's bytes in comments only.
  init(of source: SourceText, utf8: [UInt8]) {
    self.source = source
    self.utf8 = utf8
    self.lexer = Lexer(source.utf8, readsPlaceholders: true)
    while let token = lexer.next() { take(token) }
  }

  private mutating func take(_ token: Token) {
    if let placeholder = Placeholder(token, in: source.utf8) { placeholders.append((token.range, placeholder.style)) }
    if token.isComment {
      if let comment = Comment(token) { comments.append(comment) }
      return
    }
    let word = token.kind == .word ? source[token.range].lowercased() : nil
    noteOpening(at: token, word: word)
    previousEnd = token.range.upperBound
    switch token.kind {
    case .semicolon: endStatement(at: token.range.upperBound)
    case .placeholder: break
    case .unknown where source.utf8[token.range.lowerBound] == UInt8(ascii: "\\"): takeBackslash(at: token)
    default: statement.take(token.kind, word: word)
    }
  }

  private mutating func endStatement(at end: Int) {
    boundaries.append(Boundary(end: end, isInner: statement.isNested))
    guard !statement.isNested else { return }
    if statement.readsData { takeData(after: end) }
    statement = StatementState()
  }

  // MARK: - Statements that begin a line

  private mutating func noteOpening(at token: Token, word: String?) {
    if let candidate { openings(by: candidate.token, word: candidate.word, next: word) }
    candidate = nil
    let space = source.utf8[previousEnd..<token.range.lowerBound]
    if let word, StatementStart.possible.contains(word), previousEnd == 0 || space.contains(where: \.isLineEnd) {
      candidate = (token, word)
    }
  }

  private mutating func openings(by token: Token, word: String, next: String?) {
    let start = token.range.lowerBound
    let isAtMargin = start == 0 || source.utf8[start - 1].isLineEnd
    let isCertain = StatementStart.isCertain(word, next: next)
    openings.append(Opening(offset: start, isCertain: isCertain && isAtMargin))
    guard isCertain, isAtMargin else { return }
    certainOpenings.append(start)
    if statement.isNested {
      // No rule and no function of SQL defines anything: the parenthesis or the END is missing.
      guard StatementStart.defines(word), let last = boundaries.last, last.isInner else { return }
      boundaries[boundaries.count - 1].isInner = false
    }
    statement = StatementState()
    statement.take(.word, word: word)
  }
}

// MARK: - psql

extension StatementSplitter {
  private mutating func takeBackslash(at token: Token) {
    let start = token.range.lowerBound
    guard let command = MetaCommand(in: source.utf8, at: start) else { return }
    nonSQLRanges.append(NonSQLRange(kind: .metaCommand(command.name), range: command.range))
    blank(command.range)
    lexer.move(to: command.range.upperBound)
    previousEnd = command.range.upperBound
    if command.sendsQuery {
      utf8[start] = UInt8(ascii: ";")
      endStatement(at: start + 1)
    }
    if command.readsData { takeData(after: command.range.upperBound) }
  }

  /// The lines after the one that an offset is in are data, up to `\.` or the end.
  private mutating func takeData(after end: Int) {
    let count = source.utf8.count
    let lineEnd = source.utf8[end...].firstIndex(of: UInt8(ascii: "\n")) ?? count
    comments += Lexer(source.utf8, in: end..<lineEnd).compactMap(Comment.init)
    let start = min(lineEnd + 1, count)
    let dataEnd = endOfData(from: start)
    if dataEnd > start { nonSQLRanges.append(NonSQLRange(kind: .copyData, range: start..<dataEnd)) }
    let end = min(dataEnd + 2, count)
    if end > dataEnd { nonSQLRanges.append(NonSQLRange(kind: .metaCommand("."), range: dataEnd..<end)) }
    blank(start..<end)
    lexer.move(to: end)
    previousEnd = dataEnd
  }

  /// Where the line `\.` starts, or the text ends.
  private func endOfData(from start: Int) -> Int {
    let bytes = source.utf8
    var line = start
    while line < bytes.count {
      let next = (bytes[line...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count - 1) + 1
      let content = bytes[line..<next].prefix { !$0.isLineEnd }
      if content.elementsEqual([UInt8(ascii: "\\"), UInt8(ascii: ".")]) { return line }
      line = next
    }
    return bytes.count
  }

  private mutating func blank(_ range: Range<Int>) {
    for offset in range where !utf8[offset].isLineEnd { utf8[offset] = UInt8(ascii: " ") }
  }
}

/// What must be remembered of a statement to know where it ends.
private struct StatementState {
  private var depth = 0
  /// How many BEGIN ATOMIC and CASE wait for their END.
  private var waitingEnds = 0
  private var wordCount = 0
  private var firstWord = ""
  private var previousWord = ""
  private var isRule = false
  private var isRoutine = false
  private(set) var readsData = false

  /// Whether a semicolon here is inside the statement.
  var isNested: Bool { isRule && depth > 0 || waitingEnds > 0 }

  mutating func take(_ kind: Token.Kind, word: String?) {
    switch kind {
    case .openParenthesis: depth += 1
    case .closeParenthesis: depth -= 1
    default: break
    }
    if let word { take(word: word) }
    previousWord = word ?? ""
  }

  private mutating func take(word: String) {
    wordCount += 1
    switch word {
    case _ where wordCount == 1: firstWord = word
    case "rule" where firstWord == "create" && wordCount <= 4: isRule = true
    case "function" where firstWord == "create" && wordCount <= 4: isRoutine = true
    case "procedure" where firstWord == "create" && wordCount <= 4: isRoutine = true
    case "stdin" where firstWord == "copy" && previousWord == "from": readsData = true
    case "atomic" where isRoutine && previousWord == "begin": waitingEnds = 1
    case "case" where waitingEnds > 0: waitingEnds += 1
    case "end" where waitingEnds > 0: waitingEnds -= 1
    default: break
    }
  }
}
