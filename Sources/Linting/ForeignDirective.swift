import Syntax

/// Another tool whose comments can be honoured.
package enum ForeignTool: String, CaseIterable, Hashable, Sendable {
  case squawk, atlas, pgfence
  case strongMigrations = "strong_migrations"
}

/// A comment that has another tool leave something out.
struct ForeignDirective: Hashable, Sendable {
  let tool: ForeignTool
  let isForFile: Bool
  /// What the tool calls the rules; none where it means all.
  let names: [String]
  /// All that it says.
  let text: String

  /// `nil` where the comment is none.
  ///
  /// Sources: squawk's "Ignoring violations" and its release 2.19.0, Atlas's "Excluding changes from analysis", pgfence's
  /// "Suppressing warnings", strong_migrations' README, whose `safety_assured` people also write as a comment.
  init?(_ comment: Comment, in source: SourceText) {
    guard let word = Self.words.first(where: { source.begins(comment, with: $0.word) }) else { return nil }
    let words = source.text(of: comment).split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == ":" })
    // `pgfence: ignore NAME` has a word more, and `atlas:nolint` is two.
    let start = word.count
    guard words.count >= start, words[..<start].elementsEqual(word.words.prefix(start)) else { return nil }
    tool = word.tool
    isForFile = word.isForFile
    names = word.tool == .strongMigrations ? [] : words[start...].map(String.init)
    text = words.joined(separator: " ").asReason
  }

  private struct Word {
    let word: StaticString
    let words: [Substring]
    let tool: ForeignTool
    var isForFile = false

    var count: Int { words.count }
  }

  private static let words = [
    Word(word: "squawk-ignore-file", words: ["squawk-ignore-file"], tool: .squawk, isForFile: true),
    Word(word: "squawk-ignore", words: ["squawk-ignore"], tool: .squawk),
    Word(word: "atlas:nolint", words: ["atlas", "nolint"], tool: .atlas),
    Word(word: "pgfence-ignore", words: ["pgfence-ignore"], tool: .pgfence),
    Word(word: "pgfence: ignore", words: ["pgfence", "ignore"], tool: .pgfence),
    Word(word: "safety_assured", words: ["safety_assured"], tool: .strongMigrations),
    Word(
      word: "strong_migrations: safety_assured",
      words: ["strong_migrations", "safety_assured"],
      tool: .strongMigrations
    ),
  ]
}

/// The rules by what other tools call them.
package struct ForeignRules: Sendable {
  private var names: [ForeignTool: [String: [String]]] = [:]

  package init(_ rules: [any Rule]) {
    for rule in rules {
      for name in rule.alsoKnownAs {
        // Each is written `tool: name`.
        guard let colon = name.firstIndex(of: ":"), let tool = ForeignTool(rawValue: String(name[..<colon])) else {
          continue
        }
        let own = String(name[name.index(after: colon)...].drop { $0 == " " })
        names[tool, default: [:]][own, default: []].append(rule.id)
      }
    }
  }

  /// The ids of the rules that a comment allows: those of its names, or all that the tool has too.
  func ids(for directive: ForeignDirective) -> [String] {
    let known = names[directive.tool] ?? [:]
    var seen: Set<String> = []
    let ids =
      directive.names.isEmpty
      ? known.values.flatMap(\.self).sorted() : directive.names.flatMap { known[$0] ?? Self.ids(ofAnalyzer: $0, known) }
    return ids.filter { seen.insert($0).inserted }
  }

  /// Atlas takes the name of an analyzer for all of its checks, whose codes begin alike.
  private static func ids(ofAnalyzer name: String, _ known: [String: [String]]) -> [String] {
    guard let prefix = analyzers[name] else { return [] }
    return known.filter { $0.key.hasPrefix(prefix) }.values.flatMap(\.self).sorted()
  }

  private static let analyzers = [
    "destructive": "DS", "data_depend": "MF", "incompatible": "BC", "concurrent_index": "PG1", "nestedtx": "TX",
    "constraint": "CD",
  ]
}
