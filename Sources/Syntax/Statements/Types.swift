package struct CreateSequence: Hashable, Sendable {
  package let relation: RelationReference
  package let ifNotExists: Bool
  /// `AS type`
  package let type: TypeName?
  /// `OWNED BY table.column`; the last part is the column.
  package let ownedBy: SequenceOwner?
  package let options: [Option]

  package init(
    relation: RelationReference,
    ifNotExists: Bool,
    type: TypeName?,
    ownedBy: SequenceOwner?,
    options: [Option]
  ) {
    self.relation = relation
    self.ifNotExists = ifNotExists
    self.type = type
    self.ownedBy = ownedBy
    self.options = options
  }
}

package struct AlterSequence: Hashable, Sendable {
  package let relation: RelationReference
  package let ifExists: Bool
  package let type: TypeName?
  package let ownedBy: SequenceOwner?
  package let options: [Option]

  package init(
    relation: RelationReference,
    ifExists: Bool,
    type: TypeName?,
    ownedBy: SequenceOwner?,
    options: [Option]
  ) {
    self.relation = relation
    self.ifExists = ifExists
    self.type = type
    self.ownedBy = ownedBy
    self.options = options
  }
}

package enum SequenceOwner: Hashable, Sendable {
  case none
  case column(String, of: QualifiedName)
}

package struct CreateDomain: Hashable, Sendable {
  package let name: QualifiedName
  package let type: TypeName
  package let collation: QualifiedName?
  package let constraints: [Constraint]

  package init(name: QualifiedName, type: TypeName, collation: QualifiedName?, constraints: [Constraint]) {
    self.name = name
    self.type = type
    self.collation = collation
    self.constraints = constraints
  }
}

package struct AlterDomain: Hashable, Sendable {
  package enum Action: Hashable, Sendable {
    case setDefault(Expression)
    case dropDefault
    case setNotNull
    case dropNotNull
    case addConstraint(Constraint)
    case dropConstraint(String, ifExists: Bool, cascade: Bool)
    case validateConstraint(String)
  }

  package let name: QualifiedName
  package let action: Action

  package init(name: QualifiedName, action: Action) {
    self.name = name
    self.action = action
  }
}

package struct CreateEnum: Hashable, Sendable {
  package let name: QualifiedName
  package let values: [String]

  package init(name: QualifiedName, values: [String]) {
    self.name = name
    self.values = values
  }
}

package struct AlterEnum: Hashable, Sendable {
  package enum Position: Hashable, Sendable {
    case last
    case before(String)
    case after(String)
  }

  package enum Action: Hashable, Sendable {
    case addValue(String, Position, ifNotExists: Bool)
    case renameValue(String, to: String)
  }

  package let name: QualifiedName
  package let action: Action

  package init(name: QualifiedName, action: Action) {
    self.name = name
    self.action = action
  }
}

package struct CreateCompositeType: Hashable, Sendable {
  package let name: QualifiedName
  package let attributes: [ColumnDefinition]

  package init(name: QualifiedName, attributes: [ColumnDefinition]) {
    self.name = name
    self.attributes = attributes
  }
}
