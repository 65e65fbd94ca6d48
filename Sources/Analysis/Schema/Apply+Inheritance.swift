import Syntax

/// What tables share with their parents, as children or partitions.
extension Schema {
  /// Gives a new table the columns of its parents, before its own.
  func inherit(from parents: [QualifiedName], in table: inout Table) {
    for name in parents {
      guard let parent = tables[name] else {
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
        inherited.identity = table.isPartition ? column.identity : nil
        table.columns.append(inherited)
      }
    }
  }

  /// Makes a table the child of another: its columns and checks are from now on the parent's too.
  mutating func join(_ name: QualifiedName, to parent: QualifiedName) {
    guard var table = tables[name] else { return }
    table.parents.append(parent)
    tables[parent]?.children.append(name)
    guard let parentTable = tables[parent] else {
      put(table)
      return
    }
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
    put(table)
  }

  /// Gives a partition its parts of the parent's indexes, foreign keys and row triggers.
  mutating func shareIndexes(of parent: QualifiedName, with name: QualifiedName) {
    for index in indexes(of: parent) { partitionIndex(of: index, on: name) }
    for constraint in tables[parent]?.constraints ?? [] where constraint.referenced != nil {
      shareForeignKey(constraint, with: name)
    }
    for trigger in tables[parent]?.triggers ?? [] where trigger.definition.isForEachRow {
      shareTrigger(trigger, with: name)
    }
  }

  private mutating func shareForeignKey(_ constraint: TableConstraint, with name: QualifiedName) {
    guard var table = tables[name] else { return }
    if let index = table.constraints.firstIndex(where: { $0.isSameForeignKey(as: constraint) && !$0.isInherited }) {
      table.constraints[index].isInherited = true
      table.constraints[index].isLocal = false
    } else {
      var inherited = constraint
      inherited.comment = nil
      inherited.isInherited = true
      inherited.isLocal = false
      if table.constraint(inherited.name) != nil {
        inherited.name = constraintName(table, GeneratedName.addition(constraint.columns), "fkey")
      }
      table.constraints.append(inherited)
    }
    put(table)
    for child in table.children where tables[child]?.isPartition == true { shareForeignKey(constraint, with: child) }
  }

  mutating func shareTrigger(_ trigger: Trigger, with name: QualifiedName) {
    var inherited = trigger
    inherited.comment = nil
    inherited.isInherited = true
    for table in [name] + descendants(of: name) {
      tables[table]?.triggers.removeAll { $0.name == trigger.name && $0.isInherited }
      tables[table]?.triggers.append(inherited)
    }
  }

  /// Ends the kinship of a table with a parent; what it has from it becomes its own.
  mutating func part(_ child: QualifiedName, from parent: QualifiedName) {
    tables[parent]?.children.removeAll { $0 == child }
    guard var table = tables[child] else { return }
    let wasPartition = table.isPartition
    table.parents.removeAll { $0 == parent }
    table.partitionBound = nil
    for index in table.columns.indices where !remainsInherited(table.columns[index].name, in: table) {
      table.columns[index].isInherited = false
      table.columns[index].isLocal = true
      if wasPartition { table.columns[index].identity = nil }
    }
    for index in table.constraints.indices where !remainsInherited(constraint: table.constraints[index], in: table) {
      table.constraints[index].isInherited = false
      table.constraints[index].isLocal = true
    }
    if wasPartition { table.triggers.removeAll(where: \.isInherited) }
    put(table)
    guard wasPartition else { return }
    for index in indexes(of: child) { indexes[index.name]?.parent = nil }
    for name in descendants(of: child) { tables[name]?.triggers.removeAll(where: \.isInherited) }
  }

  private func remainsInherited(_ column: String, in table: Table) -> Bool {
    table.parents.contains { tables[$0]?.column(column) != nil }
  }

  private func remainsInherited(constraint: TableConstraint, in table: Table) -> Bool {
    table.parents.contains { tables[$0]?.constraint(constraint.name) != nil }
  }
}

extension Table {
  /// Takes a check from a parent; one of the same name becomes the same.
  mutating func inherit(_ constraint: TableConstraint) {
    if let index = constraints.firstIndex(where: { $0.name == constraint.name }) {
      constraints[index].isInherited = true
      if isPartition { constraints[index].isLocal = false }
    } else {
      var inherited = constraint
      inherited.comment = nil
      inherited.isInherited = true
      inherited.isLocal = false
      constraints.append(inherited)
    }
  }
}

extension TableConstraint {
  /// Whether two foreign keys tie the same columns to the same table.
  func isSameForeignKey(as other: Self) -> Bool {
    referenced != nil && referenced == other.referenced && columns == other.columns
  }
}
