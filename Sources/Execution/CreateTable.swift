import Catalog
import Syntax

extension Execution {
  /// Source: `DefineRelation` in `tablecmds.c`.
  mutating func perform(_ statement: CreateTable) throws(SQLError) {
    let name = database.creationName(of: statement.relation)
    if catalog.isKnown(name) {
      if statement.ifNotExists { return }
      throw .duplicateObject
    }
    // What belongs to the tables that it is made of must be known.
    catalog.refreshDependencies()
    let parents = statement.parents.map { database.qualified($0.name) }
    for parent in parents { lockParent(parent, of: statement.partitionBound) }
    lockNamed(by: statement, name)
    // The new table is not there yet.
    if parents.contains(name) { throw .undefinedObject }
    if Set(parents).count < parents.count { throw .duplicateObject }
    try check(statement, parents: parents)
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
      case .column(let column): constraints += define(column, in: &table)
      case .constraint(let constraint): constraints.append((constraint, nil))
      case .like(let like):
        try copyColumns(of: like, to: &table)
        copied.append(like)
      }
    }
    if table.columns.count > ServerLimits.columns { throw .programLimitExceeded }
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
  }

  /// A new partition must be kept out of the default one, and takes part in the foreign keys of its parent.
  private mutating func lockParent(_ parent: QualifiedName, of bound: PartitionBound?) {
    lock(parent, bound == nil ? .shareUpdateExclusive : .accessExclusive)
    guard let bound else { return }
    lock(catalog.indexNames(of: parent), .shareUpdateExclusive)
    if let other = catalog.defaultPartition(of: parent) {
      lock(other, .accessExclusive)
      scan(other, because: .defaultPartition(of: parent))
      require(.outside(bound, of: parent), of: other, recursing: true)
    }
    lock((catalog.tables[parent]?.constraints ?? []).compactMap(\.referenced), .shareRowExclusive)
    lock(catalog.foreignKeys(to: parent).map(\.table), .shareRowExclusive)
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
    let referenced = database.qualified(key.referenced.name)
    guard referenced != table else { return }
    lock([referenced] + catalog.partitions(of: referenced), .shareRowExclusive)
  }

  // MARK: - Refusals

  private func check(_ statement: CreateTable, parents: [QualifiedName]) throws(SQLError) {
    if statement.columnCount > ServerLimits.columns { throw .programLimitExceeded }
    var names: [String] = []
    var keys = 0
    var isComplete = statement.ofType == nil && parents.allSatisfy { catalog.isFullyKnown($0) }
    for parent in parents { names += catalog.tables[parent]?.columns.map(\.name) ?? [] }
    var own: Set<String> = []
    for element in statement.elements {
      switch element {
      case .column(let column):
        if !own.insert(column.name).inserted { throw .duplicateObject }
        names.append(column.name)
        keys += column.constraints.count(where: \.isPrimaryKey)
        try checkMerge(of: column, with: parents)
      case .like: isComplete = false
      case .constraint(let constraint): keys += constraint.isPrimaryKey ? 1 : 0
      }
    }
    if keys > 1 { throw .duplicateObject }
    if let key = statement.partitionKey {
      if key.elements.count > ServerLimits.keys { throw .programLimitExceeded }
      try check(key, below: parents)
    }
    for element in statement.elements {
      switch element {
      case .column(let column):
        for constraint in column.constraints { try check(constraint, columns: isComplete ? names : nil) }
      case .constraint(let constraint): try check(constraint, columns: isComplete ? names : nil)
      case .like: break
      }
    }
  }

  /// What is unique above must tell the new table's own partitions apart too.
  private func check(_ key: PartitionKey, below parents: [QualifiedName]) throws(SQLError) {
    for index in parents.flatMap({ catalog.indexes(of: $0) }) where index.definition.isUnique {
      let columns = index.definition.elements.compactMap(\.column)
      if key.elements.contains(where: { $0.column.map { !columns.contains($0) } ?? true }) { throw .undefinedObject }
    }
  }

  /// A column that a parent has too must be of the same type.
  private func checkMerge(of column: ColumnDefinition, with parents: [QualifiedName]) throws(SQLError) {
    guard let type = column.type else { return }
    for parent in parents {
      guard let inherited = catalog.tables[parent]?.column(column.name)?.type else { continue }
      if inherited.sql != (type.serialType ?? database.resolved(type)).sql { throw .dependentObjectsStillExist }
    }
  }
}

extension CreateTable {
  /// How many columns it defines itself.
  fileprivate var columnCount: Int { elements.count { if case .column = $0 { true } else { false } } }
}
