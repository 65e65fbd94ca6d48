import Yams

/// The YAML of a configuration, without what makes a small text large: Yams puts an alias's value in its place, so that few
/// of them, each of others, stand for more than fits into memory.
package struct ConfigurationText {
  /// What people write has some kilobytes; a list of files to leave out may have more.
  package static let maximumSize = 1 << 18

  /// An alias may look like one and be none, in a quoted text. So many, if they are some, do no harm before they are seen.
  private static let maximumLookalikes = 8

  private let text: String

  init(_ text: String) { self.text = text }

  /// Throws a ``ConfigurationFailure`` for aliases and anchors, and what Yams says of the rest.
  func compose() throws -> Node? {
    if let place = tooManyLookalikes { throw Self.failure(line: place.line, column: place.column) }
    let parser = try Parser(yaml: text)
    let root = try parser.singleRoot()
    // Nodes know their anchors only as long as the parser is there.
    let anchored = withExtendedLifetime(parser) { root?.firstAnchored }
    if let anchored { throw Self.failure(line: anchored.mark?.line ?? 1, column: anchored.mark?.column ?? 1) }
    return root
  }

  private static func failure(line: Int, column: Int) -> ConfigurationFailure {
    let message = "anchors (&name) and aliases (*name) are not read: write the value in each place"
    return ConfigurationFailure(problems: [.init(line: line, column: column, message: message)])
  }

  /// Where there is one more than can be looked at; `nil` where there are fewer.
  private var tooManyLookalikes: (line: Int, column: Int)? {
    var count = 0
    var (line, column) = (1, 0)
    var (last, sign): (Unicode.Scalar, Unicode.Scalar?) = ("\n", nil)
    for scalar in text.unicodeScalars {
      column += 1
      if sign != nil, scalar.isPartOfAnchor { count += 1 }
      if count > Self.maximumLookalikes { return (line, column - 1) }
      sign = (scalar == "*" || scalar == "&") && last.precedesNode ? scalar : nil
      if scalar == "\n" { (line, column) = (line + 1, 0) }
      last = scalar
    }
    return nil
  }
}

extension Unicode.Scalar {
  /// Whether libyaml begins a node after it.
  fileprivate var precedesNode: Bool {
    properties.isWhitespace || self == "\u{FEFF}" || ["[", "{", ",", ":", "?"].contains(self)
  }

  fileprivate var isPartOfAnchor: Bool {
    isASCII && properties.isAlphabetic || ("0"..."9").contains(self) || self == "_" || self == "-"
  }
}

extension Node {
  /// The first node that has an anchor; only such a one can have an alias.
  fileprivate var firstAnchored: Node? {
    switch self {
    case .scalar(let scalar): scalar.anchor == nil ? nil : self
    case .sequence(let sequence):
      sequence.anchor == nil ? sequence.lazy.compactMap(\.firstAnchored).first : self
    case .mapping(let mapping):
      mapping.anchor == nil
        ? mapping.lazy.compactMap { $0.key.firstAnchored ?? $0.value.firstAnchored }.first : self
    case .alias: self
    }
  }
}
