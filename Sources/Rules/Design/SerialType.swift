import Linting
import Syntax

struct SerialType: StatementRule {
  let id = "serial-type"
  let alsoKnownAs = ["squawk: prefer-identity"]
  let summary = "A serial column is a default with a sequence that has rights of its own."
  let risk = Risk.low
  let isOptIn = true
  let explanation = """
    serial is shorthand for a sequence and a default: roles that may INSERT need USAGE on the sequence too, and code can write \
    any value without being asked. An identity column is the standard's way, comes with its sequence, and GENERATED ALWAYS \
    keeps ids from being written by mistake.
    """
  let alternative = "CREATE TABLE clips (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);"
  let reference = "https://www.postgresql.org/docs/current/ddl-identity-columns.html"
  let examples: [RuleExample] = [
    .bad("a table", "CREATE TABLE clips (id bigserial PRIMARY KEY);"),
    .bad(
      "a column that is added",
      history: ["CREATE TABLE clips (id bigint PRIMARY KEY);"],
      "ALTER TABLE clips ADD COLUMN n bigserial;"
    ),
    .good("identity", "CREATE TABLE clips (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.findings(
      self,
      ofTypes: ["serial", "serial2", "serial4", "serial8", "bigserial", "smallserial"],
      advice: "use GENERATED ALWAYS AS IDENTITY"
    ) { .needingRights($0, of: $1) }
  }
}

extension Finding.Message {
  fileprivate static func needingRights(_ columns: [String], of table: QualifiedName) -> Self {
    "\(columns.sentenceList) of \(table.displayName) \(columns.count == 1 ? "takes its value from a sequence" : "take their values from sequences") on which each role that inserts needs a right of its own"
  }
}
