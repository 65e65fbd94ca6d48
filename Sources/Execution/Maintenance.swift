import Catalog
import Syntax

/// REINDEX, CLUSTER, VACUUM and LOCK TABLE.
extension Execution {
  mutating func perform(_ cluster: Cluster) {
    guard let relation = cluster.relation else { return reportUnknown("which tables were clustered before") }
    let name = database.qualified(relation.name)
    for table in [name] + catalog.partitions(of: name) { rewriteInPlace(table, because: .storage("CLUSTER")) }
  }

  mutating func perform(_ statement: LockTable) {
    let mode = LockMode(name: statement.mode) ?? .accessExclusive
    for relation in statement.relations {
      lock(database.family(relation), mode)
      let name = database.qualified(relation.name)
      if catalog.views.contains(name) { lockBelow(view: name, mode) }
    }
  }

  /// A view's lock goes on to the tables and views that its query reads, and to no other kind of relation.
  ///
  /// Source: `LockViewRecurse` in `lockcmds.c`.
  private mutating func lockBelow(view: QualifiedName, _ mode: LockMode) {
    let views = Walk<[QualifiedName]>.nodes(from: view) { name in
      catalog.views[name].map { $0.isMaterialized ? [] : $0.relations.filter(catalog.views.contains) } ?? []
    }
    for name in [view] + views {
      guard let view = catalog.views[name], !view.isMaterialized else { continue }
      lock(name, mode)
      for relation in view.query.relations where catalog.tables[relation.name]?.kind != .foreignTable {
        guard catalog.tables.contains(relation.name) else { continue }
        lock(database.family(relation), mode)
      }
    }
  }

  private mutating func rewriteInPlace(_ table: QualifiedName, because cause: WorkCause) {
    lock(table, .accessExclusive)
    rewrite(table, because: cause)
  }

  mutating func perform(_ vacuum: Vacuum) {
    if vacuum.relations.isEmpty, vacuum.isFull { reportUnknown("which tables the database has") }
    for relation in vacuum.relations {
      let name = database.qualified(relation.name)
      // PostgreSQL 18 takes children along unless ONLY says otherwise.
      let others = version >= 18 ? database.family(relation).dropFirst() : catalog.partitions(of: name)[...]
      for table in [name] + others {
        if vacuum.isFull {
          rewriteInPlace(table, because: .storage("VACUUM FULL"))
        } else {
          lock(table, .shareUpdateExclusive)
        }
      }
    }
  }

  mutating func perform(_ reindex: Reindex) {
    let cause = WorkCause.reindex(isConcurrent: reindex.isConcurrent)
    switch reindex.target {
    case .index(let reference):
      let name = database.qualified(reference.name)
      guard let index = catalog.indexes[name] else {
        lock(name, reindex.isConcurrent ? .shareUpdateExclusive : .accessExclusive)
        reportUnknown("the table of index \(name)")
        return
      }
      rebuild([index], of: index.table, because: cause, isConcurrent: reindex.isConcurrent)
      for part in catalog.allParts(of: name) {
        // Source: `ReindexPartitions`, which takes this lock on all of them first, CONCURRENTLY or not.
        lock(part.name, .share)
        rebuild([part], of: part.table, because: cause, isConcurrent: reindex.isConcurrent)
      }
    case .table(let reference):
      let name = database.qualified(reference.name)
      let partitions = catalog.partitions(of: name)
      rebuild(
        partitions.isEmpty ? catalog.indexes(of: name) : [],
        of: name,
        because: cause,
        isConcurrent: reindex.isConcurrent
      )
      for partition in partitions {
        lock(partition, .share)
        rebuild(catalog.indexes(of: partition), of: partition, because: cause, isConcurrent: reindex.isConcurrent)
      }
    case .schema(let name):
      for table in catalog.tables.values.filter({ $0.name.schema == name }).sorted(by: { $0.name < $1.name }) {
        rebuild(catalog.indexes(of: table.name), of: table.name, because: cause, isConcurrent: reindex.isConcurrent)
      }
    case .system, .database:
      reportUnknown("which indexes the database has")
    }
  }

  private mutating func rebuild(
    _ indexes: [Index],
    of table: QualifiedName,
    because cause: WorkCause,
    isConcurrent: Bool
  ) {
    lock(table, isConcurrent ? .shareUpdateExclusive : .share)
    for index in indexes { lock(index.name, isConcurrent ? .shareUpdateExclusive : .accessExclusive) }
    if catalog.mayHaveIndexes(table), catalog.tables[table]?.kind != .partitionedTable {
      work(.indexBuild, on: table, because: cause)
    }
  }
}
