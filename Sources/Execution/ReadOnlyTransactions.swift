import Catalog
import Syntax

/// What PostgreSQL refuses in a transaction that only reads.
extension Execution {
  /// Source: `ClassifyUtilityCommandAsReadOnly` and `PreventCommandIfReadOnly` in `utility.c`, `ExecCheckXactReadOnly` in
  /// `execMain.c`, `nextval_internal` and `do_setval` in `sequence.c`.
  func requireReadOnly(_ statement: Statement.Kind) throws(SQLError) {
    let isRefused: Bool =
      switch statement {
      case .query(let query):
        query.isSelectInto || query.dataChanges.contains(where: writes) || locksRows(of: query)
      case .dataChange(let change): writes(change)
      case .copy(let copy): copy.isFrom && copy.relation.map { isPermanent($0.name) } == true
      case .explain, .prepare, .deallocate, .execute, .declareCursor, .closeCursor, .fetch, .call, .anonymousBlock,
        .set, .show, .setConstraints, .discard, .transaction, .lockTable, .checkpoint, .vacuum, .cluster, .reindex:
        false
      case .listen, .unlisten, .notify, .load, .other: false
      default: true
      }
    if isRefused {
      throw SQLError(
        .readOnlySQLTransaction,
        "cannot execute \(statement.commandTag) in a read-only transaction"
      )
    }
  }

  private func writes(_ change: DataChange) -> Bool {
    isPermanent(change.relation.name)
      || (change.with?.queries ?? []).contains { table in
        table.query.dataChanges.contains(where: writes)
      }
  }

  private func locksRows(of query: Query) -> Bool {
    guard query.tail?.locking.isEmpty == false else { return false }
    return query.relations.contains { isPermanent($0.name) }
  }

  /// Nobody else sees a temporary table.
  private func isPermanent(_ name: QualifiedName) -> Bool { database.qualified(name).schema != Catalog.temporary }
}

extension Query {
  fileprivate var isSelectInto: Bool {
    if case .select(let select) = self { select.into != nil } else { false }
  }
}
