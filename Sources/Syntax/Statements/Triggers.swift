package struct CreateRule: Hashable, Sendable {
  package enum Event: String, Hashable, Sendable { case select, insert, update, delete }

  package let name: String
  package let event: Event
  package let relation: RelationReference
  package let replaces: Bool
  package let isInstead: Bool
  package let condition: Expression?
  package let actions: [Statement.Kind]

  package init(
    name: String,
    event: Event,
    relation: RelationReference,
    replaces: Bool,
    isInstead: Bool,
    condition: Expression? = nil,
    actions: [Statement.Kind]
  ) {
    self.name = name
    self.event = event
    self.relation = relation
    self.replaces = replaces
    self.isInstead = isInstead
    self.condition = condition
    self.actions = actions
  }
}

package struct CreateTrigger: Hashable, Sendable {
  package enum Timing: Hashable, Sendable { case before, after, insteadOf }
  package enum Event: Hashable, Sendable { case insert, update, delete, truncate }

  package let name: String
  package let relation: RelationReference
  package let function: QualifiedName
  package let arguments: [String]
  package let replaces: Bool
  package let isConstraint: Bool
  package let isDeferrable: Bool
  package let isInitiallyDeferred: Bool
  package let isForEachRow: Bool
  package let timing: Timing
  package let events: Set<Event>
  /// The columns after UPDATE OF.
  package let columns: [String]
  /// `REFERENCING OLD TABLE AS name`
  package let oldTable: String?
  /// `REFERENCING NEW TABLE AS name`
  package let newTable: String?
  package let condition: Expression?
  /// The other table of a constraint trigger (`FROM table`).
  package let referencedRelation: RelationReference?

  package init(
    name: String,
    relation: RelationReference,
    function: QualifiedName,
    arguments: [String] = [],
    replaces: Bool,
    isConstraint: Bool,
    isDeferrable: Bool = false,
    isInitiallyDeferred: Bool = false,
    isForEachRow: Bool,
    timing: Timing,
    events: Set<Event>,
    columns: [String],
    oldTable: String? = nil,
    newTable: String? = nil,
    condition: Expression?,
    referencedRelation: RelationReference?
  ) {
    self.name = name
    self.relation = relation
    self.function = function
    self.arguments = arguments
    self.replaces = replaces
    self.isConstraint = isConstraint
    self.isDeferrable = isDeferrable
    self.isInitiallyDeferred = isInitiallyDeferred
    self.isForEachRow = isForEachRow
    self.timing = timing
    self.events = events
    self.columns = columns
    self.oldTable = oldTable
    self.newTable = newTable
    self.condition = condition
    self.referencedRelation = referencedRelation
  }
}

package struct CreatePolicy: Hashable, Sendable {
  package let name: String
  package let relation: RelationReference
  /// `all`, `select`, `insert`, `update` or `delete`.
  package let command: String
  package let isPermissive: Bool
  package let roles: [RoleReference]
  package let using: Expression?
  package let withCheck: Expression?

  package init(
    name: String,
    relation: RelationReference,
    command: String,
    isPermissive: Bool,
    roles: [RoleReference],
    using: Expression?,
    withCheck: Expression?
  ) {
    self.name = name
    self.relation = relation
    self.command = command
    self.isPermissive = isPermissive
    self.roles = roles
    self.using = using
    self.withCheck = withCheck
  }
}

package struct AlterPolicy: Hashable, Sendable {
  package let name: String
  package let relation: RelationReference
  package let roles: [RoleReference]
  package let using: Expression?
  package let withCheck: Expression?

  package init(
    name: String,
    relation: RelationReference,
    roles: [RoleReference],
    using: Expression?,
    withCheck: Expression?
  ) {
    self.name = name
    self.relation = relation
    self.roles = roles
    self.using = using
    self.withCheck = withCheck
  }
}
