import Foundation
import Linting
import Testing

@testable import Reports

@Suite("A report looks as it did when it was approved of")
struct RenderingTests {
  @Test(
    "in each format",
    arguments: [
      (ReportFormat.text, "text.txt"), (.compact, "compact.txt"), (.json, "report.json"), (.github, "github.txt"),
      (.sarif, "report.sarif"), (.markdown, "report.md"), (.gitlab, "gitlab.json"), (.junit, "junit.xml"),
      (.checkstyle, "checkstyle.xml"), (.rdjson, "rdjson.json"),
    ]
  )
  func formats(_ format: ReportFormat, _ name: String) throws {
    try Rendering(name).expect(format.render(try SampleReport.report(), rules: SampleRule.all))
  }

  @Test(
    "as text in each style",
    arguments: [
      (ReportStyle(color: true, width: 120), "text-colored.txt"), (ReportStyle(width: 60), "text-60-columns.txt"),
      (ReportStyle(isQuiet: true), "text-quiet.txt"),
    ]
  )
  func styles(_ style: ReportStyle, _ name: String) throws {
    try Rendering(name).expect(ReportFormat.text.render(try SampleReport.report(), rules: [], style: style))
  }

  @Test("about rules")
  func rules() throws {
    var policy = Policy()
    policy.ruleRisks["table-dropped"] = .critical
    for rule in SampleRule.all {
      try Rendering("explain-\(rule.id).txt").expect(RuleText.explain(rule, policy: policy))
    }
    try Rendering("rules.txt").expect(RuleText.table(SampleRule.all, policy: policy))
    try Rendering("rules.md").expect(RuleText.markdown(SampleRule.all, policy: policy))
    try Rendering("rules.json").expect(RuleText.json(SampleRule.all, policy: policy))
  }

  @Test("a report without migrations, and one without findings, say so")
  func nothing() throws {
    #expect(
      ReportFormat.text.render(Report([]), rules: []) == """
        0 migrations, 0 statements: no findings.
        Passes: no finding is of medium risk or higher.

        """
    )
    let report = Report([try MigrationReport("a/1_b.up.sql", "SELECT 1;")])
    #expect(
      ReportFormat.text.render(report, rules: []) == """
        risk  migration in a/  approval   downtime
        low   1_b.up.sql       Tech Lead  no

        1 migration, 1 statement: no findings.
        Highest risk: low, to be approved by Tech Lead.
        Passes: no finding is of medium risk or higher.

        """
    )
    #expect(ReportFormat.text.render(report, rules: [], style: ReportStyle(isQuiet: true)) == "")
  }

  @Test("no line of the table is wider than the terminal", arguments: [40, 60, 80, 100, 120, 200])
  func width(_ width: Int) throws {
    let table = DecisionTable(try SampleReport.report(), style: ReportStyle(width: width)).text
    let widths = table.split(separator: "\n").map { String($0).displayWidth }
    // Risk and approval are never cut; the migration's name keeps some columns.
    #expect((widths.max() ?? 0) <= max(width, 24 + 2 + 8 + 2 + 20))
    #expect(widths.count >= 5 + 1)
  }

  @Test("many files that are left out for one reason are counted")
  func ignored() throws {
    let files = (1...4).map { History.IgnoredFile(path: "\($0).sql", reason: "no number") }
    let report = Report([], ignored: files + [.init(path: "x.sql", reason: "a folder")])
    #expect(
      ReportSummary(report, style: ReportStyle()).ignoredFiles == """
        left out: 4 files (no number)
        left out: x.sql (a folder)
        """
    )
  }
}
