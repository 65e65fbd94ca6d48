import Syntax

extension QueryAnalysis {
  /// Looks at a query that no other one is around.
  package mutating func analyze(_ query: Query) throws(SQLError) {
    _ = try results(of: query)
  }

  /// Looks at a condition about the columns of a relation, such as that of a policy; `what` is PostgreSQL's word for it.
  package mutating func analyze(
    _ condition: Expression,
    of relation: RelationReference,
    as what: String
  ) throws(SQLError) {
    levels.append(Level())
    defer { levels.removeLast() }
    levels[current].entries = [try entry(of: relation)]
    levels[current].clause = .condition
    try requireBoolean(type(of: condition), what)
  }

  /// Looks at the condition of a trigger: the columns of both rows are in reach, so that no bare name is clear.
  ///
  /// Source: `CreateTriggerFiringOn` in `trigger.c`.
  package mutating func analyze(
    _ condition: Expression,
    ofTriggerOn relation: RelationReference
  ) throws(SQLError) {
    levels.append(Level())
    defer { levels.removeLast() }
    for row in ["old", "new"] {
      levels[current].entries.append(try entry(of: RelationReference(relation.name, alias: row)))
    }
    levels[current].clause = .trigger
    try requireBoolean(type(of: condition), "WHEN")
  }

  /// Looks at a rule: its condition and its actions name the row before and after the change.
  ///
  /// Source: `transformRuleStmt` in `parse_utilcmd.c`.
  package mutating func analyze(_ rule: CreateRule) throws(SQLError) {
    levels.append(Level())
    defer { levels.removeLast() }
    let event = rule.event
    for (name, isThere) in [("old", event != .insert), ("new", event == .insert || event == .update)] {
      var row = try entry(of: RelationReference(rule.relation.name, alias: name))
      if !isThere {
        let message = "ON \(event.rawValue.uppercased()) rule cannot use \(name.uppercased())"
        row.refusal = SQLError(.invalidObjectDefinition, message)
        row.showsColumns = false
      }
      levels[current].entries.append(row)
    }
    if let condition = rule.condition { try requireBoolean(condition, in: .condition) }
    for index in levels[current].entries.indices { levels[current].entries[index].showsColumns = false }
    for action in rule.actions { try analyze(action) }
  }

  /// Looks at a statement of a rule or a function.
  package mutating func analyze(_ statement: Statement.Kind) throws(SQLError) {
    switch statement {
    case .query(let query): _ = try results(of: query)
    case .dataChange(let change): _ = try results(of: .dataChange(change))
    default: break
    }
  }

  /// The columns that a query yields; the type of constants in quotes is left open.
  ///
  /// `afterFirst` is told the columns of a set operation's first part before the second one is looked at.
  mutating func results(
    of query: Query,
    afterFirst: ((inout QueryAnalysis, ResultColumns) throws(SQLError) -> Void)? = nil
  ) throws(SQLError) -> ResultColumns {
    levels.append(Level())
    let outer = (referenced, gathered)
    if referenced != nil { referenced = [] }
    defer {
      let inner = referenced
      (referenced, gathered) = outer
      if let inner { referenced?.formUnion(inner.filter { $0 < levels.count - 1 }) }
      levels.removeLast()
    }
    switch query {
    case .select(let select): return try results(of: select)
    case .values(let values): return try results(of: values)
    case .setOperation(let operation): return try results(of: operation, afterFirst)
    case .dataChange(let change): return try results(of: change)
    }
  }

  // MARK: - SELECT

  private mutating func results(of select: Select) throws(SQLError) -> ResultColumns {
    try define(select.with)
    for window in select.windows { if let name = window.name { levels[current].windows.insert(name) } }
    try define(select.from)
    let outputs = try outputs(of: select.targets)
    if let condition = select.condition { try requireBoolean(condition, in: .condition) }
    if let having = select.having { try requireBoolean(having, in: .having) }
    let order = try order(select.tail.order, outputs: outputs, select)
    let groups = try groups(of: select, outputs: outputs)
    if case .on(let expressions) = select.distinct {
      for expression in expressions where try !isOutput(expression, outputs, in: .distinctOn) {
        _ = try inside(.distinctOn) { analysis throws(SQLError) in try analysis.type(of: expression) }
      }
    }
    try limit(select.tail)
    for window in select.windows { try analyze(window) }
    try checkLocking(select)
    try checkGrouping(of: select, groups: groups, order: order)
    return outputs
  }

  /// The columns of SELECT's or RETURNING's list.
  mutating func outputs(of targets: [Select.Target]) throws(SQLError) -> ResultColumns {
    var outputs = ResultColumns(columns: [], isComplete: true)
    outputs.columns.reserveCapacity(targets.count)
    for target in targets {
      if case .column(let reference) = target.expression, reference.isStar {
        let columns = try expand(reference)
        note(read: columns)
        outputs.columns += columns.columns
        if !columns.isComplete { outputs.isComplete = false }
        // PostgreSQL refuses what is wider.
        if outputs.columns.count > ServerLimits.targets { return .unknown }
        continue
      }
      let type = try type(of: target.expression)
      if target.expression.standsForFields { outputs.isComplete = false }
      var column = ResultColumn(name: target.name ?? target.expression.title ?? "?column?", type: type)
      if case .column(let reference) = target.expression, case .column(let meant, _) = meaning(of: reference) {
        column.source = meant.source
      }
      outputs.columns.append(column)
      if target.name == nil, target.expression.hasUntoldTitle { outputs.isComplete = false }
    }
    return outputs
  }

  /// The columns that `*` or `t.*` stands for.
  private mutating func expand(_ star: ColumnReference) throws(SQLError) -> ResultColumns {
    guard star.parts.count > 1 else {
      var columns = ResultColumns(columns: [], isComplete: true)
      var hasEntries = false
      for entry in levels[current].entries where entry.showsColumns && !entry.isLateralOnly {
        hasEntries = true
        columns.columns += entry.contents.columns
        if !entry.contents.isComplete { columns.isComplete = false }
        if isExhausted(by: entry.contents.columns.count) { return .unknown }
      }
      if !hasEntries { throw SQLError(.syntaxError, "SELECT * with no tables specified is not valid") }
      return columns
    }
    guard let (_, entry) = try entry(named: star) else { return .unknown }
    return isExhausted(by: entry.contents.columns.count) ? .unknown : entry.contents
  }

  mutating func requireBoolean(_ expression: Expression, in clause: Clause) throws(SQLError) {
    let type = try inside(clause) { analysis throws(SQLError) in try analysis.type(of: expression) }
    try requireBoolean(type, clause == .join ? "JOIN/ON" : clause.rawValue)
  }

  private mutating func limit(_ tail: QueryTail) throws(SQLError) {
    for expression in [tail.offset, tail.limit] {
      guard let expression else { continue }
      _ = try inside(.limit) { analysis throws(SQLError) in try analysis.type(of: expression) }
      guard case .column(let reference) = expression, case .column(_, let level) = meaning(of: reference),
        level == current
      else { continue }
      let word = expression == tail.limit ? "LIMIT" : "OFFSET"
      throw SQLError(.invalidColumnReference, "argument of \(word) must not contain variables")
    }
  }

  mutating func analyze(_ window: WindowDefinition) throws(SQLError) {
    if let name = window.base, !levels[current].windows.contains(name) {
      throw SQLError(.undefinedObject, "window \"\(name)\" does not exist")
    }
    let offsets = [window.frame?.start, window.frame?.end].compactMap { $0?.distance }
    for expression in window.partitions + window.order.map(\.expression) + offsets {
      if case .constant(.integer) = expression { continue }
      _ = try inside(.window) { analysis throws(SQLError) in try analysis.type(of: expression) }
    }
  }

  // MARK: - FOR UPDATE

  private mutating func checkLocking(_ select: Select) throws(SQLError) {
    for clause in select.tail.locking {
      if let reason = select.whyItCannotBeLocked(hasAggregates: levels[current].hasAggregates) {
        throw SQLError(.featureNotSupported, "\(clause.strength.sql) is not allowed with \(reason)")
      }
      for relation in clause.relations {
        let name = relation.name.name
        guard !levels[current].entries.contains(where: { $0.name == name || $0.name == nil }) else { continue }
        throw SQLError(
          .undefinedTable,
          "relation \"\(name)\" in \(clause.strength.sql) clause not found in FROM clause"
        )
      }
      for entry in levels[current].entries {
        guard let relation = entry.relation, entry.showsName,
          clause.relations.isEmpty || clause.relations.contains(where: { $0.name.name == entry.name })
        else { continue }
        if catalog.views[relation]?.isMaterialized == true {
          throw SQLError(.wrongObjectType, "cannot lock rows in materialized view \"\(relation.name)\"")
        }
        if catalog.sequences.contains(relation) {
          throw SQLError(.wrongObjectType, "cannot lock rows in sequence \"\(relation.name)\"")
        }
      }
    }
  }

  // MARK: - VALUES and set operations

  private mutating func results(of values: Values) throws(SQLError) -> ResultColumns {
    try define(values.with)
    levels[current].clause = .values
    var columns: [ResultColumn] = []
    for (number, row) in values.rows.enumerated() {
      if row.contains(where: \.standsForSeveral) { return .unknown }
      if number > 0, row.count != columns.count {
        throw SQLError(.syntaxError, "VALUES lists must all be the same length")
      }
      for (position, value) in row.enumerated() {
        let type = try type(of: value)
        if number == 0 {
          columns.append(ResultColumn(name: "column\(position + 1)", type: type))
        } else if columns[position].type != type {
          columns[position].type = commonType(columns[position].type, type)
        }
      }
    }
    let outputs = ResultColumns(columns: columns, isComplete: true)
    _ = try order(values.tail.order, outputs: outputs, nil)
    try limit(values.tail)
    return outputs
  }

  private mutating func results(
    of operation: SetOperation,
    _ afterFirst: ((inout QueryAnalysis, ResultColumns) throws(SQLError) -> Void)?
  ) throws(SQLError) -> ResultColumns {
    try define(operation.with)
    let left = try results(of: operation.left)
    try afterFirst?(&self, left)
    let right = try results(of: operation.right)
    var outputs = left
    if left.isComplete, right.isComplete {
      guard left.columns.count == right.columns.count else {
        throw SQLError(
          .syntaxError,
          "each \(operation.operation.word) query must have the same number of columns"
        )
      }
      for index in outputs.columns.indices {
        let (first, second) = (left.columns[index].type, right.columns[index].type)
        if let first, let second, database.areForeign(first, second) {
          throw SQLError(
            .datatypeMismatch,
            "\(operation.operation.word) types \(first.nameInErrors) and \(second.nameInErrors) cannot be matched"
          )
        }
        outputs.columns[index].type = commonType(first, second)
        outputs.columns[index].source = nil
      }
    } else {
      outputs.isComplete = false
    }
    _ = try order(operation.tail.order, outputs: outputs, nil)
    try limit(operation.tail)
    return outputs
  }

  /// The type that two values have in common, as far as it is plain.
  func commonType(_ first: TypeName?, _ second: TypeName?) -> TypeName? {
    guard let first, let second else { return nil }
    if first == second { return first }
    if first.isUntyped { return second }
    return second.isUntyped ? first : nil
  }
}
