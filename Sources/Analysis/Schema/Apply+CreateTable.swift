import Syntax

extension Schema {
  mutating func create(_ statement: CreateTable) throws(Refusal) {
    let name = creationName(of: statement.relation)
    if isKnown(name) {
      if statement.ifNotExists { return }
      throw .exists
    }
    let parents = statement.parents.map { qualified($0.name) }
    try check(statement, parents: parents)
    forget(assumed: name)
    var table = Table(statement, named: name, createdIn: currentMigration)
    table.ofType = statement.ofType.map { qualifiedType($0.name) }
    inherit(from: parents, in: &table)
    if let type = table.ofType { takeAttributes(of: type, in: &table) }
    var constraints: [ColumnConstraint] = []
    var copied: [LikeClause] = []
    for element in statement.elements {
      switch element {
      case .column(let column): constraints += add(column, to: &table)
      case .constraint(let constraint): constraints.append((constraint, nil))
      case .like(let like):
        copyColumns(of: like, to: &table)
        copied.append(like)
      }
    }
    table.resolveDefinitions(in: self)
    put(table)
    // The order in which PostgreSQL makes constraints and indexes decides which names are still free.
    for parent in parents { join(name, to: parent) }
    add(constraints.filter(\.constraint.isCheck), to: name)
    if table.isPartition { for parent in parents { shareIndexes(of: parent, with: name) } }
    addKeys(constraints, to: name)
    for like in copied {
      copyConstraints(of: like, to: name)
      copyIndexes(of: like, to: name)
    }
    add(constraints.filter(\.constraint.isForeignKey), to: name)
  }

  /// Whether a relation of the name is there for certain.
  func isKnown(_ name: QualifiedName) -> Bool {
    if let table = tables[name] { return !table.isAssumed }
    return hasRelation(name)
  }

  /// What the history knew of a relation that it now makes was about another one.
  mutating func forget(assumed name: QualifiedName) {
    guard let table = tables[name], table.isAssumed else { return }
    remove(.table(name))
  }

  // MARK: - Refusals

  private func check(_ statement: CreateTable, parents: [QualifiedName]) throws(Refusal) {
    var names: [String] = []
    var keys = 0
    var isComplete = statement.ofType == nil && parents.allSatisfy { tables[$0]?.isFullyKnown == true }
    for parent in parents { names += tables[parent]?.columns.map(\.name) ?? [] }
    var own: Set<String> = []
    for element in statement.elements {
      switch element {
      case .column(let column):
        if !own.insert(column.name).inserted { throw .exists }
        names.append(column.name)
        keys += column.constraints.count(where: \.isPrimaryKey)
        try checkMerge(of: column, with: parents)
      case .like: isComplete = false
      case .constraint(let constraint): keys += constraint.isPrimaryKey ? 1 : 0
      }
    }
    if keys > 1 { throw .exists }
    if let key = statement.partitionKey { try check(key, below: parents) }
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
  private func check(_ key: PartitionKey, below parents: [QualifiedName]) throws(Refusal) {
    for index in parents.flatMap({ indexes(of: $0) }) where index.definition.isUnique {
      let columns = index.definition.elements.compactMap(\.column)
      if key.elements.contains(where: { $0.column.map { !columns.contains($0) } ?? true }) { throw .isMissing }
    }
  }

  /// A column that a parent has too must be of the same type.
  private func checkMerge(of column: ColumnDefinition, with parents: [QualifiedName]) throws(Refusal) {
    guard let type = column.type else { return }
    for parent in parents {
      guard let inherited = tables[parent]?.column(column.name)?.type else { continue }
      if inherited.sql != (type.serialType ?? resolved(type)).sql { throw .isNeeded }
    }
  }

  // MARK: - Columns

  /// A constraint, and the column that it was written with.
  typealias ColumnConstraint = (constraint: Constraint, column: String?)

  /// Adds the column as a definition says; returns the constraints that are yet to be made of it.
  mutating func add(_ definition: ColumnDefinition, to table: inout Table) -> [ColumnConstraint] {
    var column = table.column(definition.name) ?? Column(name: definition.name, type: nil)
    column.isLocal = true
    if let type = definition.type { column.type = resolved(type) }
    column.collation = definition.collation ?? column.collation
    column.storage = definition.storage ?? column.storage
    column.compression = definition.compression ?? column.compression
    if let serial = definition.type?.serialType {
      column.type = serial
      column.isNotNull = true
      let sequence = createSequence(for: definition.name, of: table, type: serial)
      column.defaultValue = .nextValue(of: sequence)
    }
    var remaining: [ColumnConstraint] = []
    for constraint in definition.constraints {
      switch constraint.kind {
      case .null: break
      case .notNull: column.isNotNull = true
      case .default(let expression): column.setDefault(expression)
      case .identity(let always, let options):
        column.identity = always ? .always : .byDefault
        column.isNotNull = true
        let sequence = createSequence(for: definition.name, of: table, type: column.type, options: options)
        sequences[sequence]?.isIdentity = true
      case .generated(let expression, let stored):
        column.generated = expression
        column.isStored = stored
      case .primaryKey:
        column.isNotNull = true
        remaining.append((constraint, definition.name))
      case .check, .unique, .exclusion, .foreignKey: remaining.append((constraint, definition.name))
      }
    }
    if let index = table.columns.firstIndex(where: { $0.name == column.name }) {
      table.columns[index] = column
    } else {
      table.columns.append(column)
    }
    return remaining
  }

  /// Makes the sequence of a serial or identity column.
  mutating func createSequence(
    for column: String,
    of table: Table,
    type: TypeName?,
    options: [Option] = []
  ) -> QualifiedName {
    let schema = table.name.schema
    let given = options.last { $0.name == "sequence_name" }?.value.map(QualifiedName.init(parsing:))
    let name =
      given.map { QualifiedName(schema: $0.schema ?? schema, $0.name) }
      ?? QualifiedName(
        schema: schema,
        relationName(table.name.name, column, "seq", in: schema, besides: [table.name.name])
      )
    var sequence = SequenceGenerator(
      name: name,
      type: type,
      options: options.filter { $0.name != "sequence_name" },
      persistence: table.persistence,
      createdIn: currentMigration
    )
    sequence.owner = (table.name, column)
    sequences[name] = sequence
    return name
  }

  private func takeAttributes(of type: QualifiedName, in table: inout Table) {
    guard case .composite(let attributes)? = types[type]?.form else {
      table.knowsAllColumns = false
      return
    }
    table.columns += attributes
  }

  // MARK: - LIKE

  private mutating func copyColumns(of like: LikeClause, to table: inout Table) {
    let source = qualified(like.relation.name)
    if let view = views[source] {
      table.columns += view.columns
      if !view.knowsAllColumns { table.knowsAllColumns = false }
      return
    }
    guard let source = tables[source] else {
      table.knowsAllColumns = false
      return
    }
    if !source.knowsAllColumns { table.knowsAllColumns = false }
    for column in source.columns {
      var copy = Column(name: column.name, type: column.type)
      copy.collation = column.collation
      copy.isNotNull = column.isNotNull
      if like.including.contains(.defaults) { copy.defaultValue = column.defaultValue }
      if like.including.contains(.generated) {
        copy.generated = column.generated
        copy.isStored = column.isStored
      }
      if like.including.contains(.storage) { copy.storage = column.storage }
      if like.including.contains(.compression) { copy.compression = column.compression }
      if like.including.contains(.comments) { copy.comment = column.comment }
      if like.including.contains(.identity), column.identity != nil {
        copy.identity = column.identity
        let options = identitySequence(of: column.name, in: source.name)?.options ?? []
        let sequence = createSequence(for: column.name, of: table, type: column.type, options: options)
        sequences[sequence]?.isIdentity = true
      }
      table.columns.append(copy)
    }
  }

  func identitySequence(of column: String, in table: QualifiedName) -> SequenceGenerator? {
    sequences.values.first { sequence in
      sequence.isIdentity && sequence.owner.map { $0 == (table, column) } == true
    }
  }

  private mutating func copyConstraints(of like: LikeClause, to name: QualifiedName) {
    guard like.including.contains(.constraints), let source = tables[qualified(like.relation.name)],
      var table = tables[name]
    else { return }
    for constraint in source.constraints where constraint.condition != nil {
      var copy = constraint
      copy.isInherited = false
      copy.isLocal = true
      copy.isValidated = true
      table.constraints.append(copy)
    }
    put(table)
  }

  private mutating func copyIndexes(of like: LikeClause, to name: QualifiedName) {
    guard let source = tables[qualified(like.relation.name)] else { return }
    if like.including.contains(.indexes) {
      for index in indexes(of: source.name) { cloneIndex(index, to: name, asPart: false) }
    }
    guard like.including.contains(.statistics) else { return }
    for statistics in statistics.values.filter({ $0.table == source.name }).sorted(by: { $0.name < $1.name }) {
      let copy = statisticsName(for: statistics.definition, on: name)
      self.statistics[copy] = Statistics(
        name: copy,
        table: name,
        definition: statistics.definition,
        target: statistics.target,
        createdIn: currentMigration
      )
    }
  }
}

extension Table {
  init(_ statement: CreateTable, named name: QualifiedName, createdIn: Int) {
    self.init(name: name, kind: statement.kind, persistence: statement.relation.persistence, createdIn: createdIn)
    partitionKey = statement.partitionKey
    partitionBound = statement.partitionBound
    options = statement.options
    tablespace = statement.tablespace
    accessMethod = statement.accessMethod
    foreignServer = statement.foreignServer
    foreignOptions = statement.foreignOptions
  }

  /// Writes the names that the schema knows with their schemas.
  mutating func resolveDefinitions(in schema: Schema) {
    for index in columns.indices { columns[index].resolveDefinitions(in: schema, of: name) }
    partitionKey = partitionKey.map { key in
      PartitionKey(strategy: key.strategy, elements: key.elements.map { schema.resolved($0, of: name) })
    }
  }
}

extension Column {
  /// NULL is no default, unless it must be fitted to a length or precision (`AddRelationNewConstraints` in `heap.c`).
  mutating func setDefault(_ value: Expression) {
    defaultValue = value.isNull && type?.modifiers.isEmpty != false ? nil : value
  }

  mutating func resolveDefinitions(in schema: Schema, of table: QualifiedName) {
    defaultValue = defaultValue.map { schema.resolved($0, of: table) }
    generated = generated.map { schema.resolved($0, of: table) }
  }
}

extension CreateTable {
  var kind: RelationKind {
    foreignServer != nil ? .foreignTable : partitionKey != nil ? .partitionedTable : .table
  }
}

extension TypeName {
  /// The type that a serial type stands for; `nil` for all others.
  package var serialType: TypeName? {
    guard name.schema == nil, arrayDimensions == 0 else { return nil }
    return switch name.name {
    case "serial", "serial4": TypeName(QualifiedName("int4"), offset: offset)
    case "bigserial", "serial8": TypeName(QualifiedName("int8"), offset: offset)
    case "smallserial", "serial2": TypeName(QualifiedName("int2"), offset: offset)
    default: nil
    }
  }
}

extension Expression {
  /// `nextval('sequence'::regclass)`
  static func nextValue(of sequence: QualifiedName) -> Expression {
    .call(
      FunctionCall(
        name: QualifiedName("nextval"),
        arguments: [
          .cast(.constant(.string(sequence.description)), to: TypeName(QualifiedName("regclass")))
        ]
      )
    )
  }

  /// Whether it is nothing but NULL.
  var isNull: Bool { self == .constant(.null) }
}
