import Syntax

extension EffectLedger {
  /// Enters what one statement does.
  mutating func enter(_ statement: Statement.Kind) {
    switch statement {
    case .createTable(let table): enter(table)
    case .createTableAs(let table): read(table.query)
    case .alterTable(let alter): enter(alter)
    case .createIndex(let index): enter(index)
    case .createView(let view): enter(view)
    case .refreshMaterializedView(let refresh): enter(refresh)
    case .drop(let drop): enter(drop)
    case .rename(let rename): enter(rename)
    case .setSchema(let move): enter(move)
    case .changeOwner, .comment: enterObjectChange(statement)
    case .createTrigger, .createPolicy, .alterPolicy, .createRule, .createStatistics, .createSequence, .alterSequence:
      enterAttachment(statement)
    case .alterDomain(let domain): enter(domain)
    case .query(let query): enter(query)
    case .dataChange(let change): enter(change)
    case .copy(let copy): enter(copy)
    case .truncate(let truncate): enter(truncate)
    case .reindex, .cluster, .vacuum, .lockTable: enterMaintenance(statement)
    case .anonymousBlock(let block): run(block.code, of: nil)
    case .call(let call): enter(call, "procedure")
    case .createSchema(let schema): enter(schema)
    case .createPublication(let publication), .alterPublication(let publication):
      for table in publication.relations { lock(schema.qualified(table.name), .shareUpdateExclusive) }
    case .explain(let explain): if explain.runs { enter(explain.statement) }
    case .execute(let name): unknown("what the prepared statement \(name.quotedIdentifier) does")
    case .moveAllRelations(let move): unknown("which relations move out of tablespace \(move.from.quotedIdentifier)")
    case .dropOwned: unknown("what the roles own")
    case .dropDatabase(let database): lose(.object(.database, name: database.name))
    case .dropTablespace(let name, _): lose(.object(.tablespace, name: name))
    case .createObject(let object):
      if object.commandTag == "IMPORT FOREIGN SCHEMA" { break }
    case .other(let node): unknown(node)
    default: break
    }
  }

  // MARK: - Queries and data

  /// Reading takes ACCESS SHARE, and ROW SHARE with FOR UPDATE and its kin.
  mutating func read(_ query: Query?) {
    guard let query else { return }
    let locking = query.tail?.locking.isEmpty == false
    for relation in query.relations {
      for table in family(relation) where schema.hasRelation(table) { lock(table, locking ? .rowShare : .accessShare) }
    }
    for change in query.dataChanges { enter(change) }
  }

  private mutating func enter(_ query: Query) {
    read(query)
    guard case .select(let select) = query else { return }
    for call in select.calls where schema.isForeign(call) && call.name.name != "set_config" { enter(call, "function") }
  }

  /// What a call does, as far as the history tells the function's code.
  private mutating func enter(_ call: FunctionCall, _ kind: String) {
    guard schema.callDepth < Schema.maximumCallDepth, let function = schema.function(called: call) else {
      unknown("what the \(kind) \(call.name) does")
      return
    }
    schema.callDepth += 1
    let variables = schema.variables(of: function, called: call)
    run(function.definition.code, of: "\(kind) \(call.name)", variables: variables)
    schema.callDepth -= 1
  }

  private mutating func enter(_ change: DataChange) {
    let target = schema.qualified(change.relation.name)
    switch change {
    case .insert(let insert):
      lock(target, .rowExclusive)
      if let query = insert.query { read(query) }
    case .update(let update):
      for table in family(update.relation) { lock(table, .rowExclusive) }
    case .delete(let delete):
      for table in family(delete.relation) { lock(table, .rowExclusive) }
      if existed(target) { lose(.rows(of: target, isBounded: delete.condition != nil)) }
    case .merge(let merge):
      for table in family(merge.relation) { lock(table, .rowExclusive) }
      if existed(target), merge.actions.contains(.delete) { lose(.rows(of: target, isBounded: true)) }
    }
    for query in change.with?.queries ?? [] { read(query.query) }
  }

  private mutating func enter(_ copy: Copy) {
    if let relation = copy.relation {
      lock(schema.qualified(relation.name), copy.isFrom ? .rowExclusive : .accessShare)
    }
    if let statement = copy.query { enter(statement) }
  }

  private mutating func enter(_ truncate: Truncate) {
    var tables: [QualifiedName] = []
    for relation in truncate.relations { tables += family(relation).filter { !tables.contains($0) } }
    if truncate.cascade {
      var next = tables
      while let table = next.popLast() {
        for (referencing, _) in schema.foreignKeys(to: table) where !tables.contains(referencing) {
          tables.append(referencing)
          next.append(referencing)
        }
      }
    }
    for table in tables {
      lock(table, .accessExclusive)
      if schema.tables[table]?.kind != .partitionedTable {
        for index in schema.indexes(of: table) { lock(index.name, .accessExclusive) }
      }
      if truncate.restartsIdentity { for sequence in ownedSequences(of: table) { lock(sequence, .accessExclusive) } }
      if existed(table) { lose(.rows(of: table, isBounded: false)) }
    }
  }

  // MARK: - Maintenance

  private mutating func enterMaintenance(_ statement: Statement.Kind) {
    switch statement {
    case .reindex(let reindex): enter(reindex)
    case .cluster(let cluster):
      guard let relation = cluster.relation else {
        unknown("which tables were clustered before")
        return
      }
      let name = schema.qualified(relation.name)
      for table in [name] + partitions(of: name) { rewriteInPlace(table, because: .storage("CLUSTER")) }
    case .vacuum(let vacuum): enter(vacuum)
    case .lockTable(let lock):
      let mode = LockMode(name: lock.mode) ?? .accessExclusive
      for relation in lock.relations { for table in family(relation) { self.lock(table, mode) } }
    default: break
    }
  }

  private mutating func rewriteInPlace(_ table: QualifiedName, because cause: WorkCause) {
    lock(table, .accessExclusive)
    rewrite(table, because: cause)
  }

  private mutating func enter(_ vacuum: Vacuum) {
    if vacuum.relations.isEmpty, vacuum.isFull { unknown("which tables the database has") }
    for relation in vacuum.relations {
      let name = schema.qualified(relation.name)
      // PostgreSQL 18 takes children along unless ONLY says otherwise.
      let others = version >= 18 ? family(relation).dropFirst() : partitions(of: name)[...]
      for table in [name] + others {
        if vacuum.isFull {
          rewriteInPlace(table, because: .storage("VACUUM FULL"))
        } else {
          lock(table, .shareUpdateExclusive)
        }
      }
    }
  }

  private mutating func enter(_ reindex: Reindex) {
    let cause = WorkCause.reindex(isConcurrent: reindex.isConcurrent)
    switch reindex.target {
    case .index(let reference):
      let name = schema.qualified(reference.name)
      guard let index = schema.indexes[name] else {
        lock(name, reindex.isConcurrent ? .shareUpdateExclusive : .accessExclusive)
        unknown("the table of index \(name)")
        return
      }
      rebuild([index], of: index.table, because: cause, isConcurrent: reindex.isConcurrent)
      for part in parts(of: name) {
        // Source: `ReindexPartitions`, which takes this lock on all of them first, CONCURRENTLY or not.
        lock(part.name, .share)
        rebuild([part], of: part.table, because: cause, isConcurrent: reindex.isConcurrent)
      }
    case .table(let reference):
      let name = schema.qualified(reference.name)
      let partitions = partitions(of: name)
      rebuild(
        partitions.isEmpty ? schema.indexes(of: name) : [],
        of: name,
        because: cause,
        isConcurrent: reindex.isConcurrent
      )
      for partition in partitions {
        lock(partition, .share)
        rebuild(schema.indexes(of: partition), of: partition, because: cause, isConcurrent: reindex.isConcurrent)
      }
    case .schema(let name):
      for table in schema.tables.values where table.name.schema == name {
        rebuild(schema.indexes(of: table.name), of: table.name, because: cause, isConcurrent: reindex.isConcurrent)
      }
    case .system, .database:
      unknown("which indexes the database has")
    }
  }

  private mutating func rebuild(
    _ indexes: [Index],
    of table: QualifiedName,
    because cause: WorkCause,
    isConcurrent: Bool
  ) {
    lock(table, isConcurrent ? .shareUpdateExclusive : .share)
    for index in indexes { lock(index.name, isConcurrent ? .shareUpdateExclusive : .accessExclusive) }
    if hasIndexes(table), schema.tables[table]?.kind != .partitionedTable {
      work(.indexBuild, on: table, because: cause)
    }
  }

  // MARK: - Code and schemas

  private mutating func run(_ code: EmbeddedCode, of owner: String?, variables: [String: Value] = [:]) {
    var run = CodeRun(variables: variables)
    owners.append(owner)
    run.run(code, on: &self)
    owners.removeLast()
  }

  private mutating func enter(_ statement: CreateSchema) {
    for element in statement.elements {
      enter(element)
      schema.apply(element)
    }
  }
}

extension EffectLedger: CodeHost {
  /// The statements run one after the other, each in the schema that those before it left. What PostgreSQL would refuse
  /// stands behind a condition that keeps it from running.
  mutating func run(_ part: EmbeddedCode.Part) {
    var after = schema
    guard after.apply(part.kind) else { return }
    record(part)
    enter(part.kind)
    schema = after
  }

  mutating func miss(_ reason: String) { unknown(owners.last?.map { "\(reason), of \($0)" } ?? reason) }
}

extension Select {
  /// The calls that stand for themselves, in the list of results or in FROM.
  var calls: [FunctionCall] {
    let results = targets.compactMap { target in
      if case .call(let call) = target.expression { call } else { nil }
    }
    return results + from.flatMap(\.calls)
  }
}

extension FromItem {
  /// The functions called in FROM.
  fileprivate var calls: [FunctionCall] {
    switch self {
    case .function(let item):
      item.calls.compactMap { if case .call(let call) = $0 { call } else { nil } }
    case .join(let join): join.left.calls + join.right.calls
    case .relation, .subquery, .sample, .tableExpression, .other: []
    }
  }
}
