import Foundation
import Fuzzing
import Testing

/// Inputs that once crashed sqllint, hung it or filled the memory, named after what they did.
@Suite("What the fuzzer found")
struct FindingTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/fuzzing")

  private static func inputs(of target: FuzzTarget) -> [URL] {
    let files = try? FileManager.default.contentsOfDirectory(
      at: folder.appending(path: target.rawValue),
      includingPropertiesForKeys: nil
    )
    return (files ?? []).sorted { $0.path < $1.path }
  }

  @Test("does no harm any more", .timeLimit(.minutes(30)), arguments: FuzzTarget.allCases.flatMap(inputs))
  func replay(_ input: URL) throws {
    let target = try #require(FuzzTarget(rawValue: input.deletingLastPathComponent().lastPathComponent))
    target.run(Array(try Data(contentsOf: input)))
  }

  @Test("is kept")
  func kept() { #expect(!Self.inputs(of: .parser).isEmpty) }
}
