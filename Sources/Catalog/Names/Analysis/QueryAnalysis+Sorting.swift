import Syntax

extension QueryAnalysis {
  /// Looks at ORDER BY, and gives the expressions that are no output columns. `select` is `nil` for set operations and
  /// VALUES, whose rows can only be sorted by their columns.
  mutating func order(
    _ items: [SortItem],
    outputs: ResultColumns,
    _ select: Select?
  ) throws(SQLError) -> [Expression] {
    var others: [Expression] = []
    for item in items where try !isOutput(item.expression, outputs, in: .orderBy) {
      if select == nil, case .column(let reference) = item.expression {
        if outputs.isComplete, reference.parts.count == 1 {
          throw SQLError(.undefinedColumn, "column \"\(reference.name ?? "*")\" does not exist")
        }
        continue
      }
      guard let select else { continue }
      try inside(.orderBy) { analysis throws(SQLError) in _ = try analysis.type(of: item.expression) }
      if case .all = select.distinct, outputs.isComplete, !select.lists(item.expression) {
        throw SQLError(
          .invalidColumnReference,
          "for SELECT DISTINCT, ORDER BY expressions must appear in select list"
        )
      }
      others.append(item.expression)
    }
    return others
  }

  /// Whether an expression of ORDER BY, GROUP BY or DISTINCT ON is the name or the number of an output column.
  ///
  /// Source: `findTargetlistEntrySQL92` in `parse_clause.c`.
  mutating func isOutput(
    _ expression: Expression,
    _ outputs: ResultColumns,
    in clause: Clause
  ) throws(SQLError) -> Bool {
    switch expression {
    case .column(let reference):
      guard reference.parts.count == 1, let name = reference.name else { return false }
      if clause == .groupBy, isColumnHere(reference) { return false }
      if isExhausted(by: outputs.columns.count) { return true }
      let found = outputs.columns.filter { $0.name == name }
      if found.count > 1 {
        // The same column twice is one.
        let sources = Set(found.map(\.source))
        if outputs.isComplete, sources.count > 1, !sources.contains(nil) {
          throw SQLError(.ambiguousColumn, "\(clause.rawValue) \"\(name)\" is ambiguous")
        }
      }
      return !found.isEmpty
    case .constant(.integer(let number)):
      if outputs.isComplete, !outputs.columns.indices.contains(number - 1) {
        throw SQLError(
          .invalidColumnReference,
          "\(clause.rawValue) position \(number) is not in select list"
        )
      }
      return true
    case .constant(.string), .constant(.number), .constant(.bitString):
      throw SQLError(.syntaxError, "non-integer constant in \(clause.rawValue)")
    default: return false
    }
  }

  /// Whether the query's own FROM has the column, or may have it.
  private mutating func isColumnHere(_ reference: ColumnReference) -> Bool {
    guard let name = reference.name, !isExhausted(by: levels[current].entries.count) else { return true }
    return levels[current].entries.contains { entry in
      guard entry.showsColumns else { return false }
      if case .none = entry.match(name) { return !entry.contents.isComplete }
      return true
    }
  }
}

extension Select {
  /// Whether the expression is one of the results, or may be.
  fileprivate func lists(_ expression: Expression) -> Bool {
    guard case .column(let reference) = expression, let name = reference.name else { return true }
    return targets.contains { target in
      switch target.expression {
      case .column(let other): other.isStar || other.name == name
      default: target.expression.hasUntoldTitle || target.expression.standsForFields
      }
    }
  }

  /// Why FOR UPDATE and its kin have no rows to lock; `nil` where they have.
  ///
  /// Source: `CheckSelectLocking` in `analyze.c`.
  func whyItCannotBeLocked(hasAggregates: Bool) -> String? {
    if distinct != .none { return "DISTINCT clause" }
    if !groupBy.isEmpty { return "GROUP BY clause" }
    if having != nil { return "HAVING clause" }
    if hasAggregates { return "aggregate functions" }
    let hasWindows = targets.contains { target in
      if case .call(let call) = target.expression { call.window != nil } else { false }
    }
    return hasWindows ? "window functions" : nil
  }
}

extension LockingClause.Strength {
  var sql: String {
    switch self {
    case .keyShare: "FOR KEY SHARE"
    case .share: "FOR SHARE"
    case .noKeyUpdate: "FOR NO KEY UPDATE"
    case .update: "FOR UPDATE"
    }
  }
}

extension SetOperation.Operator {
  var word: String {
    switch self {
    case .union: "UNION"
    case .intersect: "INTERSECT"
    case .except: "EXCEPT"
    }
  }
}
