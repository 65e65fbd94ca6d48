import Foundation
import Linting
import Testing

@testable import Reports

/// `Tests/formats/run.py` has GitHub's own Markdown render whole comments.
@Suite("The markdown format")
struct MarkdownReportTests {
  @Test("begins with the marker by which the comment is found again, whatever is in it")
  func marker() throws {
    for report in [Report([]), try SampleReport.report()] {
      #expect(ReportFormat.markdown.render(report, rules: []).hasPrefix("\(MarkdownReport.marker)\n"))
    }
  }

  @Test("has a row for each migration to approve, and a box for each who approves")
  func decisions() throws {
    let lines = ReportFormat.markdown.render(try SampleReport.report(), rules: []).split(separator: "\n")
    let rows = lines.filter { $0.hasPrefix("| **") }
    #expect(
      rows.map { $0.prefix { $0 != "<" } } == [
        "| **critical** | ", "| **high** | ", "| **medium** | ", "| **medium** | ",
      ]
    )
    #expect(rows[1].contains("table-dropped, line 9 (allowed&#58; nobody reads it since 2025)"))
    let boxes = lines.filter { $0.hasPrefix("- [ ] **") }.map { $0.dropFirst(8).prefix { $0 != "*" } }
    #expect(boxes == ["Executive Team", "VP Engineering", "CTO", "Engineering Manager"])
    #expect(lines.contains("1 migration of low risk: the usual review."))
    #expect(lines.contains("1 finding allowed by comments in the files."))
  }

  @Test("fits into what GitHub takes, and says how much does not")
  func size() throws {
    let finding = FindingLiteral(
      rule: "table-dropped",
      risk: .high,
      tokens: "DROP TABLE clips",
      message: String(repeating: "long ", count: 60),
      fix: .init("keep it", migrations: [String(repeating: "SELECT 1;\n", count: 50)])
    )
    let migrations = try (1...500).map {
      try MigrationReport("\($0).sql", "DROP TABLE clips;", risk: .high, findings: [finding])
    }
    let text = ReportFormat.markdown.render(Report(migrations), rules: [])
    #expect(text.utf8.count <= 65_536)
    #expect(text.utf8.count > 50_000)
    let rows = text.components(separatedBy: "\n| **high**").count - 1
    let blocks = text.components(separatedBy: "\n---\n").count - 1
    #expect(rows < 500 && blocks < 500)
    #expect(text.contains("**\(500 - rows) migrations and \(500 - blocks) findings did not fit in here:"))
    #expect(text.contains("</details>"))
    let whole = MarkdownReport.render(Report(migrations), style: ReportStyle(), size: 1_000_000)
    #expect(whole.utf8.count > text.utf8.count)
    #expect(!whole.contains("did not fit"))
  }

  @Test("quotes SQL in a fence that nothing in it ends")
  func fence() {
    #expect("SELECT 1;".markdownBlock("sql") == "```sql\nSELECT 1;\n```")
    #expect("a\n````\nb".markdownBlock("sql") == "`````sql\na\n````\nb\n`````")
  }
}

@Suite("XML")
struct XMLWriterTests {
  private func document(_ text: String) -> String {
    var bytes: [UInt8] = []
    XMLWriter.write(to: { bytes += $0 }, root: "a", [("b", text)]) { $0.element("c", text: text) }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(
    "holds any text, and nothing of it is markup",
    arguments: [
      ("<b>&\"]]>", "&lt;b&gt;&amp;&quot;]]&gt;", "&lt;b&gt;&amp;\"]]&gt;"), ("a\nb", "a\\nb", "a\nb"),
      ("\u{0}\u{B}\u{FFFF}\u{202E}", "\\u{0}\\u{b}\u{FFFD}\\u{202e}", "\\u{0}\\u{b}\u{FFFD}\\u{202e}"),
      ("\n::error::x", "\\n::error::x", "\n\\u{3a}:error::x"),
    ]
  )
  func escapes(_ text: String, _ attribute: String, _ content: String) {
    #expect(document(text).contains("<c>\(content)</c>"), "\(document(text))")
    if !text.contains("::") { #expect(document(text).contains("<a b=\"\(attribute)\">")) }
  }
}
