import Syntax

extension Schema {
  // MARK: - Sequences

  mutating func create(_ statement: CreateSequence) throws(Refusal) {
    let name = creationName(of: statement.relation)
    if isKnown(name) {
      if statement.ifNotExists { return }
      throw .exists
    }
    var sequence = SequenceGenerator(
      name: name,
      type: statement.type,
      options: statement.options,
      persistence: statement.relation.persistence,
      createdIn: currentMigration
    )
    if case .column(let column, let table)? = statement.ownedBy { sequence.owner = (qualified(table), column) }
    sequences[name] = sequence
  }

  mutating func alter(_ statement: AlterSequence) {
    let name = qualified(statement.relation.name)
    guard var sequence = sequences[name] else { return }
    sequence.type = statement.type ?? sequence.type
    sequence.options.set(statement.options.filter { $0.name != "restart" })
    switch statement.ownedBy {
    case .column(let column, let table): sequence.owner = (qualified(table), column)
    case .some(.none): sequence.owner = nil
    case nil: break
    }
    sequences[name] = sequence
  }

  // MARK: - Schemas, extensions, roles

  mutating func create(_ statement: CreateSchema) throws(Refusal) {
    let owner: String? = if case .named(let role)? = statement.owner { role } else { nil }
    guard let name = statement.name ?? owner else { return }
    if !schemas.insert(name).inserted {
      if statement.ifNotExists { return }
      throw .exists
    }
    let path = searchPath
    searchPath = [name] + path
    // PostgreSQL makes what others need first: tables, then views, then indexes, triggers and privileges.
    for element in statement.elements.sorted(by: { $0.rankInSchema < $1.rankInSchema }) { apply(element) }
    searchPath = path
  }

  mutating func create(_ statement: CreateExtension) throws(Refusal) {
    if extensions[statement.name] != nil {
      if statement.ifNotExists { return }
      throw .exists
    }
    extensions[statement.name] = Extension(
      // Its objects go where a new table would.
      schema: statement.schema ?? (creationSchema == "public" ? nil : creationSchema),
      createdIn: currentMigration
    )
  }

  mutating func create(_ statement: RoleDefinition) throws(Refusal) {
    guard case .named(let name) = statement.role else { return }
    if !roles.insert(name).inserted { throw .exists }
  }

  mutating func drop(_ statement: DropRole) {
    for case .named(let name) in statement.roles { roles.remove(name) }
  }

  // MARK: - Others

  mutating func create(_ object: ObjectDefinition) throws(Refusal) {
    if object.objectKind == .type {
      try createType(object.name, .other(object))
      return
    }
    let name =
      object.objectKind.isInSchema
      ? QualifiedName(schema: object.name.schema ?? creationSchema, object.name.name) : object.name
    if object.ifNotExists, otherObjects.contains(where: { $0.kind == object.objectKind && $0.name == name }) { return }
    otherObjects.append(OtherObject(kind: object.objectKind, name: name, definition: object, searchPath: searchPath))
  }

  mutating func renameOther(_ kind: ObjectKind, _ object: ObjectReference, to new: String) {
    guard let index = otherObjects.firstIndex(where: { $0.isMeant(by: object, kind) }) else { return }
    let arguments = object.arguments.map { types in "(\(types.map(\.sql).joined(separator: ", ")))" } ?? ""
    otherObjects[index].changes.append(
      "ALTER \(kind.rawValue) \(otherObjects[index].name)\(arguments) RENAME TO \(new.quotedIdentifier)"
    )
    otherObjects[index].name.name = new
  }

  mutating func moveOther(_ kind: ObjectKind, _ object: ObjectReference, to schema: String) {
    guard let index = otherObjects.firstIndex(where: { $0.isMeant(by: object, kind) }) else { return }
    let arguments = object.arguments.map { types in "(\(types.map(\.sql).joined(separator: ", ")))" } ?? ""
    otherObjects[index].changes.append(
      "ALTER \(kind.rawValue) \(otherObjects[index].name)\(arguments) SET SCHEMA \(schema.quotedIdentifier)"
    )
    otherObjects[index].name.schema = schema
  }
}

extension OtherObject {
  fileprivate func isMeant(by object: ObjectReference, _ kind: ObjectKind) -> Bool {
    self.kind == kind && name.name == object.name.name
      && (object.name.schema == nil || name.schema == object.name.schema)
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
