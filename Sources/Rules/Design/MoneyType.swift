import Linting
import Syntax

struct MoneyType: StatementRule {
  let id = "money-type"
  let summary = "A column of type money depends on a setting of the session."
  let risk = Risk.low
  let isOptIn = true
  let explanation = """
    money knows neither a currency nor how many decimals it has: lc_monetary of the session decides, also when a value is read \
    from text. A dump that is loaded elsewhere can hold other amounts.
    """
  let alternative =
    "CREATE TABLE bills (id bigint PRIMARY KEY, amount numeric(12, 2) NOT NULL, currency text NOT NULL);"
  let reference = "https://www.postgresql.org/docs/current/datatype-money.html"
  let examples: [RuleExample] = [
    .bad("a table", "CREATE TABLE bills (id bigint PRIMARY KEY, amount money);"),
    .bad(
      "a column that is added",
      history: ["CREATE TABLE bills (id bigint PRIMARY KEY);"],
      "ALTER TABLE bills ADD COLUMN amount money;"
    ),
    .good("numeric", "CREATE TABLE bills (id bigint PRIMARY KEY, amount numeric(12, 2), currency text);"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.findings(self, ofTypes: ["money"], advice: "use numeric, and a column for the currency") {
      .depending($0, of: $1)
    }
  }
}

extension Finding.Message {
  fileprivate static func depending(_ columns: [String], of table: QualifiedName) -> Self {
    "what \(columns.sentenceList) of \(table.displayName) \(columns.count == 1 ? "means" : "mean") depends on lc_monetary of each session"
  }
}
