import Syntax

/// What a query reads, found in the form that ``Catalog/resolved(_:)-(Query)`` gives it.
package struct ViewDependencies {
  /// In the order of the text, each once.
  private(set) var relations: [QualifiedName] = []
  private(set) var columnsByRelation: [QualifiedName: Set<String>] = [:]
  /// Columns whose relation is not known; `nil` where a star stands for all of some.
  private(set) var otherColumns: Set<String>? = []

  /// `columnsRead` is what the analysis of the query found, where it found all.
  package init(of query: Query, in database: Database, columnsRead: [QualifiedName: Set<String>]? = nil) {
    for relation in query.relations.map({ database.qualified($0.name) }) where !relations.contains(relation) {
      relations.append(relation)
    }
    if let columnsRead {
      columnsByRelation = columnsRead
      return
    }
    let collector = Collector()
    let rewriter = Rewriter(
      relation: { $0 },
      expression: { expression, scope in
        if case .column(let column) = expression { collector.collect(column, in: scope, of: database) }
        return expression
      },
      targets: { targets, _ in targets }
    )
    _ = rewriter.rewrite(query)
    columnsByRelation = collector.columnsByRelation
    otherColumns = collector.otherColumns
    addMergedColumns(of: query, in: database)
  }

  /// Those that a view keeps.
  init(of view: View) {
    relations = view.relations
    columnsByRelation = view.columnsByRelation
    otherColumns = view.otherColumns
  }

  /// Whether it reads a column of a relation, as far as the catalog can tell.
  package func reads(_ column: String, of relation: QualifiedName) -> Bool {
    if columnsByRelation[relation]?.contains(column) == true { return true }
    return relations.contains(relation) && otherColumns?.contains(column) ?? true
  }

  /// The columns of USING are read though no expression names them.
  private mutating func addMergedColumns(of query: Query, in database: Database) {
    query.walkQueries { query in
      guard case .select(let select) = query else { return }
      for item in select.from { item.walkJoins { otherColumns?.formUnion($0.columns) } }
    }
  }

  /// A class, because the visits of a rewriter share it.
  private final class Collector {
    var columnsByRelation: [QualifiedName: Set<String>] = [:]
    var otherColumns: Set<String>? = []

    func collect(_ column: ColumnReference, in scope: Rewriter.Scope, of database: Database) {
      guard let name = column.name else {
        // `count(*)` is no column; `t.*` and `*` are all of them.
        otherColumns = nil
        return
      }
      guard column.parts.count > 1, let alias = column.parts.dropLast().last,
        let source = scope.first(where: { $0.alias == alias })
      else {
        otherColumns?.insert(name)
        return
      }
      // A column of a subquery or a function is none of a relation's.
      guard let relation = source.relation else { return }
      columnsByRelation[database.qualified(relation.name), default: []].insert(name)
    }
  }
}

extension FromItem {
  fileprivate func walkJoins(_ visit: (Join) -> Void) {
    guard case .join(let join) = self else { return }
    visit(join)
    join.left.walkJoins(visit)
    join.right.walkJoins(visit)
  }
}

extension View {
  package mutating func take(_ dependencies: ViewDependencies) {
    relations = dependencies.relations
    columnsByRelation = dependencies.columnsByRelation
    otherColumns = dependencies.otherColumns
  }

  /// Its query names things by other names: it reads the same columns.
  mutating func take(renamed query: Query, _ dependencies: ViewDependencies) {
    self.query = query
    relations = dependencies.relations
    // What a star stood for when the view was made is not in its text.
    if otherColumns?.isEmpty == true { return }
    columnsByRelation = dependencies.columnsByRelation
    otherColumns = dependencies.otherColumns
  }
}

extension Catalog {
  /// A column that views read has another name.
  package mutating func renameColumnRead(_ old: String, of relation: QualifiedName, to new: String) {
    renameReads(in: dependents(ofRelation: relation).including(tables[relation])) { columns in
      if columns[relation]?.remove(old) != nil { columns[relation]?.insert(new) }
    }
  }

  /// A relation whose columns views read has another name.
  package mutating func renameRelationRead(_ old: QualifiedName, to new: QualifiedName) {
    renameReads(in: dependents(ofRelation: old).including(tables[new])) { columns in
      if let read = columns.removeValue(forKey: old) { columns[new] = read }
    }
  }

  private mutating func renameReads(
    in dependents: DependentObjects,
    _ rename: (inout [QualifiedName: Set<String>]) -> Void
  ) {
    for view in dependents.views {
      var columns = view.columnsByRelation
      rename(&columns)
      if columns != view.columnsByRelation { views[view.name]?.columnsByRelation = columns }
      for index in view.rules.indices {
        var columns = view.rules[index].columnsRead
        rename(&columns)
        if columns != view.rules[index].columnsRead { views[view.name]?.rules[index].columnsRead = columns }
      }
    }
    for table in dependents.tables where !table.rules.isEmpty {
      for index in table.rules.indices {
        var columns = table.rules[index].columnsRead
        rename(&columns)
        if columns != table.rules[index].columnsRead { tables[table.name]?.rules[index].columnsRead = columns }
      }
    }
  }
}
