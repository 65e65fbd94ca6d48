import Catalog
import Linting
import Syntax

struct CascadeDelete: StatementRule {
  let id = "cascade-delete"
  let summary = "A DELETE in one table silently deletes the rows of another."
  let risk = Risk.low
  let isOptIn = true
  let explanation = """
    With ON DELETE CASCADE, one row too many in the other table takes along all rows that point to it, and those \
    that point to them, in the same transaction: nobody is asked, and nothing tells how many there were. The locks \
    reach just as far.

    RESTRICT makes code say what it deletes; where the rows are part of the other one and nothing without it, \
    CASCADE is right.
    """
  let alternative = "CREATE TABLE clips (id bigint PRIMARY KEY, user_id bigint REFERENCES users ON DELETE RESTRICT);"
  let reference = "https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK"
  private static let users = "CREATE TABLE users (id bigint PRIMARY KEY);"
  let examples: [RuleExample] = [
    .bad(
      "of a new table",
      history: [users],
      "CREATE TABLE clips (id bigint PRIMARY KEY, user_id bigint REFERENCES users ON DELETE CASCADE);\n"
        + "CREATE INDEX clips_user_id_idx ON clips (user_id);"
    ),
    .good(
      "RESTRICT",
      history: [users],
      "CREATE TABLE clips (id bigint PRIMARY KEY, user_id bigint REFERENCES users ON DELETE RESTRICT);"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard let (table, constraints) = context.writtenConstraints else { return [] }
    for constraint in constraints {
      guard case .foreignKey(let key) = constraint.kind, key.onDelete == .cascade else { continue }
      let fix = Finding.Fix("use ON DELETE RESTRICT, unless the rows mean nothing without the other one")
      return [context.finding(self, .taking(table, along: key), fix: fix)]
    }
    return []
  }
}

extension Finding.Message {
  fileprivate static func taking(_ table: QualifiedName, along key: ForeignKey) -> Self {
    "each DELETE in \(key.referenced.name.displayName) deletes the rows of \(table.displayName) that point to it, unasked"
  }
}
