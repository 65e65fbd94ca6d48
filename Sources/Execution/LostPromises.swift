import Catalog
import Syntax

/// What running code relies on without naming it: keys, constraints, defaults.
extension Execution {
  /// Says which promises of tables that stay go with the objects.
  mutating func noteLostPromises(of doomed: [ObjectAddress]) {
    // Each looks at the other indexes of its table.
    let promises = doomed.lazy.filter(\.isPromise).prefix(100)
    if promises.isEmpty { return }
    let gone = Set(doomed)
    for address in promises {
      switch address {
      case .constraint(let name, let table): noteLost(constraint: name, of: table, with: gone)
      case .index(let name):
        if let index = catalog.indexes[name], index.constraint == nil { noteLost(index, with: gone) }
      default: break
      }
    }
  }

  /// A constraint that goes with a column or with the table that it points to leaves nothing that it could be asked for.
  private mutating func noteLost(constraint name: String, of table: QualifiedName, with gone: Set<ObjectAddress>) {
    guard existed(table), !gone.contains(.table(table)), let known = catalog.tables[table],
      let constraint = known.constraint(name), !constraint.isInherited,
      !constraint.columns.contains(where: { gone.contains(.column($0, of: table)) }),
      constraint.referenced.map({ !gone.contains(.table($0)) }) ?? true
    else { return }
    switch constraint.definition.kind {
    case .primaryKey, .unique:
      if constraint.definition.isPrimaryKey { breaks(.primaryKeyGone(of: table)) }
      if let index = constraint.index.flatMap({ catalog.indexes[$0] }) { noteLost(index, with: gone) }
    default: breaks(.constraintGone(name, of: table))
    }
  }

  private mutating func noteLost(_ index: Index, with gone: Set<ObjectAddress>) {
    let table = index.table
    guard let key = index.uniqueKey, index.parent == nil, existed(table), catalog.existed(since: index.createdIn),
      !gone.contains(.table(table)), !index.columns.contains(where: { gone.contains(.column($0, of: table)) }),
      !catalog.keepsUnique(key, in: table, besides: { $0 == index.name || gone.contains(.index($0)) })
    else { return }
    breaks(.uniquenessLost(key, index: index.name.name, of: table))
  }

  /// A column must have a value, and gets none any more unless the statement says one.
  mutating func noteLostValue(of column: String, _ change: TableChange) {
    guard existed(change.table), let known = catalog.tables[change.table]?.column(column), known.isNotNull else {
      return
    }
    if case .domain(let domain)? = known.type.flatMap({ catalog.types[$0.name]?.form }), domain.defaultValue != nil {
      return
    }
    breaks(.insertFails(column: column, of: change.table))
  }

  /// What one action takes away another one may give back.
  mutating func forgetMendedBreakages(since before: Catalog) {
    if effects.breaks.isEmpty { return }
    let now = catalog
    forgetBreakages { now.mends($0, since: before) }
  }
}

extension ObjectAddress {
  fileprivate var isPromise: Bool {
    switch self {
    case .constraint, .index: true
    default: false
    }
  }
}

extension Catalog {
  /// Whether nobody misses any more what was there before: the column has a value again, another index keeps the same
  /// apart, another constraint is about the same columns. False for a breakage of another kind.
  package func mends(_ breakage: Breakage, since before: Catalog) -> Bool {
    switch breakage {
    case .insertFails(let column, let table):
      guard before.tables[table]?.column(column) != nil else { return false }
      guard let known = tables[table]?.column(column) else { return true }
      return !known.isNotNull || known.defaultValue != nil || known.identity != nil || known.generated != nil
    case .primaryKeyGone(let table): return tables[table].map { $0.primaryKey != nil } ?? true
    case .uniquenessLost(let key, _, let table): return !tables.contains(table) || keepsUnique(key, in: table)
    case .constraintGone(let name, let table):
      guard let known = tables[table] else { return true }
      if known.constraint(name) != nil { return true }
      return before.tables[table]?.constraint(name).map { known.says($0) } ?? false
    default: return false
    }
  }
}

extension Table {
  /// Whether it has a constraint of the same kind about the same columns, or what says as much.
  fileprivate func says(_ constraint: TableConstraint) -> Bool {
    if case .isNotNull(.column(let reference))? = constraint.condition, let name = reference.name {
      if column(name)?.isNotNull ?? true { return true }
    }
    return constraints.contains { other in
      switch (constraint.definition.kind, other.definition.kind) {
      case (.check, .check): Set(other.columns) == Set(constraint.columns)
      case (.foreignKey, .foreignKey):
        other.referenced == constraint.referenced && Set(other.columns) == Set(constraint.columns)
      case (.exclusion, .exclusion): Set(other.columns) == Set(constraint.columns)
      default: false
      }
    }
  }
}
