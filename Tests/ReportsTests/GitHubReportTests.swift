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
    let lines = ReportFormat.github.render(report, rules: []).split(separator: "\n")
    #expect(lines.last?.hasPrefix("::\(level) file=") == true)
    // What is of low risk needs no word on who approves it.
    #expect(lines.count == (risk == .low ? 1 : 2))
    #expect(lines.first?.hasPrefix("::\(level) file=") == true)
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
    #expect(report.risk == .low)
    #expect(ReportFormat.github.render(report, rules: []) == "")
    #expect(ReportFormat.compact.render(report, rules: []) == "")
  }

  @Test("names who approves the migration and why, what is allowed too, before any finding")
  func decision() throws {
    let allowed = FindingLiteral(
      rule: "schema-dropped",
      risk: .critical,
      tokens: "",
      message: "m",
      allowedBecause: "it is empty"
    )
    let low = FindingLiteral(rule: "r", risk: .low, tokens: "", message: "n")
    let migration = try MigrationReport("a.sql", "DROP SCHEMA s;", risk: .critical, findings: [low, allowed])
    let lines = ReportFormat.github.render(Report([migration]), rules: []).split(separator: "\n")
    #expect(lines.count == 2)
    let body =
      "critical risk, to be approved by Executive Team, because of schema-dropped, line 1 (allowed: it is empty)"
    #expect(lines.first?.hasPrefix("::warning file=a.sql,") == true)
    #expect(lines.first?.hasSuffix("title=critical risk%3A approval::\(body)") == true)
    #expect(lines.last?.hasPrefix("::notice file=a.sql,") == true)
  }

  @Test("shows the riskiest ten of a kind, and counts the rest")
  func cap() throws {
    let findings = (1...12).map { number in
      FindingLiteral(rule: "r", risk: number == 12 ? .high : .medium, tokens: "", message: "m\(number)")
    }
    let migrations = try (1...3).map { try MigrationReport("\($0).sql", "SELECT 1;", risk: .high, findings: findings) }
    let lines = ReportFormat.github.render(Report(migrations), rules: []).split(separator: "\n")
    #expect(lines.count == 11)
    #expect(lines[..<3].allSatisfy { $0.contains("approval") })
    #expect(lines[3..<6].allSatisfy { $0.contains("m12") })
    #expect(lines.last?.hasPrefix("::notice title=sqllint::Not shown here: 29 findings. ") == true)
  }

  @Test(
    "counts paths from the repository's root",
    arguments: [ReportFormat.github, .sarif, .gitlab, .rdjson, .checkstyle]
  )
  func repository(_ format: ReportFormat) throws {
    let style = ReportStyle(repository: RepositoryPaths(root: "/srv/app", workingFolder: "/srv/app/db"))
    for (path, shown) in [
      ("m/a.sql", "db/m/a.sql"), ("../x/./a.sql", "x/a.sql"), ("/srv/app/m/a.sql", "m/a.sql"), ("./a.sql", "db/a.sql"),
      ("<stdin>", "<stdin>"),
    ] {
      let text = format.render(try Report.finding("gone", path: path), rules: [], style: style)
      let written = format == .sarif ? shown.replacing("<", with: "%3C").replacing(">", with: "%3E") : shown
      let escaped = format == .checkstyle ? written.replacing("<", with: "&lt;").replacing(">", with: "&gt;") : written
      #expect(text.contains(format == .github ? "file=\(shown)," : "\"\(escaped)\""), "\(text)")
    }
    let outside = format.render(try Report.finding("gone", path: "/srv/other/a.sql"), rules: [], style: style)
    #expect(outside.contains("/srv/other/a.sql"))
  }
}
