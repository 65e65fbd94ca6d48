import Catalog
import Syntax

/// Queries and changes of data.
extension Execution {
  /// Reading takes ACCESS SHARE, and ROW SHARE with FOR UPDATE and its kin.
  mutating func read(_ query: Query?) {
    guard let query else { return }
    let locking = query.tail?.locking.isEmpty == false
    for relation in query.relations {
      for table in database.family(relation) where catalog.hasRelation(table) {
        lock(table, locking ? .rowShare : .accessShare)
      }
    }
    for change in query.dataChanges { perform(change) }
  }

  mutating func perform(_ change: DataChange) {
    let target = database.qualified(change.relation.name)
    if change.relation.name.name == "pg_depend" { catalog.hasWrittenDependencies = true }
    switch change {
    case .insert(let insert):
      lock(target, .rowExclusive)
      notePendingTriggers(of: insert)
      if let query = insert.query { read(query) }
    case .update(let update):
      let tables = database.family(update.relation)
      lock(tables, .rowExclusive)
      followKeys(from: update.assignments.flatMap(\.columns), updatedIn: tables)
    case .delete(let delete):
      let tables = database.family(delete.relation)
      lock(tables, .rowExclusive)
      followKeys(fromDeleted: tables)
      if existed(target) { lose(.rows(of: target, isBounded: delete.condition != nil)) }
    case .merge(let merge):
      let tables = database.family(merge.relation)
      lock(tables, .rowExclusive)
      if merge.deletes { followKeys(fromDeleted: tables) }
      if existed(target), merge.deletes { lose(.rows(of: target, isBounded: true)) }
    }
    for query in change.with?.queries ?? [] { read(query.query) }
  }

  mutating func perform(_ copy: Copy) {
    if let relation = copy.relation {
      lock(database.qualified(relation.name), copy.isFrom ? .rowExclusive : .accessShare)
    }
    if let statement = copy.query { run(statement) }
  }

  mutating func perform(_ truncate: Truncate) {
    catalog.refreshDependencies()
    var tables: [QualifiedName] = []
    var isFound: Set<QualifiedName> = []
    for relation in truncate.relations {
      tables += database.family(relation).filter { isFound.insert($0).inserted }
    }
    var next = truncate.cascade ? 0 : tables.count
    while next < tables.count {
      // A key that points to a partitioned table points to each of its partitions.
      let above = catalog.tables[tables[next]]?.isPartition == true ? catalog.ancestors(of: tables[next]) : []
      for table in [tables[next]] + above {
        tables += catalog.foreignKeys(to: table).map(\.table).filter { isFound.insert($0).inserted }
      }
      next += 1
    }
    for table in tables {
      lock(table, .accessExclusive)
      if catalog.tables[table]?.kind != .partitionedTable {
        lock(catalog.indexNames(of: table), .accessExclusive)
      }
      if truncate.restartsIdentity { lock(catalog.ownedSequences(of: table).map(\.name), .accessExclusive) }
      if existed(table) { lose(.rows(of: table, isBounded: false)) }
    }
  }
}
