import Analysis
import LiveServer
import Syntax
import Testing

@Suite(
  "A statement that PostgreSQL refuses leaves the schema as it was",
  .enabled(if: LiveServer.shared != nil, "\(LiveServer.absence)")
)
struct RefusalTests {
  /// Many statements cannot run twice: the column is there already, the table is gone.
  @Test("each case a second time")
  func again() throws {
    let laboratory = try Laboratory(on: try #require(LiveServer.shared))
    let cases = EffectCase.all.filter { $0.firstVersion == 0 && !$0.isWatched }
    // The semicolon behind the last statement is added again.
    let texts = cases.map { String($0.sql.trimmingSuffix { $0 == ";" || $0.isWhitespace }) }
    let script = texts.flatMap { ["BEGIN", $0, $0, "ROLLBACK"] }
    let accepted = try laboratory.database.accepts(script)
    try #require(accepted.count == script.count)
    var refusals = 0
    for (position, effectCase) in cases.enumerated() where !accepted[position * 4 + 2] {
      #expect(accepted[position * 4 + 1], "\(effectCase) runs a first time")
      refusals += 1
      var schema = laboratory.schema
      for statement in effectCase.statements { schema.apply(statement) }
      // One of several statements may be accepted, and then the transaction is none.
      guard effectCase.statements.count == 1 else { continue }
      let before = schema.sql
      for statement in effectCase.statements { schema.apply(statement) }
      #expect(schema.sql == before, "\(effectCase)")
    }
    #expect(refusals > 100)
  }
}

extension String {
  fileprivate func trimmingSuffix(_ isTrimmed: (Character) -> Bool) -> Substring {
    self[..<(lastIndex { !isTrimmed($0) }.map { index(after: $0) } ?? startIndex)]
  }
}
