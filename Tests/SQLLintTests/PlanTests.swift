import Foundation
import Testing

@Suite("sqllint plan")
struct PlanTests {
  private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let document = repository.appending(path: "Documentation/runbook.md")

  private static let head = """
    # The runbook of a deployment

    What `sqllint plan --since 000023 migrations/` writes of the demo project and the five new migrations in `Fixtures/plan`:
    a new table, a NOT NULL column, an index, a backfill and a column that goes. A test holds this page equal to it;
    `SQLLINT_RECORD=1 swift test --filter PlanTests` writes it. The queries are asked on live servers, before each
    migration, after it and after its rollback.

    ---


    """

  /// The demo project with its new migrations.
  private static func project() throws -> ProjectFolder {
    var files: [String: String] = [:]
    for folder in ["Fixtures/demo/migrations", "Fixtures/plan"] {
      let url = repository.appending(path: folder)
      for name in try FileManager.default.contentsOfDirectory(atPath: url.path) {
        files["migrations/\(name)"] = try String(contentsOf: url.appending(path: name), encoding: .utf8)
      }
    }
    return try ProjectFolder(files)
  }

  @Test("writes the page that shows it")
  func page() throws {
    let command = try Command.run("plan", "migrations", "--since", "000023", in: Self.project())
    #expect(command.errors == "")
    #expect(command.status == 0)
    let text = Self.head + command.output
    if ProcessInfo.processInfo.environment["SQLLINT_RECORD"] != nil {
      try Data(text.utf8).write(to: Self.document)
      Issue.record("recorded runbook.md: read it, then run again without SQLLINT_RECORD")
      return
    }
    let recorded = try String(contentsOf: Self.document, encoding: .utf8)
    let lines = { (text: String) in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
    #expect(lines(text) == lines(recorded))
  }

  @Test("leaves no place for a name that the files tell")
  func places() throws {
    let command = try Command.run("plan", "migrations", "--since", "000023", in: Self.project())
    #expect(command.output.firstMatch(of: /<[a-z_]+>/) == nil)
    #expect(command.output.contains("From version 000023 to 000028, 5 migrations"))
    #expect(command.output.contains("migrate -path migrations -database \"$DATABASE_URL\" up 1"))
  }

  @Test("keeps hostile names text, in Markdown, SQL and commands")
  func hostile() throws {
    let folder = try ProjectFolder([
      "my $(x) migrations/000001_a.up.sql":
        "CREATE TABLE \"a`b|<i>'$(id)\" (\"c*d*\" text);\nCREATE TABLE \"### t\n\" (a int);\n",
      "my $(x) migrations/000002_b.up.sql": "ALTER TABLE \"a`b|<i>'$(id)\" DROP COLUMN \"c*d*\";\n",
    ])
    let command = try Command.run("plan", "my $(x) migrations", in: folder)
    #expect(command.status == 0)
    #expect(command.output.contains("migrate -path 'my $(x) migrations' -database"))
    #expect(command.output.contains("to_regclass('public.\"a`b|<i>''$(id)\"')"))
    #expect(command.output.contains("--table='public.\"a`b|<i>'\\''$(id)\"'"))
    #expect(!command.output.split(separator: "\n").contains { $0.hasPrefix("### t") })
  }

  @Test("takes the team's own templates from the folder that is given or configured")
  func templates() throws {
    let folder = try ProjectFolder([
      "migrations/000001_a.up.sql": "CREATE TABLE t (a int);",
      "texts/runbook.mustache": "{{risk}} by {{runner}}: {{count}}\n",
      "other/runbook.mustache": "{{#title}}\n",
      ".sqllint.yml": "templates: texts\n",
    ])
    #expect(try Command.run("plan", "migrations", in: folder).output == "Low by golang-migrate: 1\n")
    let refused = try Command.run("plan", "migrations", "--templates", "other", in: folder)
    #expect(refused.status == 2)
    #expect(refused.complaints == ["sqllint: template runbook, line 1: section title is not closed"])
    let missing = try Command.run("plan", "migrations", "--templates", "migrations", in: folder)
    #expect(missing.errors.contains("migrations holds no template: runbook.mustache"))
  }

  @Test("says as JSON what it says in Markdown")
  func json() throws {
    let command = try Command.run("plan", "migrations", "--since", "23", "--format", "json", in: Self.project())
    let object = try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [String: Any]
    #expect(object?["to_version"] as? String == "000028")
    #expect((object?["migrations"] as? [Any])?.count == 5)
    #expect((object?["stages"] as? [[String: Any]])?.map { $0["number"] as? Int } == [1, 2])
  }

  @Test("says which approvals are given, and which are missing")
  func approvals() throws {
    let folder = try Self.project()
    try folder.write("CTO\n@vera\n", to: "approved.txt")
    try folder.write(
      "approvers: {Engineering Manager: \"@vera\", VP Engineering: \"@jo\"}\n",
      to: ".sqllint.yml"
    )
    let command = try Command.run("plan", "migrations", "--since", "23", "--approved-by", "approved.txt", in: folder)
    #expect(command.errors == "")
    #expect(command.output.contains("| CTO | high | `000028 drop_clip_metadata` | given by cto |"))
    #expect(command.output.contains("| VP Engineering | high | `000028 drop_clip_metadata` | **missing**, ask @jo |"))
    #expect(command.output.contains("`000027 backfill_clip_language` | given by @vera |"))
    #expect(command.output.contains("| Tech Lead | low |"))
  }

  @Test("estimates the time where sizes and rates are configured, and asks for it elsewhere")
  func estimate() throws {
    let folder = try ProjectFolder([
      "migrations/000001_a.up.sql": "CREATE TABLE t (a int);",
      "migrations/000002_b.up.sql": "CREATE INDEX CONCURRENTLY i ON t (a);",
      "sizes.csv": "schema,table,rows,bytes\npublic,t,12000000,3221225472\n",
    ])
    #expect(
      try Command.run("plan", "migrations", "--since", "1", in: folder).output.contains("**Estimated time**: ____")
    )
    try folder.write("sizes: sizes.csv\nrates: {index-build: 50 MB/s}\n", to: ".sqllint.yml")
    let known = try Command.run("plan", "migrations", "--since", "1", in: folder).output
    #expect(known.contains("**Estimated time**: about 61 seconds of work, by the configured rates"))
    #expect(known.contains("an index needs its own size: `t` (3 GB with its indexes)"))
  }

  @Test("writes a page where the file's ending asks for one, which a team's templates fill, too")
  func html() throws {
    let folder = try Self.project()
    try folder.write("# {{title}}\n\n## <b>{{risk}}</b>\n\n- [ ] ____\n", to: "texts/runbook.mustache")
    let command = try Command.run("plan", "migrations", "--since", "23", "--output", "r.html", in: folder)
    #expect(command.status == 0)
    let page = try folder.read("r.html")
    #expect(page.hasPrefix("<!DOCTYPE html>"))
    #expect(page.contains("<input type=\"checkbox\" id=\"b1\">"))
    let own = try Command.run(
      "plan",
      "migrations",
      "--since",
      "23",
      "--format",
      "html",
      "--templates",
      "texts",
      in: folder
    )
    #expect(own.output.contains("<h2 id=\"p1\">&lt;b&gt;High&lt;/b&gt;</h2>"))
  }

  @Test("has nothing to write where nothing is to be deployed")
  func nothing() throws {
    let command = try Command.run("plan", "migrations", "--since", "000028", in: Self.project())
    #expect(command.status == 2)
    #expect(command.complaints == ["sqllint: no migration is to be deployed"])
  }
}
