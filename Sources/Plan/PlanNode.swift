import Reports

/// What a runbook says, as writers and templates read it: JSON is the tree itself, and templates name its keys.
package indirect enum PlanNode: Sendable {
  /// Prose and names from files: no format takes anything in it for markup.
  case text(String)
  /// Words of sqllint's own in which `` `…` `` marks what a computer reads.
  case phrase(String)
  /// A name, a path or a short command within a line.
  case name(String)
  case code(Code)
  case flag(Bool)
  case number(Int)
  case list([PlanNode])
  case object([Member])
  /// Nothing is known, or there is nothing to say.
  case none

  package struct Member: Sendable {
    package let key: StaticString
    package let value: PlanNode

    package init(_ key: StaticString, _ value: PlanNode) { (self.key, self.value) = (key, value) }
  }

  /// Lines to paste.
  package struct Code: Hashable, Sendable {
    package enum Language: String, Hashable, Sendable { case sql, sh, text }

    package let language: Language
    package let text: String

    package init(_ language: Language, _ text: String) { (self.language, self.text) = (language, text) }

    package static func sql(_ text: String) -> Code { Code(.sql, text) }
    package static func sh(_ lines: [String]) -> Code { Code(.sh, lines.joined(separator: "\n")) }
  }

  package static func optional(_ text: String?) -> PlanNode { text.map(PlanNode.text) ?? .none }

  package static func optional(_ code: Code?) -> PlanNode { code.map(PlanNode.code) ?? .none }

  package static func texts(_ texts: [String]) -> PlanNode { .list(texts.map(PlanNode.text)) }

  package static func phrases(_ texts: [String]) -> PlanNode { .list(texts.map(PlanNode.phrase)) }

  package static func names(_ texts: [String]) -> PlanNode { .list(texts.map(PlanNode.name)) }

  /// Whether there is nothing to say.
  package var isEmpty: Bool {
    switch self {
    case .none: true
    case .list(let elements): elements.isEmpty
    case .text(let text), .phrase(let text), .name(let text): text.isEmpty
    case .flag(let isTrue): !isTrue
    default: false
    }
  }

  package subscript(key: String) -> PlanNode? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key.description == key }?.value
  }
}

extension PlanNode {
  /// As JSON, the keys in their order.
  package var json: String { JSONWriter.text { write(to: &$0) } }

  private func write(to json: inout JSONWriter) {
    switch self {
    case .text(let text), .phrase(let text), .name(let text): json.write(text)
    case .code(let code): json.write(code.text)
    case .flag(let isTrue): json.write(isTrue)
    case .number(let number): json.write(number)
    case .none: json.writeNull()
    case .list(let elements): json.array(elements) { $1.write(to: &$0) }
    case .object(let members):
      let sorted = members.sorted { $0.key.description < $1.key.description }
      json.object { json in for member in sorted { json.member(member.key) { member.value.write(to: &$0) } } }
    }
  }
}
