import Foundation
import Syntax
import Testing

@testable import Configuration
@testable import SQLLint

@Suite("Limits of what is read")
struct LimitTests {
  @Test("are documented with their defaults and maxima")
  func documented() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Documentation/limits.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") && !$0.contains(".sqllint.yml") }
      .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
    #expect(rows.map { $0[0] } == Limits.Name.allCases.map { "`\($0.rawValue)`" })
    #expect(rows.map { $0[2] } == Limits.Name.allCases.map { String($0.usual) })
    #expect(rows.map { $0[3] } == Limits.Name.allCases.map { String($0.maximum) })
    #expect(text.contains(String(ConfigurationText.maximumSize)))
  }

  @Test("of a run end it with status 2 and no report", arguments: ["files: 2", "run_bytes: 40", "statements: 2"])
  func run(_ limit: String) throws {
    let folder = try ProjectFolder(project.merging([".sqllint.yml": "limits: {\(limit)}"]) { $1 })
    let command = try Command.run("migrations", in: folder)
    #expect(command.status == 2)
    #expect(command.output.isEmpty)
    let name = limit.prefix { $0 != ":" }
    #expect(
      command.errors.contains("of the limit `\(name)` (Documentation/limits.md), so nothing is judged"),
      "\(command)"
    )
  }

  @Test("of a file make it one that is not read")
  func file() throws {
    let folder = try ProjectFolder(project.merging([".sqllint.yml": "limits: {file_bytes: 10}"]) { $1 })
    let command = try Command.run("migrations", "--fail-on", "high", in: folder)
    #expect(command.status == 1)
    #expect(
      command.output.contains("more than the 10 of the limit `file_bytes` (Documentation/limits.md)"),
      "\(command)"
    )
    #expect(command.output.contains("[file-unreadable]"))
  }

  @Test("of statements do not count semicolons in long strings")
  func semicolons() throws {
    let text = String(repeating: ";", count: 30_000)
    let folder = try ProjectFolder(["a.sql": "SELECT '\(text)';", ".sqllint.yml": "limits: {statements: 10}"])
    #expect(try Command.run("a.sql", in: folder).status == 0)
  }
}
