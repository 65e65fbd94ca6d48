import Linting
import Rules
import Testing

@testable import Migrations

@Suite("Hostile journals of Drizzle", .timeLimit(.minutes(30)))
struct HostileJournalTests {
  @Test(
    "that cannot be read hide no migration",
    arguments: [
      (String(repeating: "[", count: 1_000_000), "which is not the JSON that it expects"),
      ("{\"entries\":" + String(repeating: "{\"a\":", count: 100_000), "which is not the JSON that it expects"),
      (
        "{\"entries\":[" + String(repeating: "{\"tag\":\"0000_a\"},", count: 200_000) + "]}",
        "has 3400014 bytes, more than the 2097152 that are read"
      ),
      ("{\"entries\":[{\"tag\":\"../../secret\"}]}", "lists a file outside of its folder"),
      ("{\"entries\":[{\"tag\":\"a/../../secret\"}]}", "lists a file outside of its folder"),
    ]
  )
  func refused(_ journal: String, _ reason: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("DROP TABLE secret;", to: "secret.sql")
    try folder.write("DROP TABLE a;", to: "x/m/0000_a.sql")
    try folder.write(journal, to: "x/m/meta/_journal.json")
    let histories = try MigrationLoader(exclusions: Exclusions(workingFolder: RawPath("/")))
      .load([.stored(folder.raw("x/m"))])
    #expect(histories.flatMap(\.migrations).isEmpty)
    let report = Linter(rules: AllRules.all, policy: Policy()).lint(histories, toolVersion: "", grammarVersion: "")
    #expect(report.findings.map(\.rule) == ["file-name-malformed"])
    #expect(report.findings.first?.message.description.contains(reason) == true, "\(report.findings)")
  }
}
