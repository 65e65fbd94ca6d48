/// CREATE TABLE, CREATE FOREIGN TABLE and CREATE TABLE … PARTITION OF.
package struct CreateTable: Hashable, Sendable {
  /// An element in the order of the text.
  package enum Element: Hashable, Sendable {
    case column(ColumnDefinition)
    case constraint(Constraint)
    case like(LikeClause)
  }

  package let relation: RelationReference
  package let ifNotExists: Bool
  package let elements: [Element]
  /// The tables after INHERITS, or the one after PARTITION OF.
  package let parents: [RelationReference]
  package let partitionBound: PartitionBound?
  package let partitionKey: PartitionKey?
  /// `OF type`
  package let ofType: TypeName?
  package let options: [Option]
  package let accessMethod: String?
  package let tablespace: String?
  package let onCommit: OnCommit
  /// The server of a foreign table.
  package let foreignServer: String?
  package let foreignOptions: [Option]

  package enum OnCommit: Hashable, Sendable { case unspecified, preserveRows, deleteRows, drop }

  package init(
    relation: RelationReference,
    ifNotExists: Bool = false,
    elements: [Element] = [],
    parents: [RelationReference] = [],
    partitionBound: PartitionBound? = nil,
    partitionKey: PartitionKey? = nil,
    ofType: TypeName? = nil,
    options: [Option] = [],
    accessMethod: String? = nil,
    tablespace: String? = nil,
    onCommit: OnCommit = .unspecified,
    foreignServer: String? = nil,
    foreignOptions: [Option] = []
  ) {
    self.relation = relation
    self.ifNotExists = ifNotExists
    self.elements = elements
    self.parents = parents
    self.partitionBound = partitionBound
    self.partitionKey = partitionKey
    self.ofType = ofType
    self.options = options
    self.accessMethod = accessMethod
    self.tablespace = tablespace
    self.onCommit = onCommit
    self.foreignServer = foreignServer
    self.foreignOptions = foreignOptions
  }
}

/// `LIKE table INCLUDING …` in CREATE TABLE.
package struct LikeClause: Hashable, Sendable {
  package enum Feature: Hashable, Sendable, CaseIterable {
    case comments, compression, constraints, defaults, generated, identity, indexes, statistics, storage
  }

  package let relation: RelationReference
  package let including: Set<Feature>

  package init(relation: RelationReference, including: Set<Feature>) {
    self.relation = relation
    self.including = including
  }
}

package struct ColumnDefinition: Hashable, Sendable {
  package let name: String
  /// `nil` where the text names no type: a column option of a partition or a typed table.
  package let type: TypeName?
  package let constraints: [Constraint]
  package let collation: QualifiedName?
  package let storage: String?
  package let compression: String?
  package let offset: SourceOffset

  package init(
    name: String,
    type: TypeName?,
    constraints: [Constraint] = [],
    collation: QualifiedName? = nil,
    storage: String? = nil,
    compression: String? = nil,
    offset: SourceOffset = SourceOffset(nil)
  ) {
    self.name = name
    self.type = type
    self.constraints = constraints
    self.collation = collation
    self.storage = storage
    self.compression = compression
    self.offset = offset
  }
}

/// A constraint of a column, a table or a domain; DEFAULT, identity and GENERATED are constraints in PostgreSQL's
/// grammar too.
package struct Constraint: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case null
    case notNull
    case `default`(Expression)
    case identity(always: Bool, options: [Option])
    case generated(Expression, stored: Bool)
    case check(Expression, noInherit: Bool)
    case primaryKey(KeyConstraint)
    case unique(KeyConstraint)
    case exclusion(ExclusionConstraint)
    case foreignKey(ForeignKey)
  }

  /// The name after CONSTRAINT.
  package let name: String?
  package let kind: Kind
  package let isDeferrable: Bool
  package let isInitiallyDeferred: Bool
  /// `NOT VALID`: rows that exist are not checked.
  package let isNotValid: Bool
  package let offset: SourceOffset

  package init(
    name: String? = nil,
    kind: Kind,
    isDeferrable: Bool = false,
    isInitiallyDeferred: Bool = false,
    isNotValid: Bool = false,
    offset: SourceOffset = SourceOffset(nil)
  ) {
    self.name = name
    self.kind = kind
    self.isDeferrable = isDeferrable
    self.isInitiallyDeferred = isInitiallyDeferred
    self.isNotValid = isNotValid
    self.offset = offset
  }
}

/// PRIMARY KEY and UNIQUE.
package struct KeyConstraint: Hashable, Sendable {
  /// The columns in parentheses; empty for a column's own constraint and with USING INDEX.
  package let columns: [String]
  package let including: [String]
  /// `USING INDEX name`: takes over an index instead of building one.
  package let existingIndex: String?
  package let nullsNotDistinct: Bool
  package let options: [Option]
  package let tablespace: String?

  package init(
    columns: [String] = [],
    including: [String] = [],
    existingIndex: String? = nil,
    nullsNotDistinct: Bool = false,
    options: [Option] = [],
    tablespace: String? = nil
  ) {
    self.columns = columns
    self.including = including
    self.existingIndex = existingIndex
    self.nullsNotDistinct = nullsNotDistinct
    self.options = options
    self.tablespace = tablespace
  }
}

package struct ExclusionConstraint: Hashable, Sendable {
  package struct Element: Hashable, Sendable {
    package let element: IndexElement
    package let comparison: QualifiedName

    package init(element: IndexElement, comparison: QualifiedName) {
      self.element = element
      self.comparison = comparison
    }
  }

  package let method: String
  package let elements: [Element]
  package let including: [String]
  package let predicate: Expression?

  package init(method: String, elements: [Element], including: [String], predicate: Expression?) {
    self.method = method
    self.elements = elements
    self.including = including
    self.predicate = predicate
  }
}

package struct ForeignKey: Hashable, Sendable {
  package enum Match: Hashable, Sendable { case simple, full, partial }
  package enum Action: Hashable, Sendable {
    case noAction, restrict, cascade
    case setNull(columns: [String])
    case setDefault(columns: [String])
  }

  /// The referencing columns; empty for a column's own constraint.
  package let columns: [String]
  package let referenced: RelationReference
  /// Empty means the referenced table's primary key.
  package let referencedColumns: [String]
  package let match: Match
  package let onUpdate: Action
  package let onDelete: Action

  package init(
    columns: [String],
    referenced: RelationReference,
    referencedColumns: [String],
    match: Match = .simple,
    onUpdate: Action = .noAction,
    onDelete: Action = .noAction
  ) {
    self.columns = columns
    self.referenced = referenced
    self.referencedColumns = referencedColumns
    self.match = match
    self.onUpdate = onUpdate
    self.onDelete = onDelete
  }
}

/// `PARTITION BY RANGE (…)`
package struct PartitionKey: Hashable, Sendable {
  package enum Strategy: Hashable, Sendable { case list, range, hash }

  package let strategy: Strategy
  package let elements: [IndexElement]

  package init(strategy: Strategy, elements: [IndexElement]) {
    self.strategy = strategy
    self.elements = elements
  }
}

/// `FOR VALUES …` or `DEFAULT`
package enum PartitionBound: Hashable, Sendable {
  /// A bound of a range: MINVALUE, MAXVALUE or an expression.
  package enum Datum: Hashable, Sendable {
    case minimum, maximum
    case value(Expression)
  }

  case `default`
  case list([Expression])
  case range(from: [Datum], to: [Datum])
  case hash(modulus: Int, remainder: Int)
}

/// CREATE TABLE … AS and CREATE MATERIALIZED VIEW.
package struct CreateTableAs: Hashable, Sendable {
  package let relation: RelationReference
  package let isMaterializedView: Bool
  package let ifNotExists: Bool
  package let columnNames: [String]
  /// `nil` for `AS EXECUTE statement`.
  package let query: Query?
  package let withData: Bool
  package let onCommit: CreateTable.OnCommit
  package let options: [Option]

  package init(
    relation: RelationReference,
    isMaterializedView: Bool,
    ifNotExists: Bool,
    columnNames: [String],
    query: Query?,
    withData: Bool,
    onCommit: CreateTable.OnCommit = .unspecified,
    options: [Option] = []
  ) {
    self.relation = relation
    self.isMaterializedView = isMaterializedView
    self.ifNotExists = ifNotExists
    self.columnNames = columnNames
    self.query = query
    self.withData = withData
    self.onCommit = onCommit
    self.options = options
  }
}
