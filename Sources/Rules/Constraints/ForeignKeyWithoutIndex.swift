import Catalog
import Linting
import Syntax

struct ForeignKeyWithoutIndex: StatementRule {
  let id = "foreign-key-without-index"
  let summary = "Each DELETE in the other table reads the whole table, as no index finds its rows."
  let risk = Risk.low
  let explanation = """
    PostgreSQL has an index on what a foreign key points to, but makes none on its own columns. Each DELETE in the \
    other table, and each UPDATE of its key, looks for rows that point to it: without an index whose first columns \
    are those of the foreign key it reads the whole table, once for each row.

    A table that is small, or whose other table never loses a row, needs none. So only keys with an action ON DELETE \
    or ON UPDATE are reported: they say that rows of the other table are going to be deleted or changed.
    """
  let alternative = "CREATE INDEX CONCURRENTLY clips_user_id_idx ON clips (user_id);"
  let reference = "https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK"
  let examples: [RuleExample] = [
    .bad(
      "of a new table",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY);"],
      "CREATE TABLE clips (id bigint PRIMARY KEY, user_id bigint REFERENCES users ON DELETE CASCADE);"
    ),
    .good(
      "whose columns an index leads with",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY);"],
      "CREATE TABLE clips (user_id bigint REFERENCES users ON DELETE CASCADE, id bigint, PRIMARY KEY (user_id, id));"
    ),
    .good(
      "of which an index has one column",
      history: ["CREATE TABLE users (id bigint, team bigint, PRIMARY KEY (team, id));"],
      """
      CREATE TABLE clips (user_id bigint, team bigint, FOREIGN KEY (team, user_id) REFERENCES users ON DELETE CASCADE);
      CREATE INDEX clips_user_id_idx ON clips USING hash (user_id);
      """
    ),
    .good(
      "with an index made later in the migration",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY);"],
      "CREATE TABLE clips (user_id bigint REFERENCES users ON DELETE CASCADE);\nCREATE INDEX clips_user_id_idx ON clips (user_id);"
    ),
    .good(
      "of a table that does not expect the other to lose rows",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY);"],
      "CREATE TABLE clips (user_id bigint REFERENCES users);"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard let (table, constraints) = context.newConstraints(where: \.definition.followsRows) else { return [] }
    return constraints.filter { !context.after.catalog.hasIndex(for: $0, of: table.name) }
      .map { key in
        context.finding(
          self,
          .pointing(key, table.name),
          leftover: .unindexed(foreignKey: key.name, of: table.name),
          fix: fix(key, of: table, in: context)
        )
      }
  }

  private func fix(_ key: TableConstraint, of table: Table, in context: StatementContext) -> Finding.Fix {
    let name = GeneratedName.make(table.name.name, key.columns.joined(separator: "_"), "idx").quotedIdentifier
    let columns = key.columns.map(\.quotedIdentifier).joined(separator: ", ")
    return Finding.Fix(
      "build an index that begins with its columns\(context.aloneAdvice), unless the table stays small",
      migrations: table.kind == .partitionedTable
        ? [] : ["CREATE INDEX CONCURRENTLY \(name) ON \(context.after.portable(table.name).displayName) (\(columns));"]
    )
  }
}

extension Constraint {
  /// Whether it is a foreign key that does something when rows of the other table are deleted or changed.
  fileprivate var followsRows: Bool {
    guard case .foreignKey(let key) = kind else { return false }
    return [key.onDelete, key.onUpdate].contains { $0 != .noAction && $0 != .restrict }
  }
}

extension Finding.Message {
  fileprivate static func pointing(_ key: TableConstraint, _ table: QualifiedName) -> Self {
    """
    no index of \(table.displayName) begins with a column of foreign key \(key.name.quotedIdentifier), so that each \
    DELETE in \(key.referenced?.displayName ?? "the other table") reads all of \(table.displayName)
    """
  }
}
