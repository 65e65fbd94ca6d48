import Foundation
import Testing

/// A project with a git repository of its own, on its branch `main`.
struct RepositoryFolder {
  let folder: ProjectFolder

  static let environment = [
    "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "Vera", "GIT_AUTHOR_EMAIL": "v@example.com",
    "GIT_COMMITTER_NAME": "Vera", "GIT_COMMITTER_EMAIL": "v@example.com",
    "GIT_AUTHOR_DATE": "2026-03-01T12:00:00Z", "GIT_COMMITTER_DATE": "2026-03-01T12:00:00Z",
  ]

  init(_ files: [String: String]) throws {
    folder = try ProjectFolder(files)
    try git("init", "--quiet", "--initial-branch=main")
    try commit()
  }

  func git(_ arguments: String...) throws {
    let git = try Command.run(
      URL(fileURLWithPath: "/usr/bin/env"),
      ["git"] + arguments,
      in: folder,
      input: "",
      environment: Self.environment
    )
    try #require(git.status == 0, "git \(arguments): \(git.errors)")
  }

  /// Commits all that there is; what a hook says does not count.
  func commit(_ files: [String: String] = [:]) throws {
    for (name, text) in files { try folder.write(text, to: name) }
    try git("add", "--all")
    try git("commit", "--quiet", "--no-verify", "--allow-empty", "--message=test")
  }

  func sqllint(_ arguments: String..., input: String = "", environment: [String: String] = [:]) throws -> Command {
    try Command.run(arguments, in: folder, input: input, environment: environment)
  }
}

private let released = [
  "db/migrations/000001_clips.up.sql": "CREATE TABLE clips (id bigint PRIMARY KEY, title text);\n",
  "db/migrations/000001_clips.down.sql": "DROP TABLE clips;\n",
  "db/migrations/000002_title.up.sql": "CREATE INDEX clips_title ON clips (title);\n",
  "db/migrations/000002_title.down.sql": "DROP INDEX clips_title;\n",
  "db/seeds/clips.sql": "INSERT INTO clips VALUES (1);\n",
]

private let drop = [
  "db/migrations/000003_drop.up.sql": "DROP TABLE clips;\n",
  "db/migrations/000003_drop.down.sql":
    "CREATE TABLE clips (id bigint PRIMARY KEY, title text);\nCREATE INDEX clips_title ON clips (title);\n",
]

@Suite("The gate")
struct GateTests {
  /// A branch that adds a migration of high risk.
  private func feature(_ configuration: String = "paths: [db/migrations]\n") throws -> RepositoryFolder {
    let repository = try RepositoryFolder(released.merging([".sqllint.yml": configuration]) { $1 })
    try repository.git("checkout", "--quiet", "-b", "feature")
    try repository.commit(drop)
    return repository
  }

  @Test("exits with 3 where only an approval is missing, until all have approved this text")
  func approvals() throws {
    let repository = try feature()
    let allow = "-- sqllint:allow table-dropped unused since release 41\n"
    try repository.commit(["db/migrations/000003_drop.up.sql": allow + "DROP TABLE clips;\n"])
    #expect(try repository.sqllint("--changed").status == 0)
    let missing = try repository.sqllint("--changed", "--approved-by", "-", input: "VP Engineering\n")
    #expect(missing.status == 3)
    #expect(missing.complaints == ["sqllint: 000003 is high: VP Engineering has approved, CTO is missing"])
    let digest = try repository.sqllint("approvals", "--changed", "--digest").output.trimmingCharacters(in: .newlines)
    try repository.folder.write("CTO \(digest)\nVP Engineering \(digest)\n", to: "approved.txt")
    #expect(try repository.sqllint("--changed", "--approved-by", "approved.txt").status == 0)
    // A later push voids it.
    let down = drop["db/migrations/000003_drop.down.sql", default: ""]
    try repository.commit(["db/migrations/000003_drop.down.sql": down + "SELECT 1;\n"])
    let voided = try repository.sqllint("--changed", "--approved-by", "approved.txt")
    #expect(voided.status == 3)
    #expect(voided.errors.contains("CTO approved another text"))
    #expect(try repository.sqllint("approvals", "--changed").output.contains("000003 is high (table-dropped"))
    #expect(try repository.sqllint("approvals", "--changed").output.contains("ask VP Engineering and CTO"))
  }

  @Test("exits with 1 where a finding fails the run, whoever approves, and with 0 where it is only to report")
  func findings() throws {
    let repository = try feature()
    try repository.folder.write("CTO\nVP Engineering\n", to: "approved.txt")
    #expect(try repository.sqllint("--changed", "--approved-by", "approved.txt").status == 1)
    #expect(try repository.sqllint("--changed", "--exit-zero", "--approved-by", "/dev/null").status == 2)
    #expect(try repository.sqllint("--changed", "--exit-zero").status == 0)
    #expect(try repository.sqllint("--changed", "--fail-on", "none").status == 0)
    #expect(try repository.sqllint("--changed", "--fail-on-risk", "critical").status == 0)
    let risky = try repository.sqllint("--changed", "--fail-on-risk", "high")
    #expect(risky.status == 1)
    #expect(risky.complaints == ["sqllint: 000003 is high, and --fail-on-risk is high"])
  }

  @Test("goes by the configuration of the base branch, and names what a change loosens")
  func baseConfiguration() throws {
    let repository = try feature("paths: [db/migrations]\napprovers: {CTO: '@carl'}\n")
    let own = "paths: [db/migrations]\nfail_on: none\nrules: {table-dropped: off}\napprovers: {CTO: ['@carl', '@me']}\n"
    try repository.commit([".sqllint.yml": own])
    let found = try repository.sqllint("--changed")
    #expect(found.status == 1)
    #expect(found.output.contains("[table-dropped]"))
    let keys =
      "fail_on (medium before, none now); rules.table-dropped (high before, off now); approvers.CTO (@me added)"
    #expect(found.output.contains("\(keys) [configuration-loosened]"))
    // What the user names is taken as it is.
    #expect(try repository.sqllint("--changed", "--config", ".sqllint.yml").status == 0)
    // What the branch tightened since is obeyed, and blames nobody.
    try repository.git("checkout", "--quiet", "main")
    try repository.commit([".sqllint.yml": "paths: [db/migrations]\nrules: {table-dropped: critical}\n"])
    try repository.git("checkout", "--quiet", "feature")
    try repository.git("checkout", "--quiet", "main~1", "--", ".sqllint.yml")
    let behind = try repository.sqllint("--changed").output
    #expect(behind.contains("critical: ") && !behind.contains("configuration-loosened"))
    // To delete the file does not help.
    try repository.git("rm", "--quiet", "--force", ".sqllint.yml")
    let deleted = try repository.sqllint("db/migrations", "--changed")
    #expect(deleted.status == 1 && deleted.output.contains("critical: "))
  }

  @Test("a change to the base branch's variable, and a shallow clone, are told what to do")
  func variables() throws {
    let repository = try feature()
    try repository.git("branch", "release", "main")
    let release = try repository.sqllint("--changed", environment: ["GITHUB_BASE_REF": "release"])
    #expect(release.status == 1)
    let unknown = try repository.sqllint("--changed", environment: ["GITHUB_BASE_REF": "r1", "GITHUB_ACTIONS": "true"])
    #expect(unknown.status == 2)
    #expect(
      unknown.errors.contains("GITHUB_BASE_REF names the branch r1, and the clone has no origin/r1; fetch it: `git")
    )
    let clone = try ProjectFolder()
    let git = try Command.run(
      URL(fileURLWithPath: "/usr/bin/env"),
      ["git", "clone", "--quiet", "--depth=1", "--branch=feature", "file://\(repository.folder.url.path)", "c"],
      in: clone,
      input: "",
      environment: RepositoryFolder.environment
    )
    try #require(git.status == 0)
    for (sign, advice) in [
      ("GITHUB_ACTIONS", "`with: {fetch-depth: 0}`"), ("GITLAB_CI", "`variables: {GIT_DEPTH: 0}`"),
      ("TF_BUILD", "`fetchDepth: 0`"), ("OTHER", "`git fetch --unshallow`"),
    ] {
      let shallow = try Command.run(
        ["c/db/migrations", "--changed"],
        in: clone,
        environment: [sign: "true", "GITHUB_BASE_REF": "main"]
      )
      #expect(shallow.status == 2 && shallow.errors.contains(advice), "\(shallow.errors)")
    }
  }

  @Test("a typed command that there is not is told the nearest one")
  func unknownCommand() throws {
    let command = try Command.run("chekc", in: ProjectFolder())
    #expect(command.status == 2 && command.errors.contains("if a command is meant: did you mean check?"))
  }
}

@Suite("Setting a project up")
struct AdoptionTests {
  @Test("init finds the folder and its runner, writes what is missing, and leaves the rest alone")
  func initialise() throws {
    let repository = try RepositoryFolder(released)
    let first = try repository.sqllint("init", "--hook", "--ci", "github")
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.contains("db/migrations: 2 migrations of golang-migrate"))
    let configuration = try repository.folder.read(".sqllint.yml")
    #expect(configuration.contains("paths:\n  - db/migrations\n"))
    #expect(configuration.contains("\nrunner: golang-migrate\n"))
    #expect(configuration.contains("\nstart_after: 000002\n"))
    #expect(
      try repository.folder.read(".github/workflows/sqllint.yml").contains(
        "      - uses: your-organisation/sqllint@main\n"
      )
    )
    #expect(
      first.output.contains("Put where your organisation keeps sqllint in the place of your-organisation/sqllint.")
    )
    let file = repository.folder.url.appending(path: ".git/hooks/pre-commit")
    #expect(FileManager.default.isExecutableFile(atPath: file.path))
    #expect(try repository.sqllint().status == 0)
    #expect(try repository.sqllint("baseline").output.contains("start_after: 000002 leaves the older migrations out"))
    try repository.folder.write("fail_on: low\n", to: ".sqllint.yml")
    let second = try repository.sqllint("init", "--hook", "--ci", "github")
    #expect(second.status == 0)
    #expect(second.output.split(separator: "\n").count { $0.contains("stays as it is") } == 3)
    #expect(try repository.folder.read(".sqllint.yml") == "fail_on: low\n")
  }

  @Test("the CI file names where sqllint is kept, and nothing that is no address")
  func origin() throws {
    let repository = try RepositoryFolder(released)
    #expect(try repository.sqllint("init", "--ci", "gitlab", "--from", "acme/tools/sqllint@v1.2").status == 0)
    let text = try repository.folder.read(".gitlab/sqllint.gitlab-ci.yml")
    #expect(text.contains("  - project: acme/tools/sqllint\n    ref: v1.2\n"))
    for address in ["sqllint", "a/b@", "@c", "a/b@c@d", "a/b\n- run: x", "a/b: c", "a/${{x}}", "-a/b"] {
      #expect(try repository.sqllint("init", "--ci", "github", "--from=\(address)").status == 2, "\(address)")
    }
    #expect(try repository.sqllint("init", "--from", "acme/sqllint").status == 2)
  }

  @Test("the hook stops a risky commit and lets a safe one pass, the first of a repository too")
  func hook() throws {
    let repository = try RepositoryFolder(released)
    try repository.folder.write("paths: [db/migrations]\n", to: ".sqllint.yml")
    #expect(try repository.sqllint("hook", "install").status == 0)
    func commit(_ files: [String: String]) throws -> Command {
      for (name, text) in files { try repository.folder.write(text, to: name) }
      let path = Command.executable.deletingLastPathComponent().path
      return try Command.run(
        URL(fileURLWithPath: "/bin/bash"),
        ["-c", "git add --all && git commit --quiet --message=test"],
        in: repository.folder,
        input: "",
        environment: RepositoryFolder.environment.merging(["PATH": "\(path):/usr/bin:/bin"]) { $1 }
      )
    }
    #expect(try commit(["README.md": "no SQL"]).status == 0)
    let risky = try commit(drop)
    #expect(risky.status == 1)
    #expect((risky.output + risky.errors).contains("high[table-dropped]"))
    let allow = "-- sqllint:allow table-dropped unused since release 41\n"
    #expect(try commit(["db/migrations/000003_drop.up.sql": allow + "DROP TABLE clips;\n"]).status == 0)
    // A migration that only this branch has may get another version, or be mended.
    try repository.git("checkout", "--quiet", "-b", "feature")
    #expect(
      try commit([
        "db/migrations/000004_tags.up.sql": "CREATE TABLE tags (id bigint PRIMARY KEY);\n",
        "db/migrations/000004_tags.down.sql": "DROP TABLE tags;\n",
      ]).status == 0
    )
    for direction in ["up", "down"] {
      try repository.git(
        "mv",
        "db/migrations/000004_tags.\(direction).sql",
        "db/migrations/000005_tags.\(direction).sql"
      )
    }
    let renamed = try commit([:])
    #expect(renamed.status == 0, "\(renamed.output)")
    // An edit of what is released is found.
    let edit = try commit(["db/migrations/000001_clips.up.sql": "CREATE TABLE clips (id int);\n"])
    #expect(edit.status == 1 && (edit.output + edit.errors).contains("released-migration-edited"))
  }

  @Test("the hook goes where core.hooksPath and Husky have it, and never over another one")
  func hookPlaces() throws {
    let repository = try RepositoryFolder(released)
    try repository.git("config", "core.hooksPath", ".husky/_")
    #expect(try repository.sqllint("hook", "install").output.contains("Wrote .husky/pre-commit"))
    try repository.git("config", "core.hooksPath", "tools/hooks")
    #expect(try repository.sqllint("hook").output.contains("Wrote tools/hooks/pre-commit"))
    #expect(try repository.sqllint("hook", "install").output.contains("runs sqllint already"))
    try repository.folder.write("#!/bin/sh\nmake lint\n", to: "tools/hooks/pre-commit")
    let present = try repository.sqllint("hook", "install")
    #expect(present.status == 2 && present.errors.contains("add this line to it: sqllint hook run"))
    try repository.folder.write(
      "# File generated by pre-commit: https://pre-commit.com\n",
      to: "tools/hooks/pre-commit"
    )
    #expect(try repository.sqllint("hook", "install").errors.contains(".pre-commit-config.yaml"))
    #expect(try Command.run("hook", "install", in: ProjectFolder()).status == 2)
  }

  @Test("a baseline makes an old project pass, and only what is new fails")
  func baseline() throws {
    let repository = try RepositoryFolder(
      released.merging([".sqllint.yml": "paths: [db/migrations]\ntimeouts: session\n"]) { $1 }
    )
    #expect(try repository.sqllint().status == 1)
    let made = try repository.sqllint("baseline")
    #expect(made.status == 0 && made.output.contains(".sqllint-baseline.json: 1 finding recorded"))
    #expect(try repository.sqllint().status == 0)
    #expect(try repository.sqllint("--format", "text").output.contains("no findings, 1 known from the baseline"))
    #expect(try repository.sqllint("baseline").status == 2)
    try repository.commit()
    try repository.folder.write("CREATE INDEX clips_id ON clips (id, title);\n", to: "db/migrations/000003_id.up.sql")
    try repository.folder.write("DROP INDEX clips_id;\n", to: "db/migrations/000003_id.down.sql")
    let new = try repository.sqllint()
    #expect(new.status == 1 && new.output.contains("000003_id.up.sql:1:1: ") && !new.output.contains("000002"))
    // A change cannot make its own findings known.
    try repository.git("rm", "--quiet", "--cached", ".sqllint-baseline.json")
    try FileManager.default.removeItem(at: repository.folder.url.appending(path: ".sqllint-baseline.json"))
    #expect(try repository.sqllint("baseline").status == 0)
    #expect(try repository.sqllint().status == 0)
    #expect(try repository.sqllint("--since", "git:HEAD").status == 1)
    try repository.folder.write("SELECT 1;\n", to: "db/migrations/000003_id.up.sql")
    #expect(try repository.sqllint().errors.contains("1 entry is obsolete"))
    #expect(try repository.sqllint("baseline", "--update").output.contains("1 entry removed, 1 left"))
    #expect(try repository.sqllint().errors.isEmpty)
  }

  @Test("with a baseline nobody has to decide about old migrations, and one new risk is one finding")
  func oldRepository() throws {
    let old = [
      "db/migrations/000003_owner.up.sql": "ALTER TABLE clips ADD COLUMN owner text NOT NULL DEFAULT 'nobody';\n",
      "db/migrations/000003_owner.down.sql": "ALTER TABLE clips DROP COLUMN owner;\n",
      "db/migrations/000004_tags.up.sql": "CREATE TABLE tags (id bigint PRIMARY KEY);\n",
      "db/migrations/000004_tags.down.sql": "DROP TABLE tags;\n",
      "db/migrations/000005_drop.up.sql": "-- sqllint:allow table-dropped unused since release 41\nDROP TABLE tags;\n",
      "db/migrations/000005_drop.down.sql": "CREATE TABLE tags (id bigint PRIMARY KEY);\n",
    ]
    let repository = try RepositoryFolder(
      released.merging(old) { $1 }.merging([".sqllint.yml": "paths: [db/migrations]\ntimeouts: session\n"]) { $1 }
    )
    let made = try repository.sqllint("baseline").output
    #expect(made.contains("1 finding recorded, and 2 statements that somebody would have to approve"), "\(made)")
    #expect(try repository.sqllint().output.isEmpty)
    #expect(try repository.sqllint("--approved-by", "-", input: "").status == 0)
    #expect(try repository.sqllint("approvals").output == "No approval is needed.\n")
    let down = """
      CREATE TABLE clips (id bigint PRIMARY KEY, title text, owner text NOT NULL DEFAULT 'nobody');
      CREATE INDEX clips_title ON clips (title);

      """
    try repository.folder.write("DROP TABLE clips;\n", to: "db/migrations/000006_clips.up.sql")
    try repository.folder.write(down, to: "db/migrations/000006_clips.down.sql")
    let found = try repository.sqllint().output.split(separator: "\n")
    #expect(found.count == 2, "\(found)")
    #expect(found.first?.hasSuffix("[table-dropped]") == true && found.last?.hasSuffix("[approval]") == true)
    // What is added to an old file is new.
    try repository.folder.write(
      old["db/migrations/000003_owner.up.sql", default: ""]
        + "ALTER TABLE clips ADD COLUMN n int NOT NULL DEFAULT 0;\n",
      to: "db/migrations/000003_owner.up.sql"
    )
    #expect(try repository.sqllint().output.contains("000003_owner.up.sql:1:1: medium: to be approved by"))
  }

  @Test("suppressions are listed with their reasons, authors and age")
  func suppressions() throws {
    let allow = "-- sqllint:allow index-built-without-concurrently: forty rows until 2026-02-01\n"
    let repository = try RepositoryFolder(
      released.merging(["db/migrations/000002_title.up.sql": allow + "CREATE INDEX ON clips (title);\n"]) { $1 }
    )
    try repository.folder.write(
      "-- sqllint:allow-file table-dropped gone\nDROP TABLE clips;",
      to: "db/migrations/000003_x.up.sql"
    )
    // 2026-03-11
    let environment = ["SOURCE_DATE_EPOCH": "1773187200"]
    let listed = try repository.sqllint("suppressions", "db/migrations", environment: environment)
    #expect(
      listed.output == """
        db/migrations/000002_title.up.sql:1: index-built-without-concurrently: forty rows (expired 2026-02-01, Vera, \
        2026-03-01, 10 days ago)
        db/migrations/000003_x.up.sql:1: table-dropped (file): gone (not committed)
        2 suppressions, 1 expired.

        """
    )
    try repository.folder.write("paths: [db/migrations]\nstart_after: 000002\n", to: ".sqllint.yml")
    #expect(try repository.sqllint("suppressions", environment: environment).output == listed.output)
    try FileManager.default.removeItem(at: repository.folder.url.appending(path: ".sqllint.yml"))
    let json = try repository.sqllint("suppressions", "db/migrations", "--format", "json", environment: environment)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect((object["suppressions"] as? [[String: Any]])?.first?["age_in_days"] as? Int == 10)
    let found = try repository.sqllint("db/migrations", environment: environment).output
    #expect(found.contains("[suppression-expired]") && found.contains("[index-built-without-concurrently]"))
  }
}
