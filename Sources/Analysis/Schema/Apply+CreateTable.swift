import Syntax

extension Schema {
  mutating func create(_ statement: CreateTable) throws(Refusal) {
    let name = creationName(of: statement.relation)
    if isKnown(name) {
      if statement.ifNotExists { return }
      throw .exists
    }
    forget(assumed: name)
    var table = Table(
      name: name,
      kind: statement.kind,
      persistence: statement.relation.persistence,
      createdIn: currentMigration
    )
    table.partitionKey = statement.partitionKey
    table.partitionBound = statement.partitionBound
    table.options = statement.options
    table.tablespace = statement.tablespace
    table.accessMethod = statement.accessMethod
    inherit(from: statement.parents, in: &table)
    if let type = statement.ofType { takeAttributes(of: type, in: &table) }
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
    put(table)
    add(constraints, to: name)
    for like in copied { copyConstraintsAndIndexes(of: like, to: name) }
    for parent in statement.parents { join(name, to: qualified(parent.name)) }
  }

  /// Whether a relation of the name is there for certain.
  func isKnown(_ name: QualifiedName) -> Bool {
    if let table = tables[name] { return !table.isAssumed }
    return hasRelation(name)
  }

  private mutating func forget(assumed name: QualifiedName) {
    guard let table = tables[name], table.isAssumed else { return }
    removeTable(name)
  }

  // MARK: - Columns

  /// A constraint, and the column that it was written with.
  typealias ColumnConstraint = (constraint: Constraint, column: String?)

  /// Adds the column as a definition says; returns the constraints that are yet to be made of it.
  mutating func add(_ definition: ColumnDefinition, to table: inout Table) -> [ColumnConstraint] {
    var column = table.column(definition.name) ?? Column(name: definition.name, type: nil)
    column.isLocal = true
    if let type = definition.type { column.type = type }
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
      case .default(let expression): column.defaultValue = expression
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
    let given = options.last { $0.name == "sequence_name" }?.value
    let name =
      given.map { QualifiedName(schema: QualifiedName(parsing: $0).schema ?? schema, QualifiedName(parsing: $0).name) }
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

  private func takeAttributes(of type: TypeName, in table: inout Table) {
    guard case .composite(let attributes)? = types[qualifiedType(type.name)]?.form else {
      table.knowsAllColumns = false
      return
    }
    table.columns += attributes
  }

  // MARK: - LIKE and inheritance

  private func inherit(from parents: [RelationReference], in table: inout Table) {
    for reference in parents {
      guard let parent = tables[qualified(reference.name)] else {
        table.knowsAllColumns = false
        continue
      }
      if !parent.knowsAllColumns { table.knowsAllColumns = false }
      for column in parent.columns {
        if table.column(column.name) != nil { continue }
        var inherited = column
        inherited.isInherited = true
        inherited.isLocal = false
        // A partition has the identity of its parent only from PostgreSQL 17; other children never.
        inherited.identity = table.isPartition ? column.identity : nil
        table.columns.append(inherited)
      }
    }
  }

  private mutating func copyColumns(of like: LikeClause, to table: inout Table) {
    guard let source = tables[qualified(like.relation.name)] else {
      table.knowsAllColumns = false
      return
    }
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
      if like.including.contains(.identity), column.identity != nil {
        copy.identity = column.identity
        let sequence = createSequence(for: column.name, of: table, type: column.type)
        sequences[sequence]?.isIdentity = true
      }
      table.columns.append(copy)
    }
  }

  private mutating func copyConstraintsAndIndexes(of like: LikeClause, to name: QualifiedName) {
    guard let source = tables[qualified(like.relation.name)] else { return }
    if like.including.contains(.constraints) {
      for constraint in source.constraints where constraint.condition != nil {
        tables[name]?.constraints.append(constraint)
        constraintNames[QualifiedName(schema: name.schema, constraint.name), default: 0] += 1
      }
    }
    guard like.including.contains(.indexes) else { return }
    for index in indexes(of: source.name) { cloneIndex(index, to: name, asPart: false) }
  }

  /// Makes a table a child of another, with all that partitions and children share with their parent.
  mutating func join(_ name: QualifiedName, to parent: QualifiedName) {
    tables[name]?.parents.append(parent)
    tables[parent]?.children.append(name)
    guard let parentTable = tables[parent], var table = tables[name] else { return }
    for constraint in parentTable.constraints {
      switch constraint.definition.kind {
      case .check(_, let noInherit):
        guard !noInherit else { continue }
        if let index = table.constraints.firstIndex(where: { $0.name == constraint.name }) {
          table.constraints[index].isInherited = true
        } else {
          var inherited = constraint
          inherited.isInherited = true
          table.constraints.append(inherited)
        }
      case .foreignKey:
        guard table.isPartition, !table.constraints.contains(where: { $0.isSameForeignKey(as: constraint) }) else {
          continue
        }
        var inherited = constraint
        inherited.isInherited = true
        table.constraints.append(inherited)
      default: break
      }
    }
    put(table)
    guard table.isPartition else { return }
    for index in indexes(of: parent) { partitionIndex(of: index, on: name) }
  }
}

extension CreateTable {
  var kind: RelationKind {
    foreignServer != nil ? .foreignTable : partitionKey != nil ? .partitionedTable : .table
  }
}

extension TableConstraint {
  /// Whether two foreign keys tie the same columns to the same table.
  func isSameForeignKey(as other: Self) -> Bool {
    referenced != nil && referenced == other.referenced && columns == other.columns
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
}
