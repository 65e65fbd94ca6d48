import Catalog
import Syntax

extension Execution {
  /// Source: `DefineRelation` in `tablecmds.c`.
  mutating func perform(_ statement: CreateTable) throws(SQLError) {
    let name = database.creationName(of: statement.relation)
    if statement.ifNotExists, catalog.isKnown(name) { return }
    try checkPlace(of: statement, name)
    // What belongs to the tables that it is made of must be known.
    catalog.refreshDependencies()
    let parents = statement.parents.map { database.qualified($0.name) }
    for parent in parents {
      // The new table is not there yet.
      if parent == name, !catalog.isKnown(name) { throw .undefined(.table, name) }
      try require(parent)
    }
    try requireServer(of: statement, named: name)
    try check(statement, named: name, parents: parents)
    for parent in parents { lockParent(parent, bound: statement.partitionBound) }
    lockNamed(by: statement, name)
    if catalog.isKnown(name), !withdraw(.table(name)) { throw .duplicate(.table, name) }
    if let type = catalog.types[name] {
      if case .composite = type.form { throw .duplicate(.table, name) }
      throw .duplicate(.type, name)
    }
    catalog.forget(assumed: name)
    var table = Table(statement, named: name, createdIn: catalog.currentMigration)
    table.unreadableRuns = catalog.unreadableRuns
    table.ofType = statement.ofType.map { database.qualifiedType($0.name) }
    inherit(from: parents, in: &table)
    if let type = table.ofType { takeAttributes(of: type, in: &table) }
    var constraints: [ColumnConstraint] = []
    var copied: [LikeClause] = []
    for element in statement.elements {
      switch element {
      case .column(let column):
        if !copied.isEmpty, let known = table.column(column.name), !known.isInherited {
          throw .columnTwice(column.name)
        }
        constraints += define(column, in: &table)
      case .constraint(let constraint): constraints.append((constraint, nil))
      case .like(let like):
        try copyColumns(of: like, to: &table)
        copied.append(like)
      }
    }
    if table.columns.count > ServerLimits.columns { throw .tooManyColumns }
    try check(statement, made: table)
    table.resolveDefinitions(in: database)
    catalog.put(table)
    // The order in which PostgreSQL makes constraints and indexes decides which names are still free.
    for parent in parents { join(name, to: parent) }
    make(constraints.filter(\.constraint.isCheck), on: name)
    if table.isPartition { for parent in parents { shareIndexes(of: parent, with: name) } }
    makeKeys(constraints, on: name)
    for like in copied {
      copyConstraints(of: like, to: name)
      copyIndexes(of: like, to: name)
    }
    make(constraints.filter(\.constraint.isForeignKey), on: name)
    noteDoubt(about: .table(name))
    if statement.partitionBound != nil, parents.contains(where: { catalog.defaultPartition(of: $0) != nil }) {
      noteRisk(.table(name))
    }
  }

  /// A new partition must be kept out of the default one, and takes part in the foreign keys of its parent.
  private mutating func lockParent(_ parent: QualifiedName, bound: PartitionBound?) {
    lock(parent, bound == nil ? .shareUpdateExclusive : .accessExclusive)
    guard let bound else { return }
    lock(catalog.indexNames(of: parent), .shareUpdateExclusive)
    checkDefaultPartition(of: parent, against: bound, stopsAtProof: false)
    for referenced in (catalog.tables[parent]?.constraints ?? []).compactMap(\.referenced) {
      lock([referenced] + catalog.partitions(of: referenced), .shareRowExclusive)
    }
    lock(catalog.foreignKeys(to: parent).filter { !$0.constraint.isInherited }.map(\.table), .shareRowExclusive)
  }

  /// The tables that the new one refers to, or is made like.
  private mutating func lockNamed(by statement: CreateTable, _ name: QualifiedName) {
    for element in statement.elements {
      switch element {
      case .column(let column): for constraint in column.constraints { lockReferenced(by: constraint, from: name) }
      case .constraint(let constraint): lockReferenced(by: constraint, from: name)
      case .like(let like): lock(database.qualified(like.relation.name), .accessShare)
      }
    }
  }

  private mutating func lockReferenced(by constraint: Constraint, from table: QualifiedName) {
    guard case .foreignKey(let key) = constraint.kind else { return }
    // The new table is there by then, and a temporary one is found first.
    let name = key.referenced.name
    let isItself = name.name == table.name && (name.schema == nil && table.schema == Catalog.temporary)
    let referenced = isItself ? table : database.qualified(name)
    guard referenced != table else { return }
    lock([referenced] + catalog.partitions(of: referenced), .shareRowExclusive)
  }
}
