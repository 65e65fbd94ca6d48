/// What an expression directly holds, queries left out.
extension Expression {
  package var operands: [Expression] {
    switch self {
    case .column, .constant, .parameter, .sqlValue, .setToDefault, .currentOf, .other: []
    case .call(let call):
      call.isPlain
        ? call.arguments
        : call.arguments + call.order.map(\.expression) + [call.filter].compactMap(\.self)
          + (call.window?.expressions ?? [])
    case .cast(let operand, _), .not(let operand), .isNull(let operand), .isNotNull(let operand),
      .booleanTest(let operand, _), .collate(let operand, _):
      [operand]
    case .operation(let operation): operation.left.map { [$0, operation.right] } ?? [operation.right]
    case .and(let operands), .or(let operands), .coalesce(let operands), .greatest(let operands),
      .least(let operands), .array(let operands), .row(let operands), .special(_, let operands):
      operands
    case .case(let expression):
      [expression.subject].compactMap(\.self) + expression.branches.flatMap { [$0.condition, $0.result] }
        + [expression.otherwise].compactMap(\.self)
    case .subquery(let subquery): [subquery.test].compactMap(\.self)
    case .indirection(let operand, let steps): [operand] + steps.flatMap(\.operands)
    }
  }

  /// The query that the expression directly holds.
  package var heldQuery: Query? {
    if case .subquery(let subquery) = self { subquery.query } else { nil }
  }

  /// Visits the expression and all that it holds, queries too.
  package func walk(_ visit: (Expression) -> Void) {
    visit(self)
    for operand in operands { operand.walk(visit) }
    heldQuery?.walkExpressions(visit)
  }

  /// Whether the expression or anything in it is such a one.
  package func contains(where matches: (Expression) -> Bool) -> Bool {
    var found = false
    walk { if !found { found = matches($0) } }
    return found
  }

  /// The columns that it reads, in the order of the text, each once.
  package var columnNames: [String] {
    var names: [String] = []
    walk {
      if case .column(let column) = $0, let name = column.name, !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// The same expression after a column got a new name.
  package func renamingColumn(_ old: String, to new: String) -> Expression {
    mapping {
      guard case .column(let column) = $0, column.name == old else { return $0 }
      return .column(ColumnReference(parts: column.parts.dropLast() + [new], offset: column.offset))
    }
  }

  /// The expression with each part replaced, from the leaves to the root; queries stay as they are.
  package func mapping(_ transform: (Expression) -> Expression) -> Expression {
    func each(_ expressions: [Expression]) -> [Expression] { expressions.map { $0.mapping(transform) } }
    func one(_ expression: Expression) -> Expression { expression.mapping(transform) }
    let mapped: Expression =
      switch self {
      case .column, .constant, .parameter, .sqlValue, .setToDefault, .currentOf, .other, .subquery: self
      case .call(let call): .call(call.mapping(one))
      case .cast(let operand, let type): .cast(one(operand), to: type)
      case .not(let operand): .not(one(operand))
      case .isNull(let operand): .isNull(one(operand))
      case .isNotNull(let operand): .isNotNull(one(operand))
      case .booleanTest(let operand, let test): .booleanTest(one(operand), test)
      case .collate(let operand, let collation): .collate(one(operand), collation: collation)
      case .operation(let operation):
        .operation(
          Operation(
            form: operation.form,
            name: operation.name,
            left: operation.left.map(one),
            right: one(operation.right),
            offset: operation.offset
          )
        )
      case .and(let operands): .and(each(operands))
      case .or(let operands): .or(each(operands))
      case .coalesce(let operands): .coalesce(each(operands))
      case .greatest(let operands): .greatest(each(operands))
      case .least(let operands): .least(each(operands))
      case .array(let operands): .array(each(operands))
      case .row(let operands): .row(each(operands))
      case .special(let node, let operands): .special(node: node, each(operands))
      case .case(let expression):
        .case(
          CaseExpression(
            subject: expression.subject.map(one),
            branches: expression.branches.map { .init(condition: one($0.condition), result: one($0.result)) },
            otherwise: expression.otherwise.map(one)
          )
        )
      case .indirection(let operand, let steps): .indirection(one(operand), steps.map { $0.mapping(one) })
      }
    return transform(mapped)
  }
}

extension FunctionCall {
  /// Whether it has nothing but arguments.
  fileprivate var isPlain: Bool { order.isEmpty && filter == nil && window == nil }

  fileprivate func mapping(_ one: (Expression) -> Expression) -> Self {
    Self(
      name: name,
      arguments: arguments.map(one),
      argumentNames: argumentNames,
      isStar: isStar,
      isDistinct: isDistinct,
      isVariadic: isVariadic,
      isWithinGroup: isWithinGroup,
      order: order.map { $0.mapping(one) },
      filter: filter.map(one),
      window: window.map { $0.mapping(one) },
      offset: offset
    )
  }
}

extension SortItem {
  fileprivate func mapping(_ one: (Expression) -> Expression) -> Self {
    Self(expression: one(expression), direction: direction, nulls: nulls, comparison: comparison)
  }
}

extension WindowDefinition {
  fileprivate func mapping(_ one: (Expression) -> Expression) -> Self {
    Self(
      name: name,
      base: base,
      partitions: partitions.map(one),
      order: order.map { $0.mapping(one) },
      frame: frame
    )
  }

  fileprivate var expressions: [Expression] {
    partitions + order.map(\.expression) + [frame?.start, frame?.end].compactMap { $0?.offset }
  }
}

extension WindowFrame.Bound {
  /// How far it is from the present row.
  fileprivate var offset: Expression? {
    switch self {
    case .preceding(let offset), .following(let offset): offset
    case .unboundedPreceding, .unboundedFollowing, .currentRow: nil
    }
  }
}

extension Indirection {
  fileprivate func mapping(_ one: (Expression) -> Expression) -> Self {
    switch self {
    case .field, .star: self
    case .element(let index): .element(one(index))
    case .slice(let from, let to): .slice(from: from.map(one), to: to.map(one))
    }
  }

  fileprivate var operands: [Expression] {
    switch self {
    case .field, .star: []
    case .element(let index): [index]
    case .slice(let from, let to): [from, to].compactMap(\.self)
    }
  }
}

// MARK: - Queries

extension Query {
  /// Visits every expression in the query, those of the queries it holds too.
  package func walkExpressions(_ visit: (Expression) -> Void) {
    forEachExpression { $0.walk(visit) }
    for query in heldQueries { query.walkExpressions(visit) }
  }

  /// Whether an expression in the query, or in those it holds, is such a one.
  package func contains(where matches: (Expression) -> Bool) -> Bool {
    var found = false
    walkExpressions { if !found { found = matches($0) } }
    return found
  }

  /// The query and all that it holds in WITH, FROM and set operations, and in expressions.
  package func walkQueries(_ visit: (Query) -> Void) {
    visit(self)
    for query in heldQueries { query.walkQueries(visit) }
    forEachExpression { $0.walkQueries(visit) }
  }

  /// The relations it reads, queries inside it too; names that WITH defines are left out.
  package var relations: [RelationReference] {
    var found: [RelationReference] = []
    var defined: Set<String> = []
    walkQueries { query in
      for table in query.with?.queries ?? [] { defined.insert(table.name) }
      found += query.fromItems.flatMap(\.relations)
    }
    return found.filter { $0.name.schema != nil || !defined.contains($0.name.name) }
  }

  /// The data changes in its WITH clauses, and in those of the queries it holds.
  package var dataChanges: [DataChange] {
    var found: [DataChange] = []
    walkQueries { if case .dataChange(let change) = $0 { found.append(change) } }
    return found
  }

  package var with: WithClause? {
    switch self {
    case .select(let select): select.with
    case .values(let values): values.with
    case .setOperation(let operation): operation.with
    case .dataChange(let change): change.with
    }
  }

  package var tail: QueryTail? {
    switch self {
    case .select(let select): select.tail
    case .values(let values): values.tail
    case .setOperation(let operation): operation.tail
    case .dataChange: nil
    }
  }

  private var fromItems: [FromItem] {
    switch self {
    case .select(let select): select.from
    case .values, .setOperation: []
    case .dataChange(let change): change.fromItems
    }
  }

  private var heldQueries: [Query] {
    let held: [Query] =
      switch self {
      case .select(let select): select.from.flatMap(\.queries)
      case .values: []
      case .setOperation(let operation): [operation.left, operation.right]
      case .dataChange(let change): change.heldQueries
      }
    return (with?.queries.map(\.query) ?? []) + held
  }

  /// Visits the expressions it directly holds.
  private func forEachExpression(_ visit: (Expression) -> Void) {
    switch self {
    case .select(let select):
      for target in select.targets { visit(target.expression) }
      for item in select.from { item.expressions.forEach(visit) }
      if let condition = select.condition { visit(condition) }
      if let having = select.having { visit(having) }
      select.groupBy.forEach(visit)
      select.distinct.expressions.forEach(visit)
      for window in select.windows { window.expressions.forEach(visit) }
    // There may be thousands.
    case .values(let values): for row in values.rows { row.forEach(visit) }
    case .setOperation: break
    case .dataChange(let change): change.expressions.forEach(visit)
    }
    guard let tail else { return }
    for item in tail.order { visit(item.expression) }
    if let limit = tail.limit { visit(limit) }
    if let offset = tail.offset { visit(offset) }
  }
}

extension Expression {
  /// Visits the queries inside it, and those that they hold.
  fileprivate func walkQueries(_ visit: (Query) -> Void) {
    heldQuery?.walkQueries(visit)
    for operand in operands { operand.walkQueries(visit) }
  }
}

extension Select.Distinct {
  fileprivate var expressions: [Expression] {
    if case .on(let expressions) = self { expressions } else { [] }
  }
}

extension FromItem {
  /// The relations it names itself, not those of queries inside it.
  package var relations: [RelationReference] {
    switch self {
    case .relation(let relation): [relation]
    case .join(let join): join.left.relations + join.right.relations
    case .sample(let item, _): item.relations
    case .subquery, .function, .tableExpression, .other: []
    }
  }

  fileprivate var queries: [Query] {
    switch self {
    case .subquery(let query, _, _): [query]
    case .join(let join): join.left.queries + join.right.queries
    case .sample(let item, _): item.queries
    case .relation, .function, .tableExpression, .other: []
    }
  }

  fileprivate var expressions: [Expression] {
    switch self {
    case .function(let item): item.calls
    case .join(let join): join.left.expressions + join.right.expressions + [join.condition].compactMap(\.self)
    case .sample(let item, let method): item.expressions + method.arguments + [method.seed].compactMap(\.self)
    case .tableExpression(let expression, _): [expression]
    case .relation, .subquery, .other: []
    }
  }
}

extension DataChange {
  /// The table that it changes.
  package var relation: RelationReference {
    switch self {
    case .insert(let insert): insert.relation
    case .update(let update): update.relation
    case .delete(let delete): delete.relation
    case .merge(let merge): merge.relation
    }
  }

  package var with: WithClause? {
    switch self {
    case .insert(let insert): insert.with
    case .update(let update): update.with
    case .delete(let delete): delete.with
    case .merge(let merge): merge.with
    }
  }

  fileprivate var fromItems: [FromItem] {
    switch self {
    case .insert: []
    case .update(let update): update.from
    case .delete(let delete): delete.using
    case .merge(let merge): [merge.source]
    }
  }

  fileprivate var heldQueries: [Query] {
    let read: [Query] = if case .insert(let insert) = self { [insert.query].compactMap(\.self) } else { [] }
    return read + fromItems.flatMap(\.queries)
  }

  fileprivate var expressions: [Expression] {
    let own: [Expression] =
      switch self {
      case .insert(let insert): insert.returning.map(\.expression) + (insert.conflict?.expressions ?? [])
      case .update(let update):
        update.assignments.map(\.value) + [update.condition].compactMap(\.self) + update.returning.map(\.expression)
      case .delete(let delete): [delete.condition].compactMap(\.self) + delete.returning.map(\.expression)
      case .merge(let merge):
        [merge.condition] + merge.clauses.flatMap(\.expressions) + merge.returning.map(\.expression)
      }
    return own + fromItems.flatMap(\.expressions)
  }
}

extension Insert.Conflict {
  fileprivate var expressions: [Expression] {
    switch self {
    case .doNothing: []
    case .doUpdate(let assignments, let condition): assignments.map(\.value) + [condition].compactMap(\.self)
    }
  }
}
