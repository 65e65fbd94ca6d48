/// A context-free grammar whose derivations are chosen by bytes.
///
/// Each line of its text is `symbol: text with {symbols}`; several lines of one symbol are its alternatives. The first
/// alternative is taken once the bytes are used up or the derivation is deep, so it must lead to an end.
struct Grammar: Sendable {
  private enum Part: Sendable {
    case text(String)
    case symbol(String)
  }

  private var alternatives: [String: [[Part]]] = [:]

  init(_ text: String) {
    for line in text.split(separator: "\n") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let symbol = line[..<colon].filter { $0 != " " }
      alternatives[symbol, default: []].append(Self.parts(of: line[line.index(after: colon)...].drop { $0 == " " }))
    }
  }

  /// Text in braces that is no single word is text, such as `'{}'`.
  private static func parts(of text: Substring) -> [Part] {
    var parts: [Part] = []
    var rest = text
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let name = rest[rest.index(after: open)..<close]
      let isSymbol = !name.isEmpty && name.allSatisfy { $0.isLetter }
      parts.append(.text(String(rest[..<open])))
      parts.append(isSymbol ? .symbol(String(name)) : .text(String(rest[open...close])))
      rest = rest[rest.index(after: close)...]
    }
    parts.append(.text(String(rest)))
    return parts
  }

  /// The symbols that are used and have no alternative: misspelled ones.
  var undefinedSymbols: Set<String> {
    var missing: Set<String> = []
    for part in alternatives.values.joined().joined() {
      if case .symbol(let name) = part, alternatives[name] == nil { missing.insert(name) }
    }
    return missing
  }

  func derive(_ symbol: String, by choices: inout Choices) -> String {
    var text = ""
    derive(symbol, by: &choices, depth: 0, into: &text)
    return text
  }

  private static let maximumDepth = 24
  private static let maximumLength = 64 << 10

  private func derive(_ symbol: String, by choices: inout Choices, depth: Int, into text: inout String) {
    guard let choice = alternatives[symbol], !choice.isEmpty else { return }
    let isLast = depth >= Self.maximumDepth || text.utf8.count > Self.maximumLength
    for part in choice[isLast ? 0 : choices.number(below: choice.count)] {
      switch part {
      case .text(let literal): text += literal
      case .symbol(let name): derive(name, by: &choices, depth: depth + 1, into: &text)
      }
    }
  }
}
