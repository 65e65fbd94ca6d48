import Foundation
import Linting
import Rules
import Testing

@testable import Migrations

@Suite(
  "What the branch does not have is new",
  .enabled(if: TestRepository.isGitThere, TestRepository.absence)
)
struct BaselineTests {
  private static let released = [
    "m/000001_a.up.sql": "CREATE TABLE a (id int);", "m/000001_a.down.sql": "DROP TABLE a;",
    "m/000002_b.up.sql": "CREATE TABLE b (id int);", "m/000002_b.down.sql": "DROP TABLE b;",
  ]
  private static let added = [
    "m/000003_c.up.sql": "CREATE TABLE c (id int); CREATE INDEX ON a (id);", "m/000003_c.down.sql": "DROP TABLE c;",
    "m/000004_d.up.sql": "CREATE INDEX ON c (id);", "m/000004_d.down.sql": "SELECT 1;",
  ]

  /// A repository with a branch of `main`.
  private func branched() throws -> TestRepository {
    let repository = try TestRepository(Self.released)
    try repository.git("checkout", "--quiet", "-b", "feature")
    return repository
  }

  @Test("committed or not, and is judged as one deployment", arguments: [false, true])
  func new(isCommitted: Bool) throws {
    let repository = try branched()
    for (name, text) in Self.added { try repository.folder.write(text, to: name) }
    if isCommitted { try repository.commit([:]) }
    for start in [Start.changed, .git("main"), .git("HEAD~\(isCommitted ? 1 : 0)")] {
      // The second builds an index on what the first made, which nobody uses yet.
      #expect(
        try repository.findings(start) == [
          "m/000003_c.up.sql index-built-without-concurrently", "m/000004_d.up.sql",
        ]
      )
    }
    #expect(try repository.findings(.changed, of: "m/000004_d.up.sql") == ["m/000004_d.up.sql"])
  }

  @Test("and where nothing is, nothing is reported")
  func nothing() throws {
    let history = try branched().history(.changed)
    #expect(history.migrations.isEmpty && history.misnamed.isEmpty)
  }

  @Test("a released migration that was edited or deleted is reported, and no rule judges it")
  func edited() throws {
    let repository = try branched()
    try repository.folder.write("CREATE TABLE b (id int, note text);", to: "m/000002_b.up.sql")
    try repository.git("rm", "--quiet", "m/000001_a.up.sql", "m/000001_a.down.sql")
    for (name, text) in Self.added { try repository.folder.write(text, to: name) }
    // What was deleted still made its table, on which the index is built.
    #expect(
      try repository.findings(.changed) == [
        "m/000001_a.up.sql released-migration-edited", "m/000002_b.up.sql released-migration-edited",
        "m/000003_c.up.sql index-built-without-concurrently", "m/000004_d.up.sql",
      ]
    )
  }

  @Test("comments and layout are not an edit, where the runner keeps no checksum")
  func comments() throws {
    let repository = try branched()
    try repository.folder.write("-- why\nCREATE TABLE b (id\n  int);", to: "m/000002_b.up.sql")
    #expect(try repository.findings(.changed) == [])
    try repository.folder.write("-- why\nCREATE TABLE b (id bigint);", to: "m/000002_b.up.sql")
    #expect(try repository.findings(.changed) == ["m/000002_b.up.sql released-migration-edited"])
    try repository.folder.write(
      "-- sqllint:allow-file released-migration-edited it ran nowhere yet\nCREATE TABLE b (id bigint);",
      to: "m/000002_b.up.sql"
    )
    let report = Linter(rules: AllRules.all, policy: Policy())
      .lint([try repository.history(.changed)], toolVersion: "", grammarVersion: "")
    #expect(report.migrations.flatMap(\.findings).map(\.isSuppressed) == [true])
  }

  @Test("a file under another name is the same migration to a runner that knows its version")
  func renamed() throws {
    let repository = try branched()
    try repository.git("mv", "m/000002_b.up.sql", "m/000002_better.up.sql")
    try repository.git("mv", "m/000002_b.down.sql", "m/000002_better.down.sql")
    #expect(try repository.findings(.changed) == [])
    try repository.folder.write("CREATE TABLE b (id bigint);", to: "m/000002_better.up.sql")
    #expect(try repository.findings(.changed) == ["m/000002_better.up.sql released-migration-edited"])
  }

  @Test("a down migration is found under another name than its up migration's, and missed where it is gone")
  func renamedDown() throws {
    let repository = try branched()
    func findings() throws -> [String] {
      let report = Linter(rules: AllRules.all, policy: Policy())
        .lint([try repository.history(.changed)], toolVersion: "", grammarVersion: "")
      return report.migrations.flatMap { migration in
        migration.findings.map { "\(repository.folder.relative(migration.migration.path)) \($0.rule)" }
      }
    }
    try repository.git("mv", "m/000002_b.down.sql", "m/000002_better.down.sql")
    #expect(try findings() == [])
    try repository.git("mv", "m/000002_better.down.sql", "m/000002_b.down.sql")
    try repository.git("mv", "m/000002_b.up.sql", "m/000002_better.up.sql")
    #expect(try findings() == [])
    try repository.git("rm", "--quiet", "m/000002_b.down.sql")
    #expect(try findings() == ["m/000002_b.down.sql released-migration-edited"])
  }

  @Test("what others released since is part of the history, and a version before it is out of order")
  func outOfOrder() throws {
    let repository = try branched()
    try repository.commit(["m/000003_c.up.sql": "CREATE INDEX ON e (id);", "m/000003_c.down.sql": "SELECT 1;"])
    try repository.git("checkout", "--quiet", "main")
    try repository.commit(["m/000005_e.up.sql": "CREATE TABLE e (id int);", "m/000005_e.down.sql": "SELECT 1;"])
    try repository.git("checkout", "--quiet", "feature")
    #expect(
      try repository.findings(.git("main")) == [
        "m/000003_c.up.sql index-built-without-concurrently relation-not-in-history version-out-of-order"
      ]
    )
    try repository.git("mv", "m/000003_c.up.sql", "m/000006_c.up.sql")
    try repository.git("mv", "m/000003_c.down.sql", "m/000006_c.down.sql")
    // 000005 is known from the branch, so that 000004 is all that is missing before it.
    #expect(
      try repository.findings(.git("main"), rules: "version-out-of-order", "version-gap") == ["m/000006_c.up.sql"]
    )
  }

  @Test("sections of a file are told apart")
  func sections() throws {
    let changelog = """
      --liquibase formatted sql
      --changeset a:1
      CREATE TABLE a (id int);
      --changeset a:2
      CREATE TABLE b (id int);

      """
    let repository = try TestRepository(["m/1.sql": changelog])
    try repository.folder.write(changelog + "--changeset a:3\nDROP TABLE a;\n", to: "m/1.sql")
    #expect(try repository.history(.git("HEAD")).migrations.filter(\.up.isReported).map(\.up.version) == ["a:3"])
    try repository.folder.write(changelog.replacing("TABLE b (id int)", with: "TABLE b (id bigint)"), to: "m/1.sql")
    let edited = try repository.history(.git("HEAD")).migrations.map(\.up).filter(\.isReported)
    #expect(edited.map(\.version) == ["a:2"])
    #expect(edited.map(\.status) == [.edited(branch: "HEAD")])
    try repository.folder.write(
      changelog.replacing("--changeset a:2\nCREATE TABLE b (id int);\n", with: ""),
      to: "m/1.sql"
    )
    let deleted = try repository.history(.git("HEAD")).migrations.map(\.up).filter(\.isReported)
    #expect(deleted.map(\.version) == ["a:2"])
    #expect(deleted.map(\.status) == [.deleted(branch: "HEAD")])
  }

  @Test("folders that are a migration each are looked for on the branch too")
  func folders() throws {
    let repository = try TestRepository([
      "m/2024-01-01-000000_a/up.sql": "CREATE TABLE a (id int);",
      "m/2024-01-01-000000_a/down.sql": "DROP TABLE a;",
      "m/2024-01-02-000000_b/up.sql": "CREATE TABLE b (id int);",
      "m/2024-01-02-000000_b/down.sql": "DROP TABLE b;",
    ])
    try repository.git("rm", "-r", "--quiet", "m/2024-01-02-000000_b")
    try repository.folder.write("CREATE TABLE c (id int);", to: "m/2024-01-03-000000_c/up.sql")
    #expect(
      try repository.findings(.git("HEAD"), rules: "released-migration-edited") == [
        "m/2024-01-02-000000_b/up.sql released-migration-edited", "m/2024-01-03-000000_c/up.sql",
      ]
    )
  }

  @Test("nothing new in folders below is not an error")
  func nothingBelow() throws {
    let repository = try TestRepository([
      "m/2024-01-01-000000_a/up.sql": "SELECT 1;", "m/2024-01-01-000000_a/down.sql": "SELECT 1;",
      "n/deep/1_a.up.sql": "SELECT 1;",
    ])
    for path in ["m", "n", ""] { #expect(try repository.findings(.changed, of: path) == []) }
  }

  @Test(
    "what runs again when it changes may change",
    arguments: [
      ("R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT 1 AS a;", "CREATE OR REPLACE VIEW v AS SELECT 2 AS a;"),
      (
        "1.sql", "--liquibase formatted sql\n--changeset a:1 runOnChange:true\nSELECT 1;",
        "--liquibase formatted sql\n--changeset a:1 runOnChange:true\nSELECT 2;"
      ),
    ]
  )
  func repeatable(name: String, before: String, after: String) throws {
    let other = name.hasPrefix("R") ? "m/V1__a.sql" : "m/0.sql"
    let repository = try TestRepository([
      "m/\(name)": before, other: before.replacing("a:1 runOnChange:true", with: "a:0"),
    ])
    try repository.folder.write(after, to: "m/\(name)")
    #expect(try repository.findings(.changed) == ["m/\(name)"])
    try repository.git("rm", "--quiet", "--force", "m/\(name)")
    #expect(try repository.findings(.changed) == [])
  }

  @Test("a change that sqitch reworks is new, and its old text is released")
  func reworked() throws {
    let plan = "%project=p\n\na 2024-01-01T00:00:00Z n <n@e>\n@v1 2024-01-01T00:00:00Z n <n@e>\n"
    let repository = try TestRepository([
      "m/sqitch.plan": plan, "m/deploy/a.sql": "SELECT 1;", "m/revert/a.sql": "CREATE TABLE a ();",
    ])
    try repository.folder.write(plan + "a [a@v1] 2024-01-02T00:00:00Z n <n@e>\n", to: "m/sqitch.plan")
    try repository.folder.write("SELECT 1;", to: "m/deploy/a@v1.sql")
    try repository.folder.write("CREATE TABLE a ();", to: "m/revert/a@v1.sql")
    try repository.folder.write("DROP TABLE a;", to: "m/deploy/a.sql")
    #expect(try repository.findings(.changed) == ["m/deploy/a.sql table-dropped"])
  }

  @Test("a version that is released is taken, wherever the new file stands")
  func taken() throws {
    let repository = try TestRepository(["m/1_a.up.sql": "SELECT 1;", "m/2_z.up.sql": "SELECT 1;"])
    try repository.folder.write("SELECT 2;", to: "m/2_b.up.sql")
    #expect(try repository.findings(.changed) == ["m/2_b.up.sql version-duplicated"])
    #expect(try repository.findings(.changed, of: "m/2_b.up.sql") == ["m/2_b.up.sql version-duplicated"])
  }

  @Test(
    "an edit is one that changes what is run",
    arguments: [
      ("UPDATE a SET b = 'a b' WHERE c;", "UPDATE a SET b = 'ab' WHERE c;", true),
      ("-- drop it\nSELECT 1;", "-- drop it SELECT 1;", true), ("SELECT  1;", "SELECT\r\n1;", false),
    ]
  )
  func edits(before: String, after: String, isEdit: Bool) throws {
    let repository = try TestRepository(["m/1_a.up.sql": before])
    try repository.folder.write(after, to: "m/1_a.up.sql")
    let rules = ["released-migration-edited"]
    #expect(try repository.findings(.changed, rules: rules[0]) == (isEdit ? ["m/1_a.up.sql \(rules[0])"] : []))
  }

  @Test("a text that git no longer has is said to be missing, and is not taken for the same", arguments: [false, true])
  func lostText(isDeleted: Bool) throws {
    let repository = try TestRepository(["m/1_a.up.sql": "SELECT 1;", "m/2_b.up.sql": "SELECT 2;"])
    let blob = try repository.ask("rev-parse", "HEAD:m/2_b.up.sql")
    try repository.folder.write("SELECT 3;", to: "m/2_b.up.sql")
    if isDeleted { try FileManager.default.removeItem(atPath: repository.folder.path + "/m/2_b.up.sql") }
    let object = "\(repository.folder.path)/.git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))"
    try FileManager.default.removeItem(atPath: object)
    #expect(try repository.findings(.git("HEAD"), rules: "file-unreadable") == ["m/2_b.up.sql file-unreadable"])
  }

  @Test(
    "a text that git stores otherwise than it writes it is the same",
    .timeLimit(.minutes(30)),
    arguments: ["text eol=crlf", "text working-tree-encoding=UTF-16"]
  )
  func conversions(attribute: String) throws {
    // As many that a warning of git on each would fill a pipe.
    let name = "a_name_that_is_long_enough_for_what_git_says_of_it"
    let files = (1...600).map { ("m/\($0)_\(name).up.sql", "SELECT \($0);\nSELECT 2;\n") }
    let repository = try TestRepository(Dictionary(uniqueKeysWithValues: files))
    // The files as they are now are not of that encoding: git must not look at them again.
    try repository.folder.write("*.sql \(attribute)\n", to: ".gitattributes")
    try repository.git("add", ".gitattributes")
    try repository.git("commit", "--quiet", "--message=attributes")
    try repository.git("rm", "--quiet", "-r", "--cached", "m")
    try repository.git("checkout", "--quiet", "--force", "HEAD", "--", "m")
    let first = try #require(files.first)
    #expect(try FileSystem.read(repository.folder.raw(first.0)) != Array(first.1.utf8))
    #expect(try repository.findings(.changed) == [])
    try repository.folder.write("SELECT 3;\r\n", to: first.0)
    #expect(try repository.findings(.changed, rules: "released-migration-edited").count == 1)
  }

  @Test("a link is the same while it leads to the same place, and so is a file of its text")
  func links() throws {
    let repository = try TestRepository(["m/1_a.up.sql": "SELECT 1;", "shared/b.sql": "SELECT 2;"])
    try repository.folder.link("m/2_b.up.sql", to: "../shared/b.sql")
    try repository.commit([:])
    #expect(try repository.findings(.changed) == [])
    try FileManager.default.removeItem(atPath: repository.folder.path + "/m/2_b.up.sql")
    try repository.folder.link("m/2_b.up.sql", to: "1_a.up.sql")
    #expect(try repository.findings(.changed, rules: "released-migration-edited").count == 1)
  }

  @Test("a file before the version is nothing to report, and text without a place is reported")
  func beforeVersion() throws {
    let folder = try TemporaryFolder(files: ["1_a.up.sql", "2_b.up.sql", "3_c.up.sql"])
    let loader = MigrationLoader(
      exclusions: Exclusions(workingFolder: FileSystem.workingFolder()),
      start: .version("2")
    )
    #expect(try !loader.load([.stored(folder.raw("1_a.up.sql"))]).flatMap(\.migrations).contains { $0.up.isReported })
    let text = try loader.load([.text(Array("SELECT 1;".utf8), path: RawPath("<stdin>"))])
    #expect(text.flatMap(\.migrations).map(\.up.isReported) == [true])
  }

  @Test("text on standard input stands for its file")
  func standardInput() throws {
    let repository = try branched()
    let exclusions = Exclusions(workingFolder: FileSystem.workingFolder())
    let loader = MigrationLoader(exclusions: exclusions, start: .git("main"))
    let path = repository.folder.raw("m/000002_b.up.sql")
    let same = try loader.load([.text(Array("CREATE TABLE b (id int);".utf8), path: path)])
    #expect(same.flatMap(\.migrations).filter(\.up.isReported).isEmpty)
    let other = try loader.load([.text(Array("CREATE TABLE b (id text);".utf8), path: path)])
    #expect(other.flatMap(\.migrations).filter(\.up.isReported).map(\.up.status) == [.edited(branch: "main")])
  }

  @Test("what git cannot tell is an error that says what to do")
  func failures() throws {
    func complaint(_ start: Start, in folder: TemporaryFolder, of path: String = "m") -> String {
      let exclusions = Exclusions(workingFolder: FileSystem.workingFolder())
      do throws(LoadingFailure) {
        _ = try MigrationLoader(exclusions: exclusions, start: start).load([.stored(folder.raw(path))])
        return ""
      } catch {
        return error.problems.map(\.description).joined(separator: "\n")
      }
    }
    let repository = try branched()
    #expect(complaint(.git("nothing"), in: repository.folder).contains("there is no commit nothing; give a branch"))
    #expect(complaint(.git("--output=x"), in: repository.folder).contains("there is no commit --output=x"))
    #expect(!FileManager.default.fileExists(atPath: repository.folder.path + "/m/x"))
    try repository.git("checkout", "--quiet", "--orphan", "apart")
    try repository.commit(["README.md": "another beginning"])
    #expect(complaint(.git("main"), in: repository.folder).contains("no commit in common"))
    try repository.git("branch", "--quiet", "-D", "main", "feature")
    #expect(complaint(.changed, in: repository.folder).contains("no branch main or master"))
    let shallow = try TemporaryFolder()
    try repository.git("clone", "--quiet", "--depth=1", "file://\(repository.folder.path)", shallow.path + "/clone")
    #expect(complaint(.git("v1"), in: shallow, of: "clone/m").contains("the clone is shallow"))
    let outside = try TemporaryFolder(files: ["m/1_a.up.sql"])
    #expect(complaint(.changed, in: outside).contains("not a git repository"))
  }
}
