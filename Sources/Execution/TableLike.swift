import Catalog
import Syntax

/// CREATE TABLE … (LIKE …)
extension Execution {
  /// A column of the same name that comes from a parent becomes one with it; any other is in the way.
  mutating func copyColumns(of like: LikeClause, to table: inout Table) throws(SQLError) {
    let source = database.qualified(like.relation.name)
    if let view = catalog.views[source] {
      for column in view.columns { try add(column, to: &table) }
      if !view.knowsAllColumns { table.knowsAllColumns = false }
      return
    }
    guard let source = catalog.tables[source] else {
      table.knowsAllColumns = false
      return
    }
    if !source.knowsAllColumns { table.knowsAllColumns = false }
    for column in source.columns {
      var copy = Column(name: column.name, type: column.type)
      copy.collation = column.collation
      copy.isNotNull = column.isNotNull
      if like.including.contains(.defaults) { copy.defaultValue = column.defaultValue }
      if like.including.contains(.generated) {
        copy.generated = column.generated
        copy.isStored = column.isStored
      }
      if like.including.contains(.storage) { copy.storage = column.storage }
      if like.including.contains(.compression) { copy.compression = column.compression }
      if like.including.contains(.comments) { copy.comment = column.comment }
      if like.including.contains(.identity), column.identity != nil {
        copy.identity = column.identity
        let options = catalog.identitySequence(of: column.name, in: source.name)?.options ?? []
        let sequence = createSequence(for: column.name, of: table, type: column.type, options: options)
        catalog.sequences[sequence]?.isIdentity = true
      }
      try add(copy, to: &table)
    }
  }

  private func add(_ column: Column, to table: inout Table) throws(SQLError) {
    guard let known = table.columns.firstIndex(named: column.name) else {
      return table.columns.append(column)
    }
    guard table.columns[known].isInherited, !table.columns[known].isLocal else { throw .columnTwice(column.name) }
    table.columns[known].isLocal = true
    table.columns[known].isNotNull = table.columns[known].isNotNull || column.isNotNull
    table.columns[known].defaultValue = column.defaultValue ?? table.columns[known].defaultValue
  }

  mutating func copyConstraints(of like: LikeClause, to name: QualifiedName) {
    guard like.including.contains(.constraints), let source = catalog.tables[database.qualified(like.relation.name)],
      var table = catalog.tables[name]
    else { return }
    for constraint in source.constraints where constraint.condition != nil {
      var copy = constraint
      copy.isInherited = false
      copy.isLocal = true
      copy.isValidated = true
      table.constraints.append(copy)
    }
    catalog.put(table)
  }

  mutating func copyIndexes(of like: LikeClause, to name: QualifiedName) {
    guard let source = catalog.tables[database.qualified(like.relation.name)] else { return }
    if like.including.contains(.indexes) {
      for index in catalog.indexes(of: source.name) { cloneIndex(index, to: name, asPart: false) }
    }
    guard like.including.contains(.statistics) else { return }
    for statistics in catalog.dependents(ofRelation: source.name).statistics where statistics.table == source.name {
      let copy = statisticsName(for: statistics.definition, on: name)
      catalog.statistics[copy] = Statistics(
        name: copy,
        table: name,
        definition: statistics.definition,
        target: statistics.target,
        createdIn: catalog.currentMigration
      )
    }
  }
}
