import Foundation
import PostgresParser
import Syntax

/// One statement, or a few, of `Fixtures/effects`, to be run on the schema of `base.sql`.
struct EffectCase: Sendable, CustomStringConvertible {
  let file: String
  let title: String
  let sql: String

  var description: String { "\(file): \(title)" }

  var statements: [Statement.Kind] { Self.statements(of: sql) }

  static let base = (try? text(of: "base.sql")) ?? ""

  /// A case starts with `-- case: title` and ends where the next one starts.
  static let all: [EffectCase] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".sql") && $0 != "base.sql" }.sorted().flatMap { file in
      ((try? text(of: file)) ?? "").components(separatedBy: "-- case: ").dropFirst().map { part in
        let lines = part.split(separator: "\n", maxSplits: 1)
        return EffectCase(
          file: String(file.dropLast(4)),
          title: String(lines.first ?? ""),
          sql: lines.count > 1 ? String(lines[1]) : ""
        )
      }
    }
  }()

  static func statements(of sql: String) -> [Statement.Kind] {
    PostgresParser.parse(SourceText(path: "case.sql", text: sql)).statements.map(\.kind)
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/effects")

  private static func text(of file: String) throws -> String {
    try String(contentsOf: folder.appending(path: file), encoding: .utf8)
  }
}
