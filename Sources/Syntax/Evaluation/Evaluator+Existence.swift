/// A question of which rows of a system catalog or view exist.
package struct ExistenceQuery: Sendable {
  /// `pg_constraint`, or `columns` of `information_schema`.
  package let relation: QualifiedName
  /// The values that the rows have, by column. Of `'name'::regclass` and its kin it is the text.
  package let values: [String: Value]
  /// False where the rows must be or have something else too.
  package let isComplete: Bool
}

extension Evaluator {
  /// What EXISTS asks of one relation with comparisons of its columns; `nil` for all other queries.
  mutating func existenceQuery(_ query: Query) -> ExistenceQuery? {
    guard case .select(let select) = query, select.from.count == 1, case .relation(let relation)? = select.from.first,
      select.with == nil, select.groupBy.isEmpty, select.having == nil, select.tail.offset == nil,
      !select.targets.contains(where: { $0.expression.isAggregate })
    else { return nil }
    var values: [String: Value] = [:]
    var isComplete = true
    var open = select.condition.map { [$0] } ?? []
    while let part = open.popLast() {
      if case .and(let parts) = part {
        open += parts
      } else if let (column, value) = comparison(part), values[column] == nil {
        values[column] = value
      } else if !part.saysWhatIsUsual {
        isComplete = false
      }
    }
    return ExistenceQuery(relation: relation.name, values: values, isComplete: isComplete)
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

extension Expression {
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
        return call.name.name == "current_schema" && ["table_schema", "schemaname"].contains(column.name)
      case ("=", .sqlValue(.currentSchema, _)): return ["table_schema", "schemaname"].contains(column.name)
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
