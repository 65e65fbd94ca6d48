import Catalog
import Execution
import Foundation
import LiveServer
import Syntax
import Testing

@Suite("What a statement does is what PostgreSQL does")
struct EffectsTests {
  /// The servers that the cases are meant to run on; another one that the machine has is taken too.
  static let versions = Set(15...18).union(LiveServer.all.map(\.version)).sorted()

  @Test("there are cases")
  func cases() {
    #expect(EffectCase.all.count >= 520)
    #expect(!EffectCase.base.isEmpty)
  }

  @Test(
    "locks, rewrites, scans, index builds, checks of foreign keys, and what leaves the catalog",
    arguments: versions
  )
  func agreement(version: Int) throws {
    guard let server = LiveServer.all.first(where: { $0.version == version }) else {
      print("effects: PostgreSQL \(version): skipped, the machine has no such server")
      return
    }
    var equal = 0
    var compared = 0
    for (setup, cases) in EffectCase.bySetup {
      let database = try LiveDatabase(on: server, holding: setup)
      defer { try? database.drop() }
      for effectCase in cases where effectCase.firstVersion <= version {
        let real = try Observation(of: effectCase, on: database)
        let claimed = Observation(claimedOf: effectCase, version: version)
        compared += 1
        if real == claimed { equal += 1 }
        expect(claimed.facts, toBe: real.facts, in: effectCase, known: effectCase.known)
        expect(claimed.departures, toBe: real.departures, in: effectCase, known: effectCase.knownDepartures)
      }
    }
    print("effects: PostgreSQL \(version): \(equal) of \(compared) cases are equal")
  }

  private func expect(
    _ claimed: Set<String>,
    toBe real: Set<String>,
    in effectCase: EffectCase,
    known: String?
  ) {
    if let known {
      #expect(claimed != real, "\(effectCase): the two agree by now, so `-- known` can go: \(known)")
      return
    }
    let missing = real.subtracting(claimed).sorted()
    let wrong = claimed.subtracting(real).sorted()
    #expect(missing == [], "\(effectCase): PostgreSQL does what sqllint does not say")
    #expect(wrong == [], "\(effectCase): sqllint says what PostgreSQL does not do")
  }
}

extension LiveDatabase {
  /// A database with the schema that cases start from.
  init(on server: LiveServer, holding setup: String) throws {
    try self.init(on: server)
    let answer = try run(setup)
    guard answer.errors.isEmpty else { throw Observation.Refused(effectCase: "the schema", errors: answer.errors) }
  }
}
