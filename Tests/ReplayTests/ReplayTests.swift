import Catalog
import Execution
import Foundation
import PostgresParser
import Syntax
import Testing

@Suite("Effects agree with what PostgreSQL 15 did on real histories")
struct ReplayTests {
  /// What is reached, so that it can only rise.
  static let floor = (work: (precision: 0.999, recall: 0.995), locks: (precision: 0.995, recall: 0.995))

  @Test("over all histories", .enabled(if: Recording.shared != nil, "the recordings are not beside the package"))
  func replay() throws {
    let shared = try #require(Recording.shared)
    let corpora = shared.appendingPathComponent("corpora")
    var total = Comparison()
    var table = [
      ["history", "statements", "work: precision", "recall", "locks: precision", "recall", "differ", "not found"]
    ]
    for recording in try Recording.all(in: shared) {
      let comparison = try recording.compared(with: corpora)
      table.append(comparison.row(named: recording.history))
      total = total + comparison
    }
    table.append(total.row(named: "all"))
    print(aligned(table))
    try write(total.differences)
    #expect(total.work.precision >= Self.floor.work.precision)
    #expect(total.work.recall >= Self.floor.work.recall)
    #expect(total.locks.precision >= Self.floor.locks.precision)
    #expect(total.locks.recall >= Self.floor.locks.recall)
    #expect(total.unmatched.isEmpty)
    let differing = Set(total.differences.map { "\($0.file):\($0.line)" })
    let documented = try Self.documented()
    #expect(differing.subtracting(documented) == [], "what Documentation/replay.md does not explain")
    #expect(documented.subtracting(differing) == [], "what Documentation/replay.md explains and nothing shows")
  }

  /// The places in the lists of `Documentation/replay.md`.
  private static func documented() throws -> Set<String> {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: package.appending(path: "Documentation/replay.md"), encoding: .utf8)
    let places = text.split(separator: "\n").filter { $0.hasPrefix("- `") && $0.hasSuffix("`") }
    return Set(places.map { String($0.dropFirst(3).dropLast()) })
  }

  /// Lists the differences in the file that the environment names, for those who go after them.
  private func write(_ differences: [Comparison.Difference]) throws {
    guard let path = ProcessInfo.processInfo.environment["SQLLINT_REPLAY_DIFFERENCES"] else { return }
    let lines = differences.map { difference in
      let missing = difference.missing.map(\.description).joined(separator: ", ")
      let wrong = difference.wrong.map(\.description).joined(separator: ", ")
      return "\(difference.file):\(difference.line)\n  missing: \(missing)\n  wrong: \(wrong)\n  \(difference.sql)\n"
    }
    try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
  }
}

extension Recording {
  /// Runs the history in a simulated database, leaving out what failed when it was recorded.
  func compared(with corpora: URL) throws -> Comparison {
    var comparison = Comparison()
    var database = Database()
    for (path, recorded) in files {
      database.beginMigration(on: Self.day)
      let bytes = try Data(contentsOf: corpora.appendingPathComponent(path))
      let script = PostgresParser.parse(SourceText(path: path, utf8: Array(bytes)))
      var statements = Dictionary(grouping: script.statements) { script.source.location(of: $0.range.lowerBound).line }
      for record in recorded {
        guard let statement = statements[record.line]?.first else {
          comparison.skip(record)
          continue
        }
        statements[record.line]?.removeFirst()
        guard record.ok else { continue }
        let effects = database.execute(statement.kind, version: 15).effects
        if !statement.kind.isConcurrent { comparison.compare(record, statement.kind, effects, after: database) }
      }
    }
    return comparison
  }
}

extension Comparison {
  fileprivate func row(named name: String) -> [String] {
    [
      name, String(statements), percent(work.precision), percent(work.recall), percent(locks.precision),
      percent(locks.recall), String(differences.count), String(unmatched.count),
    ]
  }

  private func percent(_ value: Double) -> String { String(format: "%.2f %%", value * 100) }
}

/// The first column to the left, the numbers to the right.
func aligned(_ rows: [[String]]) -> String {
  let columns = rows.map(\.count).max() ?? 0
  let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
  return rows.map { row in
    row.enumerated().map { column, text in
      let padding = String(repeating: " ", count: widths[column] - text.count)
      return column == 0 ? text + padding : padding + text
    }.joined(separator: "  ")
  }.joined(separator: "\n")
}
