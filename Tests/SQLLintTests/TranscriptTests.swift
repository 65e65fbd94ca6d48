import Foundation
import Testing

/// A small history that fails, and the command that says so. `about.md` has the title, what it is about, and the command.
struct Transcript: Comparable, CustomTestStringConvertible {
  let name: String
  private let folder: URL

  var testDescription: String { name }

  static func < (left: Self, right: Self) -> Bool { left.name < right.name }

  private static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let document = package.appending(path: "Documentation/failing-migrations.md")

  static func all() throws -> [Transcript] {
    let folder = package.appending(path: "Fixtures/transcripts")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .map { Transcript(name: $0, folder: folder.appending(path: $0)) }
  }

  /// Its part of the document, made by running the command.
  func markdown() throws -> String {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
      .filter { !$0.hasSuffix("about.md") && $0.contains(".") }
    let files = try paths.map { (path: $0, text: try read($0)) }
    let project = try ProjectFolder(Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.text) }))
    let about = try read("about.md").components(separatedBy: "\n$ sqllint ")
    let line = try #require(about.dropFirst().first).trimmingCharacters(in: .newlines)
    let arguments = line.split(separator: " ").map(String.init) + ["--format", "text"]
    let command = try Command.run(arguments, in: project)
    #expect(command.status == 1)
    #expect(command.errors == "")
    let shown = files.filter { $0.path.hasSuffix(".sql") && !$0.path.hasSuffix("down.sql") }
      .map { "`\($0.path)`\n\n```sql\n\($0.text)```\n" }
    let output = "```text\n$ sqllint \(line)\n\(command.output)```\n"
    return (["#" + about[0]] + shown + [output]).joined(separator: "\n")
  }

  private func read(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appending(path: path)), as: UTF8.self)
  }
}

@Suite("Documentation/failing-migrations.md")
struct TranscriptTests {
  static let head = """
    # Migrations that fail

    What sqllint says of small histories in which PostgreSQL refuses a statement. Each is in `Fixtures/transcripts`; a test
    runs the command and holds this page equal to what it prints. `SQLLINT_RECORD=1 swift test --filter TranscriptTests`
    writes the page.


    """

  @Test("shows what sqllint prints")
  func page() throws {
    let text = try Self.head + Transcript.all().map { try $0.markdown() }.joined(separator: "\n")
    if ProcessInfo.processInfo.environment["SQLLINT_RECORD"] != nil {
      try Data(text.utf8).write(to: Transcript.document)
      Issue.record("recorded failing-migrations.md: read it, then run again without SQLLINT_RECORD")
      return
    }
    let recorded = try String(contentsOf: Transcript.document, encoding: .utf8)
    let lines = { (text: String) in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
    #expect(lines(text) == lines(recorded))
  }
}
