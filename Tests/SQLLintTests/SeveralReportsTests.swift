import Foundation
import Reports
import Testing

@testable import SQLLint

@Suite("Several reports of one run")
struct SeveralReportsTests {
  @Test("go to their files, and the verdict is printed")
  func files() throws {
    let folder = try ProjectFolder(project)
    let outputs = ["r.sarif", "r.md", "q.json=gitlab", "j.xml=junit", "a=b.txt", "no ending=compact", "s.sarif.json"]
    let command = try Command.run(["migrations"] + outputs.flatMap { ["--output", $0] }, in: folder)
    #expect(command.status == 1)
    #expect(command.errors == "")
    #expect(command.output.hasPrefix("risk "))
    #expect(command.output.contains("\nFails: "))
    #expect(!command.output.contains("-->"))
    for (name, format) in [
      ("r.sarif", "sarif"), ("r.md", "markdown"), ("q.json", "gitlab"), ("j.xml", "junit"), ("a=b.txt", "text"),
      ("no ending", "compact"), ("s.sarif.json", "sarif"),
    ] {
      #expect(try folder.read(name) == Command.run("migrations", "--format", format, in: folder).output, "\(name)")
    }
  }

  @Test("stand beside one that is printed")
  func printed() throws {
    let folder = try ProjectFolder(project)
    let command = try Command.run("migrations", "--format", "text", "--output", "r.json", in: folder)
    #expect(command.output.contains("-->"))
    #expect(try folder.read("r.json").hasPrefix("{"))
    #expect(try Command.run("migrations", "--output", "r.json", "--quiet", in: folder).output == "")
    let whole = try Command.run("migrations", "--output", "r.json", "--output", "-", in: folder)
    #expect(try whole.output == Command.run("migrations", in: folder).output)
  }

  @Test("are all written, or none is")
  func none() throws {
    let folder = try ProjectFolder(project.merging(["a.json": "old\n"]) { $1 })
    let before = try Command.shell("ls -A", in: folder).output
    let command = try Command.run("migrations", "--output", "a.json", "--output", "nowhere/b.json", in: folder)
    #expect(command.status == 2)
    #expect(command.errors == "sqllint: cannot write nowhere/b.json: No such file or directory\n")
    #expect(command.output == "")
    #expect(try folder.read("a.json") == "old\n")
    #expect(try Command.shell("ls -A", in: folder).output == before)
  }

  @Test("count paths from the repository's root, wherever sqllint runs")
  func root() throws {
    let folder = try ProjectFolder([
      ".git/HEAD": "ref: refs/heads/main\n", "db/migrations/000001_a.up.sql": "DROP TABLE a;\n",
    ])
    for (line, place) in [
      ("$sqllint db/migrations", "root"), ("cd db && $sqllint migrations", "folder"),
      ("cd db/migrations && $sqllint ../migrations", "migrations"), ("cd / && $sqllint \"$PWD_\"", "elsewhere"),
    ] {
      let here = line.replacing("$PWD_", with: folder.url.resolvingSymlinksInPath().path + "/db/migrations")
      for format in ["github", "sarif", "gitlab", "rdjson", "checkstyle", "junit", "markdown"] {
        let output = try Command.shell("\(here) --format \(format)", in: folder).output
        let path = "db/migrations/000001_a.up.sql"
        let isThere = output.contains(path) || output.contains("db&#47;migrations&#47;000001&#95;a&#46;up&#46;sql")
        #expect(isThere && !output.contains("\"migrations/"), "\(format) from \(place): \(output)")
      }
    }
    let text = try Command.shell("cd db && $sqllint migrations --format text", in: folder).output
    #expect(text.contains("--> migrations/000001_a.up.sql:1:"))
  }

  @Test("include the summary of a GitHub step, behind what is there")
  func stepSummary() throws {
    let folder = try ProjectFolder(project.merging(["summary.md": "# Before\n"]) { $1 })
    let environment = ["GITHUB_STEP_SUMMARY": folder.url.path + "/summary.md"]
    _ = try Command.run("migrations", "--format", "text", in: folder, environment: environment)
    #expect(try folder.read("summary.md") == "# Before\n")
    let command = try Command.run("migrations", "--format", "github", in: folder, environment: environment)
    #expect(command.errors == "")
    let comment = try Command.run("migrations", "--format", "markdown", in: folder).output
    #expect(try folder.read("summary.md") == "# Before\n\(comment)\n")
    let refused = try Command.run(
      ["migrations", "--format", "github"],
      in: folder,
      environment: ["GITHUB_STEP_SUMMARY": "/nowhere/summary.md"]
    )
    #expect(refused.output == command.output)
    #expect(refused.status == command.status)
    #expect(
      refused.errors == "sqllint: cannot write the step's summary, /nowhere/summary.md: No such file or directory\n"
    )
  }

  @Test("are replaced by the numbers of findings where they are asked for")
  func statistics() throws {
    let folder = try ProjectFolder([
      "m/000001_a.up.sql": "DROP TABLE a;\nDROP TABLE b;\n-- sqllint:allow table-dropped unused\nDROP TABLE c;\n"
    ])
    let command = try Command.run("m", "--statistics", in: folder)
    #expect(command.status == 1)
    let lines = command.output.split(separator: "\n").map(String.init)
    #expect(lines.first == "findings  allowed  risk    rule" || lines.first == "findings  allowed  risk  rule")
    #expect(lines.contains { $0.contains(/^ +2 +1 +high +table-dropped$/) }, "\(command.output)")
    #expect(lines.last?.hasPrefix("Fails: ") == true)
  }
}
