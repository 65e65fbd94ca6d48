import Catalog
import Syntax

extension Execution {
  // MARK: - Schemas, extensions, roles

  mutating func perform(_ statement: CreateSchema) throws(SQLError) {
    let owner: String? = if case .named(let role)? = statement.owner { role } else { nil }
    guard let name = statement.name ?? owner else { return }
    if !catalog.schemas.insert(name).inserted {
      if statement.ifNotExists { return }
      throw .duplicateObject
    }
    database.session.search(name)
    // PostgreSQL makes what others need first: tables, then views, then indexes, triggers and privileges.
    let before = catalog
    for element in statement.elements.sorted(by: { $0.rankInSchema < $1.rankInSchema }) { run(element) }
    if !statement.elements.isEmpty { forgetRelations(madeSince: before) }
    database.session.stopSearching(name)
  }

  mutating func perform(_ statement: CreateExtension) throws(SQLError) {
    if catalog.extensions[statement.name] != nil {
      if statement.ifNotExists { return }
      throw .duplicateObject
    }
    catalog.extensions[statement.name] = Extension(
      // Its objects go where a new table would.
      schema: statement.schema ?? (database.session.creationSchema == "public" ? nil : database.session.creationSchema),
      createdIn: catalog.currentMigration
    )
  }

  mutating func perform(_ statement: RoleDefinition) throws(SQLError) {
    guard case .named(let name) = statement.role else { return }
    if !catalog.roles.insert(name).inserted { throw .duplicateObject }
  }

  mutating func perform(_ statement: DropRole) {
    for case .named(let name) in statement.roles { catalog.roles.remove(name) }
  }

  // MARK: - Others

  /// Source: `ATExecChangeOwner`; parts of relations change owners with them.
  mutating func perform(_ change: ChangeOwner) {
    switch change.objectKind {
    case .table, .view, .materializedView, .sequence: lock(database.qualified(change.object.name), .accessExclusive)
    default: break
    }
  }

  mutating func perform(_ object: ObjectDefinition) throws(SQLError) {
    if object.objectKind == .type {
      try createType(object.name, .other(object))
      return
    }
    let name =
      object.objectKind.isInSchema
      ? QualifiedName(schema: object.name.schema ?? database.session.creationSchema, object.name.name) : object.name
    let isThere = catalog.otherObjects.contains { $0.kind == object.objectKind && $0.name == name }
    if object.ifNotExists, isThere { return }
    catalog.otherObjects.append(
      OtherObject(
        kind: object.objectKind,
        name: name,
        definition: object,
        searchPath: database.session.searchPath
      )
    )
  }
}

extension Statement.Kind {
  /// Source: `transformCreateSchemaStmtElements` in `parse_utilcmd.c`.
  fileprivate var rankInSchema: Int {
    switch self {
    case .createSequence: 0
    case .createTable: 1
    case .createView: 2
    case .createIndex: 3
    case .createTrigger: 4
    default: 5
    }
  }
}

extension ObjectKind {
  /// Whether such objects have a schema.
  fileprivate var isInSchema: Bool {
    switch self {
    case .aggregate, .collation, .conversion, .operator, .operatorClass, .operatorFamily, .textSearchConfiguration,
      .textSearchDictionary, .textSearchParser, .textSearchTemplate:
      true
    default: false
    }
  }
}
