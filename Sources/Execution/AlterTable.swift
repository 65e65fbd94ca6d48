import Catalog
import Syntax

extension Execution {
  mutating func perform(_ statement: AlterTable) throws(SQLError) {
    let name = database.qualified(statement.relation.name)
    if statement.ifExists, !catalog.hasRelation(name), statement.objectKind != .type { return }
    if statement.objectKind != .type {
      try checkSystemCatalog(statement.relation.name)
      try require(name)
      try checkKind(of: name, for: statement)
    }
    switch catalog.kind(of: name) {
    case .index: try alterIndex(name, statement.actions)
    case .view, .materializedView: try alterView(name, statement)
    case .sequence: alterSequence(name, statement)
    default:
      assume(name, is: statement.objectKind)
      switch statement.objectKind {
      case .type: try alterCompositeType(statement)
      case .index: try alterIndex(name, statement.actions)
      case .table, .foreignTable: try alterTable(name, statement)
      default: lock(name, statement.lock(of: version))
      }
    }
  }

  /// One action on a table.
  struct TableChange {
    let action: AlterTable.ActionKind
    /// Its position in the statement.
    let position: Int
    let table: QualifiedName
    /// The table and, where the statement includes them, those below it.
    let family: [QualifiedName]
    /// Whether the statement includes the tables below.
    let recurses: Bool
    /// Whether the table's composite type changes, and the table with it.
    var comesFromType = false
    /// The table before the statement, which USING is about.
    var original: Table?
  }

  private mutating func alterTable(_ name: QualifiedName, _ statement: AlterTable) throws(SQLError) {
    catalog.refreshDependencies()
    let mode = statement.lock(of: version)
    lock(name, mode)
    if !catalog.tables.contains(name) { catalog.put(Table(assumed: name, in: catalog)) }
    let recurses = statement.relation.includesDescendants
    // Kinship itself is changed at one table: a long chain is not walked over for each of its links.
    let below = statement.actions.allSatisfy(\.kind.isAboutKinship) ? [] : catalog.descendants(of: name)
    let family = recurses ? [name] + below : [name]
    try checkPendingTriggers(of: family, "ALTER TABLE")
    if !below.isEmpty {
      let table = catalog.tables[name]
      if statement.actions.contains(where: { locksAllBelow($0.kind, of: table, recurses: recurses) }) {
        lock(below, mode)
      }
    }
    // Later actions meet what earlier passes did: a dropped proof proves nothing.
    let actions = statement.actions.enumerated().sorted {
      ($0.element.kind.pass, $0.offset) < ($1.element.kind.pass, $1.offset)
    }
    let original = actions.count > 1 ? catalog.tables[name] : nil
    let before = catalog
    for (position, action) in actions {
      try perform(
        TableChange(
          action: action.kind,
          position: position,
          table: name,
          family: family,
          recurses: recurses,
          original: original
        )
      )
    }
    dropScansOfRewrittenTables()
    forgetMendedBreakages(since: before)
  }

  mutating func perform(_ change: TableChange) throws(SQLError) {
    switch change.action {
    case .addColumn(let column, let ifNotExists): try addColumn(column, ifNotExists: ifNotExists, change)
    case .dropColumn(let column, let ifExists, let cascade):
      try dropColumn(column, ifExists: ifExists, cascades: cascade, change)
    case .setType(let column, let definition, let expression):
      try setType(of: column, to: definition, expression, change)
    case .addConstraint(let constraint): try addConstraint(constraint, change)
    case .alterConstraint(let constraint): try alterConstraint(constraint, change)
    case .validateConstraint(let constraint): try validateConstraint(constraint, change)
    case .dropConstraint(let constraint, let ifExists, let cascade):
      try dropConstraint(constraint, ifExists: ifExists, cascades: cascade, change)
    case .inherit(let parent): try inherit(database.qualified(parent.name), change)
    case .noInherit(let parent): try stopInheriting(database.qualified(parent.name), change)
    case .attachPartition(let partition, let bound):
      try attachPartition(database.qualified(partition.name), bound, change)
    case .detachPartition(let partition, let concurrently):
      try detachPartition(database.qualified(partition.name), isConcurrent: concurrently, change)
    case .finalizeDetach(let partition):
      try detachPartition(database.qualified(partition.name), isConcurrent: true, change)
    case .setTrigger(let selection, let mode): try setTrigger(selection, mode, change)
    case .setNotNull, .dropNotNull, .setDefault, .dropDefault, .setExpression, .dropExpression, .addIdentity,
      .setIdentity, .dropIdentity, .setStatistics, .setColumnOptions, .resetColumnOptions, .setStorage,
      .setCompression:
      try alterColumn(change)
    case .other(let subtype): reportUnknown("subcommand \(subtype) of ALTER TABLE")
    default: try alterSettings(change)
    }
  }

  // MARK: - The table itself

  private mutating func alterSettings(_ change: TableChange) throws(SQLError) {
    let name = change.table
    guard let table = catalog.tables[name] else { return }
    switch change.action {
    case .setRule(let rule, let mode):
      if catalog.isFullyKnown(table), !table.rules.contains(named: rule) { throw .undefined(.rule, rule, of: name) }
      for index in table.rules.indices where table.rules[index].name == rule {
        catalog.tables[name]?.rules[index].firing = mode
      }
    case .setRowSecurity(let enabled): catalog.tables[name]?.hasRowSecurity = enabled
    case .setForcedRowSecurity(let forced): catalog.tables[name]?.forcesRowSecurity = forced
    case .clusterOn(let index):
      try requireIndex(index, of: table)?.checkClustering(of: table)
      lock(QualifiedName(schema: name.schema, index), .shareUpdateExclusive)
      catalog.tables[name]?.clusterIndex = index
    case .setWithoutCluster: catalog.tables[name]?.clusterIndex = nil
    case .setLogged(let logged):
      try checkPersistence(of: table, logged: logged)
      if (table.persistence == .permanent) != logged { try checkRowTypes(of: [name]) }
      alterStorage(table, change)
    case .setAccessMethod, .setTablespace: alterStorage(table, change)
    case .setOptions(let options):
      try checkParameters(options, isPartitioned: false, method: table.accessMethod)
      catalog.tables[name]?.options.set(options)
    case .resetOptions(let options): catalog.tables[name]?.options.reset(options)
    case .setForeignOptions(let options): catalog.tables[name]?.foreignOptions.set(options)
    case .setReplicaIdentity(let identity):
      if case .index(let index) = identity {
        try requireIndex(index, of: table)?.checkReplicaIdentity(of: table)
        lock(QualifiedName(schema: name.schema, index), .share)
      }
      catalog.tables[name]?.replicaIdentity = identity
    case .setOfType(let type):
      try checkRowType(type)
      let type = database.qualifiedType(type.name)
      try checkColumns(of: table, by: type)
      catalog.tables[name]?.ofType = type
    case .setNotOfType:
      if table.ofType == nil, catalog.isFullyKnown(table) {
        throw SQLError(.wrongObjectType, "\(name.quotedInErrors) is not a typed table")
      }
      catalog.tables[name]?.ofType = nil
    case .changeOwner:
      lock(table.indexNames, .accessExclusive)
      lock(catalog.ownedSequences(of: name).map(\.name), .accessExclusive)
    default: break
    }
  }

  /// The index that CLUSTER ON and REPLICA IDENTITY name; `nil` where the history does not know it.
  @discardableResult
  func requireIndex(_ index: String, of table: Table) throws(SQLError) -> Index? {
    if catalog.isFullyKnown(table), !table.indexNames.contains(where: { $0.name == index }) {
      throw .undefinedIndex(index, of: table.name)
    }
    let name = QualifiedName(schema: table.name.schema, index)
    return table.indexNames.contains(named: name) ? catalog.indexes[name] : nil
  }

  private mutating func alterStorage(_ table: Table, _ change: TableChange) {
    let name = table.name
    switch change.action {
    case .setLogged(let logged):
      // Of an assumed table nobody knows what it is.
      if table.isAssumed || (table.persistence != .unlogged) != logged {
        rewriteHeap(logged ? "SET LOGGED" : "SET UNLOGGED", change)
      }
      let persistence: Persistence = logged ? .permanent : .unlogged
      catalog.tables[name]?.persistence = persistence
      for sequence in catalog.ownedSequences(of: name) {
        lock(sequence.name, .accessExclusive)
        catalog.sequences[sequence.name]?.persistence = persistence
      }
    case .setAccessMethod(let method):
      // The table keeps its rows where they are if nothing changes.
      if (method ?? "heap") != (table.accessMethod ?? "heap") { rewriteHeap("SET ACCESS METHOD", change) }
      catalog.tables[name]?.accessMethod = method
    case .setTablespace(let tablespace):
      // Its indexes stay where they are.
      if table.kind != .partitionedTable, table.moves(to: tablespace) {
        work(.rewrite, on: name, because: .storage("SET TABLESPACE"), action: change.position)
      }
      catalog.tables[name]?.tablespace = tablespace
    default: break
    }
  }

  private mutating func rewriteHeap(_ words: String, _ change: TableChange) {
    guard catalog.tables[change.table]?.kind != .partitionedTable else { return }
    rewrite(change.table, because: .storage(words), action: change.position)
  }

  private mutating func setTrigger(
    _ selection: AlterTable.TriggerSelection,
    _ mode: AlterTable.FiringMode,
    _ change: TableChange
  ) throws(SQLError) {
    if case .named(let trigger) = selection, let table = catalog.tables[change.table], catalog.isFullyKnown(table),
      !table.triggers.contains(named: trigger)
    {
      throw .undefined(.trigger, trigger, of: change.table)
    }
    // Partitions follow in what they have from the table, other children in nothing. Source: `EnableDisableTrigger` in
    // `trigger.c`.
    for name in change.recurses ? [change.table] + catalog.partitions(of: change.table) : [change.table] {
      let triggers = catalog.tables[name]?.triggers ?? []
      for index in selection.indices(in: triggers) where name == change.table || triggers[index].isInherited {
        catalog.tables[name]?.triggers[index].firing = mode
      }
    }
  }

  /// ALTER TABLE and ALTER SEQUENCE with actions of tables.
  private mutating func alterSequence(_ name: QualifiedName, _ statement: AlterTable) {
    lock(name, statement.lock(of: version))
    for action in statement.actions {
      if case .setLogged(let logged) = action.kind {
        catalog.sequences[name]?.persistence = logged ? .permanent : .unlogged
      }
    }
  }
}

extension AlterTable {
  /// The strongest lock that its actions take on the relation.
  func lock(of version: Int) -> LockMode {
    actions.map { $0.kind.lock(of: version) }.max() ?? .accessExclusive
  }
}

extension AlterTable.ActionKind {
  fileprivate var isAboutKinship: Bool {
    switch self {
    case .inherit, .noInherit, .attachPartition, .detachPartition, .finalizeDetach: true
    default: false
    }
  }

  /// The order in which PostgreSQL performs actions, whatever the order of the text (`AlterTablePass` in
  /// `tablecmds.c`).
  var pass: Int {
    switch self {
    case .dropColumn, .dropConstraint, .dropNotNull, .dropExpression, .dropIdentity, .dropDefault: 0
    case .setType: 1
    case .addColumn: 2
    case .setExpression: 3
    case .addConstraint(let constraint):
      switch constraint.kind {
      case .check: 4
      case .primaryKey, .unique, .exclusion: 6
      default: 7
      }
    case .setNotNull, .addIdentity, .setIdentity, .setDefault: 5
    default: 8
    }
  }
}

extension AlterTable.TriggerSelection {
  fileprivate func indices(in triggers: PartList<Trigger>) -> [Int] {
    switch self {
    case .named(let name): triggers.firstIndex(named: name).map { [$0] } ?? []
    case .all, .user: Array(triggers.indices)
    }
  }
}

extension Catalog {
  /// Changes a column; of a table that is not fully known, also one that no statement has told of.
  mutating func learn(_ column: String, of name: QualifiedName, _ change: (inout Column) -> Void) {
    guard let table = tables[name] else { return }
    // A real table has no more: what is over the limit of columns names none of it.
    if table.column(column) == nil, !isFullyKnown(table), table.columns.count < ServerLimits.columns {
      tables[name]?.columns.append(Column(name: column, type: nil))
    }
    tables[name]?.update(column, change)
  }
}

extension Table {
  /// A table that the history never made, of which a statement tells something.
  init(assumed name: QualifiedName, in catalog: Catalog) {
    self.init(assumed: name)
    unreadableRuns = catalog.unreadableRuns
  }

  /// Whether it is in another tablespace, as far as is known; one that no statement named is the database's.
  fileprivate func moves(to tablespace: String) -> Bool {
    isAssumed || (self.tablespace ?? "pg_default") != tablespace
  }
}
