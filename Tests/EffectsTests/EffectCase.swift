import Catalog
import Execution
import Foundation
import PostgresParser
import Syntax

/// One statement, or a few, of `Fixtures/effects`, to be run on the schema that its file starts from.
struct EffectCase: Sendable, CustomStringConvertible {
  let file: String
  let title: String
  private(set) var sql: String
  /// What makes the schema that the case starts from: `base.sql`, then what stands above the first case of the file; that
  /// alone where it says `-- without base.sql`.
  let setup: String
  /// `-- held: LOCK TABLE users`: what others run in transactions that end one after the other, while a statement that no
  /// transaction block allows waits for them.
  let held: [String]
  /// No transaction block allows it.
  var isWatched: Bool { !held.isEmpty }
  /// `-- from: 17`: the first version that has the command.
  let firstVersion: Int
  /// `-- known: reason`: locks or work differ from PostgreSQL's, and why.
  let known: String?
  /// `-- known departures: reason`: what leaves the catalog differs.
  let knownDepartures: String?

  var description: String { "\(file): \(title)" }

  var statements: [Statement.Kind] { Self.statements(of: sql) }

  static let base = (try? text(of: "base.sql")) ?? ""

  /// A case starts with `-- case: title` and ends where the next one starts.
  static let all: [EffectCase] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".sql") && $0 != "base.sql" }.sorted().flatMap { file in
      let parts = ((try? text(of: file)) ?? "").components(separatedBy: "-- case: ")
      let setup = setup(header: parts[0])
      return parts.dropFirst().map { part in
        EffectCase(file: String(file.dropLast(4)), setup: setup, lines: part.split(separator: "\n").map(String.init))
      }
    }
  }()

  /// All cases, by the schema that they start from.
  static let bySetup = Dictionary(grouping: all, by: \.setup).sorted { $0.value[0].file < $1.value[0].file }

  /// The simulated schemas, by what makes them.
  private static let schemas = Dictionary(uniqueKeysWithValues: bySetup.map { ($0.key, simulated($0.key)) })

  /// The simulated schema that the case starts from.
  var schema: Database { Self.schemas[setup] ?? Database() }

  private init(file: String, setup: String, lines: [String]) {
    func values(of key: String) -> [String] {
      lines.filter { $0.hasPrefix("-- \(key): ") }.map { String($0.dropFirst(key.count + 5)) }
    }
    self.file = file
    self.setup = setup
    title = lines.first ?? ""
    held = values(of: "held")
    firstVersion = values(of: "from").first.flatMap { Int($0) } ?? 0
    known = values(of: "known").first
    knownDepartures = values(of: "known departures").first
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

  private static func setup(header: String) -> String {
    let isAlone = header.contains("-- without base.sql")
    let addition = header.split(separator: "\n").filter { !$0.hasPrefix("-- ") }.joined(separator: "\n")
    return isAlone ? addition : addition.isEmpty ? base : "\(base)\n\(addition)"
  }

  private static func simulated(_ setup: String) -> Database {
    var schema = Database()
    schema.beginMigration()
    for statement in statements(of: setup) { schema.execute(statement, version: 17) }
    return schema
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/effects")

  private static func text(of file: String) throws -> String {
    try String(contentsOf: folder.appending(path: file), encoding: .utf8)
  }
}
