import Analysis
import Foundation
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
    /// Genuine ones, mostly in ways back that nobody ran.
    var syntaxErrors = 0

    var testDescription: String { folder }
  }

  @Test(
    "runner, directions, transactions and syntax errors",
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
        syntaxErrors: 1
      ),
      Expected(folder: "svix__svix-webhooks", runner: "sqlx", ups: 16, downs: 16, usualMode: .wrapped, optOuts: 0),
      Expected(folder: "langfuse__langfuse", runner: "prisma", ups: 434, downs: 0, usualMode: .implicit, optOuts: 0),
      Expected(
        folder: "alphagov__pay-ledger",
        runner: "liquibase",
        ups: 106,
        downs: 51,
        usualMode: .wrapped,
        optOuts: 25,
        syntaxErrors: 8
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
    #expect((ups + downs).map(\.script.errors.count).reduce(0, +) == expected.syntaxErrors)
    #expect((ups + downs).allSatisfy { $0.unreadable == nil })
  }
}

/// Where they stand; `nil` on a machine that has none.
private let corpora: URL? = {
  let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let folder = package.deletingLastPathComponent().appending(path: "shared/corpora")
  return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
}()
