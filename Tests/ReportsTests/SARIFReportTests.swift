import Foundation
import Linting
import Testing

@testable import Reports

private struct Log: Decodable {
  struct Run: Decodable {
    let results: [Result]
  }

  struct Result: Decodable {
    let ruleId: String
    let ruleIndex: Int?
    let level: String
    let message: Message
    let locations: [Location]
    let partialFingerprints: [String: String]
    let suppressions: [Suppression]
    let properties: Properties?
  }

  struct Properties: Decodable {
    let approvers: [String]?
  }

  struct Message: Decodable {
    let text: String
  }

  struct Location: Decodable {
    let physicalLocation: PhysicalLocation
  }

  struct PhysicalLocation: Decodable {
    let artifactLocation: ArtifactLocation
    let region: Region
  }

  struct ArtifactLocation: Decodable {
    let uri: String
    let uriBaseId: String?
  }

  struct Region: Decodable, Hashable {
    let startLine: Int
    let startColumn: Int
    let endLine: Int
    let endColumn: Int
  }

  struct Suppression: Decodable, Hashable {
    let kind: String
    let justification: String?
  }

  let runs: [Run]

  init(_ report: Report) throws {
    let text = ReportFormat.sarif.render(report, rules: SampleRule.all)
    self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
  }

  var results: [Result] { runs.flatMap(\.results) }
}

/// `Tests/sarif/run.py` holds whole logs against the standard's schema.
@Suite("The sarif format")
struct SARIFReportTests {
  private func onlyResult(_ report: Report) throws -> Log.Result {
    let results = try Log(report).results.filter { $0.ruleId != "approval" }
    try #require(results.count == 1)
    return results[0]
  }

  @Test("counts columns in UTF-16 code units")
  func columns() throws {
    let result = try onlyResult(try Report.finding("gone", sql: "/* é🐘🐘 */\n/* 🐘 */ DROP TABLE clips;"))
    #expect(
      result.locations[0].physicalLocation.region
        == Log.Region(startLine: 2, startColumn: 10, endLine: 2, endColumn: 26)
    )
  }

  @Test(
    "writes paths as URIs, relative ones from the source's root",
    arguments: [
      ("migrations/1_a.up.sql", "migrations/1_a.up.sql", true), ("./a.sql", "a.sql", true),
      ("././a.sql", "a.sql", true),
      ("/srv/a b.sql", "file:///srv/a%20b.sql", false), ("100% é#?.sql", "100%25%20%C3%A9%23%3F.sql", true),
      ("c:a.sql", "c%3Aa.sql", true), ("../a.sql", "../a.sql", true),
    ]
  )
  func paths(_ path: String, _ uri: String, _ isRelative: Bool) throws {
    let location = try onlyResult(try Report.finding("gone", path: path)).locations[0].physicalLocation
    #expect(location.artifactLocation.uri == uri)
    #expect(location.artifactLocation.uriBaseId == (isRelative ? "%SRCROOT%" : nil))
  }

  @Test("knows a finding again when lines above it change, and tells two alike apart")
  func fingerprints() throws {
    let before = try onlyResult(try Report.finding("gone")).partialFingerprints
    let moved = try onlyResult(try Report.finding("gone, in other words", sql: "-- new\n\n  DROP TABLE clips;\n"))
    #expect(moved.partialFingerprints == before)
    let other = try onlyResult(try Report.finding("gone", sql: "DROP TABLE users;", tokens: "DROP TABLE users"))
    #expect(other.partialFingerprints != before)
    let elsewhere = try onlyResult(try Report.finding("gone", path: "b.sql"))
    #expect(elsewhere.partialFingerprints != before)

    let finding = FindingLiteral(rule: "table-dropped", risk: .high, tokens: "DROP TABLE clips", message: "gone")
    let twice = try MigrationReport(
      "migrations/000001_test.up.sql",
      "DROP TABLE clips; DROP TABLE clips;",
      findings: [finding, finding]
    )
    let prints = try Log(Report([twice])).results.filter { $0.ruleId != "approval" }.map(\.partialFingerprints)
    #expect(prints.first == before)
    #expect(Set(prints).count == 2)
  }

  @Test(
    "tells how bad it is",
    arguments: [(Risk.low, "note"), (.medium, "warning"), (.high, "error"), (.critical, "error")]
  )
  func levels(_ risk: Risk, _ level: String) throws {
    #expect(try onlyResult(try Report.finding("gone", risk: risk)).level == level)
  }

  @Test("gives the reason of what is allowed, and points at rules by their place")
  func suppressions() throws {
    let results = try Log(try SampleReport.report()).results
    let allowed = try #require(results.first { $0.ruleId == "table-dropped" })
    #expect(allowed.suppressions == [Log.Suppression(kind: "inSource", justification: "nobody reads it since 2025")])
    #expect(allowed.ruleIndex == 1)
    #expect(results.filter { !$0.suppressions.isEmpty }.count == 1)
    // The sample's rules leave this one out.
    #expect(results.first { $0.ruleId == "file-unreadable" }?.ruleIndex == nil)
  }

  @Test("has a result for each migration that somebody must approve, with who and why")
  func decisions() throws {
    let decisions = try Log(try SampleReport.report()).results.filter { $0.ruleId == "approval" }
    #expect(decisions.map(\.level) == ["error", "error", "warning", "warning"])
    #expect(decisions.map(\.locations[0].physicalLocation.region.startLine) == [1, 2, 2, 2])
    #expect(decisions.allSatisfy { $0.suppressions.isEmpty && $0.ruleIndex == SampleRule.all.count })
    #expect(Set(decisions.map(\.partialFingerprints)).count == 4)
    let text =
      "high risk, to be approved by VP Engineering + CTO, because of foreign-key-added-without-not-valid, line 2; "
      + "table-dropped, line 9 (allowed: nobody reads it since 2025)"
    #expect(decisions[1].message.text == text)
    #expect(decisions[1].properties?.approvers == ["VP Engineering", "CTO"])
  }

  @Test("makes no link of an identifier")
  func links() throws {
    let message = try onlyResult(try Report.finding("dropping \"[here](https://evil.example)\"")).message.text
    #expect(message == "dropping \"[here\\](https://evil.example)\"")
  }
}
