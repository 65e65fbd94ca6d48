/// Makes queries and expressions anew, with each part given to a change.
///
/// Expressions are visited from the leaves to the root. A name that WITH defines is no relation and is left alone.
package struct Rewriter {
  /// A relation of a FROM clause, or of an enclosing query's.
  package struct Source: Hashable, Sendable {
    /// The alias, or the relation's own name.
    package let alias: String
    /// `nil` for a subquery, a function, or a table of WITH.
    package let relation: RelationReference?
    /// How many queries are between; 0 for the query's own.
    package var distance: Int
  }

  /// The sources that an expression can name, its own query's first.
  package typealias Scope = [Source]

  package var relation: (RelationReference) -> RelationReference
  package var expression: (Expression, Scope) -> Expression
  /// Gives a query's targets with the query's own sources in scope, before their expressions change.
  package var targets: ([Select.Target], Select) -> [Select.Target]
  /// Gives an item of ORDER BY whose expression has changed.
  package var sortItem: (SortItem) -> SortItem

  package init(
    relation: @escaping (RelationReference) -> RelationReference = { $0 },
    expression: @escaping (Expression, Scope) -> Expression = { expression, _ in expression },
    targets: @escaping ([Select.Target], Select) -> [Select.Target] = { targets, _ in targets },
    sortItem: @escaping (SortItem) -> SortItem = { $0 }
  ) {
    self.relation = relation
    self.expression = expression
    self.targets = targets
    self.sortItem = sortItem
  }

  // MARK: - Expressions

  package func rewrite(_ expression: Expression, in scope: Scope = [], hiding hidden: Set<String> = []) -> Expression {
    expression.mapping { part in
      switch part {
      case .subquery(let subquery):
        let test = subquery.test.map { rewrite($0, in: scope, hiding: hidden) }
        let query = rewrite(subquery.query, in: scope.deeper, hiding: hidden)
        return self.expression(
          .subquery(
            Subquery(
              form: subquery.form,
              test: test,
              comparison: subquery.comparison,
              query: query,
              offset: subquery.offset
            )
          ),
          scope
        )
      default: return self.expression(part, scope)
      }
    }
  }

  private func rewrite(_ expressions: [Expression], _ scope: Scope, _ hidden: Set<String>) -> [Expression] {
    expressions.map { rewrite($0, in: scope, hiding: hidden) }
  }

  private func rewrite(_ targets: [Select.Target], _ scope: Scope, _ hidden: Set<String>) -> [Select.Target] {
    targets.map { Select.Target(name: $0.name, expression: rewrite($0.expression, in: scope, hiding: hidden)) }
  }

  private func rewrite(_ items: [SortItem], _ scope: Scope, _ hidden: Set<String>) -> [SortItem] {
    items.map {
      sortItem(
        SortItem(
          expression: rewrite($0.expression, in: scope, hiding: hidden),
          direction: $0.direction,
          nulls: $0.nulls,
          comparison: $0.comparison
        )
      )
    }
  }

  // MARK: - Queries

  package func rewrite(_ query: Query, in outer: Scope = [], hiding hidden: Set<String> = []) -> Query {
    switch query {
    case .select(let select): return .select(rewrite(select, in: outer, hiding: hidden))
    case .values(var values):
      let (with, hidden) = rewrite(values.with, outer, hidden)
      values.with = with
      values.rows = values.rows.map { rewrite($0, outer, hidden) }
      values.tail = rewrite(values.tail, outputs: [], outer, hidden)
      return .values(values)
    case .setOperation(var operation):
      let (with, hidden) = rewrite(operation.with, outer, hidden)
      operation.with = with
      operation.left = rewrite(operation.left, in: outer, hiding: hidden)
      operation.right = rewrite(operation.right, in: outer, hiding: hidden)
      // ORDER BY can only name output columns here.
      operation.tail.order = operation.tail.order.map(sortItem)
      return .setOperation(operation)
    case .dataChange(let change): return .dataChange(rewrite(change, in: outer, hiding: hidden))
    }
  }

  private func rewrite(_ original: Select, in outer: Scope, hiding hidden: Set<String>) -> Select {
    var select = original
    let (with, hidden) = rewrite(select.with, outer, hidden)
    select.with = with
    let scope = select.from.flatMap { $0.sources(hiding: hidden) } + outer
    let outputs = Set(select.targets.compactMap(\.name))
    select.targets = rewrite(targets(select.targets, select), scope, hidden)
    select.from = select.from.map { rewrite($0, scope, hidden) }
    select.condition = select.condition.map { rewrite($0, in: scope, hiding: hidden) }
    select.groupBy = select.groupBy.map { $0.isName(of: outputs) ? $0 : rewrite($0, in: scope, hiding: hidden) }
    select.having = select.having.map { rewrite($0, in: scope, hiding: hidden) }
    select.windows = select.windows.map { rewrite($0, scope, hidden) }
    if case .on(let expressions) = select.distinct {
      select.distinct = .on(expressions.map { $0.isName(of: outputs) ? $0 : rewrite($0, in: scope, hiding: hidden) })
    }
    select.tail = rewrite(select.tail, outputs: outputs, scope, hidden)
    return select
  }

  private func rewrite(_ clause: WithClause?, _ outer: Scope, _ hidden: Set<String>) -> (WithClause?, Set<String>) {
    guard let clause else { return (nil, hidden) }
    var hidden = hidden
    if clause.isRecursive { hidden.formUnion(clause.queries.map(\.name)) }
    var queries: [WithClause.CommonTableExpression] = []
    for table in clause.queries {
      queries.append(
        WithClause.CommonTableExpression(
          name: table.name,
          columns: table.columns,
          isMaterialized: table.isMaterialized,
          query: rewrite(table.query, in: outer.deeper, hiding: hidden),
          searchesOrDetectsCycles: table.searchesOrDetectsCycles
        )
      )
      hidden.insert(table.name)
    }
    return (WithClause(isRecursive: clause.isRecursive, queries: queries), hidden)
  }

  private func rewrite(_ window: WindowDefinition, _ scope: Scope, _ hidden: Set<String>) -> WindowDefinition {
    WindowDefinition(
      name: window.name,
      base: window.base,
      partitions: rewrite(window.partitions, scope, hidden),
      order: rewrite(window.order, scope, hidden),
      frame: window.frame
    )
  }

  /// A bare name in ORDER BY is an output column where there is one.
  private func rewrite(
    _ original: QueryTail,
    outputs: Set<String>,
    _ scope: Scope,
    _ hidden: Set<String>
  ) -> QueryTail {
    var tail = original
    tail.order = tail.order.map { $0.expression.isName(of: outputs) ? sortItem($0) : rewrite([$0], scope, hidden)[0] }
    tail.limit = tail.limit.map { rewrite($0, in: scope, hiding: hidden) }
    tail.offset = tail.offset.map { rewrite($0, in: scope, hiding: hidden) }
    return tail
  }

  // MARK: - FROM

  private func rewrite(_ item: FromItem, _ scope: Scope, _ hidden: Set<String>) -> FromItem {
    switch item {
    case .relation(let reference): .relation(rewrite(reference, hidden))
    case .subquery(let query, let alias, let isLateral):
      .subquery(
        rewrite(query, in: isLateral ? scope.deeper : scope.filter { $0.distance > 0 }.deeper, hiding: hidden),
        alias: alias,
        isLateral: isLateral
      )
    case .function(let item):
      .function(
        FunctionItem(
          calls: rewrite(item.calls, scope, hidden),
          alias: item.alias,
          definitions: item.definitions,
          isLateral: item.isLateral,
          hasOrdinality: item.hasOrdinality,
          isRowsFrom: item.isRowsFrom
        )
      )
    case .join(let join):
      .join(
        Join(
          form: join.form,
          left: rewrite(join.left, scope, hidden),
          right: rewrite(join.right, scope, hidden),
          condition: join.condition.map { rewrite($0, in: scope, hiding: hidden) },
          isNatural: join.isNatural,
          columns: join.columns,
          columnsAlias: join.columnsAlias,
          alias: join.alias
        )
      )
    case .sample(let item, let method): .sample(rewrite(item, scope, hidden), method)
    case .tableExpression(let expression, let alias):
      .tableExpression(rewrite(expression, in: scope, hiding: hidden), alias: alias)
    case .other: item
    }
  }

  private func rewrite(_ reference: RelationReference, _ hidden: Set<String>) -> RelationReference {
    reference.isDefined(by: hidden) ? reference : relation(reference)
  }

  // MARK: - Data changes

  private func rewrite(_ change: DataChange, in outer: Scope, hiding hidden: Set<String>) -> DataChange {
    switch change {
    case .insert(let insert):
      let (with, hidden) = rewrite(insert.with, outer, hidden)
      let scope = [Source(insert.relation)] + outer
      return .insert(
        Insert(
          with: with,
          relation: relation(insert.relation),
          columns: insert.columns,
          setsParts: insert.setsParts,
          query: insert.query.map { rewrite($0, in: outer, hiding: hidden) },
          conflict: insert.conflict,
          conflictTarget: insert.conflictTarget,
          overriding: insert.overriding,
          returning: rewrite(insert.returning, scope, hidden)
        )
      )
    case .update(let update):
      let (with, hidden) = rewrite(update.with, outer, hidden)
      let scope = [Source(update.relation)] + update.from.flatMap { $0.sources(hiding: hidden) } + outer
      return .update(
        Update(
          with: with,
          relation: relation(update.relation),
          assignments: update.assignments.map {
            Assignment(
              columns: $0.columns,
              value: rewrite($0.value, in: scope, hiding: hidden),
              setsParts: $0.setsParts
            )
          },
          from: update.from.map { rewrite($0, scope, hidden) },
          condition: update.condition.map { rewrite($0, in: scope, hiding: hidden) },
          returning: rewrite(update.returning, scope, hidden)
        )
      )
    case .delete(let delete):
      let (with, hidden) = rewrite(delete.with, outer, hidden)
      let scope = [Source(delete.relation)] + delete.using.flatMap { $0.sources(hiding: hidden) } + outer
      return .delete(
        Delete(
          with: with,
          relation: relation(delete.relation),
          using: delete.using.map { rewrite($0, scope, hidden) },
          condition: delete.condition.map { rewrite($0, in: scope, hiding: hidden) },
          returning: rewrite(delete.returning, scope, hidden)
        )
      )
    case .merge: return change
    }
  }
}

extension Rewriter.Source {
  package init(_ relation: RelationReference) {
    self.init(alias: relation.alias ?? relation.name.name, relation: relation, distance: 0)
  }
}

extension Rewriter.Scope {
  /// As a query inside sees it.
  fileprivate var deeper: Self {
    map { source in
      var source = source
      source.distance += 1
      return source
    }
  }
}

extension RelationReference {
  fileprivate func isDefined(by names: Set<String>) -> Bool { name.schema == nil && names.contains(name.name) }
}

extension Expression {
  /// Whether it is nothing but one of the names.
  fileprivate func isName(of names: Set<String>) -> Bool {
    guard case .column(let column) = self, column.parts.count == 1, let name = column.name else { return false }
    return names.contains(name)
  }
}

extension FromItem {
  /// What expressions of the query can name.
  fileprivate func sources(hiding hidden: Set<String>) -> Rewriter.Scope {
    switch self {
    case .relation(let relation):
      return [
        relation.isDefined(by: hidden)
          ? Rewriter.Source(alias: relation.alias ?? relation.name.name, relation: nil, distance: 0)
          : Rewriter.Source(relation)
      ]
    case .subquery(_, let alias, _), .tableExpression(_, let alias): return source(alias?.name)
    case .function(let item): return source(item.alias?.name ?? item.calls.first?.calledName)
    case .join(let join):
      return join.left.sources(hiding: hidden) + join.right.sources(hiding: hidden)
        + (join.alias.map { source($0.name) } ?? [])
    case .sample(let item, _): return item.sources(hiding: hidden)
    case .other: return []
    }
  }

  private func source(_ alias: String?) -> Rewriter.Scope {
    [Rewriter.Source(alias: alias ?? "", relation: nil, distance: 0)]
  }
}

extension Expression {
  fileprivate var calledName: String? { if case .call(let call) = self { call.name.name } else { nil } }
}
