package struct CreateIndex: Hashable, Sendable {
  /// `nil`: PostgreSQL makes a name.
  package let name: String?
  package let relation: RelationReference
  package let method: String
  package let elements: [IndexElement]
  package let including: [String]
  package let predicate: Expression?
  package let isUnique: Bool
  package let nullsNotDistinct: Bool
  package let isConcurrent: Bool
  package let ifNotExists: Bool
  package let options: [Option]
  package let tablespace: String?

  package init(
    name: String?,
    relation: RelationReference,
    method: String = "btree",
    elements: [IndexElement],
    including: [String] = [],
    predicate: Expression? = nil,
    isUnique: Bool = false,
    nullsNotDistinct: Bool = false,
    isConcurrent: Bool = false,
    ifNotExists: Bool = false,
    options: [Option] = [],
    tablespace: String? = nil
  ) {
    self.name = name
    self.relation = relation
    self.method = method
    self.elements = elements
    self.including = including
    self.predicate = predicate
    self.isUnique = isUnique
    self.nullsNotDistinct = nullsNotDistinct
    self.isConcurrent = isConcurrent
    self.ifNotExists = ifNotExists
    self.options = options
    self.tablespace = tablespace
  }
}

/// A column or expression of an index or a partition key.
package struct IndexElement: Hashable, Sendable {
  package enum Key: Hashable, Sendable {
    case column(String)
    case expression(Expression)
  }

  package let key: Key
  package let collation: QualifiedName?
  package let operatorClass: QualifiedName?
  package let operatorClassOptions: [Option]
  package let direction: SortItem.Direction
  package let nulls: SortItem.Nulls

  package init(
    key: Key,
    collation: QualifiedName? = nil,
    operatorClass: QualifiedName? = nil,
    operatorClassOptions: [Option] = [],
    direction: SortItem.Direction = .unspecified,
    nulls: SortItem.Nulls = .unspecified
  ) {
    self.key = key
    self.collation = collation
    self.operatorClass = operatorClass
    self.operatorClassOptions = operatorClassOptions
    self.direction = direction
    self.nulls = nulls
  }
}

package struct Reindex: Hashable, Sendable {
  package enum Target: Hashable, Sendable {
    case index(RelationReference)
    case table(RelationReference)
    case schema(String)
    /// `nil` is the current database.
    case system(String?)
    case database(String?)
  }

  package let target: Target
  package let isConcurrent: Bool

  package init(target: Target, isConcurrent: Bool) {
    self.target = target
    self.isConcurrent = isConcurrent
  }
}

package struct Cluster: Hashable, Sendable {
  /// `nil`: every table that was clustered before.
  package let relation: RelationReference?
  package let index: String?

  package init(relation: RelationReference?, index: String?) {
    self.relation = relation
    self.index = index
  }
}

/// VACUUM and ANALYZE.
package struct Vacuum: Hashable, Sendable {
  package let isVacuum: Bool
  package let isFull: Bool
  package let analyzes: Bool
  /// Empty: the whole database.
  package let relations: [RelationReference]
  /// The columns that are named in parentheses, by position in ``relations``.
  package let columns: [Int: [String]]
  package let options: [Option]

  package init(
    isVacuum: Bool,
    isFull: Bool,
    analyzes: Bool,
    relations: [RelationReference],
    columns: [Int: [String]] = [:],
    options: [Option]
  ) {
    self.isVacuum = isVacuum
    self.isFull = isFull
    self.analyzes = analyzes
    self.relations = relations
    self.columns = columns
    self.options = options
  }
}

package struct LockTable: Hashable, Sendable {
  package let relations: [RelationReference]
  /// As the text says it, such as `ACCESS EXCLUSIVE`.
  package let mode: String
  package let noWait: Bool

  package init(relations: [RelationReference], mode: String, noWait: Bool) {
    self.relations = relations
    self.mode = mode
    self.noWait = noWait
  }
}

package struct Truncate: Hashable, Sendable {
  package let relations: [RelationReference]
  package let cascade: Bool
  package let restartsIdentity: Bool

  package init(relations: [RelationReference], cascade: Bool, restartsIdentity: Bool) {
    self.relations = relations
    self.cascade = cascade
    self.restartsIdentity = restartsIdentity
  }
}

/// ALTER TABLE, INDEX or MATERIALIZED VIEW ALL IN TABLESPACE.
package struct MoveAllRelations: Hashable, Sendable {
  package let objectKind: ObjectKind
  package let from: String
  package let to: String

  package init(objectKind: ObjectKind, from: String, to: String) {
    self.objectKind = objectKind
    self.from = from
    self.to = to
  }
}
