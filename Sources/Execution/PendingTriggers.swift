import Catalog
import Syntax

/// Checks of new rows that wait for the end of the transaction. Until then PostgreSQL does not change the table.
///
/// Source: `CheckTableNotInUse` in `tablecmds.c`.
extension Execution {
  /// Rows that are given in the text are written for certain; what else a statement writes hangs on other rows.
  mutating func notePendingTriggers(of insert: Insert) {
    guard insert.conflict == nil, insert.writesRows else { return }
    let name = database.qualified(insert.relation.name)
    let defersAll = database.defersConstraints
    let isPending = catalog.tables.reading(name) { table in
      table.constraints.contains {
        $0.referenced != nil && ($0.definition.isInitiallyDeferred || defersAll && $0.definition.isDeferrable)
      }
        || table.triggers.contains {
          $0.definition.isConstraint && $0.definition.events.contains(.insert) && $0.definition.isForEachRow
            && ($0.definition.isInitiallyDeferred || defersAll && $0.definition.isDeferrable)
        }
    }
    if isPending == true { database.pendingTriggers.insert(name) }
  }

  /// SET CONSTRAINTS … IMMEDIATE runs what waits.
  mutating func perform(_ statement: SetConstraints) {
    if statement.isDeferred {
      if statement.names.isEmpty { database.defersConstraints = true }
    } else {
      database.pendingTriggers = []
      database.defersConstraints = false
    }
  }

  func checkPendingTriggers(of tables: [QualifiedName], _ command: String) throws(SQLError) {
    guard !database.pendingTriggers.isEmpty, let table = tables.first(where: database.pendingTriggers.contains) else {
      return
    }
    throw SQLError(
      .objectInUse,
      "cannot \(command) \(table.quotedInErrors) because it has pending trigger events"
    )
  }
}

extension Insert {
  /// Whether it writes a row whatever the tables hold.
  fileprivate var writesRows: Bool {
    switch query {
    case nil, .values?: true
    case .select(let select)?: select.from.isEmpty && select.condition == nil
    default: false
    }
  }
}
