import Catalog
import Syntax

extension Execution {
  /// Executes one statement, each command in the file of its family.
  mutating func perform(_ statement: Statement.Kind) throws(SQLError) {
    switch statement {
    case .createTable(let table): try perform(table)
    case .createTableAs(let table): try perform(table)
    case .alterTable(let alter): try perform(alter)
    case .createIndex(let index): try perform(index)
    case .createView(let view): try perform(view)
    case .drop(let drop): try perform(drop)
    case .rename(let rename): try perform(rename)
    case .setSchema(let move): try perform(move)
    case .query, .dataChange, .copy, .truncate, .refreshMaterializedView, .call, .anonymousBlock, .explain, .execute:
      try performDataChange(statement)
    case .reindex, .cluster, .vacuum, .lockTable: performMaintenance(statement)
    default: try performObjectDefinition(statement)
    }
  }

  private mutating func performDataChange(_ statement: Statement.Kind) throws(SQLError) {
    try analyze(statement)
    switch statement {
    case .query(let query): try perform(query)
    case .dataChange(let change): perform(change)
    case .copy(let copy): perform(copy)
    case .truncate(let truncate): perform(truncate)
    case .refreshMaterializedView(let refresh): perform(refresh)
    case .call(let call): perform(call, "procedure")
    case .anonymousBlock(let block): run(block.code, of: nil)
    case .explain(let explain): if explain.runs { run(explain.statement) }
    case .execute(let name): reportUnknown("what the prepared statement \(name.quotedIdentifier) does")
    default: break
    }
  }

  private mutating func performMaintenance(_ statement: Statement.Kind) {
    switch statement {
    case .reindex(let reindex): perform(reindex)
    case .cluster(let cluster): perform(cluster)
    case .vacuum(let vacuum): perform(vacuum)
    case .lockTable(let lock): perform(lock)
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
    case .alterStatistics(let statistics): perform(statistics)
    case .createSequence(let sequence): try perform(sequence)
    case .alterSequence(let sequence): perform(sequence)
    case .createDomain(let domain): try perform(domain)
    case .alterDomain(let domain): try perform(domain)
    case .createEnum(let enumeration): try createType(enumeration.name, .enumeration(enumeration.values))
    case .createCompositeType(let type):
      if type.attributes.count > ServerLimits.columns { throw .programLimitExceeded }
      try createType(type.name, .composite(type.attributes.map { Column(attribute: $0, in: database) }))
    case .alterEnum(let change): try perform(change)
    case .createObject(let object): try perform(object)
    case .createFunction(let function):
      let count = function.parameters.count { $0.mode != .table }
      if count > ServerLimits.parameters { throw .programLimitExceeded }
      try perform(function)
    case .alterFunction(let function): try perform(function)
    case .createSchema(let schema): try perform(schema)
    case .createExtension(let addition): try perform(addition)
    case .createRole(let role): try perform(role)
    case .dropRole(let roles): perform(roles)
    case .comment(let comment): perform(comment)
    case .changeOwner(let change): perform(change)
    default: performAdministration(statement)
    }
  }

  private mutating func performAdministration(_ statement: Statement.Kind) {
    switch statement {
    case .createPublication(let publication), .alterPublication(let publication):
      lock(publication.relations.map { database.qualified($0.name) }, .shareUpdateExclusive)
    case .moveAllRelations(let move):
      reportUnknown("which relations move out of tablespace \(move.from.quotedIdentifier)")
    case .dropOwned: reportUnknown("what the roles own")
    case .dropDatabase(let database): lose(.object(.database, name: database.name))
    case .dropTablespace(let name, _): lose(.object(.tablespace, name: name))
    case .discard(.all), .discard(.temporary): catalog.discardTemporary()
    case .set(let parameter): database.session.set(parameter)
    case .other(let node): reportUnknown(node)
    default: break
    }
  }
}
