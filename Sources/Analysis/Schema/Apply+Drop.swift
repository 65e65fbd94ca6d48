import Syntax

extension Schema {
  mutating func drop(_ statement: Drop) throws(Refusal) {
    var parts: [SchemaPart] = []
    for object in statement.objects { parts += try self.parts(of: object, statement) }
    for part in try closure(of: parts, cascades: statement.cascade) { remove(part) }
    for object in statement.objects { dropOther(object, statement) }
  }

  /// What the statement names, as far as it is there.
  private func parts(of object: ObjectReference, _ statement: Drop) throws(Refusal) -> [SchemaPart] {
    switch statement.objectKind {
    case .table, .foreignTable, .index, .view, .materializedView, .sequence:
      return try relation(qualified(object.name), kind: statement.objectKind, ifExists: statement.ifExists)
    case .type, .domain:
      let name = qualifiedType(object.name)
      guard let type = types[name] else { return [] }
      if case .domain = type.form { return [.type(name)] }
      if statement.objectKind == .domain { throw .isWrongKind }
      return [.type(name)]
    case .function, .procedure, .routine, .aggregate: return try function(object, ifExists: statement.ifExists)
    case .trigger, .policy, .rule: return try partOfRelation(object, statement)
    case .schema: return schemas.contains(object.name.name) ? [.schema(object.name.name)] : []
    case .statistics:
      let name = qualifiedStatistics(object.name)
      return statistics[name] == nil ? [] : [.statistics(name)]
    default: return []
    }
  }

  private func relation(_ name: QualifiedName, kind: ObjectKind, ifExists: Bool) throws(Refusal) -> [SchemaPart] {
    guard let known = self.kind(of: name) else {
      if goneRelations.contains(name), !ifExists { throw .isMissing }
      return []
    }
    switch (kind, known) {
    case (.table, .table), (.table, .partitionedTable), (.foreignTable, .foreignTable):
      return [.table(name)]
    case (.view, .view), (.materializedView, .materializedView): return [.view(name)]
    case (.sequence, .sequence):
      if sequences[name]?.isIdentity == true { throw .isNeeded }
      return [.sequence(name)]
    case (.index, .index):
      // What a constraint or a partitioned index has cannot be dropped alone.
      if indexes[name]?.constraint != nil || indexes[name]?.parent != nil { throw .isNeeded }
      return [.index(name)]
    default: throw .isWrongKind
    }
  }

  private func function(_ object: ObjectReference, ifExists: Bool) throws(Refusal) -> [SchemaPart] {
    let name = qualifiedFunction(object.name)
    guard let overloads = functions[name] else { return [] }
    guard let arguments = object.arguments else {
      if overloads.count > 1 { throw .isAmbiguous }
      return overloads.map { .function(name, signature: $0.signature) }
    }
    let signature = arguments.map { resolved($0).withoutModifiers.sql }
    if overloads.contains(where: { $0.signature == signature }) { return [.function(name, signature: signature)] }
    if ifExists { return [] }
    throw .isMissing
  }

  private func partOfRelation(_ object: ObjectReference, _ statement: Drop) throws(Refusal) -> [SchemaPart] {
    guard let relation = object.relation.map(qualified) else { return [] }
    let name = object.name.name
    let exists: Bool
    let part: SchemaPart
    switch statement.objectKind {
    case .trigger:
      let triggers = tables[relation]?.triggers ?? views[relation]?.triggers ?? []
      exists = triggers.contains { $0.name == name }
      if triggers.contains(where: { $0.name == name && $0.isInherited }) { throw .isNeeded }
      part = .trigger(name, of: relation)
    case .policy:
      exists = tables[relation]?.policies.contains { $0.name == name } == true
      part = .policy(name, of: relation)
    default:
      exists = tables[relation]?.rules.contains { $0.name == name } == true
      part = .rule(name, of: relation)
    }
    if exists { return [part] }
    // Of a table that the history did not make, more may be there than it tells.
    if !statement.ifExists, tables[relation].map({ !$0.isAssumed }) ?? (views[relation] != nil) { throw .isMissing }
    return []
  }

  /// Objects on which nothing else in the schema depends, as far as it knows.
  private mutating func dropOther(_ object: ObjectReference, _ statement: Drop) {
    if statement.objectKind == .extension { extensions[object.name.name] = nil }
    otherObjects.removeAll { other in
      other.kind == statement.objectKind && other.name.name == object.name.name
        && (object.name.schema == nil || object.name.schema == other.name.schema)
    }
  }

  // MARK: - Removal

  /// Takes one part away, and nothing that depends on it.
  mutating func remove(_ part: SchemaPart) {
    noteGone(part)
    switch part {
    case .schema(let name):
      schemas.remove(name)
      schemaComments[name] = nil
    case .table(let name): removeTable(name)
    case .index(let name): removeIndex(name)
    case .view(let name): views[name] = nil
    case .sequence(let name): sequences[name] = nil
    case .statistics(let name): statistics[name] = nil
    case .type(let name): types[name] = nil
    case .column(let column, let table): tables[table]?.columns.removeAll { $0.name == column }
    case .defaultValue(let column, let table): tables[table]?.update(column) { $0.defaultValue = nil }
    case .constraint(let name, let table): removeConstraint(name, of: table)
    case .trigger(let name, let relation):
      for table in [relation] + descendants(of: relation) { tables[table]?.triggers.removeAll { $0.name == name } }
      views[relation]?.triggers.removeAll { $0.name == name }
    case .policy(let name, let table): tables[table]?.policies.removeAll { $0.name == name }
    case .rule(let name, let table): tables[table]?.rules.removeAll { $0.name == name }
    case .attribute(let attribute, let type):
      guard case .composite(let attributes)? = types[type]?.form else { return }
      types[type]?.form = .composite(attributes.filter { $0.name != attribute })
    case .domainCheck(let check, let type):
      guard case .domain(var domain)? = types[type]?.form else { return }
      domain.checks.removeAll { $0.name == check }
      types[type]?.form = .domain(domain)
    case .function(let name, let signature):
      functions[name]?.removeAll { $0.signature == signature }
      if functions[name]?.isEmpty == true { functions[name] = nil }
    }
  }

  private mutating func noteGone(_ part: SchemaPart) {
    switch part {
    case .table(let name):
      guard let table = tables[name], !table.isAssumed else { return }
      goneRelations.formUnion([name] + table.indexNames)
    case .index(let name), .view(let name), .sequence(let name):
      if hasRelation(name) { goneRelations.insert(name) }
    default: break
    }
  }

  private mutating func removeTable(_ name: QualifiedName) {
    guard let table = tables[name] else { return }
    for child in table.children { part(child, from: name) }
    for parent in table.parents { tables[parent]?.children.removeAll { $0 == name } }
    forgetConstraintNames(of: table)
    tables[name] = nil
    for index in table.indexNames { indexes[index] = nil }
  }

  private mutating func removeConstraint(_ name: String, of table: QualifiedName) {
    guard var owner = tables[table] else { return }
    owner.constraints.removeAll { $0.name == name }
    put(owner)
  }
}
