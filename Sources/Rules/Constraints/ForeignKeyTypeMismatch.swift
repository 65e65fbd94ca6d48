import Catalog
import Linting
import Syntax

struct ForeignKeyTypeMismatch: StatementRule {
  let id = "foreign-key-type-mismatch"
  let summary = "A foreign key's column has another type than the column that it points to."
  let risk = Risk.low
  let explanation = """
    PostgreSQL takes any two types that it can compare. An integer that points to a bigint runs out of numbers before the \
    other table does, and each lookup has to convert one of the two.

    Give both the same type as long as the table is small: later, the change rewrites it.
    """
  let alternative = "CREATE TABLE clips (user_id bigint REFERENCES users (id));"
  let reference = "https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK"
  let examples: [RuleExample] = [
    .bad(
      "integer to bigint",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY);"],
      "CREATE TABLE clips (user_id integer PRIMARY KEY REFERENCES users);"
    ),
    .good(
      "the same",
      history: ["CREATE TABLE users (id bigserial PRIMARY KEY);"],
      "CREATE TABLE clips (user_id bigint PRIMARY KEY REFERENCES users);"
    ),
    .good(
      "bigint to integer, which has room for every number",
      history: ["CREATE TABLE users (id integer PRIMARY KEY);"],
      "CREATE TABLE clips (user_id bigint PRIMARY KEY REFERENCES users);"
    ),
    .good(
      "text and varchar, which are stored alike",
      history: ["CREATE TABLE users (name varchar(50) PRIMARY KEY);"],
      "CREATE TABLE clips (user_name text PRIMARY KEY REFERENCES users);"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard let (table, constraints) = context.newConstraints(where: { $0.referenced != nil }) else { return [] }
    let unlike = constraints.lazy.compactMap { mismatch(in: $0, of: table, context.after) }.first
    guard let unlike else { return [] }
    return [
      context.finding(
        self,
        .pointing(unlike),
        fix: Finding.Fix("give \(unlike.column.quotedIdentifier) the type \(unlike.to.sql) while the table is small")
      )
    ]
  }

  private func mismatch(in constraint: TableConstraint, of table: Table, _ database: Database) -> Mismatch? {
    guard let referenced = constraint.referenced else { return nil }
    let other = referenced == table.name ? table : database.catalog.tables[referenced]
    for (own, pointedTo) in zip(constraint.columns, constraint.referencedColumns) {
      guard let from = table.column(own)?.type, let to = other?.column(pointedTo)?.type, from.name != to.name,
        !TypeFacts.shareOperatorClass(from, to), !isWider(from, than: to), isBuiltIn(from, database),
        isBuiltIn(to, database)
      else { continue }
      return Mismatch(column: own, table: table.name, from: from, pointedTo: pointedTo, other: referenced, to: to)
    }
    return nil
  }

  /// Whether it holds all numbers of the other, and more.
  private func isWider(_ type: TypeName, than other: TypeName) -> Bool {
    guard let range = TypeFacts.range(of: type.name.name), let least = TypeFacts.range(of: other.name.name) else {
      return false
    }
    return range > least
  }

  /// What a domain stands on is not looked at.
  private func isBuiltIn(_ type: TypeName, _ database: Database) -> Bool { !database.catalog.types.contains(type.name) }
}

private struct Mismatch {
  let column: String
  let table: QualifiedName
  let from: TypeName
  let pointedTo: String
  let other: QualifiedName
  let to: TypeName
}

extension Finding.Message {
  fileprivate static func pointing(_ key: Mismatch) -> Self {
    """
    \(key.column.quotedIdentifier) of \(key.table.displayName) is \(key.from.sql), and \(key.pointedTo.quotedIdentifier) of \
    \(key.other.displayName), which it points to, is \(key.to.sql)
    """
  }
}
