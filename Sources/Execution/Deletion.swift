import Catalog
import Syntax

/// The only way in which anything leaves the catalog: DROP, DROP COLUMN, DROP CONSTRAINT and what CASCADE takes along.
extension Execution {
  /// Deletes the targets and what depends on them, locking what PostgreSQL locks; refused without CASCADE where
  /// something else needs them. `mode` is the lock on a dropped index and its table.
  ///
  /// Source: `performMultipleDeletions` and `doDeletion` in `dependency.c`, and the functions that it calls.
  mutating func delete(
    _ targets: [ObjectAddress],
    cascades: Bool,
    indexLock mode: LockMode = .accessExclusive
  ) throws(SQLError) {
    let doomed: [ObjectAddress]
    do {
      doomed = try catalog.closure(of: targets, cascades: cascades)
    } catch {
      // PostgreSQL locks the targets before it looks for what needs them.
      for address in targets { prepareDeletion(of: address, with: [], indexLock: mode) }
      throw error
    }
    noteRisks(of: doomed, droppedWith: targets)
    let owners = Set(doomed.filter(\.mayOwnSequence))
    for address in doomed { prepareDeletion(of: address, with: owners, indexLock: mode) }
    if cascades { noteTaken(along: doomed.dropFirst(targets.count), among: doomed) }
    noteLostPromises(of: doomed)
    for address in doomed { catalog.remove(address) }
  }

  /// What CASCADE takes along without having been named, of relations that stay.
  private mutating func noteTaken(along others: ArraySlice<ObjectAddress>, among doomed: [ObjectAddress]) {
    if others.isEmpty { return }
    let doomed = Set(doomed)
    for address in others {
      let relation: QualifiedName
      switch address {
      case .defaultValue(_, let table), .constraint(_, let table): relation = table
      case .index(let name):
        guard let index = catalog.indexes[name], index.constraint == nil, index.parent == nil else { continue }
        relation = index.table
      default: continue
      }
      let goesWithItsOwner = address.owners.contains(where: doomed.contains)
      if !goesWithItsOwner, !doomed.contains(.table(relation)), !doomed.contains(.view(relation)), existed(relation) {
        breaks(.dependentGone(address))
      }
    }
  }

  /// A partition whose attachment may have failed may still be there.
  private mutating func noteRisks(of doomed: [ObjectAddress], droppedWith targets: [ObjectAddress]) {
    guard database.session.goesOnAfterErrors, !database.additionsAtRisk.isEmpty else { return }
    for case .table(let name) in doomed
    where database.additionsAtRisk.contains(.table(name)) && !targets.contains(.table(name)) {
      catalog.noteUncertain(([name] + catalog.descendants(of: name)).map(\.name))
    }
  }

  /// Locks what the deletion of an object locks, and says what is lost and breaks.
  private mutating func prepareDeletion(of address: ObjectAddress, with owners: Set<ObjectAddress>, indexLock: LockMode)
  {
    switch address {
    case .table(let name): prepareDeletion(ofTable: name)
    case .view(let name): prepareDeletion(ofView: name)
    case .index(let name): lockDropped(index: name, indexLock)
    case .sequence(let name): prepareDeletion(ofSequence: name, with: owners)
    case .column(let column, let table): prepareDeletion(ofColumn: column, table)
    case .constraint(let name, let table): prepareDeletion(ofConstraint: name, table)
    case .defaultValue(_, let table): lock(table, .accessExclusive)
    case .policy(let name, let table):
      lock(table, .accessExclusive)
      // Without row security nobody asks for it.
      if existed(table), catalog.tables[table].map({ $0.hasRowSecurity || $0.isAssumed }) ?? true {
        breaks(.partGone(.policy, name, of: table))
      }
    case .rule(let name, let relation):
      lock(relation, .accessExclusive)
      if existed(relation) { breaks(.partGone(.rule, name, of: relation)) }
    case .trigger(let name, let relation):
      lock(relation, .accessExclusive)
      let trigger = (catalog.tables[relation]?.triggers ?? catalog.views[relation]?.triggers ?? [])[named: name]
      if existed(relation), trigger?.firing != .disabled { breaks(.partGone(.trigger, name, of: relation)) }
      // Partitions have triggers of their own only for rows.
      if catalog.tables[relation]?.triggers[named: name]?.definition.isForEachRow == true {
        lock(catalog.partitions(of: relation), .accessExclusive)
      }
    case .statistics(let name):
      if let table = catalog.statistics[name]?.table { lock(table, .shareUpdateExclusive) }
    case .type(let name):
      guard let type = catalog.types[name], catalog.existed(since: type.createdIn) else { break }
      let kind: ObjectKind = if case .domain = type.form { .domain } else { .type }
      breaks(.objectGone(kind, name: name.description))
    case .function(let name, let signature):
      guard let function = catalog.functions[name]?[named: signature],
        catalog.existed(since: function.createdIn), !function.isForTrigger
      else { break }
      breaks(.objectGone(function.definition.isProcedure ? .procedure : .function, name: name.description))
    case .schema, .attribute, .domainCheck, .other: break
    }
  }

  /// Source: `RemoveRelations` and `heap_drop_with_catalog`; a foreign key's triggers go from both of its tables.
  private mutating func prepareDeletion(ofTable name: QualifiedName) {
    lock(name, .accessExclusive)
    if existed(name) {
      lose(.table(name))
      breaks(.relationGone(name))
    }
    lock(catalog.indexNames(of: name), .accessExclusive)
    lock(catalog.ownedSequences(of: name).map(\.name), .accessExclusive)
    guard let table = catalog.tables[name] else { return }
    for parent in table.parents where table.isPartition {
      lock(parent, .accessExclusive)
      if let other = catalog.defaultPartition(of: parent), other != name { lock(other, .accessExclusive) }
    }
    for constraint in table.constraints { lockReferenced(by: constraint, of: name) }
  }

  /// The triggers of a partition's inherited key belong to its parent's.
  private mutating func lockReferenced(by constraint: TableConstraint, of table: QualifiedName) {
    guard let referenced = constraint.referenced, referenced != table, !constraint.isInherited else { return }
    lock([referenced] + catalog.partitions(of: referenced), .accessExclusive)
  }

  private mutating func prepareDeletion(ofView name: QualifiedName) {
    lock(name, .accessExclusive)
    guard let view = catalog.views[name] else { return }
    lock(view.indexNames, .accessExclusive)
    guard existed(name) else { return }
    breaks(.objectGone(view.isMaterialized ? .materializedView : .view, name: name.description))
  }

  /// Source: `index_drop`.
  mutating func lockDropped(index name: QualifiedName, _ mode: LockMode) {
    guard let index = catalog.indexes[name] else { return }
    lock(index.table, mode)
    lock(name, mode)
  }

  /// A sequence that goes with its column is nothing that anybody misses.
  private mutating func prepareDeletion(ofSequence name: QualifiedName, with owners: Set<ObjectAddress>) {
    lock(name, .accessExclusive)
    if let owner = catalog.sequences[name]?.owner,
      owners.contains(.table(owner.table)) || owners.contains(.column(owner.column, of: owner.table))
    {
      return
    }
    guard existed(name) else { return }
    lose(.object(.sequence, name: name.description))
    breaks(.objectGone(.sequence, name: name.description))
  }

  private mutating func prepareDeletion(ofColumn column: String, _ name: QualifiedName) {
    lock(name, .accessExclusive)
    guard existed(name), catalog.tables[name]?.column(column)?.isInherited != true else { return }
    lose(.column(column, of: name))
    breaks(.columnGone(column, of: name))
  }

  /// Source: `RemoveConstraintById`.
  private mutating func prepareDeletion(ofConstraint name: String, _ table: QualifiedName) {
    lock(table, .accessExclusive)
    guard let constraint = catalog.tables[table]?.constraint(name) else { return }
    lockReferenced(by: constraint, of: table)
  }
}

extension ObjectAddress {
  /// Whether sequences go with it.
  fileprivate var mayOwnSequence: Bool {
    switch self {
    case .table, .column: true
    default: false
    }
  }
}
