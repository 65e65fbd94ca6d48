import Catalog
import Syntax

/// What tables share with their parents, as children or partitions.
extension Execution {
  /// Gives a new table the columns of its parents, before its own.
  func inherit(from parents: [QualifiedName], in table: inout Table) {
    for name in parents {
      guard let parent = catalog.tables[name] else {
        table.knowsAllColumns = false
        continue
      }
      if !parent.knowsAllColumns { table.knowsAllColumns = false }
      for column in parent.columns {
        if table.column(column.name) != nil {
          table.update(column.name) {
            if column.isNotNull { $0.isNotNull = true }
            $0.defaultValue = $0.defaultValue ?? column.defaultValue
          }
          continue
        }
        var inherited = column
        inherited.isInherited = true
        inherited.isLocal = false
        inherited.comment = nil
        // A partition has the identity of its parent, from PostgreSQL 17; other children never.
        inherited.identity = table.isPartition && version >= 17 ? column.identity : nil
        table.columns.append(inherited)
      }
    }
  }

  /// Makes a table the child of another: its columns and checks are from now on the parent's too.
  mutating func join(_ name: QualifiedName, to parent: QualifiedName) {
    if !catalog.tables.contains(parent) { catalog.put(Table(assumed: parent, in: catalog)) }
    catalog.addChild(name, to: parent)
    guard var table = catalog.tables[name], let parentTable = catalog.tables[parent] else { return }
    table.parents.append(parent)
    let isPartition = table.isPartition
    // A partition keeps nothing for itself of what its parent has.
    for column in parentTable.columns {
      table.update(column.name) {
        $0.isInherited = true
        if isPartition { $0.isLocal = false }
      }
    }
    for constraint in parentTable.constraints {
      guard case .check(_, let noInherit) = constraint.definition.kind, !noInherit else { continue }
      table.inherit(constraint)
    }
    catalog.put(table)
  }

  /// Gives a partition its parts of the parent's indexes, foreign keys and row triggers.
  ///
  /// `cause` says why an index is built that the partition does not have; see ``partitionIndex(of:on:because:action:)``.
  mutating func shareIndexes(
    of parent: QualifiedName,
    with name: QualifiedName,
    because cause: ((Index) -> WorkCause)? = nil,
    action: Int? = nil
  ) {
    for index in catalog.indexes(of: parent) { partitionIndex(of: index, on: name, because: cause, action: action) }
    for constraint in catalog.tables[parent]?.constraints ?? [] where constraint.referenced != nil {
      let adopts: (Table) -> Bool = { $0.constraints.contains { $0.canBecomePart(of: constraint) } }
      let isAdopted = catalog.tables[name].map(adopts) == true
      shareForeignKey(constraint, with: [name] + (isAdopted ? [] : heirs(of: name, has: adopts)))
    }
    for trigger in catalog.tables[parent]?.triggers ?? [] where trigger.definition.isForEachRow {
      shareTrigger(trigger, with: name)
    }
  }

  mutating func shareForeignKey(_ constraint: TableConstraint, with partitions: [QualifiedName]) {
    for partition in partitions { shareForeignKey(constraint, with: partition) }
  }

  private mutating func shareForeignKey(_ constraint: TableConstraint, with name: QualifiedName) {
    guard var table = catalog.tables[name] else { return }
    if let index = table.constraints.firstIndex(where: { $0.canBecomePart(of: constraint) }) {
      table.constraints[index].isInherited = true
      table.constraints[index].isLocal = false
    } else {
      var inherited = constraint
      inherited.comment = nil
      inherited.isInherited = true
      inherited.isLocal = false
      if table.constraint(inherited.name) != nil {
        inherited.name = catalog.constraintName(table, GeneratedName.addition(constraint.columns), "fkey")
      }
      table.constraints.append(inherited)
    }
    catalog.put(table)
  }

  mutating func shareTrigger(_ trigger: Trigger, with name: QualifiedName) {
    var inherited = trigger
    inherited.comment = nil
    inherited.isInherited = true
    for table in [name] + catalog.descendants(of: name) {
      catalog.tables[table]?.triggers.removeAll { $0.name == trigger.name && $0.isInherited }
      catalog.tables[table]?.triggers.append(inherited)
    }
  }
}

extension Execution {
  /// The tables below that get what a table gets. A child that has it already merges the two, and what is below the
  /// child stays as it is.
  func heirs(of table: QualifiedName, has isThere: (Table) -> Bool) -> [QualifiedName] {
    if catalog.tables.reading(table, { $0.children.isEmpty }) ?? true { return [] }
    return Walk<PartList<QualifiedName>>.nodes(from: table) { name in
      guard let known = catalog.tables[name], name == table || !isThere(known) else { return [] }
      return known.children
    }
  }

  /// A child has the column that its parent got, or makes its own one the same.
  mutating func inherit(_ column: Column, by child: QualifiedName) throws(SQLError) {
    guard var table = catalog.tables[child] else { return }
    if let own = table.column(column.name) {
      if let type = column.type, let ownType = own.type, type.sql != ownType.sql {
        let names = "child table \(child.quotedInErrors) has different type for column"
        throw SQLError(.datatypeMismatch, "\(names) \(column.name.quotedInErrors)")
      }
      if own.collation != column.collation {
        let names = "child table \(child.quotedInErrors) has different collation for column"
        throw SQLError(.collationMismatch, "\(names) \(column.name.quotedInErrors)")
      }
      table.update(column.name) { $0.isInherited = true }
    } else {
      var inherited = column
      inherited.isInherited = true
      inherited.isLocal = false
      if !table.isPartition { inherited.identity = nil }
      table.columns.append(inherited)
    }
    catalog.tables[child] = table
  }
}
