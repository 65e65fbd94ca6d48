import Foundation
import Linting
import Rules
import Testing

@testable import Migrations

/// A git repository of a test's own, on its branch `main`.
struct TestRepository {
  let folder: TemporaryFolder

  static let isGitThere = GitProgram() != nil
  static let absence: Comment = "git is not on the PATH"

  init(_ files: [String: String] = [:]) throws {
    folder = try TemporaryFolder()
    try git("init", "--quiet", "--initial-branch=main")
    try git("config", "user.name", "Test")
    try git("config", "user.email", "test@example.com")
    try git("config", "commit.gpgsign", "false")
    try commit(files)
  }

  private struct Failed: Error { let arguments: [String] }

  func git(_ arguments: String...) throws { try git(arguments) }

  @discardableResult
  func git(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git"] + arguments
    process.currentDirectoryURL = folder.url
    let output = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let answer = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed(arguments: arguments) }
    return String(decoding: answer, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// What git answers.
  func ask(_ arguments: String...) throws -> String { try git(arguments) }

  /// Writes files and commits all that there is.
  func commit(_ files: [String: String]) throws {
    for (name, text) in files { try folder.write(text, to: name) }
    try git("add", "--all")
    try git("commit", "--quiet", "--allow-empty", "--message=test")
  }

  func history(_ start: Start, of path: String = "m", runner: Runner? = nil) throws -> History {
    let exclusions = Exclusions(workingFolder: FileSystem.workingFolder())
    let loader = MigrationLoader(runner: runner, exclusions: exclusions, start: start)
    return try loader.load([.stored(folder.raw(path))]).first ?? History(migrations: [])
  }

  /// What is reported, as `name: rule, rule`; without rules about rollbacks.
  func findings(_ start: Start, of path: String = "m", rules ids: String...) throws -> [String] {
    let rules = AllRules.all.filter { ids.isEmpty || ids.contains($0.id) }
    let report = Linter(rules: rules, policy: Policy())
      .lint([try history(start, of: path)], describesDowns: false, toolVersion: "test", grammarVersion: "17")
    return report.migrations.filter { $0.migration.direction == .up }.map { migration in
      let name = folder.relative(migration.migration.path)
      return ([name] + migration.findings.map(\.rule).filter { !$0.hasPrefix("down-") }).joined(separator: " ")
    }
  }
}
