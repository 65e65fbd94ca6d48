import Foundation
import Testing

@testable import Plan

@Suite("The page of a runbook")
struct RunbookPageTests {
  @Test("reads what templates write: headings, boxes, code that belongs to them, and tables")
  func blocks() {
    let text = """
      # Title of `a`

      - [ ] Ask: ____
        A detail
        ```sql
        SELECT 1;

        SELECT 2;
        ```
      - no box

      | who | when |
      |---|---|
      | a\\|b | **missing** |
      """
    let task = RunbookBlock.Item(
      isTask: true,
      blocks: [
        .paragraph([[.words("Ask: "), .blank], [.words("A detail")]]), .code("SELECT 1;\n\nSELECT 2;"),
      ]
    )
    #expect(
      RunbookReader.blocks(of: text) == [
        .heading(level: 1, [.words("Title of "), .code("a")]),
        .list([task, RunbookBlock.Item(isTask: false, blocks: [.paragraph([[.words("no box")]])])]),
        .table(
          head: [[.words("who")], [.words("when")]],
          rows: [[[.words("a|b")], [TextRun(kind: .words("missing"), isBold: true)]]]
        ),
      ]
    )
  }

  @Test(
    "takes nothing for markup that a name or another's template may hold",
    arguments: [
      ("\\*a\\* \\<b\\> \\_\\_\\_\\_ \\`c\\`", [TextRun.words("*a* <b> ____ `c`")]),
      ("<img src=x> [a](javascript:b) &lt;", [.words("<img src=x> [a](javascript:b) &lt;")]),
      ("`` a`b `` and `open", [.code("a`b"), .words(" and `open")]), ("a_b__c___d", [.words("a_b__c___d")]),
    ]
  )
  func words(_ line: String, _ runs: [TextRun]) {
    #expect(TextRun.runs(of: line[...]) == runs)
  }

  @Test("reads a line in one go, whatever ticks it holds, and lists no deeper than it should")
  func hostile() {
    let ticks = (1...1_500).map { String(repeating: "`", count: $0) }.joined(separator: "a")
    #expect(TextRun.runs(of: ticks[...]) == [.words(ticks)])
    let nested = (0..<200).map { String(repeating: "  ", count: $0) + "- a" }.joined(separator: "\n")
    #expect(RunbookReader.blocks(of: nested).count == 1)
  }

  @Test(
    "names the digests of its style and its script",
    arguments: [RunbookPage.style, RunbookPage.script].map(\.digest)
  )
  func digests(_ digest: String) throws {
    let texts = [RunbookPage.style, RunbookPage.script]
    let text = try #require(texts.first { $0.digest == digest }).text.description
    let file = FileManager.default.temporaryDirectory.appending(path: "sqllint-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(text.utf8).write(to: file)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "sha256sum \"$0\" | cut -c 1-64 | xxd -r -p | base64", file.path]
    let answer = Pipe()
    process.standardOutput = answer
    try process.run()
    let output = String(decoding: answer.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect("sha256-" + output.trimmingCharacters(in: .whitespacesAndNewlines) == digest)
  }
}

extension TextRun {
  fileprivate static func words(_ text: String) -> TextRun { TextRun(kind: .words(text)) }
  fileprivate static func code(_ text: String) -> TextRun { TextRun(kind: .code(text)) }
  fileprivate static var blank: TextRun { TextRun(kind: .blank) }
}
