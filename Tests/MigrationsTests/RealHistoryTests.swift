import Foundation
import Linting
import Testing

@testable import Migrations

@Suite("Real histories", .enabled(if: corpora != nil, "the histories are not beside the package"))
struct RealHistoryTests {
  /// What a folder of `../shared/corpora` holds.
  struct Expected: CustomTestStringConvertible, Sendable {
    let folder: String
    let runner: String
    let ups: Int
    let downs: Int
    /// How the runner sends most of them.
    let usualMode: Migration.TransactionMode
    /// Up migrations that leave it.
    let optOuts: Int
    /// The file that the recording ran at another place than its runner does: it took for a number what the runner
    /// compares as text.
    var misplaced: String?

    var testDescription: String { folder }
  }

  @Test(
    "runner, order, directions, transactions and syntax errors",
    arguments: [
      Expected(
        folder: "subculture-collective__clipper",
        runner: "golang-migrate",
        ups: 104,
        downs: 104,
        usualMode: .implicit,
        optOuts: 0
      ),
      Expected(
        folder: "openmeterio__openmeter",
        runner: "golang-migrate",
        ups: 269,
        downs: 269,
        usualMode: .implicit,
        optOuts: 0
      ),
      Expected(folder: "authelia__authelia", runner: "authelia", ups: 26, downs: 26, usualMode: .wrapped, optOuts: 0),
      Expected(folder: "hatchet-dev__hatchet", runner: "goose", ups: 224, downs: 136, usualMode: .wrapped, optOuts: 33),
      Expected(folder: "shifu-ai__lobu", runner: "dbmate", ups: 132, downs: 132, usualMode: .wrapped, optOuts: 35),
      Expected(
        folder: "rust-lang__crates.io",
        runner: "diesel",
        ups: 285,
        downs: 285,
        usualMode: .wrapped,
        optOuts: 7,
        misplaced: "2026-05-27-120000-0000_semver_ord_v2_not_null"
      ),
      Expected(folder: "svix__svix-webhooks", runner: "sqlx", ups: 16, downs: 16, usualMode: .wrapped, optOuts: 0),
      Expected(
        folder: "langfuse__langfuse",
        runner: "prisma",
        ups: 434,
        downs: 0,
        usualMode: .implicit,
        optOuts: 0,
        misplaced: "20250625_add_pivot_table_charttype"
      ),
      Expected(
        folder: "alphagov__pay-ledger",
        runner: "liquibase",
        ups: 106,
        downs: 51,
        usualMode: .wrapped,
        optOuts: 25
      ),
      Expected(folder: "bcgov__cas-cif", runner: "sqitch", ups: 334, downs: 334, usualMode: .none, optOuts: 0),
    ]
  )
  func loads(expected: Expected) throws {
    let folder = try #require(corpora).appending(path: expected.folder)
    let exclusions = Exclusions(workingFolder: FileSystem.workingFolder())
    let histories = try MigrationLoader(exclusions: exclusions).load([.stored(RawPath(folder.path))])
    let history = try #require(histories.first)
    #expect(histories.count == 1)
    #expect(history.origin?.runner == expected.runner)
    let ups = history.migrations.map(\.up)
    let downs = history.migrations.compactMap(\.down) + history.orphanedDowns
    #expect(ups.count == expected.ups)
    #expect(downs.count == expected.downs)
    #expect(ups.count { $0.transactionMode != expected.usualMode } == expected.optOuts)
    #expect((ups + downs).allSatisfy { $0.unreadable == nil })
    #expect(try Set((ups + downs).flatMap(syntaxErrors)) == knownSyntaxErrors(in: expected.folder))
    let recorded = try recordedFiles(of: expected.folder)
    let order = ups.map { below($0.path) }.filter(Set(recorded).contains)
    func placed(_ files: [String]) -> [String] {
      var seen: Set<String> = []
      return files.filter { file in expected.misplaced.map { !file.contains($0) } ?? true && seen.insert(file).inserted
      }
    }
    #expect(placed(order) == placed(recorded))
  }

  private func below(_ path: String) -> String { path.split(separator: "/corpora/").last.map(String.init) ?? path }

  private func syntaxErrors(in migration: Migration) -> [String] {
    migration.script.errors.map { error in
      let line = migration.script.source.location(of: error.range.lowerBound).line
      return "\(below(migration.path)):\(line)"
    }
  }

  /// Those that Documentation/replay.md lists with their causes.
  private func knownSyntaxErrors(in folder: String) throws -> Set<String> {
    let file = package.appending(path: "Documentation/replay.md")
    let section = try String(contentsOf: file, encoding: .utf8).split(separator: "## Syntax errors\n").last ?? ""
    return Set(section.split(separator: "`").map(String.init).filter { $0.hasPrefix(folder + "/") })
  }

  /// The files in the order in which they were run for the recording.
  private func recordedFiles(of folder: String) throws -> [String] {
    let file = try #require(corpora).deletingLastPathComponent().appending(path: "replay/\(folder).jsonl")
    struct Record: Decodable { let file: String }
    return try Data(contentsOf: file).split(separator: UInt8(ascii: "\n"))
      .map { try JSONDecoder().decode(Record.self, from: $0).file }
  }
}

private let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// Where they stand; `nil` on a machine that has none.
private let corpora: URL? = {
  let folder = package.deletingLastPathComponent().appending(path: "shared/corpora")
  return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
}()
