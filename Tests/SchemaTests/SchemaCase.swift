import Catalog
import Execution
import Foundation
import PostgresParser
import Syntax
import Testing

/// A script of `Fixtures/schema`, each of whose statements is run for itself, whether PostgreSQL accepts it or not.
struct SchemaCase: Sendable, CustomTestStringConvertible {
  let name: String
  let statements: [(sql: String, kind: Statement.Kind)]

  var testDescription: String { name }

  static let all: [SchemaCase] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".sql") }.sorted().compactMap { try? SchemaCase(file: $0) }
  }()

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/schema")

  private init(file: String) throws {
    name = String(file.dropLast(4))
    let text = try String(contentsOf: Self.folder.appending(path: file), encoding: .utf8)
    let script = PostgresParser.parse(SourceText(path: file, text: text))
    try #require(script.errors.isEmpty, "\(file)")
    statements = script.statements.map { (script.source[$0.range], $0.kind) }
  }
}
