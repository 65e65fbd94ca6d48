import Linting
import Rules
import Testing

@testable import Migrations

@Suite("At merge time", .enabled(if: TestRepository.isGitThere, TestRepository.absence))
struct ReleaseOrderTests {
  /// `main` has gone on to 000005 since the branch was begun.
  private func overtaken(_ own: [String: String]) throws -> TestRepository {
    let repository = try TestRepository([
      "m/000001_a.up.sql": "CREATE TABLE a (id int);", "m/000001_a.down.sql": "DROP TABLE a;",
    ])
    try repository.git("checkout", "--quiet", "-b", "feature")
    try repository.commit(own)
    try repository.git("checkout", "--quiet", "main")
    try repository.commit([
      "m/000003_x.up.sql": "SELECT 1;", "m/000003_x.down.sql": "SELECT 1;", "m/000005_y.up.sql": "SELECT 1;",
      "m/000005_y.down.sql": "SELECT 1;",
    ])
    try repository.git("checkout", "--quiet", "feature")
    return repository
  }

  private func advice(_ repository: TestRepository, _ start: Start = .git("main")) throws -> [String] {
    let rules = AllRules.all.filter { ["version-out-of-order", "version-duplicated"].contains($0.id) }
    let report = Linter(rules: rules, policy: Policy())
      .lint([try repository.history(start)], toolVersion: "", grammarVersion: "")
    return report.findings.compactMap { $0.fix?.advice.replacing(repository.folder.path + "/", with: "") }
  }

  @Test("late and duplicate versions get commands for both files, after all of the branch, in their order")
  func repair() throws {
    let repository = try overtaken([
      "m/000002_b.up.sql": "SELECT 2;", "m/000002_b.down.sql": "SELECT 2;", "m/000003_c d.up.sql": "SELECT 3;",
      "m/000006_e.up.sql": "SELECT 6;", "m/000006_e.down.sql": "SELECT 6;",
    ])
    let found = try advice(repository)
    #expect(found.count >= 2)
    let commands = """
      git mv m/000006_e.up.sql m/000008_e.up.sql
      git mv m/000006_e.down.sql m/000008_e.down.sql
      git mv 'm/000003_c d.up.sql' 'm/000007_c d.up.sql'
      git mv m/000002_b.up.sql m/000006_b.up.sql
      git mv m/000002_b.down.sql m/000006_b.down.sql
      """
    #expect(found.allSatisfy { $0.hasSuffix(":\n" + commands) }, "\(found)")
    for command in commands.split(separator: "\n") {
      let quoted = command.split(separator: "'").map(String.init)
      let words =
        quoted.count > 1 ? ["git", "mv", quoted[1], quoted[3]] : command.split(separator: " ").map(String.init)
      try repository.git(Array(words.dropFirst()))
    }
    #expect(try advice(repository) == [])
  }

  @Test("folders are moved whole, and what keeps its version in no name gets no command")
  func folders() throws {
    let repository = try overtaken(["m/000002_b.up.sql": "SELECT 2;"])
    #expect(try advice(repository).count == 1)
    let folders = try TestRepository([
      "m/2024-01-02-000000_a/up.sql": "SELECT 1;", "m/2024-01-02-000000_a/down.sql": "",
    ])
    try folders.git("checkout", "--quiet", "-b", "feature")
    try folders.commit(["m/2024-01-01-000000_b/up.sql": "SELECT 2;", "m/2024-01-01-000000_b/down.sql": "SELECT 1;"])
    // The version is no number.
    #expect(try advice(folders) == ["give it a version after all of main"])
    let numbered = try TestRepository(["m/20240102000000_a/migration.sql": "SELECT 1;"])
    try numbered.git("checkout", "--quiet", "-b", "feature")
    try numbered.commit(["m/20240101000000_b/migration.sql": "SELECT 2;"])
    let found = try advice(numbered)
    #expect(found.allSatisfy { $0.hasSuffix("git mv m/20240101000000_b m/20240102000001_b") }, "\(found)")
  }

  @Test("a changed down migration of what is released is judged by what it undoes, and a deleted one is missed")
  func downs() throws {
    let repository = try TestRepository([
      "m/000001_a.up.sql": "CREATE TABLE a (id int);", "m/000001_a.down.sql": "DROP TABLE a;",
      "m/000002_b.up.sql": "CREATE TABLE b (id int);", "m/000002_b.down.sql": "DROP TABLE b;",
    ])
    try repository.git("checkout", "--quiet", "-b", "feature")
    func found() throws -> [String] {
      let report = Linter(rules: AllRules.all, policy: Policy())
        .lint([try repository.history(.changed)], describesDowns: false, toolVersion: "", grammarVersion: "")
      return report.migrations.map { migration in
        ([repository.folder.relative(migration.migration.path)] + migration.findings.map(\.rule)).joined(separator: " ")
      }
    }
    try repository.folder.write("DROP TABLE c;", to: "m/000001_a.down.sql")
    #expect(try found() == ["m/000001_a.down.sql down-does-not-restore"])
    try repository.folder.write("DROP TABLE", to: "m/000001_a.down.sql")
    #expect(try found().first?.contains("syntax-error") == true)
    try repository.folder.write("DROP TABLE IF EXISTS a;", to: "m/000001_a.down.sql")
    #expect(try found() == ["m/000001_a.down.sql"])
    try repository.git("rm", "--quiet", "m/000002_b.down.sql")
    #expect(try found() == ["m/000001_a.down.sql", "m/000002_b.down.sql released-migration-edited"])
    try repository.git("rm", "--quiet", "--force", "m/000002_b.up.sql")
    #expect(try found() == ["m/000001_a.down.sql", "m/000002_b.up.sql released-migration-edited"])
  }

  @Test(
    "a variable names the branch that a change goes to",
    arguments: [
      (["GITHUB_BASE_REF": "release"], "release"), (["GITHUB_BASE_REF": ""], nil),
      (["GITHUB_REF": "refs/heads/gh-readonly-queue/release/1.2/pr-7-abc"], "release/1.2"),
      (["GITHUB_REF": "refs/heads/main"], nil), (["SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main"], "main"),
      (["CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_MERGE_REQUEST_DIFF_BASE_SHA": "abc"], "main"),
      (["CI_MERGE_REQUEST_DIFF_BASE_SHA": "abc"], "abc"), (["TRAVIS_BRANCH": "main"], nil),
      (["TRAVIS_BRANCH": "main", "TRAVIS_PULL_REQUEST": "false"], nil),
      (["TRAVIS_BRANCH": "main", "TRAVIS_PULL_REQUEST": "12"], "main"),
    ] as [([String: String], String?)]
  )
  func variables(_ environment: [String: String], _ branch: String?) {
    #expect(ContinuousIntegration(environment).target?.branch == branch)
  }

  @Test("in a clone of the merge request alone, the commit that the system names stands for the branch")
  func baseCommit() throws {
    let repository = try overtaken(["m/000006_b.up.sql": "SELECT 2;", "m/000006_b.down.sql": "SELECT 2;"])
    let base = try repository.ask("merge-base", "main", "feature")
    let system = ContinuousIntegration([
      "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "trunk", "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
    ])
    let loader = MigrationLoader(
      exclusions: Exclusions(workingFolder: FileSystem.workingFolder()),
      start: .changed,
      system: system
    )
    let history = try #require(try loader.load([.stored(repository.folder.raw("m"))]).first)
    #expect(history.migrations.filter(\.up.isReported).map(\.up.version) == ["000006"])
    #expect(throws: LoadingFailure.self) {
      try MigrationLoader(
        exclusions: Exclusions(workingFolder: FileSystem.workingFolder()),
        start: .changed,
        system: ContinuousIntegration(["GITHUB_BASE_REF": "--upload-pack=x"])
      ).load([.stored(repository.folder.raw("m"))])
    }
  }
}
