import Catalog
import Syntax

extension Execution {
  /// Executes one statement, each command in the file of its family.
  mutating func perform(_ statement: Statement.Kind) throws(SQLError) {
    if database.session.isReadOnly { try requireReadOnly(statement) }
    switch statement {
    case .createTable(let table):
      try perform(table)
    case .createTableAs(let table): try perform(table)
    case .alterTable(let alter):
      try perform(alter)
      for case .changeOwner(let role) in alter.actions.map(\.kind) {
        noteOwner(role, of: ObjectReference(name: alter.relation.name), .table)
      }
    case .createIndex(let index): try perform(index)
    case .createView(let view): try perform(view)
    case .drop(let drop): try perform(drop)
    case .rename(let rename): try perform(rename)
    case .setSchema(let move): try perform(move)
    case .query, .dataChange, .copy, .truncate, .refreshMaterializedView, .call, .anonymousBlock, .explain, .execute:
      try performDataChange(statement)
    case .reindex, .cluster, .vacuum, .lockTable: try performMaintenance(statement)
    default: try performObjectDefinition(statement)
    }
  }

  private mutating func performDataChange(_ statement: Statement.Kind) throws(SQLError) {
    try analyze(statement)
    switch statement {
    case .query(let query): try perform(query)
    case .dataChange(let change): perform(change)
    case .copy(let copy): perform(copy)
    case .truncate(let truncate):
      try requireTruncatable(truncate)
      perform(truncate)
    case .refreshMaterializedView(let refresh): perform(refresh)
    case .call(let call):
      try requireProcedure(call)
      perform(call, "procedure")
    case .anonymousBlock(let block):
      database.session.noteCode()
      run(block.code, of: nil)
    case .explain(let explain): if explain.runs { run(explain.statement) }
    case .execute(let name):
      try requirePrepared(name)
      reportUnknown("what the prepared statement \(name.quotedIdentifier) does")
    default: break
    }
  }

  private mutating func performMaintenance(_ statement: Statement.Kind) throws(SQLError) {
    switch statement {
    case .reindex(let reindex): try perform(reindex)
    case .cluster(let cluster): try perform(cluster)
    case .vacuum(let vacuum): try perform(vacuum)
    case .lockTable(let lock): try perform(lock)
    default: break
    }
  }

  private mutating func performObjectDefinition(_ statement: Statement.Kind) throws(SQLError) {
    switch statement {
    case .createTrigger(let trigger): try perform(trigger)
    case .createPolicy(let policy): try perform(policy)
    case .alterPolicy(let policy): try perform(policy)
    case .createRule(let rule): try perform(rule)
    case .createStatistics(let statistics): try perform(statistics)
    case .alterStatistics(let statistics): try perform(statistics)
    case .createSequence(let sequence): try perform(sequence)
    case .alterSequence(let sequence): try perform(sequence)
    case .createDomain(let domain): try perform(domain)
    case .alterDomain(let domain): try perform(domain)
    case .createEnum(let enumeration): try createEnum(enumeration)
    case .createCompositeType(let type): try createCompositeType(type)
    case .alterEnum(let change): try perform(change)
    case .createObject(let object): try perform(object)
    case .alterObject(let object): try alter(object)
    case .createFunction(let function): try perform(function)
    case .alterFunction(let function): try perform(function)
    case .createSchema(let schema): try perform(schema)
    case .createExtension(let addition): try perform(addition)
    case .createRole(let role): try perform(role)
    case .dropRole(let roles): try perform(roles)
    case .comment(let comment): try perform(comment)
    case .changeOwner(let change): try perform(change)
    case .grant(let grant), .alterDefaultPrivileges(let grant): try perform(grant)
    default: try performAdministration(statement)
    }
  }

  private mutating func performAdministration(_ statement: Statement.Kind) throws(SQLError) {
    switch statement {
    case .createPublication(let publication): try create(publication)
    case .alterPublication(let publication): try alter(publication)
    case .grantRole(let grant):
      try perform(grant)
      keep(grant)
    case .alterRole(let role): try alter(role)
    case .reassignOwned(let roles, let role): try reassignOwned(from: roles, to: role)
    case .moveAllRelations(let move):
      reportUnknown("which relations move out of tablespace \(move.from.quotedIdentifier)")
    case .dropOwned(let roles, let cascades): try dropOwned(by: roles, cascades: cascades)
    case .createDatabase(let definition): catalog.noteMade(.database(definition.name))
    case .dropDatabase(let database):
      try perform(database)
      catalog.roleUses.forget(.database(database.name))
    case .dropTablespace(let name, _): lose(.object(.tablespace, name: name))
    case .dropSubscription(let name, _): breaks(.objectGone(.subscription, name: name.quotedIdentifier))
    case .discard(.all), .discard(.temporary):
      catalog.discardTemporary()
      if case .discard(.all) = statement { database.session.close(cursor: nil) }
    case .setConstraints(let constraints): perform(constraints)
    case .set(let parameter):
      try check(parameter)
      database.session.set(parameter)
      if let role = database.session.role { catalog.rolesInUse.insert(role) }
    case .prepare, .deallocate, .declareCursor, .closeCursor, .fetch: try performSession(statement)
    case .other(let node): reportUnknown(node)
    default: break
    }
  }
}
