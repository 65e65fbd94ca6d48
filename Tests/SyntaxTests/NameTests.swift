import Testing

@testable import Syntax

@Suite("Names")
struct NameTests {
  @Test(
    "are quoted where PostgreSQL needs it",
    arguments: [
      ("a", "a"), ("_a1", "_a1"), ("users", "users"), ("sales_2024", "sales_2024"), ("", "\"\""), ("1a", "\"1a\""),
      ("User", "\"User\""), ("a b", "\"a b\""), ("a\"b", "\"a\"\"b\""), ("größe", "\"größe\""),
      ("a_name_as_long_as_the_longest_of_all_reserved_words", "a_name_as_long_as_the_longest_of_all_reserved_words"),
    ]
  )
  func quoting(name: String, quoted: String) {
    #expect(name.quotedIdentifier == quoted)
  }

  @Test("are quoted where they are a reserved word, and only there")
  func reservedWords() {
    for word in Keyword.reserved {
      #expect(word.quotedIdentifier == "\"\(word)\"")
      for name in ["\(word)_", "_\(word)", "\(word)1"] { #expect(name.quotedIdentifier == name) }
    }
  }
}
