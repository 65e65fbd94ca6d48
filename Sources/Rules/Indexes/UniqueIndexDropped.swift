import Catalog
import Execution
import Linting
import Syntax

struct UniqueIndexDropped: StatementRule {
  let id = "unique-index-dropped"
  let summary = "Without its unique index ON CONFLICT fails, and duplicates get in."
  let risk = Risk.medium
  let explanation = """
    INSERT … ON CONFLICT (column) needs a unique index on just these columns. Once it is gone, running code that does so \
    is refused with SQLSTATE 42P10, and all other code may write the same value twice: making the index again fails then.

    Build the index or constraint that takes its place first, and change the code before the old one goes.
    """
  let alternative = """
    -- first deployment: no code names the column in ON CONFLICT any more, or relies on its being unique
    -- sqllint:allow unique-index-dropped tokens are no longer unique since release 41
    DROP INDEX CONCURRENTLY keys_token_idx;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT"
  let examples: [RuleExample] = [
    .bad(
      "an index",
      history: [
        "CREATE TABLE keys (token text);", "CREATE UNIQUE INDEX CONCURRENTLY keys_token_idx ON keys (token);",
      ],
      "DROP INDEX CONCURRENTLY keys_token_idx;"
    ),
    .bad(
      "a constraint",
      history: ["CREATE TABLE keys (token text CONSTRAINT keys_token_key UNIQUE);"],
      "ALTER TABLE keys DROP CONSTRAINT keys_token_key;"
    ),
    .good(
      "where another keeps the same unique",
      history: [
        "CREATE TABLE keys (token text);", "CREATE UNIQUE INDEX CONCURRENTLY keys_token_idx ON keys (token);",
        "CREATE UNIQUE INDEX CONCURRENTLY keys_token_key ON keys (token);",
      ],
      "DROP INDEX CONCURRENTLY keys_token_idx;"
    ),
    .good(
      "of a table made in the same migration",
      "CREATE TABLE keys (token text CONSTRAINT keys_token_key UNIQUE);\n"
        + "ALTER TABLE keys DROP CONSTRAINT keys_token_key;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    let losses = context.effects.breaks.filter { if case .uniquenessLost = $0 { true } else { false } }
    // With a primary key goes more than its index.
    let tables = context.effects.breaks.compactMap { if case .primaryKeyGone(let table) = $0 { table } else { nil } }
    let lost = losses.compactMap { breakage -> (key: UniqueKey, index: String, table: QualifiedName)? in
      guard case .uniquenessLost(let key, let index, let table) = breakage, !tables.contains(table) else { return nil }
      return (key, index, table)
    }
    guard let first = lost.first else { return [] }
    return [
      context.finding(
        self,
        lost.count == 1
          ? .dropping(first.index, first.key, of: first.table)
          : .dropping(lost.map { "\($0.index.quotedIdentifier) of \($0.table.displayName)" }),
        fix: Finding.Fix(
          "make sure that no running code names it in ON CONFLICT or relies on it, and say so with the reason:\n"
            + "-- sqllint:allow \(id) reason"
        ),
        breaks: lost.map { .uniquenessLost($0.key, index: $0.index, of: $0.table) }
      )
    ]
  }
}

extension Finding.Message {
  fileprivate static func dropping(_ index: String, _ key: UniqueKey, of table: QualifiedName) -> Self {
    """
    without \(index.quotedIdentifier), ON CONFLICT \(key.sql) of running code fails, and nothing keeps \
    duplicates out of \(table.displayName)
    """
  }

  fileprivate static func dropping(_ indexes: [String]) -> Self {
    "without \(indexes.sentenceList), ON CONFLICT of running code fails, and nothing keeps duplicates out"
  }
}
