/// Text that some program replaces before PostgreSQL sees the file.
package struct Placeholder: Hashable, Sendable {
  package enum Style: Hashable, Sendable {
    /// `:name`, `:'name'`, `:"name"` and `:{?name}`, by psql and by sqitch, which runs it.
    case psqlVariable
    /// `${name}`, by Flyway, Liquibase and goose.
    case dollarBraces
    /// `{{ expression }}`, by tern, Atlas and others that take Go's templates or Jinja's.
    case doubleBraces
    /// What steers a template and puts nothing in its own place: `{% if … %}`, `{# … #}`, `{{ if … }}`.
    case control
    /// `%(name)s`, by Python's drivers.
    case percent
    /// `$%NAME%$`.
    case dollarPercent
    /// `/* TEMPLATE: name */`, where the SQL around it wants something.
    case comment
  }

  package let style: Style
  /// What is between the delimiters, without white space at its ends.
  package let name: String

  package init(style: Style, name: String) {
    self.style = style
    self.name = name
  }

  /// The placeholder that a token is; `nil` for any other token.
  package init?(_ token: Token, in utf8: [UInt8]) {
    let text = utf8[token.range]
    switch token.kind {
    case .placeholder: self.init(text)
    case .blockComment where token.isTerminated: self.init(comment: text)
    default: return nil
    }
  }

  private init(_ text: ArraySlice<UInt8>) {
    let name = text.trimmed { $0.isSpace || Self.delimiters.contains($0) }
    switch (text.first, text.dropFirst().first) {
    case (.colon, _): self.init(style: .psqlVariable, name: text.trimmed { !$0.continuesWord }.text)
    case (.dollar, .openBrace): self.init(style: .dollarBraces, name: name.text)
    case (.dollar, _): self.init(style: .dollarPercent, name: name.text)
    case (.percent, _): self.init(style: .percent, name: name.dropLast().trimmed { $0 == UInt8(ascii: ")") }.text)
    case (_, .openBrace) where !Self.isControl(text): self.init(style: .doubleBraces, name: name.text)
    default: self.init(style: .control, name: name.text)
    }
  }

  private init?(comment: ArraySlice<UInt8>) {
    let content = comment.dropFirst(2).dropLast(2).trimmed(where: \.isSpace)
    let marker = content.prefix(Self.commentMarker.count)
    guard marker.text.uppercased() == Self.commentMarker else { return nil }
    self.init(style: .comment, name: content.dropFirst(marker.count).trimmed(where: \.isSpace).text)
  }

  private static let commentMarker = "TEMPLATE:"

  /// The bytes of all delimiters, and the signs in them that take white space away.
  private static let delimiters = Array("${}#%(-~".utf8)

  /// Sources: the actions of Go's text/template, and the tags of Mustache.
  private static func isControl(_ text: ArraySlice<UInt8>) -> Bool {
    let content = text.drop { $0 == .openBrace || $0 == .minus || $0 == UInt8(ascii: "~") || $0.isSpace }
    if let first = content.first, Array("#/^!".utf8).contains(first) { return true }
    let word = content.prefix { $0.continuesWord }.text
    guard !word.hasPrefix("$") else { return content.text.contains("=") }
    return ["if", "else", "end", "range", "with", "define", "block", "break", "continue"].contains(word)
  }
}

extension ArraySlice<UInt8> {
  fileprivate var text: String { String(decoding: self, as: UTF8.self) }

  fileprivate func trimmed(where isMargin: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    let start = drop(while: isMargin)
    return start.prefix((start.lastIndex { !isMargin($0) } ?? start.startIndex - 1) + 1 - start.startIndex)
  }
}

extension String {
  /// Whether it is surely a name and no placeholder for one that nobody knows: it has no sign that delimits placeholders.
  package var isPlainName: Bool { allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == " " } }
}
