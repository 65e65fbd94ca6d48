import Syntax

extension Query {
  /// Whether it, or a query inside it, groups rows of a table by all columns of its primary key and takes other columns of
  /// the table along, which PostgreSQL allows only as long as the key is there.
  ///
  /// Source: `check_ungrouped_columns_walker` in `parse_agg.c`.
  func takesColumnsAlong(of table: QualifiedName, groupedBy key: [String]) -> Bool {
    var found = false
    walkQueries { query in
      guard case .select(let select) = query, !select.groupBy.isEmpty else { return }
      for source in select.from.flatMap(\.relations) where source.name.inPublic == table {
        let alias = source.alias ?? source.name.name
        if select.takesColumnsAlong(of: alias, groupedBy: key) { found = true }
      }
    }
    return found
  }
}

extension Select {
  fileprivate func takesColumnsAlong(of alias: String, groupedBy key: [String]) -> Bool {
    let groups = groupBy.map(grouped)
    let columns = groups.compactMap { $0.column(of: alias) }
    guard Set(columns).isSuperset(of: key) else { return false }
    let results = targets.map(\.expression) + [having].compactMap(\.self) + tail.order.map(\.expression)
    return results.contains { $0.readsColumn(of: alias, besides: columns, groups) }
  }

  /// GROUP BY can name a result by its position or its name.
  private func grouped(_ expression: Expression) -> Expression {
    switch expression {
    case .constant(.integer(let position)) where (1...max(1, targets.count)).contains(position) && !targets.isEmpty:
      targets[position - 1].expression
    case .column(let column) where column.parts.count == 1:
      targets.first { $0.name == column.name }?.expression ?? expression
    default: expression
    }
  }
}

extension Expression {
  /// The name of the column, if it is one of the source.
  fileprivate func column(of alias: String) -> String? {
    guard case .column(let column) = self, column.parts.count > 1, column.parts.dropLast().last == alias else {
      return nil
    }
    return column.name
  }

  private var isAggregate: Bool {
    guard case .call(let call) = self, call.window == nil else { return false }
    return call.isWithinGroup || BuiltInAggregates.names.contains(Substring(call.name.name))
  }

  fileprivate func readsColumn(of alias: String, besides columns: [String], _ groups: [Expression]) -> Bool {
    if isAggregate || groups.contains(self) { return false }
    if let name = column(of: alias) { return !columns.contains(name) }
    if operands.contains(where: { $0.readsColumn(of: alias, besides: columns, groups) }) { return true }
    return heldQuery?.contains { $0.column(of: alias).map { !columns.contains($0) } ?? false } ?? false
  }
}
