import Catalog
import Execution
import PostgresParser
import Syntax

/// A statement, and what PostgreSQL 16 and 18 say of it in a schema.
struct DefinitionCase: CustomStringConvertible, Sendable {
  let sql: String
  /// `nil` where it runs.
  let state: SQLState?

  init(_ sql: String, _ state: SQLState? = nil) {
    self.sql = sql
    self.state = state
  }

  var description: String { sql }
}

/// A database that statements made, in which others are tried one by one.
struct TrialDatabase {
  private let database: Database

  init(_ schema: String, version: Int = 17) {
    var database = Database()
    database.beginMigration()
    for statement in Self.statements(schema) { database.execute(statement, version: version) }
    self.database = database
  }

  /// Why the last of the statements is refused.
  func refusal(of sql: String, version: Int = 17) -> SQLError? {
    var trial = database
    var refusal: SQLError?
    for statement in Self.statements(sql) { refusal = trial.execute(statement, version: version).refusal }
    return refusal
  }

  private static func statements(_ sql: String) -> [Statement.Kind] {
    PostgresParser.parse(SourceText(path: "case.sql", text: sql)).statements.map(\.kind)
  }
}
