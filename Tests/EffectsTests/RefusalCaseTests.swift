import Foundation
import LiveServer
import Testing

@Suite("What is called refused is what PostgreSQL refuses")
struct RefusalCaseTests {
  static let versions = EffectsTests.versions

  @Test("there are cases, refused and not, each of which says how it ends")
  func cases() {
    #expect(RefusalCase.all.filter { $0.state != nil }.count >= 250)
    #expect(RefusalCase.all.filter { $0.state == nil }.count >= 60)
    #expect(RefusalCase.all.filter { !$0.isWellFormed }.map(\.description) == [])
  }

  @Test("a server refuses the last statement of a case, and no other, with its SQLSTATE", arguments: versions)
  func server(version: Int) throws {
    guard let server = LiveServer.all.first(where: { $0.version == version }) else {
      print("refusals: PostgreSQL \(version): skipped, the machine has no such server")
      return
    }
    var counts = (refused: 0, run: 0)
    for (setup, cases) in Dictionary(grouping: RefusalCase.all, by: \.setup) {
      let database = try LiveDatabase(on: server)
      defer { try? database.drop() }
      #expect(try database.run(setup).errors == [], "\(cases[0].file)")
      for refusalCase in cases where refusalCase.versions.contains(version) {
        #expect(try database.states(of: refusalCase) == refusalCase.expectedStates, "\(refusalCase)")
        if refusalCase.state == nil { counts.run += 1 } else { counts.refused += 1 }
      }
    }
    print("refusals: PostgreSQL \(version): \(counts.refused) cases are refused, \(counts.run) run")
  }

  @Test("sqllint says the same, but for what it does not know yet")
  func claims() throws {
    var counts: [String: (told: Int, cases: Int)] = [:]
    var unknown: [String: String] = [:]
    for refusalCase in RefusalCase.all {
      let claims = Self.versions.filter(refusalCase.versions.contains).map(refusalCase.claimedState)
      let other = claims.first { $0 != refusalCase.state }
      guard let state = refusalCase.state else {
        #expect(other == nil, "\(refusalCase): it runs")
        continue
      }
      counts[state, default: (0, 0)].cases += 1
      if let other {
        #expect(refusalCase.unknown != nil, "\(refusalCase): sqllint says \(other ?? "nothing"), not \(state)")
        unknown[refusalCase.description] = refusalCase.unknown ?? other.map { "says \($0)" } ?? "says nothing"
      } else {
        counts[state]?.told += 1
        #expect(refusalCase.unknown == nil, "\(refusalCase): it is known by now, so the mark can go")
      }
    }
    let sum = counts.values.reduce((told: 0, cases: 0)) { ($0.told + $1.told, $0.cases + $1.cases) }
    let list = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.told)/\($0.value.cases)" }
    print("refusals: sqllint tells \(sum.told) of \(sum.cases): \(list.joined(separator: ", "))")
    if Recording.isOn { try RefusalCase.mark(unknown) }
  }

  @Test("Documentation/refusals.md tells what the cases prove")
  func documentation() throws {
    let text = RefusalCase.documentation
    if Recording.isOn { try text.write(to: RefusalCase.document, atomically: true, encoding: .utf8) }
    #expect(try String(contentsOf: RefusalCase.document, encoding: .utf8) == text)
  }
}

/// With `SQLLINT_RECORD=1` the marks and the documentation are written anew. The marks count from the next run on.
private enum Recording {
  static let isOn = ProcessInfo.processInfo.environment["SQLLINT_RECORD"] == "1"
}

extension RefusalCase {
  /// The errors in their order, then the state of the last statement.
  fileprivate var expectedStates: [String] { [state].compactMap(\.self) + [state ?? "00000"] }
}

extension LiveDatabase {
  /// The SQLSTATEs of all errors, then that of the last statement, so that an earlier one cannot pass for it.
  fileprivate func states(of refusalCase: RefusalCase) throws -> [String] {
    let text = "\(refusalCase.sql)\n\\echo ends with :SQLSTATE\n"
    if refusalCase.isAlone {
      let copy = try LiveDatabase(copying: self)
      defer { try? copy.drop() }
      return try copy.states(of: text)
    }
    return try states(of: "BEGIN;\n\(text)ROLLBACK;\n")
  }

  private func states(of text: String) throws -> [String] {
    let answer = try run("\\set ON_ERROR_STOP off\n\(text)", .apart)
    let last = answer.rows.last { $0.hasPrefix("ends with ") }
    return answer.errors.map(\.code) + [String(last?.dropFirst(10) ?? "")]
  }
}
