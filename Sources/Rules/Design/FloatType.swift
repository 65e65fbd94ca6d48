import Linting
import Syntax

struct FloatType: StatementRule {
  let id = "float-type"
  let summary = "A column of a binary floating-point type holds decimals only nearly."
  let risk = Risk.low
  let isOptIn = true
  let explanation = """
    real and double precision hold 0.1 as the nearest binary number: sums drift, and comparisons for equality fail. For amounts, \
    prices and quantities numeric is exact; for measurements these types are right, so say so in the configuration or where \
    the column is made.
    """
  let alternative = "CREATE TABLE bills (id bigint PRIMARY KEY, amount numeric(12, 2) NOT NULL);"
  let reference = "https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-FLOAT"
  let examples: [RuleExample] = [
    .bad("a table", "CREATE TABLE bills (id bigint PRIMARY KEY, amount double precision);"),
    .bad(
      "a column that is added",
      history: ["CREATE TABLE bills (id bigint PRIMARY KEY);"],
      "ALTER TABLE bills ADD COLUMN amount real;"
    ),
    .good("numeric", "CREATE TABLE bills (id bigint PRIMARY KEY, amount numeric(12, 2));"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.findings(self, ofTypes: ["float4", "float8"], advice: "use numeric for what must be exact") {
      .rounding($0, of: $1)
    }
  }
}

extension Finding.Message {
  fileprivate static func rounding(_ columns: [String], of table: QualifiedName) -> Self {
    "\(columns.sentenceList) of \(table.displayName) \(columns.count == 1 ? "holds" : "hold") decimals such as 0.1 only nearly, and sums drift"
  }
}
