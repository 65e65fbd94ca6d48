import Foundation
import Linting
import LiveServer
import Migrations
import Rules
import Testing

@testable import Plan

/// Runs histories on real servers, migration by migration, and asks what their runbooks ask.
@Suite("The SQL of a runbook", .serialized)
struct LiveRunbookTests {
  @Test("of the demo project and five new migrations is true on every server")
  func demo() throws {
    let folder = try Self.demoFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(!LiveServer.all.isEmpty, "\(LiveServer.absence)")
    for server in LiveServer.all { try Replay(of: folder, named: "demo", on: server).run() }
  }

  @Test(
    "of a real history is true",
    .enabled(if: corpora != nil, "the histories are not beside the package"),
    arguments: ["subculture-collective__clipper", "openmeterio__openmeter", "rust-lang__crates.io"]
  )
  func history(_ name: String) throws {
    let folder = try #require(corpora).appending(path: name)
    let server = try #require(LiveServer.shared, "\(LiveServer.absence)")
    try Replay(of: folder, named: name, on: server).run()
  }

  @Test("finds a wrong schema, and says so with an error of psql")
  func validation() throws {
    let server = try #require(LiveServer.shared, "\(LiveServer.absence)")
    let folder = try Self.demoFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (runbook, _) = try load(folder, version: 17, since: "000023")
    let database = try LiveDatabase(on: server)
    defer { try? database.drop() }
    let (_, whole) = try load(folder, version: 17)
    for migration in whole.migrations { _ = try database.run(migration.up) }
    #expect(try database.run(runbook.validation, .apart).errors == [])
    _ = try database.run("ALTER TABLE clip_collections ALTER title TYPE text; DROP INDEX comments_created_at_idx")
    let answer = try database.run(runbook.validation, .apart)
    #expect(answer.errors.map(\.code) == ["P0001"])
    #expect(answer.rows.contains("table clip_collections has its 4 columns with their types"))
    #expect(answer.rows.contains("index comments_created_at_idx of comments is there and valid"))
    #expect(answer.rows.count == 2)
  }

  @Test("counts the rows that a change has left")
  func rows() throws {
    let server = try #require(LiveServer.shared, "\(LiveServer.absence)")
    let folder = try Self.demoFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (_, history) = try load(folder, version: 17)
    let (runbook, _) = try load(folder, version: 17, since: "000023")
    let database = try LiveDatabase(on: server)
    defer { try? database.drop() }
    for migration in history.migrations.prefix(26) { _ = try database.run(migration.up) }
    let answer = try database.run(
      "INSERT INTO users (username) VALUES ('a');"
        + "INSERT INTO clips (creator_id, title, source_url, visibility) SELECT id, 't', 'u', 'public' FROM users"
    )
    #expect(answer.errors == [])
    let checks = runbook.checksByMigration[3].up
    #expect(checks.map(\.subject) == ["no row of clips is left with NULL in language"])
    #expect(try database.ask(checks) == [false])
    _ = try database.run(history.migrations[26].up)
    #expect(try database.ask(checks) == [true])
  }

  static func demoFolder() throws -> URL {
    let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fixtures")
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqllint-plan-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: fixtures.appending(path: "demo/migrations"), to: folder)
    for file in try FileManager.default.contentsOfDirectory(atPath: fixtures.appending(path: "plan").path) {
      try FileManager.default.copyItem(
        at: fixtures.appending(path: "plan/\(file)"),
        to: folder.appending(path: file)
      )
    }
    return folder
  }
}

/// A history on one server.
private struct Replay {
  let name: String
  let server: LiveServer
  let runbook: Runbook
  let history: History

  init(of folder: URL, named name: String, on server: LiveServer) throws {
    (self.name, self.server) = (name, server)
    (runbook, history) = try load(folder, version: server.version)
  }

  func run() throws {
    let database = try LiveDatabase(on: server)
    defer { try? database.drop() }
    var count = 0
    var failed = 0
    for (table, columns) in Self.runnerTables {
      _ = try database.run("CREATE TABLE IF NOT EXISTS \(table) (\(columns))")
    }
    // At the end, where all that it names has been made or is gone.
    let plans = runbook.checksByMigration
    #expect(plans.count == history.migrations.count)
    for (index, plan) in plans.enumerated() {
      let pair = history.migrations[index]
      count += plan.up.count + plan.down.count
      let before = try database.ask(plan.up)
      let schemaBefore = zip(plan.up, before).filter { !$0.0.isOfRows }
      #expect(schemaBefore.allSatisfy { !$0.1 }, "\(name) \(plan.title), before: \(told(schemaBefore, true))")
      guard try database.run(pair.up).errors.isEmpty else {
        failed += 1
        continue
      }
      let after = try database.ask(plan.up)
      #expect(after.allSatisfy { $0 }, "\(name) \(plan.title), after: \(told(Array(zip(plan.up, after)), false))")
      for look in runbook.looks[index] {
        count += 1
        #expect(try database.run(look.sql).errors == [], "\(look.sql)")
      }
      try rollBack(index, database)
    }
    let final = try database.ask(runbook.finalChecks)
    if failed == 0 {
      #expect(final.allSatisfy { $0 }, "\(name), at the end: \(told(Array(zip(runbook.finalChecks, final)), false))")
    }
    count += final.count
    for query in runbook.preparations {
      count += 1
      let errors = try database.run(query).errors
      // A question before one of many migrations names what later ones take away.
      #expect(errors.allSatisfy { ["42P01", "42703"].contains($0.code) }, "\(query): \(errors)")
    }
    print("runbooks: \(name) on PostgreSQL \(server.version): \(count) SQL texts ran, \(failed) migrations are refused")
  }

  private func rollBack(_ index: Int, _ database: LiveDatabase) throws {
    let plan = runbook.checksByMigration[index]
    guard let down = history.migrations[index].down, !plan.down.isEmpty else { return }
    // Nothing of it stays, so that the next migration finds what it expects.
    let text = String(decoding: down.script.source.utf8, as: UTF8.self)
    let both = plan.down + plan.up.filter { !$0.isOfRows }
    let answer = try database.run("BEGIN;\n\(text)\n;\n\\echo is undone\n\(both.sql)\nROLLBACK;", .apart)
    guard let done = answer.rows.firstIndex(of: "is undone") else { return }
    #expect(answer.errors == [])
    let answers = answer.rows[(done + 1)...].map { $0.hasSuffix("|t") }
    guard answers.count == both.count else { return }
    let undone = Array(zip(plan.down, answers))
    #expect(undone.allSatisfy { $0.1 }, "\(name) \(plan.title), down: \(told(undone, false))")
    guard runbook.parts[index].rollback.facts.isEmpty else { return }
    // What CREATE EXTENSION IF NOT EXISTS finds or makes may stay.
    let again = Array(zip(both, answers).dropFirst(plan.down.count)).filter { !$0.0.subject.hasPrefix("extension ") }
    #expect(again.allSatisfy { !$0.1 }, "\(name) \(plan.title), after its down: \(told(again, true))")
  }

  private func told(_ answers: [(Check, Bool)], _ value: Bool) -> [String] {
    answers.filter { $0.1 == value }.map { "\($0.0.subject): \($0.0.sql)" }
  }

  private static let runnerTables = [
    ("schema_migrations", "version bigint, dirty boolean"),
    ("__diesel_schema_migrations", "version varchar(50), run_on timestamp"),
  ]
}

/// The runbook of a folder, and its history.
private func load(_ folder: URL, version: Int, since: String? = nil) throws -> (Runbook, History) {
  let loader = MigrationLoader(
    exclusions: Exclusions(workingFolder: RawPath("/")),
    start: since.map(Start.init(parsing:))
  )
  let histories = try loader.load([.stored(RawPath(folder.path))])
  let policy = Policy(targetVersion: version)
  let report = Linter(rules: AllRules.all, policy: policy)
    .lint(histories, keepsDatabases: true, toolVersion: "test", grammarVersion: "17")
  let history = try #require(histories.max { $0.migrations.count < $1.migrations.count })
  return (Runbook(report, of: history), history)
}

extension LiveDatabase {
  /// As its runner sends it.
  fileprivate func run(_ migration: Migration) throws -> Answer {
    let text = String(decoding: migration.script.source.utf8, as: UTF8.self)
    return switch migration.transactionMode {
    case .implicit: try run(text, .whole)
    case .wrapped, .split: try run(text, .wrapped)
    case .none: try run(text, .apart)
    }
  }

  /// All in one query, as the runbook writes it.
  fileprivate func ask(_ checks: [Check]) throws -> [Bool] {
    guard !checks.isEmpty else { return [] }
    // In a file: a line of command takes no list of thousands.
    let answer = try run(checks.sql, .apart)
    if !answer.errors.isEmpty {
      // One that looks at rows of a table that is not there yet cannot be asked with the others.
      return try checks.map { check in
        let answer = try run(check.sql)
        #expect(answer.errors.isEmpty || check.isOfRows, "\(check.sql): \(answer.errors)")
        return answer.rows == ["t"]
      }
    }
    #expect(answer.rows.count == checks.count)
    return answer.rows.map { $0.hasSuffix("|t") }
  }
}

/// The real histories, where they are.
private let corpora: URL? = {
  let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let folder = package.appending(path: "../shared/corpora").standardizedFileURL
  return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
}()
