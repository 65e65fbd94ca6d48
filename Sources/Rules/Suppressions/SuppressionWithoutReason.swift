import Linting
import Syntax

struct SuppressionWithoutReason: SuppressionRule {
  let id = "suppression-without-reason"
  let summary = "A rule is allowed without saying why."
  let risk = Risk.medium
  let explanation = """
    Whoever reviews the migration, or reads it in a year, must know why the rule does not matter here. A few words are \
    enough: "forty rows", "nobody reads it since release 41".
    """
  let alternative = """
    -- sqllint:allow index-built-without-concurrently settings has forty rows
    CREATE INDEX settings_key_idx ON settings (key);
    """
  let reference = "https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-COMMENTS"
  let examples: [RuleExample] = [
    .bad(
      "no reason",
      history: ["CREATE TABLE settings (key text);"],
      "-- sqllint:allow index-built-without-concurrently\nCREATE INDEX settings_key_idx ON settings (key);"
    ),
    .good(
      "a reason",
      history: ["CREATE TABLE settings (key text);"],
      "-- sqllint:allow index-built-without-concurrently forty rows\nCREATE INDEX settings_key_idx ON settings (key);"
    ),
  ]

  func check(_ audit: SuppressionAudit) -> [Finding] {
    audit.suppressions.filter { $0.reason.isEmpty && audit.knownRules.contains($0.rule) }.map {
      Finding(
        rule: id,
        risk: risk,
        range: $0.range,
        message: .unexplained($0),
        fix: Finding.Fix("add a few words after it")
      )
    }
  }
}

extension Finding.Message {
  fileprivate static func unexplained(_ suppression: Suppression) -> Self {
    "\(suppression.rule) is allowed without a reason"
  }
}
