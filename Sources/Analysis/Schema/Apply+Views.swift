import Syntax

extension Schema {
  mutating func create(_ statement: CreateView) throws(Refusal) {
    var name = creationName(of: statement.relation)
    let query = resolved(statement.query)
    // A view of temporary relations is temporary itself.
    if query.relations.contains(where: { $0.name.schema == Self.temporary }) { name.schema = Self.temporary }
    var view = makeView(name, query: query, columnNames: statement.columnNames, isMaterialized: false)
    view.options = statement.options.filter { $0.name != "check_option" }
    view.checkOption = statement.checkOption
    if isKnown(name) {
      guard let old = views[name], !old.isMaterialized, statement.replaces else { throw .exists }
      try check(view, mayReplace: old)
      view.createdIn = old.createdIn
      view.triggers = old.triggers
      view.defaults = old.defaults
    }
    views[name] = view
  }

  /// OR REPLACE keeps the columns that are there, and may only add some behind them.
  private func check(_ view: View, mayReplace old: View) throws(Refusal) {
    guard view.knowsAllColumns, old.knowsAllColumns else { return }
    guard view.columns.count >= old.columns.count else { throw .isNeeded }
    for (new, old) in zip(view.columns, old.columns) {
      if new.name != old.name { throw .isNeeded }
      if let newType = new.type, let oldType = old.type, newType.sql != oldType.sql { throw .isNeeded }
    }
  }

  private func makeView(_ name: QualifiedName, query: Query, columnNames: [String], isMaterialized: Bool) -> View {
    var columns = columns(of: query)
    for (position, name) in columnNames.enumerated() {
      if columns.columns.indices.contains(position) {
        columns.columns[position].name = name
      } else {
        columns.columns.append(Column(name: name, type: nil))
      }
    }
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
      createdIn: currentMigration
    )
    view.take(ViewDependencies(of: query, in: self))
    return view
  }

  mutating func create(_ statement: CreateTableAs) throws(Refusal) {
    let name = creationName(of: statement.relation)
    if isKnown(name) {
      if statement.ifNotExists { return }
      throw .exists
    }
    forget(assumed: name)
    if statement.isMaterializedView, let query = statement.query {
      var view = makeView(
        name,
        query: resolved(query),
        columnNames: statement.columnNames,
        isMaterialized: true
      )
      view.hasData = statement.withData
      view.options = statement.options
      views[name] = view
      return
    }
    var table = Table(
      name: name,
      kind: .table,
      persistence: statement.relation.persistence,
      createdIn: currentMigration
    )
    let columns = statement.query.map { self.columns(of: $0) } ?? .unknown
    table.columns = columns.columns
    for (index, column) in statement.columnNames.enumerated() where table.columns.indices.contains(index) {
      table.columns[index].name = column
    }
    table.knowsAllColumns = columns.isComplete
    table.options = statement.options
    put(table)
  }

  /// ALTER VIEW and ALTER MATERIALIZED VIEW.
  mutating func alterView(_ name: QualifiedName, _ actions: [AlterTable.Action]) throws(Refusal) {
    for action in actions {
      guard var view = views[name] else { return }
      switch action.kind {
      case .setOptions(let options): view.options.set(options)
      case .resetOptions(let options): view.options.reset(options)
      case .setDefault(let column, let value):
        if view.knowsAllColumns, !view.columnNames.contains(column) { throw .isMissing }
        view.defaults[column] = resolved(value)
      case .dropDefault(let column): view.defaults[column] = nil
      default: break
      }
      views[name] = view
    }
  }
}

extension [Option] {
  /// SET (…): takes the place of options of the same names.
  mutating func set(_ options: [Option]) {
    reset(options)
    self += options
  }

  /// RESET (…)
  mutating func reset(_ options: [Option]) {
    removeAll { old in options.contains { $0.name == old.name && $0.namespace == old.namespace } }
  }
}
