import Foundation
import LiveServer
import Testing

@Suite("The script of questions to ask before a deployment")
struct PreflightTests {
  private static let files = [
    "migrations/000001_a.up.sql":
      #"CREATE TABLE "x'y\; :USER" ("e\echo" text); CREATE TABLE t (id int PRIMARY KEY, a text);"#,
    "migrations/000002_b.up.sql": #"ALTER TABLE "x'y\; :USER" ALTER "e\echo" SET NOT NULL;"# + "\n"
      + "ALTER TABLE t ALTER a TYPE varchar(3), ADD CONSTRAINT \"two\nlines\" CHECK (id > 0);\n",
  ]

  @Test("is asked by psql, and ends with an error where rows are in the way")
  func live() throws {
    let server = try #require(LiveServer.shared, "\(LiveServer.absence)")
    let folder = try ProjectFolder(Self.files)
    let command = try Command.run("migrations", "--since", "1", "--preflight", "preflight.sql", in: folder)
    #expect(command.errors == "")
    let script = try folder.read("preflight.sql")
    let database = try LiveDatabase(on: server)
    defer { try? database.drop() }
    _ = try database.run(Self.files["migrations/000001_a.up.sql"] ?? "")
    let clean = try database.run(script, .apart)
    #expect(clean.errors == [])
    #expect(clean.rows.last == "no rows are in the way of the migrations")
    _ = try database.run(#"INSERT INTO t VALUES (1, 'long'), (0, 'a'); INSERT INTO "x'y\; :USER" VALUES (NULL)"#)
    let failing = try database.run(script, .apart)
    #expect(failing.errors.map(\.code) == ["P0001"])
    #expect(failing.rows.contains("1|long"))
    #expect(failing.rows.contains("0"))
    #expect(failing.rows.count { $0.hasPrefix("migrations/000002_b.up.sql:") } == 3)
  }

  @Test("of the demo project asks for what is there before a deployment")
  func demo() throws {
    let folder = try ProjectFolder()
    let demo = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fixtures/demo/migrations").path
    let command = try Command.run(demo, "--since", "9", "--preflight", "-", in: folder)
    let queries = command.output.split(separator: "\n").filter { $0.hasPrefix("SELECT ") && $0.contains("LIMIT 10") }
    #expect(queries.count >= 3)
    #expect(command.output.hasPrefix("-- Asks, before the deployment"))
    #expect(!command.output.contains("-->"))
  }

  @Test("goes to standard output beside a report in a file")
  func both() throws {
    let folder = try ProjectFolder(Self.files)
    let command = try Command.run("migrations", "--preflight", "-", "--output", "r.json", in: folder)
    #expect(command.output.contains("BEGIN TRANSACTION READ ONLY;"))
    #expect(try folder.read("r.json").contains("\"sqlstate\" : \"23502\""))
  }

  @Test("takes the place of such a script, and of no other SQL file")
  func overwriting() throws {
    let folder = try ProjectFolder(Self.files.merging(["mine.sql": "SELECT 1;\n"]) { $1 })
    let refused = try Command.run("migrations", "--preflight", "mine.sql", in: folder)
    #expect(refused.status == 2)
    #expect(try folder.read("mine.sql") == "SELECT 1;\n")
    #expect(try Command.run("migrations", "--preflight", "p.sql", in: folder).status == 1)
    #expect(try Command.run("migrations", "--preflight", "p.sql", in: folder).status == 1)
    #expect(try Command.run("migrations", "--preflight", "migrations/000001_a.up.sql", in: folder).status == 2)
  }

  @Test("is said to hang on rows in the text, once for a statement")
  func text() throws {
    let folder = try ProjectFolder(Self.files)
    let command = try Command.run("migrations", "--format", "text", in: folder)
    #expect(command.output.contains("= before: SELECT id, a FROM t WHERE char_length(rtrim(a, ' ')) > 3 LIMIT 10;"))
    #expect(command.output.components(separatedBy: "= before: ").count == 3)
  }
}
