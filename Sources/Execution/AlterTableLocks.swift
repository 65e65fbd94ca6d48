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

  /// Whether the action locks children and partitions too.
  func reachesDescendants(of table: Table?, version: Int) -> Bool {
    switch self {
    // PostgreSQL 18 keeps NOT NULL as constraints, and looks for children before it knows the constraint.
    case .addConstraint where version >= 18: true
    case .dropNotNull(let column) where version >= 18: table?.column(column)?.isNotNull ?? true
    case .addColumn, .dropColumn, .setType, .setDefault, .dropDefault, .setNotNull, .dropNotNull, .setExpression,
      .dropExpression, .setStatistics, .setStorage, .setCompression, .validateConstraint, .dropConstraint:
      true
    case .addConstraint(let constraint):
      switch constraint.kind {
      case .check(_, let noInherit): !noInherit
      case .primaryKey: true
      case .foreignKey: table?.kind == .partitionedTable
      default: false
      }
    case .setTrigger: table?.kind == .partitionedTable
    default: false
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
