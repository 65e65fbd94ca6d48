/// Works out the values of expressions that need no table: those with which code makes the texts that it runs.
///
/// What is not known is `nil`, which is something else than NULL.
package struct Evaluator: Sendable {
  /// By name; fields of a record as `record.field`, arguments without names as `$1`.
  package var variables: [String: Value]
  /// The day on which the statement runs; `nil` where nobody knows.
  package var today: CalendarDate?
  /// Whether a relation of that name, as `to_regclass` reads it, exists.
  package var hasRelation: @Sendable (String) -> Bool?
  /// Whether rows of a system catalog exist.
  package var exists: @Sendable (ExistenceQuery) -> Existence?
  /// What may still be evaluated; the caller keeps what is left of it.
  package var budget: EvaluationBudget

  package init(
    variables: [String: Value] = [:],
    today: CalendarDate? = nil,
    budget: EvaluationBudget = EvaluationBudget(),
    hasRelation: @escaping @Sendable (String) -> Bool? = { _ in nil },
    exists: @escaping @Sendable (ExistenceQuery) -> Existence? = { _ in nil }
  ) {
    self.variables = variables
    self.today = today
    self.budget = budget
    self.hasRelation = hasRelation
    self.exists = exists
  }

  package mutating func value(of expression: Expression) -> Value? {
    guard budget.spend(steps: 1), let value = unpaidValue(of: expression), budget.pays(for: value) else {
      return nil
    }
    return value
  }

  private mutating func unpaidValue(of expression: Expression) -> Value? {
    switch expression {
    case .constant(let constant): value(of: constant)
    case .column(let column): column.isStar ? nil : variables[column.parts.joined(separator: ".")]
    case .parameter(let number): variables["$\(number)"]
    case .cast(let operand, let type): value(of: operand).flatMap { converted($0, to: type) }
    case .operation(let operation): value(of: operation)
    case .and(let operands): conjunction(operands)
    case .or(let operands): conjunction(operands.map(Expression.not)).flatMap(negated)
    case .not(let operand): value(of: operand).flatMap(negated)
    case .isNull(let operand): value(of: operand).map { .boolean($0 == .null) }
    case .isNotNull(let operand): value(of: operand).map { .boolean($0 != .null) }
    case .booleanTest(let operand, let test): value(of: operand).map { .boolean(test.holds(of: $0)) }
    case .coalesce(let operands): firstKnown(of: operands)
    case .case(let expression): value(of: expression)
    case .array(let elements): values(of: elements).map { .array($0) }
    case .sqlValue(let function, _): value(of: function)
    case .call(let call): value(of: call)
    case .collate(let operand, _): value(of: operand)
    case .subquery(let subquery):
      subquery.form == .exists ? existence(subquery.query) : nil
    case .greatest, .least, .row, .indirection, .setToDefault, .currentOf, .special, .other: nil
    }
  }

  /// The values of all; `nil` if one is not known.
  mutating func values(of expressions: [Expression]) -> [Value]? {
    var values: [Value] = []
    for expression in expressions {
      guard let value = value(of: expression) else { return nil }
      values.append(value)
    }
    return values
  }

  /// What a query gives.
  package struct Rows: Sendable {
    package let columns: [String]
    package let rows: [[Value]]
  }

  /// The rows of a query that reads no table: `SELECT 1, 'a'`, `VALUES (1), (2)`, `SELECT unnest(ARRAY['a', 'b']) AS x`.
  package mutating func rows(of query: Query) -> Rows? {
    switch query {
    case .values(let values):
      let rows = values.rows.compactMap { self.values(of: $0) }
      guard rows.count == values.rows.count else { return nil }
      return Rows(columns: (rows.first ?? []).indices.map { "column\($0 + 1)" }, rows: rows)
    case .select(let select):
      guard select.isPlain else { return nil }
      let columns = select.targets.map { $0.name ?? $0.expression.resultName }
      if select.targets.count == 1, case .call(let call) = select.targets[0].expression, call.name.name == "unnest",
        call.arguments.count == 1
      {
        guard case .array(let elements)? = value(of: call.arguments[0]) else { return nil }
        return Rows(columns: columns, rows: elements.map { [$0] })
      }
      return values(of: select.targets.map(\.expression)).map { Rows(columns: columns, rows: [$0]) }
    case .setOperation, .dataChange: return nil
    }
  }

  // MARK: - Constants and casts

  private func value(of constant: Constant) -> Value? {
    switch constant {
    case .null: .null
    case .boolean(let value): .boolean(value)
    case .integer(let number): .integer(number)
    case .string(let text): .text(text)
    case .number, .bitString: nil
    }
  }

  private func value(of function: SQLValueFunction) -> Value? {
    switch function {
    case .currentDate: today.map { .date($0) }
    case .currentTimestamp, .localTimestamp: today.map { .timestamp($0, second: nil) }
    default: nil
    }
  }

  /// The value as another type's; text stays what it is where the type is not known, as that of an enum.
  package func converted(_ value: Value, to type: TypeName) -> Value? {
    if value == .null { return .null }
    guard type.arrayDimensions == 0 else {
      if case .array = value { return value }
      return value == .text("{}") ? .array([]) : nil
    }
    switch (type.name.name, value) {
    case ("text", .boolean(let value)), ("varchar", .boolean(let value)): return .text(value ? "true" : "false")
    case ("text", _), ("varchar", _), ("name", _), ("bpchar", _), ("regclass", _):
      return type.modifiers.isEmpty ? value.text.map { .text($0) } : nil
    case ("int2", .text(let text)), ("int4", .text(let text)), ("int8", .text(let text)):
      return Int(text).flatMap { converted(.integer($0), to: type) }
    case ("int2", .integer(let number)): return Int16(exactly: number).map { _ in value }
    case ("int4", .integer(let number)): return Int32(exactly: number).map { _ in value }
    case ("int8", .integer), ("bool", .boolean): return value
    case ("bool", .text(let text)):
      return ["t": true, "true": true, "f": false, "false": false][text].map { .boolean($0) }
    case ("date", .date), ("timestamp", .timestamp), ("timestamptz", .timestamp), ("interval", .interval): return value
    case ("date", .timestamp(let date, _)): return .date(date)
    case ("date", .text(let text)): return date(text).map { .date($0) }
    case ("timestamp", .date(let date)), ("timestamptz", .date(let date)): return Value(moment: date, second: 0)
    case ("timestamp", .text(let text)), ("timestamptz", .text(let text)):
      return date(text).flatMap { Value(moment: $0, second: text == "now" ? nil : 0) }
    case ("interval", .text(let text)): return type.modifiers.isEmpty ? Value(interval: text) : nil
    case (_, .text): return type.isBuiltIn ? nil : value
    default: return nil
    }
  }

  private func date(_ text: String) -> CalendarDate? {
    switch text {
    case "today", "now": today
    case "tomorrow": today.flatMap { $0.adding(months: 0, days: 1) }
    case "yesterday": today.flatMap { $0.adding(months: 0, days: -1) }
    default: CalendarDate(parsing: text)
    }
  }

  // MARK: - Logic

  private mutating func conjunction(_ operands: [Expression]) -> Value? {
    let values = operands.map { value(of: $0) }
    if values.contains(.boolean(false)) { return .boolean(false) }
    if values.contains(nil) { return nil }
    return values.contains(.null) ? .null : .boolean(true)
  }

  private func negated(_ value: Value) -> Value? {
    switch value {
    case .boolean(let value): .boolean(!value)
    case .null: .null
    default: nil
    }
  }

  private mutating func firstKnown(of operands: [Expression]) -> Value? {
    for operand in operands {
      guard let value = value(of: operand) else { return nil }
      if value != .null { return value }
    }
    return .null
  }

  private mutating func value(of expression: CaseExpression) -> Value? {
    var subject: Value?
    if let tested = expression.subject {
      guard let value = value(of: tested) else { return nil }
      subject = value
    }
    for branch in expression.branches {
      guard let condition = value(of: branch.condition),
        let holds = subject.map({ compared($0, "=", condition) }) ?? condition
      else { return nil }
      if holds == .boolean(true) { return value(of: branch.result) }
    }
    return expression.otherwise.map { value(of: $0) } ?? .null
  }
}

extension BooleanTest {
  fileprivate func holds(of value: Value) -> Bool {
    switch self {
    case .isTrue: value == .boolean(true)
    case .isNotTrue: value != .boolean(true)
    case .isFalse: value == .boolean(false)
    case .isNotFalse: value != .boolean(false)
    case .isUnknown: value == .null
    case .isNotUnknown: value != .null
    }
  }
}

extension TypeName {
  /// A type without a schema that has the name of PostgreSQL's own is that one; a type of the history has a schema.
  fileprivate var isBuiltIn: Bool {
    name.schema == nil
      && ["numeric", "float4", "float8", "json", "jsonb", "uuid", "bytea", "time", "timetz", "bit", "varbit", "inet"]
        .contains(name.name)
  }
}

extension Select {
  /// Whether it gives one row, made of nothing but its own expressions.
  fileprivate var isPlain: Bool {
    from.isEmpty && condition == nil && having == nil && groupBy.isEmpty && with == nil && into == nil
      && tail.limit == nil && tail.offset == nil
  }
}

extension Expression {
  /// The name that PostgreSQL gives a column of the result.
  fileprivate var resultName: String {
    switch self {
    case .column(let column): column.name ?? "?column?"
    case .call(let call): call.name.name
    case .cast(let operand, let type): operand.resultName == "?column?" ? type.name.name : operand.resultName
    default: "?column?"
    }
  }
}
