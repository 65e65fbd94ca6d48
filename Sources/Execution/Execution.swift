import Catalog
import Syntax

/// What the execution of a statement gave.
package struct ExecutionResult: Sendable {
  /// Of a refused statement: what it did until then, which PostgreSQL takes back.
  package let effects: StatementEffects
  /// The statements that it ran besides itself, in the order in which they ran: those of a DO block, and of functions
  /// that it called.
  package let nested: [NestedStatement]
  /// Why PostgreSQL refuses the statement, as far as the history tells; `nil` where it does not. One that is not certain
  /// leaves the effects that the statement has if it runs after all.
  package let refusal: SQLError?

  package var isRefused: Bool { refusal?.isCertain == true }
}

/// A statement that another one runs.
package struct NestedStatement: Sendable {
  package let kind: Statement.Kind
  /// Its bytes in the file of the statement that runs it; `nil` where it stands elsewhere.
  package let range: Range<Int>?
  /// The database that it meets.
  package let before: Database
  /// The database that it leaves.
  package let after: Database
  package let effects: StatementEffects
}

extension Database {
  /// Executes a statement as a server of major version `version` does. One that PostgreSQL refuses changes nothing.
  ///
  /// What a statement that was not read in full does besides is not known.
  @discardableResult
  package mutating func execute(
    _ statement: Statement.Kind,
    version: Int,
    isTruncated: Bool = false
  ) -> ExecutionResult {
    var execution = Execution(database: self, version: version)
    if isTruncated { execution.reportUnknown("what parts of the statement do that are nested too deeply") }
    do throws(SQLError) {
      try execution.perform(statement)
      if let failure = execution.failure { throw failure }
      if let doubt = execution.doubt, catalog.isUncertain(doubt) { execution.doubt = nil }
      if session.role != nil || session.goesOnAfterErrors || !execution.catalog.owners.isEmpty {
        execution.noteUncertainNames(of: statement)
      }
      self = execution.database
      return ExecutionResult(effects: execution.effects, nested: execution.nested, refusal: execution.doubt)
    } catch {
      let isUncertain = catalog.isUncertain(error)
      return ExecutionResult(effects: execution.effects, nested: [], refusal: isUncertain ? nil : error)
    }
  }
}

/// The execution of one statement: it changes the catalog and, on the way, records locks, work, losses and breakages, as
/// PostgreSQL locks, checks and changes in one walk.
///
/// Each command is in the file of its family; all of them go through ``lock(_:_:)``, ``work(_:on:because:action:)`` and
/// ``delete(_:cascades:)``.
struct Execution {
  /// The database as it is until now; inside a DO block, as the embedded statements left it.
  var database: Database
  let version: Int
  private(set) var effects = StatementEffects()
  private(set) var nested: [NestedStatement] = []
  private var positions: [QualifiedName: Int] = [:]
  private var known = KnownEffects()
  /// The routines whose code runs, the innermost last; `nil` for a DO block.
  private(set) var routines: [String?] = []
  /// The first reason why PostgreSQL may refuse the statement that the files alone do not decide.
  fileprivate(set) var doubt: SQLError?
  /// Why PostgreSQL refuses a statement of the code that runs, and with it the whole statement.
  private(set) var failure: SQLError?
  /// What the code that runs may still take, of the top-level statement and all that it runs.
  var budget = EvaluationBudget()
  /// The columns that actions of the statement itself made or changed: nobody can ask for their values before.
  var newColumns: Set<String> = []

  init(database: Database, version: Int) {
    self.database = database
    self.version = version
  }

  var catalog: Catalog {
    _read { yield database.catalog }
    _modify { yield &database.catalog }
  }

  // MARK: - What a statement does

  /// The statement locks the relation, and keeps the locks that it took before.
  mutating func lock(_ relation: QualifiedName, _ mode: LockMode) {
    let position = position(of: relation)
    if effects.relations[position].lock < mode { effects.relations[position].lock = mode }
  }

  mutating func lock(_ relations: some Sequence<QualifiedName>, _ mode: LockMode) {
    for relation in relations { lock(relation, mode) }
  }

  /// A relation that the history never made is of the kind that the statement says.
  mutating func assume(_ relation: QualifiedName, is kind: ObjectKind) {
    guard let kind = RelationKind(assumed: kind) else { return }
    let position = position(of: relation)
    if effects.relations[position].isAssumed { effects.relations[position].kind = kind }
  }

  /// The statement reads or writes the relation's rows.
  mutating func work(_ work: Work, on relation: QualifiedName, because cause: WorkCause, action: Int? = nil) {
    add(WorkItem(work, because: cause, action: action), at: position(of: relation))
  }

  private mutating func add(_ item: WorkItem, at position: Int) {
    known.work[position, default: Membership()].add(item, to: &effects.relations[position].work)
  }

  mutating func lose(_ loss: DataLoss) { known.losses.add(loss, to: &effects.losses) }

  mutating func breaks(_ breakage: Breakage) { known.breaks.add(breakage, to: &effects.breaks) }

  mutating func forgetBreakages(where isMended: (Breakage) -> Bool) {
    effects.breaks.removeAll(where: isMended)
    known.breaks = Membership()
  }

  /// PostgreSQL refuses the statement unless something else than the history made what it needs.
  mutating func doubt(_ error: SQLError) {
    if doubt == nil, !catalog.external.explains(error) { doubt = error.uncertain }
  }

  /// Says where in the code what is doubted stands.
  mutating func placeDoubt(at place: SQLError.CodePlace?) { doubt = doubt?.at(place) }

  /// The statement fails on rows of the table that do not comply. Nothing is asked of a table that is new, and of one
  /// whose rows other servers keep.
  mutating func require(_ kind: RowCondition.Kind, of table: QualifiedName, recursing: Bool) {
    guard existed(table), newColumns.isEmpty || !kind.reads(anyOf: newColumns) else { return }
    let known = catalog.tables[table]
    var isAlone = false
    if known?.kind == .foreignTable { return }
    if known?.children.isEmpty == false {
      if !recursing, known?.kind == .partitionedTable { return }
      isAlone = !recursing
      if recursing, catalog.descendants(of: table).contains(where: { catalog.tables[$0]?.kind == .foreignTable }) {
        return
      }
    }
    effects.rowConditions.append(RowCondition(kind: kind, table: table, isAlone: isAlone))
  }

  mutating func reportUnknown(_ what: String) { known.unknowns.add(what, to: &effects.unknowns) }

  private mutating func position(of relation: QualifiedName) -> Int {
    if let position = knownPosition(of: relation) { return position }
    return add(database.catalog.untouched(relation))
  }

  private mutating func add(_ effect: Effect) -> Int {
    let position = effects.relations.count
    if position >= Self.fewRelations { positions[effect.relation] = position }
    effects.relations.append(effect)
    return position
  }

  /// Nearly all statements touch fewer relations than this, which are found sooner without a table of positions.
  private static let fewRelations = 8

  private func knownPosition(of relation: QualifiedName) -> Int? {
    effects.relations.prefix(Self.fewRelations).firstIndex { $0.relation == relation } ?? positions[relation]
  }

  /// Whether the relation was there before the migration; nobody but this session sees a temporary one.
  func existed(_ relation: QualifiedName) -> Bool {
    knownPosition(of: relation).map { effects.relations[$0].existed } ?? catalog.existed(relation)
  }

  /// What the statement did to relations that it made itself is nothing that anybody notices.
  mutating func forgetRelations(madeSince before: Catalog) {
    let now = catalog
    effects.relations.removeAll { now.hasRelation($0.relation) && !before.hasRelation($0.relation) }
    known.work = [:]
    positions = [:]
    for position in effects.relations.indices.dropFirst(Self.fewRelations) {
      positions[effects.relations[position].relation] = position
    }
  }

  // MARK: - Work that depends on the table

  /// A rewrite of a table's heap builds its indexes anew.
  mutating func rewrite(_ table: QualifiedName, because cause: WorkCause, action: Int? = nil) {
    guard catalog.mayHaveRows(table) else { return }
    work(.rewrite, on: table, because: cause, action: action)
    lock(catalog.indexNames(of: table), .accessExclusive)
    if catalog.mayHaveIndexes(table) { work(.indexBuild, on: table, because: cause, action: action) }
  }

  /// A table's rows are read to check them, unless the table has none of its own.
  mutating func scan(_ table: QualifiedName, because cause: WorkCause, action: Int? = nil) {
    guard catalog.mayHaveRows(table) else { return }
    work(.scan, on: table, because: cause, action: action)
  }

  /// Rows that are written anew are checked in the same pass.
  mutating func dropScansOfRewrittenTables() {
    for index in effects.relations.indices {
      let items = effects.relations[index].work
      guard items.contains(where: { $0.work == .rewrite }) else { continue }
      effects.relations[index].work = items.filter { $0.work != .scan }
      known.work[index] = nil
    }
  }

  // MARK: - Statements inside

  static let maximumCallDepth = 4

  /// How many routines call one another now; a DO block is none.
  var callDepth: Int { routines.count { $0 != nil } }

  mutating func inside<Result>(_ routine: String?, _ body: (inout Self) -> Result) -> Result {
    routines.append(routine)
    defer { routines.removeLast() }
    return body(&self)
  }

  /// Runs a statement of code, in the database that those before it left. What PostgreSQL would refuse stands behind a
  /// condition that keeps it from running. Where none does, code is refused as a whole with a definition in it, or with
  /// an unknown relation that it needs; what queries and changes of data name may be variables.
  mutating func runNested(_ kind: Statement.Kind, range: Range<Int>?, isCertain: Bool) {
    // The code of a routine may stand in another file.
    let range = callDepth > 0 ? nil : range
    let place = range.map { SQLError.CodePlace.inFile($0) }
    let inner: Execution
    do throws(SQLError) {
      inner = try performed(kind)
    } catch {
      if isCertain, !kind.mayNameVariables { fail(error.at(place)) }
      return
    }
    if let failure = inner.failure {
      if isCertain { fail(failure.at(place)) }
      return
    }
    if isCertain, let doubt = inner.doubt, doubt.object?.kind.isRelation == true { self.doubt(doubt.at(place)) }
    nested.append(
      NestedStatement(kind: kind, range: range, before: database, after: inner.database, effects: inner.effects)
    )
    nested += inner.nested
    merge(inner.effects)
    database = inner.database
    if isCertain { doubtRelations(of: kind, at: place) }
  }

  private mutating func fail(_ error: SQLError) { if !catalog.isUncertain(error) { failure = error } }

  /// Runs a statement that is part of this one: an element of CREATE SCHEMA, what EXPLAIN ANALYZE explains.
  mutating func run(_ kind: Statement.Kind) {
    guard let inner = executed(kind) else { return }
    merge(inner.effects)
    effects.rowConditions += inner.effects.rowConditions
    database = inner.database
  }

  /// The same of a part without which this one is refused too.
  mutating func runPart(_ kind: Statement.Kind) throws(SQLError) {
    let inner = try performed(kind)
    if let failure = inner.failure { throw failure }
    if let doubt = inner.doubt { self.doubt(doubt) }
    merge(inner.effects)
    database = inner.database
  }

  /// `nil` where PostgreSQL refuses it.
  private mutating func executed(_ kind: Statement.Kind) -> Execution? {
    do throws(SQLError) {
      return try performed(kind)
    } catch {
      return nil
    }
  }

  private mutating func performed(_ kind: Statement.Kind) throws(SQLError) -> Execution {
    var inner = Execution(database: database, version: version)
    inner.routines = routines
    inner.budget = budget
    defer { budget = inner.budget }
    try inner.perform(kind)
    return inner
  }

  private mutating func merge(_ inner: StatementEffects) {
    for effect in inner.relations {
      guard let position = knownPosition(of: effect.relation) else {
        _ = add(effect)
        continue
      }
      effects.relations[position].lock = max(effects.relations[position].lock, effect.lock)
      for item in effect.work { add(item, at: position) }
    }
    for loss in inner.losses { lose(loss) }
    for breakage in inner.breaks { breaks(breakage) }
    for unknown in inner.unknowns { reportUnknown(unknown) }
  }
}

/// What of the lists of effects is in them already.
private struct KnownEffects {
  var losses = Membership<DataLoss>()
  var breaks = Membership<Breakage>()
  var unknowns = Membership<String>()
  /// By the position of the relation.
  var work: [Int: Membership<WorkItem>] = [:]
}

/// Keeps the elements of a list apart. Nearly all lists are short, and are looked through; the longer ones are also held
/// as a set, so that a statement about thousands of objects does not compare each of them with all others.
private struct Membership<Element: Hashable> {
  private var elements: Set<Element> = []
  private static var longest: Int { 8 }

  /// Puts an element behind the list, unless it is there.
  mutating func add(_ element: Element, to list: inout [Element]) {
    if list.count < Self.longest {
      if !list.contains(element) { list.append(element) }
      return
    }
    if elements.isEmpty { elements = Set(list) }
    if elements.insert(element).inserted { list.append(element) }
  }
}

extension Catalog {
  /// A relation to which nothing is done yet.
  fileprivate func untouched(_ relation: QualifiedName) -> Effect {
    let known = tables.reading(relation) { (kind: $0.kind, createdIn: $0.createdIn, isAssumed: $0.isAssumed) }
    guard let known else {
      return Effect(
        relation: relation,
        kind: kind(of: relation) ?? .table,
        lock: .accessShare,
        existed: existed(relation),
        isAssumed: !hasRelation(relation),
        size: size(of: relation)
      )
    }
    return Effect(
      relation: relation,
      kind: known.kind,
      lock: .accessShare,
      existed: relation.schema != Self.temporary && existed(since: known.createdIn),
      isAssumed: known.isAssumed,
      size: size(of: relation)
    )
  }

  /// Of an index, its table's.
  private func size(of relation: QualifiedName) -> TableSizes.Size {
    let sizes = sizes
    return sizes.isEmpty ? .unknown : sizes.size(of: indexes[relation]?.table ?? relation)
  }

  /// Whether the relation was there before the migrations that run now.
  func existed(_ relation: QualifiedName) -> Bool {
    if relation.schema == Self.temporary { return false }
    if let made = tables.reading(relation, { $0.createdIn }) { return existed(since: made) }
    if let made = views.reading(relation, { $0.createdIn }) { return existed(since: made) }
    if let index = indexes[relation] { return existed(since: index.createdIn) && existed(index.table) }
    if let sequence = sequences[relation] { return existed(since: sequence.createdIn) }
    return true
  }

  /// Whether the table has rows that are worked on with it: partitions and other servers keep those of their tables. A
  /// partitioned table that was there before and of which nobody knows a partition has those that something else made.
  func mayHaveRows(_ table: QualifiedName) -> Bool {
    let known = tables.reading(table) { (kind: $0.kind, isUndivided: $0.children.isEmpty, createdIn: $0.createdIn) }
    return switch known?.kind {
    case .foreignTable?: false
    case .partitionedTable?: known.map { $0.isUndivided && existed(since: $0.createdIn) } ?? false
    default: true
    }
  }

  /// Whether the table has indexes, as far as is known; one that the history never made surely has a key.
  func mayHaveIndexes(_ table: QualifiedName) -> Bool {
    tables.reading(table) { $0.isAssumed || !$0.indexNames.isEmpty } ?? true
  }

  func indexNames(of relation: QualifiedName) -> PartList<QualifiedName> {
    tables.reading(relation) { $0.indexNames } ?? views.reading(relation) { $0.indexNames } ?? []
  }
}
