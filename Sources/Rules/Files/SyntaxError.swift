import Analysis
import Syntax

struct SyntaxError: Rule {
  let id = "syntax-error"
  let alsoKnownAs = ["squawk: syntax-error"]
  let summary = "PostgreSQL cannot parse this, so the migration fails when it runs."
  let risk = Risk.high
  let explanation = """
    PostgreSQL's own parser refuses the text. The migration fails when it runs; under golang-migrate the database is then \
    marked dirty and waits for a person.

    The statements around it are linted all the same; what was skipped is not.
    """
  let alternative = "SELECT 1;"
  let reference = "https://www.postgresql.org/docs/current/sql-syntax.html"
  let examples: [RuleExample] = [
    .bad("a word that is not SQL", "CREAT TABLE users (id bigint);"),
    .bad(
      "a clause of another database",
      history: ["CREATE TABLE users (plan text);"],
      "UPDATE users SET plan = 'free' WHERE plan IS NULL LIMIT 1000;"
    ),
    .good("PostgreSQL's SQL", "CREATE TABLE users (id bigint);"),
  ]

  func check(_ migration: Migration) -> [Finding] {
    migration.script.errors.map { error in
      let source = migration.script.source
      return Finding(
        rule: id,
        risk: risk,
        range: error.range,
        message: .refused(error),
        fix: ForeignDialect.hint(for: source[error.skipped], at: source[error.range]).map { Finding.Fix($0) }
      )
    }
  }
}

/// Words of other databases, and what PostgreSQL has instead.
private enum ForeignDialect {
  static func hint(for text: String, at token: String) -> String? {
    let words = text.uppercased().split { !$0.isLetter && $0 != "_" }.map(String.init)
    let offender = token.uppercased()
    if offender == "LIMIT", words.first == "UPDATE" || words.first == "DELETE" {
      return "PostgreSQL has no \(words.first ?? "") … LIMIT: pick the rows with "
        + "WHERE ctid IN (SELECT ctid FROM … WHERE … LIMIT n)"
    }
    if token.hasPrefix("`") || text.contains("`") { return "quote names with \" instead of `" }
    if token.hasPrefix("#") { return "comments start with -- in PostgreSQL" }
    return replacements.first { words.contains($0.word) }?.hint
  }

  private static let replacements: [(word: String, hint: String)] = [
    ("AUTO_INCREMENT", "write bigint GENERATED ALWAYS AS IDENTITY instead of AUTO_INCREMENT"),
    ("AUTOINCREMENT", "write bigint GENERATED ALWAYS AS IDENTITY instead of AUTOINCREMENT"),
    ("ENGINE", "leave ENGINE = … out: PostgreSQL has no storage engines to choose"),
    ("UNSIGNED", "PostgreSQL has no UNSIGNED: take the next larger type, or add CHECK (column >= 0)"),
    ("DATETIME", "write timestamptz instead of DATETIME"),
    ("MODIFY", "write ALTER COLUMN … TYPE instead of MODIFY"),
    ("CHANGE", "write RENAME COLUMN … TO and ALTER COLUMN … TYPE instead of CHANGE"),
    ("IFNULL", "write COALESCE instead of IFNULL"),
    ("GO", "end statements with ; instead of GO"),
    ("DELIMITER", "quote the body with $$ instead of changing the DELIMITER"),
  ]
}

extension Finding.Message {
  fileprivate static func refused(_ error: Syntax.SyntaxError) -> Self { "\(error.message)" }
}
