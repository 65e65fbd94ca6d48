import Foundation
import Linting
import Rules
import Syntax
import Testing

@testable import Migrations

@Suite("Scripts for psql include others")
struct InclusionTests {
  private func histories(_ folder: TemporaryFolder, runner: String? = nil) throws -> [History] {
    let exclusions = Exclusions(workingFolder: FileSystem.workingFolder())
    return try MigrationLoader(runner: runner.flatMap(Runner.init(rawValue:)), exclusions: exclusions)
      .load([.stored(folder.raw(""))])
  }

  /// `file:line: text` of each statement.
  private func statements(_ migration: Migration, in folder: TemporaryFolder) -> [String] {
    migration.script.statements.map { statement in
      let (source, range) = migration.script.source.file(of: statement.range)
      return "\(folder.relative(source.path)):\(source.location(of: range.lowerBound).line): \(source[range])"
    }
  }

  @Test("each statement keeps the file and the line that it stands in")
  func places() throws {
    let folder = try TemporaryFolder()
    try folder.write("SELECT 1;\n\\ir parts/tables.sql\nSELECT 'é'; \\i 'parts/it''s.sql'\nSELECT 2;\n", to: "main.sql")
    try folder.write("-- tables\nCREATE TABLE a (id int);\n\\ir more.sql\nSELECT 'end'", to: "parts/tables.sql")
    try folder.write("\n\nCREATE TABLE b (id int)", to: "parts/more.sql")
    try folder.write("SELECT 'quoted';", to: "parts/it's.sql")
    let history = try #require(try histories(folder).first)
    #expect(
      history.migrations.map { statements($0.up, in: folder) } == [
        [
          "main.sql:1: SELECT 1", "parts/tables.sql:2: CREATE TABLE a (id int)",
          "parts/more.sql:3: CREATE TABLE b (id int)", "parts/tables.sql:4: SELECT 'end'", "main.sql:3: SELECT 'é'",
          "parts/it's.sql:1: SELECT 'quoted'", "main.sql:4: SELECT 2",
        ]
      ]
    )
    #expect(history.migrations.first?.up.unreadParts == [])
    // Only psql reads these commands, and it sends statement by statement.
    #expect(history.migrations.first?.up.transactionMode == Migration.TransactionMode.none)
  }

  @Test("a file that another one includes is no migration of its own")
  func included() throws {
    let folder = try TemporaryFolder()
    try folder.write("\\ir tables.sql\n", to: "main.sql")
    try folder.write("CREATE TABLE a (id int);\n", to: "tables.sql")
    try folder.write("SELECT 1;\n", to: "other.sql")
    let history = try #require(try histories(folder).first)
    #expect(history.migrations.map { folder.relative($0.up.path) } == ["main.sql", "other.sql"])
    #expect(
      history.ignored.map { "\(folder.relative($0.path)) \($0.reason)".replacing(folder.path + "/", with: "") }
        == ["tables.sql main.sql includes it"]
    )
  }

  @Test("\\i counts from the folder that psql runs in, \\ir from the script's", arguments: ["\\i", "\\include"])
  func folders(command: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("%project=p\n\na 2024-01-01T00:00:00Z n <n@e>\n", to: "sqitch.plan")
    try folder.write("\(command) shared/x.sql\n\\ir x.sql\n\\include_relative x.sql", to: "deploy/a.sql")
    try folder.write("SELECT 'shared';", to: "shared/x.sql")
    try folder.write("SELECT 'beside';", to: "deploy/x.sql")
    let history = try #require(try histories(folder).first)
    let up = try #require(history.migrations.first?.up)
    #expect(
      statements(up, in: folder) == [
        "shared/x.sql:1: SELECT 'shared'", "deploy/x.sql:1: SELECT 'beside'", "deploy/x.sql:1: SELECT 'beside'",
      ]
    )
  }

  @Test(
    "what cannot be followed is told where it stands, and the rest is read",
    arguments: [
      ("\\ir nothing.sql", "there is no such file"), ("\\ir /etc/hostname", "the file lies outside"),
      ("\\ir ../../../etc/hostname", "the file lies outside"), ("\\i :folder/x.sql", "only psql can tell"),
      ("\\ir main.sql", "it includes itself"), ("\\ir folder", "it is a folder, not a file"),
      ("\\ir latin.sql", "not UTF-8"),
    ]
  )
  func failures(command: String, reason: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("SELECT 1;\n\(command)\nSELECT 2;\n", to: "main.sql")
    try folder.write("", to: "folder/empty.txt")
    try FileManager.default.createDirectory(at: folder.url.appending(path: ".git"), withIntermediateDirectories: true)
    try Data([0x53, 0xE9, 0x0A]).write(to: folder.url.appending(path: "latin.sql"))
    let up = try #require(try histories(folder).first?.migrations.first { $0.up.path.hasSuffix("main.sql") }?.up)
    #expect(statements(up, in: folder) == ["main.sql:1: SELECT 1", "main.sql:3: SELECT 2"])
    let part = try #require(up.unreadParts.first)
    #expect(part.reason.contains(reason), "\(part.reason)")
    #expect(up.script.source.location(of: part.range.lowerBound).line == 2)
    let report = Linter(rules: AllRules.all, policy: Policy())
      .lint([History(migrations: [MigrationPair(up: up, down: nil)])], toolVersion: "", grammarVersion: "")
    #expect(report.migrations.flatMap(\.findings).map(\.rule) == ["file-unreadable"])
  }

  @Test("files that include each other come to an end")
  func circle() throws {
    let folder = try TemporaryFolder()
    try folder.write("SELECT 'a';\n\\ir b.sql\n", to: "a.sql")
    try folder.write("SELECT 'b';\n\\ir a.sql\n", to: "b.sql")
    let history = try #require(try histories(folder).first)
    #expect(
      history.migrations.map { statements($0.up, in: folder) } == [
        ["a.sql:1: SELECT 'a'", "b.sql:1: SELECT 'b'"], ["b.sql:1: SELECT 'b'", "a.sql:1: SELECT 'a'"],
      ]
    )
    #expect(history.migrations.allSatisfy { $0.up.unreadParts.count == 1 })
  }

  @Test("a comment in the one file allows nothing in the other")
  func suppressions() throws {
    let folder = try TemporaryFolder()
    try folder.write("-- sqllint:allow table-dropped it is empty\n\\ir drop.sql\n", to: "main.sql")
    try folder.write("\nDROP TABLE a;\n-- sqllint:allow table-dropped it is empty\nDROP TABLE b;\n", to: "drop.sql")
    let report = Linter(rules: AllRules.all, policy: Policy())
      .lint(try histories(folder), toolVersion: "", grammarVersion: "")
    #expect(
      report.migrations.flatMap(\.findings).map { "\($0.rule) \($0.isSuppressed)" } == [
        "suppression-unused false", "table-dropped false", "table-dropped true",
      ]
    )
  }

  @Test("a semicolon after a backslash keeps statements in one query")
  func joined() throws {
    let folder = try TemporaryFolder()
    try folder.write("SELECT 1\\; SELECT 2\\; SELECT 3;\nSELECT 4;\nSELECT 5\\; SELECT 6;\n", to: "a.sql")
    let up = try #require(try histories(folder).first?.migrations.first?.up)
    #expect(up.script.statements.count == 6)
    #expect(up.queries == [0..<3, 4..<6])
  }

  @Test("what a file allows is allowed in that file alone")
  func allowed() throws {
    let folder = try TemporaryFolder()
    try folder.write("\\ir part.sql;\nDROP TABLE a;\n", to: "main.sql")
    try folder.write("-- sqllint:allow-file table-dropped unused\nDROP TABLE b;\n", to: "part.sql")
    let report = Linter(rules: AllRules.all, policy: Policy())
      .lint(try histories(folder), toolVersion: "", grammarVersion: "")
    #expect(
      report.migrations.flatMap(\.findings).map { "\($0.rule) \($0.isSuppressed)" } == [
        "table-dropped true", "table-dropped false",
      ]
    )
  }

  @Test("files that include one another by the thousand come to an end")
  func fans() throws {
    let folder = try TemporaryFolder()
    for level in 1...6 {
      try folder.write(String(repeating: "\\ir \(level + 1).sql\n", count: 4), to: "parts/\(level).sql")
    }
    try folder.write("SELECT 1;\n", to: "parts/7.sql")
    try folder.write("\\ir parts/1.sql\n", to: "main.sql")
    let up = try #require(try histories(folder).first { $0.migrations.count == 1 }?.migrations.first?.up)
    // All of them together would be 4,096.
    #expect((100...500).contains(up.script.statements.count))
    #expect(!up.unreadParts.isEmpty)
  }

  private func unread(_ limits: Limits, in folder: TemporaryFolder) throws -> (count: Int, reasons: [String]) {
    let histories = try MigrationLoader(
      exclusions: Exclusions(workingFolder: FileSystem.workingFolder()),
      limits: limits
    )
    .load([.stored(folder.raw("main.sql"))])
    let up = try #require(histories.first?.migrations.first?.up)
    return (up.script.statements.count, up.unreadParts.map(\.reason))
  }

  @Test("what is included is bounded by its number, its depth and its bytes, each of which is told")
  func limits() throws {
    let folder = try TemporaryFolder()
    try folder.write("\\ir 1.sql\n\\ir 1.sql\n\\ir 1.sql\n", to: "main.sql")
    try folder.write("\\ir 2.sql\nSELECT 1;\n", to: "1.sql")
    try folder.write("SELECT 2;\n", to: "2.sql")
    #expect(try unread(Limits(), in: folder) == (6, []))
    var limits = Limits()
    limits.inclusions = 3
    var found = try unread(limits, in: folder)
    #expect(found.count == 3)
    #expect(found.reasons.count == 2)
    #expect(found.reasons.allSatisfy { $0.contains("more than the 3 of the limit `inclusions`") }, "\(found)")
    limits = Limits()
    limits.inclusionDepth = 1
    found = try unread(limits, in: folder)
    #expect(found.count == 3)
    #expect(found.reasons.allSatisfy { $0.contains("more than the 1 of the limit `inclusion_depth`") }, "\(found)")
    #expect(found.reasons.count == 3)
    limits = Limits()
    limits.includedBytes = 35
    found = try unread(limits, in: folder)
    #expect(found.count == 2)
    #expect(found.reasons.count == 2)
    #expect(found.reasons.allSatisfy { $0.contains("larger than the 35 of the limit `included_bytes`") }, "\(found)")
  }

  @Test("a large file that is included over and over takes no more than its share", .timeLimit(.minutes(30)))
  func amplification() throws {
    let folder = try TemporaryFolder()
    try folder.write(String(repeating: "\\ir big.txt\n", count: 200), to: "main.sql")
    try folder.write("SELECT '" + String(repeating: "x", count: 200_000) + "';", to: "big.txt")
    let found = try unread(Limits(), in: folder)
    #expect(found.count == 83)
    #expect(found.reasons.count == 101)
    #expect(found.reasons.last == "this command and those after it, 17 in all, are not followed")
  }

  @Test("a script of nothing but commands that cannot be followed is told once for the most of them")
  func manyFailures() throws {
    let folder = try TemporaryFolder()
    try folder.write(String(repeating: "\\ir nothing.sql\n", count: 20_000), to: "main.sql")
    let found = try unread(Limits(), in: folder)
    #expect(found.reasons.count == 101)
    #expect(found.reasons.first == "\\ir nothing.sql is not followed: there is no such file")
    #expect(found.reasons.last == "this command and those after it, 19900 in all, are not followed")
  }

  @Test("to a runner that sends all of the text, psql's commands are errors")
  func otherRunners() throws {
    let folder = try TemporaryFolder()
    try folder.write("\\connect other\nSELECT 1;\n\\ir b.sql\n", to: "1_a.up.sql")
    try folder.write("SELECT 2;\n", to: "b.sql")
    let up = try #require(try histories(folder).first?.migrations.first?.up)
    #expect(up.script.statements.count == 1)
    #expect(
      up.script.errors.map(\.message) == [
        "\\connect is a command of psql, and golang-migrate sends it to the server, which refuses it",
        "\\ir is a command of psql, and golang-migrate sends it to the server, which refuses it",
      ]
    )
  }
}
