import Syntax

extension Schema {
  mutating func alter(_ statement: AlterTable) throws(Refusal) {
    let name = qualified(statement.relation.name)
    switch kind(of: name) {
    case .index: alterIndex(name, statement.actions)
    case .view, .materializedView: alterView(name, statement.actions)
    case .sequence: break
    default:
      if statement.objectKind == .type {
        alterCompositeType(statement)
      } else if statement.objectKind == .table || statement.objectKind == .foreignTable {
        try alterTable(name, statement)
      }
    }
  }

  private mutating func alterTable(_ name: QualifiedName, _ statement: AlterTable) throws(Refusal) {
    if tables[name] == nil {
      if statement.ifExists { return }
      put(Table(assumed: name))
    }
    try check(statement.actions, on: name)
    let actions = statement.actions.map(\.kind).enumerated().sorted {
      ($0.element.pass, $0.offset) < ($1.element.pass, $1.offset)
    }
    let recurses = statement.relation.includesDescendants
    for (_, action) in actions { perform(action, on: name, recurses: recurses) }
  }

  /// What the history is enough to know that PostgreSQL will refuse.
  private func check(_ actions: [AlterTable.Action], on name: QualifiedName) throws(Refusal) {
    guard let table = tables[name], table.knowsAllColumns else { return }
    var columns = Set(table.columns.map(\.name))
    // Columns are dropped before others are added, whatever the order of the text.
    for action in actions {
      guard case .dropColumn(let column, let ifExists, _) = action.kind else { continue }
      if columns.remove(column) == nil, !ifExists { throw .isMissing }
    }
    for action in actions {
      switch action.kind {
      case .addColumn(let definition, let ifNotExists):
        if !columns.insert(definition.name).inserted, !ifNotExists { throw .exists }
      case .setType(let column, _, _), .setNotNull(let column), .dropNotNull(let column):
        if !columns.contains(column) { throw .isMissing }
      case .addConstraint(let constraint):
        if let name = constraint.name, table.constraint(name) != nil, !actions.drop(name) { throw .exists }
      case .dropConstraint(let constraint, let ifExists, _):
        if table.constraint(constraint) == nil, !ifExists, !table.mayHaveUnknownConstraints { throw .isMissing }
      default: break
      }
    }
  }

  private mutating func perform(_ action: AlterTable.ActionKind, on name: QualifiedName, recurses: Bool) {
    let all = recurses ? [name] + descendants(of: name) : [name]
    switch action {
    case .addColumn(let definition, let ifNotExists): addColumn(definition, ifNotExists: ifNotExists, to: name, all)
    case .dropColumn(let column, _, _): for table in all { dropColumn(column, of: table) }
    case .addConstraint(let constraint): add(constraint, column: nil, to: name)
    case .alterConstraint(let constraint): alterConstraint(constraint, on: all)
    case .validateConstraint(let constraint): validate(constraint, on: all)
    case .dropConstraint(let constraint, _, _): for table in all { dropConstraint(constraint, of: table) }
    case .inherit(let parent): join(name, to: qualified(parent.name))
    case .noInherit(let parent): part(name, from: qualified(parent.name))
    case .attachPartition(let partition, let bound):
      let child = qualified(partition.name)
      if tables[child] == nil { put(Table(assumed: child)) }
      tables[child]?.partitionBound = bound
      join(child, to: name)
    case .detachPartition(let partition, _), .finalizeDetach(let partition):
      part(qualified(partition.name), from: name)
    default:
      for table in all { perform(columnAction: action, on: table) }
      perform(tableAction: action, on: name)
    }
  }

  // MARK: - Columns

  private mutating func addColumn(
    _ definition: ColumnDefinition,
    ifNotExists: Bool,
    to name: QualifiedName,
    _ tables: [QualifiedName]
  ) {
    guard var table = self.tables[name] else { return }
    if table.column(definition.name) != nil, ifNotExists { return }
    let constraints = add(definition, to: &table)
    put(table)
    let added = table.column(definition.name)
    for child in tables.dropFirst() {
      guard var inherited = added, var childTable = self.tables[child] else { continue }
      inherited.isInherited = true
      inherited.isLocal = false
      if let index = childTable.columns.firstIndex(where: { $0.name == inherited.name }) {
        childTable.columns[index].isInherited = true
      } else {
        childTable.columns.append(inherited)
      }
      put(childTable)
    }
    add(constraints, to: name)
  }

  mutating func dropColumn(_ column: String, of name: QualifiedName) {
    guard var table = tables[name] else { return }
    let dropped = table.constraints.filter { $0.columns.contains(column) }
    table.columns.removeAll { $0.name == column }
    table.constraints.removeAll { $0.columns.contains(column) }
    put(table)
    for constraint in dropped { dropDependants(of: constraint, on: name) }
    for index in indexes(of: name) where index.columns.contains(column) { removeIndex(index.name) }
    for sequence in sequences.values where sequence.owner.map({ $0 == (name, column) }) == true {
      sequences[sequence.name] = nil
    }
  }

  /// Actions on a column that children share.
  private mutating func perform(columnAction action: AlterTable.ActionKind, on name: QualifiedName) {
    switch action {
    case .setType(let column, let definition, _):
      tables[name]?.learn(column) {
        $0.type = definition.type ?? $0.type
        $0.collation = definition.collation
      }
    case .setDefault(let column, let value): tables[name]?.learn(column) { $0.defaultValue = value }
    case .dropDefault(let column): tables[name]?.update(column) { $0.defaultValue = nil }
    case .setNotNull(let column): tables[name]?.learn(column) { $0.isNotNull = true }
    case .dropNotNull(let column): tables[name]?.learn(column) { $0.isNotNull = false }
    case .setExpression(let column, let expression): tables[name]?.learn(column) { $0.generated = expression }
    case .dropExpression(let column, _): tables[name]?.update(column) { $0.generated = nil }
    case .setStorage(let column, let storage): tables[name]?.learn(column) { $0.storage = storage }
    case .setCompression(let column, let method): tables[name]?.learn(column) { $0.compression = method }
    case .setStatistics(let column?, _, let target):
      tables[name]?.learn(column) { $0.statisticsTarget = target }
    default: break
    }
  }

  // MARK: - The table itself

  private mutating func perform(tableAction action: AlterTable.ActionKind, on name: QualifiedName) {
    guard var table = tables[name] else { return }
    switch action {
    case .addIdentity(let column, let always, let options):
      let sequence = createSequence(for: column, of: table, type: table.column(column)?.type, options: options)
      sequences[sequence]?.isIdentity = true
      table.learn(column) {
        $0.identity = always ? .always : .byDefault
        $0.isNotNull = true
      }
    case .dropIdentity(let column, _):
      table.update(column) { $0.identity = nil }
      for sequence in sequences.values where sequence.isIdentity && sequence.owner.map({ $0 == (name, column) }) == true
      {
        sequences[sequence.name] = nil
      }
    case .setTrigger(let selection, let mode):
      for index in table.triggers.indices where selection.includes(table.triggers[index].name) {
        table.triggers[index].firing = mode
      }
    case .setRowSecurity(let enabled): table.hasRowSecurity = enabled
    case .setForcedRowSecurity(let forced): table.forcesRowSecurity = forced
    case .clusterOn(let index): table.clusterIndex = index
    case .setWithoutCluster: table.clusterIndex = nil
    case .setLogged(let logged): table.persistence = logged ? .permanent : .unlogged
    case .setAccessMethod(let method): table.accessMethod = method
    case .setTablespace(let tablespace): table.tablespace = tablespace
    case .setOptions(let options):
      table.options.removeAll { old in options.contains { $0.name == old.name && $0.namespace == old.namespace } }
      table.options += options
    case .resetOptions(let options):
      table.options.removeAll { old in options.contains { $0.name == old.name && $0.namespace == old.namespace } }
    case .setReplicaIdentity(let identity): table.replicaIdentity = identity
    default: return
    }
    put(table)
  }

  mutating func part(_ child: QualifiedName, from parent: QualifiedName) {
    tables[parent]?.children.removeAll { $0 == child }
    tables[child]?.parents.removeAll { $0 == parent }
    tables[child]?.partitionBound = nil
    for index in indexes(of: child) { indexes[index.name]?.parent = nil }
    guard var table = tables[child] else { return }
    for index in table.columns.indices {
      table.columns[index].isInherited = false
      table.columns[index].isLocal = true
    }
    for index in table.constraints.indices { table.constraints[index].isInherited = false }
    put(table)
  }

  // MARK: - Constraints

  private mutating func alterConstraint(_ change: Constraint, on names: [QualifiedName]) {
    for name in names {
      guard var table = tables[name], let index = table.constraints.firstIndex(where: { $0.name == change.name })
      else { continue }
      let old = table.constraints[index].definition
      table.constraints[index].definition = Constraint(
        name: old.name,
        kind: old.kind,
        isDeferrable: change.isDeferrable,
        isInitiallyDeferred: change.isInitiallyDeferred,
        isNotValid: old.isNotValid
      )
      put(table)
    }
  }

  private mutating func validate(_ constraint: String, on names: [QualifiedName]) {
    for name in names {
      guard let index = tables[name]?.constraints.firstIndex(where: { $0.name == constraint }) else { continue }
      tables[name]?.constraints[index].isValidated = true
    }
  }

  private mutating func dropConstraint(_ constraint: String, of name: QualifiedName) {
    guard var table = tables[name], let dropped = table.constraint(constraint) else { return }
    table.constraints.removeAll { $0.name == constraint }
    put(table)
    dropDependants(of: dropped, on: name)
  }

  /// What goes with a constraint: its index, and the foreign keys that point to its columns.
  mutating func dropDependants(of constraint: TableConstraint, on name: QualifiedName) {
    guard let index = constraint.index else { return }
    let isPartitioned = tables[name]?.kind == .partitionedTable
    let parts = isPartitioned ? indexes.values.filter { $0.parent == index } : []
    removeIndex(index)
    for part in parts {
      if let owner = part.constraint { dropConstraint(owner, of: part.table) }
    }
    for (table, key) in foreignKeys(to: name) where Set(key.referencedColumns) == Set(constraint.columns) {
      dropConstraint(key.name, of: table)
    }
  }

  // MARK: - Other relations

  private mutating func alterIndex(_ name: QualifiedName, _ actions: [AlterTable.Action]) {
    for action in actions {
      guard case .attachPartition(let part, _) = action.kind else { continue }
      let partName = qualified(part.name)
      indexes[partName]?.parent = name
      let partitions = indexes[name].flatMap { tables[$0.table]?.children.count } ?? 0
      let attached = indexes.values.count { $0.parent == name }
      if attached >= partitions { indexes[name]?.isValid = true }
    }
  }

  private mutating func alterView(_ name: QualifiedName, _ actions: [AlterTable.Action]) {
    for action in actions {
      if case .setOptions(let options) = action.kind {
        views[name]?.options.removeAll { old in options.contains { $0.name == old.name } }
        views[name]?.options += options
      }
    }
  }

  private mutating func alterCompositeType(_ statement: AlterTable) {
    let name = qualifiedType(statement.relation.name)
    guard case .composite(var attributes)? = types[name]?.form else { return }
    for action in statement.actions {
      switch action.kind {
      case .addColumn(let definition, _): attributes.append(Column(name: definition.name, type: definition.type))
      case .dropColumn(let attribute, _, _): attributes.removeAll { $0.name == attribute }
      case .setType(let attribute, let definition, _):
        for index in attributes.indices where attributes[index].name == attribute {
          attributes[index].type = definition.type
        }
      default: break
      }
    }
    types[name]?.form = .composite(attributes)
  }
}

extension AlterTable.ActionKind {
  /// The order in which PostgreSQL performs actions, whatever the order of the text (`AlterTablePass` in
  /// `tablecmds.c`).
  package var pass: Int {
    switch self {
    case .dropColumn, .dropConstraint, .dropNotNull, .dropExpression, .dropIdentity: 0
    case .setType: 1
    case .addColumn: 2
    case .setExpression: 3
    case .addConstraint(let constraint):
      switch constraint.kind {
      case .check: 4
      case .primaryKey, .unique, .exclusion: 6
      default: 7
      }
    case .setNotNull, .addIdentity, .setIdentity, .setDefault, .dropDefault: 5
    default: 8
    }
  }
}

extension [AlterTable.Action] {
  fileprivate func drop(_ constraint: String) -> Bool {
    contains { if case .dropConstraint(constraint, _, _) = $0.kind { true } else { false } }
  }
}

extension AlterTable.TriggerSelection {
  fileprivate func includes(_ trigger: String) -> Bool {
    switch self {
    case .named(let name): name == trigger
    case .all, .user: true
    }
  }
}

extension Table {
  /// Whether constraints may be there that the history does not tell of, such as those that an extension made.
  fileprivate var mayHaveUnknownConstraints: Bool { isAssumed || !knowsAllColumns }

  /// Changes a column; of a table that is not fully known, also one that no statement has told of.
  mutating func learn(_ column: String, _ change: (inout Column) -> Void) {
    if self.column(column) == nil, !knowsAllColumns { columns.append(Column(name: column, type: nil)) }
    update(column, change)
  }
}
