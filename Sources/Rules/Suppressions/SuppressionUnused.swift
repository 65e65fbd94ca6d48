import Linting
import Syntax

struct SuppressionUnused: SuppressionRule {
  let id = "suppression-unused"
  let summary = "A rule is allowed where it finds nothing."
  let risk = Risk.medium
  let explanation = """
    The comment allows a rule that finds nothing here: the statement was changed, or the comment is in the wrong \
    place. Left alone it would hide the next real finding. It belongs on the statement or above it, with at most an \
    empty line between them.
    """
  let alternative = "CREATE INDEX CONCURRENTLY settings_key_idx ON settings (key);"
  let reference = "https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-COMMENTS"
  let examples: [RuleExample] = [
    .bad(
      "on a statement that is fine",
      "-- sqllint:allow table-dropped nobody uses it\nCREATE TABLE settings (key text);"
    ),
    .good(
      "on one that is not",
      history: ["CREATE TABLE settings (key text);"],
      "-- sqllint:allow table-dropped nobody uses it\nDROP TABLE settings;"
    ),
  ]

  func check(_ audit: SuppressionAudit) -> [Finding] {
    audit.suppressions.filter { suppression in
      !audit.used.contains(suppression) && audit.knownRules.contains(suppression.rule)
        && !audit.disabledRules.contains(suppression.rule) && !suppression.hasExpired(on: audit.today)
    }.map { suppression in
      let isMisplaced = suppression.scope != .file && audit.fileRules.contains(suppression.rule)
      let advice = isMisplaced ? "write sqllint:allow-file \(suppression.rule)" : "remove the comment"
      return Finding(
        rule: id,
        risk: risk,
        range: suppression.range,
        message: isMisplaced ? .misplaced(suppression) : .unused(suppression),
        fix: Finding.Fix(advice)
      )
    }
  }
}

extension Finding.Message {
  fileprivate static func misplaced(_ suppression: Suppression) -> Self {
    "\(suppression.rule) is allowed on a statement, but it is about whole files"
  }

  fileprivate static func unused(_ suppression: Suppression) -> Self {
    "\(suppression.rule) is allowed here but finds nothing"
  }
}
