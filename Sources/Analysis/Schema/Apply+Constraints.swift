import Syntax

extension Schema {
  /// Makes constraints in PostgreSQL's order: checks, then keys with the primary one first, then foreign keys.
  mutating func add(_ constraints: [ColumnConstraint], to table: QualifiedName) {
    for rank in 0...3 {
      for (constraint, column) in constraints where constraint.rank == rank {
        add(constraint, column: column, to: table)
      }
    }
  }

  mutating func add(_ constraint: Constraint, column: String?, to name: QualifiedName) {
    switch constraint.kind {
    case .check(let condition, let noInherit):
      addCheck(constraint, condition, isInherited: !noInherit, to: name)
    case .primaryKey(let key): addKey(constraint, key, column: column, isPrimary: true, to: name)
    case .unique(let key): addKey(constraint, key, column: column, isPrimary: false, to: name)
    case .exclusion(let exclusion): addExclusion(constraint, exclusion, to: name)
    case .foreignKey(let key): addForeignKey(constraint, key, column: column, to: name)
    case .notNull:
      if let column { setNotNull([column], of: name) }
    case .null, .default, .identity, .generated: break
    }
  }

  // MARK: - Checks

  private mutating func addCheck(
    _ constraint: Constraint,
    _ condition: Expression,
    isInherited: Bool,
    to name: QualifiedName
  ) {
    guard let table = tables[name] else { return }
    let columns = condition.columnNames
    let made = TableConstraint(
      name: constraint.name ?? constraintName(table, columns.count == 1 ? columns.first : nil, "check"),
      definition: constraint,
      columns: columns,
      isValidated: !constraint.isNotValid
    )
    append(made, to: name)
    guard isInherited else { return }
    var inherited = made
    inherited.isInherited = true
    for child in descendants(of: name) { append(inherited, to: child) }
  }

  private mutating func append(_ constraint: TableConstraint, to name: QualifiedName) {
    guard var table = tables[name] else { return }
    if let index = table.constraints.firstIndex(where: { $0.name == constraint.name }) {
      table.constraints[index].isInherited = constraint.isInherited
    } else {
      table.constraints.append(constraint)
    }
    put(table)
  }

  // MARK: - Keys

  private mutating func addKey(
    _ constraint: Constraint,
    _ key: KeyConstraint,
    column: String?,
    isPrimary: Bool,
    to name: QualifiedName
  ) {
    if let existing = key.existingIndex {
      adopt(existing, as: constraint, isPrimary: isPrimary, on: name)
      return
    }
    let columns = key.columns.isEmpty ? [column].compactMap(\.self) : key.columns
    let definition = CreateIndex(
      name: nil,
      relation: RelationReference(name),
      elements: columns.map { IndexElement(key: .column($0)) },
      including: key.including,
      isUnique: true,
      nullsNotDistinct: key.nullsNotDistinct,
      options: key.options,
      tablespace: key.tablespace
    )
    let indexName =
      constraint.name
      ?? relationName(
        name.name,
        isPrimary ? nil : GeneratedName.addition(GeneratedName.indexColumns(definition)),
        isPrimary ? "pkey" : "key",
        in: name.schema,
        isConstraint: true
      )
    if isPrimary { setNotNull(columns, of: name) }
    addIndexConstraint(
      constraint,
      named: indexName,
      columns: columns,
      index: definition,
      isPrimary: isPrimary,
      to: name
    )
  }

  private mutating func addExclusion(_ constraint: Constraint, _ exclusion: ExclusionConstraint, to name: QualifiedName)
  {
    let definition = CreateIndex(
      name: nil,
      relation: RelationReference(name),
      method: exclusion.method,
      elements: exclusion.elements.map(\.element),
      including: exclusion.including,
      predicate: exclusion.predicate
    )
    let indexName =
      constraint.name
      ?? relationName(
        name.name,
        GeneratedName.addition(GeneratedName.indexColumns(definition)),
        "excl",
        in: name.schema,
        isConstraint: true
      )
    let columns = exclusion.elements.compactMap { if case .column(let column) = $0.element.key { column } else { nil } }
    addIndexConstraint(constraint, named: indexName, columns: columns, index: definition, isPrimary: false, to: name)
  }

  private mutating func addIndexConstraint(
    _ constraint: Constraint,
    named name: String,
    columns: [String],
    index definition: CreateIndex,
    isPrimary: Bool,
    to table: QualifiedName
  ) {
    let indexName = QualifiedName(schema: table.schema, name)
    append(
      TableConstraint(
        name: name,
        definition: constraint,
        columns: columns,
        isValidated: true,
        index: indexName
      ),
      to: table
    )
    var index = Index(name: indexName, table: table, definition: definition, createdIn: currentMigration)
    index.constraint = name
    index.isPrimaryKey = isPrimary
    store(index)
    for child in tables[table]?.children ?? [] where tables[child]?.isPartition == true {
      partitionIndex(of: index, on: child)
    }
  }

  /// USING INDEX: an index becomes a constraint and takes its name.
  private mutating func adopt(_ existing: String, as constraint: Constraint, isPrimary: Bool, on table: QualifiedName) {
    let old = QualifiedName(schema: table.schema, existing)
    let newName = constraint.name ?? existing
    var columns: [String] = []
    if var index = indexes[old] {
      columns = index.definition.elements.compactMap { if case .column(let name) = $0.key { name } else { nil } }
      removeIndex(old)
      index.name = QualifiedName(schema: table.schema, newName)
      index.constraint = newName
      index.isPrimaryKey = isPrimary
      store(index)
    }
    append(
      TableConstraint(
        name: newName,
        definition: constraint,
        columns: columns,
        isValidated: true,
        index: QualifiedName(schema: table.schema, newName)
      ),
      to: table
    )
    if isPrimary { setNotNull(columns, of: table) }
  }

  mutating func setNotNull(_ columns: [String], of name: QualifiedName) {
    for table in [name] + descendants(of: name) {
      for column in columns { tables[table]?.update(column) { $0.isNotNull = true } }
    }
  }

  // MARK: - Foreign keys

  private mutating func addForeignKey(
    _ constraint: Constraint,
    _ key: ForeignKey,
    column: String?,
    to name: QualifiedName
  ) {
    guard let table = tables[name] else { return }
    let columns = key.columns.isEmpty ? [column].compactMap(\.self) : key.columns
    let referenced = qualified(key.referenced.name)
    let made = TableConstraint(
      name: constraint.name ?? constraintName(table, GeneratedName.addition(columns), "fkey"),
      definition: constraint,
      columns: columns,
      isValidated: !constraint.isNotValid,
      referenced: referenced,
      referencedColumns: key.referencedColumns.isEmpty
        ? tables[referenced]?.primaryKey?.columns ?? [] : key.referencedColumns
    )
    append(made, to: name)
    guard table.kind == .partitionedTable else { return }
    var inherited = made
    inherited.isInherited = true
    for partition in descendants(of: name) { append(inherited, to: partition) }
  }
}

extension Constraint {
  fileprivate var rank: Int {
    switch kind {
    case .primaryKey: 1
    case .unique, .exclusion: 2
    case .foreignKey: 3
    case .null, .notNull, .default, .identity, .generated, .check: 0
    }
  }
}
