extension TypeName {
  /// The type as SQL, with the names that PostgreSQL's `format_type` writes.
  package var sql: String {
    let (base, suffix) = spelledName
    let interval = name.schema == nil && name.name == "interval" ? intervalFields : nil
    let list = modifiers.map(\.sql).joined(separator: ", ")
    let modifier = interval ?? (modifiers.isEmpty ? "" : "(\(list))")
    return "\(isSet ? "SETOF " : "")\(base)\(modifier)\(suffix)\(isColumnType ? "%TYPE" : "")"
      + String(repeating: "[]", count: arrayDimensions)
  }

  /// The name, and what stands behind the modifiers.
  private var spelledName: (base: String, suffix: String) {
    guard name.schema == nil else { return (name.description, "") }
    return switch name.name {
    case "int2": ("smallint", "")
    case "int4": ("integer", "")
    case "int8": ("bigint", "")
    case "float4": ("real", "")
    case "float8": ("double precision", "")
    case "bool": ("boolean", "")
    case "varchar": ("varchar", "")
    case "bpchar": ("char", "")
    case "varbit": ("bit varying", "")
    case "timetz": ("time", " with time zone")
    case "timestamptz": modifiers.isEmpty ? ("timestamptz", "") : ("timestamp", " with time zone")
    // Types whose names are keywords of the grammar, and need no quotes as types.
    case "numeric", "bit", "time", "timestamp", "interval", "json", "xml": (name.name, "")
    default: (name.name.quotedIdentifier, "")
    }
  }

  /// The grammar writes the fields of interval as a mask of `INTERVAL_MASK` bits (`datetime.h`), then the precision.
  private var intervalFields: String {
    let masks = [
      4: " year", 2: " month", 8: " day", 1024: " hour", 2048: " minute", 4096: " second", 6: " year to month",
      1032: " day to hour", 3080: " day to minute", 7176: " day to second", 3072: " hour to minute",
      7168: " hour to second", 6144: " minute to second",
    ]
    var numbers: [Int] = []
    for case .constant(.integer(let number)) in modifiers { numbers.append(number) }
    let precision = numbers.count > 1 ? "(\(numbers[1]))" : ""
    return (numbers.first.flatMap { masks[$0] } ?? "") + precision
  }
}

extension Constant {
  package var sql: String {
    switch self {
    case .null: "NULL"
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let text): text
    case .string(let text): text.quotedLiteral
    case .bitString(let text): "\(text.prefix(1))'\(text.dropFirst())'"
    }
  }
}

extension String {
  /// The text as an SQL string constant.
  package var quotedLiteral: String {
    var quoted = contains("\\") ? "E'" : "'"
    for scalar in unicodeScalars {
      if scalar == "'" || scalar == "\\" { quoted.unicodeScalars.append(scalar) }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "'"
  }
}

extension Expression {
  /// The expression as SQL. Every operation inside another one stands in parentheses, so that no precedence matters.
  package var sql: String {
    switch self {
    case .column(let column): column.sql
    case .constant(let constant): constant.sql
    case .parameter(let number): "$\(number)"
    case .call(let call): call.sql
    case .sqlValue(let function): function.rawValue
    case .cast(let operand, let type): "\(operand.operandSQL)::\(type.sql)"
    case .operation(let operation): operation.sql
    case .and(let operands): operands.map(\.operandSQL).joined(separator: " AND ")
    case .or(let operands): operands.map(\.operandSQL).joined(separator: " OR ")
    case .not(let operand): "NOT \(operand.operandSQL)"
    case .isNull(let operand): "\(operand.operandSQL) IS NULL"
    case .isNotNull(let operand): "\(operand.operandSQL) IS NOT NULL"
    case .booleanTest(let operand, let test): "\(operand.operandSQL) \(test.sql)"
    case .case(let expression): expression.sql
    case .coalesce(let operands): "COALESCE(\(operands.sqlList))"
    case .greatest(let operands): "GREATEST(\(operands.sqlList))"
    case .least(let operands): "LEAST(\(operands.sqlList))"
    case .array(let operands): "ARRAY[\(operands.sqlList)]"
    case .row(let operands): "ROW(\(operands.sqlList))"
    case .subquery(let subquery): subquery.sql
    case .collate(let operand, let collation): "\(operand.operandSQL) COLLATE \(collation)"
    case .indirection(let operand, let steps): "(\(operand.sql))" + steps.map(\.sql).joined()
    case .setToDefault: "DEFAULT"
    case .currentOf(let cursor): "CURRENT OF \(cursor.quotedIdentifier)"
    case .special(let node, let operands): "\(node)(\(operands.sqlList))"
    case .other(let node): "/* \(node) */"
    }
  }

  /// The expression where an operand stands.
  fileprivate var operandSQL: String {
    switch self {
    case .column, .call, .parameter, .sqlValue, .coalesce, .greatest, .least, .array, .row, .subquery, .cast, .special,
      .setToDefault:
      sql
    case .constant(let constant): constant.isNegative ? "(\(sql))" : sql
    default: "(\(sql))"
    }
  }
}

extension Constant {
  fileprivate var isNegative: Bool {
    switch self {
    case .integer(let value): value < 0
    case .number(let text): text.hasPrefix("-")
    default: false
    }
  }
}

extension [Expression] {
  fileprivate var sqlList: String { map(\.sql).joined(separator: ", ") }
}

extension ColumnReference {
  fileprivate var sql: String {
    let names = isStar ? parts.dropLast().map(\.quotedIdentifier) + ["*"] : parts.map(\.quotedIdentifier)
    return names.joined(separator: ".")
  }
}

extension FunctionCall {
  fileprivate var sql: String {
    let list = arguments.enumerated().map { index, argument in
      let name = argumentNames[index].map { "\($0.quotedIdentifier) => " } ?? ""
      return (isVariadic && index == arguments.count - 1 ? "VARIADIC " : "") + name + argument.sql
    }
    let inside = isStar ? "*" : (isDistinct ? "DISTINCT " : "") + list.joined(separator: ", ")
    let order = self.order.isEmpty ? "" : " ORDER BY \(self.order.map(\.sql).joined(separator: ", "))"
    let filter = self.filter.map { " FILTER (WHERE \($0.sql))" } ?? ""
    return "\(name)(\(inside)\(order))\(filter)\(window?.sql ?? "")"
  }
}

extension WindowDefinition {
  fileprivate var sql: String {
    if partitions.isEmpty, order.isEmpty, let name { return " OVER \(name.quotedIdentifier)" }
    let partition = partitions.isEmpty ? "" : "PARTITION BY \(partitions.sqlList)"
    let sort = order.isEmpty ? "" : "ORDER BY \(order.map(\.sql).joined(separator: ", "))"
    return " OVER (\([partition, sort].filter { !$0.isEmpty }.joined(separator: " ")))"
  }
}

extension SortItem {
  fileprivate var sql: String { expression.sql + direction.sql + nulls.sql }
}

extension SortItem.Direction {
  package var sql: String {
    switch self {
    case .ascending: " ASC"
    case .descending: " DESC"
    case .unspecified, .using: ""
    }
  }
}

extension SortItem.Nulls {
  package var sql: String {
    switch self {
    case .first: " NULLS FIRST"
    case .last: " NULLS LAST"
    case .unspecified: ""
    }
  }
}

extension Operation {
  fileprivate var sql: String {
    let before = left.map { "\($0.operandSQL) " } ?? ""
    let operand = right.operandSQL
    let isNegated = name.name.hasPrefix("!") || name.name == "<>"
    return switch form {
    case .plain: "\(before)\(operatorSQL) \(operand)"
    case .any: "\(before)\(operatorSQL) ANY (\(right.sql))"
    case .all: "\(before)\(operatorSQL) ALL (\(right.sql))"
    case .isDistinct: "\(before)IS DISTINCT FROM \(operand)"
    case .isNotDistinct: "\(before)IS NOT DISTINCT FROM \(operand)"
    case .nullIf: "NULLIF(\(left?.sql ?? ""), \(right.sql))"
    case .inList: "\(before)\(isNegated ? "NOT " : "")IN (\(items.sqlList))"
    case .like: "\(before)\(isNegated ? "NOT " : "")LIKE \(operand)"
    case .ilike: "\(before)\(isNegated ? "NOT " : "")ILIKE \(operand)"
    case .similar: "\(before)\(operatorSQL) \(operand)"
    case .between: "\(before)BETWEEN \(bounds)"
    case .notBetween: "\(before)NOT BETWEEN \(bounds)"
    case .betweenSymmetric: "\(before)BETWEEN SYMMETRIC \(bounds)"
    case .notBetweenSymmetric: "\(before)NOT BETWEEN SYMMETRIC \(bounds)"
    }
  }

  private var operatorSQL: String {
    name.schema.map { "OPERATOR(\($0.quotedIdentifier).\(name.name))" } ?? name.name
  }

  private var items: [Expression] { if case .row(let items) = right { items } else { [right] } }

  private var bounds: String { items.map(\.operandSQL).joined(separator: " AND ") }
}

extension BooleanTest {
  fileprivate var sql: String {
    switch self {
    case .isTrue: "IS TRUE"
    case .isNotTrue: "IS NOT TRUE"
    case .isFalse: "IS FALSE"
    case .isNotFalse: "IS NOT FALSE"
    case .isUnknown: "IS UNKNOWN"
    case .isNotUnknown: "IS NOT UNKNOWN"
    }
  }
}

extension CaseExpression {
  fileprivate var sql: String {
    let subject = self.subject.map { " \($0.sql)" } ?? ""
    let branches = self.branches.map { " WHEN \($0.condition.sql) THEN \($0.result.sql)" }.joined()
    return "CASE\(subject)\(branches)\(otherwise.map { " ELSE \($0.sql)" } ?? "") END"
  }
}

extension Subquery {
  fileprivate var sql: String {
    let test = self.test.map { "\($0.operandSQL) " } ?? ""
    return switch form {
    case .exists: "EXISTS (\(query.sql))"
    case .scalar: "(\(query.sql))"
    case .array: "ARRAY(\(query.sql))"
    case .any: "\(test)\(comparison?.name ?? "=") ANY (\(query.sql))"
    case .all: "\(test)\(comparison?.name ?? "=") ALL (\(query.sql))"
    }
  }
}

extension Indirection {
  fileprivate var sql: String {
    switch self {
    case .field(let name): ".\(name.quotedIdentifier)"
    case .star: ".*"
    case .element(let index): "[\(index.sql)]"
    case .slice(let from, let to): "[\(from?.sql ?? ""):\(to?.sql ?? "")]"
    }
  }
}

// MARK: - Queries

extension Query {
  /// The query as SQL, on one line.
  package var sql: String {
    switch self {
    case .select(let select): (select.with?.sql ?? "") + select.body + select.tail.sql
    case .values(let values): values.sql
    case .setOperation(let operation): operation.sql
    case .dataChange: "/* data change */"
    }
  }
}

extension Values {
  fileprivate var sql: String {
    let list = rows.map { "(\($0.sqlList))" }.joined(separator: ", ")
    return "\(with?.sql ?? "")VALUES \(list)\(tail.sql)"
  }
}

extension SetOperation {
  fileprivate var sql: String {
    let word = operation.sql + (keepsDuplicates ? " ALL" : "")
    return "\(with?.sql ?? "")(\(left.sql)) \(word) (\(right.sql))\(tail.sql)"
  }
}

extension WithClause {
  fileprivate var sql: String {
    let tables = queries.map { "\($0.name.quotedIdentifier) AS (\($0.query.sql))" }.joined(separator: ", ")
    return "WITH \(isRecursive ? "RECURSIVE " : "")\(tables) "
  }
}

extension SetOperation.Operator {
  fileprivate var sql: String {
    switch self {
    case .union: "UNION"
    case .intersect: "INTERSECT"
    case .except: "EXCEPT"
    }
  }
}

extension Select {
  fileprivate var body: String {
    let list = targets.map { target -> String in
      guard let name = target.name else { return target.expression.sql }
      return "\(target.expression.sql) AS \(name.quotedIdentifier)"
    }
    var sql = "SELECT \(distinct.sql)\(list.joined(separator: ", "))"
    if !from.isEmpty { sql += " FROM \(from.map(\.sql).joined(separator: ", "))" }
    if let condition { sql += " WHERE \(condition.sql)" }
    if !groupBy.isEmpty { sql += " GROUP BY \(groupBy.sqlList)" }
    if let having { sql += " HAVING \(having.sql)" }
    return sql
  }
}

extension Select.Distinct {
  fileprivate var sql: String {
    switch self {
    case .none: ""
    case .all: "DISTINCT "
    case .on(let expressions): "DISTINCT ON (\(expressions.sqlList)) "
    }
  }
}

extension QueryTail {
  fileprivate var sql: String {
    var sql = ""
    if !order.isEmpty { sql += " ORDER BY \(order.map(\.sql).joined(separator: ", "))" }
    if let limit { sql += " LIMIT \(limit.sql)" }
    if let offset { sql += " OFFSET \(offset.sql)" }
    return sql
  }
}

extension FromItem {
  fileprivate var sql: String {
    switch self {
    case .relation(let relation):
      (relation.includesDescendants ? "" : "ONLY ") + relation.name.description
        + (relation.alias.map { " AS \($0.quotedIdentifier)" } ?? "")
    case .subquery(let query, let alias, let isLateral):
      "\(isLateral ? "LATERAL " : "")(\(query.sql))" + (alias.map { " AS \($0.quotedIdentifier)" } ?? "")
    case .function(let calls, let alias):
      calls.sqlList + (alias.map { " AS \($0.quotedIdentifier)" } ?? "")
    case .join(let join): join.sql
    case .sample(let item): item.sql
    case .tableExpression(let expression, _): expression.sql
    case .other(let node): "/* \(node) */"
    }
  }
}

extension Join {
  fileprivate var sql: String {
    let word =
      switch form {
      case .inner: condition == nil ? "CROSS JOIN" : "JOIN"
      case .left: "LEFT JOIN"
      case .right: "RIGHT JOIN"
      case .full: "FULL JOIN"
      }
    return "(\(left.sql) \(word) \(right.sql)\(condition.map { " ON \($0.sql)" } ?? ""))"
  }
}
