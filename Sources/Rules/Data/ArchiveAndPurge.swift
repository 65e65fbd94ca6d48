import Catalog
import Linting
import Syntax

struct ArchiveAndPurge: StatementRule {
  let id = "archive-and-purge"
  let summary = "Rows are copied elsewhere and deleted where they were, in one go."
  let risk = Risk.critical
  let tellsOfLoss = true
  let explanation = """
    Running code no longer finds the rows, and nobody has looked at the copy: a column that was left out, a condition that \
    differs, a trigger of the other table, and the rows are lost for good. What writes between copy and DELETE is deleted \
    without having been copied.

    Copy in one migration and compare both tables. Delete in a later one, after a backup, in batches that commit.
    """
  let alternative = """
    INSERT INTO archived_events SELECT * FROM events WHERE at < '2020-01-01' ON CONFLICT DO NOTHING;
    -- in a later deployment, after a backup, in batches until it removes no row
    DELETE FROM events
      WHERE ctid IN (SELECT ctid FROM events WHERE at < '2020-01-01' LIMIT 10000);
    """
  let reference = "https://www.postgresql.org/docs/current/sql-delete.html"
  private static let tables =
    "CREATE TABLE events (id bigint PRIMARY KEY, at date);\n"
    + "CREATE TABLE archived_events (id bigint PRIMARY KEY, at date);"
  let examples: [RuleExample] = [
    .bad(
      "one after the other",
      history: [tables],
      "INSERT INTO archived_events SELECT * FROM events WHERE at < '2020-01-01';\n"
        + "DELETE FROM events WHERE at < '2020-01-01';"
    ),
    .bad(
      "in one statement",
      history: [tables],
      "WITH old AS (DELETE FROM events WHERE at < '2020-01-01' RETURNING *)\n"
        + "INSERT INTO archived_events SELECT * FROM old;"
    ),
    .bad(
      "what the archive holds",
      history: [tables],
      "INSERT INTO archived_events SELECT * FROM events WHERE at < '2020-01-01';\n"
        + "DELETE FROM events WHERE id IN (SELECT id FROM archived_events);"
    ),
    .good(
      "copied only",
      history: [tables],
      "INSERT INTO archived_events SELECT * FROM events WHERE id = 1;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    for change in context.dataChanges {
      guard let archive = context.archive(of: change) else { continue }
      let table = context.before.qualified(change.relation.name)
      let fix = Finding.Fix(
        "only copy in this migration, compare both tables, take a backup, and delete in a later one, in batches"
      )
      return [context.finding(self, .purging(table, archive), fix: fix)]
    }
    return []
  }
}

extension StatementContext {
  /// The table that has the rows of a DELETE by now; `nil` where none has, and where another rule says what is lost.
  func archive(of change: DataChange) -> QualifiedName? {
    guard case .delete(let delete) = change, delete.condition != nil, let archive = archive(of: delete),
      isVisible(change), !takesFewRows(change), !takesEveryRow(delete.condition, of: change)
    else { return nil }
    return archive
  }

  /// Where a statement before this one has copied rows of the table to.
  func copy(of table: QualifiedName) -> QualifiedName? {
    for earlier in migration.script.statements[..<min(index, migration.script.statements.count)].suffix(Self.reach) {
      let (target, query): (QualifiedName, Query?)
      switch earlier.kind {
      case .dataChange(.insert(let insert)): (target, query) = (insert.relation.name, insert.query)
      case .createTableAs(let create): (target, query) = (create.relation.name, create.query)
      case .dataChange(.update(let update)) where !update.from.isEmpty:
        (target, query) = (update.relation.name, .dataChange(.update(update)))
      default: continue
      }
      guard let query, query.relations.contains(where: { before.qualified($0.name) == table }) else { continue }
      let copy = before.qualified(target)
      if copy != table { return copy }
    }
    return nil
  }

  private func archive(of delete: Delete) -> QualifiedName? {
    if case .dataChange(.insert(let insert)) = statement.kind { return archive(ofRowsIn: insert, delete) }
    let table = before.qualified(delete.relation.name)
    for earlier in migration.script.statements[..<index].suffix(Self.reach).reversed() {
      guard case .dataChange(.insert(let insert)) = earlier.kind, case .select(let select)? = insert.query,
        select.from.contains(where: { $0.relations.contains { before.qualified($0.name) == table } })
      else { continue }
      let archive = before.qualified(insert.relation.name)
      if archive != table, select.condition == delete.condition || names(archive, in: delete) { return archive }
    }
    return nil
  }

  /// How many statements before it are looked at.
  private static let reach = 50

  /// `WITH gone AS (DELETE … RETURNING *) INSERT … SELECT * FROM gone`
  private func archive(ofRowsIn insert: Insert, _ delete: Delete) -> QualifiedName? {
    let expression = insert.with?.queries.first { $0.query == .dataChange(.delete(delete)) }
    guard let expression, case .select(let select)? = insert.query,
      select.from.contains(where: { $0.relations.contains { $0.name == QualifiedName(expression.name) } })
    else { return nil }
    return before.qualified(insert.relation.name)
  }

  private func names(_ archive: QualifiedName, in delete: Delete) -> Bool {
    Query.dataChange(.delete(delete)).relations.contains { before.qualified($0.name) == archive }
  }
}

extension Finding.Message {
  fileprivate static func purging(_ table: QualifiedName, _ archive: QualifiedName) -> Self {
    """
    this migration copies rows of \(table.displayName) to \(archive.displayName) and deletes them: what the copy lacks is \
    lost for good
    """
  }
}
