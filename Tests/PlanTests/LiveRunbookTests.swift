import Foundation
import Linting
import LiveServer
import Testing

@testable import Plan

/// Runs histories on real servers, migration by migration, and asks what their runbooks ask.
@Suite("The SQL of a runbook", .serialized)
struct LiveRunbookTests {
  @Test("of the demo project and five new migrations is true on every server")
  func demo() throws {
    let folder = try PlannedHistory.demoFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(!LiveServer.all.isEmpty, "\(LiveServer.absence)")
    for server in LiveServer.all {
      try RunbookReplay(of: PlannedHistory(folder, for: server.version), "demo").run(on: server)
    }
  }

  @Test(
    "of a real history is true on every server",
    .enabled(if: PlannedHistory.corpora != nil, "the histories are not beside the package"),
    arguments: ["subculture-collective__clipper", "openmeterio__openmeter", "rust-lang__crates.io"]
  )
  func history(_ name: String) throws {
    let folder = try #require(PlannedHistory.corpora).appending(path: name)
    #expect(!LiveServer.all.isEmpty, "\(LiveServer.absence)")
    for server in LiveServer.all {
      let copy = try RunnableHistory(of: folder, on: server)
      defer { copy.remove() }
      try RunbookReplay(of: copy.planned, name, step: Self.step(on: server)).run(on: server)
      if !copy.left.isEmpty {
        print("runbooks: \(name) on PostgreSQL \(server.version) without \(copy.left.joined(separator: ", "))")
      }
    }
  }

  /// All migrations run on every server. On two of them, which lack most extensions, every fifth is asked about, to spare
  /// minutes; with SQLLINT_EVERY_SERVER all of them are.
  private static func step(on server: LiveServer) -> Int {
    let isWhole = ProcessInfo.processInfo.environment["SQLLINT_EVERY_SERVER"] != nil
    return isWhole || server.version % 2 == 1 ? 1 : 5
  }

  @Test("finds a wrong schema, and says so with an error of psql")
  func validation() throws {
    let server = try #require(LiveServer.shared, "\(LiveServer.absence)")
    let folder = try PlannedHistory.demoFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let planned = try PlannedHistory(folder, for: 17, since: "000023")
    let database = try LiveDatabase(on: server)
    defer { try? database.drop() }
    for pair in planned.history.migrations { _ = try database.run(pair.up) }
    #expect(try database.run(planned.runbook.validation, .apart).errors == [])
    _ = try database.run("ALTER TABLE clip_collections ALTER title TYPE text; DROP INDEX comments_created_at_idx")
    let answer = try database.run(planned.runbook.validation, .apart)
    #expect(answer.errors.map(\.code) == ["P0001"])
    #expect(answer.rows.contains("table clip_collections has its 4 columns with their types"))
    #expect(answer.rows.contains("index comments_created_at_idx of comments is there and valid"))
    #expect(answer.rows.count == 2)
  }

  @Test("counts the rows that a change has left")
  func rows() throws {
    let server = try #require(LiveServer.shared, "\(LiveServer.absence)")
    let folder = try PlannedHistory.demoFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let planned = try PlannedHistory(folder, for: 17, since: "000023")
    let database = try LiveDatabase(on: server)
    defer { try? database.drop() }
    for pair in planned.history.migrations.prefix(26) { _ = try database.run(pair.up) }
    let answer = try database.run(
      "INSERT INTO users (username) VALUES ('a');"
        + "INSERT INTO clips (creator_id, title, source_url, visibility) SELECT id, 't', 'u', 'public' FROM users"
    )
    #expect(answer.errors == [])
    let checks = planned.runbook.checksByMigration[3].up
    #expect(checks.map(\.subject) == ["no row of clips is left with NULL in language"])
    #expect(try database.run(checks[0].sql).rows == ["f"])
    _ = try database.run(planned.history.migrations[26].up)
    #expect(try database.run(checks[0].sql).rows == ["t"])
  }

  @Test("brings a dropped column's data back from the table's dump, as the runbook says")
  func restore() throws {
    let server = try #require(LiveServer.shared, "\(LiveServer.absence)")
    let folder = try PlannedHistory.demoFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let planned = try PlannedHistory(folder, for: 17, since: "000027")
    let database = try LiveDatabase(on: server)
    let scratch = try LiveDatabase(on: server)
    defer { for database in [database, scratch] { try? database.drop() } }
    let migrations = planned.history.migrations
    for pair in migrations.dropLast() { _ = try database.run(pair.up) }
    let fill =
      "INSERT INTO users (username) VALUES ('a');"
      + "INSERT INTO clips (creator_id, title, source_url, visibility, metadata)"
      + " SELECT id, 't', 'u', 'public', '{\"kept\": true}' FROM users"
    #expect(try database.run(fill).errors == [])
    let dump = planned.runbook.node["backup"]?.shellLines.filter { $0.contains("--table=") } ?? []
    let restore = planned.runbook.node["rollbacks"]?.shellLines.filter { !$0.hasPrefix("migrate") } ?? []
    try #require(dump.count == 1 && restore.count > 3)
    let urls = ["DATABASE_URL": database.url, "SCRATCH_URL": scratch.url]
    try server.shell(dump, in: folder, urls)
    let last = try #require(migrations.last)
    _ = try database.run(last.up)
    _ = try database.run(try #require(last.down))
    #expect(try database.run("SELECT metadata FROM clips").rows == ["{}"])
    try server.shell(restore, in: folder, urls)
    #expect(try database.run("SELECT metadata FROM clips").rows == ["{\"kept\": true}"])
  }
}

extension PlanNode {
  /// All lines for a shell in it, in their order.
  fileprivate var shellLines: [String] {
    switch self {
    case .code(let code): code.language == .sh ? code.text.split(separator: "\n").map(String.init) : []
    case .list(let elements): elements.flatMap(\.shellLines)
    case .object(let members): members.flatMap(\.value.shellLines)
    default: []
    }
  }
}
