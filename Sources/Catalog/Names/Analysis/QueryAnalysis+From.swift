import Syntax

extension QueryAnalysis {
  /// Puts what FROM names in reach of the query.
  mutating func define(_ items: [FromItem]) throws(SQLError) {
    guard !items.isEmpty else { return }
    for item in items {
      var entries = try self.entries(of: item)
      try checkNames(levels[current].entries, entries)
      for index in entries.indices { entries[index].isLateralOnly = true }
      levels[current].entries += entries
    }
    for index in levels[current].entries.indices {
      levels[current].entries[index].isLateralOnly = false
      levels[current].entries[index].isLateralAllowed = true
    }
  }

  /// Two items of one name, unless they are tables of different schemas.
  private mutating func checkNames(_ left: [Entry], _ right: [Entry]) throws(SQLError) {
    if left.count * right.count > 64 {
      let names = Set(left.filter { $0.showsName && $0.isAliased }.compactMap(\.name))
      for entry in right where entry.showsName && entry.isAliased {
        if let name = entry.name, names.contains(name) { throw Self.duplicateAlias(name) }
      }
      return
    }
    for first in left where first.showsName {
      guard let name = first.name else { continue }
      for second in right where second.showsName && second.name == name {
        let areTables = !first.isAliased && !second.isAliased
        if !areTables || first.relation == second.relation { throw Self.duplicateAlias(name) }
      }
    }
  }

  static func duplicateAlias(_ name: String) -> SQLError {
    SQLError(.duplicateAlias, "table name \"\(name)\" specified more than once")
  }

  private mutating func entries(of item: FromItem) throws(SQLError) -> [Entry] {
    switch item {
    case .relation(let reference): return [try entry(of: reference)]
    case .subquery(let query, let alias, let isLateral):
      levels[current].isLateral = isLateral
      defer { levels[current].isLateral = false }
      let columns = try results(of: query).asResults
      let name = alias?.name
      let named = try columns.renamed(alias?.columns ?? [], of: "table \"\(name ?? "unnamed_subquery")\"")
      return [entry(name, named)]
    case .function(let item): return [try entry(of: item)]
    case .join(let join): return try entries(of: join)
    case .sample(let item, let method):
      for argument in method.arguments + [method.seed].compactMap(\.self) { _ = try type(of: argument) }
      return try entries(of: item)
    case .tableExpression(let expression, let alias):
      levels[current].isLateral = true
      defer { levels[current].isLateral = false }
      _ = try inside(.functionInFrom) { analysis throws(SQLError) in try analysis.type(of: expression) }
      return [entry(alias?.name, .unknown)]
    case .other: return [entry(nil, .unknown)]
    }
  }

  mutating func entry(_ name: String?, _ columns: ResultColumns) -> Entry {
    let number = nextEntry()
    return Entry(number: number, name: name, contents: columns.columns(ofEntry: number))
  }

  // MARK: - Relations

  mutating func entry(of reference: RelationReference) throws(SQLError) -> Entry {
    let shown = reference.alias ?? reference.name.name
    if reference.name.schema == nil, let columns = commonTable(reference.name.name) {
      return entry(shown, try columns.renamed(reference.aliasColumns, of: "table \"\(shown)\""))
    }
    guard let name = try relation(of: reference) else {
      var entry = entry(shown, .unknown)
      entry.relation = database.qualified(reference.name)
      entry.isAliased = reference.alias != nil
      return entry
    }
    let columns = columns(of: name)
    let number = nextEntry()
    var entry = Entry(
      number: number,
      name: shown,
      contents: try columns.columns(ofEntry: number).renamed(reference.aliasColumns, of: "table \"\(shown)\""),
      relation: name
    )
    note(number, handsOn: name)
    entry.isAliased = reference.alias != nil
    entry.hasSystemColumns = catalog.views[name].map(\.isMaterialized) ?? true
    return entry
  }

  private func commonTable(_ name: String) -> ResultColumns? {
    for level in levels.reversed() {
      if let columns = level.commonTables[name] { return columns }
    }
    return nil
  }

  /// The relation that a query names; `nil` where the history does not have it.
  mutating func relation(of reference: RelationReference) throws(SQLError) -> QualifiedName? {
    guard !isExhausted(by: 1) else { return nil }
    let name = database.qualified(reference.name)
    if catalog.tables.contains(name) || catalog.views.contains(name) || catalog.sequences.contains(name) { return name }
    if catalog.indexes.contains(name) { throw .cannotBeOpened(name) }
    guard database.mayTell(ofMissing: reference.name) else { return nil }
    if case .composite? = catalog.types[name]?.form { throw .cannotBeOpened(name) }
    if catalog.isGone(name) { throw .undefined(.table, name) }
    note(missing: name)
    return nil
  }

  func columns(of relation: QualifiedName) -> ResultColumns {
    if let table = catalog.tables[relation] {
      return ResultColumns(
        columns: table.columns.map { ResultColumn(name: $0.name, type: $0.type) },
        isComplete: catalog.isFullyKnown(table)
      )
    }
    if let view = catalog.views[relation] {
      return ResultColumns(
        columns: view.columns.map { ResultColumn(name: $0.name, type: $0.type) },
        // Code that nobody could read may have made it anew.
        isComplete: view.knowsAllColumns && catalog.unreadableRuns == 0
      )
    }
    if catalog.sequences.contains(relation) {
      let types = [("last_value", "int8"), ("log_cnt", "int8"), ("is_called", "bool")]
      return ResultColumns(
        columns: types.map { ResultColumn(name: $0, type: TypeName(QualifiedName($1))) },
        isComplete: true
      )
    }
    return .unknown
  }

  // MARK: - Joins

  private mutating func entries(of join: Join) throws(SQLError) -> [Entry] {
    let outside = levels[current].entries
    var left = try entries(of: join.left)
    let isLeftLateral = join.form == .inner || join.form == .left
    levels[current].entries += left.map { entry in
      var entry = entry
      entry.isLateralOnly = true
      entry.isLateralAllowed = isLeftLateral
      return entry
    }
    var right = try entries(of: join.right)
    levels[current].entries = outside
    try checkNames(left, right)
    let shared = try sharedColumns(of: join, left, right)
    if let condition = join.condition {
      levels[current].entries = left + right
      try requireBoolean(condition, in: .join)
      levels[current].entries = outside
    }
    let number = nextEntry()
    var contents = joined(left, right, shared, form: join.form)
    if let alias = join.alias {
      contents = try contents.renamed(alias.columns, of: "join expression \"\(alias.name)\"")
      return [Entry(number: number, name: alias.name, contents: contents)]
    }
    for index in left.indices { left[index].showsColumns = false }
    for index in right.indices { right[index].showsColumns = false }
    var entry = Entry(number: number, name: nil, contents: contents)
    entry.showsName = false
    var entries = left + right + [entry]
    if let alias = join.columnsAlias {
      let merged = ResultColumns(
        columns: shared.map { Array(contents.columns.prefix($0.count)) } ?? [],
        isComplete: shared != nil
      )
      var named = Entry(number: nextEntry(), name: alias, contents: merged)
      named.showsColumns = false
      entries.append(named)
    }
    return entries
  }

  /// The columns that USING or NATURAL joins; `nil` where they are not known.
  private mutating func sharedColumns(
    of join: Join,
    _ left: [Entry],
    _ right: [Entry]
  ) throws(SQLError) -> [String]? {
    if join.isNatural {
      let sides = [left, right].map { side in side.filter(\.showsColumns).map(\.contents) }
      guard sides.joined().allSatisfy(\.isComplete) else {
        noteUnknownRead()
        return nil
      }
      let others = Set(sides[1].flatMap { $0.columns.map(\.name) })
      var names: [String] = []
      var seen: Set<String> = []
      for column in sides[0].flatMap(\.columns) where others.contains(column.name) {
        if seen.insert(column.name).inserted { names.append(column.name) }
      }
      guard reads != nil else { return names }
      for column in sides.joined().flatMap(\.columns) where seen.contains(column.name) { note(read: column) }
      return names
    }
    var seen: Set<String> = []
    for column in join.columns {
      if !seen.insert(column).inserted {
        throw SQLError(.duplicateColumn, "column name \"\(column)\" appears more than once in USING clause")
      }
      try requireShared(column, in: left, "left")
      try requireShared(column, in: right, "right")
    }
    return join.columns
  }

  private mutating func requireShared(
    _ column: String,
    in entries: [Entry],
    _ side: String
  ) throws(SQLError) {
    var count = 0
    var mayBeThere = false
    for entry in entries where entry.showsColumns {
      if isExhausted(by: 1) { return }
      switch entry.match(column) {
      case .one(let column):
        count += 1
        note(read: column)
      case .several: count += 2
      case .none: if !entry.contents.isComplete { mayBeThere = true }
      }
    }
    if mayBeThere { noteUnknownRead() }
    if count > 1 {
      throw SQLError(.ambiguousColumn, "common column name \"\(column)\" appears more than once in \(side) table")
    }
    if count == 0, !mayBeThere {
      throw SQLError(
        .undefinedColumn,
        "column \"\(column)\" specified in USING clause does not exist in \(side) table"
      )
    }
  }

  /// The columns of a join: those that both sides share, then the others.
  private mutating func joined(
    _ left: [Entry],
    _ right: [Entry],
    _ shared: [String]?,
    form: Join.Form
  ) -> ResultColumns {
    guard let shared else { return .unknown }
    let sides = [left, right].map { side in side.filter(\.showsColumns) }
    var result = ResultColumns(columns: [], isComplete: true)
    let names = Set(shared)
    for name in shared {
      var column = ResultColumn(name: name, type: nil)
      for entry in sides[form == .right ? 1 : 0] {
        if case .one(let found) = entry.match(name) { column = found }
      }
      // Of a full join it is the first value of the two that is not null.
      if form == .full { column.source = nil }
      result.columns.append(column)
    }
    for entry in sides.joined() {
      if isExhausted(by: entry.contents.columns.count) { return .unknown }
      result.columns += entry.contents.columns.filter { !names.contains($0.name) }
      if !entry.contents.isComplete { result.isComplete = false }
    }
    return result
  }
}

extension SQLError {
  static func cannotBeOpened(_ name: QualifiedName) -> SQLError {
    SQLError(.wrongObjectType, "cannot open relation \(name.quotedInErrors)")
  }
}

extension Database {
  /// Whether a relation that the history does not have is none of PostgreSQL's own and of no schema that the history
  /// does not make.
  package func mayTell(ofMissing name: QualifiedName) -> Bool {
    guard let schema = name.schema else {
      return !name.name.hasPrefix("pg_") && session.searchPath.allSatisfy { catalog.schemas.contains($0) }
    }
    return !schema.hasPrefix("pg_") && schema != "information_schema"
  }
}
