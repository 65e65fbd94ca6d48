import Foundation
import Testing

/// A rendering as it was last approved of by a person, in `Fixtures/renderings`.
struct Rendering {
  let name: String

  init(_ name: String) { self.name = name }

  /// Compares with the recorded text. With SQLLINT_RECORD=1 in the environment it is recorded instead, and the test
  /// fails, so that nobody takes a recording for a pass: read the difference, then run the tests again.
  func expect(_ text: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws {
    if ProcessInfo.processInfo.environment["SQLLINT_RECORD"] != nil {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      Issue.record("recorded \(name): read it, then run again without SQLLINT_RECORD", sourceLocation: sourceLocation)
      return
    }
    let recorded = try? String(decoding: Data(contentsOf: file), as: UTF8.self)
    guard let recorded else {
      Issue.record("\(name) is not recorded: run with SQLLINT_RECORD=1", sourceLocation: sourceLocation)
      return
    }
    #expect(text.lines == recorded.lines, "\(name) has changed", sourceLocation: sourceLocation)
  }

  private var file: URL { Self.folder.appending(path: name) }

  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().appending(path: "../../Fixtures/renderings").standardized
}

extension String {
  /// For comparisons whose failure names the line.
  fileprivate var lines: [String] { split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
}
