import Foundation
import Linting
import Migrations
import Syntax

/// The findings that were there when a team began with sqllint: they do not count, and nothing else is turned off.
///
/// A finding is known by its file, its rule and the text that it is about, not by its line. The file is only ever made
/// shorter: what is mended is no longer known, and what is new never becomes so.
package struct KnownFindings: Hashable, Sendable {
  package static let fileName = ".sqllint-baseline.json"

  /// The digests of the texts, by file and rule; one that is found several times is there as often. Under the name of the
  /// decision are those of what gives a migration its risk and is no finding that counts.
  private var digests: [String: [String: [String]]]

  /// How many entries there are.
  package var count: Int { digests.values.reduce(0) { $0 + $1.values.reduce(0) { $0 + $1.count } } }
  /// How many of them are statements that somebody would have to approve, although no rule objects to them.
  package var decisionCount: Int { digests.values.reduce(0) { $0 + ($1[Decision.name]?.count ?? 0) } }

  package var isEmpty: Bool { digests.isEmpty }

  /// The findings of a report that count, and what else somebody would have to decide about.
  package init(_ report: Report, path: (Migration) -> String) {
    digests = [:]
    for migration in report.migrations {
      let path = path(migration.migration)
      var texts = DigestedTexts(migration.migration.script)
      for finding in migration.findings where !finding.isSuppressed {
        digests[path, default: [:]][finding.rule, default: []].append(texts.digest(of: finding))
      }
      guard report.isUndecided(migration) else { continue }
      let others = migration.digestsOfOtherReasons(under: report.policy, &texts)
      if !others.isEmpty { digests[path, default: [:]][Decision.name] = others }
    }
    digests = digests.mapValues { $0.mapValues { $0.sorted() } }
  }

  // MARK: - The file

  /// What a file holds.
  private struct Document: Codable {
    var about: String?
    var findings: [String: [String: [String]]]
    var version: Int
  }

  package struct Unreadable: Error, Hashable { package let message: String }

  package init(reading bytes: [UInt8]) throws(Unreadable) {
    let document: Document
    do {
      document = try JSONDecoder().decode(Document.self, from: Data(bytes))
    } catch {
      throw Unreadable(message: "this is no baseline; delete it and run `sqllint baseline` to make one")
    }
    guard document.version == Self.version else {
      throw Unreadable(message: "version \(document.version) is not known; this sqllint reads version \(Self.version)")
    }
    digests = document.findings.mapValues { $0.mapValues { $0.sorted() } }
  }

  /// The file, each finding on a line of its own, so that branches merge.
  package func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let document = Document(about: Self.about, findings: digests.mapValues { $0.mapValues { $0.sorted() } }, version: 1)
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }

  private static let version = 1
  private static let about =
    "Findings, and statements to be approved, that were there when sqllint was introduced, and that do not count. "
    + "`sqllint baseline --update` removes those that are mended; nothing is ever added."

  // MARK: - In a run

  /// Sets the findings apart that are known. Returns what was not found of it in the files that the report judged.
  ///
  /// `runs` says whether a rule ran; `path` is that of a migration from the folder of the file; `isThere` whether a file is.
  package func apply(
    to report: inout Report,
    path: (Migration) -> String,
    runs: (_ rule: String) -> Bool,
    isThere: (_ path: String) -> Bool
  ) -> KnownFindings {
    var left = digests.mapValues { $0.mapValues(\.counts) }
    var judged: Set<String> = []
    let policy = report.policy
    report.setAside { migration in
      let path = path(migration.migration)
      judged.insert(path)
      guard left[path] != nil else { return ([], false) }
      var known: Set<Int> = []
      var texts = DigestedTexts(migration.migration.script)
      for (index, finding) in migration.findings.enumerated() where !finding.isSuppressed {
        let digest = texts.digest(of: finding)
        guard let count = left[path]?[finding.rule]?[digest], count > 0 else { continue }
        left[path]?[finding.rule]?[digest] = count - 1
        known.insert(index)
      }
      var isSettled = migration.findings.indices.allSatisfy {
        known.contains($0) || migration.findings[$0].isSuppressed
      }
      for digest in migration.digestsOfOtherReasons(under: policy, &texts) {
        let count = left[path]?[Decision.name]?[digest] ?? 0
        if count > 0 { left[path]?[Decision.name]?[digest] = count - 1 } else { isSettled = false }
      }
      return (known, isSettled)
    }
    judged.formUnion(report.migrations.map { path($0.migration) })
    return KnownFindings(
      digests: left.mapValues { $0.mapValues(\.elements).filter { !$0.value.isEmpty && runs($0.key) } }
        .filter { !$0.value.isEmpty && (judged.contains($0.key) || !isThere($0.key)) }
    )
  }

  private init(digests: [String: [String: [String]]]) { self.digests = digests }

  /// The same without what is gone.
  package func removing(_ gone: KnownFindings) -> KnownFindings {
    var digests = digests
    for (path, rules) in gone.digests {
      for (rule, texts) in rules {
        var counts = (digests[path]?[rule] ?? []).counts
        for text in texts { counts[text] = max(0, (counts[text] ?? 0) - 1) }
        let left = counts.elements
        digests[path]?[rule] = left.isEmpty ? nil : left
      }
      if digests[path]?.isEmpty == true { digests[path] = nil }
    }
    return KnownFindings(digests: digests)
  }
}

extension [String] {
  /// How often each is there.
  fileprivate var counts: [String: Int] { Dictionary(map { ($0, 1) }, uniquingKeysWith: +) }
}

extension [String: Int] {
  /// Each as often as it is counted, in order.
  fileprivate var elements: [String] {
    sorted { $0.key < $1.key }.flatMap { Array(repeating: $0.key, count: $0.value) }
  }
}

extension MigrationReport {
  /// What gives it a risk of Medium or more besides findings that count: statements, and what the file allows.
  fileprivate func digestsOfOtherReasons(under policy: Policy, _ texts: inout DigestedTexts) -> [String] {
    var digests: [String] = []
    for reason in decision(under: policy).reasons {
      switch reason.ground {
      case .finding(let finding): if finding.isSuppressed { digests.append(texts.digest(of: finding)) }
      case .statement: digests.append(texts.digest(of: reason.range))
      }
    }
    return digests
  }
}

/// What the findings of a script are about, whatever the layout and the comments: the statement, else the place.
private struct DigestedTexts {
  private let script: Script
  /// A long statement may have thousands of findings.
  private var digests: [Range<Int>: String] = [:]

  init(_ script: Script) { self.script = script }

  mutating func digest(of finding: Finding) -> String {
    let statements = script.statements
    return digest(
      of: finding.statement.flatMap { statements.indices.contains($0) ? statements[$0].range : nil } ?? finding.range
    )
  }

  mutating func digest(of range: Range<Int>) -> String {
    if let known = digests[range] { return known }
    let digest = script.digest(of: range)
    digests[range] = digest
    return digest
  }
}

extension Script {
  fileprivate func digest(of range: Range<Int>) -> String {
    var text: [UInt8] = []
    var at = range.lowerBound
    let first = comments.partitioningIndex { $0.range.lowerBound >= range.lowerBound }
    for comment in comments[first...].prefix(while: { $0.range.upperBound <= range.upperBound }) {
      text += source.utf8[at..<max(at, comment.range.lowerBound)] + [0x20]
      at = comment.range.upperBound
    }
    text += source.utf8[at..<max(at, range.upperBound)]
    let words = text.split { $0 == 0x20 || (0x09...0x0D).contains($0) }
    return String(SHA256.hexadecimal(of: Array(words.joined(separator: [0x20]))).prefix(16))
  }
}
