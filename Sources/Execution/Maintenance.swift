import Catalog
import Syntax

/// REINDEX, CLUSTER, VACUUM and LOCK TABLE.
extension Execution {
  mutating func perform(_ cluster: Cluster) throws(SQLError) {
    guard let relation = cluster.relation else { return reportUnknown("which tables were clustered before") }
    let name = try requireStored(relation.name)
    if let table = catalog.tables[name], catalog.isFullyKnown(table) {
      if let index = cluster.index {
        let isThere = table.indexNames.contains { $0.name == index }
        if !isThere { throw .undefinedIndex(index, of: name) }
      } else if table.clusterIndex == nil {
        throw SQLError(
          .undefinedObject,
          "there is no previously clustered index for table \(name.quotedInErrors)"
        )
      }
    }
    if let index = cluster.index, catalog.tables.contains(name) { catalog.tables[name]?.clusterIndex = index }
    for table in [name] + catalog.partitions(of: name) { rewriteInPlace(table, because: .storage("CLUSTER")) }
  }

  /// A relation with rows of its own kind: a table or a materialized view.
  private mutating func requireStored(_ given: QualifiedName) throws(SQLError) -> QualifiedName {
    let name = try requireRelation(given)
    guard catalog.isKnown(name), let kind = catalog.kind(of: name) else { return name }
    switch kind {
    case .table, .partitionedTable, .materializedView: return name
    default:
      throw SQLError(
        .wrongObjectType,
        "\(given.quotedInErrors) is not a table or materialized view",
        about: SQLError.Object(.table, name)
      )
    }
  }

  mutating func perform(_ statement: LockTable) throws(SQLError) {
    for relation in statement.relations {
      let name = try requireRelation(relation.name)
      if catalog.isKnown(name), let kind = catalog.kind(of: name),
        ![.table, .partitionedTable, .view].contains(kind)
      {
        throw SQLError(.wrongObjectType, "cannot lock relation \(relation.name.quotedInErrors)")
      }
    }
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

  mutating func perform(_ vacuum: Vacuum) throws(SQLError) {
    try check(vacuum)
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

  mutating func perform(_ reindex: Reindex) throws(SQLError) {
    let cause = WorkCause.reindex(isConcurrent: reindex.isConcurrent)
    switch reindex.target {
    case .index(let reference):
      try checkSystemCatalog(reference.name, reindex)
      let name = try requireRelation(reference.name, ofKind: .index)
      guard let index = catalog.indexes[name] else {
        lock(name, reindex.isConcurrent ? .shareUpdateExclusive : .accessExclusive)
        // CONCURRENTLY, nobody waits for it, whatever its table is.
        if !reindex.isConcurrent { reportUnknown("the table of index \(name)") }
        return
      }
      try check(index, mayBeRebuiltBy: reindex)
      rebuild([index], of: index.table, because: cause, isConcurrent: reindex.isConcurrent)
      for part in catalog.allParts(of: name) {
        // Source: `ReindexPartitions`, which takes this lock on all of them first, CONCURRENTLY or not.
        lock(part.name, .share)
        rebuild([part], of: part.table, because: cause, isConcurrent: reindex.isConcurrent)
      }
    case .table(let reference):
      try checkSystemCatalog(reference.name, reindex)
      let name = try requireStored(reference.name)
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
      try requireSchema(name)
      for table in catalog.tables.values.filter({ $0.name.schema == name }).sorted(by: { $0.name < $1.name }) {
        rebuild(catalog.indexes(of: table.name), of: table.name, because: cause, isConcurrent: reindex.isConcurrent)
      }
    case .system, .database:
      if reindex.isConcurrent, case .system = reindex.target { throw .systemCatalogsConcurrently }
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
