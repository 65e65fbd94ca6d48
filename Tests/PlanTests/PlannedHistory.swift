import Foundation
import Linting
import LiveServer
import Migrations
import Rules

@testable import Plan

/// A folder's history, with the runbook of all of it or of what comes behind a version.
struct PlannedHistory {
  let history: History
  let report: Report
  let runbook: Runbook

  init(_ folder: URL, for version: Int, since: String? = nil) throws {
    let loader = MigrationLoader(
      exclusions: Exclusions(workingFolder: RawPath("/")),
      start: since.map(Start.init(parsing:))
    )
    let histories = try loader.load([.stored(RawPath(folder.path))])
    report = Linter(rules: AllRules.all, policy: Policy(targetVersion: version))
      .lint(histories, keepsDatabases: true, toolVersion: "test", grammarVersion: "17")
    guard let longest = histories.max(by: { $0.migrations.count < $1.migrations.count }) else { throw Missing() }
    history = longest
    runbook = Runbook(report, of: history)
  }

  struct Missing: Error {}

  /// The runbook of a deployment of one migration alone.
  func runbook(of pair: MigrationPair) -> Runbook {
    let own = report.migrations.filter { report in
      [pair.up, pair.down].contains { $0?.path == report.migration.path && $0?.version == report.migration.version }
    }
    let part = Report(
      migrations: own,
      ignored: [],
      policy: report.policy,
      toolVersion: report.toolVersion,
      grammarVersion: report.grammarVersion
    )
    return Runbook(part, of: history)
  }

  /// The demo project with five new migrations.
  static func demoFolder() throws -> URL {
    let fixtures = package.appending(path: "Fixtures")
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqllint-plan-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: fixtures.appending(path: "demo/migrations"), to: folder)
    for file in try FileManager.default.contentsOfDirectory(atPath: fixtures.appending(path: "plan").path) {
      try FileManager.default.copyItem(at: fixtures.appending(path: "plan/\(file)"), to: folder.appending(path: file))
    }
    return folder
  }

  /// A folder of the test's own with these files.
  static func folder(_ files: [String: String]) throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqllint-plan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
    return folder
  }

  private static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The real histories, where they are.
  static let corpora: URL? = {
    let folder = package.appending(path: "../shared/corpora").standardizedFileURL
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()
}

extension Migration {
  var text: String { String(decoding: script.source.utf8, as: UTF8.self) }
}

extension LiveDatabase {
  /// As its runner sends it.
  func run(_ migration: Migration) throws -> Answer {
    switch migration.transactionMode {
    case .implicit: try run(migration.text, .whole)
    case .wrapped, .split: try run(migration.text, .wrapped)
    case .none: try run(migration.text, .apart)
    }
  }
}
