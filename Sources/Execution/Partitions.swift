import Catalog
import Syntax

/// ATTACH and DETACH PARTITION, INHERIT and NO INHERIT.
extension Execution {
  // MARK: - Attaching

  /// Source: `ATExecAttachPartition` in `tablecmds.c`.
  mutating func attachPartition(
    _ partition: QualifiedName,
    _ bound: PartitionBound?,
    _ change: TableChange
  ) throws(SQLError) {
    let parent = change.table
    lock(parent, .shareUpdateExclusive)
    lock(partition, .accessExclusive)
    lock(catalog.descendants(of: partition), .accessExclusive)
    lock(catalog.indexNames(of: parent), .shareUpdateExclusive)
    try checkAttaching(of: partition, bound, to: parent)
    scanForBound(partition, bound, change)
    if let bound { checkDefaultPartition(of: parent, against: bound, stopsAtProof: true, action: change.position) }
    lock(catalog.foreignKeys(to: parent).filter { !$0.constraint.isInherited }.map(\.table), .shareRowExclusive)
    validateForeignKeys(of: parent, on: partition, change)
    requireShared(by: partition, of: parent)

    if !catalog.tables.contains(partition) {
      // There is hardly a table of that name, and then the parent has no such partition.
      if doubt?.object?.name == partition { return }
      catalog.put(Table(assumed: partition, in: catalog))
    }
    catalog.tables[partition]?.partitionBound = bound
    join(partition, to: parent)
    noteRisk(.table(partition))
    shareIndexes(
      of: parent,
      with: partition,
      because: { .index(name: $0.name.name, isConcurrent: false) },
      action: change.position
    )
  }

  private mutating func scanForBound(_ partition: QualifiedName, _ bound: PartitionBound?, _ change: TableChange) {
    let parent = catalog.tables[change.table]
    let isProved: Bool =
      if bound == .default {
        parent?.children.isEmpty == true
      } else if let bound, let key = parent?.partitionKey {
        catalog.tables[partition]?.proves(bound, of: key) == true
      } else {
        false
      }
    if isProved { return }
    if let bound { require(.within(bound, of: change.table), of: partition, recursing: true) }
    for table in [partition] + catalog.descendants(of: partition) {
      scan(table, because: .partitionBound(partition: partition), action: change.position)
    }
  }

  private mutating func validateForeignKeys(
    of parent: QualifiedName,
    on partition: QualifiedName,
    _ change: TableChange
  ) {
    for constraint in catalog.tables[parent]?.constraints ?? [] {
      guard let referenced = constraint.referenced else { continue }
      let pointedTo = [referenced] + catalog.partitions(of: referenced)
      lock(pointedTo, .shareRowExclusive)
      let adopts: (Table) -> Bool = { $0.constraints.contains { $0.canBecomePart(of: constraint) } }
      if catalog.tables[partition].map(adopts) == true {
        // The triggers of the partition's own key go.
        lock(pointedTo, .accessExclusive)
        continue
      }
      for table in [partition] + heirs(of: partition, has: adopts) {
        if table != partition, catalog.tables[table].map(adopts) == true {
          lock(pointedTo, .accessExclusive)
        } else if catalog.mayHaveRows(table) {
          work(
            .foreignKeyValidation,
            on: table,
            because: .foreignKey(constraint: constraint.name, referenced: referenced),
            action: change.position
          )
          requireRows(for: constraint, of: table, recursing: true)
        }
      }
    }
  }

  /// The default partition must keep nothing that belongs in a new one. Where it is partitioned itself, ATTACH looks
  /// below no table whose checks prove it; CREATE TABLE locks all of them first.
  ///
  /// Source: `QueuePartitionConstraintValidation` in `tablecmds.c`, `check_default_partition_contents` in `partbounds.c`.
  mutating func checkDefaultPartition(
    of parent: QualifiedName,
    against bound: PartitionBound,
    stopsAtProof: Bool,
    action: Int? = nil
  ) {
    guard let other = catalog.defaultPartition(of: parent) else { return }
    lock(other, .accessExclusive)
    let key = catalog.tables[parent]?.partitionKey
    let isProved: (Table) -> Bool = { table in key.map { table.excludes(bound, of: $0) } ?? false }
    if catalog.tables[other].map(isProved) == true { return }
    require(.outside(bound, of: parent), of: other, recursing: true)
    let below = stopsAtProof ? heirs(of: other, has: isProved) : catalog.descendants(of: other)
    lock(below, .accessExclusive)
    for table in [other] + below where catalog.tables[table].map(isProved) != true {
      scan(table, because: .defaultPartition(of: parent), action: action)
    }
  }

  // MARK: - Detaching

  /// Source: `ATExecDetachPartition` and `ATExecDetachPartitionFinalize`; the concurrent form ends with a second
  /// transaction that locks the partition.
  mutating func detachPartition(
    _ partition: QualifiedName,
    isConcurrent: Bool,
    _ change: TableChange
  ) throws(SQLError) {
    let parent = change.table
    if let table = catalog.tables[parent], !table.isAssumed, table.kind != .partitionedTable {
      throw .isNotPartitioned(table)
    }
    if isConcurrent, catalog.defaultPartition(of: parent) != nil {
      throw SQLError(
        .objectNotInPrerequisiteState,
        "cannot detach partitions concurrently when a default partition exists"
      )
    }
    try require(partition)
    lock(parent, isConcurrent ? .shareUpdateExclusive : .accessExclusive)
    if let table = catalog.tables[parent], catalog.isFullyKnown(table), catalog.isKnown(partition),
      !table.children.contains(partition)
    {
      throw SQLError(
        .undefinedTable,
        "relation \(partition.quotedInErrors) is not a partition of relation \(parent.quotedInErrors)"
      )
    }
    lock([partition] + catalog.descendants(of: partition), .accessExclusive)
    lock(catalog.indexes(of: partition).filter { $0.parent != nil }.map(\.name), .accessExclusive)
    let inherited = catalog.tables[partition]?.constraints.filter(\.isInherited) ?? []
    for referenced in inherited.compactMap(\.referenced) {
      lock([referenced] + catalog.partitions(of: referenced), .shareRowExclusive)
    }
    lockReferencing(partition, of: parent)
    if !isConcurrent, let other = catalog.defaultPartition(of: parent) { lock(other, .accessExclusive) }
    catalog.detach(partition, from: parent)
  }

  /// What points to the parent no longer points to the partition, and its rows must not point to any there: the tables
  /// that have an index for it are asked for the partition's rows, the others are read.
  ///
  /// Source: `ATDetachCheckNoForeignKeyRefs` and `RI_PartitionRemove_Check`.
  private mutating func lockReferencing(_ partition: QualifiedName, of parent: QualifiedName) {
    for (referencing, key) in catalog.foreignKeys(to: parent) where !key.isInherited {
      lock(referencing, .accessExclusive)
      for table in [referencing] + catalog.partitions(of: referencing)
      where !catalog.hasIndex(on: key.columns, of: table) {
        scan(table, because: .rowsPointingInto(partition: partition, constraint: key.name))
      }
    }
  }

  // MARK: - Inheritance

  mutating func inherit(_ parent: QualifiedName, _ change: TableChange) throws(SQLError) {
    try require(parent)
    lock(parent, .shareUpdateExclusive)
    if let table = catalog.tables[change.table] {
      try checkInheriting(of: table, from: parent)
      try checkKinship(of: table, with: parent, isPartition: false)
    }
    join(change.table, to: parent)
  }

  mutating func stopInheriting(_ parent: QualifiedName, _ change: TableChange) throws(SQLError) {
    if let table = catalog.tables[change.table], table.isPartition {
      throw SQLError(.wrongObjectType, "cannot change inheritance of a partition")
    }
    try require(parent)
    lock(parent, .accessShare)
    if let table = catalog.tables[change.table], catalog.isFullyKnown(table), !table.parents.contains(parent) {
      throw SQLError(
        .undefinedTable,
        "relation \(parent.quotedInErrors) is not a parent of relation \(change.table.quotedInErrors)"
      )
    }
    catalog.detach(change.table, from: parent)
  }
}
