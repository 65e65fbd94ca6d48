import Catalog
import Syntax

extension Execution {
  mutating func perform(_ statement: Drop) throws(SQLError) {
    var targets: [ObjectAddress] = []
    for object in statement.objects { targets += try self.targets(of: object, statement) }
    // When the concurrent form takes the last lock on the index, nobody can see it any more.
    try delete(
      targets,
      cascades: statement.cascade,
      indexLock: statement.isConcurrent ? .shareUpdateExclusive : .accessExclusive
    )
    for object in statement.objects { dropOther(object, statement) }
  }

  /// What the statement names, as far as it is there.
  private mutating func targets(of object: ObjectReference, _ statement: Drop) throws(SQLError) -> [ObjectAddress] {
    switch statement.objectKind {
    case .table, .foreignTable, .index, .view, .materializedView, .sequence:
      return try relation(object, statement)
    case .type, .domain: return try type(object, statement)
    case .function, .procedure, .routine, .aggregate: return try function(object, statement)
    case .trigger, .policy, .rule: return try part(object, statement)
    case .schema:
      let name = object.name.name
      let isKnown = catalog.schemas.contains(name)
      if statement.ifExists, !isKnown { return [] }
      if statement.cascade || !isKnown { lose(.object(.schema, name: name)) }
      breaks(.objectGone(.schema, name: name))
      return [.schema(name)]
    case .statistics:
      let name = database.qualifiedStatistics(object.name)
      return catalog.statistics.contains(name) ? [.statistics(name)] : []
    default: return []
    }
  }

  private func required(_ part: ObjectAddress, by whole: ObjectAddress) -> SQLError {
    .required(catalog.description(of: part), by: catalog.description(of: whole))
  }

  // MARK: - Relations

  private mutating func relation(_ object: ObjectReference, _ statement: Drop) throws(SQLError) -> [ObjectAddress] {
    let name = database.qualified(object.name)
    guard let known = catalog.kind(of: name) else { return try unknownRelation(name, object, statement) }
    switch (statement.objectKind, known) {
    case (.table, .table), (.table, .partitionedTable), (.foreignTable, .foreignTable): return [.table(name)]
    case (.view, .view), (.materializedView, .materializedView): return [.view(name)]
    case (.sequence, .sequence):
      if let sequence = catalog.sequences[name], sequence.isIdentity, let owner = sequence.owner {
        throw required(.sequence(name), by: .column(owner.column, of: owner.table))
      }
      return [.sequence(name)]
    case (.index, .index):
      // What a constraint or a partitioned index has cannot be dropped alone.
      guard let index = catalog.indexes[name] else { return [] }
      let constraint = index.constraint.map { ObjectAddress.constraint($0, of: index.table) }
      guard let whole = constraint ?? index.parent.map({ .index($0) }) else { return [.index(name)] }
      lockDropped(index: name, statement.isConcurrent ? .shareUpdateExclusive : .accessExclusive)
      throw required(.index(name), by: whole)
    default:
      // What kind of relation an assumed one is, nobody knows.
      guard catalog.tables[name]?.isAssumed == true else { throw .wrongKind(name, as: statement.objectKind) }
      return try unknownRelation(name, object, statement)
    }
  }

  /// What the history never made is there all the same, unless the history dropped it.
  private mutating func unknownRelation(
    _ name: QualifiedName,
    _ object: ObjectReference,
    _ statement: Drop
  ) throws(SQLError) -> [ObjectAddress] {
    if statement.ifExists { return [] }
    if catalog.isGone(name) { throw .undefined(statement.objectKind, object.name) }
    switch statement.objectKind {
    case .table, .foreignTable: return [.table(name)]
    case .sequence: return [.sequence(name)]
    case .index:
      lock(name, statement.isConcurrent ? .shareUpdateExclusive : .accessExclusive)
      reportUnknown("the table of index \(name)")
      return []
    default:
      breaks(.objectGone(statement.objectKind, name: name.description))
      return [.view(name)]
    }
  }

  /// A trigger, a policy or a rule.
  private mutating func part(_ object: ObjectReference, _ statement: Drop) throws(SQLError) -> [ObjectAddress] {
    guard let relation = object.relation.map({ database.qualified($0) }) else { return [] }
    if statement.ifExists, !catalog.hasRelation(relation) { return [] }
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
      exists = table?.rules.contains(named: name) == true
      address = .rule(name, of: relation)
    }
    if exists { return [address] }
    // Of a table that the history did not make, more may be there than it tells.
    let isKnown = table.map { !$0.isAssumed } ?? catalog.views.contains(relation)
    if isKnown, statement.ifExists { return [] }
    lock(relation, .accessExclusive)
    if !isKnown { return [] }
    throw .undefined(statement.objectKind, QualifiedName(name), of: relation)
  }

  // MARK: - Types, functions, and others

  private mutating func type(_ object: ObjectReference, _ statement: Drop) throws(SQLError) -> [ObjectAddress] {
    let name = database.qualifiedType(object.name)
    guard let type = catalog.types[name] else {
      if statement.ifExists { return [] }
      breaks(.objectGone(statement.objectKind, name: name.description))
      return [.type(name)]
    }
    if case .domain = type.form { return [.type(name)] }
    if statement.objectKind == .domain { throw .wrongKind(object.name, as: .domain) }
    return [.type(name)]
  }

  private mutating func function(_ object: ObjectReference, _ statement: Drop) throws(SQLError) -> [ObjectAddress] {
    let name = database.qualifiedFunction(object.name)
    guard let overloads = catalog.functions[name] else {
      if !statement.ifExists { breaks(.objectGone(statement.objectKind, name: name.description)) }
      return []
    }
    guard let arguments = object.arguments else {
      if overloads.count > 1 { throw .ambiguousRoutine(statement.objectKind, object.name) }
      return overloads.map { .function(name, signature: $0.signature) }
    }
    let signature = arguments.map { database.resolved($0).withoutModifiers.sql }
    if overloads.contains(where: { $0.signature == signature }) { return [.function(name, signature: signature)] }
    if statement.ifExists { return [] }
    throw .undefinedRoutine(statement.objectKind, object.name, signature)
  }

  /// Objects on which nothing else in the catalog depends, as far as it knows.
  private mutating func dropOther(_ object: ObjectReference, _ statement: Drop) {
    switch statement.objectKind {
    case .table, .foreignTable, .index, .view, .materializedView, .sequence, .trigger, .policy, .rule, .type, .domain,
      .function, .procedure, .routine, .statistics, .schema:
      return
    case .extension:
      let name = object.name.name
      if statement.ifExists, catalog.extensions[name] == nil { return }
      if statement.cascade { reportUnknown("what uses extension \(object.name)") }
      breaks(.objectGone(.extension, name: object.name.description))
      catalog.extensions[name] = nil
    case .aggregate: catalog.removeOther(object, .aggregate)
    default:
      breaks(.objectGone(statement.objectKind, name: object.name.description))
      catalog.removeOther(object, statement.objectKind)
    }
  }
}
