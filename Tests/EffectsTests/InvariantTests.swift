import Foundation
import Linting
import Migrations
import PostgresParser
import Syntax
import Testing

@testable import Catalog
@testable import Execution

@Suite("The effects name all that leaves the catalog, and every relation whose catalog entry changes")
struct InvariantTests {
  @Test("in the cases of effects")
  func cases() throws {
    var check = Check(source: "effects")
    for effectCase in EffectCase.all {
      var schema = effectCase.schema
      check.run(effectCase.statements.map { ($0, "\(effectCase)") }, on: &schema)
    }
    try report([check], as: "cases")
  }

  @Test(
    "in real histories, up and down",
    .enabled(if: Shared.folder != nil, "the histories are not beside the package")
  )
  func histories() throws {
    let corpora = try #require(Shared.folder).appending(path: "corpora")
    let names = try FileManager.default.contentsOfDirectory(atPath: corpora.path).filter { $0.contains("__") }.sorted()
    #expect(names.count == 10)
    try report(
      names.map { name in
        var check = Check(source: name)
        var schema = Database()
        for pair in try Shared.histories(in: corpora.appending(path: name)).flatMap(\.migrations) {
          schema.beginMigration(on: CalendarDate(year: 2026, month: 11, day: 23))
          check.run(pair.up, on: &schema)
          var copy = schema
          if let down = pair.down { check.run(down, on: &copy) }
        }
        return check
      },
      as: "histories"
    )
  }

  @Test("in PostgreSQL's own tests", .enabled(if: Shared.folder != nil, "the scripts are not beside the package"))
  func regression() throws {
    let folder = try #require(Shared.folder).appending(path: "regress/sql")
    let scripts = try Shared.histories(in: folder, runner: Runner(rawValue: "plain")).flatMap(\.migrations).map(\.up)
    let setup = try #require(scripts.first { $0.path.hasSuffix("test_setup.sql") })
    var start = Database()
    start.run(setup, targetVersion: 17)
    #expect(scripts.count > 20)
    try report(
      scripts.map { script in
        var check = Check(source: URL(filePath: script.path).lastPathComponent)
        var schema = start
        schema.beginMigration()
        check.run(script, on: &schema)
        return check
      },
      as: "regression"
    )
  }

  /// Lists what is found in a file beside the one that the environment names, for those who go after it.
  private func report(_ checks: [Check], as name: String) throws {
    for check in checks {
      print("unnamed changes in \(check.source): \(check.found.count) of \(check.statements) statements")
      #expect(check.found.isEmpty, "\(check.source):\n\(check.found.prefix(20).joined(separator: "\n"))")
    }
    guard let path = ProcessInfo.processInfo.environment["SQLLINT_UNNAMED_CHANGES"] else { return }
    let lines = checks.flatMap { check in check.found.map { "\(check.source): \($0)\n" } }
    let file = URL(filePath: path).appendingPathExtension(name)
    try Data(lines.joined().utf8).write(to: file)
  }
}

/// Runs statements one by one and keeps what their effects do not name.
private struct Check {
  let source: String
  var statements = 0
  var found: [String] = []

  mutating func run(_ migration: Migration, on schema: inout Database) {
    run(
      migration.script.statements.map { statement in
        let line = migration.script.source.location(of: statement.range.lowerBound).line
        return (statement.kind, "\(URL(filePath: migration.path).lastPathComponent):\(line)")
      },
      on: &schema
    )
  }

  mutating func run(_ statements: [(kind: Statement.Kind, place: String)], on schema: inout Database) {
    for (kind, place) in statements {
      // As a migration of its own, so that all that is there was there before, in the same session.
      var before = schema
      before.beginMigration()
      before.session = schema.session
      before.catalog.forgetWrites()
      guard schema.execute(kind, version: 17).refusal == nil else { continue }
      var after = before
      let result = after.execute(kind, version: 17)
      guard result.refusal == nil else { continue }
      self.statements += 1
      found += unexplained(from: before, to: after, result.effects).map { "\(place): \($0)" }
    }
  }
}

/// What lies beside the package.
private enum Shared {
  /// `nil` where it is absent.
  static let folder: URL? = {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = package.deletingLastPathComponent().appending(path: "shared")
    return FileManager.default.fileExists(atPath: folder.appending(path: "corpora").path) ? folder : nil
  }()

  static func histories(in folder: URL, runner: Runner? = nil) throws -> [History] {
    let exclusions = Exclusions(workingFolder: FileSystem.workingFolder())
    return try MigrationLoader(runner: runner, exclusions: exclusions).load([.stored(RawPath(folder.path))])
  }
}
