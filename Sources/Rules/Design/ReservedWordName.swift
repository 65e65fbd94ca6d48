import Catalog
import Linting
import Syntax

struct ReservedWordName: StatementRule {
  let id = "reserved-word-name"
  let summary = "A table or a column is named with a reserved word, which every statement must quote."
  let risk = Risk.low
  let isOptIn = true
  let explanation = """
    A reserved word is a name only in double quotes. Whoever forgets them gets a syntax error at best; SELECT user gives the name of \
    the role instead of the column.
    """
  let alternative = "CREATE TABLE users (id bigint PRIMARY KEY, sort_order integer);"
  let reference = "https://www.postgresql.org/docs/current/sql-keywords-appendix.html"
  let examples: [RuleExample] = [
    .bad("a table", "CREATE TABLE \"user\" (id bigint PRIMARY KEY);"),
    .bad("a column", history: ["CREATE TABLE clips (id bigint);"], "ALTER TABLE clips ADD COLUMN \"order\" integer;"),
    .good(
      "words that are not reserved",
      "CREATE TABLE clips (id bigint PRIMARY KEY, name text, type text, position integer);"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard let (table, columns) = context.definedColumns else { return [] }
    let known = context.before.table(table)
    var names = columns.map(\.name).filter { known?.column($0) == nil }
    if case .createTable = context.statement.kind { names.insert(table.name, at: 0) }
    let reserved = names.filter(Self.words.contains).map(\.quotedIdentifier)
    guard !reserved.isEmpty else { return [] }
    return [context.finding(self, .quoting(reserved), fix: Finding.Fix("choose a name that needs no quotes"))]
  }

  /// Words that stand for neither a table nor a column without quotes.
  ///
  /// Source: PostgreSQL 17's `kwlist.h`, the reserved ones and those for functions and types only.
  private static let words = Set(
    """
    all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column \
    concurrently constraint create cross current_catalog current_date current_role current_schema current_time \
    current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from \
    full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit localtime \
    localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references returning right \
    select session_user similar some symmetric system_user table tablesample then to trailing true union unique user using \
    variadic verbose when where window with
    """
    .split(separator: " ").map(String.init)
  )
}

extension Finding.Message {
  fileprivate static func quoting(_ names: [String]) -> Self {
    "\(names.sentenceList) \(names.count == 1 ? "is a reserved word" : "are reserved words"): every statement must quote it"
  }
}
