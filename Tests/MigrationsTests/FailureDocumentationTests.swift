import Foundation
import Testing

@testable import Migrations

@Suite("What a runner leaves when a statement is refused")
struct FailureDocumentationTests {
  @Test("is in Documentation/runners.md as the runner's definition has it", arguments: AllRunners.all.map(Runner.init))
  func documented(runner: Runner) throws {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: package.appending(path: "Documentation/runners.md"), encoding: .utf8)
    let definition = runner.definition
    let failures = [definition.afterFailure, definition.afterFailureApart, definition.afterFailureStopping]
    for failure in failures.compactMap(\.self) {
      #expect(text.contains("| \(failure.state) | \(failure.recovery) |"))
    }
  }
}

@Suite("The tables that runners keep")
struct RunnerTableTests {
  @Test("are told by each runner, in any schema unless it names one")
  func tables() {
    #expect(AllRunners.all.allSatisfy { !$0.ownTables.isEmpty })
    #expect(AllRunners.tables.contains("*.schema_migrations"))
    #expect(AllRunners.tables.contains("sqitch.*"))
    #expect(AllRunners.tables.allSatisfy { $0.split(separator: ".").count == 2 && $0 == $0.lowercased() })
  }
}
