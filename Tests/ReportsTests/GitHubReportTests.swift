import Linting
import Testing

@testable import Reports

@Suite("The github format")
struct GitHubReportTests {
  @Test(
    "makes an error of what fails the run, a warning of what does not, a notice of what is low",
    arguments: [
      (Risk.low, Risk.medium, "notice"), (.medium, .medium, "error"), (.high, .medium, "error"),
      (.medium, .high, "warning"), (.high, .critical, "warning"), (.critical, .critical, "error"),
      (.low, .low, "error"),
    ]
  )
  func levels(_ risk: Risk, _ failOn: Risk, _ level: String) throws {
    var policy = Policy()
    policy.failOn = failOn
    let report = try Report.finding("it is gone", risk: risk, policy: policy)
    #expect(ReportFormat.github.render(report, rules: []).hasPrefix("::\(level) file="))
  }

  @Test("counts columns in characters, and leaves them out where lines are spanned")
  func columns() throws {
    let one = try Report.finding("gone", sql: "/* é漢🐘 */ DROP TABLE clips;")
    #expect(ReportFormat.github.render(one, rules: []).contains("line=1,endLine=1,col=11,endColumn=27,"))
    let two = try Report.finding("gone", sql: "DROP TABLE\n  clips;", tokens: "DROP TABLE\n  clips")
    #expect(ReportFormat.github.render(two, rules: []).contains("line=1,endLine=2,title="))
  }

  @Test("says nothing of what is allowed, and nothing at all where nothing is found")
  func silence() throws {
    let allowed = FindingLiteral(rule: "r", risk: .high, tokens: "", message: "m", allowedBecause: "it is empty")
    let report = Report([try MigrationReport("a.sql", "DROP TABLE clips;", findings: [allowed])])
    #expect(ReportFormat.github.render(report, rules: []) == "")
    #expect(ReportFormat.compact.render(report, rules: []) == "")
  }
}
