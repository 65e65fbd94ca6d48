import Catalog
import Execution
import Linting
import Syntax

struct TableCreatedAgain: StatementRule {
  let id = "table-created-again"
  let summary = "IF NOT EXISTS hides that the table is there, with other columns."
  let risk = Risk.low
  let explanation = """
    The history has already made the table, so this statement does nothing: columns that it names and the table lacks \
    are not added. The result is the same in a new database, and the file misleads whoever reads it.

    Add what is missing with ALTER TABLE, or drop the old table first if it is to be made anew.
    """
  let alternative = """
    ALTER TABLE users ADD COLUMN phone text;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-createtable.html"
  let examples: [RuleExample] = [
    .bad(
      "with a column that the table does not have",
      history: ["CREATE TABLE users (id bigint, email text);"],
      "CREATE TABLE IF NOT EXISTS users (id bigint, email text, phone text);"
    ),
    .bad(
      "with another type",
      history: ["CREATE TABLE users (id integer);"],
      "CREATE TABLE IF NOT EXISTS users (id bigint);"
    ),
    .good(
      "the same columns",
      history: ["CREATE TABLE users (id bigint, email text);"],
      "CREATE TABLE IF NOT EXISTS users (email text, id int8);"
    ),
    .good(
      "a table that was dropped",
      history: ["CREATE TABLE users (id bigint);", "DROP TABLE users;"],
      "CREATE TABLE IF NOT EXISTS users (id bigint, phone text);"
    ),
    .good("a table that the history does not know", "CREATE TABLE IF NOT EXISTS users (id bigint);"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .createTable(let statement) = context.statement.kind, statement.ifNotExists,
      let comparison = context.before.comparison(with: statement, version: context.policy.targetVersion),
      comparison.differs
    else { return [] }
    return [context.finding(self, .misleading(comparison))]
  }
}

extension Finding.Message {
  fileprivate static func misleading(_ comparison: TableComparison) -> Self {
    func part(_ names: [String], _ text: (String) -> String) -> String? {
      names.isEmpty ? nil : text(names.map(\.quotedIdentifier).sentenceList)
    }
    let parts = [
      part(comparison.missing) { "it has no \($0)" },
      part(comparison.changed) { "its \($0) has another type" },
      part(comparison.unnamed) { "it also has \($0)" },
    ]
    return """
      \(comparison.table.displayName) is there already, so this does nothing: \
      \(parts.compactMap(\.self).joined(separator: "; "))
      """
  }
}
