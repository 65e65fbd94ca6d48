import Execution
import Linting
import Syntax

struct ColumnConstraintBuildsIndex: StatementRule {
  let id = "column-constraint-builds-index"
  let summary = "UNIQUE written with a new column builds its index while reads and writes wait."
  let risk = Risk.medium
  let explanation = """
    The index is built under the ACCESS EXCLUSIVE lock of ADD COLUMN: PostgreSQL reads the whole table, although the \
    column is empty, and nobody can read or write it until the index is finished. With a default that is the same for all \
    rows the statement fails as soon as there are two.

    Add the column alone, build a unique index CONCURRENTLY, and let the constraint take it over with USING INDEX.
    """
  let alternative = """
    ALTER TABLE users ADD COLUMN handle text;
    -- next migration
    CREATE UNIQUE INDEX CONCURRENTLY users_handle_key ON users (handle);
    -- next migration
    ALTER TABLE users ADD CONSTRAINT users_handle_key UNIQUE USING INDEX users_handle_key;
    """
  let reference =
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX"
  let examples: [RuleExample] = [
    .bad(
      "UNIQUE",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY);"],
      "ALTER TABLE users ADD COLUMN handle text UNIQUE;"
    ),
    .bad(
      "beside another column",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY);"],
      "ALTER TABLE users ADD COLUMN seen date, ADD COLUMN handle text CONSTRAINT one_handle UNIQUE;"
    ),
    .good(
      "apart from the column, by an index that is there",
      history: [
        "CREATE TABLE users (id bigint PRIMARY KEY);", "ALTER TABLE users ADD COLUMN handle text;",
        "CREATE UNIQUE INDEX CONCURRENTLY users_handle_key ON users (handle);",
      ],
      "ALTER TABLE users ADD CONSTRAINT users_handle_key UNIQUE USING INDEX users_handle_key;"
    ),
    .good(
      "on a table made in the same migration",
      "CREATE TABLE users (id bigint);\nALTER TABLE users ADD COLUMN handle text UNIQUE;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.visibleWork(.indexBuild).compactMap { work in
      guard let action = context.action(of: work.item), let column = context.column(addedBy: action),
        !context.isWithinRewrite(work)
      else { return nil }
      switch work.item.cause {
      case .unique, .primaryKey:
        return context.finding(
          self,
          .building(for: column.name, work),
          at: action.range,
          fix: context.keepingOthers(context.fixBySeparateConstraints(column), besides: action)
        )
      default: return nil
      }
    }
  }
}

extension Finding.Message {
  fileprivate static func building(for column: String, _ work: VisibleWork) -> Self {
    "building the unique index of new column \(column.quotedIdentifier) \(work.relation.blocking) until it is done"
  }
}
