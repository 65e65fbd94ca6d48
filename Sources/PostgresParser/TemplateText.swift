import Syntax

/// A text that PostgreSQL's parser refuses, with something of the same length in place of each placeholder.
///
/// At first all are names. Where the parser stumbles over one, it is a number, a string, and then nothing, for it may
/// stand for a clause or a whole statement.
struct TemplateText {
  private enum Reading {
    /// As it stands.
    case comment
    case name
    case number
    case string
    case nothing

    init(first style: Placeholder.Style) {
      switch style {
      case .comment: self = .comment
      case .control: self = .nothing
      default: self = .name
      }
    }
  }

  /// How often a part is parsed at most. Few statements hold more places where no name can stand.
  static let maximumAttempts = 20

  let placeholders: [Range<Int>]
  /// The text as it can be parsed now.
  private(set) var utf8: [UInt8]
  private let original: [UInt8]
  private let styles: [Placeholder.Style]
  /// How placeholders are read, where it is not how they are read at first; by their positions.
  private var changes: [Int: Reading] = [:]

  init(_ original: [UInt8], placeholders: [(range: Range<Int>, style: Placeholder.Style)]) {
    self.original = original
    self.placeholders = placeholders.map(\.range)
    styles = placeholders.map(\.style)
    utf8 = original
    for index in placeholders.indices { write(index) }
  }

  /// A text outside psql's reach: the body of a function, the text of an EXECUTE.
  init(code utf8: [UInt8]) {
    let found = Lexer(utf8, readsPlaceholders: true).compactMap { token in
      Placeholder(token, in: utf8).map { (range: token.range, style: $0.style) }
    }
    self.init(utf8, placeholders: found.filter { $0.style != .psqlVariable })
  }

  /// What `parse` makes of a part whose text as it stands was refused. A failure is that of the reading that came
  /// farthest.
  mutating func read<Value>(
    _ range: Range<Int>,
    after refusal: RawParser.Failure,
    with parse: ([UInt8]) -> Result<Value, RawParser.Failure>
  ) -> Result<Value, RawParser.Failure> {
    changes = [:]
    let positions = positions(in: range)
    guard !positions.isEmpty else { return .failure(refusal) }
    var farthest = refusal
    var isGuess = false
    for attempt in 0..<Self.maximumAttempts {
      switch parse(utf8) {
      case .success(let value): return .success(value)
      case .failure(let failure):
        let isFarther = (failure.offset ?? 0) > (farthest.offset ?? 0)
        if isFarther && !isGuess || attempt == 0 && failure.offset == farthest.offset { farthest = failure }
        guard let place = failure.offset, let change = change(at: place, among: positions),
          change.reading != .nothing || !isVerb(change.position, in: range)
        else { break }
        // The words after a clause that was left out are refused for want of it.
        isGuess = isGuess || change.reading == .nothing && !isFirst(change.position, in: range)
        changes[change.position] = change.reading
        write(change.position)
        continue
      }
      break
    }
    let changed = changes.keys
    changes = [:]
    for position in changed { write(position) }
    return .failure(farthest)
  }

  /// What the placeholders of the part that was read last were taken for.
  func nonSQLRanges(in range: Range<Int>, of source: SourceText) -> [NonSQLRange] {
    positions(in: range).compactMap { position in
      let kind: Token.Kind = styles[position] == .comment ? .blockComment : .placeholder
      let token = Token(kind: kind, range: placeholders[position])
      guard let placeholder = Placeholder(token, in: source.utf8) else { return nil }
      return switch reading(of: position) {
      case .comment: nil
      case .nothing: NonSQLRange(kind: .omitted(placeholder), range: token.range)
      case .name, .number, .string: NonSQLRange(kind: .placeholder(placeholder), range: token.range)
      }
    }
  }

  private func positions(in range: Range<Int>) -> Range<Int> {
    let first = placeholders.partitioningIndex { $0.lowerBound >= range.lowerBound }
    return first..<max(first, placeholders.partitioningIndex { $0.lowerBound >= range.upperBound })
  }

  private func reading(of position: Int) -> Reading { changes[position] ?? Reading(first: styles[position]) }
}

// MARK: - The next reading

extension TemplateText {
  private struct Change {
    let position: Int
    let reading: Reading
  }

  private func change(at place: Int, among positions: Range<Int>) -> Change? {
    if let change = changeBeside(place, among: positions) { return change }
    // The word after a comment may have been taken for what the comment stands for: UPDATE /* TEMPLATE: t */ SET a = 1.
    return positions.last { placeholders[$0].upperBound <= place && reading(of: $0) == .comment }
      .map { Change(position: $0, reading: .name) }
  }

  private func changeBeside(_ place: Int, among positions: Range<Int>) -> Change? {
    let position = placeholders.partitioningIndex { $0.lowerBound > place } - 1
    guard positions.contains(position) else { return nil }
    let range = placeholders[position]
    if range.contains(place) { return change(of: position) }
    guard isSpace(range.upperBound..<place) else { return nil }
    switch reading(of: position) {
    case .comment: return Change(position: position, reading: .name)
    case .name where !isPart(range): return Change(position: position, reading: .nothing)
    default: return nil
    }
  }

  private func change(of position: Int) -> Change? {
    guard !isPart(placeholders[position]) else { return nil }
    switch reading(of: position) {
    case .name: return Change(position: position, reading: .number)
    case .number: return Change(position: position, reading: .string)
    case .string: return Change(position: position, reading: .nothing)
    case .comment, .nothing: return nil
    }
  }

  /// Whether it is part of a longer word.
  private func isPart(_ range: Range<Int>) -> Bool {
    range.lowerBound > 0 && utf8[range.lowerBound - 1].continuesWord
      || range.upperBound < utf8.count && utf8[range.upperBound].continuesWord
  }

  /// Whether it begins a statement that goes on in its line: what it stands for decides what the statement does.
  private func isVerb(_ position: Int, in range: Range<Int>) -> Bool {
    guard isFirst(position, in: range) else { return false }
    let rest = utf8[placeholders[position].upperBound..<range.upperBound].prefix { !$0.isLineEnd }
    return !rest.allSatisfy { $0.isSpace || $0 == UInt8(ascii: ";") }
  }

  private func isFirst(_ position: Int, in range: Range<Int>) -> Bool {
    isSpace(range.lowerBound..<placeholders[position].lowerBound)
  }

  private func isSpace(_ range: Range<Int>) -> Bool {
    utf8[range].allSatisfy(\.isSpace) || Lexer(utf8, in: range).allSatisfy(\.isComment)
  }
}

// MARK: - Writing

extension TemplateText {
  private mutating func write(_ position: Int) {
    let range = placeholders[position]
    let text = original[range]
    utf8.replaceSubrange(range, with: replacement(for: text, styles[position], read: reading(of: position)))
  }

  private func replacement(for text: ArraySlice<UInt8>, _ style: Placeholder.Style, read reading: Reading) -> [UInt8] {
    switch reading {
    case .comment: return Array(text)
    case .nothing: return text.map { $0.isLineEnd ? $0 : 0x20 }
    case .name where style == .psqlVariable && text.isQuotedVariable,
      .number where style == .psqlVariable && text.isQuotedVariable:
      return psqlName(text)
    case .name: return text.map(PlaceholderEncoding.encodedByte)
    case .number:
      // 1, which every type and clause with a number takes, and which no other length of a type fits into.
      return Array(repeating: UInt8(ascii: "0"), count: text.count - 1) + [UInt8(ascii: "1")]
    case .string:
      let quote = UInt8(ascii: "'")
      return [quote] + text.dropFirst().dropLast().map(PlaceholderEncoding.encodedByte) + [quote]
    }
  }

  /// `:'name'` as `':name'`, `:"name"` as `":name"`.
  private func psqlName(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var name = Array(text)
    name.swapAt(0, 1)
    return name
  }
}

extension ArraySlice<UInt8> {
  /// Whether a variable of psql says itself what it is.
  fileprivate var isQuotedVariable: Bool {
    let second = dropFirst().first
    return second == UInt8(ascii: "'") || second == UInt8(ascii: "\"")
  }
}
