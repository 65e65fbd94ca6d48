import Foundation
import Linting
import PostgresParser
import Syntax

/// One statement of `Fixtures/refusals` behind those that prepare it, to be run on the schema that its file starts from.
struct RefusalCase: Sendable, CustomStringConvertible {
  let file: String
  let title: String
  let sql: String
  /// What makes the schema that the case starts from: what stands above the first case of the file.
  let setup: String
  /// `-- refused: 42701`: the SQLSTATE with which PostgreSQL refuses the last statement; `nil` for `-- runs`.
  let state: String?
  /// `-- alone`: the statements run one by one, each in a transaction of its own, instead of all in one block.
  let isAlone: Bool
  /// `-- from: 17` and `-- until: 17`: the versions of PostgreSQL that behave so.
  let versions: ClosedRange<Int>
  /// `-- unknown to sqllint: reason`: PostgreSQL refuses it, and sqllint says nothing or another SQLSTATE.
  let unknown: String?
  /// Whether there is a line for each thing that must be told, and no other.
  let isWellFormed: Bool

  var description: String { "\(file): \(title)" }

  /// A case starts with `-- case: title` and ends where the next one starts.
  static let all: [RefusalCase] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".sql") }.sorted().flatMap { file in
      let text = (try? String(contentsOf: folder.appending(path: file), encoding: .utf8)) ?? ""
      let parts = text.components(separatedBy: "-- case: ")
      return parts.dropFirst().map { part in
        RefusalCase(
          file: String(file.dropLast(4)),
          setup: parts[0],
          lines: part.split(separator: "\n").map(String.init)
        )
      }
    }
  }()

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/refusals")

  private init(file: String, setup: String, lines: [String]) {
    func value(of key: String) -> String? {
      lines.first { $0.hasPrefix("-- \(key): ") }.map { String($0.dropFirst(key.count + 5)) }
    }
    self.file = file
    self.setup = setup
    title = lines.first ?? ""
    state = value(of: "refused")
    isAlone = lines.contains("-- alone")
    unknown = value(of: "unknown to sqllint")
    let first = value(of: "from").flatMap { Int($0) } ?? 0
    versions = first...max(first, value(of: "until").flatMap { Int($0) } ?? 99)
    let (marks, rest) = (lines.filter { $0.hasPrefix("-- ") }, lines.dropFirst().filter { !$0.hasPrefix("-- ") })
    sql = rest.joined(separator: "\n")
    let outcomes = marks.filter { $0 == "-- runs" || $0.hasPrefix("-- refused: ") }
    let others = [value(of: "from"), value(of: "until"), unknown].compactMap(\.self).count + (isAlone ? 1 : 0)
    isWellFormed = outcomes.count == 1 && marks.count == 1 + others && (unknown == nil || state != nil)
  }

  /// The SQLSTATE with which sqllint says that a server of this version refuses the last statement.
  func claimedState(version: Int) -> String? {
    func migration(_ text: String, _ number: Int, mode: Migration.TransactionMode) -> MigrationPair {
      let path = "\(number).sql"
      let up = Migration(
        path: path,
        version: "\(number)",
        name: "case",
        direction: .up,
        runner: "plain",
        transactionMode: mode,
        script: PostgresParser.parse(SourceText(path: path, text: text)),
        goesOnAfterErrors: mode == .none
      )
      return MigrationPair(up: up, down: nil)
    }
    let history = History(migrations: [
      migration(setup, 1, mode: .none), migration(sql, 2, mode: isAlone ? .none : .wrapped),
    ])
    let report = Linter(rules: [], policy: Policy(targetVersion: version))
      .lint([history], toolVersion: "test", grammarVersion: PostgresParser.grammarVersion)
    return report.migrations.last?.statements.last?.refusal?.state.rawValue
  }
}
