import Linting
import Rules
import Testing

@testable import Migrations

@Suite("What is ahead, and what no release has", .enabled(if: TestRepository.isGitThere, TestRepository.absence))
struct ReleaseTagTests {
  private func pair(_ name: String, _ sql: String) -> [String: String] {
    ["m/\(name).up.sql": sql, "m/\(name).down.sql": "SELECT 1;"]
  }

  // MARK: - Queues

  /// What GitHub says of an entry of its queue.
  private func event(base: String) -> [UInt8] {
    Array(
      """
      {"action": "checks_requested", "merge_group": {"head_sha": "1", "head_ref": "refs/heads/gh-readonly-queue/main/x",
        "base_ref": "refs/heads/main", "base_sha": "\(base)"}, "repository": {"full_name": "acme/clips"}}
      """.utf8
    )
  }

  @Test("in a merge queue a change is judged against those ahead of it, and answers for itself alone")
  func queue() throws {
    let repository = try TestRepository(pair("000001_a", "CREATE TABLE a (id int);"))
    try repository.git("checkout", "--quiet", "-b", "queue")
    try repository.commit(pair("000003_ahead", "CREATE TABLE b (id int);"))
    let ahead = try repository.ask("rev-parse", "HEAD")
    try repository.commit(pair("000003_own", "DROP TABLE b;").merging(pair("000002_late", "SELECT 1;")) { $1 })
    func found(_ system: ContinuousIntegration) throws -> [String] {
      let loader = MigrationLoader(
        exclusions: Exclusions(workingFolder: FileSystem.workingFolder()),
        start: .changed,
        system: system
      )
      let history = try #require(try loader.load([.stored(repository.folder.raw("m"))]).first)
      let rules = AllRules.all.filter {
        ["version-out-of-order", "version-duplicated", "table-dropped"].contains($0.id)
      }
      return Linter(rules: rules, policy: Policy()).lint([history], toolVersion: "", grammarVersion: "").migrations
        .filter { $0.migration.direction == .up }.map { migration in
          let findings = migration.findings.sorted { $0.rule < $1.rule }
          return ([repository.folder.relative(migration.migration.path)] + findings.map(\.rule)).joined(separator: " ")
        }
    }
    let own = ["m/000002_late.up.sql version-out-of-order", "m/000003_own.up.sql table-dropped version-duplicated"]
    #expect(try found(ContinuousIntegration(event: event(base: ahead))) == own)
    let train = [
      "CI_MERGE_REQUEST_EVENT_TYPE": "merge_train", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
      "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": ahead,
    ]
    #expect(try found(ContinuousIntegration(train)) == own)
    let merged = train.merging(["CI_MERGE_REQUEST_EVENT_TYPE": "merged_result"]) { $1 }
    #expect(try found(ContinuousIntegration(merged)).contains { $0.hasPrefix("m/000003_ahead.up.sql") })
    // As the branch itself tells nothing of the queue, the variables alone leave all to this change.
    let variables = ["GITHUB_REF": "refs/heads/gh-readonly-queue/main/pr-7-\(ahead)"]
    #expect(try found(ContinuousIntegration(variables)).contains { $0.hasPrefix("m/000003_ahead.up.sql") })
    #expect(throws: LoadingFailure.self) { try found(ContinuousIntegration(event: event(base: "0123456789"))) }
    #expect(throws: LoadingFailure.self) { try found(ContinuousIntegration(event: event(base: "--all"))) }
    for text in ["", "{}", "[", #"{"merge_group": {"base_ref": "", "base_sha": "a"}}"#, #"{"merge_group": 1}"#] {
      #expect(ContinuousIntegration(event: Array(text.utf8)).target == nil)
    }
  }

  // MARK: - Releases

  /// A branch of `main`, on which the last two migrations are in no release.
  private func unreleased() throws -> TestRepository {
    let repository = try TestRepository(
      pair("000001_a", "CREATE TABLE a (id int);").merging(pair("000002_b", "CREATE TABLE b (id int);")) { $1 }
    )
    try repository.git("tag", "v1.9")
    try repository.git("tag", "v1.10-rc1")
    try repository.commit(
      pair("000003_c", "CREATE TABLE c (id int);").merging(pair("000005_e", "CREATE TABLE e (id int);")) { $1 }
    )
    try repository.git("checkout", "--quiet", "-b", "feature")
    return repository
  }

  private static let releases = Start.releases("v*", .changed)
  private static let rules = ["released-migration-edited", "version-out-of-order", "version-duplicated"]

  private func found(_ repository: TestRepository, _ start: Start = releases) throws -> [String] {
    let rules = AllRules.all.filter { Self.rules.contains($0.id) }
    let report = Linter(rules: rules, policy: Policy())
      .lint([try repository.history(start)], toolVersion: "", grammarVersion: "")
    return report.migrations.filter { $0.migration.direction == .up }.map { migration in
      ([repository.folder.relative(migration.migration.path)] + migration.findings.map(\.rule)).joined(separator: " ")
    }
  }

  @Test("what no release has may be changed, deleted and overtaken; what one has may not")
  func releases() throws {
    let repository = try unreleased()
    try repository.commit(pair("000004_d", "CREATE TABLE d (id int);"))
    #expect(try found(repository, .changed) == ["m/000004_d.up.sql version-out-of-order"])
    #expect(try found(repository) == ["m/000004_d.up.sql"])
    try repository.commit(pair("000003_c", "CREATE TABLE c (id bigint);"))
    try repository.git("rm", "--quiet", "m/000005_e.up.sql", "m/000005_e.down.sql")
    #expect(try found(repository, .changed).filter { $0.hasSuffix("released-migration-edited") }.count == 2)
    #expect(try found(repository) == ["m/000003_c.up.sql", "m/000004_d.up.sql"])
    try repository.commit(pair("000002_b", "CREATE TABLE b (id bigint);"))
    try repository.git("rm", "--quiet", "m/000001_a.up.sql", "m/000001_a.down.sql")
    #expect(
      try found(repository) == [
        "m/000001_a.up.sql released-migration-edited", "m/000002_b.up.sql released-migration-edited",
        "m/000003_c.up.sql", "m/000004_d.up.sql",
      ]
    )
    // The same version as that of a migration which no release has is still taken.
    try repository.commit(pair("000004_e", "SELECT 1;"))
    #expect(try found(repository).contains { $0.hasSuffix("version-duplicated") })
  }

  @Test("the newest release is the one of the highest version, and alone it is what a run compares with")
  func newest() throws {
    let repository = try unreleased()
    #expect(try found(repository, .releases("v*", nil)) == ["m/000003_c.up.sql", "m/000005_e.up.sql"])
    try repository.git("tag", "v1.10", "main")
    try repository.git("tag", "--annotate", "--message=x", "w2", "main~1")
    #expect(try found(repository, .releases("v*", nil)) == [])
    #expect(try found(repository, .releases("w?", nil)).count == 2)
    try repository.commit(pair("000003_c", "CREATE TABLE c (id bigint);"))
    #expect(try found(repository) == ["m/000003_c.up.sql released-migration-edited"])
    #expect(try found(repository, .releases("v1.9", .changed)) == ["m/000003_c.up.sql"])
    for pattern in ["x*", "../heads/main", "--all", "v*\n", "v* ", String(repeating: "v*", count: 50_000)] {
      #expect(throws: LoadingFailure.self, "\(pattern.prefix(20))") {
        try found(repository, .releases(pattern, .changed))
      }
    }
  }
}
