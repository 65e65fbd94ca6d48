import Foundation
import Linting
import LiveServer

@testable import Plan

/// A history as far as one server can run it.
///
/// A server may lack an extension that a history installs. It then runs without what installs it, and without each migration
/// that the server refuses for that reason; sqllint reads the same files. What sqllint says is refused stays.
struct RunnableHistory {
  let planned: PlannedHistory
  /// What the server lacks, and the migrations that are left out for it.
  private(set) var left: [String]
  private let folder: URL

  init(of original: URL, on server: LiveServer) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "sqllint-plan-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: original, to: folder)
    left = try Self.leaveOutExtensions(in: folder, on: server).map { "extension \($0)" }
    var planned = try PlannedHistory(folder, for: server.version)
    // Without one, others may be refused that need it.
    while case let refused = try Self.refused(planned, on: server), !refused.isEmpty {
      for pair in refused {
        left.append(pair.up.version ?? pair.up.name)
        for path in Set([pair.up, pair.down].compactMap { $0?.path }) {
          try FileManager.default.removeItem(atPath: path)
        }
      }
      planned = try PlannedHistory(folder, for: server.version)
    }
    self.planned = planned
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// The migrations that the server refuses, and of which sqllint does not say so.
  private static func refused(_ planned: PlannedHistory, on server: LiveServer) throws -> [MigrationPair] {
    let database = try LiveDatabase(on: server)
    defer { try? database.drop() }
    let pairs = planned.history.migrations
    var script = ReplayScript()
    for (index, pair) in pairs.enumerated() { script.run(pair.up, "\(index)") }
    let answers = try script.answers(in: database)
    return pairs.enumerated().filter { index, pair in
      answers.state("\(index)") != "00000" && planned.runbook(of: pair).obstacles.isEmpty
    }.map(\.element)
  }

  /// Takes away what installs extensions that the server has not. Returns their names.
  private static func leaveOutExtensions(in folder: URL, on server: LiveServer) throws -> [String] {
    let database = try LiveDatabase(on: server)
    defer { try? database.drop() }
    let known = Set(try database.run("SELECT name FROM pg_available_extensions").rows)
    var lacking: Set<String> = []
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? []
    for case let file as URL in files where file.pathExtension == "sql" {
      var text = try String(contentsOf: file, encoding: .utf8)
      let pattern = #/(?i)create\s+extension\s+(?:if\s+not\s+exists\s+)?"?(?<name>[a-z_-]+)"?[^;]*;/#
      for match in text.matches(of: pattern).reversed() where !known.contains(String(match.output.name)) {
        lacking.insert(String(match.output.name))
        text.removeSubrange(match.range)
      }
      try Data(text.utf8).write(to: file)
    }
    return lacking.sorted()
  }
}
