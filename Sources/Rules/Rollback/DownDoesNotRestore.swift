import Catalog
import Execution
import Linting
import Syntax

struct DownDoesNotRestore: RollbackRule {
  let id = "down-does-not-restore"
  let summary = "A down migration does not restore the schema as it was."
  let risk = Risk.medium
  let isAboutFile = true
  let isAboutDown = true
  let explanation = """
    After the migration and its down migration, the schema is not what it was: something is left over, missing or \
    changed. A rollback is then a change of its own that nobody has reviewed, and the next run of the migration may fail.

    sqllint runs both in its simulated schema and compares object by object. The order of columns does not count.
    """
  let alternative = """
    -- up: ALTER TABLE users ADD COLUMN email text;
    --     CREATE INDEX users_name_idx ON users (name);
    DROP INDEX users_name_idx;
    ALTER TABLE users DROP COLUMN email;
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-alter.html"
  let examples: [RuleExample] = [
    .bad(
      "a column is left over",
      history: ["CREATE TABLE users (id bigint, name text);"],
      "ALTER TABLE users ADD COLUMN email text, ADD COLUMN age integer;",
      down: "ALTER TABLE users DROP COLUMN email;"
    ),
    .bad(
      "a view is missing",
      history: ["CREATE TABLE users (id bigint, name text);", "CREATE VIEW names AS SELECT name FROM users;"],
      "CREATE VIEW ids AS SELECT id FROM users;",
      down: "DROP VIEW ids, names;"
    ),
    .good(
      "all is as before",
      history: ["CREATE TABLE users (id bigint, name text);"],
      "ALTER TABLE users ADD COLUMN email text, ADD COLUMN age integer;",
      down: "ALTER TABLE users DROP COLUMN email, DROP COLUMN age;"
    ),
  ]

  func check(_ rollback: Rollback) -> [Finding] {
    guard rollback.hasStatements, !rollback.differences.isEmpty else { return [] }
    if let refused = rollback.refused, let down = rollback.down {
      let statement = down.script.statements[refused.index]
      return [rollback.finding(self, .fails(down.script.source[statement.range].firstLine, refused.error))]
    }
    return [rollback.finding(self, .leaves(rollback.differences))]
  }
}

extension Finding.Message {
  fileprivate static func leaves(_ differences: [CatalogDifference]) -> Self {
    func part(_ word: String, _ kind: CatalogDifference.Kind) -> String? {
      let objects = differences.filter { $0.kind == kind }.map(\.object)
      guard !objects.isEmpty else { return nil }
      let shown = objects.prefix(3).joined(separator: ", ")
      return "it \(word) \(shown)" + (objects.count > 3 ? " and \(objects.count - 3) more" : "")
    }
    let parts = [part("leaves", .leftOver), part("misses", .missing), part("changes", .changed)].compactMap(\.self)
    return "after this migration and its down migration, the schema is not as before: \(parts.joined(separator: "; "))"
  }

  fileprivate static func fails(_ statement: String, _ error: SQLError) -> Self {
    "the down migration fails: PostgreSQL refuses `\(statement)`: \(error.message) (\(error.state.rawValue))"
  }
}
