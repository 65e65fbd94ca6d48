import Syntax
import Testing

@Suite("Positions in a text")
struct LocationTests {
  /// Lines short and long, with scalars of every width; the long ones are longer than what is counted at once.
  private static let text =
    "é漢🐘;\r\n\n" + String(repeating: "aé漢🐘", count: 2_000) + "\n" + String(repeating: "🐘", count: 400) + "\nend"

  @Test("count from 1, in scalars and in UTF-16 code units")
  func everyScalar() {
    let source = SourceText(path: "a.sql", text: Self.text)
    var offset = 0
    var line = 1
    var column = 1
    var unit = 1
    for scalar in Self.text.unicodeScalars {
      let location = source.location(of: offset)
      let unitLocation = source.utf16Location(of: offset)
      guard location == SourceLocation(line: line, column: column),
        unitLocation == SourceLocation(line: line, column: unit)
      else {
        Issue.record("byte \(offset) is at \(location) and \(unitLocation), not at \(line):\(column) and \(unit)")
        return
      }
      offset += UTF8.width(scalar)
      column += 1
      unit += UTF16.width(scalar)
      if scalar == "\n" { (line, column, unit) = (line + 1, 1, 1) }
    }
    #expect(source.location(of: offset) == SourceLocation(line: 5, column: 4))
    #expect(source.location(of: offset + 10_000) == SourceLocation(line: 5, column: 4))
  }

  @Test(
    "of a text without lines, or none at all, are known too",
    arguments: ["", "a", String(repeating: "b", count: 5_000)]
  )
  func oneLine(_ text: String) {
    let source = SourceText(path: "a.sql", text: text)
    #expect(source.location(of: text.utf8.count) == SourceLocation(line: 1, column: text.count + 1))
    #expect(source.utf16Location(of: 0) == SourceLocation(line: 1, column: 1))
  }
}
