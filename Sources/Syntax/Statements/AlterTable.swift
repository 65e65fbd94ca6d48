/// ALTER TABLE and its kin: ALTER INDEX, VIEW, MATERIALIZED VIEW, SEQUENCE, FOREIGN TABLE and ALTER TYPE of a composite
/// type share PostgreSQL's `AlterTableStmt`.
package struct AlterTable: Hashable, Sendable {
  package let relation: RelationReference
  /// What the text calls it: TABLE, INDEX, VIEW, …
  package let objectKind: ObjectKind
  package let ifExists: Bool
  package let actions: [Action]

  package init(relation: RelationReference, objectKind: ObjectKind, ifExists: Bool, actions: [Action]) {
    self.relation = relation
    self.objectKind = objectKind
    self.ifExists = ifExists
    self.actions = actions
  }

  /// One of the actions between the commas.
  package struct Action: Hashable, Sendable {
    package let kind: ActionKind
    /// CASCADE, also where the kind does not hold it: of attributes of a composite type.
    package let cascades: Bool
    /// From its first byte to the end of its last token; offsets never make two actions different.
    package var range: Range<Int>? { location.range }
    private let location: UncomparedRange

    package init(_ kind: ActionKind, cascades: Bool = false, range: Range<Int>? = nil) {
      self.kind = kind
      self.cascades = cascades
      self.location = UncomparedRange(range: range)
    }
  }

  /// Every subcommand that PostgreSQL 17's grammar makes (`AlterTableType` in `parsenodes.h`).
  package enum ActionKind: Hashable, Sendable {
    // Columns
    case addColumn(ColumnDefinition, ifNotExists: Bool)
    case dropColumn(String, ifExists: Bool, cascade: Bool)
    case setType(column: String, ColumnDefinition, using: Expression?)
    case setDefault(column: String, Expression)
    case dropDefault(column: String)
    case setNotNull(column: String)
    case dropNotNull(column: String)
    case setExpression(column: String, Expression)
    case dropExpression(column: String, ifExists: Bool)
    case addIdentity(column: String, always: Bool, options: [Option])
    case setIdentity(column: String, options: [Option])
    case dropIdentity(column: String, ifExists: Bool)
    /// The column of an index may be given by number. `nil` is `SET STATISTICS DEFAULT`.
    case setStatistics(column: String?, number: Int?, target: Int?)
    case setColumnOptions(column: String, [Option])
    case resetColumnOptions(column: String, [Option])
    case setStorage(column: String, String)
    case setCompression(column: String, String)
    case setColumnForeignOptions(column: String, [Option])

    // Constraints
    case addConstraint(Constraint)
    case alterConstraint(Constraint)
    case validateConstraint(String)
    case dropConstraint(String, ifExists: Bool, cascade: Bool)

    // Triggers, rules, row security
    case setTrigger(TriggerSelection, FiringMode)
    case setRule(String, FiringMode)
    case setRowSecurity(enabled: Bool)
    case setForcedRowSecurity(Bool)

    // Storage
    case clusterOn(index: String)
    case setWithoutCluster
    case setLogged(Bool)
    case setAccessMethod(String?)
    case setTablespace(String)
    case setOptions([Option])
    case resetOptions([Option])
    case setForeignOptions([Option])
    case setReplicaIdentity(ReplicaIdentity)

    // Inheritance, types, partitions
    case inherit(RelationReference)
    case noInherit(RelationReference)
    case setOfType(TypeName)
    case setNotOfType
    case attachPartition(RelationReference, PartitionBound?)
    case detachPartition(RelationReference, concurrently: Bool)
    case finalizeDetach(RelationReference)

    case changeOwner(RoleReference)
    /// `SET WITHOUT OIDS`, which does nothing since PostgreSQL 12.
    case setWithoutOIDs
    /// A subcommand that is not modelled, by the number PostgreSQL gives it. Nothing is known about what it does.
    case other(subtype: Int)
  }

  package enum TriggerSelection: Hashable, Sendable {
    case named(String)
    case all, user
  }

  package enum FiringMode: Hashable, Sendable { case enabled, always, replica, disabled }

  package enum ReplicaIdentity: Hashable, Sendable {
    case primaryKey, full, nothing
    case index(String)
  }
}

/// A range that never makes two values different, for nodes that are equal wherever they stand.
struct UncomparedRange: Hashable, Sendable {
  let range: Range<Int>?

  static func == (_: Self, _: Self) -> Bool { true }

  func hash(into _: inout Hasher) {}
}
