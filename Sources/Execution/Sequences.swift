import Catalog
import Syntax

extension Execution {
  mutating func perform(_ statement: CreateSequence) throws(SQLError) {
    if case .column(_, let table)? = statement.ownedBy { lock(database.qualified(table), .accessShare) }
    let name = database.creationName(of: statement.relation)
    if catalog.isKnown(name) {
      if statement.ifNotExists { return }
      throw .duplicate(.sequence, name)
    }
    var sequence = SequenceGenerator(
      name: name,
      type: statement.type,
      options: statement.options,
      persistence: statement.relation.persistence,
      createdIn: catalog.currentMigration
    )
    if case .column(let column, let table)? = statement.ownedBy { sequence.owner = (database.qualified(table), column) }
    catalog.sequences[name] = sequence
  }

  mutating func perform(_ statement: AlterSequence) {
    let name = database.qualified(statement.relation.name)
    if statement.ifExists, !catalog.hasRelation(name) { return }
    lock(name, .shareRowExclusive)
    guard var sequence = catalog.sequences[name] else { return }
    sequence.type = statement.type ?? sequence.type
    sequence.options.set(statement.options.filter { $0.name != "restart" })
    switch statement.ownedBy {
    case .column(let column, let table): sequence.owner = (database.qualified(table), column)
    case .some(.none): sequence.owner = nil
    case nil: break
    }
    catalog.sequences[name] = sequence
  }
}
