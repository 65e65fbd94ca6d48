import Foundation
import Linting
import Reports
import Rules
import Testing

/// `Documentation/rules` says what the rules say. With SQLLINT_RECORD=1 in the environment the pages are written anew, and
/// the tests fail, so that nobody takes that for a pass.
@Suite("The pages of the rules")
struct RulePageTests {
  @Test("say what the rule says, with what sqllint prints", arguments: AllRules.all.map(RuleArgument.init))
  func page(argument: RuleArgument) throws {
    let rule = argument.rule
    let text = RuleText.page(on: rule, policy: Policy(), output: try rule.output)
    try expect(text, in: "\(rule.id).md")
  }

  @Test("are listed, and there are no others")
  func index() throws {
    try expect(RuleText.index(AllRules.all, policy: Policy()), in: "README.md")
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(files) == Set(AllRules.all.map { "\($0.id).md" } + ["README.md"]))
  }

  private func expect(_ text: String, in name: String) throws {
    let file = Self.folder.appending(path: name)
    if ProcessInfo.processInfo.environment["SQLLINT_RECORD"] != nil {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      Issue.record("wrote \(name): read it, then run again without SQLLINT_RECORD")
    } else {
      #expect(try String(contentsOf: file, encoding: .utf8) == text, "\(name) has changed")
    }
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Documentation/rules").standardized
}

extension Rule {
  /// What sqllint prints on the rule's first bad example; `nil` where it has none.
  fileprivate var output: String? {
    get throws {
      guard let bad = examples.first(where: { $0.verdict == .bad }) else { return nil }
      let text = MigrationText(sql: bad.sql, transactionMode: bad.transactionMode, down: bad.down)
      let migration = try MigrationReport.linting(bad.history, then: text, policy: Policy(enabledRules: [id]))
      let report = Report(
        migrations: [migration],
        ignored: [],
        policy: Policy(),
        toolVersion: "test",
        grammarVersion: "17"
      )
      return ReportFormat.text.render(report, rules: [], style: ReportStyle(width: 100, isQuiet: true))
    }
  }
}
