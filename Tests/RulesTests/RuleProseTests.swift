import Foundation
import Linting
import Rules
import Testing

@Suite("A rule is one value")
struct RuleProseTests {
  @Test("every file in the folders is a rule of the table of contents, and vice versa")
  func folder() throws {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/Rules")
    let files = try FileManager.default.subpathsOfDirectory(atPath: sources.path)
      .filter { $0.hasSuffix(".swift") }
    let declaring = try files.filter {
      try String(contentsOf: sources.appendingPathComponent($0), encoding: .utf8).contains(
        #/^struct \w+: .*Rule\b/#.anchorsMatchLineEndings()
      )
    }
    let names = declaring.map { URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent }
    #expect(names.sorted() == AllRules.all.map { "\(type(of: $0))" }.sorted())
  }

  @Test("it is of a kind, or nobody would ever call it", arguments: AllRules.all.map(RuleArgument.init))
  func kind(argument: RuleArgument) {
    let rule = argument.rule
    #expect(
      rule.asStatementRule != nil || rule.asMigrationRule != nil || rule.asFileRule != nil || rule.asHistoryRule != nil
        || rule.asRollbackRule != nil || rule.asSuppressionRule != nil
    )
  }

  @Test("its type bears the name of its id", arguments: AllRules.all.map(RuleArgument.init))
  func name(argument: RuleArgument) {
    let pascal = argument.rule.id.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    #expect("\(type(of: argument.rule))" == pascal)
    #expect(!["no-", "ban-", "require-", "prefer-"].contains { argument.rule.id.hasPrefix($0) })
  }

  @Test("no two rules share an id, present or former")
  func uniqueIDs() {
    let ids = AllRules.all.flatMap { [$0.id] + $0.formerIDs }
    #expect(Set(ids).count == ids.count)
  }

  @Test("its prose is complete", arguments: AllRules.all.map(RuleArgument.init))
  func prose(argument: RuleArgument) {
    let rule = argument.rule
    #expect(rule.summary.count <= 90, "\(rule.summary.count) characters")
    #expect(rule.summary.hasSuffix(".") && !rule.summary.dropLast().contains(". "))
    #expect(rule.explanation.count > 100)
    #expect(rule.reference.hasPrefix("https://www.postgresql.org/docs/current/"))
    #expect(rule.alternative.hasSuffix(";") || rule.alternative.contains("--"))
    #expect(rule.alsoKnownAs.allSatisfy { $0.contains(": ") })
  }

  @Test("it shows what is bad and what is good", arguments: AllRules.all.map(RuleArgument.init))
  func examples(argument: RuleArgument) {
    // What files are called, and what a branch has, cannot be written out as an example.
    let isAboutFiles =
      ["file-unreadable", "file-name-malformed", "released-migration-edited", "configuration-loosened"]
      .contains(argument.rule.id) || argument.rule.id.hasPrefix("version-")
    guard !isAboutFiles else { return }
    #expect(argument.rule.examples.contains { $0.verdict == .bad })
    #expect(argument.rule.examples.contains { $0.verdict == .good })
  }
}

/// A rule with a name for the test's output.
struct RuleArgument: CustomTestStringConvertible, Sendable {
  let rule: any Rule

  var testDescription: String { rule.id }
}
