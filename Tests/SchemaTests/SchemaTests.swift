import Catalog
import Execution
import Foundation
import LiveServer
import PostgresParser
import Syntax
import Testing

@Suite(
  "The simulated catalog is what PostgreSQL has",
  .enabled(if: LiveServer.shared != nil, "\(LiveServer.absence)")
)
struct SchemaTests {
  @Test("there are scripts")
  func scripts() { #expect(SchemaCase.all.count >= 10) }

  @Test("after every script, and it refuses the same statements", arguments: SchemaCase.all)
  func agreement(script: SchemaCase) throws {
    let server = try #require(LiveServer.shared)
    let real = try LiveDatabase(on: server)
    let printed = try LiveDatabase(on: server)
    defer {
      try? real.drop()
      try? printed.drop()
    }
    var database = Database()
    database.beginMigration()
    let accepted = try real.accepts(script.statements.map(\.sql))
    try #require(accepted.count == script.statements.count)
    for (statement, isAccepted) in zip(script.statements, accepted) {
      #expect(!database.execute(statement.kind, version: 15).isRefused == isAccepted, "\(statement.sql)")
    }
    let answer = try printed.run(database.sql)
    #expect(answer.errors == [])
    let expected = Set(try real.dump())
    let found = Set(try printed.dump())
    #expect(expected.subtracting(found).sorted() == [], "what PostgreSQL has and the simulated catalog does not have")
    #expect(found.subtracting(expected).sorted() == [], "what the simulated catalog has and PostgreSQL does not have")
  }
}
