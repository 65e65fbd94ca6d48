import Syntax

extension QueryAnalysis {
  /// Looks at a statement that no query is around.
  package mutating func analyze(_ change: DataChange) throws(SQLError) {
    _ = try results(of: .dataChange(change))
  }

  /// The columns that RETURNING yields.
  mutating func results(of change: DataChange) throws(SQLError) -> ResultColumns {
    try define(change.with)
    switch change {
    case .insert(let insert): return try results(of: insert)
    case .update(let update): return try results(of: update)
    case .delete(let delete): return try results(of: delete)
    case .merge(let merge): return try results(of: merge)
    }
  }

  /// The relation that a statement writes, and what is known of it.
  struct Target {
    /// `nil` where the history does not have it.
    let relation: QualifiedName?
    /// As messages name it.
    let name: String
    /// The columns, where it is a table.
    let columns: PartList<Column>
    let names: ResultColumns
    let isTable: Bool
  }

  mutating func target(_ reference: RelationReference) throws(SQLError) -> Target {
    guard let name = try relation(of: reference) else {
      return Target(relation: nil, name: reference.name.name, columns: [], names: .unknown, isTable: false)
    }
    let table = catalog.tables[name]
    return Target(
      relation: name,
      name: name.name,
      columns: table?.columns ?? [],
      names: columns(of: name),
      isTable: table != nil
    )
  }

  // MARK: - INSERT

  private mutating func results(of insert: Insert) throws(SQLError) -> ResultColumns {
    let target = try target(insert.relation)
    let columns = try insertColumns(insert.columns, of: target, mayRepeat: insert.setsParts)
    if insert.conflict != nil, let relation = target.relation,
      catalog.tables[relation]?.rules.contains(where: { [.insert, .update].contains($0.definition.event) }) == true
    {
      throw SQLError(
        .featureNotSupported,
        "INSERT with ON CONFLICT clause cannot be used with table that has INSERT or UPDATE rules"
      )
    }
    if let query = insert.query {
      try checkRows(of: query, for: target, columns, insert)
    }
    try requireChangeable(target.relation, .insert)
    if let conflict = insert.conflict { try analyze(conflict, of: insert, target) }
    return try returning(insert.returning, [insert.relation])
  }

  /// The columns that an INSERT fills, in its order; `nil` where they are not known.
  mutating func insertColumns(
    _ names: [String],
    of target: Target,
    mayRepeat: Bool
  ) throws(SQLError) -> [ResultColumn]? {
    if names.isEmpty { return target.names.isComplete ? target.names.columns : nil }
    var seen: Set<String> = []
    var columns: [ResultColumn] = []
    for name in names {
      let column = try targetColumn(name, of: target)
      if !mayRepeat, !seen.insert(name).inserted {
        throw .columnTwice(name)
      }
      columns.append(column ?? ResultColumn(name: name, type: nil))
    }
    return columns
  }

  /// `nil` where the column is not known, but may be there.
  mutating func targetColumn(_ name: String, of target: Target) throws(SQLError) -> ResultColumn? {
    note(written: name, of: target.relation)
    if target.isTable, let column = target.columns[named: name] {
      return ResultColumn(name: name, type: column.type)
    }
    if !target.isTable, let column = target.names.columns.first(where: { $0.name == name }) { return column }
    if target.names.isComplete {
      throw .undefined(.column, name, of: target.relation)
    }
    return nil
  }

  private mutating func checkRows(
    of query: Query,
    for target: Target,
    _ columns: [ResultColumn]?,
    _ insert: Insert
  ) throws(SQLError) {
    if case .values(let values) = query, values.with == nil, values.tail == QueryTail() {
      return try checkRows(of: values, for: target, columns, insert)
    }
    let results = try results(of: query)
    guard let columns, results.isComplete else { return }
    try checkCount(results.columns.count, columns.count, isListed: !insert.columns.isEmpty)
    for (column, result) in zip(columns, results.columns) {
      note(written: column.name, of: target.relation)
      try requireWritable(column.name, of: target, insert.overriding)
      if !insert.setsParts { try requireAssignable(result.type, to: column) }
    }
  }

  /// Most rows of a history stand in VALUES, thousands in a statement.
  private mutating func checkRows(
    of values: Values,
    for target: Target,
    _ columns: [ResultColumn]?,
    _ insert: Insert
  ) throws(SQLError) {
    levels.append(Level())
    defer { levels.removeLast() }
    levels[current].clause = .values
    let accepts = (columns ?? []).map { Acceptance(of: $0, in: database, isPart: insert.setsParts) }
    // Columns that only take DEFAULT: their positions.
    let restricted = restrictedColumns(columns ?? [], of: target, insert.overriding)
    let count = values.rows.first?.count ?? 0
    if reads != nil { for column in (columns ?? []).prefix(count) { note(written: column.name, of: target.relation) } }
    for row in values.rows {
      if row.contains(where: \.standsForSeveral) { return }
      if row.count != count {
        throw SQLError(.syntaxError, "VALUES lists must all be the same length")
      }
      if columns != nil { try checkCount(count, accepts.count, isListed: !insert.columns.isEmpty) }
      for (position, value) in row.enumerated() {
        switch value {
        case .constant(let constant):
          guard accepts.indices.contains(position), let columns else { continue }
          try check(constant, accepts[position], columns[position])
        case .setToDefault: continue
        default:
          let type = try type(of: value)
          guard let columns, columns.indices.contains(position), !insert.setsParts else { continue }
          try requireAssignable(type, to: columns[position])
        }
      }
    }
    for (position, name) in restricted where values.rows.contains(where: { $0[safe: position] != .setToDefault }) {
      if values.rows.contains(where: { $0[safe: position] != nil }) {
        throw SQLError(.generatedAlways, "cannot insert a non-DEFAULT value into column \"\(name)\"")
      }
    }
  }

  func checkCount(_ values: Int, _ columns: Int, isListed: Bool) throws(SQLError) {
    if values > columns { throw SQLError(.syntaxError, "INSERT has more expressions than target columns") }
    if isListed, values < columns {
      throw SQLError(.syntaxError, "INSERT has more target columns than expressions")
    }
  }

  private mutating func check(
    _ constant: Constant,
    _ acceptance: Acceptance,
    _ column: ResultColumn
  ) throws(SQLError) {
    switch constant {
    case .null: return
    case .string(let text):
      if let type = acceptance.enumeration { try catalog.requireUsable(text, of: type) }
    case .integer: if !acceptance.takesIntegers { try requireAssignable(constant.analyzedType, to: column) }
    default: try requireAssignable(constant.analyzedType, to: column)
    }
  }

  /// What a column takes, worked out once for all rows.
  private struct Acceptance {
    let takesIntegers: Bool
    /// The enum with values that are not committed yet.
    let enumeration: TypeName?

    init(of column: ResultColumn, in database: Database, isPart: Bool) {
      let type = column.type
      takesIntegers = isPart || type.map { !database.cannotAssign(TypeName(QualifiedName("int4")), to: $0) } ?? true
      enumeration = type.flatMap { database.catalog.hasNewValues($0) ? $0 : nil }
    }
  }

  // MARK: - ON CONFLICT

  private mutating func analyze(
    _ conflict: Insert.Conflict,
    of insert: Insert,
    _ target: Target
  ) throws(SQLError) {
    levels.append(Level())
    defer { levels.removeLast() }
    levels[current].entries = [try entry(of: insert.relation)]
    if let conflictTarget = insert.conflictTarget { try check(conflictTarget, of: target, conflict) }
    guard case .doUpdate(let assignments, let condition) = conflict else { return }
    var excluded = try entry(of: RelationReference(insert.relation.name, alias: "excluded"))
    excluded.hasSystemColumns = false
    levels[current].entries.append(excluded)
    try assign(assignments, to: target)
    if let condition { try requireBoolean(condition, in: .condition) }
  }

  // MARK: - UPDATE and DELETE

  private mutating func results(of update: Update) throws(SQLError) -> ResultColumns {
    let target = try target(update.relation)
    try defineTarget(update.relation, and: update.from)
    let values = try types(of: update.assignments)
    if let condition = update.condition { try requireBoolean(condition, in: .condition) }
    let results = try returning(update.returning, nil)
    try check(update.assignments, values, for: target)
    try requireChangeable(target.relation, .update)
    return results
  }

  private mutating func results(of delete: Delete) throws(SQLError) -> ResultColumns {
    let target = try target(delete.relation)
    try defineTarget(delete.relation, and: delete.using)
    if let condition = delete.condition { try requireBoolean(condition, in: .condition) }
    let results = try returning(delete.returning, nil)
    try requireChangeable(target.relation, .delete)
    return results
  }

  /// The table that a statement changes, which items of FROM cannot name.
  mutating func defineTarget(_ relation: RelationReference, and items: [FromItem]) throws(SQLError) {
    var entry = try writtenEntry(of: relation)
    entry.isLateralOnly = true
    entry.isLateralAllowed = false
    levels[current].entries = [entry]
    try define(items)
    levels[current].entries[0].isLateralOnly = false
    levels[current].entries[0].isLateralAllowed = true
  }

  /// A table of WITH cannot be written: the name means a relation.
  mutating func writtenEntry(of reference: RelationReference) throws(SQLError) -> Entry {
    let tables = levels.map(\.commonTables)
    for level in levels.indices { levels[level].commonTables = [:] }
    defer { for level in levels.indices { levels[level].commonTables = tables[level] } }
    return try entry(of: reference)
  }

  mutating func assign(_ assignments: [Assignment], to target: Target) throws(SQLError) {
    try check(assignments, types(of: assignments), for: target)
  }

  /// The types of the values after SET.
  private mutating func types(of assignments: [Assignment]) throws(SQLError) -> [TypeName?] {
    var types: [TypeName?] = []
    for assignment in assignments {
      let isList = assignment.columns.count > 1
      if isList, case .row(let items) = assignment.value, !items.contains(where: \.standsForSeveral),
        items.count != assignment.columns.count
      {
        throw SQLError(.syntaxError, "number of columns does not match number of values")
      }
      if isList, case .subquery(let subquery) = assignment.value, subquery.form == .scalar {
        let columns = try inside(.update) { analysis throws(SQLError) in try analysis.results(of: subquery.query) }
        if columns.isComplete, columns.columns.count != assignment.columns.count {
          throw SQLError(.syntaxError, "number of columns does not match number of values")
        }
        types.append(nil)
        continue
      }
      let type = try inside(.update) { analysis throws(SQLError) in try analysis.type(of: assignment.value) }
      types.append(isList ? nil : type)
    }
    return types
  }

  private mutating func check(
    _ assignments: [Assignment],
    _ types: [TypeName?],
    for target: Target
  ) throws(SQLError) {
    var seen: Set<String> = []
    var duplicate: String?
    for (assignment, type) in zip(assignments, types) {
      for name in assignment.columns {
        if target.isTable, name.isSystemColumn {
          throw SQLError(.featureNotSupported, "cannot assign to system column \"\(name)\"")
        }
        let column = try targetColumn(name, of: target)
        if !seen.insert(name).inserted, !assignment.setsParts { duplicate = duplicate ?? name }
        guard let column, !assignment.setsParts, assignment.columns.count == 1 else { continue }
        if case .constant(.string(let text)) = assignment.value, let type = column.type {
          try catalog.requireUsable(text, of: type)
        }
        try requireAssignable(type, to: column)
      }
    }
    if let duplicate {
      throw SQLError(.syntaxError, "multiple assignments to same column \"\(duplicate)\"")
    }
    for assignment in assignments where assignment.value != .setToDefault {
      for name in assignment.columns where target.onlyTakesDefault(name) {
        throw SQLError(.generatedAlways, "column \"\(name)\" can only be updated to DEFAULT")
      }
    }
  }

  // MARK: - RETURNING

  /// `relations` are those in reach; `nil` for all of the statement's.
  mutating func returning(_ targets: [Select.Target], _ relations: [RelationReference]?) throws(SQLError)
    -> ResultColumns
  {
    guard !targets.isEmpty else { return .unknown }
    if let relations {
      var entries: [Entry] = []
      for relation in relations { entries.append(try writtenEntry(of: relation)) }
      levels[current].entries = entries
    }
    // PostgreSQL 18 has the rows before and after the change.
    for name in ["old", "new"] where !levels[current].entries.contains(where: { $0.name == name }) {
      var entry = Entry(number: nextEntry(), name: name, contents: .unknown)
      entry.showsColumns = false
      levels[current].entries.append(entry)
    }
    return try inside(.returning) { analysis throws(SQLError) in try analysis.outputs(of: targets) }
  }
}

extension Array {
  fileprivate subscript(safe position: Int) -> Element? { indices.contains(position) ? self[position] : nil }
}
