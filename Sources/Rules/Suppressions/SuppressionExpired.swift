import Linting
import Syntax

struct SuppressionExpired: SuppressionRule {
  let id = "suppression-expired"
  let summary = "A rule was allowed until a day that has passed."
  let risk = Risk.medium
  let explanation = """
    Whoever wrote the comment meant it to hold for a while: until a feature is gone, until a table is small again. \
    That time is over: the comment no longer allows anything, and what it allowed is reported again.

    Look at it once more. Mend it, or give the comment another day, or none. The day is the last one on which it \
    holds.
    """
  let alternative = """
    -- sqllint:allow index-built-without-concurrently settings has forty rows until 2099-12-31
    CREATE INDEX settings_key_idx ON settings (key);
    """
  let reference = "https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-COMMENTS"
  let examples: [RuleExample] = [
    .bad(
      "a day that there is not",
      history: ["CREATE TABLE settings (key text);"],
      "-- sqllint:allow table-dropped nobody uses it until 2026-02-30\nDROP TABLE settings;"
    ),
    .good(
      "a day to come",
      history: ["CREATE TABLE settings (key text);"],
      "-- sqllint:allow table-dropped nobody uses it until 9999-12-31\nDROP TABLE settings;"
    ),
  ]

  func check(_ audit: SuppressionAudit) -> [Finding] {
    audit.suppressions.filter { audit.knownRules.contains($0.rule) }.compactMap { suppression in
      switch suppression.end {
      case .unreadable(let text)?:
        finding(suppression, .unreadable(text, suppression), "write the day as 2027-01-31")
      case .day(let day)? where suppression.hasExpired(on: audit.today):
        finding(suppression, .over(since: day, suppression), "mend what it allowed, or write another day")
      default: nil
      }
    }
  }

  private func finding(_ suppression: Suppression, _ message: Finding.Message, _ advice: String) -> Finding {
    Finding(rule: id, risk: risk, range: suppression.range, message: message, fix: Finding.Fix(advice))
  }
}

extension Finding.Message {
  fileprivate static func over(since day: CalendarDate, _ suppression: Suppression) -> Self {
    "\(suppression.rule) was allowed until \(day), which is over"
  }

  fileprivate static func unreadable(_ day: String, _ suppression: Suppression) -> Self {
    "\(suppression.rule) is allowed until \(day), which is no day of the calendar"
  }
}
