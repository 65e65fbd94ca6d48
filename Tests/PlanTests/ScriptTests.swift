import Foundation
import Linting
import Migrations
import Reports
import Rules
import Testing

@testable import Plan

@Suite("The scripts for psql")
struct ScriptTests {
  /// A name holds what a CI runner would obey.
  private static let files = [
    "000001_a.up.sql": "CREATE TABLE \"x\n::error::y\" (id int PRIMARY KEY, \"c\n##[error]z\" int);\n",
    "000002_b.up.sql": "ALTER TABLE \"x\n::error::y\" ADD COLUMN \"e\n::error::e\" int;\n"
      + "ALTER TABLE \"x\n::error::y\" ADD CONSTRAINT \"k\n::error::k\" UNIQUE (\"c\n##[error]z\");\n",
  ]

  @Test("give no orders to CI runners, whatever the names are, and ask about the same objects")
  func orders() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqllint-scripts-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, sql) in Self.files { try Data(sql.utf8).write(to: folder.appending(path: name)) }
    let loader = MigrationLoader(
      exclusions: Exclusions(workingFolder: RawPath("/")),
      start: Start(parsing: "000001")
    )
    let histories = try loader.load([.stored(RawPath(folder.path))])
    let report = Linter(rules: AllRules.all, policy: Policy())
      .lint(histories, keepsDatabases: true, toolVersion: "test", grammarVersion: "17")
    let history = try #require(histories.first)
    let validation = Runbook(report, of: history).validation
    #expect(validation.contains("E'public.\"x\\n::error::y\"'"), "\(validation)")
    let preflight = PreflightScript.render(report)
    #expect(preflight.contains("\\+00000A::error::"), "\(preflight)")
    for line in (validation + preflight).split(separator: "\n") {
      #expect(!line.drop { $0 == " " }.hasPrefix("::") && !line.contains("##["), "\(line)")
    }
  }

  @Test("count what is copied out of a table once, however often the table is emptied")
  func archives() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqllint-scripts-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let sql = """
      CREATE TABLE clips (id int);
      CREATE TABLE old_clips (id int);
      INSERT INTO old_clips SELECT * FROM clips WHERE id < 9;
      DELETE FROM clips WHERE id < 9;
      DELETE FROM clips;
      """
    try Data(sql.utf8).write(to: folder.appending(path: "000001_a.up.sql"))
    let loader = MigrationLoader(exclusions: Exclusions(workingFolder: RawPath("/")))
    let histories = try loader.load([.stored(RawPath(folder.path))])
    let report = Linter(rules: AllRules.all, policy: Policy())
      .lint(histories, keepsDatabases: true, toolVersion: "test", grammarVersion: "17")
    let migration = try #require(report.judged.first)
    let replay = try #require(migration.replay)
    let archives = RowChecks(of: migration, replay).archives
    #expect(archives.map(\.before) == ["SELECT count(*) AS expected FROM public.clips WHERE id < 9"])
    #expect(archives.map(\.after) == ["SELECT count(*) FROM public.old_clips"])
  }
}
