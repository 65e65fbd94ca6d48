import Analysis
import Foundation
import LiveServer
import Syntax
import Testing

@Suite(
  "What a statement does is what PostgreSQL does",
  .enabled(if: LiveServer.shared != nil, "\(LiveServer.absence)"),
  // Cases lock the same tables in different orders.
  .serialized
)
struct EffectsTests {
  @Test("there are cases")
  func cases() {
    #expect(EffectCase.all.count >= 250)
    #expect(!EffectCase.base.isEmpty)
  }

  @Test("locks, rewrites, scans, index builds and checks of foreign keys", arguments: EffectCase.all)
  func agreement(effectCase: EffectCase) throws {
    let laboratory = try #require(Laboratory.shared)
    let real = try Observation(of: effectCase, on: laboratory.database)
    let claimed = Observation(of: effectCase, in: laboratory.schema, version: laboratory.version)
    #expect(real.facts.subtracting(claimed.facts).sorted() == [], "what PostgreSQL does and sqllint does not say")
    #expect(claimed.facts.subtracting(real.facts).sorted() == [], "what sqllint says and PostgreSQL does not do")
  }
}

/// The base schema, on the server and simulated.
struct Laboratory: Sendable {
  let database: LiveDatabase
  let schema: Schema
  let version: Int

  static let shared: Laboratory? = LiveServer.shared.flatMap { try? Laboratory(on: $0) }

  private init(on server: LiveServer) throws {
    database = try LiveDatabase(on: server)
    version = server.version
    let answer = try database.run(EffectCase.base)
    guard answer.errors.isEmpty else { throw Observation.Refused(errors: answer.errors) }
    var schema = Schema()
    schema.beginMigration()
    for statement in EffectCase.statements(of: EffectCase.base) { schema.apply(statement) }
    self.schema = schema
  }
}
