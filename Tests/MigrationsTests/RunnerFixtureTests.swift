import Foundation
import Linting
import Syntax
import Testing

@testable import Migrations

@Suite("Runners")
struct RunnerFixtureTests {
  /// One history in `Fixtures/runners`, with what is expected of it in `expected.txt`.
  struct Fixture: CustomTestStringConvertible, Sendable {
    let folder: URL
    var testDescription: String { folder.lastPathComponent }
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/runners")

  static let fixtures: [Fixture] = ((try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []).sorted()
    .map { Fixture(folder: root.appending(path: $0)) }

  @Test("every runner has a fixture of its name")
  func complete() {
    #expect(Self.fixtures.map(\.testDescription) == Runner.allCases.map(\.rawValue).sorted())
  }

  @Test("files, order, directions and transactions are told from the folder alone", arguments: fixtures)
  func outline(fixture: Fixture) throws {
    let exclusions = Exclusions(workingFolder: FileSystem.workingFolder())
    let histories = try MigrationLoader(exclusions: exclusions).load([.stored(RawPath(fixture.folder.path))])
    let outline = histories.map { $0.outline(in: fixture.folder) }.joined(separator: "\n")
    let file = fixture.folder.appending(path: "expected.txt")
    if ProcessInfo.processInfo.environment["SQLLINT_RECORD"] != nil {
      try outline.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded anew: read the difference, then run the tests without SQLLINT_RECORD")
    }
    #expect(try outline == String(contentsOf: file, encoding: .utf8))
  }

  @Test("a file that is given alone is read with the ones before it", arguments: fixtures)
  func last(fixture: Fixture) throws {
    let exclusions = Exclusions(workingFolder: FileSystem.workingFolder())
    let loader = MigrationLoader(exclusions: exclusions)
    let whole = try #require(loader.load([.stored(RawPath(fixture.folder.path))]).first)
    let last = try #require(whole.migrations.last?.up.path)
    let alone = try #require(loader.load([.stored(RawPath(last))]).first)
    #expect(alone.origin?.runner == whole.origin?.runner)
    // Of files that no runner is known for, nobody knows what runs before them.
    if whole.origin?.runner != "plain" { #expect(alone.migrations.map(\.up.path) == whole.migrations.map(\.up.path)) }
    #expect(alone.migrations.filter(\.up.isReported).map(\.up.path).allSatisfy { $0 == last })
  }
}

extension History {
  /// A line for each migration and each file that is left out.
  fileprivate func outline(in folder: URL) -> String {
    var lines = ["\(origin?.runner ?? "-"): \(origin?.evidence ?? "-")"]
    func words(_ policy: ConflictPolicy?) -> String { policy.map { "\($0)" } ?? "-" }
    lines.append(
      "equal versions: \(words(origin?.equalVersions)), late: \(words(origin?.lateVersions))"
        + (origin?.joinsMigrations == true ? ", all in one transaction" : "")
    )
    for pair in migrations {
      lines.append(pair.up.outline(in: folder))
      if let down = pair.down { lines.append("  " + down.outline(in: folder)) }
    }
    lines += orphanedDowns.map { "orphan " + $0.outline(in: folder) }
    lines += ignored.map { "ignored \($0.path.below(folder)): \($0.reason)" }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Migration {
  fileprivate func outline(in folder: URL) -> String {
    let statements = script.statements.enumerated().map { index, statement in
      let text = String(script.source[statement.range].prefix { $0 != "\n" }.prefix(44))
      // What is sent in one query stands in braces.
      guard let query = queries.first(where: { $0.count > 1 && $0.contains(index) }) else { return text }
      return (index == query.lowerBound ? "{" : "") + text + (index == query.upperBound - 1 ? "}" : "")
    }
    let errors = script.errors.isEmpty ? "" : " with \(script.errors.count) syntax errors"
    let mode = refusal.map { "\(transactionMode), \($0)" } ?? "\(transactionMode)"
    return
      "\(direction) \(version ?? "-") \(name) (\(mode))\(errors)\(unreadable == nil ? "" : " unreadable") \(path.below(folder)): "
      + statements.joined(separator: " | ")
  }
}

extension String {
  fileprivate func below(_ folder: URL) -> String {
    hasPrefix(folder.path + "/") ? String(dropFirst(folder.path.count + 1)) : self
  }
}
