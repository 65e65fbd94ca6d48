import Catalog
import Execution
import Syntax

/// What a migration makes that code may use only when it has run.
package enum Addition: Hashable, Sendable {
  case relation(QualifiedName)
  case column(String, of: QualifiedName)
}

extension Origins {
  /// What the statements of a migration make and what is there at its `end` under a name that running code does not know.
  /// Partitions are left out, because code uses the table that they belong to; so is what ends with the session.
  func additions(of statements: [StatementReport], at end: Catalog) -> [Addition] {
    var found: [Addition] = []
    var known: Set<Addition> = []
    for addition in statements.lazy.flatMap(\.candidates) where !known.contains(addition) {
      known.insert(addition)
      if isNew(addition, at: end) { found.append(addition) }
    }
    return found
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

extension StatementReport {
  /// What may be new of it; whether it is at the end of the migration is not known here.
  fileprivate var candidates: [Addition] {
    var found = effects.relations.filter { !$0.existed && $0.kind.isNamedByCode }.map { Addition.relation($0.relation) }
    for breakage in effects.breaks {
      switch breakage {
      case .relationRenamed(_, let name): found.append(.relation(name))
      case .columnRenamed(_, let table, let name): found.append(.column(name, of: table))
      default: break
      }
    }
    if case .alterTable(let alter) = statement.kind, let table = effects.relations.first, table.existed {
      for case .addColumn(let column, _) in alter.actions.map(\.kind) {
        found.append(.column(column.name, of: table.relation))
      }
    }
    return found
  }
}

extension RelationKind {
  /// Whether queries name it; code that uses a sequence's numbers mostly names the column.
  fileprivate var isNamedByCode: Bool {
    switch self {
    case .table, .partitionedTable, .foreignTable, .view, .materializedView: true
    case .index, .sequence, .compositeType: false
    }
  }
}
