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
    try checkAttaching(of: partition, to: parent)
    scanForBound(partition, bound, change)
    if let other = catalog.defaultPartition(of: parent) {
      lock(other, .accessExclusive)
      scan(other, because: .defaultPartition(of: parent), action: change.position)
      if let bound { require(.outside(bound, of: parent), of: other, recursing: true) }
    }
    validateForeignKeys(of: parent, on: partition, change)
    requireShared(by: partition, of: parent)

    if !catalog.tables.contains(partition) { catalog.put(Table(assumed: partition, in: catalog)) }
    catalog.tables[partition]?.partitionBound = bound
    join(partition, to: parent)
    shareIndexes(
      of: parent,
      with: partition,
      because: { .index(name: $0.name.name, isConcurrent: false) },
      action: change.position
    )
  }

  private func checkAttaching(of name: QualifiedName, to parent: QualifiedName) throws(SQLError) {
    guard let partition = catalog.tables[name], let table = catalog.tables[parent] else { return }
    if partition.isPartition || !partition.parents.isEmpty { throw .dependentObjectsStillExist }
    if table.kind != .partitionedTable, catalog.isFullyKnown(table) { throw .wrongObjectType }
    try checkKinship(of: partition, with: parent, isPartition: true)
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
      guard let referenced = constraint.referenced,
        catalog.tables[partition]?.constraints.contains(where: { $0.isSameForeignKey(as: constraint) }) != true
      else { continue }
      lock(referenced, .shareRowExclusive)
      work(
        .foreignKeyValidation,
        on: partition,
        because: .foreignKey(constraint: constraint.name, referenced: referenced),
        action: change.position
      )
      requireRows(for: constraint, of: partition, recursing: true)
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
    lock(parent, isConcurrent ? .shareUpdateExclusive : .accessExclusive)
    if let table = catalog.tables[parent], catalog.isFullyKnown(table), catalog.isKnown(partition),
      !table.children.contains(partition)
    {
      throw .undefinedObject
    }
    lock([partition] + catalog.descendants(of: partition), .accessExclusive)
    lock(catalog.indexes(of: partition).filter { $0.parent != nil }.map(\.name), .accessExclusive)
    let inherited = catalog.tables[partition]?.constraints.filter(\.isInherited) ?? []
    lock(inherited.compactMap(\.referenced), .shareRowExclusive)
    if !isConcurrent, let other = catalog.defaultPartition(of: parent) { lock(other, .accessExclusive) }
    catalog.detach(partition, from: parent)
  }

  // MARK: - Inheritance

  mutating func inherit(_ parent: QualifiedName, _ change: TableChange) throws(SQLError) {
    lock(parent, .shareUpdateExclusive)
    if let table = catalog.tables[change.table] { try checkKinship(of: table, with: parent, isPartition: false) }
    join(change.table, to: parent)
  }

  mutating func stopInheriting(_ parent: QualifiedName, _ change: TableChange) throws(SQLError) {
    lock(parent, .accessShare)
    if let table = catalog.tables[change.table], catalog.isFullyKnown(table), !table.parents.contains(parent) {
      throw .undefinedObject
    }
    catalog.detach(change.table, from: parent)
  }

  /// A child has the columns and checks of its parent, and is none of its ancestors.
  private func checkKinship(of child: Table, with name: QualifiedName, isPartition: Bool) throws(SQLError) {
    if catalog.isTable(name, withinFamilyOf: child.name) { throw .duplicateObject }
    if child.parents.contains(name) { throw .duplicateObject }
    guard let parent = catalog.tables[name], catalog.isFullyKnown(parent), catalog.isFullyKnown(child) else { return }
    for column in parent.columns {
      guard let own = child.column(column.name) else { throw .undefinedObject }
      if let type = column.type, let ownType = own.type, type.sql != ownType.sql { throw .wrongObjectType }
      if column.isNotNull, !own.isNotNull { throw .wrongObjectType }
    }
    if isPartition, child.columns.contains(where: { parent.column($0.name) == nil }) { throw .wrongObjectType }
    for constraint in parent.constraints {
      guard case .check(_, let noInherit) = constraint.definition.kind, !noInherit else { continue }
      if child.constraint(constraint.name) == nil { throw .undefinedObject }
    }
  }
}
