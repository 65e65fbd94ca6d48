import Catalog
import Syntax

extension Execution {
  mutating func make(_ constraints: [ColumnConstraint], on table: QualifiedName) {
    for (constraint, column) in constraints { make(constraint, column: column, on: table) }
  }

  /// Makes primary keys first, as PostgreSQL does, and leaves out those that say the same as one before.
  ///
  /// Source: `transformIndexConstraints` in `parse_utilcmd.c`.
  mutating func makeKeys(_ constraints: [ColumnConstraint], on table: QualifiedName) {
    let keys = constraints.filter(\.constraint.isKey)
    let sorted = keys.filter(\.constraint.isPrimaryKey) + keys.filter { !$0.constraint.isPrimaryKey }
    var made: [(shape: KeyShape, constraint: ColumnConstraint)] = []
    for key in sorted {
      let shape = KeyShape(key.constraint, column: key.column)
      if let shape, let same = made.firstIndex(where: { $0.shape == shape }) {
        // The one that stays takes the name, where it has none.
        if made[same].constraint.constraint.name == nil {
          made[same].constraint.constraint = made[same].constraint.constraint.named(key.constraint.name)
        }
      } else if let shape {
        made.append((shape, key))
      }
    }
    let exclusions = sorted.filter { KeyShape($0.constraint, column: $0.column) == nil }
    make(made.map(\.constraint) + exclusions, on: table)
  }

  mutating func make(_ constraint: Constraint, column: String?, on name: QualifiedName) {
    switch constraint.kind {
    case .check(let condition, let noInherit): addCheck(constraint, condition, noInherit: noInherit, to: name)
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
    noInherit: Bool,
    to name: QualifiedName
  ) {
    guard let table = catalog.tables[name] else { return }
    let condition = database.resolved(condition, of: name)
    let columns = condition.columnNames
    let made = TableConstraint(
      name: constraint.name ?? catalog.constraintName(table, columns.count == 1 ? columns.first : nil, "check"),
      definition: constraint.with(kind: .check(condition, noInherit: noInherit)),
      columns: columns,
      isValidated: !constraint.isNotValid
    )
    append(made, to: name)
    guard !noInherit else { return }
    for child in catalog.descendants(of: name) {
      guard var table = catalog.tables[child] else { continue }
      table.inherit(made)
      catalog.put(table)
    }
  }

  private mutating func append(_ constraint: TableConstraint, to name: QualifiedName) {
    guard var table = catalog.tables[name] else { return }
    if let index = table.constraints.firstIndex(named: constraint.name), table.constraints[index].condition != nil {
      // A check that the table has from its parent becomes its own too.
      table.constraints[index].isLocal = true
    } else {
      table.constraints.append(constraint)
    }
    catalog.put(table)
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
      ?? catalog.relationName(
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
    let exclusion = ExclusionConstraint(
      method: exclusion.method,
      elements: exclusion.elements.map {
        ExclusionConstraint.Element(element: database.resolved($0.element, of: name), comparison: $0.comparison)
      },
      including: exclusion.including,
      predicate: exclusion.predicate.map { database.resolved($0, of: name) }
    )
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
      ?? catalog.relationName(
        name.name,
        GeneratedName.addition(GeneratedName.indexColumns(definition)),
        "excl",
        in: name.schema,
        isConstraint: true
      )
    addIndexConstraint(
      constraint.with(kind: .exclusion(exclusion)),
      named: indexName,
      columns: exclusion.elements.compactMap(\.element.column),
      index: definition,
      isPrimary: false,
      to: name
    )
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
    var index = Index(name: indexName, table: table, definition: definition, createdIn: catalog.currentMigration)
    index.constraint = name
    index.isPrimaryKey = isPrimary
    store(index)
    for child in catalog.tables[table]?.children ?? [] where catalog.tables[child]?.isPartition == true {
      partitionIndex(of: index, on: child)
    }
  }

  /// USING INDEX: an index becomes a constraint and takes its name.
  private mutating func adopt(_ existing: String, as constraint: Constraint, isPrimary: Bool, on table: QualifiedName) {
    let old = QualifiedName(schema: table.schema, existing)
    let newName = constraint.name ?? existing
    var columns: [String] = []
    if var index = catalog.indexes[old] {
      columns = index.definition.elements.compactMap(\.column)
      index.name = QualifiedName(schema: table.schema, newName)
      index.constraint = newName
      index.isPrimaryKey = isPrimary
      catalog.indexes[old] = nil
      catalog.indexes[index.name] = index
      catalog.tables[table]?.indexNames.update(old) { $0 = index.name }
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
    for table in [name] + catalog.descendants(of: name) {
      for column in columns { catalog.learn(column, of: table) { $0.isNotNull = true } }
    }
  }

  // MARK: - Foreign keys

  private mutating func addForeignKey(
    _ constraint: Constraint,
    _ key: ForeignKey,
    column: String?,
    to name: QualifiedName
  ) {
    guard let table = catalog.tables[name] else { return }
    let columns = key.columns.isEmpty ? [column].compactMap(\.self) : key.columns
    let made = tableConstraint(
      constraint,
      key,
      column: column,
      named: constraint.name ?? catalog.constraintName(table, GeneratedName.addition(columns), "fkey")
    )
    append(made, to: name)
    guard table.kind == .partitionedTable else { return }
    shareForeignKey(made, with: heirs(of: name) { $0.constraints.contains { $0.canBecomePart(of: made) } })
  }

  /// What a foreign key becomes in the catalog. `column` is the one that it was written with.
  func tableConstraint(_ constraint: Constraint, _ key: ForeignKey, column: String?, named name: String)
    -> TableConstraint
  {
    let referenced = database.qualified(key.referenced.name)
    return TableConstraint(
      name: name,
      definition: constraint,
      columns: key.columns.isEmpty ? [column].compactMap(\.self) : key.columns,
      isValidated: !constraint.isNotValid,
      referenced: referenced,
      referencedColumns: key.referencedColumns.isEmpty
        ? catalog.tables[referenced]?.primaryKey?.columns ?? [] : key.referencedColumns
    )
  }
}

/// What two keys of one statement have in common if they are one.
private struct KeyShape: Equatable {
  let columns: [String]
  let including: [String]
  let nullsNotDistinct: Bool
  let isDeferrable: Bool
  let isInitiallyDeferred: Bool

  /// `nil` for what is never taken for another one.
  init?(_ constraint: Constraint, column: String?) {
    switch constraint.kind {
    case .primaryKey(let key), .unique(let key):
      guard key.existingIndex == nil else { return nil }
      columns = key.columns.isEmpty ? [column].compactMap(\.self) : key.columns
      including = key.including
      nullsNotDistinct = key.nullsNotDistinct
      isDeferrable = constraint.isDeferrable
      isInitiallyDeferred = constraint.isInitiallyDeferred
    default: return nil
    }
  }
}
