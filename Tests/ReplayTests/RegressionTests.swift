import Foundation
import Linting
import PostgresParser
import Syntax
import Testing

@Suite("Refusals and locks agree with what PostgreSQL 17 did on its own regression scripts")
struct RegressionTests {
  /// What is reached, in percent, so that it can only rise.
  static let floor = (
    refusals: (precision: 99.9, recall: 88.5, equalStates: 99.1), locks: (precision: 99.5, recall: 99.5)
  )

  static let folder: URL? = {
    guard let folder = Recording.shared?.appending(path: "regress") else { return nil }
    return FileManager.default.fileExists(atPath: folder.appending(path: "recorded").path) ? folder : nil
  }()

  @Test("over all scripts", .enabled(if: folder != nil, "the scripts and recordings are not beside the package"))
  func scripts() throws {
    let folder = try #require(Self.folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "recorded").path)
      .filter { $0.hasSuffix(".jsonl") }.map { String($0.dropLast(6)) }.sorted()
    var total = RegressionScore()
    var table = [
      [
        "script", "statements", "not found", "refusals: precision", "recall", "of", "same SQLSTATE", "locks: precision",
        "recall", "of",
      ]
    ]
    for name in names {
      let score = try Self.score(of: name, in: folder)
      table.append(score.row(named: name))
      total += score
    }
    table.append(total.row(named: "every script"))
    print(aligned(table))
    if let path = ProcessInfo.processInfo.environment["SQLLINT_REGRESS_DIFFERENCES"] {
      try total.differences.map { "\($0)\n" }.joined().write(toFile: path, atomically: true, encoding: .utf8)
    }
    #expect(total.refusals.precision >= Self.floor.refusals.precision)
    #expect(total.refusals.recall >= Self.floor.refusals.recall)
    #expect(total.shareOfEqualStates >= Self.floor.refusals.equalStates)
    #expect(total.locks.precision >= Self.floor.locks.precision)
    #expect(total.locks.recall >= Self.floor.locks.recall)
  }

  /// Lints a script behind the suite's set-up, statement by statement as psql sends it.
  private static func score(of name: String, in folder: URL) throws -> RegressionScore {
    let files = ["test_setup", name]
    let migrations = try files.enumerated().map { index, file in
      let path = folder.appending(path: "sql/\(file).sql").path
      let bytes = try Data(contentsOf: URL(filePath: path))
      return Migration(
        path: path,
        version: "\(index)",
        name: file,
        direction: .up,
        runner: "plain",
        transactionMode: .none,
        script: PostgresParser.parse(SourceText(path: path, utf8: Array(bytes))),
        goesOnAfterErrors: true
      )
    }
    let history = History(migrations: migrations.map { MigrationPair(up: $0, down: nil) })
    let report = Linter(rules: [], policy: Policy(targetVersion: 17))
      .lint([history], toolVersion: "test", grammarVersion: PostgresParser.grammarVersion)
    let recorded = try String(contentsOf: folder.appending(path: "recorded/\(name).jsonl"), encoding: .utf8)
    let records = try recorded.split(separator: "\n").map {
      try JSONDecoder().decode(RegressionRecord.self, from: Data($0.utf8))
    }
    return RegressionScore(records, with: try #require(report.migrations.last))
  }
}

extension RegressionScore {
  fileprivate func row(named name: String) -> [String] {
    [
      name, "\(statements)", "\(unmatched)", percent(refusals.precision), percent(refusals.recall),
      "\(refusals.agreed + refusals.missing)", percent(shareOfEqualStates), percent(locks.precision),
      percent(locks.recall), "\(locks.agreed + locks.missing)",
    ]
  }

  private func percent(_ value: Double) -> String { String(format: "%.1f %%", value) }
}
