import Testing

/// Two migrations: one that nobody minds, one that takes a table away.
let project = [
  "migrations/000001_clips.up.sql": "CREATE TABLE clips (id bigint PRIMARY KEY, title varchar(50));\n",
  "migrations/000001_clips.down.sql": "DROP TABLE clips;\n",
  "migrations/000002_drop.up.sql": "DROP TABLE clips;\n",
]

@Suite("Usage of the command")
struct UsageTests {
  @Test(
    "a mistake exits with 2 and says what to do, and nothing is printed",
    arguments: [
      ([], "no path is given: give the folder"),
      (["migrations", "--format", "xml"], "  - markdown"),
      (["migrations", "--fail-on", "severe"], "one of 'low', 'medium', 'high', 'critical' or 'none'"),
      (["migrations", "--color", "blue"], "one of 'auto', 'always' or 'never'"),
      (["migrations", "--runner", "rake"], "golang-migrate"),
      (
        ["migrations", "--target-version", "11"], "--target-version is 11: give a major version of PostgreSQL, 12 to 18"
      ),
      (["migrations", "--target-version", "new"], "The value 'new' is invalid for '--target-version <version>'"),
      (["migrations", "--frmat", "json"], "Unknown option '--frmat'. Did you mean '--format'?"),
      (["migrations", "--rules", "table-droped"], "--rules: unknown rule 'table-droped': did you mean table-dropped?"),
      (["migrations", "--exclude-rules", "zzz"], "--exclude-rules: unknown rule 'zzz': `sqllint rules` lists"),
      (["migrations", "--output", ""], "--output is empty: give a file"),
      (["migrations", "--stdin-filename", "x.sql"], "--stdin-filename names what - reads: give - as the path"),
      (["-", "migrations"], "- reads standard input, and must be the only path"),
      (["migration"], "migration: there is no such file or folder; give the folder that holds the migrations"),
      (["empty"], "empty: no file in it, or in a folder below, ends in .sql; give the folder"),
      (["migrations", "--config", "none.yml"], "none.yml: the file does not exist"),
      (["migrations", "--config", "migrations"], "migrations: it is a folder, not a file"),
      (["migrations", "--output", "no/such/r.json"], "cannot write no/such/r.json: No such file or directory"),
      (["migrations", "--output", "r.out"], "--output r.out: the ending tells no format; end the name in .html"),
      (["migrations", "--output", "r.json=gitlob"], "--output r.json=gitlob: the ending tells no format"),
      (
        ["migrations", "--output", "r.xml"],
        "--output r.xml: XML may be junit or checkstyle; say which, as in r.xml=junit"
      ),
      (["migrations", "--output", "r.json", "--output", "r.json=gitlab"], "--output names r.json twice"),
      (["migrations", "--statistics", "--format", "json"], "--statistics prints text"),
    ]
  )
  func mistakes(_ arguments: [String], _ message: String) throws {
    let folder = try ProjectFolder(project.merging(["empty/README.md": ""]) { $1 })
    let command = try Command.run(arguments, in: folder)
    #expect(command.status == 2)
    #expect(command.output.isEmpty)
    #expect(command.errors.hasPrefix("sqllint: "))
    #expect(command.errors.contains(message), "\(command.errors)")
  }

  @Test("several mistakes are reported at once")
  func severalMistakes() throws {
    let command = try Command.run("a", "b", in: ProjectFolder())
    #expect(
      command.complaints == [
        "sqllint: a: there is no such file or folder; give the folder that holds the migrations",
        "sqllint: b: there is no such file or folder; give the folder that holds the migrations",
      ]
    )
  }

  @Test("names in messages cannot steer the terminal")
  func hostileNames() throws {
    let command = try Command.run("\u{1B}[31mred", in: ProjectFolder())
    #expect(command.errors.hasPrefix("sqllint: \\u{1b}[31mred: there is no such file"))
  }

  @Test("the version names the grammar")
  func version() throws {
    let command = try Command.run("--version", in: ProjectFolder())
    #expect(command.status == 0)
    #expect(
      command.output.wholeMatch(of: /sqllint \d+\.\d+\.\d+ \(PostgreSQL 17 grammar, libpg_query of .*\)\n/) != nil
    )
  }

  @Test(
    "help says what the exit status means, and goes to standard output",
    arguments: [["--help"], ["check", "--help"]]
  )
  func help(_ arguments: [String]) throws {
    let command = try Command.run(arguments, in: ProjectFolder())
    #expect(command.status == 0)
    #expect(command.errors.isEmpty)
    #expect(command.output.contains("Exit status: 0 if no finding"))
  }

  @Test("completion scripts are written for every shell", arguments: ["bash", "zsh", "fish"])
  func completions(_ shell: String) throws {
    let command = try Command.run("--generate-completion-script", shell, in: ProjectFolder())
    #expect(command.status == 0)
    #expect(command.output.contains("sqllint"))
    #expect(command.output.contains("target-version"))
    #expect(command.output.contains("sarif"))
  }
}
