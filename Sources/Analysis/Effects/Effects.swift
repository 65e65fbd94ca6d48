import Syntax

/// Computes what a statement does.
package enum Effects {
  /// What `statement` does to the relations of `schema` on a server of major version `targetVersion`.
  package static func of(_ statement: Statement.Kind, in schema: Schema, targetVersion: Int) -> StatementEffects {
    var ledger = EffectLedger(schema: schema, version: targetVersion)
    ledger.enter(statement)
    return ledger.effects
  }

  /// The statements that `statement` runs besides itself, in the order in which they run: those of a DO block, and of the
  /// functions that it calls.
  package static func runs(of statement: Statement.Kind, in schema: Schema, targetVersion: Int) -> [EmbeddedRun] {
    guard statement.mayRunCode else { return [] }
    var ledger = EffectLedger(schema: schema, version: targetVersion)
    ledger.recordsRuns = true
    ledger.enter(statement)
    return ledger.runs
  }
}

/// A statement that another one runs.
package struct EmbeddedRun: Sendable {
  package let kind: Statement.Kind
  /// Its bytes in the file of the statement that runs it; `nil` where it stands elsewhere.
  package let range: Range<Int>?
  /// The schema that it meets.
  package let schema: Schema
  package let effects: StatementEffects
}

extension Statement.Kind {
  fileprivate var mayRunCode: Bool {
    switch self {
    case .anonymousBlock, .call, .query, .explain: true
    default: false
    }
  }
}

/// Collects the effects of one statement, relation by relation.
struct EffectLedger {
  /// The schema before the statement; inside a DO block, before the embedded one.
  var schema: Schema
  let version: Int
  private(set) var effects = StatementEffects()
  /// Whether ``runs`` is wanted.
  var recordsRuns = false
  private(set) var runs: [EmbeddedRun] = []
  private var positions: [QualifiedName: Int] = [:]
  /// The functions whose code runs, the innermost last; `nil` for a DO block.
  var owners: [String?] = []

  init(schema: Schema, version: Int) {
    self.schema = schema
    self.version = version
  }

  // MARK: - Entries

  /// The statement runs another one.
  mutating func record(_ part: EmbeddedCode.Part) {
    guard recordsRuns else { return }
    let effects = Effects.of(part.kind, in: schema, targetVersion: version)
    runs.append(EmbeddedRun(kind: part.kind, range: part.range, schema: schema, effects: effects))
  }

  /// The statement locks the relation, with all locks taken before still held.
  mutating func lock(_ relation: QualifiedName, _ mode: LockMode) {
    let position = position(of: relation)
    if effects.relations[position].lock < mode { effects.relations[position].lock = mode }
  }

  /// The statement reads or writes the relation's rows. One pass that rewrites does what a scan would.
  mutating func work(_ work: Work, on relation: QualifiedName, because cause: WorkCause, action: Int? = nil) {
    let position = position(of: relation)
    let item = WorkItem(work, because: cause, action: action)
    guard !effects.relations[position].work.contains(item) else { return }
    effects.relations[position].work.append(item)
  }

  mutating func lose(_ loss: DataLoss) {
    if !effects.losses.contains(loss) { effects.losses.append(loss) }
  }

  mutating func breaks(_ breakage: Breakage) {
    if !effects.breaks.contains(breakage) { effects.breaks.append(breakage) }
  }

  mutating func unknown(_ what: String) {
    if !effects.unknowns.contains(what) { effects.unknowns.append(what) }
  }

  private mutating func position(of relation: QualifiedName) -> Int {
    if let position = positions[relation] { return position }
    positions[relation] = effects.relations.count
    effects.relations.append(
      Effect(
        relation: relation,
        kind: schema.kind(of: relation) ?? .table,
        lock: .accessShare,
        existed: existed(relation),
        isAssumed: isAssumed(relation)
      )
    )
    return effects.relations.count - 1
  }

  // MARK: - What is known of a relation

  /// Whether the relation was there before the migration; nobody but this session sees a temporary one.
  func existed(_ relation: QualifiedName) -> Bool {
    if relation.schema == Schema.temporary { return false }
    if let table = schema.tables[relation] { return schema.existed(since: table.createdIn) }
    if let view = schema.views[relation] { return schema.existed(since: view.createdIn) }
    if let index = schema.indexes[relation] {
      return schema.existed(since: index.createdIn) && existed(index.table)
    }
    if let sequence = schema.sequences[relation] { return schema.existed(since: sequence.createdIn) }
    return true
  }

  func isAssumed(_ relation: QualifiedName) -> Bool {
    if let table = schema.tables[relation] { return table.isAssumed }
    return !schema.hasRelation(relation)
  }

  /// A table and, where the statement includes them, those below it.
  func family(_ reference: RelationReference) -> [QualifiedName] {
    let name = schema.qualified(reference.name)
    return reference.includesDescendants ? [name] + schema.descendants(of: name) : [name]
  }

  /// The default partition of a partitioned table.
  func defaultPartition(of parent: QualifiedName) -> QualifiedName? {
    schema.tables[parent]?.children.first { schema.tables[$0]?.partitionBound == .default }
  }

  /// The partitions below a partitioned table; children by inheritance are tables of their own in most respects.
  func partitions(of table: QualifiedName) -> [QualifiedName] {
    schema.tables[table]?.kind == .partitionedTable ? schema.descendants(of: table) : []
  }

  /// The indexes of partitions that make up a partitioned table's index, at all levels.
  func parts(of index: QualifiedName) -> [Index] {
    let parts = schema.indexes.values.filter { $0.parent == index }.sorted { $0.name < $1.name }
    return parts.flatMap { [$0] + self.parts(of: $0.name) }
  }

  /// Whether the table keeps rows itself: partitions and other servers keep those of their tables.
  private func mayHaveRows(_ table: QualifiedName) -> Bool {
    let kind = schema.tables[table]?.kind
    return kind != .partitionedTable && kind != .foreignTable
  }

  /// Whether the table has indexes, as far as is known; one that the history never made surely has a key.
  func hasIndexes(_ table: QualifiedName) -> Bool {
    guard let known = schema.tables[table] else { return true }
    return known.isAssumed || !known.indexNames.isEmpty
  }

  /// A rewrite of a table's heap builds its indexes anew.
  mutating func rewrite(_ table: QualifiedName, because cause: WorkCause, action: Int? = nil) {
    guard mayHaveRows(table) else { return }
    work(.rewrite, on: table, because: cause, action: action)
    for index in schema.indexes(of: table) { lock(index.name, .accessExclusive) }
    if hasIndexes(table) { work(.indexBuild, on: table, because: cause, action: action) }
  }

  /// A table's rows are read to check them, unless the table has none of its own.
  mutating func scan(_ table: QualifiedName, because cause: WorkCause, action: Int? = nil) {
    guard mayHaveRows(table) else { return }
    work(.scan, on: table, because: cause, action: action)
  }

  /// Rows that are written anew are checked in the same pass.
  mutating func dropScansOfRewrittenTables() {
    for index in effects.relations.indices {
      let items = effects.relations[index].work
      guard items.contains(where: { $0.work == .rewrite }) else { continue }
      effects.relations[index].work = items.filter { $0.work != .scan }
    }
  }
}
