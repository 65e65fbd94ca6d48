import Syntax

extension Table {
  package init(_ statement: CreateTable, named name: QualifiedName, createdIn: Int) {
    self.init(name: name, kind: statement.kind, persistence: statement.relation.persistence, createdIn: createdIn)
    partitionKey = statement.partitionKey
    if statement.onCommit == .drop { dropsOnCommit = true }
    partitionBound = statement.partitionBound
    options = statement.options
    tablespace = statement.tablespace
    accessMethod = statement.accessMethod
    foreignServer = statement.foreignServer
    foreignOptions = statement.foreignOptions
  }

  /// Writes the names that the catalog knows with their schemas.
  package mutating func resolveDefinitions(in database: Database) {
    for index in columns.indices { columns[index].resolveDefinitions(in: database, of: name) }
    partitionKey = partitionKey.map { key in
      PartitionKey(strategy: key.strategy, elements: key.elements.map { database.resolved($0, of: name) })
    }
  }
}

extension Column {
  /// NULL is no default, unless it must be fitted to a length or precision (`AddRelationNewConstraints` in `heap.c`).
  package mutating func setDefault(_ value: Expression) {
    defaultValue = value.isNull && type?.modifiers.isEmpty != false ? nil : value
  }

  package mutating func resolveDefinitions(in database: Database, of table: QualifiedName) {
    defaultValue = defaultValue.map { database.resolved($0, of: table) }
    generated = generated.map { database.resolved($0, of: table) }
  }
}

extension CreateTable {
  package var kind: RelationKind {
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
  package static func nextValue(of sequence: QualifiedName) -> Expression {
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
  package var isNull: Bool { self == .constant(.null) }
}

extension Table {
  /// Takes a check from a parent; one of the same name becomes the same.
  package mutating func inherit(_ constraint: TableConstraint) {
    if let index = constraints.firstIndex(named: constraint.name) {
      constraints[index].isInherited = true
      if isPartition { constraints[index].isLocal = false }
    } else {
      var inherited = constraint
      inherited.comment = nil
      inherited.isInherited = true
      inherited.isLocal = false
      constraints.append(inherited)
    }
  }
}

extension TableConstraint {
  /// Whether two foreign keys tie the same columns to the same table.
  package func isSameForeignKey(as other: Self) -> Bool {
    referenced != nil && referenced == other.referenced && columns == other.columns
  }

  /// Whether a partition's own foreign key becomes part of its parent's, instead of a new one.
  ///
  /// Source: `tryAttachPartitionForeignKey` in `tablecmds.c`.
  package func canBecomePart(of other: Self) -> Bool {
    guard isSameForeignKey(as: other), isValidated, !isInherited, referencedColumns == other.referencedColumns,
      case .foreignKey(let key) = definition.kind, case .foreignKey(let otherKey) = other.definition.kind
    else { return false }
    return key.match == otherKey.match && key.onUpdate == otherKey.onUpdate && key.onDelete == otherKey.onDelete
      && definition.isDeferrable == other.definition.isDeferrable
      && definition.isInitiallyDeferred == other.definition.isInitiallyDeferred
  }
}
