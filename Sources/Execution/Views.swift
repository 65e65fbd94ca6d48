import Catalog
import Syntax

extension Execution {
  mutating func perform(_ statement: CreateView) throws(SQLError) {
    try checkPlace(of: statement.relation)
    var name = database.creationName(of: statement.relation)
    let columnsRead = try analyze(defining: statement.query)
    if let reason = statement.query.whyNoViewHasIt { throw reason }
    if catalog.views.contains(name) { lock(name, .accessExclusive) }
    read(statement.query)
    let query = database.resolved(statement.query)
    // A view of temporary relations is temporary itself.
    if query.relations.contains(where: { $0.name.schema == Catalog.temporary }) {
      // Source: `DefineView` in `view.c`.
      if let schema = statement.relation.name.schema, schema != Catalog.temporary { throw .temporaryInSchema }
      name.schema = Catalog.temporary
    }
    try checkCollations(of: query)
    var view = try makeView(
      name,
      query: query,
      reading: columnsRead,
      columnNames: statement.columnNames,
      isMaterialized: false
    )
    view.options = statement.options.filter { $0.name != "check_option" }
    view.checkOption = statement.checkOption
    if catalog.isKnown(name) {
      guard statement.replaces else { throw .duplicate(.table, name) }
      guard let old = catalog.views[name], !old.isMaterialized else {
        throw SQLError(.wrongObjectType, "\(name.quotedInErrors) is not a view", about: SQLError.Object(.view, name))
      }
      try check(view, mayReplace: old)
      view.createdIn = old.createdIn
      view.triggers = old.triggers
      view.defaults = old.defaults
    }
    catalog.views[name] = view
  }

  /// OR REPLACE keeps the columns that are there, and may only add some behind them.
  private func check(_ view: View, mayReplace old: View) throws(SQLError) {
    guard view.knowsAllColumns, old.knowsAllColumns else { return }
    guard view.columns.count >= old.columns.count else {
      throw SQLError(
        .invalidTableDefinition,
        "cannot drop columns from view",
        about: SQLError.Object(.view, view.name)
      )
    }
    let object = SQLError.Object(.view, view.name)
    for (new, old) in zip(view.columns, old.columns) {
      if new.name != old.name {
        throw SQLError(
          .invalidTableDefinition,
          "cannot change name of view column \"\(old.name)\" to \"\(new.name)\"",
          about: object
        )
      }
      if let newType = new.type, let oldType = old.type, newType.sql != oldType.sql {
        throw SQLError(
          .invalidTableDefinition,
          "cannot change data type of view column \"\(old.name)\" from \(oldType.sql) to \(newType.sql)",
          about: object
        )
      }
      if let newCollation = new.collation, let oldCollation = old.collation, newCollation != oldCollation {
        throw SQLError(
          .invalidTableDefinition,
          "cannot change collation of view column \"\(old.name)\" from \(oldCollation.quotedInErrors) to "
            + newCollation.quotedInErrors,
          about: object
        )
      }
    }
  }

  /// The columns that a query gives to a table or view, under the names that the statement lists.
  ///
  /// Source: `CheckAttributeNamesTypes` in `heap.c`, and `transformTargetList` in `parse_target.c`.
  private func resultColumns(
    of query: Query,
    named columnNames: [String],
    tooMany message: String = "too many column names were specified"
  ) throws(SQLError) -> QueryColumns {
    var columns = database.columns(of: query)
    if columns.isComplete, columnNames.count > columns.columns.count { throw SQLError(.syntaxError, message) }
    if columns.columns.count > ServerLimits.targets {
      throw SQLError(.tooManyColumns, "target lists can have at most \(ServerLimits.targets) entries")
    }
    for (position, name) in columnNames.enumerated() {
      if columns.columns.indices.contains(position) {
        columns.columns[position].name = name
      } else {
        columns.columns.append(Column(name: name, type: nil))
      }
    }
    // Where stars hide some, the names may stand for others.
    var names: Set<String> = []
    for column in columns.isComplete ? columns.columns : [] where !names.insert(column.name).inserted {
      throw .columnTwice(column.name)
    }
    if columns.columns.count > ServerLimits.columns { throw .tooManyColumns }
    return columns
  }

  /// Columns of two tables with different collations have none in a union of them.
  ///
  /// Source: `select_common_collation` in `parse_collate.c`, `CheckAttributeType` in `heap.c`.
  private func checkCollations(of query: Query) throws(SQLError) {
    guard case .setOperation(let operation) = query else { return }
    let left = database.columns(of: operation.left)
    let right = database.columns(of: operation.right)
    guard left.isComplete, right.isComplete else { return }
    for (first, second) in zip(left.columns, right.columns) {
      guard let collation = first.collation, let other = second.collation, collation != other else { continue }
      if operation.operation == .union, operation.keepsDuplicates {
        let type = first.type?.withoutModifiers.sql ?? "text"
        throw SQLError(
          .indeterminateCollation,
          "no collation was derived for column \(first.name.quotedInErrors) with collatable type \(type)"
        )
      }
      throw SQLError(
        .collationMismatch,
        "collation mismatch between implicit collations \(collation.quotedInErrors) and \(other.quotedInErrors)"
      )
    }
  }

  private func makeView(
    _ name: QualifiedName,
    query: Query,
    reading columnsRead: [QualifiedName: Set<String>]?,
    columnNames: [String],
    isMaterialized: Bool
  ) throws(SQLError) -> View {
    let columns =
      isMaterialized
      ? try resultColumns(of: query, named: columnNames)
      : try resultColumns(
        of: query,
        named: columnNames,
        tooMany: "CREATE VIEW specifies more column names than columns"
      )
    var view = View(
      name: name,
      isMaterialized: isMaterialized,
      query: query,
      columns: columns.columns,
      knowsAllColumns: columns.isComplete,
      namedColumnCount: columnNames.count,
      relations: [],
      columnsByRelation: [:],
      options: [],
      checkOption: .none,
      hasData: true,
      createdIn: catalog.currentMigration
    )
    view.take(ViewDependencies(of: query, in: database, columnsRead: columnsRead))
    return view
  }

  mutating func perform(_ statement: CreateTableAs) throws(SQLError) {
    try checkPlace(of: statement.relation)
    let columnsRead = statement.isMaterializedView ? try analyze(defining: statement.query) : nil
    if !statement.isMaterializedView { try analyze(statement.query) }
    read(statement.query)
    let name = database.creationName(of: statement.relation)
    if catalog.isKnown(name) {
      if statement.ifNotExists { return }
      throw .duplicate(.table, name)
    }
    if statement.onCommit != .unspecified, statement.relation.persistence != .temporary,
      name.schema != Catalog.temporary
    {
      throw SQLError(.invalidTableDefinition, "ON COMMIT can only be used on temporary tables")
    }
    if let query = statement.query { try checkCollations(of: query) }
    if statement.withData, let query = statement.query { try checkConstants(of: query) }
    catalog.forget(assumed: name)
    if statement.isMaterializedView, let query = statement.query {
      var view = try makeView(
        name,
        query: database.resolved(query),
        reading: columnsRead,
        columnNames: statement.columnNames,
        isMaterialized: true
      )
      view.hasData = statement.withData
      view.options = statement.options
      catalog.views[name] = view
      return
    }
    var table = Table(
      name: name,
      kind: .table,
      persistence: statement.relation.persistence,
      createdIn: catalog.currentMigration
    )
    var columns = QueryColumns.unknown
    if let query = statement.query { columns = try resultColumns(of: query, named: statement.columnNames) }
    table.columns = PartList(columns.columns)
    table.knowsAllColumns = columns.isComplete
    table.unreadableRuns = catalog.unreadableRuns
    table.options = statement.options
    if statement.onCommit == .drop { table.dropsOnCommit = true }
    catalog.put(table)
  }

  mutating func perform(_ statement: RefreshMaterializedView) {
    let name = database.qualified(statement.relation.name)
    let view = catalog.views[name]
    lock(name, statement.isConcurrent ? .exclusive : .accessExclusive)
    let cause = WorkCause.refresh(isConcurrent: statement.isConcurrent, isFirst: view?.hasData == false)
    work(statement.isConcurrent ? .scan : .rewrite, on: name, because: cause)
    if !statement.isConcurrent {
      let indexes = view?.indexNames ?? []
      lock(indexes, .accessExclusive)
      if !indexes.isEmpty || view == nil { work(.indexBuild, on: name, because: cause) }
    }
    read(view?.query)
    if view != nil { catalog.views[name]?.hasData = statement.withData }
  }

  /// ALTER VIEW and ALTER MATERIALIZED VIEW.
  mutating func alterView(_ name: QualifiedName, _ statement: AlterTable) throws(SQLError) {
    lock(name, statement.lock(of: version))
    for action in statement.actions {
      guard var view = catalog.views[name] else { return }
      switch action.kind {
      case .setOptions(let options): view.options.set(options)
      case .resetOptions(let options): view.options.reset(options)
      case .setDefault(let column, let value):
        if view.knowsAllColumns, !view.columnNames.contains(column) { throw .undefined(.column, column, of: name) }
        view.defaults[column] = database.resolved(value)
      case .dropDefault(let column): view.defaults[column] = nil
      default: break
      }
      catalog.views[name] = view
    }
  }
}

extension Query {
  /// What a view's query must not have.
  ///
  /// Source: `transformCreateTableAsStmt` and `DefineView`.
  fileprivate var whyNoViewHasIt: SQLError? {
    if case .select(let select) = self, select.into != nil {
      return SQLError(.syntaxError, "views must not contain SELECT INTO")
    }
    let changesData = with?.queries.contains { if case .dataChange = $0.query { true } else { false } } == true
    return changesData
      ? SQLError(.featureNotSupported, "views must not contain data-modifying statements in WITH")
      : nil
  }
}
