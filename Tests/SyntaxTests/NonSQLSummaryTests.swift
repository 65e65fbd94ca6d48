import Syntax
import Testing

@Suite("The summary of what was not read as it stands")
struct NonSQLSummaryTests {
  private func summary(_ parts: (text: String, kind: NonSQLRange.Kind)...) -> String? {
    let text = parts.map(\.text).joined()
    var end = 0
    let found = parts.map { part in
      let start = end
      end += part.text.utf8.count
      return NonSQLRange(kind: part.kind, range: start..<end)
    }
    return [Script(source: SourceText(path: "a.sql", text: text), statements: [], nonSQLRanges: found)].nonSQLSummary
  }

  private let name = Placeholder(style: .dollarBraces, name: "schema")

  @Test("counts each text, in the order of the file, and says what became of it")
  func everyKind() {
    let summary = summary(
      ("${schema}", .placeholder(name)),
      (":name", .placeholder(name)),
      ("\\connect x", .metaCommand("connect")),
      ("${schema}", .placeholder(name)),
      ("{% if a %}", .omitted(name)),
      ("1\n", .copyData),
      ("\\.", .metaCommand(".")),
      ("2\n", .copyData)
    )
    #expect(
      summary
        == "${schema} (2 times), :name taken as unknown names or values; {% if a %} left out; "
        + "\\connect, COPY data (2 times) skipped"
    )
  }

  @Test("shows the first line of what has several, and is none where there is nothing to say")
  func edges() {
    #expect(summary(("{# a\nb #}", .omitted(name))) == "{# a left out")
    #expect(summary(("\\.", .metaCommand("."))) == nil)
    #expect(summary() == nil)
  }
}
