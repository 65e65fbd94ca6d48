import Foundation
import Syntax

/// What PostgreSQL did on one statement when a history was replayed, one line of a recording.
struct RecordedStatement: Decodable {
  /// The file's path from the folder that holds the histories.
  let file: String
  /// Counts from 1.
  let line: Int
  let sql: String
  /// False where the statement failed for reasons outside its file; it proves nothing.
  let ok: Bool
  let locks: [Lock]?
  let rewrite: [String]?
  let verify: [String]?
  /// Pairs of an index that was built and its table.
  let index: [[String]]?
  /// The foreign keys that were validated.
  let fk: [String]?
  let target: String?

  /// A lock on a relation: the relation's name without its schema, the mode's name, and whether the relation was there
  /// before the file.
  struct Lock: Decodable {
    let relation: String
    let mode: String
    let existed: Bool

    init(from decoder: any Decoder) throws {
      var values = try decoder.unkeyedContainer()
      relation = try values.decode(String.self)
      mode = try values.decode(String.self)
      existed = try values.decode(Bool.self)
    }
  }
}

/// The recorded replay of a history, in order.
struct Recording {
  /// When the histories were recorded; functions of theirs put the day into names.
  static let day = CalendarDate(year: 2026, month: 11, day: 23)

  let history: String
  /// The statements of each file, in the order in which the files ran.
  let files: [(path: String, statements: [RecordedStatement])]

  /// The folders of histories and recordings beside the package; `nil` where they are absent.
  static let shared: URL? = {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = package.deletingLastPathComponent().appendingPathComponent("shared")
    return FileManager.default.fileExists(atPath: folder.appendingPathComponent("replay").path) ? folder : nil
  }()

  static func all(in shared: URL) throws -> [Recording] {
    let folder = shared.appendingPathComponent("replay")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".jsonl") }.sorted()
      .map { try Recording(contentsOf: folder.appendingPathComponent($0)) }
  }

  private init(contentsOf url: URL) throws {
    history = url.deletingPathExtension().lastPathComponent
    var files: [(path: String, statements: [RecordedStatement])] = []
    for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n") {
      let statement = try JSONDecoder().decode(RecordedStatement.self, from: Data(line.utf8))
      if files.last?.path == statement.file {
        files[files.count - 1].statements.append(statement)
      } else {
        files.append((statement.file, [statement]))
      }
    }
    self.files = files
  }
}
