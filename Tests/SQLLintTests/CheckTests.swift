import Foundation
import Rules
import Testing

@testable import SQLLint

/// What `--format json` says, as far as these tests look at it.
private struct JSONAnswer: Decodable {
  struct Migration: Decodable {
    struct Finding: Decodable {
      let rule: String
      let risk: String
    }

    let path: String
    let direction: String
    let runner: String
    let approval: String
    let findings: [Finding]
  }

  let migrations: [Migration]

  init(_ command: Command) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(command.output.utf8))
  }

  var paths: [String] { migrations.map(\.path) }
  var rules: [String] { migrations.flatMap(\.findings).map(\.rule) }
}

@Suite("Checking migrations")
struct CheckTests {
  private func check(
    _ arguments: String...,
    in folder: ProjectFolder,
    input: String = ""
  ) throws -> (command: Command, answer: JSONAnswer) {
    let command = try Command.run(arguments + ["--format", "json"], in: folder, input: input)
    return (command, try JSONAnswer(command))
  }

  @Test("what an earlier changeset of the same file makes is as new as if it were made in this one")
  func changesets() throws {
    let table = "--liquibase formatted sql\n--changeset a:1\nCREATE TABLE t (id bigint);\n"
    let folder = try ProjectFolder([
      "m/1.sql": table + "--changeset a:2\nCREATE INDEX ON t (id);\n",
      "m/2.sql": "--liquibase formatted sql\n--changeset a:3\nCREATE INDEX ON t ((id + 1));\n",
    ])
    let answer = try check("m", "--rules", "index-built-without-concurrently", in: folder).answer
    #expect(answer.migrations.filter { !$0.findings.isEmpty }.map(\.path) == ["m/2.sql"])
  }

  @Test("a risky migration exits with 1, and its report goes to standard output")
  func risky() throws {
    let (command, answer) = try check("migrations", in: ProjectFolder(project))
    #expect(command.status == 1)
    #expect(command.errors.isEmpty)
    #expect(
      answer.paths == [
        "migrations/000001_clips.up.sql", "migrations/000001_clips.down.sql", "migrations/000002_drop.up.sql",
      ]
    )
    #expect(answer.rules.contains("table-dropped"))
  }

  @Test("a safe migration exits with 0")
  func safe() throws {
    let command = try Command.run("migrations/000001_clips.up.sql", in: ProjectFolder(project))
    #expect(command.status == 0)
    #expect(command.errors.isEmpty)
  }

  @Test("what is below --fail-on exits with 0 and is reported", arguments: [("high", 1), ("critical", 0)])
  func failOn(_ risk: String, _ status: Int32) throws {
    let (command, answer) = try check("migrations", "--fail-on", risk, in: ProjectFolder(project))
    #expect(command.status == status)
    #expect(answer.rules.contains("table-dropped"))
  }

  @Test("the command `check` may be left out")
  func checkByName() throws {
    let folder = try ProjectFolder(project)
    let named = try Command.run("check", "migrations", in: folder)
    #expect(named.output == (try Command.run("migrations", in: folder)).output)
    #expect(named.status == 1)
  }

  @Test("a file that is given alone is reported alone, with the schema of those before it")
  func singleFile() throws {
    let folder = try ProjectFolder([
      "m/1_a.up.sql": "CREATE TABLE clips (id bigint PRIMARY KEY, title varchar(50));",
      "m/2_b.up.sql": "ALTER TABLE clips ALTER COLUMN title TYPE varchar(100);",
      "m/2_b.down.sql": "SELECT 1;",
      "elsewhere/2_b.up.sql": "ALTER TABLE clips ALTER COLUMN title TYPE varchar(100);",
    ])
    let (_, known) = try check("m/2_b.up.sql", in: folder)
    #expect(known.paths == ["m/2_b.up.sql"])
    #expect(!known.rules.contains("column-type-change-rewrites-table"))
    let (_, unknown) = try check("elsewhere/2_b.up.sql", in: folder)
    #expect(unknown.rules.contains("column-type-change-rewrites-table"))
  }

  @Test("standard input is checked under the name it is given")
  func standardInput() throws {
    let folder = try ProjectFolder(project)
    let (plain, answer) = try check("-", in: folder, input: "DROP TABLE x;")
    #expect(plain.status == 1)
    #expect(answer.paths == ["<stdin>"])
    let name = "migrations/000002_drop.up.sql"
    let (edited, safe) = try check("-", "--stdin-filename", name, "--fail-on", "high", in: folder, input: "SELECT 1;")
    #expect(edited.status == 0)
    #expect(safe.paths == [name])
    #expect(safe.migrations.first?.runner == "golang-migrate")
  }

  @Test("a name that looks like an option can follow --")
  func dashes() throws {
    let folder = try ProjectFolder(["-rf.sql": "DROP TABLE x;"])
    let command = try Command.run("--format", "json", "--", "-rf.sql", in: folder)
    #expect(try JSONAnswer(command).paths == ["-rf.sql"])
  }

  @Test("a name that is not UTF-8 is opened by its bytes")
  func namesThatAreNotUTF8() throws {
    let folder = try ProjectFolder()
    let line = "echo 'DROP TABLE x;' > $'\\xff.sql' && $sqllint $'\\xff.sql' --format json"
    let command = try Command.shell(line, in: folder)
    #expect(command.status == 1)
    #expect(try JSONAnswer(command).paths == ["\u{FFFD}.sql"])
  }

  @Test("the report goes to a file, in the format that its ending tells")
  func output() throws {
    let folder = try ProjectFolder(project)
    for ending in ["json", "sarif"] {
      let command = try Command.run("migrations", "--output", "report.\(ending)", in: folder)
      #expect(command.status == 1)
      #expect(command.output.hasPrefix("risk "))
      #expect(command.output.contains("\nFails: "))
      let asked = try Command.run("migrations", "--format", ending, in: folder)
      #expect(try folder.read("report.\(ending)") == asked.output)
    }
    let text = try Command.run("migrations", "--format", "text", in: folder)
    _ = try Command.run("migrations", "--output", "report.txt", in: folder)
    #expect(try folder.read("report.txt") == text.output)
    let both = try Command.run("migrations", "--output", "report.txt=compact", "--format", "json", in: folder)
    #expect(try both.output == Command.run("migrations", "--format", "json", in: folder).output)
    let piped = try Command.run("migrations", in: folder)
    #expect(try folder.read("report.txt") == piped.output)
    #expect(piped.output != text.output)
  }

  @Test(
    "colour is used where it is wanted",
    arguments: [
      (["--color", "always"], [:], true), (["--color", "never"], ["CLICOLOR_FORCE": "1"], false), ([], [:], false),
      ([], ["CLICOLOR_FORCE": "1"], true), ([], ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], false),
      ([], ["FORCE_COLOR": "1"], true), ([], ["FORCE_COLOR": "0", "CLICOLOR_FORCE": "1"], false),
      ([], ["FORCE_COLOR": "1", "NO_COLOR": "1"], false),
      (["--color", "always"], ["NO_COLOR": "1"], true),
    ]
  )
  func color(_ arguments: [String], _ environment: [String: String], _ isColored: Bool) throws {
    let folder = try ProjectFolder(project)
    let command = try Command.run(["migrations", "--format", "text"] + arguments, in: folder, environment: environment)
    #expect(command.output.contains("\u{1B}[") == isColored)
  }

  @Test("a reader that has seen enough changes nothing about the exit status", arguments: ["text", "compact", "json"])
  func brokenPipe(_ format: String) throws {
    let statements = (1...5000).map { "DROP TABLE t\($0);\n" }.joined()
    let folder = try ProjectFolder(["big.sql": statements])
    let line = "$sqllint big.sql --format \(format) | head -1 > /dev/null; echo ${PIPESTATUS[0]}"
    let command = try Command.shell(line, in: folder)
    #expect(command.output == "1\n")
    #expect(command.errors == "sqllint: cannot write to standard output: Broken pipe\n")
  }

  @Test("--since reports what comes after a version, as one deployment")
  func since() throws {
    let files = [
      "m/1_users.up.sql": "CREATE TABLE users (id bigint);",
      "m/2_notes.up.sql": "CREATE TABLE notes (id bigint);",
      "m/3_indexes.up.sql": "CREATE INDEX a ON notes (id);\nCREATE INDEX b ON users (id);",
    ]
    let folder = try ProjectFolder(files)
    let (_, all) = try check("m", in: folder)
    #expect(all.migrations.count == 3)
    #expect(all.rules.filter { $0 == "index-built-without-concurrently" }.count == 2)
    // The table of notes is made in the same deployment, and is as good as empty.
    let (command, new) = try check("m", "--since", "01", in: folder)
    #expect(new.paths == ["m/2_notes.up.sql", "m/3_indexes.up.sql"])
    #expect(new.rules == ["index-built-without-concurrently", "lock-timeout-missing"])
    #expect(command.status == 1)
    let other = try ProjectFolder(files.merging(["m/.sqllint.yml": "start_after: 2\n"]) { $1 })
    let (_, configured) = try check("m", in: other)
    #expect(configured.paths == ["m/3_indexes.up.sql"])
    let unknown = try Command.run("m", "--since", "9", in: folder)
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("no migration has version 9; the last one is 3"))
  }

  @Test("--changed and --since git: report what the branch does not have")
  func changed() throws {
    let folder = try ProjectFolder(["m/1_users.up.sql": "CREATE TABLE users (id bigint);"])
    let made = try Command.shell(
      """
      git init --quiet --initial-branch=main && git add --all && git -c user.name=n -c user.email=e commit --quiet -m 1
      """,
      in: folder
    )
    try #require(made.status == 0, "\(made.errors)")
    try folder.write("CREATE INDEX a ON users (id);", to: "m/2_index.up.sql")
    for start in [["--changed"], ["--since", "git:main"], ["--since", "git:HEAD"]] {
      let command = try Command.run(["m", "--format", "json"] + start, in: folder)
      #expect(command.status == 1)
      #expect(try JSONAnswer(command).paths == ["m/2_index.up.sql"])
    }
    try folder.write("start_after: git:main\n", to: ".sqllint.yml")
    let (_, configured) = try check("m", in: folder)
    #expect(configured.paths == ["m/2_index.up.sql"])
    let unknown = try Command.run("m", "--since", "git:nothing", in: folder)
    #expect(unknown.status == 2)
    #expect(unknown.complaints.count == 1 && unknown.errors.contains("there is no commit nothing"))
    let both = try Command.run("m", "--changed", "--since", "1", in: folder)
    #expect(both.status == 2)
    #expect(both.errors.contains("give one of them"))
  }

  @Test("--transaction says how the runner sends what says nothing about it")
  func transaction() throws {
    let sql = "CREATE INDEX CONCURRENTLY a ON users (id);\nCREATE INDEX CONCURRENTLY b ON users (name);"
    let folder = try ProjectFolder([
      "m/1_a.up.sql": sql, "goose/1_a.sql": "-- +goose NO TRANSACTION\n-- +goose Up\n\(sql)",
    ])
    let (_, usual) = try check("m", in: folder)
    #expect(usual.rules == ["statement-refused-in-transaction", "statement-refused-in-transaction"])
    let (_, apart) = try check("m", "--transaction", "none", in: folder)
    #expect(apart.rules == [])
    // A file with an opt-out has said how it is sent.
    let (_, optOut) = try check("goose", "--transaction", "implicit", in: folder)
    #expect(optOut.rules == [])
    try folder.write("transaction: none\n", to: ".sqllint.yml")
    #expect(try check("m", in: folder).answer.rules == [])
    #expect(try check("m", "--transaction", "wrapped", in: folder).answer.rules.count == 2)
  }

  @Test("--direction says which migrations the rules judge")
  func direction() throws {
    let folder = try ProjectFolder([
      "m/1_users.up.sql": "CREATE TABLE users (id bigint);", "m/1_users.down.sql": "DROP TABLE users;",
      "m/2_index.up.sql": "CREATE INDEX CONCURRENTLY a ON users (id);", "m/2_index.down.sql": "DROP INDEX a;",
    ])
    let (_, up) = try check("m", in: folder)
    #expect(up.paths.count == 4 && up.rules == [])
    let (_, down) = try check("m", "--direction", "down", in: folder)
    #expect(down.paths == ["m/1_users.down.sql", "m/2_index.down.sql"])
    // The table that the migration made goes with it; whoever reads the other one waits.
    #expect(down.rules == ["index-dropped-without-concurrently"])
    let (command, both) = try check("m", "--direction", "both", "--fail-on", "low", in: folder)
    #expect(both.paths == up.paths && both.rules == down.rules)
    #expect(command.status == 1)
    let text = try Command.run("m", "--direction", "both", "--format", "text", in: folder)
    #expect(text.output.contains("m/2_index.down.sql: down migration, low risk, to be approved by Tech Lead"))
  }

  @Test("--verbose says on standard error what is read and what is left out")
  func verbose() throws {
    let files = ["migrations/seed.sql": "", "migrations/.sqllint.yml": "fail_on: low\n"]
    let folder = try ProjectFolder(project.merging(files) { $1 })
    let command = try Command.run("migrations", "--verbose", in: folder)
    #expect(command.complaints.contains("sqllint: reads migrations/.sqllint.yml"))
    #expect(
      command.complaints.contains(
        "sqllint: migrations: golang-migrate, because files are named VERSION_name.up.sql; "
          + "2 migrations up and 1 down are reported, of 3"
      )
    )
    #expect(command.errors.contains("sqllint: migrations/seed.sql is left out: golang-migrate does not run it"))
  }

  @Test("--verbose says what was replaced and skipped in each file")
  func verboseNonSQLRanges() throws {
    let folder = try ProjectFolder([
      "m/1_a.up.sql": "CREATE TABLE ${s}.a (b int);\nCREATE INDEX ON ${s}.a (b);\n",
      "m/2_b.up.sql": "CREATE TABLE c (d int);",
      "plain/a.sql": "\\connect x\nSELECT :n;\n",
      "goose/1_a.sql": "-- +goose Up\nCREATE TABLE ${s}.a (b int);\n-- +goose Down\nDROP TABLE ${s}.a;\n",
    ])
    let command = try Command.run("m", "plain", "goose", "--verbose", in: folder)
    #expect(command.status == 0)
    let said = command.complaints.filter { $0.contains(".sql: ") }
    #expect(
      said == [
        "sqllint: m/1_a.up.sql: ${s} (2 times) taken as unknown names or values",
        "sqllint: plain/a.sql: :n taken as unknown names or values; \\connect skipped",
        "sqllint: goose/1_a.sql: ${s} (2 times) taken as unknown names or values",
      ]
    )
  }

  @Test("a file that cannot be read is a finding, and the rest is checked")
  func unreadable() throws {
    let folder = try ProjectFolder(["m/1_a.up.sql": "SELECT '\0';", "m/2_b.up.sql": "DROP TABLE x;"])
    let (command, answer) = try check("m", in: folder)
    #expect(command.status == 1)
    #expect(answer.paths == ["m/1_a.up.sql", "m/2_b.up.sql"])
    #expect(answer.migrations.first?.findings.isEmpty == false)
    #expect(answer.rules.contains("table-dropped"))
  }
}

@Suite("Checking with a configuration")
struct ConfiguredCheckTests {
  private func check(_ files: [String: String], _ arguments: String...) throws -> Command {
    let folder = try ProjectFolder(project.merging(files) { $1 })
    return try Command.run(["migrations", "--format", "json"] + arguments, in: folder)
  }

  @Test("the nearest file above the migrations counts, and no other")
  func nearest() throws {
    let critical = "fail_on: critical\n"
    #expect(try check([".sqllint.yml": critical]).status == 0)
    #expect(try check([".sqllint.yml": critical, "migrations/.sqllint.yml": "fail_on: low\n"]).status == 1)
    #expect(try check([".sqllint.yml": critical, "migrations/.git": "gitdir: elsewhere\n"]).status == 1)
  }

  @Test("options win over the file")
  func options() throws {
    let file = [".sqllint.yml": "fail_on: critical\n"]
    #expect(try check(file, "--fail-on", "high").status == 1)
    #expect(try check(file, "--config", "other.yml").status == 2)
    #expect(try check(file.merging(["other.yml": "fail_on: high\n"]) { $1 }, "--config", "other.yml").status == 1)
  }

  @Test("approvals, rules and exclusions of the file are obeyed")
  func everything() throws {
    let answer = try JSONAnswer(
      check([
        ".sqllint.yml":
          "approvals: {critical: The Board}\nrules: {table-dropped: critical}\nexclude: [migrations/*1_*]\n"
      ])
    )
    #expect(answer.paths == ["migrations/000002_drop.up.sql"])
    #expect(answer.migrations.first?.approval == "The Board")
    #expect(answer.migrations.first?.findings.contains { $0.rule == "table-dropped" && $0.risk == "critical" } == true)
    let off = try JSONAnswer(check([".sqllint.yml": "rules:\n  table-dropped: off\n"]))
    #expect(!off.rules.contains("table-dropped"))
  }

  @Test("rules can be chosen and left out")
  func ruleOptions() throws {
    #expect(try JSONAnswer(check([:], "--rules", "table-dropped")).rules == ["table-dropped"])
    #expect(!(try JSONAnswer(check([:], "--rules", "column-dropped, table-renamed")).rules.contains("table-dropped")))
    #expect(!(try JSONAnswer(check([:], "--exclude-rules", "table-dropped")).rules.contains("table-dropped")))
    #expect(try JSONAnswer(check([:], "--exclude", "*.down.sql")).paths.count == 2)
  }

  @Test("what cannot be read is reported whatever rules are chosen, unless it is excluded")
  func rulesAboutReading() throws {
    #expect(CheckRun.rulesAboutReading.isSubset(of: AllRules.all.map(\.id)))
    let broken = ["migrations/000003_broken.up.sql": "CRATE TABLE x;", "migrations/000004_nul.up.sql": "\0"]
    #expect(try JSONAnswer(check(broken, "--rules", "column-dropped")).rules == ["syntax-error", "file-unreadable"])
    let rules = ["--rules", "column-dropped", "--exclude-rules", "syntax-error,file-unreadable"]
    let folder = try ProjectFolder(broken)
    #expect(try JSONAnswer(Command.run(["migrations", "--format", "json"] + rules, in: folder)).rules.isEmpty)
  }

  @Test("a mistake in the file exits with 2 and lists all of them with their places")
  func mistakes() throws {
    let command = try check([".sqllint.yml": "fail-on: low\nrules:\n  table-droped: off\n"])
    #expect(command.status == 2)
    #expect(command.output.isEmpty)
    #expect(
      command.complaints == [
        "sqllint: .sqllint.yml:1:1: unknown key 'fail-on': did you mean fail_on?",
        "sqllint: .sqllint.yml:3:3: unknown rule 'table-droped': did you mean table-dropped?",
      ]
    )
    let misnamed = try check([".sqllint.yaml": ""])
    #expect(misnamed.status == 2)
    #expect(misnamed.errors == "sqllint: .sqllint.yaml is not read: rename it to .sqllint.yml\n")
  }
}
