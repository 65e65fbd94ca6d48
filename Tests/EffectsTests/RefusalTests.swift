import Catalog
import Execution
import LiveServer
import Syntax
import Testing

@Suite("A statement that PostgreSQL refuses leaves the schema as it was")
struct RefusalTests {
  /// Many statements cannot run twice: the column is there already, the table is gone.
  @Test("each case a second time", arguments: EffectsTests.versions)
  func again(version: Int) throws {
    guard let server = LiveServer.all.first(where: { $0.version == version }) else { return }
    var refusals = 0
    for (setup, cases) in EffectCase.bySetup {
      let database = try LiveDatabase(on: server, holding: setup)
      defer { try? database.drop() }
      refusals += try countRefusals(
        of: cases.filter { $0.firstVersion <= version && !$0.isWatched },
        on: database,
        version: version
      )
    }
    #expect(refusals > 100)
  }

  private func countRefusals(of cases: [EffectCase], on database: LiveDatabase, version: Int) throws -> Int {
    // The semicolon behind the last statement is added again.
    let texts = cases.map { String($0.sql.trimmingSuffix { $0 == ";" || $0.isWhitespace }) }
    let script = texts.flatMap { ["BEGIN", $0, $0, "ROLLBACK"] }
    let accepted = try database.accepts(script)
    try #require(accepted.count == script.count)
    var refusals = 0
    for (position, effectCase) in cases.enumerated() where !accepted[position * 4 + 2] {
      #expect(accepted[position * 4 + 1], "\(effectCase) runs a first time")
      refusals += 1
      var schema = effectCase.schema
      for statement in effectCase.statements { schema.execute(statement, version: version) }
      // One of several statements may be accepted, and then the transaction is none.
      guard effectCase.statements.count == 1 else { continue }
      let before = schema.sql
      for statement in effectCase.statements { schema.execute(statement, version: version) }
      #expect(schema.sql == before, "\(effectCase)")
    }
    return refusals
  }
}

extension String {
  fileprivate func trimmingSuffix(_ isTrimmed: (Character) -> Bool) -> Substring {
    self[..<(lastIndex { !isTrimmed($0) }.map { index(after: $0) } ?? startIndex)]
  }
}
