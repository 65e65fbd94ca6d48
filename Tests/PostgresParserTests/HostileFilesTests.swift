import Foundation
import Syntax
import Testing

@testable import PostgresParser

/// The files and their outcomes are those that the head of `Scripts/make-hostile-fixtures` lists.
@Suite("A hostile file")
struct HostileFilesTests {
  enum Reading {
    case script(Script)
    case refused(DecodingFailure)
  }

  private func readings(of group: String) throws -> [(name: String, reading: Reading)] {
    let folder = try FixtureFolder.hostile([group])
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = FixtureFolder.sqlFiles(in: folder)
    try #require(!files.isEmpty)
    return try files.map { file in
      let bytes = Array(try Data(contentsOf: file))
      do throws(DecodingFailure) {
        let source = try SourceText.decode(path: file.path, bytes: bytes)
        return (file.deletingPathExtension().lastPathComponent, .script(PostgresParser.parse(source)))
      } catch {
        return (file.deletingPathExtension().lastPathComponent, .refused(error))
      }
    }
  }

  /// The lines of the script's head that belong to a group, as `mark name`.
  private func promises(for group: String) throws -> [String: String] {
    let script = try String(
      contentsOf: FixtureFolder.package.appending(path: "Scripts/make-hostile-fixtures"),
      encoding: .utf8
    )
    let lines = script.split(separator: "\n").prefix { $0.hasPrefix("#") }.map { $0.dropFirst(2) }
    let first = try #require(lines.firstIndex { $0.hasPrefix("\(group)/") })
    let rest = lines[(first + 1)...].prefix { $0.hasPrefix("    ") }
    let words = ([lines[first]] + rest).joined(separator: " ").split(separator: " ").dropFirst().map(String.init)
    let pairs = zip(words, words.dropFirst()).filter { [".", "+", "~", "?", "!"].contains($0.0) }
    return Dictionary(pairs.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  @Test(
    "comes out as its maker promises",
    arguments: ["encoding", "nesting", "psql", "broken", "size"]
  )
  func outcome(group: String) throws {
    let promises = try promises(for: group)
    let readings = try readings(of: group)
    #expect(Set(promises.keys) == Set(readings.map(\.name)))
    for (name, reading) in readings {
      let promise = try #require(promises[name])
      switch reading {
      case .refused(let failure):
        #expect(promise == "!", "\(name): \(failure.message)")
      case .script(let script):
        let seesLast = script.statementTexts.last == "DROP TABLE still_read"
        switch promise {
        case ".": #expect(script.errors.isEmpty, "\(name)")
        case "+": #expect(script.errors.isEmpty && seesLast, "\(name): \(script.errors)")
        case "~": #expect(!script.errors.isEmpty && seesLast, "\(name): \(script.errors)")
        case "?": #expect(seesLast, "\(name)")
        default: #expect(!script.errors.isEmpty || name.hasPrefix("utf-16") && seesLast, "\(name)")
        }
        #expect(script.isInOrder, "\(name)")
      }
    }
  }
}

extension Script {
  /// Whether all ranges are in the text and its order, and none begins or ends with white space.
  var isInOrder: Bool {
    let count = source.utf8.count
    func areInOrder(_ ranges: [Range<Int>]) -> Bool {
      zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }
        && ranges.allSatisfy { $0.lowerBound >= 0 && $0.upperBound <= count }
    }
    let areTight = statements.allSatisfy { statement in
      !statement.range.isEmpty && !source.utf8[statement.range.lowerBound].isSpace
        && !source.utf8[statement.range.upperBound - 1].isSpace
    }
    return areInOrder(statements.map(\.range)) && areInOrder(comments.map(\.range))
      && areInOrder(nonSQLRanges.map(\.range)) && areInOrder(errors.map(\.skipped)) && areTight
      && errors.allSatisfy { $0.range.upperBound <= count }
  }
}
