import Syntax
import Testing

@testable import Reports

@Suite("A code frame")
struct CodeFrameTests {
  private func lines(_ text: String, _ tokens: String, columns: Int = 80) throws -> [CodeFrame.Line?] {
    let source = SourceText(path: "a.sql", text: text)
    return CodeFrame(of: try source.range(of: tokens), in: source, columns: columns).lines
  }

  @Test(
    "underlines the tokens, whatever stands before them",
    arguments: [
      ("DROP TABLE a;", "DROP TABLE a;", "     ^^^^^"), ("é; TABLE a", "é; TABLE a", "   ^^^^^"),
      ("漢字 TABLE a", "漢字 TABLE a", "     ^^^^^"), ("🐘 TABLE a", "🐘 TABLE a", "   ^^^^^"),
      ("e\u{301} TABLE a", "e\u{301} TABLE a", "  ^^^^^"), ("\tTABLE a", "    TABLE a", "    ^^^^^"),
      ("\u{1B}[ TABLE a", "\\u{1b}[ TABLE a", "        ^^^^^"), ("한글 TABLE a", "한글 TABLE a", "     ^^^^^"),
    ]
  )
  func marks(_ text: String, _ shown: String, _ marks: String) throws {
    let line = try #require(try lines(text, "TABLE").first ?? nil)
    #expect(line.text == shown)
    #expect(line.marks == marks)
  }

  @Test("shows the lines of a long statement but for its middle, each marked where its text starts")
  func manyLines() throws {
    let text = "x\nCREATE TABLE a (\n  b int,\n\n  c int,\n  d int,\n  e int\n);"
    let shown = try lines(text, String(text.dropFirst(2)))
    #expect(shown.map { $0?.number } == [2, 3, 4, 5, nil, 8])
    #expect(shown.map { $0?.marks } == ["^^^^^^^^^^^^^^^^", "  ^^^^^^", "", "  ^^^^^^", nil, "^^"])
  }

  @Test("marks the end of a file that ends too early")
  func end() throws {
    let source = SourceText(path: "a.sql", text: "DROP")
    let line = try #require(CodeFrame(of: 4..<4, in: source, columns: 80).lines.first ?? nil)
    #expect(line.marks == "    ^")
  }

  @Test("leaves out carriage returns")
  func carriageReturn() throws {
    #expect(try lines("DROP TABLE a\r\n;", "TABLE").first??.text == "DROP TABLE a")
  }

  @Test("cuts a line that does not fit, around what is marked")
  func longLines() throws {
    let filler = String(repeating: "é", count: 200)
    let line = try #require(try lines("\(filler) TABLE \(filler)", "TABLE", columns: 40).first ?? nil)
    #expect(line.text.displayWidth == 40)
    #expect(line.text.hasPrefix("…é"))
    #expect(line.text.hasSuffix("é…"))
    let place = try #require(line.text.firstRange(of: "TABLE")?.lowerBound)
    #expect(
      line.marks == String(repeating: " ", count: line.text.distance(from: line.text.startIndex, to: place)) + "^^^^^"
    )
  }

  @Test("shows a line that fits to the last column whole", arguments: [19, 20, 21])
  func exactFit(_ columns: Int) throws {
    let text = "DROP TABLE a_name_20"
    let line = try #require(try lines(text, "TABLE", columns: columns).first ?? nil)
    #expect(line.text == (columns < 20 ? "DROP TABLE a_name_…" : text))
  }

  @Test("of a file that is one long line reads only what it shows")
  func oneLongLine() throws {
    let text = String(repeating: "DROP TABLE a; ", count: 200_000)
    let source = SourceText(path: "a.sql", text: text)
    let time = ContinuousClock().measure {
      for start in stride(from: 0, to: text.utf8.count, by: text.utf8.count / 1000) {
        #expect(CodeFrame(of: start..<start + 4, in: source, columns: 80).lines.count == 1)
      }
    }
    // Read whole each time it would be 2.8 GB, minutes in a debug build; this is a second.
    #expect(time < .seconds(20))
  }
}

@Suite("Columns of a terminal")
struct DisplayWidthTests {
  @Test(
    "are counted as a terminal does",
    arguments: [
      ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("ｱ", 1), ("Ａ", 2), ("🐘", 2), ("✅", 2), ("→", 1),
      ("한", 2), ("\u{1112}\u{1161}\u{11AB}", 2), ("🇪🇺", 2), ("a\u{200D}b", 2), ("…", 1), ("\u{20000}", 2),
    ]
  )
  func width(_ text: String, _ width: Int) {
    #expect(text.displayWidth == width)
  }

  @Test(
    "are never overrun by a text that is cut",
    arguments: [
      ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("漢字漢字", 6, "漢字…"), ("漢字漢字", 7, "漢字漢…"),
      ("e\u{301}xyz", 2, "e\u{301}…"),
    ]
  )
  func cut(_ text: String, _ width: Int, _ shown: String) {
    #expect(text.cut(to: width) == shown)
  }

  @Test("bound the lines of a paragraph")
  func wrapping() {
    #expect("one two three".wrapped(to: 7) == ["one two", "three"])
    #expect("a  extraordinary b".wrapped(to: 5) == ["a", "extraordinary", "b"])
    #expect("".wrapped(to: 5) == [])
  }
}
