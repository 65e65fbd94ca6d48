import Catalog
import Execution
import Linting
import Syntax

struct TableCopied: StatementRule {
  let id = "table-copied"
  let summary = "Rows are copied while the transaction keeps other tables locked."
  let risk = Risk.medium
  let explanation = """
    CREATE TABLE … AS, SELECT INTO and CREATE MATERIALIZED VIEW run a query over existing rows, for as long as there are \
    rows. Every lock that the transaction took before is held all the while: a table that is locked for a moment in a \
    migration of its own is locked for the length of the copy in this one.

    Copy first, in a migration of its own, and change other tables after it.
    """
  let alternative = """
    CREATE TABLE clip_counts AS SELECT user_id, count(*) AS clips FROM clips GROUP BY user_id;
    -- next migration
    ALTER TABLE users ADD COLUMN clips bigint;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-createtableas.html"
  let examples: [RuleExample] = [
    .bad(
      "with another table locked",
      history: ["CREATE TABLE users (id bigint);", "CREATE TABLE clips (id bigint);"],
      "ALTER TABLE users ADD COLUMN clips bigint;\nCREATE TABLE old_clips AS SELECT id FROM clips;"
    ),
    .bad(
      "a materialized view",
      history: ["CREATE TABLE users (id bigint);", "CREATE TABLE clips (id bigint);"],
      "ALTER TABLE users ADD COLUMN clips bigint;\nCREATE MATERIALIZED VIEW clip_ids AS SELECT id FROM clips;"
    ),
    .good(
      "before the other table is locked",
      history: ["CREATE TABLE users (id bigint);", "CREATE TABLE clips (id bigint);"],
      "CREATE TABLE old_clips AS SELECT id FROM clips;\nALTER TABLE users ADD COLUMN clips bigint;"
    ),
    .good(
      "the columns and no rows",
      history: ["CREATE TABLE users (id bigint);", "CREATE TABLE clips (id bigint);"],
      "ALTER TABLE users ADD COLUMN clips bigint;\nCREATE TABLE old_clips AS SELECT id FROM clips WITH NO DATA;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .createTableAs(let copy) = context.statement.kind, copy.withData,
      let held = context.transaction.heldLocks.first.max(by: { $0.mode < $1.mode })
    else { return [] }
    let sources = context.effects.visibleToOthers.filter {
      [.table, .partitionedTable, .materializedView].contains($0.kind)
    }
    if sources.isEmpty { return [] }
    return [
      context.finding(
        self,
        .copying(sources, to: copy.relation.name, held),
        fix: Finding.Fix("make \(copy.relation.name) in a migration of its own, before the one that locks other tables")
      )
    ]
  }
}

extension Finding.Message {
  fileprivate static func copying(_ sources: [Effect], to copy: QualifiedName, _ held: HeldLock) -> Self {
    """
    while rows of \(sources.map(\.displayName).shortList) are copied to \(copy), \
    \(held.mode.stoppedTraffic ?? "schema changes") to \(held.relation.displayName) stay blocked, since line \
    \(held.place.line)
    """
  }
}
