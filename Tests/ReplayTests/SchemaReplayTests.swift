import Catalog
import Execution
import Foundation
import LiveServer
import PostgresParser
import Syntax
import Testing

@Suite(
  "The schema of a real history is what PostgreSQL has after it",
  .enabled(if: LiveServer.shared != nil, "\(LiveServer.absence)"),
  .enabled(if: Recording.shared != nil, "the recordings are not beside the package")
)
struct SchemaReplayTests {
  /// Partitions that code makes from what a query finds in PostgreSQL's catalog, by a part of their names.
  static let unknowable = ["hatchet-dev__hatchet": ["_evicted", "v1_events_olap_2"]]

  @Test("as pg_dump writes both", arguments: (try? Recording.shared.map { try Recording.all(in: $0) }) ?? [])
  func agreement(recording: Recording) throws {
    let server = try #require(LiveServer.shared)
    let real = try LiveDatabase(on: server)
    let printed = try LiveDatabase(on: server)
    defer {
      try? real.drop()
      try? printed.drop()
    }
    let simulated = try recording.replayed(on: real)
    let answer = try printed.run(simulated.sql, .apart)
    let expected = Set(try real.dump())
    let found = Set(try printed.dump())
    let differences = expected.symmetricDifference(found)
    print("schema of \(recording.history): \(expected.count) statements, \(differences.count) differ")
    #expect(answer.errors == [])
    let unknowable = Self.unknowable[recording.history] ?? []
    let missing = expected.subtracting(found).filter { statement in !unknowable.contains { statement.contains($0) } }
    #expect(missing.sorted() == [], "what PostgreSQL has and the simulated catalog does not have")
    #expect(found.subtracting(expected).sorted() == [], "what the simulated catalog has and PostgreSQL does not have")
  }
}

extension Recording: CustomTestStringConvertible {
  var testDescription: String { history }

  /// Runs what the server accepted when it was recorded, and accepts again, there and in a simulated database.
  fileprivate func replayed(on database: LiveDatabase) throws -> Database {
    let corpora = try #require(Self.shared).appendingPathComponent("corpora")
    var simulated = Database()
    for (path, recorded) in files {
      // The server runs it now.
      simulated.beginMigration(on: CalendarDate(day: Int(Date().timeIntervalSince1970) / 86_400))
      let bytes = try Data(contentsOf: corpora.appendingPathComponent(path))
      let script = PostgresParser.parse(SourceText(path: path, utf8: Array(bytes)))
      var statements = Dictionary(grouping: script.statements) { script.source.location(of: $0.range.lowerBound).line }
      var texts: [String] = []
      var kinds: [Statement.Kind] = []
      for record in recorded {
        guard let statement = statements[record.line]?.first else { continue }
        statements[record.line]?.removeFirst()
        guard record.ok else { continue }
        texts.append(script.source[statement.range])
        kinds.append(statement.kind)
      }
      let accepted = try database.accepts(texts)
      try #require(accepted.count == kinds.count)
      // An extension may be missing where the test runs.
      for (kind, isAccepted) in zip(kinds, accepted) where isAccepted { simulated.execute(kind, version: 15) }
    }
    return simulated
  }
}
