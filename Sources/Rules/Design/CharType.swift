import Linting
import Syntax

struct CharType: StatementRule {
  let id = "char-type"
  let alsoKnownAs = ["squawk: ban-char-field"]
  let summary = "A column of type char(n) pads its values with spaces that comparisons and casts ignore."
  let risk = Risk.low
  let isOptIn = true
  let explanation = """
    char(n) stores spaces up to its length, ignores them in comparisons and drops them in casts, so that LIKE, \
    length() and code outside of the database see different values. It is not faster than text. A length that \
    matters is better kept by a CHECK, which can be changed without a rewrite.
    """
  let alternative = "CREATE TABLE places (id bigint PRIMARY KEY, country text CHECK (length(country) = 2));"
  let reference = "https://www.postgresql.org/docs/current/datatype-character.html"
  let examples: [RuleExample] = [
    .bad("a table", "CREATE TABLE places (id bigint PRIMARY KEY, country char(2));"),
    .bad(
      "a column that is added",
      history: ["CREATE TABLE places (id bigint PRIMARY KEY);"],
      "ALTER TABLE places ADD COLUMN country character(2);"
    ),
    .good("text", "CREATE TABLE places (id bigint PRIMARY KEY, country text CHECK (length(country) = 2));"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.findings(self, ofTypes: ["bpchar"], advice: "use text, with a CHECK where the length matters") {
      .padding($0, of: $1)
    }
  }
}

extension Finding.Message {
  fileprivate static func padding(_ columns: [String], of table: QualifiedName) -> Self {
    "\(columns.sentenceList) of \(table.displayName) \(columns.count == 1 ? "is" : "are") padded with spaces, which some comparisons see and others do not"
  }
}
