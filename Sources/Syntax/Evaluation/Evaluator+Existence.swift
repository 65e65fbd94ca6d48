/// A question of which rows of a system catalog or view exist.
package struct ExistenceQuery: Sendable {
  /// `pg_constraint`, or `columns` of `information_schema`.
  package let relation: QualifiedName
  /// The values that the rows have, by column. Of `'name'::regclass` and its kin it is the text.
  package let values: [String: Value]
  /// What else must hold of the rows.
  package let conditions: [Expression]
  /// What the conditions call the relation, and those that only give its name and schema.
  package let aliases: [String]
}

/// What is known of the rows that are asked for.
package enum Existence: Sendable {
  case none
  case some
  /// Only this one, if it meets the other conditions.
  case row(CatalogRow)
}

/// A row of a system catalog or view, as far as it is known.
package struct CatalogRow: Sendable {
  package var values: [String: Value]
  /// The columns of which nothing but that they are not NULL is known.
  package var filled: Set<String>

  package init(values: [String: Value], filled: Set<String> = []) {
    self.values = values
    self.filled = filled
  }
}

extension Evaluator {
  /// Whether the query gives a row.
  mutating func existence(_ query: Query) -> Value? {
    guard let question = existenceQuery(query) else { return nil }
    switch exists(question) {
    case nil: return nil
    case .some(.none): return .boolean(false)
    case .some(.some): return question.conditions.isEmpty ? .boolean(true) : nil
    case .row(let row)?: return holds(question, of: row)
    }
  }

  private mutating func holds(_ question: ExistenceQuery, of row: CatalogRow) -> Value? {
    var row = row
    // The values that the row does not tell are those by which it was found.
    var answers = question.values.map { column, value in
      row.values[column].map { $0 == value } ?? (row.filled.contains(column) ? nil : true)
    }
    for alias in question.aliases {
      for (column, value) in row.values { row.values["\(alias).\(column)"] = value }
      row.filled.formUnion(row.filled.map { "\(alias).\($0)" })
    }
    var inner = self
    inner.variables.merge(row.values) { $1 }
    for condition in question.conditions { answers.append(inner.meets(condition, row)) }
    budget = inner.budget
    if answers.contains(false) { return .boolean(false) }
    return answers.contains(nil) ? nil : .boolean(true)
  }

  private mutating func meets(_ condition: Expression, _ row: CatalogRow) -> Bool? {
    switch condition {
    case .isNotNull(.column(let column)) where row.filled.contains(column.parts.joined(separator: ".")): true
    case .isNull(.column(let column)) where row.filled.contains(column.parts.joined(separator: ".")): false
    default: value(of: condition).map { $0 == .boolean(true) }
    }
  }

  /// What EXISTS asks of one relation with comparisons of its columns; `nil` for all other queries.
  private mutating func existenceQuery(_ query: Query) -> ExistenceQuery? {
    guard case .select(let select) = query, let joined = JoinedCatalogs(select.from), select.with == nil,
      select.groupBy.isEmpty, select.having == nil, select.tail.offset == nil,
      !select.targets.contains(where: { $0.expression.isAggregate })
    else { return nil }
    var values: [String: Value] = [:]
    var conditions: [Expression] = []
    var namesIndex = joined.others.isEmpty
    var open = joined.conditions + (select.condition.map { [$0] } ?? [])
    while let part = open.popLast() {
      if case .and(let parts) = part {
        open += parts
      } else if let pair = part.joinedColumns, !joined.others.isEmpty {
        if pair == ["indexrelid", "oid"] { namesIndex = true } else if pair != ["oid", "relnamespace"] { return nil }
      } else if let (column, value) = comparison(part), values[column] == nil {
        values[column] = value
      } else if !part.saysWhatIsUsual {
        conditions.append(part)
      }
    }
    guard namesIndex else { return nil }
    return ExistenceQuery(
      relation: joined.relation.name,
      values: values,
      conditions: conditions,
      aliases: ([joined.relation] + joined.others).map { $0.alias ?? $0.name.name }
    )
  }

  /// `column = value`
  private mutating func comparison(_ expression: Expression) -> (column: String, value: Value)? {
    guard case .operation(let operation) = expression, operation.form == .plain, operation.name.name == "=",
      case .column(let column)? = operation.left, let name = column.name,
      variables[column.parts.joined(separator: ".")] == nil
    else { return nil }
    if case .cast(let operand, let type) = operation.right, ["regclass", "regtype", "name"].contains(type.name.name) {
      return value(of: operand).map { (name, $0) }
    }
    return value(of: operation.right).map { (name, $0) }
  }
}

/// A relation, or `pg_index` with the relations that hold the name and the schema of the index.
private struct JoinedCatalogs {
  let relation: RelationReference
  let others: [RelationReference]
  private(set) var conditions: [Expression] = []

  init?(_ items: [FromItem]) {
    var relations: [RelationReference] = []
    var open = items
    while let item = open.popLast() {
      switch item {
      case .relation(let relation): relations.append(relation)
      case .join(let join) where join.form == .inner && !join.isNatural && join.columns.isEmpty && join.alias == nil:
        open += [join.left, join.right]
        if let condition = join.condition { conditions.append(condition) }
      default: return nil
      }
      if relations.count > 3 { return nil }
    }
    guard let first = relations.first else { return nil }
    let chosen = relations.first { $0.name.name == "pg_index" } ?? first
    relation = chosen
    others = relations.filter { $0 != chosen }
    if relations.count == 1 { return }
    let names = others.map(\.name.name)
    guard relation.name.name == "pg_index", Set(names).count == names.count, names.contains("pg_class"),
      names.allSatisfy({ ["pg_class", "pg_namespace"].contains($0) }), others.count == relations.count - 1
    else { return nil }
  }
}

extension Expression {
  /// The names of two columns that are compared, sorted.
  fileprivate var joinedColumns: [String]? {
    guard case .operation(let operation) = self, operation.form == .plain, operation.name.name == "=",
      case .column(let left)? = operation.left, case .column(let right) = operation.right, let first = left.name,
      let second = right.name
    else { return nil }
    return [first, second].sorted()
  }

  /// Whether it only leaves out what nobody asks for: `NOT attisdropped`, `attnum > 0`, and schemas besides the one that
  /// names without a schema are in, `table_schema = current_schema()`.
  fileprivate var saysWhatIsUsual: Bool {
    switch self {
    case .not(.column(let column)): return column.name == "attisdropped"
    case .operation(let operation):
      guard operation.form == .plain, case .column(let column)? = operation.left else { return false }
      switch (operation.name.name, operation.right) {
      case (">", .constant(.integer(0))): return column.name == "attnum"
      case ("=", .call(let call)):
        return call.name.name == "current_schema" && ["table_schema", "schemaname", "nspname"].contains(column.name)
      case ("=", .sqlValue(.currentSchema, _)): return ["table_schema", "schemaname", "nspname"].contains(column.name)
      default: return false
      }
    default: return false
    }
  }

  /// Whether it gives a row where there is none.
  fileprivate var isAggregate: Bool {
    guard case .call(let call) = self else { return false }
    return ["count", "max", "min", "bool_or", "bool_and", "every", "sum", "array_agg", "string_agg"]
      .contains(call.name.name)
  }
}
