import Catalog
import Syntax

/// What PostgreSQL's analyser refuses, before a statement runs.
extension Execution {
  /// Statements inside code stand behind conditions, and name its variables: nothing is said about them.
  private var isInsideCode: Bool { !routines.isEmpty }

  mutating func analyze(_ statement: Statement.Kind) throws(SQLError) {
    if isInsideCode { return }
    switch statement {
    case .query(let query):
      try analyze(query)
      if case .select(let select) = query { try requireFilled(select) }
      try checkConstants(of: query)
    case .dataChange(let change):
      try analyzing { analysis throws(SQLError) in try analysis.analyze(change) }
      try requireIdentity(for: change)
    case .explain(let explain): try analyze(explained: explain.statement)
    case .copy(let copy): try check(copy)
    case .prepare(_, let statement):
      // It is planned when it is executed.
      if case .dataChange(let change) = statement {
        try analyzing { analysis throws(SQLError) in try analysis.analyze(change) }
      } else {
        try analyze(statement)
      }
    case .truncate(let truncate): try check(truncate)
    case .refreshMaterializedView(let refresh): try check(refresh)
    default: break
    }
  }

  private mutating func analyze(explained statement: Statement.Kind) throws(SQLError) {
    switch statement {
    case .query, .dataChange: try analyze(statement)
    case .createTableAs(let table):
      try analyze(table.query)
      if !table.ifNotExists { try requireFree(database.creationName(of: table.relation)) }
    default: break
    }
  }

  /// The same of a statement that code runs for certain: relations are the only names that no variable can be meant by.
  mutating func doubtRelations(of statement: Statement.Kind, at place: SQLError.CodePlace?) {
    var analysis = QueryAnalysis(database: database)
    switch statement {
    case .query(let query): try? analysis.analyze(query)
    case .dataChange(let change): try? analysis.analyze(change)
    default: return
    }
    guard !analysis.missing.isEmpty else { return }
    let known = doubt
    for name in analysis.missing { try? require(name) }
    if known == nil { placeDoubt(at: place) }
  }

  mutating func analyze(_ query: Query?) throws(SQLError) {
    guard let query, !isInsideCode else { return }
    try analyzing { analysis throws(SQLError) in try analysis.analyze(query) }
  }

  /// The query of a view; the columns that it reads, by relation, where the history tells all of them.
  mutating func analyze(defining query: Query?) throws(SQLError) -> [QualifiedName: Set<String>]? {
    guard let query, !isInsideCode else { return nil }
    var columnsRead: [QualifiedName: Set<String>]?
    try analyzing { analysis throws(SQLError) in
      analysis.collectReads()
      try analysis.analyze(query)
      columnsRead = analysis.columnsRead
    }
    return columnsRead
  }

  /// A condition about the columns of a relation, such as that of a policy; `what` is PostgreSQL's word for it.
  mutating func analyze(
    _ condition: Expression?,
    of relation: RelationReference,
    as what: String
  ) throws(SQLError) {
    guard let condition, !isInsideCode else { return }
    try analyzing { analysis throws(SQLError) in try analysis.analyze(condition, of: relation, as: what) }
  }

  /// The columns that the rule reads and fills, by relation, as far as they are known.
  mutating func analyze(_ rule: CreateRule) throws(SQLError) -> [QualifiedName: Set<String>] {
    if isInsideCode { return [:] }
    var columnsRead: [QualifiedName: Set<String>] = [:]
    try analyzing { analysis throws(SQLError) in
      analysis.collectReads()
      try analysis.analyze(rule)
      columnsRead = analysis.knownColumnsRead
    }
    return columnsRead
  }

  /// The condition of a trigger, which names the old and the new row.
  mutating func analyze(
    _ condition: Expression,
    ofTriggerOn relation: RelationReference
  ) throws(SQLError) {
    if isInsideCode { return }
    try analyzing { analysis throws(SQLError) in try analysis.analyze(condition, ofTriggerOn: relation) }
  }

  /// PostgreSQL looks at the body of a function in SQL when it is made, unless `check_function_bodies` is off.
  ///
  /// Source: `fmgr_sql_validator` in `pg_proc.c`.
  mutating func analyzeBody(of function: CreateFunction) throws(SQLError) {
    guard !isInsideCode, function.language?.lowercased() == "sql" || function.sqlBody != nil else { return }
    if function.sqlBody == nil, !database.session.checksFunctionBodies { return }
    var inner = database
    for setting in function.settings { inner.session.set(setting) }
    let names = function.parameters.compactMap(\.name) + [function.name.name]
    var analysis = QueryAnalysis(database: inner, variables: Set(names))
    switch function.sqlBody {
    case .value(let value)?: try analysis.analyze(.select(Select(targets: [.init(name: nil, expression: value)])))
    case .atomic(let statements)?: for statement in statements { try analysis.analyze(statement) }
    case nil:
      for part in function.code.parts {
        do throws(SQLError) {
          try analysis.analyze(part.kind)
        } catch {
          throw error.at(part.range.map { .inBody($0) })
        }
      }
    }
    for name in analysis.missing { try require(name) }
    for type in analysis.missingTypes { require(type) }
    for error in analysis.doubts { doubt(error) }
  }

  private mutating func analyzing(
    _ body: (inout QueryAnalysis) throws(SQLError) -> Void
  ) throws(SQLError) {
    var analysis = QueryAnalysis(database: database)
    try body(&analysis)
    for name in analysis.missing { try require(name) }
    for type in analysis.missingTypes { require(type) }
    for error in analysis.doubts { doubt(error) }
  }

  private func requireFree(_ name: QualifiedName) throws(SQLError) {
    if catalog.isKnown(name) { throw .duplicate(.table, name.name) }
  }

  /// A materialized view without data cannot be read.
  private func requireFilled(_ select: Select) throws(SQLError) {
    for relation in select.from.flatMap(\.relations) {
      let name = database.qualified(relation.name)
      guard let view = catalog.views[name], view.isMaterialized, !view.hasData, catalog.unreadableRuns == 0 else {
        continue
      }
      if relation.name.schema == nil, select.with?.queries.contains(where: { $0.name == name.name }) == true {
        continue
      }
      throw SQLError(
        .objectNotInPrerequisiteState,
        "materialized view \(name.quotedInErrors) has not been populated"
      )
    }
  }

  // MARK: - COPY

  private mutating func check(_ copy: Copy) throws(SQLError) {
    if let statement = copy.query {
      try checkCopied(statement)
      try analyze(statement)
    }
    guard let reference = copy.relation else { return }
    var analysis = QueryAnalysis(database: database)
    let relation = try analysis.copied(reference, copy.columns)
    for name in analysis.missing { try require(name) }
    guard let relation else { return }
    try requireCopyable(relation, copy)
  }

  /// Source: `DoCopy` in `copy.c` and `BeginCopyTo` in `copyto.c`.
  private func checkCopied(_ statement: Statement.Kind) throws(SQLError) {
    switch statement {
    case .query(.select(let select)) where select.into != nil:
      throw SQLError(.featureNotSupported, "COPY (SELECT INTO) is not supported")
    case .dataChange(let change):
      if change.returning.isEmpty {
        throw SQLError(.featureNotSupported, "COPY query must have a RETURNING clause")
      }
    default: break
    }
  }

  /// Source: `BeginCopyTo` and `CopyFrom` in `copyto.c` and `copyfrom.c`.
  private func requireCopyable(_ relation: QualifiedName, _ copy: Copy) throws(SQLError) {
    guard let kind = catalog.kind(of: relation) else { return }
    switch kind {
    case .table: return
    case .partitionedTable, .foreignTable: if copy.isFrom { return }
    case .materializedView: if !copy.isFrom, version >= 18 { return }
    case .view:
      let insteadOf = catalog.views[relation]?.triggers.contains { $0.definition.timing == .insteadOf } == true
      if copy.isFrom, insteadOf { return }
    case .index, .sequence, .compositeType: break
    }
    let direction = copy.isFrom ? "to" : "from"
    throw SQLError(
      .wrongObjectType,
      "cannot copy \(direction) \(kind.rawValue) \(QualifiedName(relation.name).quotedInErrors)"
    )
  }

  // MARK: - TRUNCATE

  /// Source: `ExecuteTruncate` and `heap_truncate_check_FKs`.
  private mutating func check(_ truncate: Truncate) throws(SQLError) {
    catalog.refreshDependencies()
    var tables: Set<QualifiedName> = []
    for reference in truncate.relations {
      let name = database.qualified(reference.name)
      guard let table = catalog.tables[name] else {
        if catalog.hasRelation(name) {
          throw SQLError(.wrongObjectType, "\(QualifiedName(name.name).quotedInErrors) is not a table")
        }
        if database.mayTell(ofMissing: reference.name) { try require(name) }
        continue
      }
      if table.kind == .partitionedTable, !reference.includesDescendants {
        throw SQLError(.wrongObjectType, "cannot truncate only a partitioned table")
      }
      tables.formUnion(database.family(reference))
    }
    if truncate.cascade { return }
    for table in tables.sorted(by: { $0.name < $1.name }) {
      for key in catalog.foreignKeys(to: table) where !tables.contains(key.table) {
        var error = SQLError(
          .featureNotSupported,
          "cannot truncate a table referenced in a foreign key constraint",
          about: SQLError.Object(.table, table)
        )
        error.dependents = [.table(key.table)]
        throw error
      }
    }
  }

  // MARK: - REFRESH

  /// Source: `RefreshMatViewByOid` in `matview.c`.
  private mutating func check(_ refresh: RefreshMaterializedView) throws(SQLError) {
    let name = database.qualified(refresh.relation.name)
    let shown = name.quotedInErrors
    guard let view = catalog.views[name] else {
      if catalog.tables[name].map({ !$0.isAssumed }) == true {
        throw SQLError(.featureNotSupported, "\(shown) is not a materialized view")
      }
      if catalog.indexes.contains(name) || catalog.sequences.contains(name) {
        throw SQLError(.wrongObjectType, "\(shown) is not a table or materialized view")
      }
      if database.mayTell(ofMissing: refresh.relation.name), !catalog.hasRelation(name) { try require(name) }
      return
    }
    guard view.isMaterialized else {
      throw SQLError(.wrongObjectType, "\(shown) is not a table or materialized view")
    }
    guard refresh.isConcurrent else { return }
    if !refresh.withData {
      throw SQLError(.syntaxError, "REFRESH options CONCURRENTLY and WITH NO DATA cannot be used together")
    }
    guard catalog.unreadableRuns == 0 else { return }
    if !view.hasData {
      throw SQLError(
        .featureNotSupported,
        "CONCURRENTLY cannot be used when the materialized view is not populated"
      )
    }
    let hasKey = view.indexNames.contains { index in
      catalog.indexes[index]?.definition.isKeyOfColumns ?? true
    }
    if !hasKey {
      throw SQLError(
        .objectNotInPrerequisiteState,
        "cannot refresh materialized view \"\(name.description)\" concurrently"
      )
    }
  }
}

extension CreateIndex {
  /// Whether it tells all rows apart by columns alone.
  fileprivate var isKeyOfColumns: Bool {
    isUnique && predicate == nil
      && elements.allSatisfy { if case .column = $0.key { true } else { false } }
  }
}
