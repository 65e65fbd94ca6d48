import Foundation
import Syntax
import Testing

@testable import PostgresParser

@Suite("Migrations of public projects", .enabled(if: FixtureFolder.corpora != nil, "needs ../shared/corpora"))
struct CorpusTests {
  @Test("are read with ranges in order and inside the file, and re-read the same from each range alone")
  func corpora() throws {
    let files = FixtureFolder.sqlFiles(in: try #require(FixtureFolder.corpora))
    #expect(files.count > 1000)
    for file in files {
      let source = try SourceText.decode(path: file.path, bytes: Array(try Data(contentsOf: file)))
      let script = PostgresParser.parse(source)
      #expect(script.isInOrder, "\(file.path)")
      for statement in script.statements where script.nonSQLRanges.isEmpty {
        let again = try RawParser.parse(source.utf8[statement.range], base: statement.range.lowerBound)
        #expect(
          again.map(\.kind) == [statement.kind],
          "\(file.path) \(source.location(of: statement.range.lowerBound))"
        )
      }
    }
  }
}
