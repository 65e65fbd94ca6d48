import Catalog
import Execution
import Syntax

/// What a migration makes that code may use only when it has run.
package enum Addition: Hashable, Sendable {
  case relation(QualifiedName)
  case column(String, of: QualifiedName)

  /// What may be new of a statement that runs in `database`; whether it is, and stays, is told by what there is at the end.
  static func candidates(
    of statement: Statement.Kind,
    _ effects: StatementEffects,
    in database: Database
  ) -> [Addition] {
    var found: [Addition] = []
    if let relation = statement.madeRelation { found.append(.relation(database.creationName(of: relation))) }
    for breakage in effects.breaks {
      switch breakage {
      case .relationRenamed(_, let name): found.append(.relation(name))
      case .columnRenamed(_, let table, let name): found.append(.column(name, of: table))
      default: break
      }
    }
    if case .alterTable(let alter) = statement, let table = effects.relations.first, table.existed {
      for case .addColumn(let column, _) in alter.actions.map(\.kind) {
        found.append(.column(column.name, of: table.relation))
      }
    }
    return found
  }
}

extension Statement.Kind {
  /// The relation that it makes and that queries name.
  fileprivate var madeRelation: RelationReference? {
    switch self {
    case .createTable(let table): table.relation
    case .createTableAs(let table): table.relation
    case .createView(let view): view.relation
    default: nil
    }
  }
}

extension Origins {
  /// Those of the candidates that are there at the `end` of a migration under a name that running code does not know.
  /// Partitions are left out, because code uses the table that they belong to; so is what ends with the session.
  func additions(among candidates: [Addition], at end: Catalog) -> [Addition] {
    var known: Set<Addition> = []
    return candidates.filter { known.insert($0).inserted && isNew($0, at: end) }
  }

  private func isNew(_ addition: Addition, at end: Catalog) -> Bool {
    switch addition {
    case .relation(let name):
      guard name.schema != Catalog.temporary, !start.hasRelation(name), end.hasRelation(name) else { return false }
      return end.tables[name]?.isPartition != true
    case .column(let column, let table):
      guard let now = end.tables[table], now.column(column) != nil else { return false }
      return start.tables[table].map { $0.column(column) == nil } ?? now.isAssumed
    }
  }
}
