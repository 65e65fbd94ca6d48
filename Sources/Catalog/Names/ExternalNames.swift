import Syntax

/// Which objects are made by something else than the history, by patterns of their names. Capitals make no difference.
package struct ExternalNames: Hashable, Sendable {
  private struct Pattern: Hashable {
    let schema: [UInt8]
    let name: [UInt8]
  }

  private let patterns: [Pattern]

  /// `schema.name`, or the name of something in the schema `public`; in both `*` is anything, and `?` one letter.
  package init(_ patterns: [String] = []) {
    self.patterns = patterns.map { text in
      let parts = text.lowercased().split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      return Pattern(
        schema: Array((parts.count == 2 ? parts[0] : "public").utf8),
        name: Array((parts.last ?? "").utf8)
      )
    }
  }

  package func contains(_ name: QualifiedName) -> Bool {
    guard !patterns.isEmpty else { return false }
    let (schema, own) = (Array((name.schema ?? "public").lowercased().utf8), Array(name.name.lowercased().utf8))
    return patterns.contains { own.matches($0.name) && schema.matches($0.schema) }
  }

  /// Whether a pattern is about objects of the schema.
  package func contains(schema name: String) -> Bool {
    guard !patterns.isEmpty else { return false }
    let name = Array(name.lowercased().utf8)
    return patterns.contains { $0.schema != [UInt8(ascii: "*")] && name.matches($0.schema) }
  }

  /// Whether an error says that an object made elsewhere is missing.
  package func explains(_ error: SQLError) -> Bool {
    guard !patterns.isEmpty, error.state.isAboutMissingObject, let object = error.object else { return false }
    if object.kind == .schema { return contains(schema: object.name.name) }
    return contains(object.owner ?? object.name)
  }
}

extension [UInt8] {
  /// Whether a pattern with `*` and `?` stands for all of it.
  package func matches(_ pattern: [UInt8]) -> Bool {
    var (at, inPattern) = (0, 0)
    // The last star, and how much of the text it stands for.
    var star: (inPattern: Int, end: Int)?
    while at < count {
      if inPattern < pattern.count, pattern[inPattern] == UInt8(ascii: "*") {
        star = (inPattern, at)
        inPattern += 1
      } else if inPattern < pattern.count, pattern[inPattern] == self[at] || pattern[inPattern] == UInt8(ascii: "?") {
        at += 1
        inPattern += 1
      } else if let last = star {
        star = (last.inPattern, last.end + 1)
        (at, inPattern) = (last.end + 1, last.inPattern + 1)
      } else {
        return false
      }
    }
    return pattern[inPattern...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
