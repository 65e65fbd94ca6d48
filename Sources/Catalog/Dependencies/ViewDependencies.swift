import Syntax

/// What a query reads, found in the form that ``Catalog/resolved(_:)-(Query)`` gives it.
package struct ViewDependencies {
  /// In the order of the text, each once.
  private(set) var relations: [QualifiedName] = []
  private(set) var columnsByRelation: [QualifiedName: Set<String>] = [:]
  /// Columns whose relation is not known; `nil` where a star stands for all of some.
  private(set) var otherColumns: Set<String>? = []

  package init(of query: Query, in database: Database) {
    for relation in query.relations.map({ database.qualified($0.name) }) where !relations.contains(relation) {
      relations.append(relation)
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
    guard relations.contains(relation) else { return false }
    return columnsByRelation[relation]?.contains(column) == true || otherColumns?.contains(column) ?? true
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
}
