import Catalog
import Configuration
import Foundation
import LiveServer
import Syntax
import Testing

@testable import SQLLint

@Suite("A file with the sizes of tables")
struct SizeFileTests {
  private func read(_ text: String) throws -> [QualifiedName: TableSizes.Measure] {
    try SizeFile.read(Array(text.utf8))
  }

  private func problems(in text: String) -> [String] {
    do throws(ConfigurationFailure) {
      _ = try SizeFile.read(Array(text.utf8))
      return []
    } catch {
      return error.messages(for: "s")
    }
  }

  @Test(
    "is CSV or JSON, with the columns in any order",
    arguments: [
      "schema,table,rows,bytes\npublic,users,5,8192\na,\"b\"\"c,\nd\",,1\n",
      "\u{FEFF}BYTES,table,comment,schema,rows\r\n8192,users,x,,5\r\n\r\n1,\"b\"\"c,\nd\",,a,-1",
      #" [ {"table": "users", "rows": 5, "bytes": 8192, "x": true}, {"schema":"a","table":"b\"c,\u000Ad","bytes":1,"rows":null}]"#,
    ]
  )
  func formats(text: String) throws {
    let measures = try read(text)
    #expect(measures[QualifiedName(schema: "public", "users")] == .init(rows: 5, bytes: 8192))
    #expect(measures[QualifiedName(schema: "a", "b\"c,\nd")] == .init(rows: nil, bytes: 1))
    #expect(measures.count == 2)
  }

  @Test(
    "is told with the line where it is wrong",
    arguments: [
      ("", "s:1:1: the file is empty: expected schema,table,rows,bytes"),
      ("name,rows\n", "s:1:1: the first line names no columns of sizes: expected schema,table,rows,bytes"),
      ("table,rows\na,1\nb\n", "s:3:1: this line has 1 values, and the first one has 2"),
      ("table,rows\na,1\nb,many\n", "s:3:1: rows is 'many': expected a whole number"),
      ("table,rows\na,1\nb,99999999999999999999\n", "s:3:1: rows is '99999999999999999999': expected a whole number"),
      ("table,rows\n,1\n", "s:2:1: the name of the table is missing"),
      ("table,rows\na,1\na,1\n", "s:3:1: public.a is there twice"),
      ("table,rows\n\"a,1\n", "s:2:1: a quoted value has no end"),
      ("table,rows\n\"a\"b,1\n", "s:2:1: a comma is missing behind a quoted value"),
      ("[{\"table\": \"a\",\n\"rows\": [1]}]", "s:2:1: a value is missing, or is not a text or a number"),
      ("[{\"table\": \"a\"}\n{}]", "s:2:1: this is not a JSON list of flat objects: ] is missing"),
      ("[{\"table\": \"a\\q\"}]", "s:1:1: a text has an unknown escape"),
      ("[{\"table\": \"\\u12\"}]", "s:1:1: \\u needs four hexadecimal digits"),
      ("[] x", "s:1:1: there is something behind the list"),
    ]
  )
  func mistakes(text: String, problem: String) { #expect(problems(in: text) == [problem]) }

  @Test("cut or spoiled anywhere ends in a complaint or in sizes, and deep nesting in a complaint")
  func hostile() {
    let texts = [
      "table,rows\n\"a\"\"b\",1\n\r\nc,2", #"[{"table": "a\u0041", "rows": 1}, {"table": "b"}]"#,
      String(repeating: "[", count: 100_000), String(repeating: "[{\"a\":", count: 100_000),
    ]
    for text in texts {
      let bytes = Array(text.utf8)
      for end in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 60)) {
        _ = try? SizeFile.read(Array(bytes[..<end]))
        var spoiled = bytes
        spoiled[end] = [0x22, 0x5C, 0xFF, 0x00][end % 4]
        _ = try? SizeFile.read(spoiled)
      }
    }
    #expect(problems(in: texts[2]) != [])
  }

  @Test("is what psql makes of the query", .enabled(if: LiveServer.shared != nil, "\(LiveServer.absence)"))
  func query() throws {
    let database = try LiveDatabase(on: #require(LiveServer.shared))
    defer { try? database.drop() }
    let setup = """
      CREATE TABLE "Odd, name" (id int);
      CREATE TABLE many (id int PRIMARY KEY);
      INSERT INTO many SELECT generate_series(1, 20000);
      ANALYZE many;
      CREATE TABLE parts (id int) PARTITION BY LIST (id);
      CREATE TABLE part PARTITION OF parts DEFAULT;
      INSERT INTO parts VALUES (1);
      CREATE SCHEMA s;
      CREATE MATERIALIZED VIEW s.v AS SELECT * FROM many;
      """
    #expect(try database.run(setup, .apart).errors == [])
    let folder = try ProjectFolder([
      "migrations/1_a.up.sql": "CREATE TABLE many (id int PRIMARY KEY);",
      "migrations/2_b.up.sql": "CREATE INDEX many_idx ON many (id, id);",
    ])
    let printed = try Command.run("sizes", "--query", in: folder)
    #expect(printed.errors == "" && printed.output == SizesCommand.sql)
    let answer = try database.run(printed.output)
    #expect(answer.errors == [])
    // psql's own layout has bars between the values.
    let lines = answer.rows.map { row in
      row.split(separator: "|", omittingEmptySubsequences: false).map { "\"\($0)\"" }.joined(separator: ",")
    }
    let csv = (["schema,table,rows,bytes"] + lines).joined(separator: "\n")
    let measures = try read(csv)
    func measure(_ schema: String, _ name: String) -> TableSizes.Measure? {
      measures[QualifiedName(schema: schema, name)]
    }
    #expect(measures.count == 5)
    #expect(measure("public", "many")?.rows == 20_000)
    #expect(measure("public", "many")?.bytes ?? 0 > 100_000)
    #expect(measure("public", "Odd, name") == .init(rows: nil, bytes: 0))
    #expect(measure("public", "parts")?.bytes ?? 0 == measure("public", "part")?.bytes ?? -1)
    #expect(measure("s", "v")?.bytes ?? 0 > 100_000)

    try folder.write(csv, to: "sizes.csv")
    let rates = "fail_on: low\nsizes: sizes.csv\nrates: {index-build: 1 kB/s}\n"
    try folder.write(rates, to: ".sqllint.yml")
    let command = try Command.run("migrations", "--format", "text", in: folder)
    #expect(command.output.contains("= estimate: about"), "\(command.output)\(command.errors)")
  }

  @Test("outside of the project is read only where the command line names it, and never written over")
  func place() throws {
    let folder = try ProjectFolder([
      "a/migrations/1_a.up.sql": "SELECT 1;", "sizes.csv": "table,rows\na,x\n", "a/.git": "",
      "a/good.csv": "table,rows\na,1\n",
    ])
    try folder.write("sizes: ../sizes.csv\n", to: "a/.sqllint.yml")
    let inside = try Command.run("a/migrations", in: folder)
    #expect(inside.status == 2 && inside.errors.contains("give it with --sizes"), "\(inside.errors)")
    let named = try Command.run("a/migrations", "--sizes", "sizes.csv", in: folder)
    #expect(named.complaints == ["sqllint: sizes.csv:2:1: rows is 'x': expected a whole number"])
    try folder.write("sizes: good.csv\n", to: "a/.sqllint.yml")
    let written = try Command.run("a/migrations", "--output", "a/good.csv", "--format", "json", in: folder)
    #expect(written.status == 2, "\(written.errors)")
    #expect(try folder.read("a/good.csv") == "table,rows\na,1\n")
  }
}
