import Linting
import Testing

@testable import Reports

@Suite("What is approved and what is missing")
struct SignOffTests {
  /// A migration of high risk and one of medium risk.
  private func report(asking isAsked: Bool = true, _ carl: [String] = []) throws -> Report {
    var report = Report([
      try MigrationReport("m/000021_drop.up.sql", "DROP TABLE clips;", risk: .high),
      try MigrationReport("m/000022_note.up.sql", "SELECT 1;", risk: .medium),
    ])
    let vera = SignOff.Role(name: "VP Engineering", approvedBy: ["@vera"])
    let notes = ["@<b>old</b> approved another text"]
    report.sign([
      0: SignOff(roles: [vera, SignOff.Role(name: "CTO", approvedBy: carl)], isAsked: isAsked, notes: notes),
      1: SignOff(roles: [SignOff.Role(name: "DBA", count: 2, approvedBy: ["@a", "@b"])], isAsked: isAsked),
    ])
    return report
  }

  private static let sentence = "VP Engineering has approved, CTO is missing"

  @Test("stands in each format", arguments: ReportFormat.allCases)
  func formats(_ format: ReportFormat) throws {
    let text = format.render(try report(), rules: [])
    switch format {
    case .markdown:
      #expect(text.contains("- [x] **VP Engineering** has approved <code>m&#47;000021"))
      #expect(text.contains("- [ ] **CTO** approves <code>m&#47;000021"))
      #expect(text.contains("- [x] **DBA** has approved <code>m&#47;000022"))
      #expect(text.contains("**Approval is missing: CTO.**") && !text.contains("The check passes"))
    case .json:
      let found = text.split { $0.isWhitespace }.joined()
      #expect(found.contains(#""name":"CTO""#) && found.contains(#""approved_by":["@vera"]"#))
      #expect(found.contains(#""sign_off":{"approved":false"#) && found.contains(#""sign_off":{"approved":true"#))
    default: #expect(text.contains(Self.sentence), "\(text)")
    }
    #expect(![.html, .junit, .markdown].contains(format) || !text.contains("<b>old</b>"))
    // Who is not asked is not missing.
    let unasked = format.render(try report(asking: false), rules: [])
    #expect(!unasked.contains("is missing") && !unasked.contains("[x]"))
  }

  @Test("fails the run where it is missing, and says so at the end")
  func failure() throws {
    let waiting = ReportFormat.text.render(try report(), rules: [])
    #expect(waiting.contains("Waits for approval: 1 migration lacks it; no finding is of medium risk or higher."))
    #expect(waiting.contains("  @<b>old</b> approved another text\n"))
    let approved = ReportFormat.text.render(try report(["@carl"]), rules: [])
    #expect(approved.contains("VP Engineering has approved, CTO has approved\n"))
    #expect(approved.contains("Passes: no finding") && !approved.contains("another text"))
    #expect(ReportFormat.github.render(try report(), rules: []).hasPrefix("::error "))
    #expect(ReportFormat.github.render(try report(["@carl"]), rules: []).hasPrefix("::warning "))
    #expect(ReportFormat.junit.render(try report(), rules: []).contains(#"failures="1""#))
    #expect(ReportFormat.sarif.render(try report(), rules: []).contains("missingApprovers"))
  }

  @Test("names those whom rules and tables ask for besides those of the risk")
  func others() throws {
    let text = ReportFormat.compact.render(try report(), rules: [])
    #expect(text.contains("medium: to be approved by 2 of DBA (DBA has approved)"))
  }
}
