import Catalog
import Execution
import Linting
import Syntax

struct VolatileFunctionInCheck: StatementRule {
  let id = "volatile-function-in-check"
  let summary = "A check whose answer changes with time lets rows pass that fail later."
  let risk = Risk.medium
  let explanation = """
    PostgreSQL checks a row when it is written, and takes the answer to hold for good. Where the check depends on \
    the clock, on the session or on other rows, a row that passed fails when it is next updated, whichever column \
    that changes, and a dump of the table cannot be restored.

    Compare columns with one another, or check the clock where rows are written: in code or in a trigger.
    """
  let alternative = "ALTER TABLE invitations ADD CONSTRAINT ends_later CHECK (ends_at > made_at) NOT VALID;"
  let reference = "https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-CHECK-CONSTRAINTS"
  let examples: [RuleExample] = [
    .bad(
      "the clock",
      "CREATE TABLE invitations (ends_at timestamptz CONSTRAINT ends_later CHECK (ends_at > now()));"
    ),
    .bad(
      "the day, on a table that exists",
      history: ["CREATE TABLE invitations (ends_on date);"],
      "ALTER TABLE invitations ADD CONSTRAINT ends_later CHECK (ends_on > CURRENT_DATE) NOT VALID;"
    ),
    .bad(
      "a volatile function",
      "CREATE TABLE samples (part numeric, CONSTRAINT some_part CHECK (part > random()));"
    ),
    .good(
      "columns",
      "CREATE TABLE invitations (made_at timestamptz, ends_at timestamptz, CHECK (ends_at > made_at));"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard let (table, constraints) = context.newConstraints(where: { $0.condition != nil }) else { return [] }
    let doubtful = constraints.compactMap { constraint -> (name: String, reason: String)? in
      guard let condition = constraint.condition, let reason = context.after.changingPart(of: condition) else {
        return nil
      }
      return (constraint.name, reason)
    }
    guard let first = doubtful.first else { return [] }
    return [
      context.finding(
        self,
        .hanging(doubtful.map(\.name.quotedIdentifier), on: first.reason, in: table.name),
        fix: Finding.Fix(
          "compare columns with one another, or check this where rows are written, in code or in a trigger"
        )
      )
    ]
  }
}

extension Database {
  /// What of a condition gives another answer for the same row at another time, as a reader would write it.
  fileprivate func changingPart(of condition: Expression) -> String? {
    if let call = volatileCall(in: condition), call.isCertain { return "\(call.function.displayName)()" }
    var found: String?
    condition.walk {
      switch $0 {
      case .sqlValue(let value, _): found = found ?? value.rawValue
      case .call(let call) where ["now", "transaction_timestamp", "statement_timestamp"].contains(call.name.name):
        found = found ?? "\(call.name.name)()"
      default: break
      }
    }
    return found
  }
}

extension Finding.Message {
  fileprivate static func hanging(_ checks: [String], on reason: String, in table: QualifiedName) -> Self {
    """
    \(checks.count == 1 ? "check" : "checks") \(checks.sentenceList) of \(table.displayName) \
    \(checks.count == 1 ? "hangs" : "hang") on \(reason), so that a row which passes now may fail at its next UPDATE \
    or when a dump is restored
    """
  }
}
