import Configuration
import Foundation
import Linting
import Migrations
import Rules

extension FuzzTarget {
  /// The files stand one after the other with a byte between them that no text has; the first line of each is its path.
  static func loadFolder(_ bytes: [UInt8]) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqllint-fuzzing-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for part in bytes.split(separator: 0xFF).prefix(12) {
      let lines = part.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
      let file = steps(of: lines[0]).reduce(folder) { $0.appending(path: $1) }
      guard file != folder else { continue }
      try? FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      let text = lines.dropFirst().first ?? []
      try? Data(text).write(to: file)
      if file.lastPathComponent == ".sqllint.yml" { readConfiguration(Array(text)) }
    }
    let source = MigrationSource.stored(RawPath(folder.path))
    let loader = MigrationLoader(exclusions: Exclusions(workingFolder: RawPath(folder.path)))
    guard let histories = try? loader.load([source]) else { return }
    for history in histories { Inspection.lint(history) }
  }

  /// The folders and the name of a path, which stays inside of the folder of this input.
  private static func steps(of path: ArraySlice<UInt8>) -> [String] {
    path.filter { $0 >= 0x20 && $0 < 0x7F }.prefix(60).split(separator: UInt8(ascii: "/")).prefix(4)
      .map { String(decoding: $0, as: UTF8.self) }.filter { $0 != "." && $0 != ".." }
  }

  private static func readConfiguration(_ bytes: [UInt8]) {
    guard bytes.count <= ConfigurationText.maximumSize, let text = String(validating: bytes, as: UTF8.self) else {
      return
    }
    let names = RuleNames(AllRules.all)
    _ = try? ConfigurationReader.read(text, names: names).policy
    // All that it extends says the same.
    let found = try? ConfigurationChain.resolve(.init(name: "a.yml", text: text), names: names) {
      .success(.init(name: $0.text, text: text))
    }
    _ = found?.text()
  }

  /// An answer to `ls-tree`, or what git complains of.
  static func readGit(_ bytes: [UInt8]) {
    for prefix in ["", "m", "a/b"] {
      for file in GitAnswer.files(bytes, below: Array(prefix.utf8)) ?? [] {
        precondition(!file.path.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual("..".utf8) })
      }
    }
    _ = GitAnswer.lines(bytes)
    _ = GitAnswer.complaint(bytes)
  }
}
