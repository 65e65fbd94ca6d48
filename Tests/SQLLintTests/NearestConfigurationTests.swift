import Configuration
import Foundation
import Testing

/// Two services with a configuration each, in one repository.
private let services = [
  ".sqllint.yml": "fail_on: high\napprovals: {medium: Root Team}\n",
  ".git/HEAD": "ref: refs/heads/main\n",
  "a/migrations/000001_t.up.sql": "CREATE TABLE t (id bigint PRIMARY KEY, n int);\n",
  "a/migrations/000002_i.up.sql": "CREATE INDEX i ON t (n);\n",
  "b/.sqllint.yml": "extends: ../.sqllint.yml\nfail_on: medium\napprovals: {medium: Team B}\nexclude: [seeds]\n",
  "b/migrations/000001_t.up.sql": "CREATE TABLE t (id bigint PRIMARY KEY, n int);\n",
  "b/migrations/000002_i.up.sql": "CREATE INDEX i ON t (n);\n",
  "b/seeds/s.sql": "DROP TABLE t;\n",
]

@Suite("The nearest configuration")
struct NearestConfigurationTests {
  @Test("judges each folder, whether it is given or lies below one that is")
  func folders() throws {
    let folder = try ProjectFolder(services)
    #expect(try Command.run("a", in: folder).status == 0)
    #expect(try Command.run("b", in: folder).status == 1)
    for paths in [["."], ["a", "b"], ["b", "a"], ["a/migrations/000002_i.up.sql", "b/migrations/000002_i.up.sql"]] {
      let command = try Command.run(paths, in: folder)
      #expect(command.status == 1, "\(paths)")
      #expect(command.output.contains("a/migrations/000002_i.up.sql:1:1: medium: to be approved by Root Team"))
      #expect(command.output.contains("b/migrations/000002_i.up.sql:1:1: medium: to be approved by Team B"))
      #expect(!command.output.contains("seeds"))
    }
    let approvals = try Command.run("approvals", ".", in: folder).output
    #expect(approvals.contains("ask Root Team\n") && approvals.contains("ask Team B\n"))
    // What the user names is the only one.
    #expect(try !Command.run(".", "--config", ".sqllint.yml", in: folder).output.contains("Team B"))
    let said = try Command.run(".", "--verbose", in: folder).errors
    #expect(said.contains("reads .sqllint.yml\n") && said.contains("reads b/.sqllint.yml, .sqllint.yml\n"))
  }

  @Test("is the root's where the folders that it names have none")
  func paths() throws {
    var files = services
    files[".sqllint.yml"] = "paths: [a, b]\nfail_on: high\n"
    files["b/.sqllint.yml"] = "extends: ../.sqllint.yml\nexclude: [seeds]\nfail_on: medium\n"
    let folder = try ProjectFolder(files)
    let command = try Command.run(in: folder)
    #expect(command.status == 1, "\(command.errors)")
    #expect(command.output.contains("a/migrations/000002") && command.output.contains("b/migrations/000002"))
    #expect(command.output.components(separatedBy: "000002_i.up.sql:1:1: medium: building").count == 3)
  }

  @Test("takes for migrations only what include has, and exclude leaves")
  func include() throws {
    let folder = try ProjectFolder([
      ".sqllint.yml": "paths: [db]\ninclude: ['**/migrations/**']\nexclude: ['*_test.sql']\n",
      "db/migrations/000001_t.up.sql": "CREATE TABLE t (id bigint PRIMARY KEY);\n",
      "db/migrations/x_test.sql": "DROP TABLE a;\n", "db/queries/q.sql": "DROP TABLE b;\n",
      "db/seeds/s.sql": "DROP TABLE c;\n",
    ])
    let command = try Command.run(in: folder)
    #expect(command.status == 0, "\(command.output)")
    #expect(try Command.run("db", "--format", "json", in: folder).output.contains("\"migrations\" : 1"))
    #expect(try Command.run("db/seeds/s.sql", in: folder).status == 0)
    try folder.write("", to: "other.yml")
    #expect(try Command.run("db", "--config", "other.yml", in: folder).status == 1)
  }

  @Test("may say something else for some migrations")
  func overrides() throws {
    let folder = try ProjectFolder([
      ".sqllint.yml": """
      paths: [db]
      overrides:
        - paths: "**/000002_*"
          rules: {table-dropped: low}
          approvals: {high: Archive Team}
        - paths: [db/000003_x.up.sql]
          fail_on: none
          target_version: 12
      """,
      "db/000001_t.up.sql": "CREATE TABLE t (id bigint PRIMARY KEY);\nCREATE TABLE u (id bigint PRIMARY KEY);\n",
      "db/000002_d.up.sql": "DROP TABLE t;\n", "db/000003_x.up.sql": "DROP TABLE u;\n",
      "db/000004_y.up.sql": "DROP TABLE v;\n",
    ])
    let own = try Command.run("config", "db/000002_d.up.sql", in: folder).output
    #expect(own.contains(/\n  table-dropped: low +# \.sqllint\.yml:4\n/), "\(own)")
    #expect(try !Command.run("config", "db/000004_y.up.sql", in: folder).output.contains("table-dropped: low  "))
    let json = try Command.run("--format", "json", in: folder).output
    #expect(json.contains("\"approval\" : \"Archive Team\""))
    let command = try Command.run("--format", "github", in: folder)
    #expect(command.status == 1)
    #expect(!command.output.contains("error file=db/000002") && !command.output.contains("error file=db/000003"))
    #expect(command.output.contains("error file=db/000004"))
    try FileManager.default.removeItem(at: folder.url.appending(path: "db/000004_y.up.sql"))
    #expect(try Command.run(in: folder).status == 0)
  }
}

@Suite("Options that are repeated")
struct RepeatedOptionTests {
  @Test("add up")
  func sum() throws {
    let folder = try ProjectFolder([
      "m/000001_t.up.sql": "CREATE TABLE t (id bigint PRIMARY KEY, n int, o int);\n",
      "m/000002_d.up.sql": "ALTER TABLE t DROP COLUMN n;\nCREATE INDEX i ON t (o);\nDROP TABLE t;\n",
      "m/a.sql": "SELECT 1;\n", "vera.txt": "VP Engineering\n", "carl.txt": "CTO\n",
    ])
    let rules = ["--rules", "column-dropped", "--rules", "table-dropped,index-built-without-concurrently"]
    let all = try Command.run(["m"] + rules, in: folder).output
    for rule in ["column-dropped", "table-dropped", "index-built-without-concurrently"] {
      #expect(all.contains("[\(rule)]"))
    }
    let some = try Command.run(
      ["m"] + rules + ["--exclude-rules", "column-dropped", "--exclude-rules", "table-dropped"],
      in: folder
    )
    #expect(!some.output.contains("-dropped]") && some.output.contains("[index-built-without-concurrently]"))
    #expect(try Command.run("m", "--exclude", "000001*", "--exclude", "000002*", in: folder).status == 0)
    let approved = ["m", "--fail-on", "none", "--approved-by", "vera.txt"]
    #expect(try Command.run(approved, in: folder).status == 3)
    #expect(try Command.run(approved + ["--approved-by", "carl.txt"], in: folder).status == 0)
  }
}

@Suite("A configuration that a change loosens")
struct LoosenedConfigurationTests {
  private static let base = [
    ".sqllint.yml": "extends: [strict, ./base.yml]\npaths: [db]\n", "base.yml": "fail_on: medium\n",
    "db/000001_t.up.sql": "CREATE TABLE t (id bigint PRIMARY KEY);\n", "db/000001_t.down.sql": "DROP TABLE t;\n",
  ]
  private static let drop = [
    "db/000002_d.up.sql": "DROP TABLE t;\n", "db/000002_d.down.sql": "CREATE TABLE t (id bigint PRIMARY KEY);\n",
  ]

  @Test(
    "is named by its keys, and the migration is judged all the same",
    arguments: [
      (".sqllint.yml", "extends: [strict, ./base.yml]\npaths: [db]\nexclude: ['000002*']\n", "exclude (000002* added)"),
      (
        ".sqllint.yml", "extends: [strict, ./base.yml]\npaths: [db]\ninclude: ['000001*']\n",
        "include (000001* now, all files before)"
      ),
      (
        ".sqllint.yml", "extends: [quiet, ./base.yml]\npaths: [db]\n",
        "extends (strict, ./base.yml before, quiet, ./base.yml now); rules."
      ),
      ("base.yml", "fail_on: none\n", "fail_on (medium before, none now)"),
      (
        ".sqllint.yml",
        "extends: [strict, ./base.yml]\npaths: [db]\noverrides: [{paths: db/**, rules: {table-dropped: off}, fail_on: none}]\n",
        "overrides of db/**: fail_on (medium before, none now); overrides of db/**: rules.table-dropped (high before, off now)"
      ),
      (
        "db/.sqllint.yml",
        "fail_on: none\n",
        "extends (strict, ./base.yml before, default now); fail_on (medium before, none now); rules."
      ),
    ]
  )
  func keys(_ file: String, _ text: String, _ keys: String) throws {
    let repository = try RepositoryFolder(Self.base)
    try repository.git("checkout", "--quiet", "-b", "feature")
    try repository.commit(Self.drop.merging([file: text]) { $1 })
    let command = try repository.sqllint("--changed")
    #expect(command.status == 1, "\(command.errors)")
    #expect(command.output.contains("is not followed in this: \(keys)"), "\(command.output)")
    #expect(command.output.contains("db/000002_d.up.sql:1:1: high") && command.output.contains("[table-dropped]"))
  }

  @Test("is followed where a hook asks for the work tree's own, each for its folder")
  func own() throws {
    let repository = try RepositoryFolder(Self.base)
    try repository.folder.write("fail_on: none\n", to: "db/.sqllint.yml")
    for (name, text) in Self.drop { try repository.folder.write(text, to: name) }
    #expect(try repository.sqllint("--since", "git:HEAD").status == 1)
    let own = try repository.sqllint("--since", "git:HEAD", "--own-configuration")
    #expect(own.status == 0 && own.output.contains("[table-dropped]"), "\(own.errors)")
    let hook = try repository.sqllint("hook", "run")
    #expect(hook.status == 0 && hook.output.contains("[table-dropped]"), "\(hook.errors)")
  }

  @Test("is not one that adds an override which asks for more")
  func stricter() throws {
    let repository = try RepositoryFolder(Self.base)
    try repository.git("checkout", "--quiet", "-b", "feature")
    let more = "overrides: [{paths: db/**, fail_on: low, rules: {table-dropped: critical}}]\n"
    try repository.commit(
      Self.drop.merging([".sqllint.yml": "extends: [strict, ./base.yml]\npaths: [db]\n" + more]) { $1 }
    )
    let command = try repository.sqllint("--changed")
    #expect(!command.output.contains("configuration-loosened"), "\(command.output)")
  }
}
