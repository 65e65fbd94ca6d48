import PostgresParser
import Syntax

@testable import Catalog
@testable import Execution

extension Database {
  /// The database after one migration with these statements.
  init(_ sql: String) {
    self.init()
    beginMigration()
    apply(sql)
  }

  /// Whether PostgreSQL accepts each of the statements.
  @discardableResult
  mutating func apply(_ sql: String) -> [Bool] {
    PostgresParser.parse(SourceText(path: "a.sql", text: sql)).statements.map {
      execute($0.kind, version: 17).refusal == nil
    }
  }
}

extension QualifiedName: ExpressibleByStringLiteral {
  /// `public` where no schema stands in front.
  public init(stringLiteral text: String) {
    let parts = text.split(separator: ".").map(String.init)
    self.init(schema: parts.count > 1 ? parts[0] : "public", parts.last ?? "")
  }
}
