import Syntax

extension QueryAnalysis {
  /// What GROUP BY groups by; `nil` where not all of it is known.
  struct Groups {
    var columns: Set<Source> = []
    var isKnown = true
  }

  /// Looks at GROUP BY.
  mutating func groups(of select: Select, outputs: ResultColumns) throws(SQLError) -> Groups {
    var groups = Groups()
    var remaining = select.groupBy
    while let expression = remaining.popLast() {
      if case .special(let node, let content) = expression, Self.groupingSets.contains(node) {
        remaining += content
        continue
      }
      if case .row(let items) = expression {
        remaining += items
        continue
      }
      if try isOutput(expression, outputs, in: .groupBy) {
        guard let meant = select.target(of: expression, outputs) else {
          groups.isKnown = false
          continue
        }
        note(meant, in: &groups)
      } else {
        try inside(.groupBy) { analysis throws(SQLError) in _ = try analysis.type(of: expression) }
        note(expression, in: &groups)
      }
    }
    return groups
  }

  private static let groupingSets: Set<String> = [
    "ROLLUP", "CUBE", "GROUPING SETS", "EMPTY GROUPING SET", "GroupingSet",
  ]

  /// An expression also groups by the columns in it, as far as this tells: results may repeat the expression.
  private mutating func note(_ expression: Expression, in groups: inout Groups) {
    var references: [ColumnReference] = []
    var hasQueries = false
    expression.walk {
      if case .column(let reference) = $0 { references.append(reference) }
      if $0.heldQuery != nil { hasQueries = true }
    }
    if hasQueries { groups.isKnown = false }
    for reference in references {
      switch meaning(of: reference) {
      case .column(let column, let level) where level == current:
        if let source = column.source { groups.columns.insert(source) } else { groups.isKnown = false }
      case .column: break
      default: groups.isKnown = false
      }
    }
  }

  /// Every column of the query stands in GROUP BY or inside an aggregate, or follows from a key that does.
  ///
  /// Source: `check_ungrouped_columns` in `parse_agg.c`.
  mutating func checkGrouping(of select: Select, groups: Groups, order: [Expression]) throws(SQLError) {
    guard !select.groupBy.isEmpty || select.having != nil || levels[current].hasAggregates, groups.isKnown else {
      return
    }
    var determined: Set<Int> = []
    for entry in levels[current].entries where followsFromKey(entry, groups) { determined.insert(entry.number) }
    for expression in select.targets.map(\.expression) + [select.having].compactMap(\.self) + order {
      if case .column(let star) = expression, star.isStar {
        try checkGrouping(ofStar: star, groups, determined)
      } else {
        try checkGrouping(of: expression, groups, determined)
      }
    }
  }

  /// Whether the primary key of an entry's table stands in GROUP BY.
  private func followsFromKey(_ entry: Entry, _ groups: Groups) -> Bool {
    guard let relation = entry.relation, let key = catalog.tables[relation]?.primaryKey,
      !key.definition.isDeferrable
    else { return false }
    return key.columns.allSatisfy { groups.columns.contains(Source(entry: entry.number, column: $0)) }
  }

  private mutating func checkGrouping(
    of expression: Expression,
    _ groups: Groups,
    _ determined: Set<Int>
  ) throws(SQLError) {
    if isExhausted(by: 1) { return }
    switch expression {
    case .column(let reference):
      guard case .column(let column, let level) = meaning(of: reference), level == current else { return }
      try requireGrouped(column, groups, determined)
    case .call(let call):
      if call.window == nil, database.kind(of: call) != .plain { return }
      for operand in expression.operands { try checkGrouping(of: operand, groups, determined) }
    // The values of these are gathered, or tell of groups.
    case .special, .subquery: return
    default: for operand in expression.operands { try checkGrouping(of: operand, groups, determined) }
    }
  }

  private mutating func checkGrouping(
    ofStar star: ColumnReference,
    _ groups: Groups,
    _ determined: Set<Int>
  ) throws(SQLError) {
    for entry in levels[current].entries where entry.showsColumns || star.parts.count > 1 {
      guard star.parts.count == 1 || entry.name == star.qualifier, entry.contents.isComplete else { continue }
      for column in entry.contents.columns { try requireGrouped(column, groups, determined) }
    }
  }

  private func requireGrouped(
    _ column: ResultColumn,
    _ groups: Groups,
    _ determined: Set<Int>
  ) throws(SQLError) {
    guard let source = column.source, !groups.columns.contains(source), !determined.contains(source.entry) else {
      return
    }
    let owner = levels[current].entries.first { $0.number == source.entry }
    let table = owner?.name.map { "\($0)." } ?? ""
    throw SQLError(
      .groupingError,
      "column \"\(table)\(source.column)\" must appear in the GROUP BY clause or be used in an aggregate function",
      about: SQLError.Object(.column, QualifiedName(source.column), of: owner?.relation)
    )
  }
}

extension Select {
  /// The result that a name or a number means; `nil` where stars hide which it is.
  fileprivate func target(of expression: Expression, _ outputs: QueryAnalysis.ResultColumns) -> Expression? {
    let hasStars = targets.contains { $0.expression.standsForSeveral }
    switch expression {
    case .constant(.integer(let number)):
      return !hasStars && targets.indices.contains(number - 1) ? targets[number - 1].expression : nil
    case .column(let reference):
      let meant = targets.filter { ($0.name ?? $0.expression.title) == reference.name }
      return meant.first?.expression
    default: return nil
    }
  }
}
