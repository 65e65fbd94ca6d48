import Analysis
import Foundation
import LiveServer
import Syntax
import Testing

@Suite("What a statement does is what PostgreSQL does")
struct EffectsTests {
  /// The servers that the cases are meant to run on; another one that the machine has is taken too.
  static let versions = Set([15, 16, 18]).union(LiveServer.all.map(\.version)).sorted()

  @Test("there are cases")
  func cases() {
    #expect(EffectCase.all.count >= 390)
    #expect(!EffectCase.base.isEmpty)
  }

  @Test("locks, rewrites, scans, index builds and checks of foreign keys", arguments: versions)
  func agreement(version: Int) throws {
    guard let server = LiveServer.all.first(where: { $0.version == version }) else {
      print("effects: PostgreSQL \(version): skipped, the machine has no such server")
      return
    }
    let laboratory = try Laboratory(on: server)
    let cases = EffectCase.all.filter { $0.firstVersion <= version }
    var equal = 0
    for effectCase in cases {
      let real = try Observation(of: effectCase, on: laboratory.database)
      let claimed = Observation(of: effectCase, in: laboratory.schema, version: version)
      if real == claimed { equal += 1 }
      let missing = real.facts.subtracting(claimed.facts).sorted()
      let wrong = claimed.facts.subtracting(real.facts).sorted()
      #expect(missing == [], "\(effectCase): PostgreSQL does what sqllint does not say")
      #expect(wrong == [], "\(effectCase): sqllint says what PostgreSQL does not do")
    }
    print("effects: PostgreSQL \(version): \(equal) of \(cases.count) cases are equal")
  }
}

/// The base schema, on a server and simulated.
struct Laboratory {
  let database: LiveDatabase
  let schema: Schema

  init(on server: LiveServer) throws {
    database = try LiveDatabase(on: server)
    let answer = try database.run(EffectCase.base)
    guard answer.errors.isEmpty else { throw Observation.Refused(errors: answer.errors) }
    var schema = Schema()
    schema.beginMigration()
    for statement in EffectCase.statements(of: EffectCase.base) { schema.apply(statement) }
    self.schema = schema
  }
}
