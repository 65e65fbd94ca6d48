extension Deparser {
  package mutating func text(_ query: Query) -> String {
    switch query {
    case .select(let select):
      return text(select.with) + text(select) + text(select.tail)
    case .values(let values):
      let rows = values.rows.map { "(\(list($0)))" }
      return text(values.with) + "VALUES " + rows.joined(separator: ", ") + text(values.tail)
    case .setOperation(let operation):
      let word =
        switch operation.operation {
        case .union: "UNION"
        case .intersect: "INTERSECT"
        case .except: "EXCEPT"
        }
      let all = operation.keepsDuplicates ? " ALL" : ""
      return text(operation.with) + operand(operation.left) + " \(word)\(all) " + operand(operation.right)
        + text(operation.tail)
    case .dataChange(let change):
      return text(change)
    }
  }

  /// A side of UNION: in parentheses where it has parts that would be taken for the whole's.
  private mutating func operand(_ query: Query) -> String {
    let isPlain =
      switch query {
      case .select(let select): select.with == nil && select.tail == QueryTail()
      case .values(let values): values.with == nil && values.tail == QueryTail()
      case .setOperation, .dataChange: false
      }
    return isPlain ? text(query) : "(\(text(query)))"
  }

  private mutating func text(_ clause: WithClause?) -> String {
    guard let clause else { return "" }
    let queries = clause.queries.map { table in
      let materialized = table.isMaterialized.map { $0 ? "MATERIALIZED " : "NOT MATERIALIZED " } ?? ""
      let rest = table.searchesOrDetectsCycles ? " \(fail("SEARCH or CYCLE clause"))" : ""
      let name = table.name.quotedIdentifier + parenthesized(table.columns)
      return "\(name) AS \(materialized)(\(text(table.query)))\(rest)"
    }
    return "WITH \(clause.isRecursive ? "RECURSIVE " : "")\(queries.joined(separator: ", ")) "
  }

  private mutating func text(_ select: Select) -> String {
    var words = ["SELECT"]
    switch select.distinct {
    case .none: break
    case .all: words.append("DISTINCT")
    case .on(let expressions): words.append("DISTINCT ON (\(list(expressions)))")
    }
    if !select.targets.isEmpty { words.append(targets(select.targets)) }
    if let into = select.into { words.append("INTO \(into.name)") }
    if !select.from.isEmpty { words.append("FROM \(list(select.from))") }
    if let condition = select.condition { words.append("WHERE \(text(condition))") }
    if !select.groupBy.isEmpty {
      words.append("GROUP BY \(select.groupsDistinct ? "DISTINCT " : "")\(list(select.groupBy))")
    }
    if let having = select.having { words.append("HAVING \(text(having))") }
    if !select.windows.isEmpty {
      let windows = select.windows.map { "\(($0.name ?? "").quotedIdentifier) AS (\(windowText($0)))" }
      words.append("WINDOW \(windows.joined(separator: ", "))")
    }
    return words.joined(separator: " ")
  }

  private mutating func targets(_ targets: [Select.Target]) -> String {
    targets.map { text($0.expression) + ($0.name.map { " AS \($0.quotedIdentifier)" } ?? "") }.joined(separator: ", ")
  }

  private mutating func text(_ tail: QueryTail) -> String {
    var sql = tail.order.isEmpty ? "" : " ORDER BY \(sortText(tail.order))"
    if let offset = tail.offset { sql += " OFFSET (\(self.text(offset)))" }
    if let limit = tail.limit {
      sql += tail.limitsWithTies ? " FETCH FIRST (\(self.text(limit))) ROWS WITH TIES" : " LIMIT \(self.text(limit))"
    }
    for clause in tail.locking { sql += " " + self.text(clause) }
    return sql
  }

  private func text(_ clause: LockingClause) -> String {
    let strength =
      switch clause.strength {
      case .keyShare: "KEY SHARE"
      case .share: "SHARE"
      case .noKeyUpdate: "NO KEY UPDATE"
      case .update: "UPDATE"
      }
    let relations = clause.relations.map(\.name.description).joined(separator: ", ")
    let wait =
      switch clause.waitPolicy {
      case .block: ""
      case .skipLocked: " SKIP LOCKED"
      case .noWait: " NOWAIT"
      }
    return "FOR \(strength)\(relations.isEmpty ? "" : " OF \(relations)")\(wait)"
  }

  // MARK: - FROM

  private mutating func list(_ items: [FromItem]) -> String { items.map { text($0) }.joined(separator: ", ") }

  private mutating func text(_ item: FromItem) -> String {
    switch item {
    case .relation(let relation): return text(relation)
    case .subquery(let query, let alias, let isLateral):
      return "\(isLateral ? "LATERAL " : "")(\(text(query)))\(text(alias))"
    case .function(let item): return text(item)
    case .join(let join): return text(join)
    case .sample(let item, let method):
      let seed = method.seed.map { " REPEATABLE (\(text($0)))" } ?? ""
      return "\(text(item)) TABLESAMPLE \(method.name)(\(list(method.arguments)))\(seed)"
    case .tableExpression(.special(let node, _), _): return fail(node)
    case .tableExpression(let expression, let alias): return text(expression) + text(alias)
    case .other(let node): return fail(node)
    }
  }

  mutating func text(_ relation: RelationReference) -> String {
    let alias = relation.alias.map { " \($0.quotedIdentifier)" + parenthesized(relation.aliasColumns) } ?? ""
    return (relation.includesDescendants ? "" : "ONLY ") + relation.name.description + alias
  }

  private func text(_ alias: Alias?) -> String {
    alias.map { " AS \($0.name.quotedIdentifier)" + parenthesized($0.columns) } ?? ""
  }

  private mutating func text(_ item: FunctionItem) -> String {
    var sql = item.isLateral ? "LATERAL " : ""
    if item.isRowsFrom {
      let calls = item.calls.enumerated().map { position, call in
        self.text(call) + (item.definitions[position].map { " AS (\(columns($0)))" } ?? "")
      }
      sql += "ROWS FROM (\(calls.joined(separator: ", ")))"
    } else {
      sql += list(item.calls)
    }
    if item.hasOrdinality { sql += " WITH ORDINALITY" }
    if !item.isRowsFrom, let definitions = item.definitions[0] {
      return sql + " AS \(item.alias?.name.quotedIdentifier ?? "")(\(columns(definitions)))"
    }
    return sql + self.text(item.alias)
  }

  private mutating func columns(_ definitions: [ColumnDefinition]) -> String {
    definitions.map { definition in
      let collation = definition.collation.map { " COLLATE \($0)" } ?? ""
      return definition.name.quotedIdentifier + (definition.type.map { " " + text($0) } ?? "") + collation
    }
    .joined(separator: ", ")
  }

  private mutating func text(_ join: Join) -> String {
    let isCross = join.form == .inner && join.condition == nil && join.columns.isEmpty && !join.isNatural
    let word =
      switch join.form {
      case .inner: isCross ? "CROSS JOIN" : "JOIN"
      case .left: "LEFT JOIN"
      case .right: "RIGHT JOIN"
      case .full: "FULL JOIN"
      }
    var right = text(join.right)
    if case .join(let inner) = join.right, inner.alias == nil { right = "(\(right))" }
    var sql = "\(self.text(join.left)) \(join.isNatural ? "NATURAL " : "")\(word) \(right)"
    if let condition = join.condition { sql += " ON \(self.text(condition))" }
    if !join.columns.isEmpty { sql += " USING (\(names(join.columns)))" }
    if let alias = join.columnsAlias { sql += " AS \(alias.quotedIdentifier)" }
    return join.alias.map { "(\(sql))" + self.text($0) } ?? sql
  }

  // MARK: - Data changes

  package mutating func text(_ change: DataChange) -> String {
    switch change {
    case .insert(let insert): text(insert)
    case .update(let update): text(update)
    case .delete(let delete): text(delete)
    case .merge: fail("MergeStmt")
    }
  }

  private mutating func text(_ insert: Insert) -> String {
    var sql = self.text(insert.with) + "INSERT INTO \(insert.relation.name)"
    if let alias = insert.relation.alias { sql += " AS \(alias.quotedIdentifier)" }
    sql += parenthesized(insert.columns)
    switch insert.overriding {
    case .none: break
    case .userValue: sql += " OVERRIDING USER VALUE"
    case .systemValue: sql += " OVERRIDING SYSTEM VALUE"
    }
    sql += insert.query.map { " " + self.text($0) } ?? " DEFAULT VALUES"
    if let conflict = insert.conflict { sql += " ON CONFLICT\(target(insert.conflictTarget))\(self.text(conflict))" }
    return sql + returning(insert.returning)
  }

  private mutating func target(_ target: Insert.ConflictTarget?) -> String {
    switch target {
    case .constraint(let name)?: " ON CONSTRAINT \(name.quotedIdentifier)"
    case .index(let elements, let predicate)?:
      " (\(list(elements)))" + (predicate.map { " WHERE \(text($0))" } ?? "")
    case nil: ""
    }
  }

  private mutating func text(_ conflict: Insert.Conflict) -> String {
    switch conflict {
    case .doNothing: " DO NOTHING"
    case .doUpdate(let assignments, let condition):
      " DO UPDATE SET \(list(assignments))" + (condition.map { " WHERE \(text($0))" } ?? "")
    }
  }

  private mutating func list(_ assignments: [Assignment]) -> String {
    assignments.map { assignment in
      let columns = names(assignment.columns)
      return (assignment.columns.count > 1 ? "(\(columns))" : columns) + " = " + text(assignment.value)
    }
    .joined(separator: ", ")
  }

  private mutating func text(_ update: Update) -> String {
    var sql = self.text(update.with) + "UPDATE \(self.text(update.relation)) SET \(list(update.assignments))"
    if !update.from.isEmpty { sql += " FROM \(list(update.from))" }
    if let condition = update.condition { sql += " WHERE \(self.text(condition))" }
    return sql + returning(update.returning)
  }

  private mutating func text(_ delete: Delete) -> String {
    var sql = self.text(delete.with) + "DELETE FROM \(self.text(delete.relation))"
    if !delete.using.isEmpty { sql += " USING \(list(delete.using))" }
    if let condition = delete.condition { sql += " WHERE \(self.text(condition))" }
    return sql + returning(delete.returning)
  }

  private mutating func returning(_ targets: [Select.Target]) -> String {
    targets.isEmpty ? "" : " RETURNING \(self.targets(targets))"
  }
}
