import Foundation
import Testing

@testable import SQLLint

@Suite("Where the report goes")
struct OutputTests {
  @Test("a full disk is an error that is told")
  func fullDisk() throws {
    let folder = try ProjectFolder(project)
    let toFile = try Command.run("migrations", "--output", "/dev/full", in: folder)
    #expect(toFile.status == 2)
    #expect(toFile.errors == "sqllint: cannot write /dev/full: No space left on device\n")
    let redirected = try Command.shell("$sqllint migrations > /dev/full", in: folder)
    #expect(redirected.status == 2)
    #expect(redirected.errors == "sqllint: cannot write to standard output: No space left on device\n")
  }

  @Test(
    "a closed standard output is an error that is told, and no file takes its place",
    arguments: [
      "$sqllint migrations >&-", "$sqllint migrations --format json 0<&- >&-", "$sqllint schema migrations >&-",
    ]
  )
  func closedOutput(_ line: String) throws {
    let command = try Command.shell("\(line); echo $? > status", in: ProjectFolder(project))
    #expect(command.errors == "sqllint: cannot write to standard output: Bad file descriptor\n")
  }

  @Test("closed standard error hides what is wrong, not that something is")
  func closedErrors() throws {
    let folder = try ProjectFolder(project)
    #expect(try Command.shell("$sqllint nowhere 2>&-", in: folder).status == 2)
    #expect(try Command.shell("$sqllint migrations --output r.json --verbose 2>&-", in: folder).status == 1)
    #expect(try folder.read("r.json").hasPrefix("{"))
  }

  @Test(
    "an input is never overwritten, however it is named",
    arguments: [
      "migrations/000002_drop.up.sql", "./migrations/../migrations/000002_drop.up.sql", "new.sql", "NEW.SQL",
      "soft.json",
      "chain.json", "hard.json", "included.txt", "hard-config.json", ".sqllint.yml", "config.yml",
      "linked/000002_drop.up.sql",
      "new-link.json", "migrations/atlas.sum",
    ]
  )
  func inputs(_ output: String) throws {
    let files = project.merging([
      "config.yml": "fail_on: low\n", "scripts/a.sql": "\\i included.txt\n", "included.txt": "SELECT 1;\n",
      "migrations/atlas.sum": "h1:x\n",
    ]) { $1 }
    let folder = try ProjectFolder(files)
    let links =
      "ln -s migrations/000002_drop.up.sql soft.json; ln -s soft.json chain.json; ln -s migrations linked; "
      + "ln migrations/000002_drop.up.sql hard.json; ln config.yml hard-config.json; ln -s new.sql new-link.json"
    #expect(try Command.shell(links, in: folder).status == 0)
    let listing = "find . -printf '%p %i %m %s %T@ %l\\n' | sort"
    let before = try Command.shell(listing, in: folder).output
    let path = output == "included.txt" ? "scripts" : "migrations"
    let command = try Command.run(path, "--config", "config.yml", "--output", output, in: folder)
    #expect(command.status == 2, "\(command)")
    #expect(command.errors.hasPrefix("sqllint: cannot write \(output): it is "), "\(command.errors)")
    for (name, text) in files { #expect(try folder.read(name) == text) }
    #expect(try Command.shell(listing, in: folder).output == before)
  }

  @Test("a report keeps the mode and the link of the one that it replaces")
  func replaces() throws {
    let folder = try ProjectFolder(project.merging(["out/old.json": "old"]) { $1 })
    let line = """
      umask 027; chmod 604 out/old.json; ln -s out/old.json link.json
      $sqllint migrations --output link.json; $sqllint migrations --output new.json
      stat -c '%a %F' out/old.json link.json new.json; ls -A out
      """
    let command = try Command.shell(line, in: folder)
    #expect(command.output == "604 regular file\n777 symbolic link\n640 regular file\nold.json\n")
    #expect(try folder.read("out/old.json") == folder.read("new.json"))
  }

  @Test("what cannot be written whole leaves the report that was there", arguments: [true, false])
  func torn(isThere: Bool) throws {
    let folder = try ProjectFolder(project)
    if isThere { try folder.write("old\n", to: "report.json") }
    let before = try Command.shell("ls -A", in: folder).output
    // The shell counts in KiB; the report has more.
    let statements = String(repeating: "DROP TABLE a;\n", count: 200)
    try folder.write(statements, to: "migrations/000003_many.up.sql")
    let command = try Command.shell("ulimit -f 1; $sqllint migrations --output report.json", in: folder)
    #expect(command.status == 2)
    #expect(command.errors == "sqllint: cannot write report.json: File too large\n")
    #expect(try Command.shell("ls -A", in: folder).output == before)
    if isThere { #expect(try folder.read("report.json") == "old\n") }
  }

  @Test("pipes and devices are written to as they are")
  func pipes() throws {
    let folder = try ProjectFolder(project)
    let direct = try Command.run("migrations", "--format", "json", in: folder).output
    let line = "mkfifo pipe; cat pipe & $sqllint migrations --format json --output pipe; wait"
    #expect(try Command.shell(line, in: folder).output == direct)
    #expect(
      try Command.shell("$sqllint migrations --format json --output /dev/stdout | cat", in: folder).output == direct
    )
    #expect(try Command.run("migrations", "--output", "/dev/null", in: folder).status == 1)
  }
}

@Suite("Hostile text on the command's streams")
struct HostileStreamTests {
  /// Whether a CI runner obeys a line, or a terminal does more than show it.
  private func obeyed(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map(String.init).filter { line in
      line.drop(while: \.isWhitespace).hasPrefix("::") || line.contains(/##[A-Za-z]*\[/)
        || line.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\t" }
    }
  }

  private static let order =
    "\n::error::forged\r::add-mask::a\n\t ##[error]b\n##vso[a]b\n##teamcity[c]\u{1B}[2J\u{9B}1m"

  private func project() throws -> ProjectFolder {
    let order = Self.order
    return try ProjectFolder([
      "::error::a.sql": "DROP TABLE \"\(order)\";\nCREATE TABLE \"::error::\(order)\" (id int);\n",
      "b\(order).sql": "SELECT 1 FROM\(order);\n-- sqllint:allow \(order) x\nCREATE INDEX ON x (a); -- \(order)",
      "\n::error::c/d.sql": "ALTER TABLE t ALTER COLUMN \"\(order)\" TYPE text USING '\(order)';",
      "\n::error::c/seed.txt": "",
    ])
  }

  @Test("no line of any report gives an order", arguments: ["text", "compact", "json", "sarif", "github", "html"])
  func reports(_ format: String) throws {
    let folder = try project()
    for arguments in [["."], [".", "--verbose"], ["::error::a.sql"], ["--color", "always", "."]] {
      let command = try Command.run(["check", "--format", format] + arguments, in: folder)
      #expect(command.status == 1)
      let output = command.output.replacing(/\u{1B}\[[0-9;]+m/, with: "")
      #expect(
        obeyed(output).filter {
          format != "github" || !$0.hasPrefix("::error file=") && !$0.hasPrefix("::warning file=")
        } == []
      )
      #expect(obeyed(command.errors) == [])
    }
  }

  @Test("no line of a schema gives an order", arguments: ["sql", "json"])
  func schema(_ format: String) throws {
    let command = try Command.run("schema", ".", "--format", format, in: project())
    #expect(obeyed(command.output) == [], "\(command)")
    #expect(obeyed(command.errors) == [])
  }

  @Test(
    "no complaint gives an order",
    arguments: [
      ["ORDER"], [".", "--rules", "ORDER"], [".", "--since", "ORDER"], [".", "--since", "git:ORDER"], [".", "--ORDER"],
      [".", "--format", "ORDER"], [".", "--config", "ORDER"], [".", "--output", "ORDER/x"], ["explain", "ORDER"],
      ["schema", "ORDER"], ["schema", ".", "--at", "ORDER"], [".", "--config", "c.yml"],
      ["-", "--stdin-filename", "ORDER"],
    ]
  )
  func complaints(_ arguments: [String]) throws {
    let folder = try project()
    let quoted = "\"\\n::error::x ##[error]\\e[2J\""
    try folder.write("\(quoted): 1\nrules: {\(quoted): \(quoted)}\nfail_on: \(quoted)\n", to: "c.yml")
    for order in [Self.order, "::error::x", "##[error]x"] {
      let command = try Command.run(arguments.map { $0.replacing("ORDER", with: order) }, in: folder)
      #expect(obeyed(command.errors) == [], "\(command)")
      #expect(obeyed(command.output) == [], "\(command)")
    }
  }
}
