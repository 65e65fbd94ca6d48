import Foundation
import Linting
import Migrations
import Rules
import Testing

@Suite("The demo project is what its README says")
struct DemoTests {
  @Test("risk by risk and finding by finding, suppressed ones too")
  func table() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/demo")
    let readme = try String(contentsOf: folder.appendingPathComponent("README.md"), encoding: .utf8)
    let expected = readme.split(separator: "\n").compactMap(Row.init)
    let histories = try MigrationLoader(exclusions: Exclusions(workingFolder: RawPath("/")))
      .load([.stored(RawPath(folder.appendingPathComponent("migrations").path))])
    let report = Linter(rules: AllRules.all, policy: Policy())
      .lint(histories, toolVersion: "test", grammarVersion: "17")
    #expect(report.judged.map(Row.init) == expected)
  }

  /// A line of the README's table.
  struct Row: Equatable {
    let name: String
    /// In no order; a rule stands as often as it is found.
    let findings: [String]
    let risk: String

    /// `nil` for a line that is no row of the table.
    init?(_ line: Substring) {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 4, cells[0].first?.isNumber == true else { return nil }
      name = cells[0]
      risk = cells[3].lowercased()
      let words = cells[2].split(separator: "`", omittingEmptySubsequences: false)
      findings = words.indices.filter { $0 % 2 == 1 }.flatMap { index in
        let behind = words[index + 1].lowercased()
        let times = behind.contains("twice") || behind.contains("once more") ? 2 : 1
        return [String](repeating: String(words[index]), count: times)
      }.sorted()
    }

    init(_ report: MigrationReport) {
      name = "\(report.migration.version ?? "")_\(report.migration.name)"
      findings = report.findings.map(\.rule).sorted()
      risk = report.risk.rawValue
    }
  }
}
