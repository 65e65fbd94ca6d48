import Catalog
import Execution
import Foundation
import Linting
import Testing

@testable import Reports

/// Text that tries to be more than text: it clears the screen, sets a title, reorders what people read, hides letters,
/// starts lines of its own, closes strings and comments, and gives orders to GitHub.
private let hostile = [
  "\u{1B}[2J\u{1B}]0;pwned\u{07}", "\u{9B}31m", "a\r\n::error::forged", "a\n##[error]forged", "\u{202E}txt.sql\u{2066}",
  "a\u{200B}b\u{FEFF}c\u{2060}", "\u{E0041}\u{E007F}", "tab\there\u{08}\u{7F}", "line\u{2028}separator\u{85}", "\u{0}",
  "*/ -- \"'`\\\" {} ]] </script>", "%0A::error::forged%0D", "a,b:c=d",
]

/// Scalars that no format may let through as they are.
private func steers(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control: scalar != "\n"
  case .format: scalar != "\u{200C}" && scalar != "\u{200D}"
  case .lineSeparator, .paragraphSeparator: true
  default: false
  }
}

@Suite("Hostile text")
struct EscapingTests {
  /// The text as path, identifier, message, fix, approver, ignored file and rule of a report.
  private func report(_ text: String) throws -> Report {
    var policy = Policy()
    policy.approvals[.high] = "boss \(text)"
    policy.downtimes[.high] = "yes \(text)"
    // PostgreSQL ends a file at a NUL.
    let name = text.replacing("\u{0}", with: "").replacing("\"", with: "\"\"")
    let sql = "DROP TABLE \"\(name)\";\n"
    let finding = FindingLiteral(
      rule: "table-dropped",
      risk: .high,
      tokens: "DROP TABLE \"\(name)\"",
      message: "dropping \(text)",
      fix: Finding.Fix("keep \(text)", migrations: ["SELECT '\(text)';", "SELECT 2;"])
    )
    let effects = StatementEffects(
      relations: [.table(text, .accessExclusive, [WorkItem(.scan, because: .notNull(column: text))])],
      losses: [.table(.init(schema: "public", text))],
      breaks: [.relationGone(.init(schema: "public", text))],
      unknowns: [text]
    )
    return Report(
      [try MigrationReport("m/\(text).sql", sql, risk: .high, effects: [effects], findings: [finding])],
      ignored: [.init(path: "seed \(text)", reason: "because \(text)")],
      policy: policy
    )
  }

  @Test("reaches no reader as it is, whatever the format", arguments: hostile, ReportFormat.allCases)
  func nothingSteers(_ text: String, _ format: ReportFormat) throws {
    let rendered = format.render(try report(text), rules: [])
    let found = rendered.unicodeScalars.filter(steers)
    #expect(found.isEmpty, "\(found.map { String($0.value, radix: 16) })")
    #expect(rendered.hasSuffix("\n"))
  }

  @Test("of a coloured report steers nothing but its own colours", arguments: hostile)
  func colored(_ text: String) throws {
    let rendered = ReportFormat.text.render(try report(text), rules: [], style: ReportStyle(color: true))
    #expect(rendered.contains("\u{1B}[0m"))
    let rest = rendered.replacing(/\u{1B}\[[0-9;]+m/, with: "")
    #expect(!rest.unicodeScalars.contains(where: steers))
    #expect(rest == ReportFormat.text.render(try report(text), rules: []))
  }

  @Test(
    "makes no line of its own in formats of one line a finding",
    arguments: hostile,
    [ReportFormat.compact, .github]
  )
  func oneLine(_ text: String, _ format: ReportFormat) throws {
    let rendered = format.render(try report(text), rules: [])
    // The decision and the finding.
    #expect(rendered.split(whereSeparator: \.isNewline).count == 2)
  }

  @Test("gives GitHub no command and no property of its own", arguments: hostile)
  func workflowCommand(_ text: String) throws {
    let rendered = ReportFormat.github.render(try report(text), rules: [])
    let decision = try #require(rendered.split(separator: "\n").first)
    let properties = /::error file=[^,:]*,line=1,endLine=\d+(?:,col=1,endColumn=\d+)?,title=high risk%3A approval::.*/
    #expect(decision.wholeMatch(of: properties) != nil)
    let finding = String(rendered.dropFirst(decision.count + 1))
    let parts = try #require(
      finding.wholeMatch(
        of: /::error file=([^,:]*),line=1,endLine=(\d+)(?:,col=1,endColumn=\d+)?,title=([^,:]*)::([^\r\n]*)\n/
      ),
      "\(rendered)"
    )
    #expect(parts.3 == "high risk%3A table-dropped")
    // Decoded as the runner does it, the text is what other formats show.
    let decoded = parts.4.replacing("%0A", with: "\n").replacing("%0D", with: "\r").replacing("%25", with: "%")
    #expect(decoded.hasPrefix("dropping \(text.visible.withoutCommands)\n"))
  }

  @Test("survives JSON whole", arguments: hostile)
  func json(_ text: String) throws {
    let rendered = ReportFormat.json.render(try report(text), rules: [])
    let document = try #require(try JSONSerialization.jsonObject(with: Data(rendered.utf8)) as? [String: Any])
    let migration = try #require((document["migrations"] as? [[String: Any]])?.first)
    #expect(migration["path"] as? String == "m/\(text).sql")
    let finding = try #require((migration["findings"] as? [[String: Any]])?.first)
    #expect(finding["message"] as? String == "dropping \(text)")
  }

  @Test(
    "is shown as what it is",
    arguments: [
      ("a\u{1B}b", "a\\u{1b}b"), ("a\nb", "a\\nb"), ("a\r\nb", "a\\r\\nb"), ("a\tb", "a\\tb"),
      ("\u{202E}", "\\u{202e}"), ("\u{200B}", "\\u{200b}"), ("\u{FEFF}", "\\u{feff}"), ("\u{E0041}", "\\u{e0041}"),
      ("\u{AD}", "\\u{ad}"), ("é 漢字 👩‍💻 ق‌ق", "é 漢字 👩‍💻 ق‌ق"), ("", ""),
    ]
  )
  func visible(_ text: String, _ shown: String) {
    #expect(text.visible == shown)
  }

  @Test("keeps SQL's lines apart")
  func lines() {
    #expect("a\r\nb\n\nc\u{1B}".visibleLines == ["a", "b", "", "c\\u{1b}"])
  }

  @Test("takes time in proportion to its length")
  func linear() {
    let text = String(repeating: "é\n\u{1B}", count: 300_000)
    let time = ContinuousClock().measure {
      #expect(text.visible.utf8.count == 300_000 * 10)
      #expect(JSONWriter.text { $0.write(text) }.utf8.count == 300_000 * 10 + 3)
    }
    // Seconds in a debug build; half an hour where each escape copied all that is before it.
    #expect(time < .seconds(30))
  }
}
