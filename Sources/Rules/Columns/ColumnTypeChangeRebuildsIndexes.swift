import Catalog
import Execution
import Linting
import Syntax

struct ColumnTypeChangeRebuildsIndexes: StatementRule {
  let id = "column-type-change-rebuilds-indexes"
  let summary = "A type or collation change builds indexes anew while reads and writes wait."
  let risk = Risk.medium
  let explanation = """
    The rows can stay as they are, but indexes on the column sort its values in another order: PostgreSQL builds \
    them anew under the ACCESS EXCLUSIVE lock of the type change, and nobody can read or write the table until that \
    is done. The same goes for another collation, timestamp to timestamptz in a session whose TimeZone is UTC, and \
    every index with an expression or a condition that reads the column.

    Where queries can do without an index for a while, drop it CONCURRENTLY first, and build it CONCURRENTLY \
    afterwards.
    """
  let alternative = """
    DROP INDEX CONCURRENTLY jobs_label_idx;
    -- next migration
    ALTER TABLE jobs ALTER COLUMN label TYPE text COLLATE "C";
    -- next migration
    CREATE INDEX CONCURRENTLY jobs_label_idx ON jobs (label);
    """
  let reference = "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"
  let examples: [RuleExample] = [
    .bad(
      "another collation",
      history: ["CREATE TABLE jobs (label text);", "CREATE INDEX CONCURRENTLY jobs_label_idx ON jobs (label);"],
      #"ALTER TABLE jobs ALTER COLUMN label TYPE text COLLATE "C";"#
    ),
    .bad(
      "of a unique constraint",
      history: ["CREATE TABLE jobs (label text UNIQUE);"],
      #"ALTER TABLE jobs ALTER COLUMN label TYPE text COLLATE "C";"#
    ),
    .good(
      "a column without an index",
      history: ["CREATE TABLE jobs (label text);"],
      #"ALTER TABLE jobs ALTER COLUMN label TYPE text COLLATE "C";"#
    ),
    .good(
      "a longer varchar, whose index stays",
      history: ["CREATE TABLE jobs (label varchar(50) UNIQUE);"],
      "ALTER TABLE jobs ALTER COLUMN label TYPE varchar(100);"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.visibleWork(.indexBuild).compactMap { work in
      guard case .typeChange(let column, _, _) = work.item.cause, let action = context.action(of: work.item),
        !context.isWithinRewrite(work)
      else { return nil }
      let table = work.relation.relation
      let (old, new) = (context.before.table(table)?.column(column), context.after.table(table)?.column(column))
      let indexes = context.before.catalog.indexes(of: table).filter { index in
        index.columns.contains(column)
          && !index.survivesTypeChange(of: column, from: old, to: new?.type, new?.collation)
      }
      return context.finding(
        self,
        .rebuilding(indexes, column, work),
        at: action.range,
        fix: fix(indexes, action, in: context)
      )
    }
  }

  private func fix(_ indexes: [Index], _ action: AlterTable.Action, in context: StatementContext) -> Finding.Fix? {
    guard case .alterTable(let alter) = context.statement.kind, let text = context.text(of: action) else { return nil }
    let table = context.before.portable(alter.relation.name)
    let isPlain = indexes.allSatisfy { $0.constraint == nil && !$0.definition.isUnique && $0.parent == nil }
    guard isPlain, context.before.table(table)?.kind == .table, alter.actions.count == 1 else {
      return Finding.Fix(
        "where queries and code can do without the indexes for a while, drop them first, and build them CONCURRENTLY "
          + "afterwards; otherwise add a column of the new type, keep both equal by a trigger, index it CONCURRENTLY, fill "
          + "old rows in batches, let the code use it, and drop the old one in a later deployment"
      )
    }
    let drops = indexes.map { "DROP INDEX CONCURRENTLY \(context.before.portable($0.name));" }
    let builds = indexes.map { index in
      var deparser = Deparser()
      let definition = deparser.text(index.definition, on: table.description)
      return "CREATE INDEX CONCURRENTLY \(index.name.name.quotedIdentifier) \(definition);"
    }
    return Finding.Fix(
      "where queries can do without \(indexes.count == 1 ? "the index" : "the indexes") for a while, drop "
        + "\(indexes.count == 1 ? "it" : "each") first, and build \(indexes.count == 1 ? "it" : "each") CONCURRENTLY "
        + "afterwards\(context.aloneAdvice)",
      migrations: drops + ["ALTER TABLE \(table) \(text);"] + builds
    )
  }
}

extension Finding.Message {
  fileprivate static func rebuilding(_ indexes: [Index], _ column: String, _ work: VisibleWork) -> Self {
    let names = indexes.map(\.name.name.quotedIdentifier).sentenceList
    return """
      changing the type of \(column.quotedIdentifier) builds \(names) anew and \(work.relation.blocking) until it is \
      done
      """
  }
}
