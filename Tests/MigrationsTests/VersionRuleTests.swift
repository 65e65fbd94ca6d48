import Linting
import Rules
import Testing

@testable import Migrations

@Suite("Versions and names of files")
struct VersionRuleTests {
  /// `file: message` of what the rules about versions and names find in a folder with these files.
  private func findings(_ files: String..., runner: String? = nil) throws -> [String] {
    let folder = try TemporaryFolder(files: files)
    let exclusions = Exclusions(workingFolder: FileSystem.workingFolder())
    let histories = try MigrationLoader(runner: runner.flatMap(Runner.init(rawValue:)), exclusions: exclusions)
      .load([.stored(folder.raw(""))])
    let rules = AllRules.all.filter { $0.id.hasPrefix("version-") || $0.id == "file-name-malformed" }
    let report = Linter(rules: rules, policy: Policy()).lint(histories, toolVersion: "", grammarVersion: "")
    return report.migrations.flatMap { migration in
      migration.findings.map { finding in
        let message = finding.message.description.replacing(folder.path + "/", with: "")
        return "\(folder.relative(migration.migration.path)): \(finding.rule): \(message)"
      }
    }
  }

  @Test("a version that another migration has is reported on the second one, whatever its zeros")
  func duplicates() throws {
    #expect(
      try findings("000001_a.up.sql", "1_b.up.sql", "2_c.up.sql", "2_c.down.sql") == [
        "1_b.up.sql: version-duplicated: version 1 is that of 000001_a.up.sql too: golang-migrate refuses them"
      ]
    )
    #expect(try findings("b.sql", "a.sql") == [])
    #expect(
      try findings("V1__a.sql", "V1.0__b.sql") == [
        "V1__a.sql: version-duplicated: version 1 is that of V1.0__b.sql too: flyway refuses them"
      ]
    )
    #expect(
      try findings("2024-01-01-0_a/up.sql", "2024-01-010_b/up.sql") == [
        "2024-01-010_b/up.sql: version-duplicated: version 2024-01-010 is that of 2024-01-01-0_a/up.sql too: diesel runs "
          + "only one of them"
      ]
    )
    #expect(try findings("01_a.sql", "1_b.sql", runner: "dbmate") == [])
  }

  @Test("a missing number is reported where versions are counted, and not where they are dates")
  func gaps() throws {
    #expect(
      try findings("000001_a.up.sql", "000002_b.up.sql", "000004_d.up.sql", "000005_e.up.sql") == [
        "000004_d.up.sql: version-gap: version 000003 is missing before this migration: what is added there "
          + "later runs out of order, or not at all"
      ]
    )
    let several = try findings("1_a.up.sql", "2_b.up.sql", "3_c.up.sql", "9_d.up.sql")
    #expect(several.count == 1 && several[0].contains("versions 4 to 8 are missing"))
    #expect(try findings("20240101_a.up.sql", "20240102_b.up.sql", "20240301_c.up.sql", "20250301_c.up.sql") == [])
    #expect(try findings("10_a.up.sql", "20_b.up.sql", "30_c.up.sql", "50_d.up.sql") == [])
  }

  @Test("what a file that is left out allows counts")
  func allowed() throws {
    let folder = try TemporaryFolder(files: ["1_a.up.sql"])
    try folder.write("-- sqllint:allow-file file-name-malformed run by hand\nDROP TABLE a;\n", to: "2_b.sql")
    let exclusions = Exclusions(workingFolder: FileSystem.workingFolder())
    let histories = try MigrationLoader(exclusions: exclusions).load([.stored(folder.raw(""))])
    let report = Linter(rules: AllRules.all, policy: Policy()).lint(histories, toolVersion: "", grammarVersion: "")
    #expect(
      report.migrations.flatMap(\.findings).map { "\($0.rule) \($0.isSuppressed)" } == ["file-name-malformed true"]
    )
    #expect(!report.fails)
    #expect(report.risk == .medium)
  }

  @Test("a file that looks like a migration but is not one to the runner is reported, and others are not")
  func names() throws {
    let found = try findings(
      "000001_a.up.sql",
      "000002-b.up.sql",
      "000003_c.sql",
      "V4__d.sql",
      "e.down.sql",
      "seed.sql",
      "views.sql",
      "verify_1.sql"
    )
    #expect(
      found.map { $0.prefix { $0 != ":" } } == ["000002-b.up.sql", "000003_c.sql", "V4__d.sql", "e.down.sql"]
    )
    #expect(
      found.first
        == "000002-b.up.sql: file-name-malformed: this looks like a migration, but golang-migrate does not run "
        + "it: it is not named VERSION_name.up.sql or VERSION_name.down.sql"
    )
  }
}
