package enum DataChange: Hashable, Sendable {
  case insert(Insert)
  case update(Update)
  case delete(Delete)
  case merge(Merge)
}

/// `column = value` after SET, or a column of INSERT's list; several columns for `(a, b) = (…)`.
package struct Assignment: Hashable, Sendable {
  package let columns: [String]
  package let value: Expression

  package init(columns: [String], value: Expression) {
    self.columns = columns
    self.value = value
  }
}

package struct Insert: Hashable, Sendable {
  package enum Conflict: Hashable, Sendable {
    case doNothing
    case doUpdate([Assignment], condition: Expression?)
  }

  /// What `ON CONFLICT` names, so that PostgreSQL finds the index.
  package enum ConflictTarget: Hashable, Sendable {
    case constraint(String)
    case index([IndexElement], predicate: Expression?)
  }

  package enum Overriding: Hashable, Sendable { case none, userValue, systemValue }

  package var with: WithClause?
  package let relation: RelationReference
  package let columns: [String]
  /// `nil` for `DEFAULT VALUES`.
  package let query: Query?
  package let conflict: Conflict?
  package let conflictTarget: ConflictTarget?
  package let overriding: Overriding
  package let returning: [Select.Target]

  package init(
    with: WithClause?,
    relation: RelationReference,
    columns: [String],
    query: Query?,
    conflict: Conflict?,
    conflictTarget: ConflictTarget? = nil,
    overriding: Overriding,
    returning: [Select.Target]
  ) {
    self.with = with
    self.relation = relation
    self.columns = columns
    self.query = query
    self.conflict = conflict
    self.conflictTarget = conflictTarget
    self.overriding = overriding
    self.returning = returning
  }
}

package struct Update: Hashable, Sendable {
  package var with: WithClause?
  package let relation: RelationReference
  package let assignments: [Assignment]
  package let from: [FromItem]
  package let condition: Expression?
  package let returning: [Select.Target]

  package init(
    with: WithClause?,
    relation: RelationReference,
    assignments: [Assignment],
    from: [FromItem],
    condition: Expression?,
    returning: [Select.Target]
  ) {
    self.with = with
    self.relation = relation
    self.assignments = assignments
    self.from = from
    self.condition = condition
    self.returning = returning
  }
}

package struct Delete: Hashable, Sendable {
  package var with: WithClause?
  package let relation: RelationReference
  package let using: [FromItem]
  package let condition: Expression?
  package let returning: [Select.Target]

  package init(
    with: WithClause?,
    relation: RelationReference,
    using: [FromItem],
    condition: Expression?,
    returning: [Select.Target]
  ) {
    self.with = with
    self.relation = relation
    self.using = using
    self.condition = condition
    self.returning = returning
  }
}

package struct Merge: Hashable, Sendable {
  package enum Action: Hashable, Sendable { case insert, update, delete, doNothing }

  package var with: WithClause?
  package let relation: RelationReference
  package let source: FromItem
  package let condition: Expression
  package let actions: [Action]

  package init(
    with: WithClause?,
    relation: RelationReference,
    source: FromItem,
    condition: Expression,
    actions: [Action]
  ) {
    self.with = with
    self.relation = relation
    self.source = source
    self.condition = condition
    self.actions = actions
  }
}
