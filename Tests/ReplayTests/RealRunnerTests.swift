import Foundation
import Linting
import LiveServer
import Migrations
import PostgresParser
import Syntax
import Testing

/// What `Documentation/runners.md` says of runners is held against the runners themselves.
@Suite("A real runner on a live server", .enabled(if: LiveServer.shared != nil, "\(LiveServer.absence)"))
struct RealRunnerTests {
  @Test("is there, or what it would prove is left out", arguments: InstalledRunner.allCases)
  func isThere(runner: InstalledRunner) {
    let count = FailingHistory.all.count { $0.runner == runner }
    print("runners: \(runner.isInstalled ? "\(runner.rawValue) runs \(count) failing histories" : runner.absence)")
    #expect(count > 0)
  }

  @Test(
    "runs the files of its fixture in the order that is told from the folder",
    arguments: InstalledRunner.allCases.filter { $0.isInstalled && $0 != .alembic }
  )
  func fixture(runner: InstalledRunner) throws {
    let name = runner == .psql ? "plain" : runner.rawValue
    let folder = ExecutionModeTests.fixtures.appending(path: name)
    let ups = try Self.history(in: folder).migrations.map(\.up)
    let database = try LiveDatabase(on: #require(LiveServer.shared))
    defer { try? database.drop() }
    let answer = try database.deploy(folder, with: runner, scripts: ups.map(\.path))
    #expect(answer.succeeded)
    switch runner {
    case .dbmate:
      let applied = answer.lines.compactMap { $0.hasPrefix("Applying: ") ? String($0.dropFirst(10)) : nil }
      var files = ups.map { URL(filePath: $0.path).lastPathComponent }
      // Of several pairs in a file it tells once.
      files = zip(files, [""] + files).filter { $0 != $1 }.map(\.0)
      #expect(applied == files)
    case .sqitch:
      let changes = try database.run("SELECT change FROM sqitch.changes ORDER BY committed_at").rows
      #expect(changes == ups.map { String($0.name.prefix { $0 != "@" }) })
    case .psql, .alembic: break
    }
  }

  @Test(
    "that meets a statement which PostgreSQL refuses leaves what is said, and the way out leads out",
    arguments: FailingHistory.all.filter(\.runner.isInstalled)
  )
  func failure(history: FailingHistory) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqllint-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let database = try LiveDatabase(on: #require(LiveServer.shared))
    defer { try? database.drop() }
    try history.files.write(below: folder)
    if history.runner == .alembic { _ = try database.deploy(folder, with: .alembic) }

    let report = try Self.report(on: folder)
    #expect(report.tables(leftBy: history.runner) == history.tables)

    let isScript = history.runner == .psql || history.runner == .alembic
    let scripts = report.migrations.map(\.migration.path).withoutRepetition
    let answer = try database.deploy(folder, with: isScript ? .psql : history.runner, scripts: scripts)
    #expect(answer.succeeded == history.seemsToSucceed)
    #expect(try database.tables == history.tables)
    #expect(try database.recorded(by: history.runner) == history.recorded)

    _ = try database.run(history.byHand)
    try history.fixed.write(below: folder)
    let way = try database.deploy(folder, with: history.runner, scripts: history.fixed.keys.sorted())
    #expect(way.succeeded)
    if history.runner == .alembic {
      // From the version on that the table names.
      try Data(Self.rest(of: way.lines, after: history.recorded.last).utf8).write(
        to: folder.appending(path: "upgrade.sql")
      )
      #expect(try database.deploy(folder, with: .psql, scripts: ["upgrade.sql"]).succeeded)
    }
    #expect(try database.tables == history.fixedTables)
    let keeps = history.runner != .psql
    #expect(try !keeps || database.recorded(by: history.runner).isEmpty == false)
  }

  private static func history(in folder: URL) throws -> History {
    let exclusions = Exclusions(workingFolder: FileSystem.workingFolder())
    return try #require(MigrationLoader(exclusions: exclusions).load([.stored(RawPath(folder.path))]).first)
  }

  private static func report(on folder: URL) throws -> Report {
    Linter(rules: [], policy: Policy(targetVersion: 17))
      .lint([try history(in: folder)], toolVersion: "test", grammarVersion: PostgresParser.grammarVersion)
  }

  /// The steps of a script of Alembic's behind the one that leads to a version.
  private static func rest(of lines: [String], after version: String?) -> String {
    let start = version.flatMap { version in lines.firstIndex { $0.hasPrefix("-- Running upgrade \(version) ->") } }
    return lines[(start ?? 0)...].joined(separator: "\n")
  }
}

extension [String: String] {
  fileprivate func write(below folder: URL) throws {
    for (path, text) in self {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }
}

extension LiveDatabase {
  /// The tables of the migrations, without the runners' own.
  fileprivate var tables: [String] {
    get throws {
      try run(
        """
        SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename NOT IN ('schema_migrations', 'alembic_version') ORDER BY 1
        """
      ).rows
    }
  }

  /// What the runner's own table names.
  fileprivate func recorded(by runner: InstalledRunner) throws -> [String] {
    switch runner {
    case .psql: []
    case .dbmate: try run("SELECT version FROM schema_migrations ORDER BY 1").rows
    case .sqitch: try run("SELECT change FROM sqitch.changes ORDER BY committed_at").rows
    case .alembic: try run("SELECT version_num FROM alembic_version").rows
    }
  }
}

extension Report {
  /// The tables that the report, and what is documented of the runner, say are there after the failure.
  fileprivate func tables(leftBy runner: InstalledRunner) -> [String] {
    var tables: [String] = []
    for migration in migrations where migration.migration.direction == .up {
      let failed = migration.statements.filter { $0.refusal?.isCertain == true }
      let undone = Set(failed.map(\.transaction))
      let end = failed.first?.transaction ?? .max
      let stay = migration.statements.filter { statement in
        !undone.contains(statement.transaction)
          && (migration.migration.goesOnAfterErrors || statement.transaction < end)
      }
      let isOneScript = runner == .alembic && migration.migration.transactionMode == .wrapped
      // Sqitch reverts the changes before it; a failure inside a BEGIN around a script of Alembic's undoes all of it.
      if !failed.isEmpty, runner == .sqitch || isOneScript { tables = [] }
      let texts = stay.map { String(migration.migration.script.source[$0.statement.range]) }
      tables += texts.filter { $0.hasPrefix("CREATE TABLE ") }
        .map { String($0.dropFirst("CREATE TABLE ".count).prefix { $0 != " " }) }
      if !failed.isEmpty, isOneScript || !migration.migration.goesOnAfterErrors { break }
    }
    return tables.filter { $0 != "alembic_version" }.withoutRepetition.sorted()
  }
}

extension [String] {
  fileprivate var withoutRepetition: [String] {
    reduce(into: []) { known, name in if !known.contains(name) { known.append(name) } }
  }
}
