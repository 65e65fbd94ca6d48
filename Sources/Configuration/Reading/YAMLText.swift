import Yams

/// A value of YAML.
package indirect enum YAMLText: Hashable, Sendable {
  case text(String)
  case list([YAMLText])
  case group([Pair])

  package struct Pair: Hashable, Sendable {
    package let key: String
    package let value: YAMLText
  }

  init(_ node: Node) {
    switch node {
    case .scalar(let scalar): self = scalar.isNull ? .list([]) : .text(scalar.string)
    case .sequence(let items): self = .list(items.map(YAMLText.init))
    case .mapping(let pairs):
      self = .group(pairs.map { Pair(key: $0.key.scalar?.string ?? "", value: YAMLText($0.value)) })
    case .alias: self = .text("")
    }
  }

  /// What a table of keys holds for usual: `[]`, `{}` or a scalar.
  init(usual: String) {
    switch usual {
    case "[]": self = .list([])
    case "{}": self = .group([])
    default: self = .text(usual.first == "\"" ? String(usual.dropFirst().dropLast()) : usual)
    }
  }

  /// On one line.
  package var flow: String {
    switch self {
    case .text(let text): Self.scalar(text)
    case .list(let items): "[\(items.map(\.flow).joined(separator: ", "))]"
    case .group(let pairs):
      "{\(pairs.map { "\(Self.scalar($0.key)): \($0.value.flow)" }.joined(separator: ", "))}"
    }
  }

  /// A text as a scalar that reads the same wherever it stands.
  package static func scalar(_ text: String) -> String {
    let isPlain =
      text.utf8.allSatisfy { $0 < 0x80 }
      && text.allSatisfy { $0.isLetter || $0.isNumber || "._/+- ".contains($0) }
      && text.first.map { $0.isLetter || $0.isNumber || "./_".contains($0) } ?? false
      && text.last != " " && !["null", "Null", "NULL"].contains(text)
    guard !isPlain else { return text }
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
        "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      case "\u{2028}", "\u{2029}", "\u{FEFF}": "\\u" + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
