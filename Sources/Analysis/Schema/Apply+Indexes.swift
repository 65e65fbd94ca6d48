import Syntax

extension Schema {
  mutating func create(_ statement: CreateIndex) throws(Refusal) {
    let table = qualified(statement.relation.name)
    let generated = GeneratedName.addition(GeneratedName.indexColumns(statement))
    let name = QualifiedName(
      schema: table.schema,
      statement.name ?? relationName(table.name, generated, "idx", in: table.schema)
    )
    if isKnown(name) {
      if statement.ifNotExists { return }
      throw .exists
    }
    if tables[table] == nil, views[table] == nil { put(Table(assumed: table)) }
    var index = Index(name: name, table: table, definition: statement, createdIn: currentMigration)
    let partitions = (tables[table]?.children ?? []).filter { tables[$0]?.isPartition == true }
    index.isValid = statement.relation.includesDescendants || partitions.isEmpty
    store(index)
    guard statement.relation.includesDescendants else { return }
    for partition in partitions { partitionIndex(of: index, on: partition) }
  }

  mutating func store(_ index: Index) {
    indexes[index.name] = index
    if tables[index.table] != nil {
      tables[index.table]?.indexNames.append(index.name)
    } else {
      views[index.table]?.indexNames.append(index.name)
    }
  }

  mutating func removeIndex(_ name: QualifiedName) {
    guard let index = indexes.removeValue(forKey: name) else { return }
    tables[index.table]?.indexNames.removeAll { $0 == name }
    views[index.table]?.indexNames.removeAll { $0 == name }
    guard tables[index.table]?.kind == .partitionedTable else { return }
    for part in indexes.values where part.parent == name { removeIndex(part.name) }
  }

  /// Gives a partition its part of a partitioned index: one that it has already, or a new one.
  mutating func partitionIndex(of parent: Index, on partition: QualifiedName) {
    let match = indexes(of: partition).first { $0.parent == nil && $0.isLike(parent) }
    if let match {
      indexes[match.name]?.parent = parent.name
      for child in tables[partition]?.children ?? [] { partitionIndex(of: match, on: child) }
    } else {
      cloneIndex(parent, to: partition, asPart: true)
    }
  }

  /// Makes an index like another one on another table, under a name that PostgreSQL chooses.
  mutating func cloneIndex(_ source: Index, to table: QualifiedName, asPart: Bool) {
    let isKey = source.constraint != nil
    let isExclusion = isKey && !source.definition.isUnique
    let label = source.isPrimaryKey ? "pkey" : isExclusion ? "excl" : isKey ? "key" : "idx"
    let addition = GeneratedName.addition(GeneratedName.indexColumns(source.definition))
    let name = relationName(
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
      createdIn: currentMigration
    )
    index.isPrimaryKey = source.isPrimaryKey
    index.parent = asPart ? source.name : nil
    if let constraintName = source.constraint,
      var constraint = tables[source.table]?.constraint(constraintName), var owner = tables[table]
    {
      index.constraint = name
      constraint.name = name
      constraint.index = index.name
      constraint.isInherited = asPart
      owner.constraints.append(constraint)
      put(owner)
      if source.isPrimaryKey { setNotNull(constraint.columns, of: table) }
    }
    store(index)
    for child in tables[table]?.children ?? [] where tables[child]?.isPartition == true {
      partitionIndex(of: index, on: child)
    }
  }
}

extension Index {
  /// Whether two indexes of a parent and its partition can belong together.
  fileprivate func isLike(_ other: Self) -> Bool {
    definition.method == other.definition.method && definition.elements == other.definition.elements
      && definition.including == other.definition.including && definition.predicate == other.definition.predicate
      && definition.isUnique == other.definition.isUnique && (constraint != nil || other.constraint == nil)
  }
}
