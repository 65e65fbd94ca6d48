import Catalog
import Syntax

extension AlterTable.ActionKind {
  /// The lock that the action takes on its table.
  ///
  /// Source: `AlterTableGetLockLevel` in `tablecmds.c`; Fixtures/effects holds it against live servers.
  func lock(of version: Int) -> LockMode {
    switch self {
    case .setStatistics, .setColumnOptions, .resetColumnOptions, .clusterOn, .setWithoutCluster, .validateConstraint,
      .attachPartition, .finalizeDetach, .detachPartition(_, concurrently: true):
      .shareUpdateExclusive
    case .setTrigger: .shareRowExclusive
    case .addConstraint(let constraint):
      if case .foreignKey = constraint.kind { .shareRowExclusive } else { .accessExclusive }
    case .setOptions(let options), .resetOptions(let options): options.map(\.lock).max() ?? .accessExclusive
    default: .accessExclusive
    }
  }
}

extension Execution {
  /// Whether the action locks all tables below before anything is done. Other actions go down level by level, and lock
  /// what they reach.
  ///
  /// Source: `ATPrepCmd` in `tablecmds.c`, and what it calls; `EnableDisableTrigger` in `trigger.c`.
  func locksAllBelow(_ action: AlterTable.ActionKind, of table: Table?, recurses: Bool) -> Bool {
    let isPartitioned = table?.kind == .partitionedTable
    switch action {
    // The partitions must not be in use.
    case .dropConstraint: return isPartitioned
    // What is marked already is marked below; children of other tables are looked at all the same before version 18.
    case .setNotNull(let column) where isPartitioned || version >= 18:
      return table?.column(column)?.isNotNull != true && (recurses || version < 18)
    default: return recurses && goesBelow(action, of: table, isPartitioned: isPartitioned)
    }
  }

  private func goesBelow(_ action: AlterTable.ActionKind, of table: Table?, isPartitioned: Bool) -> Bool {
    switch action {
    // PostgreSQL 18 keeps NOT NULL as constraints, and looks for children before it knows the constraint.
    case .addConstraint where version >= 18: true
    case .dropNotNull(let column) where version >= 18: table?.column(column)?.isNotNull ?? true
    case .setType, .setDefault, .dropDefault, .setNotNull, .dropNotNull, .setExpression, .dropExpression,
      .setStatistics, .setStorage, .setCompression:
      true
    case .addConstraint(let constraint): constraint.isPrimaryKey
    case .alterConstraint: isPartitioned
    // Partitions have identities of their parent's from version 17.
    case .addIdentity, .setIdentity, .dropIdentity: isPartitioned && version >= 17
    case .setTrigger(let selection, _): isPartitioned && table.map { hasRowTriggers(selection, of: $0) } == true
    default: false
    }
  }

  /// Partitions have triggers of their own only for rows; keys stand on such triggers too.
  private func hasRowTriggers(_ selection: AlterTable.TriggerSelection, of table: Table) -> Bool {
    switch selection {
    case .named(let name): table.triggers[named: name]?.definition.isForEachRow ?? true
    case .user: table.triggers.contains { $0.definition.isForEachRow }
    case .all:
      table.triggers.contains { $0.definition.isForEachRow }
        || table.constraints.contains { $0.referenced != nil || $0.isKey && $0.definition.isDeferrable }
        || !catalog.foreignKeys(to: table.name).isEmpty
    }
  }
}

extension Option {
  /// The lock that changing a storage parameter takes (`reloptions.c`).
  fileprivate var lock: LockMode {
    let gentle: Set<String> = [
      "fillfactor", "toast_tuple_target", "parallel_workers", "deduplicate_items", "n_distinct",
      "n_distinct_inherited", "vacuum_index_cleanup", "vacuum_truncate", "log_autovacuum_min_duration",
    ]
    return gentle.contains(name) || name.hasPrefix("autovacuum_") ? .shareUpdateExclusive : .accessExclusive
  }
}
