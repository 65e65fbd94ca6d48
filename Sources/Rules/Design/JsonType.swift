import Linting
import Syntax

struct JsonType: StatementRule {
  let id = "json-type"
  let summary = "A column of type json keeps the text, and is parsed at each use."
  let risk = Risk.low
  let isOptIn = true
  let explanation = """
    json keeps what was written, with spaces and repeated keys, and parses it whenever a key is asked for. It has no equality, so \
    that DISTINCT, GROUP BY and UNION over it fail, and no index finds what is in it. jsonb has all of that.
    """
  let alternative = "CREATE TABLE events (id bigint PRIMARY KEY, payload jsonb NOT NULL);"
  let reference = "https://www.postgresql.org/docs/current/datatype-json.html"
  let examples: [RuleExample] = [
    .bad("a table", "CREATE TABLE events (id bigint PRIMARY KEY, payload json);"),
    .bad(
      "a column that is added",
      history: ["CREATE TABLE events (id bigint PRIMARY KEY);"],
      "ALTER TABLE events ADD COLUMN payload json;"
    ),
    .good("jsonb", "CREATE TABLE events (id bigint PRIMARY KEY, payload jsonb);"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.findings(self, ofTypes: ["json"], advice: "use jsonb, unless the text itself must be kept") {
      .keepingText($0, of: $1)
    }
  }
}

extension Finding.Message {
  fileprivate static func keepingText(_ columns: [String], of table: QualifiedName) -> Self {
    "\(columns.sentenceList) of \(table.displayName) can be neither indexed nor compared: SELECT DISTINCT over it fails"
  }
}
