import Linting
import Syntax

struct TimestampWithoutTimeZone: StatementRule {
  let id = "timestamp-without-time-zone"
  let alsoKnownAs = ["squawk: prefer-timestamp-tz"]
  let summary = "A column of type timestamp does not say which moment it means."
  let risk = Risk.low
  let isOptIn = true
  let explanation = """
    timestamp holds a date and a time of day, and no zone: the same value means another moment to each session that reads it in \
    another TimeZone, and an hour of each autumn means two. timestamptz holds the moment, takes as many bytes, and shows it in \
    the reader's zone.
    """
  let alternative = "CREATE TABLE events (id bigint PRIMARY KEY, at timestamptz NOT NULL);"
  let reference = "https://www.postgresql.org/docs/current/datatype-datetime.html"
  let examples: [RuleExample] = [
    .bad("a table", "CREATE TABLE events (id bigint PRIMARY KEY, at timestamp);"),
    .bad(
      "a column that is added",
      history: ["CREATE TABLE events (id bigint PRIMARY KEY);"],
      "ALTER TABLE events ADD COLUMN at timestamp(3);"
    ),
    .good("with a zone", "CREATE TABLE events (id bigint PRIMARY KEY, at timestamptz, day date);"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.findings(self, ofTypes: ["timestamp"], advice: "use timestamptz") { .leavingOpen($0, of: $1) }
  }
}

extension Finding.Message {
  fileprivate static func leavingOpen(_ columns: [String], of table: QualifiedName) -> Self {
    "\(columns.sentenceList) of \(table.displayName) \(columns.count == 1 ? "has" : "have") no time zone: each session reads another moment in it"
  }
}
