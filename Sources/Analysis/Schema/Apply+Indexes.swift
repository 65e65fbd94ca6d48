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
    try check(statement, on: table)
    if tables[table] == nil, views[table] == nil { put(Table(assumed: table)) }
    let definition = statement.mapping { resolved($0, of: table) }
    var index = Index(name: name, table: table, definition: definition, createdIn: currentMigration)
    let partitions = (tables[table]?.children ?? []).filter { tables[$0]?.isPartition == true }
    index.isValid = statement.relation.includesDescendants || partitions.isEmpty
    store(index)
    guard statement.relation.includesDescendants else { return }
    for partition in partitions { partitionIndex(of: index, on: partition) }
  }

  private func check(_ statement: CreateIndex, on name: QualifiedName) throws(Refusal) {
    let columns = Index(name: name, table: name, definition: statement, createdIn: 0).columns
    if let view = views[name] {
      guard view.isMaterialized else { throw .isWrongKind }
      if view.knowsAllColumns, columns.contains(where: { !view.columnNames.contains($0) }) { throw .isMissing }
    }
    guard let table = tables[name] else { return }
    if columns.contains(where: { !table.mayHave($0) }) { throw .isMissing }
    if statement.isUnique, table.isFullyKnown, let key = table.partitionKey {
      // It must tell the partitions apart.
      let keys = statement.elements.compactMap(\.column)
      if key.elements.contains(where: { $0.column.map { !keys.contains($0) } ?? true }) { throw .isMissing }
    }
  }

  mutating func store(_ index: Index) {
    indexes[index.name] = index
    if tables[index.table] != nil {
      tables[index.table]?.indexNames.append(index.name)
    } else {
      views[index.table]?.indexNames.append(index.name)
    }
  }

  /// Takes an index away, and nothing that depends on it.
  mutating func removeIndex(_ name: QualifiedName) {
    guard let index = indexes.removeValue(forKey: name) else { return }
    tables[index.table]?.indexNames.removeAll { $0 == name }
    views[index.table]?.indexNames.removeAll { $0 == name }
    if tables[index.table]?.clusterIndex == name.name { tables[index.table]?.clusterIndex = nil }
    if tables[index.table]?.replicaIdentity == .index(name.name) { tables[index.table]?.replicaIdentity = .nothing }
  }

  // MARK: - Partitions

  /// Gives a partition its part of a partitioned index: one that it has already, or a new one.
  mutating func partitionIndex(of parent: Index, on partition: QualifiedName) {
    let match = indexes(of: partition).first { $0.parent == nil && $0.isLike(parent) }
    if let match {
      indexes[match.name]?.parent = parent.name
      if let constraint = match.constraint,
        let position = tables[partition]?.constraints.firstIndex(where: { $0.name == constraint })
      {
        tables[partition]?.constraints[position].isInherited = true
        tables[partition]?.constraints[position].isLocal = false
      }
      for child in tables[partition]?.children ?? []
      where !indexes(of: child).contains(where: { $0.parent == match.name }) {
        partitionIndex(of: match, on: child)
      }
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
      constraint.comment = nil
      constraint.isLocal = !asPart
      owner.constraints.append(constraint)
      put(owner)
      if source.isPrimaryKey { setNotNull(constraint.columns, of: table) }
    }
    store(index)
    for child in tables[table]?.children ?? [] where tables[child]?.isPartition == true {
      partitionIndex(of: index, on: child)
    }
  }

  // MARK: - ALTER INDEX

  mutating func alterIndex(_ name: QualifiedName, _ actions: [AlterTable.Action]) throws(Refusal) {
    for action in actions {
      guard let definition = indexes[name]?.definition else { return }
      switch action.kind {
      case .attachPartition(let part, _): try attach(qualified(part.name), to: name)
      case .setOptions(let options):
        var all = definition.options
        all.set(options)
        indexes[name]?.definition = definition.with(options: all)
      case .resetOptions(let options):
        var all = definition.options
        all.reset(options)
        indexes[name]?.definition = definition.with(options: all)
      case .setTablespace(let tablespace): indexes[name]?.definition = definition.with(tablespace: tablespace)
      default: break
      }
    }
  }

  private mutating func attach(_ part: QualifiedName, to name: QualifiedName) throws(Refusal) {
    guard let parent = indexes[name], let table = tables[parent.table], let child = indexes[part] else { return }
    if child.parent == name { return }
    guard child.parent == nil, table.children.contains(child.table), child.isLike(parent) else { throw .isNeeded }
    // A partition has one part of each.
    if indexes(of: child.table).contains(where: { $0.parent == name }) { throw .exists }
    indexes[part]?.parent = name
    validate(name)
  }

  /// A partitioned index is valid once every partition has its part.
  private mutating func validate(_ name: QualifiedName) {
    guard let index = indexes[name] else { return }
    let partitions = tables[index.table]?.children ?? []
    let isComplete = partitions.allSatisfy { partition in
      indexes(of: partition).contains { $0.parent == name && $0.isValid }
    }
    guard isComplete else { return }
    indexes[name]?.isValid = true
    if let parent = index.parent { validate(parent) }
  }

  // MARK: - Statistics

  mutating func create(_ statement: CreateStatistics) throws(Refusal) {
    guard let table = statement.relations.first.map({ qualified($0.name) }) else { return }
    let name =
      statement.name.map { QualifiedName(schema: $0.schema ?? creationSchema, $0.name) }
      ?? statisticsName(for: statement, on: table)
    if statistics[name] != nil {
      if statement.ifNotExists { return }
      throw .exists
    }
    if statement.elements.flatMap(\.columnNames).contains(where: { tables[table]?.mayHave($0) == false }) {
      throw .isMissing
    }
    let isPlainColumn = statement.elements.count == 1 && statement.elements.first?.column != nil
    if isPlainColumn { throw .isWrongKind }
    let definition = CreateStatistics(
      name: name,
      kinds: statement.kinds,
      elements: statement.elements.map { resolved($0, of: table) },
      relations: statement.relations,
      ifNotExists: false
    )
    statistics[name] = Statistics(name: name, table: table, definition: definition, createdIn: currentMigration)
  }

  /// `t_a_b_stat`; expressions are called `expr` (`ChooseExtendedStatisticNameAddition` in `statscmds.c`).
  func statisticsName(for definition: CreateStatistics, on table: QualifiedName) -> QualifiedName {
    let addition = GeneratedName.addition(definition.elements.map { $0.column ?? "expr" })
    let name = GeneratedName.firstFree(table.name, addition, "stat") {
      statistics[QualifiedName(schema: table.schema, $0)] != nil
    }
    return QualifiedName(schema: table.schema, name)
  }

  mutating func alter(_ statement: AlterStatistics) throws(Refusal) {
    let name = qualifiedStatistics(statement.name)
    guard statistics[name] != nil else {
      if statement.ifExists { return }
      return
    }
    statistics[name]?.target = statement.target
  }

  func qualifiedStatistics(_ name: QualifiedName) -> QualifiedName { located(name) { statistics[$0] != nil } }
}

extension Index {
  /// Whether two indexes of a parent and its partition can belong together.
  fileprivate func isLike(_ other: Self) -> Bool {
    definition.method == other.definition.method
      && definition.elements.map(\.withoutOrder) == other.definition.elements.map(\.withoutOrder)
      && definition.including == other.definition.including && definition.predicate == other.definition.predicate
      && definition.isUnique == other.definition.isUnique && (constraint != nil || other.constraint == nil)
  }
}

extension IndexElement {
  /// ASC is what there is without it, and the order does not matter to `CompareIndexInfo`.
  fileprivate var withoutOrder: IndexElement {
    IndexElement(key: key, collation: collation, operatorClass: operatorClass)
  }
}

extension CreateIndex {
  func with(options: [Option]? = nil, tablespace: String? = nil) -> CreateIndex {
    rebuilt(elements: elements, including: including, predicate: predicate, options: options, tablespace: tablespace)
  }

  /// With each expression changed.
  func mapping(_ change: (Expression) -> Expression) -> CreateIndex {
    rebuilt(
      elements: elements.map { $0.mapping(column: { $0 }, expression: change) },
      including: including,
      predicate: predicate.map(change)
    )
  }

  func renamingColumn(_ old: String, to new: String) -> CreateIndex {
    rebuilt(
      elements: elements.map { $0.renamingColumn(old, to: new) },
      including: including.map { $0 == old ? new : $0 },
      predicate: predicate?.renamingColumn(old, to: new)
    )
  }

  private func rebuilt(
    elements: [IndexElement],
    including: [String],
    predicate: Expression?,
    options: [Option]? = nil,
    tablespace: String? = nil
  ) -> CreateIndex {
    CreateIndex(
      name: name,
      relation: relation,
      method: method,
      elements: elements,
      including: including,
      predicate: predicate,
      isUnique: isUnique,
      nullsNotDistinct: nullsNotDistinct,
      isConcurrent: isConcurrent,
      ifNotExists: ifNotExists,
      options: options ?? self.options,
      tablespace: tablespace ?? self.tablespace
    )
  }
}

extension IndexElement {
  func mapping(column: (String) -> String, expression: (Expression) -> Expression) -> IndexElement {
    let key: Key =
      switch key {
      case .column(let name): .column(column(name))
      case .expression(let value): .expression(expression(value))
      }
    return IndexElement(
      key: key,
      collation: collation,
      operatorClass: operatorClass,
      operatorClassOptions: operatorClassOptions,
      direction: direction,
      nulls: nulls
    )
  }

  func renamingColumn(_ old: String, to new: String) -> IndexElement {
    mapping(column: { $0 == old ? new : $0 }, expression: { $0.renamingColumn(old, to: new) })
  }
}

extension Schema {
  func resolved(_ element: IndexElement, of table: QualifiedName) -> IndexElement {
    element.mapping(column: { $0 }, expression: { resolved($0, of: table) })
  }
}
