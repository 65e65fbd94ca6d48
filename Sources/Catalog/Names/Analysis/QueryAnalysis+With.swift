import Syntax

extension QueryAnalysis {
  /// Puts the tables of a WITH clause in reach of the query.
  mutating func define(_ clause: WithClause?) throws(SQLError) {
    guard let clause else { return }
    var names: Set<String> = []
    for table in clause.queries where !names.insert(table.name).inserted {
      throw SQLError(.duplicateAlias, "WITH query name \"\(table.name)\" specified more than once")
    }
    // What a recursive query refers to before it is looked at has columns that nobody knows yet.
    if clause.isRecursive { for name in names { levels[current].commonTables[name] = .unknown } }
    for table in clause.queries {
      levels[current].commonTables[table.name] = try columns(of: table, isRecursive: clause.isRecursive)
    }
  }

  private mutating func columns(
    of table: WithClause.CommonTableExpression,
    isRecursive: Bool
  ) throws(SQLError) -> ResultColumns {
    var columns: ResultColumns
    if isRecursive, case .setOperation = table.query {
      let level = current
      columns = try results(of: table.query) { (analysis, first) throws(SQLError) in
        let named = try first.renamed(table.columns, of: "WITH query \"\(table.name)\"")
        analysis.levels[level].commonTables[table.name] = table.searchesOrDetectsCycles ? .unknown : named.withoutTypes
      }
    } else {
      columns = try results(of: table.query)
    }
    columns = try columns.asResults.renamed(table.columns, of: "WITH query \"\(table.name)\"")
    if table.searchesOrDetectsCycles { columns.isComplete = false }
    return columns
  }
}
