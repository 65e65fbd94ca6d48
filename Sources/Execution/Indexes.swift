import Catalog
import Syntax

extension Execution {
  /// Source: `DefineIndex` in `indexcmds.c`.
  mutating func perform(_ statement: CreateIndex) throws(SQLError) {
    let table = database.qualified(statement.relation.name)
    lock(table, statement.isConcurrent ? .shareUpdateExclusive : .share)
    try checkSystemCatalog(statement.relation.name)
    try require(table)
    try checkPendingTriggers(of: [table], "CREATE INDEX")
    try check(statement, on: table)
    let generated = GeneratedName.addition(GeneratedName.indexColumns(statement))
    let name = QualifiedName(
      schema: table.schema,
      statement.name ?? catalog.relationName(table.name, generated, "idx", in: table.schema)
    )
    if catalog.isKnown(name) {
      if statement.ifNotExists { return }
      guard withdraw(.index(name)) else { throw .duplicate(.index, name) }
    }
    let cause = WorkCause.index(name: statement.name, isConcurrent: statement.isConcurrent)
    if catalog.kind(of: table) != .partitionedTable { work(.indexBuild, on: table, because: cause) }
    if catalog.kind(of: table) == nil { catalog.put(Table(assumed: table, in: catalog)) }
    let definition = statement.mapping { database.resolved($0, of: table) }
    var index = Index(name: name, table: table, definition: definition, createdIn: catalog.currentMigration)
    let partitions = (catalog.tables[table]?.children ?? []).filter { catalog.tables[$0]?.isPartition == true }
    index.isValid = statement.relation.includesDescendants || partitions.isEmpty
    store(index)
    noteDoubt(about: .index(name))
    if statement.isUnique { noteRisk(.index(name)) }
    if definition.isUnique {
      let isPartitioned = isPartitioned(table)
      require(.unique(.init(definition)), of: table, recursing: isPartitioned && statement.relation.includesDescendants)
    }
    guard statement.relation.includesDescendants else { return }
    lock(catalog.partitions(of: table), .share)
    for partition in partitions { partitionIndex(of: index, on: partition, because: { _ in cause }) }
  }

  mutating func store(_ index: Index) {
    catalog.indexes[index.name] = index
    if catalog.tables[index.table] != nil {
      catalog.tables[index.table]?.indexNames.append(index.name)
    } else {
      catalog.views[index.table]?.indexNames.append(index.name)
    }
  }

  // MARK: - Partitions

  /// Gives a partition its part of a partitioned index: one that it has already, or a new one.
  ///
  /// `cause` says why a new one is built; without it nobody counts that, as for a partition that is new itself.
  mutating func partitionIndex(
    of parent: Index,
    on partition: QualifiedName,
    because cause: ((Index) -> WorkCause)? = nil,
    action: Int? = nil
  ) {
    var open = [(parent: parent, table: partition)]
    var isVisited: Set<QualifiedName> = []
    while let (parent, table) = open.popLast() {
      guard isVisited.insert(table).inserted else { continue }
      let match = catalog.indexes(of: table).first { $0.parent == nil && $0.isLike(parent) }
      if let match { adopt(match, asPartOf: parent) }
      let index = match ?? cloneIndex(parent, to: table, asPart: true, because: cause, action: action)
      let children = (catalog.tables[table]?.children ?? []).filter { child in
        catalog.tables[child]?.isPartition == true
          && !catalog.indexes(of: child).contains { $0.parent == index.name }
      }
      open += children.reversed().map { (index, $0) }
    }
  }

  /// An index that a partition has becomes a part of its parent's, and its constraint with it.
  private mutating func adopt(_ index: Index, asPartOf parent: Index) {
    catalog.indexes[index.name]?.parent = parent.name
    guard let constraint = index.constraint,
      let position = catalog.tables[index.table]?.constraints.firstIndex(named: constraint)
    else { return }
    catalog.tables[index.table]?.constraints[position].isInherited = true
    catalog.tables[index.table]?.constraints[position].isLocal = false
  }

  /// Makes an index like another one on another table, under a name that PostgreSQL chooses.
  @discardableResult
  mutating func cloneIndex(
    _ source: Index,
    to table: QualifiedName,
    asPart: Bool,
    because cause: ((Index) -> WorkCause)? = nil,
    action: Int? = nil
  ) -> Index {
    let isKey = source.constraint != nil
    let isExclusion = isKey && !source.definition.isUnique
    let label = source.isPrimaryKey ? "pkey" : isExclusion ? "excl" : isKey ? "key" : "idx"
    let addition = GeneratedName.addition(GeneratedName.indexColumns(source.definition))
    let name = catalog.relationName(
      table.name,
      source.isPrimaryKey ? nil : addition,
      label,
      in: table.schema,
      isConstraint: isKey
    )
    var index = Index(
      name: QualifiedName(schema: table.schema, name),
      table: table,
      definition: source.definition,
      createdIn: catalog.currentMigration
    )
    index.isPrimaryKey = source.isPrimaryKey
    index.parent = asPart ? source.name : nil
    if let constraintName = source.constraint,
      var constraint = catalog.tables[source.table]?.constraint(constraintName), var owner = catalog.tables[table]
    {
      index.constraint = name
      constraint.name = name
      constraint.index = index.name
      constraint.isInherited = asPart
      constraint.comment = nil
      constraint.isLocal = !asPart
      owner.constraints.append(constraint)
      catalog.put(owner)
      if source.isPrimaryKey { setNotNull(constraint.columns, of: table) }
    }
    store(index)
    if let cause, catalog.mayHaveRows(table) { work(.indexBuild, on: table, because: cause(index), action: action) }
    return index
  }
}
