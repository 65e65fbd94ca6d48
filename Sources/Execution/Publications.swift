import Catalog
import Syntax

extension Execution {
  /// Source: `CreatePublication` in `publicationcmds.c`.
  mutating func create(_ publication: PublicationDefinition) throws(SQLError) {
    let name = publication.name
    if catalog.publications[name] != nil { throw .duplicate(.publication, name) }
    let tables = try members(of: publication)
    catalog.publications[name] = []
    for table in tables { catalog.publications[name]?.insert(table) }
  }

  /// Source: `AlterPublication` in `publicationcmds.c`.
  mutating func alter(_ publication: PublicationDefinition) throws(SQLError) {
    let name = publication.name
    try requireOther(named: name, .publication)
    let tables = try members(of: publication)
    guard catalog.publications[name] != nil else { return }
    switch publication.change {
    case .add:
      for table in tables {
        if catalog.publications[name]?.contains(table) == true, !publication.forAllTables {
          throw SQLError(
            .duplicateObject,
            "relation \(table.quotedInErrors) is already member of publication \"\(name)\"",
            about: SQLError.Object(.table, table)
          )
        }
        catalog.publications[name]?.insert(table)
      }
    case .drop:
      for table in tables {
        if catalog.publications[name]?.contains(table) == false {
          throw SQLError(
            .undefinedObject,
            "relation \(table.quotedInErrors) is not part of the publication",
            about: SQLError.Object(.table, table)
          )
        }
        catalog.publications[name]?.remove(table)
      }
    case .set:
      catalog.publications[name] = []
      for table in tables { catalog.publications[name]?.insert(table) }
    case nil: break
    }
  }

  /// The tables that the statement names, which it locks.
  private mutating func members(of publication: PublicationDefinition) throws(SQLError) -> [QualifiedName] {
    var tables: [QualifiedName] = []
    for relation in publication.relations {
      let name = try requireRelation(relation.name)
      lock(name, .shareUpdateExclusive)
      if publication.change != .drop, catalog.isKnown(name), let kind = catalog.kind(of: name) {
        let isTemporary = name.schema == Catalog.temporary
        let isUnlogged = catalog.tables[name]?.persistence == .unlogged
        if kind != .table && kind != .partitionedTable || isTemporary || isUnlogged {
          throw SQLError(
            .invalidParameterValue,
            "cannot add relation \(name.quotedInErrors) to publication",
            about: SQLError.Object(.table, name)
          )
        }
      }
      tables.append(name)
    }
    for schema in publication.schemas { try requireSchema(schema) }
    return tables
  }
}
