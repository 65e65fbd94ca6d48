import Foundation
import PostgresParser
import Syntax

/// One statement, or a few, of `Fixtures/effects`, to be run on the schema of `base.sql`.
struct EffectCase: Sendable, CustomStringConvertible {
  let file: String
  let title: String
  private(set) var sql: String
  /// `-- held: LOCK TABLE users`: what others run in transactions that end one after the other, while a statement that no
  /// transaction block allows waits for them.
  let held: [String]
  /// `-- watched`: no transaction block allows the statement.
  let isWatched: Bool
  /// `-- from: 17`: the first version that has the command.
  let firstVersion: Int

  var description: String { "\(file): \(title)" }

  var statements: [Statement.Kind] { Self.statements(of: sql) }

  static let base = (try? text(of: "base.sql")) ?? ""

  /// A case starts with `-- case: title` and ends where the next one starts.
  static let all: [EffectCase] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".sql") && $0 != "base.sql" }.sorted().flatMap { file in
      ((try? text(of: file)) ?? "").components(separatedBy: "-- case: ").dropFirst().map { part in
        EffectCase(file: String(file.dropLast(4)), lines: part.split(separator: "\n").map(String.init))
      }
    }
  }()

  private init(file: String, lines: [String]) {
    func values(of key: String) -> [String] {
      lines.filter { $0.hasPrefix("-- \(key): ") }.map { String($0.dropFirst(key.count + 5)) }
    }
    self.file = file
    title = lines.first ?? ""
    held = values(of: "held")
    isWatched = !held.isEmpty || lines.contains("-- watched")
    firstVersion = values(of: "from").first.flatMap { Int($0) } ?? 0
    sql = lines.dropFirst().filter { !$0.hasPrefix("-- ") }.joined(separator: "\n")
  }

  /// The same case in other words.
  func worded(_ sql: String) -> Self {
    var other = self
    other.sql = sql
    return other
  }

  static func statements(of sql: String) -> [Statement.Kind] {
    PostgresParser.parse(SourceText(path: "case.sql", text: sql)).statements.map(\.kind)
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/effects")

  private static func text(of file: String) throws -> String {
    try String(contentsOf: folder.appending(path: file), encoding: .utf8)
  }
}
