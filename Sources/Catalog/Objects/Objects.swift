import Syntax

package struct Index: Hashable, Sendable {
  package var name: QualifiedName
  package var table: QualifiedName
  package var definition: CreateIndex
  /// False for what is left of a partitioned table's index until every partition has its own.
  package var isValid = true
  /// The name of the constraint that it backs.
  package var constraint: String?
  package var isPrimaryKey = false
  /// The partitioned index that it is part of.
  package var parent: QualifiedName?
  package var comment: String?
  package var createdIn: Int

  package init(
    name: QualifiedName,
    table: QualifiedName,
    definition: CreateIndex,
    isValid: Bool = true,
    constraint: String? = nil,
    isPrimaryKey: Bool = false,
    parent: QualifiedName? = nil,
    comment: String? = nil,
    createdIn: Int
  ) {
    self.name = name
    self.table = table
    self.definition = definition
    self.isValid = isValid
    self.constraint = constraint
    self.isPrimaryKey = isPrimaryKey
    self.parent = parent
    self.comment = comment
    self.createdIn = createdIn
  }

  /// Every column that it reads: keys, INCLUDE, expressions and predicate.
  package var columns: [String] {
    definition.elements.flatMap(\.columnNames) + definition.including + (definition.predicate?.columnNames ?? [])
  }

  /// Whether it reads the column.
  package func reads(_ column: String) -> Bool {
    definition.elements.contains { element in
      switch element.key {
      case .column(let name): name == column
      case .expression(let expression): expression.columnNames.contains(column)
      }
    } || definition.including.contains(column) || definition.predicate?.columnNames.contains(column) == true
  }
}

package struct View: Hashable, Sendable {
  package var name: QualifiedName
  package var isMaterialized: Bool
  package var query: Query
  package var columns: [Column]
  /// Whether ``columns`` is all of them; where it is not, it starts with those that the definition names.
  package var knowsAllColumns: Bool
  /// How many names stand in parentheses behind the view's name.
  package var namedColumnCount: Int
  /// The defaults that ALTER VIEW sets.
  package var defaults: [String: Expression] = [:]
  /// The relations it reads, with their schemas.
  package var relations: [QualifiedName]
  /// The columns that it reads, by relation; of functions that yield rows of a type by that type.
  package var columnsByRelation: [QualifiedName: Set<String>]
  /// The names of columns that it reads of relations that the schema cannot tell; `nil` where a star stands for all of
  /// some.
  package var otherColumns: Set<String>?
  package var options: [Option]
  package var checkOption: CreateView.CheckOption
  package var hasData: Bool
  package var triggers = PartList<Trigger>()
  /// Its own query is none of them.
  package var rules = PartList<RewriteRule>()
  package var indexNames = PartList<QualifiedName>()
  package var comment: String?
  package var createdIn: Int

  package init(
    name: QualifiedName,
    isMaterialized: Bool,
    query: Query,
    columns: [Column],
    knowsAllColumns: Bool,
    namedColumnCount: Int,
    defaults: [String: Expression] = [:],
    relations: [QualifiedName],
    columnsByRelation: [QualifiedName: Set<String>],
    otherColumns: Set<String>? = nil,
    options: [Option],
    checkOption: CreateView.CheckOption,
    hasData: Bool,
    triggers: PartList<Trigger> = [],
    indexNames: PartList<QualifiedName> = [],
    comment: String? = nil,
    createdIn: Int
  ) {
    self.name = name
    self.isMaterialized = isMaterialized
    self.query = query
    self.columns = columns
    self.knowsAllColumns = knowsAllColumns
    self.namedColumnCount = namedColumnCount
    self.defaults = defaults
    self.relations = relations
    self.columnsByRelation = columnsByRelation
    self.otherColumns = otherColumns
    self.options = options
    self.checkOption = checkOption
    self.hasData = hasData
    self.triggers = triggers
    self.indexNames = indexNames
    self.comment = comment
    self.createdIn = createdIn
  }
}

extension View {
  package var columnNames: [String] { columns.map(\.name) }

  /// The names to write behind the view's name, so that its columns are called as they are now.
  package var definedColumnNames: [String] {
    Array(columnNames.prefix(knowsAllColumns ? columns.count : namedColumnCount))
  }

  /// Whether it reads a column of a relation, as far as the schema can tell.
  package func reads(_ column: String, of relation: QualifiedName) -> Bool {
    ViewDependencies(of: self).reads(column, of: relation)
  }
}

package struct SequenceGenerator: Hashable, Sendable {
  package var name: QualifiedName
  package var type: TypeName?
  package var options: [Option]
  /// The column that takes the sequence with it when it goes.
  package var owner: (table: QualifiedName, column: String)? {
    get { ownerTable.flatMap { table in ownerColumn.map { (table, $0) } } }
    set {
      ownerTable = newValue?.table
      ownerColumn = newValue?.column
    }
  }
  private var ownerTable: QualifiedName?
  private var ownerColumn: String?
  package var isIdentity = false
  package var persistence: Persistence
  package var comment: String?
  package var createdIn: Int

  package init(name: QualifiedName, type: TypeName?, options: [Option], persistence: Persistence, createdIn: Int) {
    self.name = name
    self.type = type
    self.options = options
    self.persistence = persistence
    self.createdIn = createdIn
  }
}

/// A type that the history made.
package struct UserType: Hashable, Sendable {
  package enum Form: Hashable, Sendable {
    case enumeration([String])
    case domain(Domain)
    case composite([Column])
    /// Range and base types; without a definition a type that is yet to be defined.
    case other(ObjectDefinition?)
  }

  package var name: QualifiedName
  package var form: Form
  package var comment: String?
  package var createdIn: Int

  package init(
    name: QualifiedName,
    form: Form,
    comment: String? = nil,
    createdIn: Int
  ) {
    self.name = name
    self.form = form
    self.comment = comment
    self.createdIn = createdIn
  }
}

extension UserType {
  /// Whether it is announced, and not defined yet.
  package var isShell: Bool {
    if case .other(let definition) = form { definition?.options.isEmpty ?? true } else { false }
  }
}

@usableFromInline
package struct Domain: Hashable, Sendable {
  package var type: TypeName
  package var collation: QualifiedName?
  package var isNotNull: Bool
  package var defaultValue: Expression?
  package var checks: PartList<Check>

  package init(
    type: TypeName,
    collation: QualifiedName? = nil,
    isNotNull: Bool,
    defaultValue: Expression? = nil,
    checks: PartList<Check>
  ) {
    self.type = type
    self.collation = collation
    self.isNotNull = isNotNull
    self.defaultValue = defaultValue
    self.checks = checks
  }

  @usableFromInline
  package struct Check: NamedPart {
    @usableFromInline
    package var name: String
    package var condition: Expression
    package var isValidated: Bool

    package init(name: String, condition: Expression, isValidated: Bool) {
      self.name = name
      self.condition = condition
      self.isValidated = isValidated
    }
  }

  /// Whether values must be checked, so that a new column of it makes PostgreSQL write every row.
  package var isConstrained: Bool { isNotNull || !checks.isEmpty }
}

package struct Function: NamedPart {
  package var definition: CreateFunction
  package var volatility: CreateFunction.Volatility
  package var comment: String?
  package var createdIn: Int
  /// How much code that nobody could read had run before: what runs later may replace it.
  package var unreadableRuns = 0

  package init(
    definition: CreateFunction,
    volatility: CreateFunction.Volatility,
    comment: String? = nil,
    createdIn: Int
  ) {
    self.definition = definition
    self.volatility = volatility
    self.comment = comment
    self.createdIn = createdIn
  }

  /// Whether only a trigger can call it.
  package var isForTrigger: Bool {
    definition.returns.map { ["trigger", "event_trigger"].contains($0.name.name) } ?? false
  }

  /// The types that tell overloads apart.
  package var inputTypes: [TypeName] {
    definition.parameters.filter { $0.mode != .out && $0.mode != .table }.map(\.type)
  }
}

package struct Extension: Hashable, Sendable {
  /// Where its objects are, if the history says so.
  package var schema: String?
  package var createdIn: Int

  package init(
    schema: String? = nil,
    createdIn: Int
  ) {
    self.schema = schema
    self.createdIn = createdIn
  }

  /// Whether an extension is known to make no tables and views.
  ///
  /// Source: PostgreSQL's manual, "Additional Supplied Modules and Extensions", and pgvector's documentation.
  package static func makesNoRelations(_ name: String) -> Bool { withoutRelations.contains(name) }

  private static let withoutRelations: Set<String> = [
    "adminpack", "amcheck", "autoinc", "bloom", "btree_gin", "btree_gist", "citext", "cube", "dict_int", "dict_xsyn",
    "earthdistance", "fuzzystrmatch", "hstore", "insert_username", "intarray", "isn", "lo", "ltree", "moddatetime",
    "pageinspect", "pg_trgm", "pgcrypto", "pgrowlocks", "pgstattuple", "plpgsql", "refint", "seg", "tablefunc", "tcn",
    "tsm_system_rows", "tsm_system_time", "unaccent", "uuid-ossp", "vector", "xml2",
  ]
}

/// Extended statistics.
package struct Statistics: Hashable, Sendable {
  package var name: QualifiedName
  package var table: QualifiedName
  package var definition: CreateStatistics
  package var target: Int?
  package var createdIn: Int

  package init(
    name: QualifiedName,
    table: QualifiedName,
    definition: CreateStatistics,
    target: Int? = nil,
    createdIn: Int
  ) {
    self.name = name
    self.table = table
    self.definition = definition
    self.target = target
    self.createdIn = createdIn
  }

  /// Every column that it is about.
  package var columns: [String] {
    definition.elements.flatMap(\.columnNames)
  }
}

/// An object of which the schema knows little more than its name.
@usableFromInline
package struct OtherObject: NamedPart {
  package var kind: ObjectKind
  package var name: QualifiedName
  /// What tells it apart from others of its name: the types of arguments as SQL, or the access method.
  package var signature: [String]
  /// How many were made before it.
  package var order: Int
  package var definition: ObjectDefinition
  /// Where the names of the definition were looked up.
  package var searchPath: [String]
  /// Statements that changed its name or schema since.
  package var changes: [String] = []
  /// Of an operator family: its members; `nil` where they are not all known.
  package var members: Set<String>? = []
  /// The names in the OPTIONS of a foreign-data wrapper, a server or a user mapping.
  package var optionNames: Set<String> = []

  package init(
    kind: ObjectKind,
    name: QualifiedName,
    signature: [String],
    order: Int,
    definition: ObjectDefinition,
    searchPath: [String],
    changes: [String] = []
  ) {
    self.kind = kind
    self.name = name
    self.signature = signature
    self.order = order
    self.definition = definition
    self.searchPath = searchPath
    self.changes = changes
  }
}
