import Catalog
import Execution
import Syntax

/// Follows which statements of a script share a transaction, and undoes what ROLLBACK undoes.
///
/// Source: PostgreSQL's manual, "Message Flow", "Multiple Statements in a Simple Query".
struct TransactionTracker {
  /// Whether the text ended the runner's own transaction; what follows runs on its own.
  private var hasEndedWrapping = false
  /// What the runner sends in one go, the one of the next statement first.
  private var batches: ArraySlice<Batch>
  /// Snapshots cost a copy of the catalog, so they are taken only where the script can need one.
  private let takesSnapshots: Bool
  /// As psql does: it sends the rest of a block that has failed, and the COMMIT behind it undoes all of it.
  let goesOnAfterErrors: Bool
  /// The transaction that the next statement runs in.
  private(set) var state: TransactionState
  /// The first statement that PostgreSQL refuses.
  private(set) var firstRefused: RefusedStatement?
  /// Whether the file was one transaction until now.
  var isOneTransaction: Bool { state.number == 1 && state.kind != .own }
  private var snapshots = Snapshots()
  /// Those of the transaction, the innermost last.
  private var savepoints: [String] = []
  /// Whether the transaction has done something to temporary objects.
  private var usesTemporary = false

  private let script: Script
  /// The transactions that have ended and held locks which others notice.
  private(set) var ended: [TransactionState] = []

  /// `heldLocks` are those of migrations before, where all of them share one transaction.
  init(migration: Migration, heldLocks: HeldLocks = HeldLocks()) {
    script = migration.script
    let statements = migration.script.statements
    batches = Batch.batches(of: migration)[...]
    let goesOnAfterErrors = migration.goesOnAfterErrors
    self.goesOnAfterErrors = goesOnAfterErrors
    takesSnapshots =
      goesOnAfterErrors && !migration.queries.isEmpty
      || statements.contains { $0.kind.undoes || goesOnAfterErrors && $0.kind.beginsTransaction }
    state = TransactionState(kind: .own, number: 1, heldLocks: heldLocks)
    state.kind = kindOutsideBlocks
  }

  private var kindOutsideBlocks: TransactionState.Kind {
    guard let batch = batches.first else { return .own }
    return hasEndedWrapping && batch.kind == .wrapped ? batch.kindAfterWrapping : batch.kind
  }

  /// Why PostgreSQL does not run the statement in the transaction that is open, whatever it does.
  func refusal(of statement: Statement.Kind, in database: Database) -> SQLError? {
    if case .transaction(.prepare) = statement, usesTemporary {
      return SQLError(
        .featureNotSupported,
        "cannot PREPARE a transaction that has operated on temporary objects"
      )
    }
    if statement.isChained, !state.kind.isExplicit, state.kind != .wrapped {
      return SQLError(
        .noActiveSQLTransaction,
        "\(statement.commandTag) AND CHAIN can only be used in transaction blocks"
      )
    }
    if let command = statement.savepointCommand, state.kind == .own || state.kind == .implicit,
      state.failedStatement == nil
    {
      return SQLError(.noActiveSQLTransaction, "\(command) can only be used in transaction blocks")
    }
    let isInBlock = state.kind != .own
    if let savepoint = statement.neededSavepoint, isInBlock, !savepoints.contains(savepoint) {
      return SQLError(.invalidSavepointSpecification, "savepoint \"\(savepoint)\" does not exist")
    }
    if isInBlock, statement.endsTransactions(in: database) {
      return SQLError(.invalidTransactionTermination, "invalid transaction termination")
    }
    // Of a query that has failed nothing runs any more, not even a ROLLBACK.
    if let failed = state.failedStatement, !statement.isTransactionControl || state.kind == .implicit {
      return SQLError(.inFailedSQLTransaction, "the transaction has failed at \(place(of: failed))")
    }
    guard isInBlock, let command = statement.refusedInBlock(in: database) else { return nil }
    return SQLError(.activeSQLTransaction, "\(command) cannot run inside a transaction block")
  }

  /// `line 4`, with the file where that is another one than the migration's.
  private func place(of index: Int) -> String {
    guard script.statements.indices.contains(index) else { return "an earlier statement" }
    let place = script.place(of: index)
    return place.path == script.source.path ? "line \(place.line)" : "line \(place.line) of \(place.path)"
  }

  /// The statement has run and left `database`, or PostgreSQL refused it: its locks are held until the transaction ends.
  mutating func advance(
    past statement: Statement.Kind,
    at index: Int,
    _ effects: StatementEffects,
    refusal: SQLError?,
    from before: Database,
    to database: inout Database
  ) {
    if takesSnapshots, snapshots.isEmpty { take(snapshotOf: before) }
    defer { endBatch(after: index, database: &database) }
    let isTemporary = effects.relations.contains { $0.relation.schema == Catalog.temporary }
    if isTemporary || statement.isForTemporaryObject { usesTemporary = true }
    if refusal != nil, statement.neededSavepoint != nil, state.kind != .own {
      state.failedStatement = state.failedStatement ?? index
    }
    if refusal?.state == .noActiveSQLTransaction || refusal?.state == .inFailedSQLTransaction {
      if state.kind == .implicit { state.failedStatement = state.failedStatement ?? index }
      return
    }
    if case .transaction(let control) = statement { return obey(control, at: index, database: &database) }
    if let refusal {
      firstRefused = firstRefused ?? RefusedStatement(index: index, error: refusal)
      // Each command that cannot be in a transaction is told of: it needs a file of its own.
      let isToldAlone = refusal.state == .activeSQLTransaction && !(goesOnAfterErrors && state.kind == .implicit)
      if state.kind != .own, !isToldAlone {
        state.failedStatement = state.failedStatement ?? index
      }
    }
    if state.kind == .own {
      endTransaction()
      database.endTransaction()
    } else {
      hold(effects, at: index)
    }
  }

  private mutating func obey(_ control: TransactionControl, at index: Int, database: inout Database) {
    switch control {
    case .begin(_, let isReadOnly):
      database.session.beginTransaction(isReadOnly: isReadOnly)
      // Statements before it in the same simple query are taken into the block.
      if state.kind == .own || state.kind == .implicit { state.kind = .explicit(statement: index) }
    case .commit(let chain):
      if goesOnAfterErrors, state.failedStatement != nil, let start = snapshots.start { database = start.database }
      hasEndedWrapping = true
      let isReadOnly = chain ? database.session.transactionIsReadOnly : nil
      endTransaction(chainedBy: chain ? index : nil)
      database.endTransaction()
      if chain { database.session.beginTransaction(isReadOnly: isReadOnly) }
    case .prepare:
      if usesTemporary, let start = snapshots.start { database = start.database }
      hasEndedWrapping = true
      endTransaction()
      database.endTransaction()
    case .rollback(let chain):
      let isReadOnly = chain ? database.session.transactionIsReadOnly : nil
      if let start = snapshots.start { database = start.database }
      hasEndedWrapping = true
      endTransaction(chainedBy: chain ? index : nil)
      if chain { database.session.beginTransaction(isReadOnly: isReadOnly) }
    case .savepoint(let name):
      if state.failedStatement == nil { savepoints.append(name) }
      if takesSnapshots { take(snapshotOf: database, at: name) }
    case .release(let name):
      if let position = savepoints.lastIndex(of: name) { savepoints.removeSubrange(position...) }
      snapshots.release(name)
    case .rollbackTo(let name):
      if let position = savepoints.lastIndex(of: name) { savepoints.removeSubrange((position + 1)...) }
      if let snapshot = snapshots.goBack(to: name) {
        database = snapshot.database
        state.hold(snapshot.heldLocks)
        state.failedStatement = nil
      }
    case .commitPrepared, .rollbackPrepared:
      break
    }
  }

  private mutating func take(snapshotOf database: Database, at savepoint: String? = nil) {
    snapshots.append(Snapshots.Snapshot(savepoint: savepoint, database: database, heldLocks: state.heldLocks))
  }

  private mutating func hold(_ effects: StatementEffects, at index: Int) {
    guard script.statements.indices.contains(index) else { return }
    state.hold(effects) { [script] in script.place(of: index) }
  }

  /// The next batch begins in no transaction of this one, unless a BEGIN in the text holds.
  private mutating func endBatch(after index: Int, database: inout Database) {
    guard let batch = batches.first, batch.end <= index + 1 else { return }
    if goesOnAfterErrors, state.kind == .implicit, state.failedStatement != nil, let start = snapshots.start {
      database = start.database
    }
    guard batches.count > 1 else { return }
    batches.removeFirst()
    switch state.kind {
    case .explicit: break
    case .own: state.kind = kindOutsideBlocks
    case .implicit, .wrapped:
      endTransaction()
      database.endTransaction()
    }
  }

  private mutating func endTransaction(chainedBy index: Int? = nil) {
    snapshots = Snapshots()
    usesTemporary = false
    savepoints = []
    let kind: TransactionState.Kind = if let index { .explicit(statement: index) } else { kindOutsideBlocks }
    if !state.heldLocks.isEmpty { ended.append(state) }
    state = TransactionState(kind: kind, number: state.number + 1)
  }
}

/// What there was at the start of the transaction and at each savepoint, innermost last.
private struct Snapshots {
  struct Snapshot {
    /// `nil` for the start of the transaction.
    let savepoint: String?
    let database: Database
    /// ROLLBACK TO gives up the locks taken since.
    let heldLocks: HeldLocks
  }

  private var all: [Snapshot] = []
  /// Where the savepoints of a name are, innermost last.
  private var positions: [String: [Int]] = [:]

  var isEmpty: Bool { all.isEmpty }

  var start: Snapshot? { all.first }

  mutating func append(_ snapshot: Snapshot) {
    if let name = snapshot.savepoint { positions[name, default: []].append(all.count) }
    all.append(snapshot)
  }

  /// Removes a savepoint and those inside it.
  mutating func release(_ name: String) {
    if let position = positions[name]?.last { removeAll(from: position) }
  }

  /// The savepoint, which stays; those inside it are removed.
  mutating func goBack(to name: String) -> Snapshot? {
    guard let position = positions[name]?.last else { return nil }
    removeAll(from: position + 1)
    return all[position]
  }

  private mutating func removeAll(from position: Int) {
    while all.count > position, let snapshot = all.popLast() {
      if let name = snapshot.savepoint { positions[name]?.removeLast() }
    }
  }
}

/// Statements that the runner sends in one go, and the transaction that they are in where the text says nothing.
private struct Batch {
  /// The position behind its last statement.
  let end: Int
  let kind: TransactionState.Kind
  /// Of a wrapped one: what its statements are in once the text has ended the runner's own transaction.
  var kindAfterWrapping = TransactionState.Kind.own

  static func batches(of migration: Migration) -> [Batch] {
    let statements = migration.script.statements
    switch migration.transactionMode {
    case .implicit: return queries([statements.indices], upTo: statements.count)
    case .wrapped:
      let isOneQuery = statements.count > 1 && migration.queries == [statements.indices]
      return [Batch(end: statements.count, kind: .wrapped, kindAfterWrapping: isOneQuery ? .implicit : .own)]
    case .none: return queries(migration.queries, upTo: statements.count)
    case .split:
      // A runner that does so looks at the words alone, not at what the schema makes of them.
      let isAlone = { (statement: Statement) in statement.kind.refusedInBlock(in: Database()) != nil }
      return statements.enumerated().map { Batch(end: $0 + 1, kind: isAlone($1) ? .own : .wrapped) }.joined
    }
  }

  /// Several statements in one simple query run in an implicit transaction block; a single one does not.
  private static func queries(_ queries: [Range<Int>], upTo count: Int) -> [Batch] {
    var batches: [Batch] = []
    var next = 0
    for query in queries where query.count > 1 {
      batches += (next..<query.lowerBound).map { Batch(end: $0 + 1, kind: .own) }
      batches.append(Batch(end: query.upperBound, kind: .implicit))
      next = query.upperBound
    }
    return batches + (next..<max(next, count)).map { Batch(end: $0 + 1, kind: .own) }
  }
}

extension [Batch] {
  /// The same with neighbours that are wrapped as one.
  fileprivate var joined: [Batch] {
    reduce(into: []) { joined, batch in
      if batch.kind == .wrapped, joined.last?.kind == .wrapped { joined.removeLast() }
      joined.append(batch)
    }
  }
}

extension Script {
  fileprivate func place(of index: Int) -> HeldLock.Place {
    let (source, range) = source.file(of: statements[index].range)
    return HeldLock.Place(path: source.path, line: source.location(of: range.lowerBound).line)
  }
}

extension Statement.Kind {
  /// COMMIT AND CHAIN, or ROLLBACK AND CHAIN.
  fileprivate var isChained: Bool {
    switch self {
    case .transaction(.commit(let chain)), .transaction(.rollback(let chain)): chain
    default: false
    }
  }

  fileprivate var isTransactionControl: Bool { if case .transaction = self { true } else { false } }

  fileprivate var beginsTransaction: Bool { if case .transaction(.begin) = self { true } else { false } }

  /// Whether it undoes what statements before it did.
  fileprivate var undoes: Bool {
    switch self {
    case .transaction(.rollback), .transaction(.rollbackTo): true
    default: false
    }
  }
}

extension TransactionState.Kind {
  fileprivate var isExplicit: Bool { if case .explicit = self { true } else { false } }
}

extension Statement.Kind {
  /// The command's words, where it is about savepoints, which are in blocks that BEGIN has begun.
  ///
  /// Source: `DefineSavepoint`, `ReleaseSavepoint` and `RollbackToSavepoint` in `xact.c`.
  fileprivate var savepointCommand: String? {
    switch self {
    case .transaction(.savepoint): "SAVEPOINT"
    case .transaction(.release): "RELEASE SAVEPOINT"
    case .transaction(.rollbackTo): "ROLLBACK TO SAVEPOINT"
    default: nil
    }
  }

  /// The savepoint that it names, which must be there.
  fileprivate var neededSavepoint: String? {
    switch self {
    case .transaction(.release(let name)), .transaction(.rollbackTo(let name)): name
    default: nil
    }
  }

  /// Whether it cannot run in a transaction that a runner has begun: PostgreSQL refuses it there, or it begins and ends
  /// transactions itself.
  package func mustRunOutsideTransaction(in database: Database) -> Bool {
    isTransactionControl || refusedInBlock(in: database) != nil || endsTransactions(in: database)
  }

  /// Whether it runs code that commits or rolls back.
  fileprivate func endsTransactions(in database: Database) -> Bool {
    switch self {
    case .call(let call): database.function(called: call)?.definition.code.endsTransactions == true
    case .anonymousBlock(let block): block.code.endsTransactions
    default: false
    }
  }

  /// Whether it makes or drops something in the schema of temporary objects.
  fileprivate var isForTemporaryObject: Bool {
    switch self {
    case .createFunction(let function): function.name.schema == Catalog.temporary
    case .createObject(let object): object.name.schema == Catalog.temporary
    case .createEnum(let type): type.name.schema == Catalog.temporary
    case .createDomain(let domain): domain.name.schema == Catalog.temporary
    case .createCompositeType(let type): type.name.schema == Catalog.temporary
    case .createTable(let table): table.relation.isTemporary
    case .createView(let view): view.relation.isTemporary
    case .createSequence(let sequence): sequence.relation.isTemporary
    case .drop(let drop): drop.objects.contains { $0.name.schema == Catalog.temporary }
    default: false
    }
  }
}

extension RelationReference {
  fileprivate var isTemporary: Bool { persistence == .temporary || name.schema == Catalog.temporary }
}

extension EmbeddedCode {
  fileprivate var endsTransactions: Bool {
    statements.contains { statement in
      switch statement {
      case .transaction(.commit), .transaction(.rollback): true
      default: false
      }
    }
  }
}
