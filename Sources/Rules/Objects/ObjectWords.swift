import Syntax

extension ObjectKind {
  /// The kind as a noun in a sentence.
  var words: String { rawValue.lowercased() }

  /// The name of an object as effects write it, for a sentence.
  func displayName(_ name: String) -> String {
    switch self {
    case .schema, .role, .extension, .subscription, .publication: name
    default: QualifiedName(parsing: name).displayName
    }
  }
}

extension [String] {
  /// "schema a", "schemas a and b".
  func named(_ one: String, _ many: String) -> String { "\(count == 1 ? one : many) \(shortList)" }

  /// As ``sentenceList``, the first few of many: "a, b, c and 4 others".
  var shortList: String {
    let most = 5
    if count <= most { return sentenceList }
    return (prefix(most - 1) + ["\(count - most + 1) others"]).sentenceList
  }
}
