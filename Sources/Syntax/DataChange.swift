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
  /// Whether it sets parts of columns, such as an element or a field.
  package let setsParts: Bool

  package init(columns: [String], value: Expression, setsParts: Bool = false) {
    self.columns = columns
    self.value = value
    self.setsParts = setsParts
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
  /// Whether its list names parts of columns, such as elements or fields.
  package let setsParts: Bool
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
    setsParts: Bool = false,
    query: Query?,
    conflict: Conflict?,
    conflictTarget: ConflictTarget? = nil,
    overriding: Overriding,
    returning: [Select.Target]
  ) {
    self.with = with
    self.relation = relation
    self.columns = columns
    self.setsParts = setsParts
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
  package enum Action: Hashable, Sendable {
    /// `nil` for `DEFAULT VALUES`.
    case insert(columns: [String], values: [Expression]?, setsParts: Bool, overriding: Insert.Overriding)
    case update([Assignment])
    case delete, doNothing
  }

  package enum Match: Hashable, Sendable { case matched, notMatchedBySource, notMatchedByTarget }

  /// `WHEN … THEN …`
  package struct Clause: Hashable, Sendable {
    package let match: Match
    package let condition: Expression?
    package let action: Action

    package init(match: Match, condition: Expression?, action: Action) {
      self.match = match
      self.condition = condition
      self.action = action
    }
  }

  package var with: WithClause?
  package let relation: RelationReference
  package let source: FromItem
  package let condition: Expression
  package let clauses: [Clause]
  package let returning: [Select.Target]

  package init(
    with: WithClause?,
    relation: RelationReference,
    source: FromItem,
    condition: Expression,
    clauses: [Clause],
    returning: [Select.Target] = []
  ) {
    self.with = with
    self.relation = relation
    self.source = source
    self.condition = condition
    self.clauses = clauses
    self.returning = returning
  }

  package var deletes: Bool { clauses.contains { $0.action == .delete } }
}

extension Merge.Clause {
  /// What it directly holds.
  var expressions: [Expression] {
    let own: [Expression] =
      switch action {
      case .insert(_, let values, _, _): values ?? []
      case .update(let assignments): assignments.map(\.value)
      case .delete, .doNothing: []
      }
    return [condition].compactMap(\.self) + own
  }
}

extension DataChange {
  /// The list after RETURNING.
  package var returning: [Select.Target] {
    switch self {
    case .insert(let insert): insert.returning
    case .update(let update): update.returning
    case .delete(let delete): delete.returning
    case .merge(let merge): merge.returning
    }
  }
}
