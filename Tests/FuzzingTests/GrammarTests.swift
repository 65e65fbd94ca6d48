import Testing

@testable import Fuzzing

@Suite("Grammars of the fuzzer")
struct GrammarTests {
  @Test("use no symbol that they do not define")
  func symbols() {
    #expect(Grammar.definitions.undefinedSymbols.isEmpty)
    #expect(Grammar.code.undefinedSymbols.isEmpty)
  }
}
