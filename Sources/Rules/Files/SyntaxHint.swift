import Syntax

/// What people mean by some of the text that PostgreSQL refuses: words of other databases, clauses that a command does
/// not have, syntax of a newer server.
struct SyntaxHint {
  let advice: String

  /// `nil` where nobody knows better than PostgreSQL's own message.
  init?(for error: Syntax.SyntaxError, in source: SourceText) {
    let place = Place(of: error, in: source)
    guard let advice = place.missingClause ?? place.foreignWord ?? place.strayCharacter ?? place.newerSyntax else {
      return nil
    }
    self.advice = advice
  }
}

/// The tokens around the one at which the parser stumbled, in upper case.
private struct Place {
  let before: [String]
  let token: String
  let after: [String]

  init(of error: Syntax.SyntaxError, in source: SourceText) {
    token = source[error.range].uppercased()
    let start = min(error.skipped.lowerBound, error.range.lowerBound)
    before = Self.words(of: source, in: start..<error.range.lowerBound)
    after = Self.words(of: source, in: error.range.upperBound..<max(error.skipped.upperBound, error.range.upperBound))
  }

  private static func words(of source: SourceText, in range: Range<Int>) -> [String] {
    Lexer(source.utf8, in: range).filter { !$0.isComment }.map { source[$0.range].uppercased() }
  }

  // MARK: - Clauses that a command does not have

  var missingClause: String? {
    let command = before.first ?? ""
    switch token {
    case "LIMIT" where command == "UPDATE" || command == "DELETE":
      return
        "PostgreSQL has no \(command) … LIMIT: pick the rows with WHERE ctid IN (SELECT ctid FROM … WHERE … LIMIT n)"
    case "NOT" where before.last == "IF" && after.first == "EXISTS":
      return ifNotExists
    case "ON" where before.starts(with: ["DROP", "INDEX"]):
      return "leave out ON and the table: an index is named by its schema"
    case "ON" where before.suffix(3) == ["IF", "NOT", "EXISTS"]:
      return "give the index a name: with IF NOT EXISTS it needs one"
    case "ON" where after.first == "UPDATE":
      return "PostgreSQL has no ON UPDATE of a column: set the value in a trigger BEFORE UPDATE"
    case ")" where before.last == ",":
      return "take away the comma in front of the parenthesis"
    case "(" where ["INT", "INTEGER", "BIGINT", "SMALLINT"].contains(before.last):
      return "write \(before.last?.lowercased() ?? "") without a number after it: integers have no display width"
    default:
      return nil
    }
  }

  private var ifNotExists: String {
    let words = before.dropLast()
    if words.last == "CONSTRAINT" {
      return "ADD CONSTRAINT has no IF NOT EXISTS: put DROP CONSTRAINT IF EXISTS before it, or look into pg_constraint "
        + "first, in a DO block"
    }
    let object = words.drop { $0 != "CREATE" }.dropFirst().joined(separator: " ")
    if ["TRIGGER", "FUNCTION", "PROCEDURE", "VIEW"].contains(words.last) {
      return "write CREATE OR REPLACE \(object): it has no IF NOT EXISTS"
    }
    return "CREATE \(object) has no IF NOT EXISTS: look into the catalog first, in a DO block"
  }

  // MARK: - Other databases

  var foreignWord: String? {
    switch token {
    case "AUTO_INCREMENT", "AUTOINCREMENT", "IDENTITY": "write GENERATED ALWAYS AS IDENTITY instead of \(token)"
    case "ENGINE": "leave out ENGINE: PostgreSQL has no storage engines to choose from"
    case "CHARSET",
      "CHARACTER" where before.contains("CREATE"):
      "leave out the character set: it is the database's"
    case "UNSIGNED": "PostgreSQL has no UNSIGNED: take the next larger type, or add CHECK (column >= 0)"
    case "MODIFY": "write ALTER COLUMN name TYPE type instead of MODIFY"
    case "CHANGE": "write RENAME COLUMN old TO new and ALTER COLUMN new TYPE type instead of CHANGE"
    case "IGNORE" where before.last == "INSERT": "write INSERT … ON CONFLICT DO NOTHING instead of INSERT IGNORE"
    case "REPLACE" where before.isEmpty: "write INSERT … ON CONFLICT (…) DO UPDATE SET … instead of REPLACE"
    case "OR" where before.last == "INSERT":
      "write INSERT … ON CONFLICT (…) DO … instead of INSERT OR \(after.first ?? "")"
    case "DUPLICATE": "write ON CONFLICT (…) DO UPDATE SET … instead of ON DUPLICATE KEY UPDATE"
    case "GO" where before.isEmpty: "end statements with a semicolon instead of GO"
    case "DELIMITER": "quote the body with $$ instead of changing the DELIMITER"
    case "USE" where before.isEmpty: "let the runner connect to the database: PostgreSQL has no USE"
    case "PRAGMA": "take out PRAGMA, which is SQLite's"
    default: nil
    }
  }

  // MARK: - Characters

  var strayCharacter: String? {
    switch token.unicodeScalars.first {
    case "`": "quote names with \" instead of `"
    case "#": "begin comments with -- instead of #"
    case "{", "}", "$", "%":
      "fill in the template first: no name, number or text in its place makes SQL of the statement"
    default: nil
    }
  }

  // MARK: - Newer servers

  /// Source: the release notes of PostgreSQL 18.
  var newerSyntax: String? {
    switch token {
    case "VIRTUAL", "ENFORCED", "OVERLAPS": "PostgreSQL has this from 18 on, but sqllint reads the grammar of 17"
    case "NOT" where before.contains("CONSTRAINT") && after.first == "NULL":
      "PostgreSQL has named NOT NULL constraints of tables from 18 on, but sqllint reads the grammar of 17"
    default: nil
    }
  }
}
