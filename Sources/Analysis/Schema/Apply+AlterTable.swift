import Syntax

extension Schema {
  mutating func alter(_ statement: AlterTable) throws(Refusal) {
    let name = qualified(statement.relation.name)
    switch kind(of: name) {
    case .index: try alterIndex(name, statement.actions)
    case .view, .materializedView: try alterView(name, statement.actions)
    case .sequence: alterSequence(name, statement.actions)
    default:
      if statement.objectKind == .type {
        try alterCompositeType(statement)
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
    let actions = statement.actions.enumerated().sorted {
      ($0.element.kind.pass, $0.offset) < ($1.element.kind.pass, $1.offset)
    }.map(\.element.kind)
    let recurses = statement.relation.includesDescendants
    if let table = tables[name] {
      var check = AlterTableCheck(schema: self, table: table, recurses: recurses)
      for action in actions { try check.enter(action) }
    }
    for action in actions { try perform(action, on: name, recurses: recurses) }
  }

  /// One action on a table, and those below it where it recurses.
  mutating func perform(
    _ action: AlterTable.ActionKind,
    on name: QualifiedName,
    recurses: Bool
  ) throws(Refusal) {
    let all = recurses ? [name] + descendants(of: name) : [name]
    switch action {
    case .addColumn(let definition, let ifNotExists): addColumn(definition, ifNotExists: ifNotExists, to: name, all)
    case .dropColumn(let column, _, let cascade):
      try dropColumn(column, of: name, cascades: cascade, recurses: recurses)
    case .addConstraint(let constraint):
      constraint.isKey ? addKeys([(constraint, nil)], to: name) : add(constraint, column: nil, to: name)
    case .alterConstraint(let constraint): alterConstraint(constraint, on: all)
    case .validateConstraint(let constraint): validate(constraint, on: all)
    case .dropConstraint(let constraint, _, let cascade):
      try dropConstraint(constraint, of: name, cascades: cascade, recurses: recurses)
    case .inherit(let parent): join(name, to: qualified(parent.name))
    case .noInherit(let parent): part(name, from: qualified(parent.name))
    case .attachPartition(let partition, let bound): attach(qualified(partition.name), to: name, bound)
    case .detachPartition(let partition, _), .finalizeDetach(let partition):
      part(qualified(partition.name), from: name)
    case .setTrigger(let selection, let mode): for table in all { setTrigger(selection, mode, on: table) }
    default:
      for table in all { perform(columnAction: action, on: table) }
      perform(tableAction: action, on: name)
    }
  }

  // MARK: - Partitions

  private mutating func attach(_ partition: QualifiedName, to name: QualifiedName, _ bound: PartitionBound?) {
    if tables[partition] == nil { put(Table(assumed: partition)) }
    tables[partition]?.partitionBound = bound
    join(partition, to: name)
    shareIndexes(of: name, with: partition)
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
    case .setIdentity(let column, let options): setIdentity(column, options, in: &table)
    case .dropIdentity(let column, _):
      table.update(column) { $0.identity = nil }
      if let sequence = identitySequence(of: column, in: name) { sequences[sequence.name] = nil }
    case .setRule(let rule, let mode):
      for index in table.rules.indices where table.rules[index].name == rule { table.rules[index].firing = mode }
    case .setRowSecurity(let enabled): table.hasRowSecurity = enabled
    case .setForcedRowSecurity(let forced): table.forcesRowSecurity = forced
    case .clusterOn(let index): table.clusterIndex = index
    case .setWithoutCluster: table.clusterIndex = nil
    case .setLogged(let logged): setLogged(logged, &table)
    case .setAccessMethod(let method): table.accessMethod = method
    case .setTablespace(let tablespace): table.tablespace = tablespace
    case .setOptions(let options): table.options.set(options)
    case .resetOptions(let options): table.options.reset(options)
    case .setForeignOptions(let options): table.foreignOptions.set(options)
    case .setReplicaIdentity(let identity): table.replicaIdentity = identity
    case .setOfType(let type): table.ofType = qualifiedType(type.name)
    case .setNotOfType: table.ofType = nil
    default: return
    }
    put(table)
  }

  private mutating func setIdentity(_ column: String, _ options: [Option], in table: inout Table) {
    if let generated = options.last(where: { $0.name == "generated" })?.value {
      // The grammar gives the letter of `attidentity` as a number.
      table.update(column) { $0.identity = generated == String(UInt8(ascii: "a")) ? .always : .byDefault }
    }
    guard let sequence = identitySequence(of: column, in: table.name) else { return }
    sequences[sequence.name]?.options.set(options.filter { !["generated", "restart"].contains($0.name) })
  }

  /// Owned sequences go with their table.
  private mutating func setLogged(_ logged: Bool, _ table: inout Table) {
    table.persistence = logged ? .permanent : .unlogged
    for sequence in sequences.values where sequence.owner?.table == table.name {
      sequences[sequence.name]?.persistence = table.persistence
    }
  }

  private mutating func setTrigger(
    _ selection: AlterTable.TriggerSelection,
    _ mode: AlterTable.FiringMode,
    on name: QualifiedName
  ) {
    guard var table = tables[name] else { return }
    for index in table.triggers.indices where selection.includes(table.triggers[index].name) {
      table.triggers[index].firing = mode
    }
    tables[name] = table
  }

  /// ALTER TABLE and ALTER SEQUENCE with actions of tables.
  private mutating func alterSequence(_ name: QualifiedName, _ actions: [AlterTable.Action]) {
    for action in actions {
      if case .setLogged(let logged) = action.kind {
        sequences[name]?.persistence = logged ? .permanent : .unlogged
      }
    }
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

  private mutating func dropConstraint(
    _ constraint: String,
    of name: QualifiedName,
    cascades: Bool,
    recurses: Bool
  ) throws(Refusal) {
    guard let dropped = tables[name]?.constraint(constraint) else { return }
    for part in try closure(of: [.constraint(constraint, of: name)], cascades: cascades) { remove(part) }
    guard dropped.condition != nil else { return }
    // Children keep a check that they define themselves, or have from another parent.
    for child in tables[name]?.children ?? [] {
      guard let inherited = tables[child]?.constraint(constraint), inherited.isInherited else { continue }
      let hasOtherParent = tables[child]?.parents.contains { tables[$0]?.constraint(constraint) != nil } == true
      if hasOtherParent { continue }
      if recurses, !inherited.isLocal {
        try dropConstraint(constraint, of: child, cascades: cascades, recurses: true)
      } else if let index = tables[child]?.constraints.firstIndex(where: { $0.name == constraint }) {
        tables[child]?.constraints[index].isInherited = false
        tables[child]?.constraints[index].isLocal = true
      }
    }
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

extension AlterTable.TriggerSelection {
  fileprivate func includes(_ trigger: String) -> Bool {
    switch self {
    case .named(let name): name == trigger
    case .all, .user: true
    }
  }
}

extension Table {
  /// Changes a column; of a table that is not fully known, also one that no statement has told of.
  mutating func learn(_ column: String, _ change: (inout Column) -> Void) {
    if self.column(column) == nil, !isFullyKnown { columns.append(Column(name: column, type: nil)) }
    update(column, change)
  }
}
