import Linting
import Syntax

struct SyntaxError: FileRule {
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
    .bad(
      "IF NOT EXISTS where PostgreSQL has none",
      history: ["CREATE TABLE users (plan text);"],
      "ALTER TABLE users ADD CONSTRAINT IF NOT EXISTS plan_known CHECK (plan <> '') NOT VALID;"
    ),
    .good("PostgreSQL's SQL", "CREATE TABLE users (id bigint);"),
  ]

  func check(_ migration: Migration) -> [Finding] {
    let script = migration.script
    if let dialect = ForeignDialect(of: script), let first = script.errors.first {
      return [
        Finding(
          rule: id,
          risk: risk,
          range: first.range,
          message: .foreign(dialect.name, refused: script.errors.count),
          fix: Finding.Fix("give the folder that is for PostgreSQL, or leave the file out with exclude:")
        )
      ]
    }
    return script.errors.map { error in
      Finding(
        rule: id,
        risk: risk,
        range: error.range,
        message: .refused(error),
        fix: SyntaxHint(for: error, in: script.source).map { Finding.Fix($0.advice) }
      )
    }
  }
}

extension Finding.Message {
  fileprivate static func foreign(_ system: String, refused count: Int) -> Self {
    "this is \(system)'s SQL: PostgreSQL refuses \(count) of its statements"
  }

  fileprivate static func refused(_ error: Syntax.SyntaxError) -> Self { "\(error.message)" }
}
