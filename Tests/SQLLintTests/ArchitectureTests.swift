import Foundation
import Testing

@Suite("ARCHITECTURE.md")
struct ArchitectureTests {
  private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// What stands between backticks in a text.
  private static func code(in text: some StringProtocol) -> [String] {
    // Fences are three backticks, so that the pieces of code stay the odd ones.
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
      .map { String($0.element) }
  }

  /// The files or folders that a path of the document may mean: one of the repository, or one of its sources.
  private static func places(of path: String) -> [URL] {
    [repository.appending(path: path), repository.appending(path: "Sources/\(path)")].filter {
      FileManager.default.fileExists(atPath: $0.path)
    }
  }

  private static func isPath(_ code: String) -> Bool {
    code.contains("/") && !code.contains(" ") && !code.hasPrefix(".") || code.hasSuffix(".swift")
  }

  private func document() throws -> String {
    try String(contentsOf: Self.repository.appending(path: "ARCHITECTURE.md"), encoding: .utf8)
  }

  @Test("names only files and folders that exist")
  func paths() throws {
    let sources = try FileManager.default.subpathsOfDirectory(
      atPath: Self.repository.appending(path: "Sources").path
    )
    let paths = Self.code(in: try document()).filter(Self.isPath)
    #expect(paths.count > 30)
    let missing = paths.filter { path in
      // Within a module's row of the table, a folder or a file is named without the module.
      Self.places(of: path).isEmpty && !sources.contains { "\($0)/".hasSuffix("/\(path)") || $0.hasSuffix("/\(path)") }
    }
    #expect(missing == [])
  }

  @Test("names as modules all folders of the sources, and nothing else")
  func modules() throws {
    let rows = try #require(try document().components(separatedBy: "## The modules\n").last)
      .components(separatedBy: "\n## ")[0].split(separator: "\n").filter { $0.hasPrefix("| `") }.dropFirst()
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: Self.repository.appending(path: "Sources").path
    )
    #expect(rows.compactMap { Self.code(in: $0).first }.sorted() == folders.filter { !$0.hasPrefix(".") }.sorted())
  }

  @Test("tells the life of a statement by functions that are in the files which it names")
  func life() throws {
    let section = try #require(try document().components(separatedBy: "## The life of one").last)
      .components(separatedBy: "\n## ")[0]
    let steps = section.split(separator: "\n").filter { $0.first?.isNumber == true }
    #expect((5..<10).contains(steps.count))
    for step in steps {
      let code = Self.code(in: step)
      let text = try code.filter(Self.isPath).flatMap(Self.places).map { try String(contentsOf: $0, encoding: .utf8) }
        .joined()
      let functions = code.filter { $0.hasSuffix("()") }.map { $0.dropLast(2) }
      #expect(!functions.isEmpty, "\(step)")
      for function in functions { #expect(text.contains("func \(function)("), "\(function) is not in the file") }
    }
  }
}
