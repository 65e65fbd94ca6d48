import Syntax

/// The database system that a file is written for, where most of what PostgreSQL refuses in it is known to be another one's.
/// To say so once helps more than to object to each statement.
struct ForeignDialect {
  let name: String

  /// `nil` where less than half of several errors tell.
  init?(of script: Script) {
    guard script.errors.count > 1 else { return nil }
    var counts: [String: Int] = [:]
    for error in script.errors {
      if let system = Self.system(of: error, in: script.source) { counts[system, default: 0] += 1 }
    }
    guard let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), most.value * 2 >= script.errors.count
    else { return nil }
    name = most.key
  }

  /// By a word that no other system has, in the statement that is refused.
  private static func system(of error: Syntax.SyntaxError, in source: SourceText) -> String? {
    let start = min(error.skipped.lowerBound, error.range.lowerBound)
    let end = min(max(error.skipped.upperBound, error.range.upperBound), start + longest)
    for token in Lexer(source.utf8, in: start..<max(start, end)) where !token.isComment {
      if let system = words[source[token.range].uppercased()] { return system }
      if source.utf8[token.range.lowerBound] == UInt8(ascii: "`") { return "MySQL" }
    }
    return nil
  }

  /// What tells stands near the beginning.
  private static let longest = 10_000

  /// Sources: the manuals of MySQL 8.4 (CREATE TABLE, numeric types), SQLite (AUTOINCREMENT, PRAGMA) and SQL Server.
  private static let words = [
    "AUTO_INCREMENT": "MySQL", "ENGINE": "MySQL", "UNSIGNED": "MySQL", "TINYINT": "MySQL", "MEDIUMTEXT": "MySQL",
    "LONGTEXT": "MySQL", "DATETIME": "MySQL", "AUTOINCREMENT": "SQLite", "PRAGMA": "SQLite", "NVARCHAR": "SQL Server",
    "DATETIME2": "SQL Server", "UNIQUEIDENTIFIER": "SQL Server",
  ]
}
