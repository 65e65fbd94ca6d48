import Foundation
import Linting
import Migrations
import Rules
import Testing

/// What sqllint finds in the up migrations of real histories. `Documentation/corpus.md` holds the table, so that a change
/// of the rules shows what appeared and what went; with SQLLINT_RECORD=1 in the environment it is written anew, and the
/// test fails, so that nobody takes that for a pass.
@Suite(
  "Over real histories",
  .enabled(if: Recording.shared != nil, "the histories are not beside the package")
)
struct CorpusTests {
  @Test("no statement of high risk is without a finding, and each of medium risk has one or says why")
  func reasons() throws {
    for (name, report) in try Self.reports() {
      for migration in report.judged where migration.migration.direction == .up {
        for (index, statement) in migration.statements.enumerated() where statement.risk > .low {
          let isFound = migration.findings.contains { $0.statement == index && $0.risk >= statement.risk }
          let isTold = statement.risk == .medium && statement.reason != nil
          #expect(isFound || isTold, "\(name): \(migration.migration.path), statement \(index + 1)")
        }
      }
    }
  }

  @Test("the findings of each rule are as many as they were")
  func counts() throws {
    let text = try Self.table()
    print(text)
    if ProcessInfo.processInfo.environment["SQLLINT_RECORD"] != nil {
      try Data(text.utf8).write(to: Self.document)
      Issue.record("wrote corpus.md: read it, then run again without SQLLINT_RECORD")
    } else {
      let recorded = try String(contentsOf: Self.document, encoding: .utf8)
      #expect(text.split(separator: "\n") == recorded.split(separator: "\n"))
    }
  }

  private static let document = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Documentation/corpus.md").standardized

  private static func reports() throws -> [(name: String, report: Report)] {
    let corpora = try #require(Recording.shared).appending(path: "corpora")
    let exclusions = Exclusions(workingFolder: FileSystem.workingFolder())
    let linter = Linter(rules: AllRules.all, policy: Policy())
    return try FileManager.default.contentsOfDirectory(atPath: corpora.path).sorted().compactMap { name in
      let folder = corpora.appending(path: name)
      guard try folder.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true else { return nil }
      let histories = try MigrationLoader(exclusions: exclusions).load([.stored(RawPath(folder.path))])
      return (name, linter.lint(histories, toolVersion: "test", grammarVersion: "17"))
    }
  }

  /// A row a rule, a column a history.
  private static func table() throws -> String {
    let reports = try reports()
    var counts: [String: [Int]] = [:]
    for (column, (_, report)) in reports.enumerated() {
      for migration in report.judged where migration.migration.direction == .up {
        for finding in migration.findings where !finding.isSuppressed {
          counts[finding.rule, default: reports.map { _ in 0 }][column] += 1
        }
      }
    }
    let names = reports.map { $0.name.split(separator: "_").last.map(String.init) ?? $0.name }
    let rows = AllRules.all.map(\.id).compactMap { rule in
      counts[rule].map { [rule] + $0.map { $0 == 0 ? "" : String($0) } + [String($0.reduce(0, +))] }
    }
    let silent = AllRules.all.filter { !$0.isOptIn }.map(\.id).filter { counts[$0] == nil }
    let lines = ([["rule"] + names + ["all"]] + [["---"] + (names + [""]).map { _ in "---:" }] + rows).map {
      "| \($0.joined(separator: " | ")) |"
    }
    return """
      # Findings in the up migrations of ten real histories

      Written by `make corpus`; do not edit. The histories are other people's work and are expected beside this repository
      in `../shared/corpora`.

      \(lines.joined(separator: "\n"))

      Without a finding: \(silent.joined(separator: ", ")).

      """
  }
}
