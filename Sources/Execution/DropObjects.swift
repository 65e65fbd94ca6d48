import Catalog
import Syntax

extension Execution {
  mutating func perform(_ statement: Drop) throws(SQLError) {
    if statement.isConcurrent, statement.objects.count > 1 || statement.cascade {
      throw SQLError(
        .featureNotSupported,
        "DROP INDEX CONCURRENTLY does not support \(statement.cascade ? "CASCADE" : "dropping multiple objects")"
      )
    }
    var targets: [ObjectAddress] = []
    for object in statement.objects { targets += try self.targets(of: object, statement) }
    // When the concurrent form takes the last lock on the index, nobody can see it any more.
    try delete(
      targets,
      cascades: statement.cascade,
      indexLock: statement.isConcurrent ? .shareUpdateExclusive : .accessExclusive
    )
  }

  /// What the statement names, as far as it is there.
  private mutating func targets(of object: ObjectReference, _ statement: Drop) throws(SQLError) -> [ObjectAddress] {
    switch statement.objectKind {
    case .table, .foreignTable, .index, .view, .materializedView, .sequence: return try relation(object, statement)
    case .type, .domain: return try type(object, statement)
    case .function, .procedure, .routine, .aggregate: return try function(object, statement)
    case .trigger, .policy, .rule: return try part(object, statement)
    case .schema: return try schema(object.name.name, statement)
    case .statistics:
      let name = database.qualifiedStatistics(object.name)
      if catalog.statistics.contains(name) { return [.statistics(name)] }
      if !statement.ifExists { try requireStatistics(object.name) }
      return []
    case .extension: return try dropExtension(object.name.name, statement)
    default: return try other(object, statement)
    }
  }

  /// What is dropped, or is not there to be dropped, is not there afterwards.
  mutating func perform(_ statement: DropDatabase) throws(SQLError) {
    let identity = OtherObject.Identity.database(statement.name)
    if catalog.isGone(.other(identity)) {
      if statement.ifExists { return }
      throw SQLError(
        .invalidCatalogName,
        "database \(statement.name.quotedInErrors) does not exist",
        about: SQLError.Object(.database, QualifiedName(statement.name))
      )
    }
    lose(.object(.database, name: statement.name))
    catalog.noteGone(identity)
  }

  private func required(_ part: ObjectAddress, by whole: ObjectAddress) -> SQLError {
    .required(catalog.description(of: part), by: catalog.description(of: whole))
  }

  private func requiredBySystem(_ what: String) -> SQLError { .required(what, by: "the database system") }

  // MARK: - Schemas

  private mutating func schema(_ name: String, _ statement: Drop) throws(SQLError) -> [ObjectAddress] {
    let isKnown = catalog.schemas.contains(name)
    if !isKnown {
      if statement.ifExists { return [] }
      try requireSchema(name)
    }
    if ["pg_catalog", "pg_toast"].contains(name) { throw requiredBySystem("schema \(name)") }
    // Without CASCADE it is empty, or PostgreSQL refuses.
    if statement.cascade, !isKnown || catalog.hasMembers(ofSchema: name) { lose(.object(.schema, name: name)) }
    breaks(.objectGone(.schema, name: name))
    return [.schema(name)]
  }

  // MARK: - Relations

  private mutating func relation(_ object: ObjectReference, _ statement: Drop) throws(SQLError) -> [ObjectAddress] {
    let name = database.qualified(object.name)
    guard let known = catalog.kind(of: name) else {
      if case .composite? = catalog.types[name]?.form {
        throw .wrongKind(object.name, as: statement.objectKind)
      }
      return try unknownRelation(name, object, statement)
    }
    switch (statement.objectKind, known) {
    case (.table, .table), (.table, .partitionedTable), (.foreignTable, .foreignTable): return [.table(name)]
    case (.view, .view), (.materializedView, .materializedView): return [.view(name)]
    case (.sequence, .sequence):
      if let sequence = catalog.sequences[name], sequence.isIdentity, let owner = sequence.owner {
        throw required(.sequence(name), by: .column(owner.column, of: owner.table))
      }
      return [.sequence(name)]
    case (.index, .index): return try index(name, statement)
    default:
      // What kind of relation an assumed one is, nobody knows.
      guard catalog.tables[name]?.isAssumed == true else { throw .wrongKind(object.name, as: statement.objectKind) }
      return try unknownRelation(name, object, statement)
    }
  }

  /// What a constraint or a partitioned index has cannot be dropped alone.
  private mutating func index(_ name: QualifiedName, _ statement: Drop) throws(SQLError) -> [ObjectAddress] {
    guard let index = catalog.indexes[name] else { return [] }
    let constraint = index.constraint.map { ObjectAddress.constraint($0, of: index.table) }
    guard let whole = index.parent.map({ .index($0) }) ?? constraint else {
      if statement.isConcurrent, catalog.tables[index.table]?.kind == .partitionedTable {
        throw SQLError(
          .featureNotSupported,
          "cannot drop partitioned index \(name.quotedInErrors) concurrently"
        )
      }
      return [.index(name)]
    }
    lockDropped(index: name, statement.isConcurrent ? .shareUpdateExclusive : .accessExclusive)
    throw required(.index(name), by: whole)
  }

  /// What the history never made is there all the same, unless the history dropped it.
  private mutating func unknownRelation(
    _ name: QualifiedName,
    _ object: ObjectReference,
    _ statement: Drop
  ) throws(SQLError) -> [ObjectAddress] {
    if statement.ifExists { return [] }
    if !catalog.hasRelation(name) {
      try requireSchema(of: object.name)
      try require(name, as: statement.objectKind)
    }
    assume(name, is: statement.objectKind)
    switch statement.objectKind {
    case .table, .foreignTable: return [.table(name)]
    case .sequence: return [.sequence(name)]
    case .index:
      let mode: LockMode = statement.isConcurrent ? .shareUpdateExclusive : .accessExclusive
      let table = catalog.tableOfLeftOver(index: name)
      if let table { lock(table, mode) }
      lock(name, mode)
      // CONCURRENTLY, nobody waits for it, whatever its table is.
      if table == nil, !statement.isConcurrent { reportUnknown("the table of index \(name)") }
      return []
    default:
      breaks(.objectGone(statement.objectKind, name: name.description))
      return [.view(name)]
    }
  }

  /// A trigger, a policy or a rule.
  private mutating func part(_ object: ObjectReference, _ statement: Drop) throws(SQLError) -> [ObjectAddress] {
    guard let given = object.relation else { return [] }
    let relation = database.qualified(given)
    if !catalog.hasRelation(relation) {
      if statement.ifExists { return [] }
      _ = try requireRelation(given)
    }
    let name = object.name.name
    let table = catalog.tables[relation]
    let exists: Bool
    let address: ObjectAddress
    switch statement.objectKind {
    case .trigger:
      let triggers = table?.triggers ?? catalog.views[relation]?.triggers ?? []
      exists = triggers.contains(named: name)
      if triggers[named: name]?.isInherited == true {
        let parent = table?.parents.first ?? relation
        throw required(.trigger(name, of: relation), by: .trigger(name, of: parent))
      }
      address = .trigger(name, of: relation)
    case .policy:
      exists = table?.policies.contains(named: name) == true
      address = .policy(name, of: relation)
    default:
      if catalog.views.contains(relation), name == "_RETURN" {
        throw required(.rule(name, of: relation), by: .view(relation))
      }
      exists = (table?.rules ?? catalog.viewRules(of: relation)).contains(named: name)
      address = .rule(name, of: relation)
    }
    if exists { return [address] }
    // Of a table that the history did not make, more may be there than it tells.
    let isKnown = table.map { !$0.isAssumed } ?? catalog.hasRelation(relation)
    if isKnown, statement.ifExists { return [] }
    lock(relation, .accessExclusive)
    if !isKnown || catalog.tables.contains(relation) && !catalog.isFullyKnown(relation) {
      breaks(.partGone(statement.objectKind, name, of: relation))
      return []
    }
    throw .undefined(statement.objectKind, QualifiedName(name), of: relation)
  }

  /// Of statistics that the history does not have.
  mutating func requireStatistics(_ name: QualifiedName) throws(SQLError) {
    try requireSchema(of: name)
    let full = database.qualifiedStatistics(name)
    let error = SQLError.undefined(.statistics, name)
    if catalog.isGone(.statistics(full)) { throw error }
    if catalog.tellsAllObjects(ofSchemaOf: full) { doubt(error) }
  }

  // MARK: - Types, functions, and others

  private mutating func type(_ object: ObjectReference, _ statement: Drop) throws(SQLError) -> [ObjectAddress] {
    let name = database.qualifiedType(object.name)
    guard let type = catalog.types[name] else { return try unknownType(name, object, statement) }
    if case .domain = type.form { return [.type(name)] }
    if statement.objectKind == .domain { throw .wrongKind(object.name, as: .domain) }
    return [.type(name)]
  }

  private mutating func unknownType(
    _ name: QualifiedName,
    _ object: ObjectReference,
    _ statement: Drop
  ) throws(SQLError) -> [ObjectAddress] {
    if let table = catalog.tables[name], !table.isAssumed {
      if statement.objectKind == .domain { throw .wrongKind(object.name, as: .domain) }
      throw required(.type(name), by: .table(name))
    }
    if catalog.views.contains(name) { throw required(.type(name), by: .view(name)) }
    if statement.ifExists { return [] }
    if object.name.isBuiltInType, statement.objectKind == .type {
      throw requiredBySystem("type \(object.name.displayName)")
    }
    _ = try requireType(object.name, as: statement.objectKind)
    breaks(.objectGone(statement.objectKind, name: name.description))
    return [.type(name)]
  }

  private mutating func function(_ object: ObjectReference, _ statement: Drop) throws(SQLError) -> [ObjectAddress] {
    let kind = statement.objectKind
    guard let address = try routine(object, kind, ifExists: statement.ifExists) else {
      if statement.ifExists { return [] }
      breaks(.objectGone(kind, name: database.qualifiedFunction(object.name).description))
      return []
    }
    if case .other(let aggregate) = address {
      if kind == .function {
        throw SQLError(.wrongObjectType, "\(object.name.quotedInErrors) is an aggregate function")
      }
      breaks(.objectGone(.aggregate, name: aggregate.key.name.description))
    }
    return [address]
  }

  /// `nil` where it is none of the history's.
  private mutating func routine(
    _ object: ObjectReference,
    _ kind: ObjectKind,
    ifExists: Bool
  ) throws(SQLError) -> ObjectAddress? {
    guard ifExists else { return try requireRoutine(object, kind) }
    let before = self
    do throws(SQLError) {
      let address = try requireRoutine(object, kind)
      self = before
      return address
    } catch {
      // Without arguments several may be meant; one of another kind is there.
      if error.state == .ambiguousFunction || error.state == .wrongObjectType { throw error }
      self = before
      return nil
    }
  }

  private mutating func dropExtension(_ name: String, _ statement: Drop) throws(SQLError) -> [ObjectAddress] {
    if catalog.extensions[name] == nil {
      if statement.ifExists { return [] }
      if catalog.tellsAllObjects, name != "plpgsql" { doubt(.undefined(.extension, name)) }
    }
    if catalog.extensions[name].map({ catalog.existed(since: $0.createdIn) }) ?? true {
      // Columns of its types go too, and which these are, the history does not tell.
      if statement.cascade { lose(.object(.extension, name: name.quotedIdentifier)) }
      breaks(.objectGone(.extension, name: name.quotedIdentifier))
    }
    catalog.extensions[name] = nil
    return []
  }

  /// Objects of which little more than the name is known.
  private mutating func other(_ object: ObjectReference, _ statement: Drop) throws(SQLError) -> [ObjectAddress] {
    if statement.objectKind == .publication, catalog.removePublication(object.name.name) {
      catalog.noteGone(database.identity(of: object, .publication))
      breaks(.objectGone(.publication, name: object.name.description))
      return []
    }
    if statement.ifExists {
      let identity = database.identity(of: object, statement.objectKind)
      if catalog.other(identity) == nil {
        if let method = object.accessMethod { try requireOther(named: method, .accessMethod) }
        if identity.key.kind == .transform || catalog.tellsAllObjects { return [] }
        breaks(.objectGone(statement.objectKind, name: object.name.description))
        return []
      }
    }
    let identity =
      try statement.objectKind == .userMapping
      ? requireUserMapping(object) : requireOther(object, statement.objectKind)
    if identity == nil, object.name.schema == nil,
      database.isBuiltIn(database.identity(of: object, statement.objectKind), object),
      [.language, .accessMethod].contains(statement.objectKind), object.name.name != "plpgsql"
    {
      throw requiredBySystem("\(statement.objectKind.rawValue.lowercased()) \(object.name)")
    }
    breaks(.objectGone(statement.objectKind, name: object.name.description))
    return identity.map { [.other($0)] } ?? []
  }
}
