import Catalog
import Syntax

/// What one statement does to one relation.
package struct Effect: Hashable, Sendable {
  /// The relation, always with its schema.
  package var relation: QualifiedName
  package var kind: RelationKind
  /// The strongest lock that the statement takes on it.
  package var lock: LockMode
  package var work: [WorkItem]
  /// Whether the relation was there before the migration that the statement is part of.
  package var existed: Bool
  /// Whether the history never made the relation: it is taken to exist and to be large.
  package var isAssumed: Bool
  /// How large the relation is, as the project says; of an index, its table.
  package var size: TableSizes.Size

  package init(
    relation: QualifiedName,
    kind: RelationKind,
    lock: LockMode,
    work: [WorkItem] = [],
    existed: Bool,
    isAssumed: Bool,
    size: TableSizes.Size = .unknown
  ) {
    self.relation = relation
    self.kind = kind
    self.lock = lock
    self.work = work
    self.existed = existed
    self.isAssumed = isAssumed
    self.size = size
  }

  /// Whether other sessions use it: not a relation that this migration made.
  package var isVisibleToOthers: Bool { existed }

  /// Whether others notice that they wait for it: what is done to a small relation is over before.
  package var isWaitedFor: Bool { existed && size != .small }
}

/// Work whose length grows with the relation's rows.
package enum Work: String, CaseIterable, Hashable, Sendable {
  case rewrite
  case scan
  case indexBuild = "index-build"
  case foreignKeyValidation = "fk-validation"
}

/// One piece of work, and why PostgreSQL does it.
package struct WorkItem: Hashable, Sendable {
  package let work: Work
  package let cause: WorkCause
  /// The position in ``AlterTable/actions`` of the action that asks for it; `nil` for other commands.
  package let action: Int?

  package init(_ work: Work, because cause: WorkCause, action: Int? = nil) {
    self.work = work
    self.cause = cause
    self.action = action
  }
}

/// Why a relation's rows are read or written.
package enum WorkCause: Hashable, Sendable {
  /// ADD COLUMN with a default that differs from row to row; `isCertain` is false for a function nobody knows.
  case volatileDefault(column: String, function: String, isCertain: Bool)
  /// ADD COLUMN with identity, or of a serial type.
  case sequenceDefault(column: String)
  case storedGeneratedColumn(column: String)
  case constrainedDomain(column: String, domain: QualifiedName)
  /// `from` is `nil` where the history does not know the column.
  case typeChange(column: String, from: TypeName?, to: TypeName)
  case notNull(column: String)
  /// `column` is set for a constraint written with a new column, here and in the next three.
  case check(constraint: String?, column: String?)
  case foreignKey(constraint: String?, column: String? = nil, referenced: QualifiedName)
  case unique(constraint: String?, column: String?)
  case primaryKey(constraint: String?, column: String?)
  case exclusion(constraint: String?)
  case index(name: String?, isConcurrent: Bool)
  case validation(constraint: String)
  case partitionBound(partition: QualifiedName)
  case defaultPartition(of: QualifiedName)
  case domainConstraint(domain: QualifiedName)
  /// SET LOGGED, SET TABLESPACE, SET ACCESS METHOD, VACUUM FULL, CLUSTER: the command's words.
  case storage(String)
  case reindex(isConcurrent: Bool)
  /// `isFirst` where the view has no rows yet, so that nobody can read it.
  case refresh(isConcurrent: Bool, isFirst: Bool)
  case dataChange
  /// A row is deleted or its key changes, and a foreign key looks for rows that point to it; no index leads with its
  /// columns.
  case referencingRows(constraint: String)
  /// A partition is detached, and a foreign key looks for rows that point into it.
  case rowsPointingInto(partition: QualifiedName, constraint: String)
}

/// Data that a statement takes away for good.
package enum DataLoss: Hashable, Sendable {
  case table(QualifiedName)
  case column(String, of: QualifiedName)
  /// TRUNCATE, or DELETE; `isBounded` where a condition picks the rows.
  case rows(of: QualifiedName, isBounded: Bool)
  /// A type change that may cut or refuse values.
  case narrowing(column: String, of: QualifiedName)
  /// A sequence's value, and all that a schema, a database, a role or, with CASCADE, an extension has.
  case object(ObjectKind, name: String)
}

/// What stops working in code that runs while the migration is deployed.
package enum Breakage: Hashable, Sendable {
  case relationGone(QualifiedName)
  case relationRenamed(QualifiedName, to: QualifiedName)
  case columnGone(String, of: QualifiedName)
  case columnRenamed(String, of: QualifiedName, to: String)
  /// Code that does not name the column can no longer insert.
  case insertFails(column: String, of: QualifiedName)
  case columnTypeChanged(String, of: QualifiedName)
  /// A check, a foreign key or an exclusion.
  case constraintGone(String, of: QualifiedName)
  case primaryKeyGone(of: QualifiedName)
  /// No index of the table keeps the same apart any more, so that ON CONFLICT with it is refused.
  case uniquenessLost(UniqueKey, index: String, of: QualifiedName)
  case objectGone(ObjectKind, name: String)
  case objectRenamed(ObjectKind, name: String, to: String)
  /// A trigger, a policy or a rule of a relation, or an attribute of a composite type.
  case partGone(ObjectKind, String, of: QualifiedName)
  /// An attribute of a composite type.
  case attributeRenamed(String, of: QualifiedName, to: String)
  case enumValueRenamed(String, of: QualifiedName, to: String)
  /// CASCADE takes a default, a constraint or an index along, of a relation that stays.
  case dependentGone(ObjectAddress)
  /// A role can no longer do what it was given.
  case privilegesGone(GivenPrivileges.Place)
}

/// All that one statement does.
package struct StatementEffects: Hashable, Sendable {
  /// One entry a relation, in the order the relations are first touched.
  package var relations: [Effect]
  package var losses: [DataLoss]
  package var breaks: [Breakage]
  /// What of the statement is not modelled, in words; unknown is never called safe.
  package var unknowns: [String]
  /// What it asks of rows, where that is known: code that it runs may ask for more.
  package var rowConditions: [RowCondition]

  package init(
    relations: [Effect] = [],
    losses: [DataLoss] = [],
    breaks: [Breakage] = [],
    unknowns: [String] = [],
    rowConditions: [RowCondition] = []
  ) {
    self.relations = relations
    self.losses = losses
    self.breaks = breaks
    self.unknowns = unknowns
    self.rowConditions = rowConditions
  }

  /// The effects on what other sessions use.
  package var ofUsedRelations: [Effect] { relations.filter(\.isVisibleToOthers) }

  /// The effects that other sessions notice.
  package var visibleToOthers: [Effect] { relations.filter(\.isWaitedFor) }
}
