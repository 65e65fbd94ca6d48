import Syntax

extension EffectLedger {
  mutating func enter(_ statement: AlterTable) {
    let name = schema.qualified(statement.relation.name)
    if statement.ifExists, !schema.hasRelation(name), statement.objectKind != .type { return }
    switch schema.kind(of: name) {
    case .index: alterIndex(name, statement.actions)
    case .view, .materializedView, .sequence:
      lock(name, statement.actions.map { $0.kind.lock(of: version) }.max() ?? .accessExclusive)
    default:
      switch statement.objectKind {
      case .type: alterCompositeType(statement)
      case .index: alterIndex(name, statement.actions)
      case .view, .materializedView, .sequence:
        lock(name, statement.actions.map { $0.kind.lock(of: version) }.max() ?? .accessExclusive)
      default: alterTable(name, statement)
      }
    }
  }

  private mutating func alterTable(_ name: QualifiedName, _ statement: AlterTable) {
    let mode = statement.actions.map { $0.kind.lock(of: version) }.max() ?? .accessExclusive
    lock(name, mode)
    let recurses = statement.relation.includesDescendants
    let below = recurses ? schema.descendants(of: name) : []
    if statement.actions.contains(where: { $0.kind.reachesDescendants(of: schema.tables[name], version: version) }) {
      for table in below { lock(table, mode) }
    }
    // Later actions meet what earlier passes did: a dropped proof proves nothing.
    let actions = statement.actions.enumerated().sorted {
      ($0.element.kind.pass, $0.offset) < ($1.element.kind.pass, $1.offset)
    }
    for (rank, (position, action)) in actions.enumerated() {
      let change = TableChange(
        action: action.kind,
        position: position,
        table: name,
        family: [name] + below
      )
      enter(change)
      // The last action has none behind it, and most statements have one: the catalog is not copied for them.
      if rank < actions.count - 1 { schema.apply(.alterTable(statement.with(action))) }
    }
    dropScansOfRewrittenTables()
  }

  /// One action, and what it works on.
  private struct TableChange {
    let action: AlterTable.ActionKind
    /// Its position in the statement.
    let position: Int
    let table: QualifiedName
    /// The table and, where the statement includes them, those below it.
    let family: [QualifiedName]
  }

  private mutating func enter(_ change: TableChange) {
    switch change.action {
    case .addColumn(let column, let ifNotExists): add(column, ifNotExists: ifNotExists, change)
    case .dropColumn(let column, _, _): drop(column, change)
    case .setType(let column, let definition, let expression): setType(of: column, to: definition, expression, change)
    case .setNotNull(let column): setNotNull(column, change)
    case .setExpression(let column, _):
      for table in change.family {
        rewrite(table, because: .storedGeneratedColumn(column: column), action: change.position)
      }
    case .addConstraint(let constraint): add(constraint, column: nil, change)
    case .validateConstraint(let constraint): validate(constraint, change)
    case .dropConstraint(let constraint, _, _): dropConstraint(constraint, change)
    case .attachPartition(let partition, let bound):
      attach(
        partition: schema.qualified(partition.name),
        bound: bound,
        to: change.table,
        action: change.position
      )
    case .detachPartition(let partition, let concurrently):
      detach(partition: schema.qualified(partition.name), from: change.table, isConcurrent: concurrently)
    case .finalizeDetach(let partition):
      detach(partition: schema.qualified(partition.name), from: change.table, isConcurrent: true)
    case .inherit(let parent), .noInherit(let parent):
      lock(schema.qualified(parent.name), change.action.isInherit ? .shareUpdateExclusive : .accessShare)
    case .setLogged(let logged): setLogged(logged, change)
    case .setTablespace: rewriteHeap("SET TABLESPACE", change)
    case .setAccessMethod(let method):
      // The table keeps its rows where they are if nothing changes.
      if (method ?? "heap") != (schema.tables[change.table]?.accessMethod ?? "heap") {
        rewriteHeap("SET ACCESS METHOD", change)
      }
    case .changeOwner:
      for index in schema.indexes(of: change.table) { lock(index.name, .accessExclusive) }
      for sequence in ownedSequences(of: change.table) { lock(sequence, .accessExclusive) }
    case .setIdentity(let column, _): lockSequence(of: column, .shareRowExclusive, change)
    case .dropIdentity(let column, _): lockSequence(of: column, .accessExclusive, change)
    case .clusterOn(let index): lock(QualifiedName(schema: change.table.schema, index), .shareUpdateExclusive)
    case .setReplicaIdentity(.index(let index)): lock(QualifiedName(schema: change.table.schema, index), .share)
    case .other(let subtype): unknown("subcommand \(subtype) of ALTER TABLE")
    default: break
    }
  }

  func ownedSequences(of table: QualifiedName) -> [QualifiedName] {
    schema.sequences.values.filter { $0.owner?.table == table }.map(\.name)
      .sorted { $0.description < $1.description }
  }

  private mutating func lockSequence(of column: String, _ mode: LockMode, _ change: TableChange) {
    for sequence in schema.sequences.values where sequence.owner.map({ $0 == (change.table, column) }) == true {
      lock(sequence.name, mode)
    }
  }

  // MARK: - Columns

  private mutating func add(_ column: ColumnDefinition, ifNotExists: Bool, _ change: TableChange) {
    if ifNotExists, schema.tables[change.table]?.column(column.name) != nil { return }
    let cause = rewriteCause(of: column)
    for table in change.family {
      if let cause { rewrite(table, because: cause, action: change.position) }
      if column.isRequired, !column.hasValue {
        scan(table, because: .notNull(column: column.name), action: change.position)
      }
    }
    if column.isRequired, !column.hasValue, existed(change.table) {
      breaks(.insertFails(column: column.name, of: change.table))
    }
    if cause == nil, existed(change.table), column.constraints.contains(where: \.isPlaceholderDefault) {
      unknown("the default of column \(column.name.quotedIdentifier)")
    }
    for constraint in column.constraints {
      if case .foreignKey = constraint.kind, !change.action.fillsRows {
        addForeignKey(constraint, isValidated: false, change, column: column.name)
      } else {
        add(constraint, column: column.name, change)
      }
    }
  }

  /// Why rows must be written to hold the new column; `nil` where its value is the same for all of them.
  private func rewriteCause(of column: ColumnDefinition) -> WorkCause? {
    if column.type?.serialType != nil { return .sequenceDefault(column: column.name) }
    for constraint in column.constraints {
      switch constraint.kind {
      case .identity: return .sequenceDefault(column: column.name)
      case .generated(_, let stored) where stored: return .storedGeneratedColumn(column: column.name)
      case .default(let expression):
        guard let call = schema.volatileCall(in: expression) else { continue }
        return .volatileDefault(column: column.name, function: call.function.description, isCertain: call.isCertain)
      default: continue
      }
    }
    guard let type = column.type, type.arrayDimensions == 0 else { return nil }
    let name = schema.qualifiedType(type.name)
    guard case .domain(let domain)? = schema.types[name]?.form else { return nil }
    if domain.isConstrained { return .constrainedDomain(column: column.name, domain: name) }
    guard let value = domain.defaultValue, !column.hasDefault, let call = schema.volatileCall(in: value) else {
      return nil
    }
    return .volatileDefault(column: column.name, function: call.function.description, isCertain: call.isCertain)
  }

  private mutating func drop(_ column: String, _ change: TableChange) {
    for table in change.family {
      let constraints = schema.tables[table]?.constraints.filter { $0.columns.contains(column) } ?? []
      for constraint in constraints { lockRelatives(of: constraint, on: table) }
      for index in schema.indexes(of: table) where index.columns.contains(column) { lock(index.name, .accessExclusive) }
      for sequence in schema.sequences.values {
        if let owner = sequence.owner, owner == (table, column) { lock(sequence.name, .accessExclusive) }
      }
    }
    if case .dropColumn(_, _, cascade: true) = change.action {
      for view in schema.views(reading: column, of: change.table) { drop(view) }
    }
    guard existed(change.table) else { return }
    if let table = schema.tables[change.table], table.knowsAllColumns, table.column(column) == nil { return }
    lose(.column(column, of: change.table))
    breaks(.columnGone(column, of: change.table))
  }

  /// A foreign key that goes away takes its triggers from both tables; a key takes the foreign keys that point to it.
  private mutating func lockRelatives(of constraint: TableConstraint, on table: QualifiedName) {
    if let referenced = constraint.referenced {
      for relation in [referenced] + partitions(of: referenced) { lock(relation, .accessExclusive) }
    }
    guard constraint.isKey else { return }
    if let index = constraint.index {
      lock(index, .accessExclusive)
      for part in parts(of: index) { lock(part.name, .accessExclusive) }
    }
    for (referencing, key) in schema.foreignKeys(to: table)
    where Set(key.referencedColumns) == Set(constraint.columns) && referencing != table {
      lock(referencing, .accessExclusive)
    }
  }

  private mutating func setNotNull(_ column: String, _ change: TableChange) {
    for table in change.family {
      guard let known = schema.tables[table] else {
        scan(table, because: .notNull(column: column), action: change.position)
        continue
      }
      if known.column(column)?.isNotNull == true || known.proves(notNull: column) { continue }
      scan(table, because: .notNull(column: column), action: change.position)
    }
  }

  // MARK: - Type changes

  private mutating func setType(
    of column: String,
    to definition: ColumnDefinition,
    _ expression: Expression?,
    _ change: TableChange
  ) {
    guard let type = definition.type else { return }
    let old = schema.tables[change.table]?.column(column)
    let result = schema.change(of: old, named: column, to: type, using: expression)
    let cause = WorkCause.typeChange(column: column, from: old?.type, to: type)
    for table in change.family {
      if result.rewrites { rewrite(table, because: cause, action: change.position) }
      rebuildDependants(of: column, on: table, definition, rewrites: result.rewrites, cause, change)
    }
    guard existed(change.table) else { return }
    if result.narrows { lose(.narrowing(column: column, of: change.table)) }
    if old?.type.map({ $0.name != type.name || $0.arrayDimensions != type.arrayDimensions }) ?? true {
      breaks(.columnTypeChanged(column, of: change.table))
    }
  }

  /// Constraints and indexes on the column are made again; only some of that is free.
  private mutating func rebuildDependants(
    of column: String,
    on table: QualifiedName,
    _ definition: ColumnDefinition,
    rewrites: Bool,
    _ cause: WorkCause,
    _ change: TableChange
  ) {
    guard let known = schema.tables[table] else { return }
    for constraint in known.constraints where constraint.columns.contains(column) {
      if constraint.condition != nil, constraint.isValidated, !rewrites {
        scan(table, because: cause, action: change.position)
      }
      guard let referenced = constraint.referenced else { continue }
      lock(referenced, .accessExclusive)
      if rewrites, constraint.isValidated {
        work(
          .foreignKeyValidation,
          on: table,
          because: .foreignKey(constraint: constraint.name, referenced: referenced),
          action: change.position
        )
      }
    }
    for (referencing, key) in schema.foreignKeys(to: table) where key.referencedColumns.contains(column) {
      lock(referencing, .accessExclusive)
      if rewrites, key.isValidated {
        work(
          .foreignKeyValidation,
          on: referencing,
          because: .foreignKey(constraint: key.name, referenced: table),
          action: change.position
        )
      }
    }
    for index in schema.indexes(of: table) where index.columns.contains(column) {
      lock(index.name, .accessExclusive)
      if !rewrites, !index.survivesTypeChange(of: column, from: known.column(column), to: definition) {
        work(.indexBuild, on: table, because: cause, action: change.position)
      }
    }
  }

  // MARK: - Storage

  private mutating func setLogged(_ logged: Bool, _ change: TableChange) {
    let isLogged = schema.tables[change.table].map { $0.persistence != .unlogged } ?? !logged
    guard isLogged != logged else { return }
    rewriteHeap(logged ? "SET LOGGED" : "SET UNLOGGED", change)
  }

  private mutating func rewriteHeap(_ words: String, _ change: TableChange) {
    guard schema.tables[change.table]?.kind != .partitionedTable else { return }
    if words == "SET TABLESPACE" {
      work(.rewrite, on: change.table, because: .storage(words), action: change.position)
    } else {
      rewrite(change.table, because: .storage(words), action: change.position)
    }
  }

  // MARK: - Constraints

  private mutating func add(_ constraint: Constraint, column: String?, _ change: TableChange) {
    switch constraint.kind {
    case .check(_, let noInherit):
      guard !constraint.isNotValid else { return }
      for table in noInherit ? [change.table] : change.family {
        scan(table, because: .check(constraint: constraint.name, column: column), action: change.position)
      }
    case .primaryKey(let key):
      addKey(key, named: constraint.name, .primaryKey(constraint: constraint.name), column: column, change)
    case .unique(let key):
      addKey(key, named: constraint.name, .unique(constraint: constraint.name), column: column, change)
    case .exclusion: build(because: .exclusion(constraint: constraint.name), change)
    case .foreignKey: addForeignKey(constraint, isValidated: !constraint.isNotValid, change, column: column)
    case .null, .notNull, .default, .identity, .generated: break
    }
  }

  private mutating func addKey(
    _ key: KeyConstraint,
    named constraintName: String?,
    _ cause: WorkCause,
    column: String?,
    _ change: TableChange
  ) {
    var columns = key.columns
    if let existing = key.existingIndex {
      let name = QualifiedName(schema: change.table.schema, existing)
      // The index gets the constraint's name where it has another one.
      if let constraintName, constraintName != existing { lock(name, .shareUpdateExclusive) }
      columns = schema.indexes[name]?.keyColumns ?? []
      if case .primaryKey = cause, schema.indexes[name] == nil {
        scan(change.table, because: cause, action: change.position)
      }
    } else {
      build(because: cause, change) { $0.isKey && $0.columns == (column.map { [$0] } ?? columns) && $0.hasCause(cause) }
    }
    guard case .primaryKey = cause, column == nil else { return }
    for column in columns {
      for table in change.family {
        let known = schema.tables[table]
        if known?.column(column)?.isNotNull == true || known?.proves(notNull: column) == true { continue }
        scan(table, because: cause, action: change.position)
      }
    }
  }

  /// `isTheSame`: whether a partition's own constraint is taken over. Source: `DefineIndex` in `indexcmds.c`.
  private mutating func build(
    because cause: WorkCause,
    _ change: TableChange,
    _ isTheSame: (TableConstraint) -> Bool = { _ in false }
  ) {
    for table in [change.table] + partitions(of: change.table) {
      lock(table, .share)
      guard schema.tables[table]?.kind != .partitionedTable else { continue }
      if table != change.table, schema.tables[table]?.constraints.contains(where: isTheSame) == true { continue }
      work(.indexBuild, on: table, because: cause, action: change.position)
    }
  }

  private mutating func addForeignKey(
    _ constraint: Constraint,
    isValidated: Bool,
    _ change: TableChange,
    column: String?
  ) {
    guard case .foreignKey(let key) = constraint.kind else { return }
    let referenced = schema.qualified(key.referenced.name)
    for table in [referenced] + partitions(of: referenced) { lock(table, .shareRowExclusive) }
    let isPartitioned = schema.tables[change.table]?.kind == .partitionedTable
    for table in isPartitioned ? change.family : [change.table] {
      lock(table, .shareRowExclusive)
      guard isValidated, schema.tables[table]?.kind != .partitionedTable else { continue }
      // A partition's own is taken over. Source: `tryAttachPartitionForeignKey` in `tablecmds.c`.
      let isThere = schema.tables[table]?.constraints.contains {
        $0.isValidated && $0.definition.kind == constraint.kind
      }
      if table != change.table, isThere == true { continue }
      work(
        .foreignKeyValidation,
        on: table,
        because: .foreignKey(constraint: constraint.name, referenced: referenced),
        action: change.position
      )
    }
  }

  private mutating func validate(_ name: String, _ change: TableChange) {
    let constraint = schema.tables[change.table]?.constraint(name)
    if constraint?.isValidated == true { return }
    if let referenced = constraint?.referenced {
      lock(referenced, .rowShare)
      work(
        .foreignKeyValidation,
        on: change.table,
        because: .validation(constraint: name),
        action: change.position
      )
    } else {
      for table in change.family where schema.tables[table]?.constraint(name)?.isValidated != true {
        scan(table, because: .validation(constraint: name), action: change.position)
      }
    }
  }

  private mutating func dropConstraint(_ name: String, _ change: TableChange) {
    for table in change.family {
      guard let constraint = schema.tables[table]?.constraint(name) else { continue }
      lockRelatives(of: constraint, on: table)
    }
  }

  // MARK: - Composite types and indexes

  /// Tables OF the type change with it.
  private mutating func alterCompositeType(_ statement: AlterTable) {
    let name = schema.qualifiedType(statement.relation.name)
    let tables = schema.tables.values.filter { $0.ofType == name }.map(\.name).sorted()
    for table in tables {
      lock(table, .accessExclusive)
      for (position, action) in statement.actions.enumerated() {
        enter(TableChange(action: action.kind, position: position, table: table, family: [table]))
      }
    }
  }

  private mutating func alterIndex(_ name: QualifiedName, _ actions: [AlterTable.Action]) {
    for action in actions {
      if case .attachPartition(let part, _) = action.kind {
        // Source: ATExecAttachPartitionIdx, which locks the index and both tables.
        let partName = schema.qualified(part.name)
        lock(name, .shareUpdateExclusive)
        lock(partName, .accessExclusive)
        if let index = schema.indexes[partName] { lock(index.table, .accessShare) }
      } else {
        lock(name, action.kind.lock(of: version))
      }
    }
  }
}

extension AlterTable {
  /// The statement with one of its actions alone.
  fileprivate func with(_ action: Action) -> AlterTable {
    AlterTable(relation: relation, objectKind: objectKind, ifExists: ifExists, actions: [action])
  }
}

extension TableConstraint {
  /// Whether it is of the kind that asks for the work.
  fileprivate func hasCause(_ cause: WorkCause) -> Bool {
    switch (cause, definition.kind) {
    case (.unique, .unique), (.primaryKey, .primaryKey): true
    default: false
    }
  }
}

extension ColumnDefinition {
  /// Whether rows must have a value in it.
  package var isRequired: Bool {
    constraints.contains {
      switch $0.kind {
      case .notNull, .primaryKey: true
      default: false
      }
    }
  }

  var hasDefault: Bool {
    constraints.contains { if case .default = $0.kind { true } else { false } }
  }

  /// Whether a row gets a value in it without being told.
  package var hasValue: Bool {
    type?.serialType != nil
      || constraints.contains {
        switch $0.kind {
        case .default(let expression): expression != .constant(.null)
        case .identity, .generated: true
        default: false
        }
      }
  }
}

extension Index {
  /// The key columns that are plain columns.
  var keyColumns: [String] {
    definition.elements.compactMap { if case .column(let name) = $0.key { name } else { nil } }
  }

  /// Whether the index can stay as it is when the rows stay as they are (`CheckIndexCompatible` in `indexcmds.c`):
  /// not with an expression or a predicate, nor with another collation or operator class.
  fileprivate func survivesTypeChange(of column: String, from old: Column?, to new: ColumnDefinition) -> Bool {
    guard definition.predicate == nil, keyColumns.count == definition.elements.count else { return false }
    guard keyColumns.contains(column), let oldType = old?.type, let newType = new.type else { return true }
    return old?.collation == new.collation && TypeFacts.shareOperatorClass(oldType, newType)
  }
}

extension Constraint {
  /// Whether it is a default that names a column. PostgreSQL allows none, so that it is a placeholder, which may stand
  /// for a volatile function.
  fileprivate var isPlaceholderDefault: Bool {
    guard case .default(let expression) = kind else { return false }
    var namesColumn = false
    expression.walk { if case .column = $0 { namesColumn = true } }
    return namesColumn
  }
}
