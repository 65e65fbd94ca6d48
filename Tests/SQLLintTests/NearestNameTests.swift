import Syntax
import Testing

@testable import SQLLint

@Suite("Nearest names")
struct NearestNameTests {
  private let names = ["column-dropped", "column-renamed", "table-dropped", "table-renamed", "syntax-error"]

  @Test(
    "a slip finds its name",
    arguments: [
      ("table-droped", "table-dropped"), ("tabel-dropped", "table-dropped"), ("TableDropped", "table-dropped"),
      ("table_dropped", "table-dropped"), ("syntax", "syntax-error"), ("sintax-eror", "syntax-error"),
    ]
  )
  func slips(_ word: String, _ name: String) {
    #expect(NearestName.candidates(for: word, among: names).first == name)
  }

  @Test("a part of several names finds them all")
  func parts() {
    #expect(NearestName.candidates(for: "dropped", among: names) == ["table-dropped", "column-dropped"])
  }

  @Test("a name of any length is compared in no time", .timeLimit(.minutes(30)))
  func long() {
    let names = (0..<1_000).map { String(repeating: "x", count: 250) + "\($0)" }
    #expect(NearestName.candidates(for: String(repeating: "x", count: 1_000_000), among: names).isEmpty)
    #expect(NearestName.candidates(for: String(repeating: "y", count: 99), among: names).isEmpty)
  }

  @Test("what is near to nothing finds nothing", arguments: ["", "-", "xyz", "vacuum-full-locks-table-for-ever"])
  func nothing(_ word: String) {
    #expect(NearestName.candidates(for: word, among: names).isEmpty)
  }
}

@Suite("The terminal")
struct TerminalTests {
  private func wants(_ environment: [String: String], toTerminal: Bool = true) -> Bool {
    Terminal(isOutputTerminal: true, isErrorTerminal: true, width: 80, environment: environment)
      .wantsColor(isToTerminal: toTerminal)
  }

  @Test("colour is for terminals that can show it and people who want it")
  func color() {
    #expect(wants([:]))
    #expect(!wants([:], toTerminal: false))
    #expect(!wants(["TERM": "dumb"]))
    #expect(!wants(["NO_COLOR": "1"]))
    #expect(wants(["NO_COLOR": ""]))
    #expect(wants(["CLICOLOR_FORCE": "1"], toTerminal: false))
    #expect(!wants(["CLICOLOR_FORCE": "0"], toTerminal: false))
    #expect(!wants(["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]))
  }
}
