import Syntax

extension EffectLedger {
  mutating func enter(_ statement: Drop) {
    for object in statement.objects {
      switch statement.objectKind {
      case .table, .foreignTable: dropTable(object, statement)
      case .index: dropIndex(object, statement)
      case .view, .materializedView: dropView(object, statement)
      case .sequence: dropSequence(object, statement)
      case .trigger, .rule, .policy: dropPart(object, statement)
      case .type, .domain: dropType(object, statement)
      case .function, .procedure, .routine, .aggregate: dropFunction(object, statement)
      case .schema: dropSchema(object, statement)
      case .statistics:
        let name = schema.located(object.name) { schema.statistics[$0] != nil }
        if let table = schema.statistics[name]?.table { lock(table, .shareUpdateExclusive) }
      default: dropOther(object, statement)
      }
    }
  }

  // MARK: - Tables

  private mutating func dropTable(_ object: ObjectReference, _ statement: Drop) {
    let name = schema.qualified(object.name)
    if statement.ifExists, !schema.hasRelation(name) { return }
    drop(table: name, cascades: statement.cascade)
  }

  /// Source: `RemoveRelations` and `heap_drop_with_catalog`; a foreign key's triggers go from both of its tables.
  mutating func drop(table name: QualifiedName, cascades: Bool) {
    lock(name, .accessExclusive)
    if existed(name) {
      lose(.table(name))
      breaks(.relationGone(name))
    }
    for index in schema.indexes(of: name) { lock(index.name, .accessExclusive) }
    for sequence in ownedSequences(of: name) { lock(sequence, .accessExclusive) }
    guard let table = schema.tables[name] else { return }
    for parent in table.parents where table.isPartition {
      lock(parent, .accessExclusive)
      if let other = defaultPartition(of: parent), other != name { lock(other, .accessExclusive) }
    }
    for constraint in table.constraints {
      // The triggers of a partition's inherited key belong to its parent's.
      guard let referenced = constraint.referenced, referenced != name, !constraint.isInherited else { continue }
      for relation in [referenced] + partitions(of: referenced) { lock(relation, .accessExclusive) }
    }
    for child in table.children where schema.tables[child]?.isPartition == true || cascades {
      drop(table: child, cascades: cascades)
    }
    guard cascades else { return }
    for (referencing, _) in schema.foreignKeys(to: name) where referencing != name {
      lock(referencing, .accessExclusive)
    }
    for view in schema.views(reading: name) { drop(view) }
  }

  mutating func drop(_ view: View) {
    lock(view.name, .accessExclusive)
    for index in view.indexNames { lock(index, .accessExclusive) }
    guard existed(view.name) else { return }
    if view.isMaterialized { lose(.object(.materializedView, name: view.name.description)) }
    breaks(.objectGone(view.isMaterialized ? .materializedView : .view, name: view.name.description))
  }

  // MARK: - Other relations

  private mutating func dropIndex(_ object: ObjectReference, _ statement: Drop) {
    let name = schema.qualified(object.name)
    guard let index = schema.indexes[name] else {
      if statement.ifExists { return }
      lock(name, .accessExclusive)
      unknown("the table of index \(name)")
      return
    }
    // Source: `index_drop`; when the concurrent form takes the last lock on the index, nobody can see it any more.
    let mode: LockMode = statement.isConcurrent ? .shareUpdateExclusive : .accessExclusive
    lock(index.table, mode)
    lock(name, mode)
    guard schema.tables[index.table]?.kind == .partitionedTable else { return }
    for part in parts(of: name) {
      lock(part.table, .accessExclusive)
      lock(part.name, .accessExclusive)
    }
  }

  private mutating func dropView(_ object: ObjectReference, _ statement: Drop) {
    let name = schema.qualified(object.name)
    if let view = schema.views[name] {
      drop(view)
    } else if !statement.ifExists {
      lock(name, .accessExclusive)
      breaks(.objectGone(statement.objectKind, name: name.description))
    }
    guard statement.cascade else { return }
    for view in schema.views(reading: name) { drop(view) }
  }

  private mutating func dropSequence(_ object: ObjectReference, _ statement: Drop) {
    let name = schema.qualified(object.name)
    if statement.ifExists, schema.sequences[name] == nil { return }
    lock(name, .accessExclusive)
    if statement.cascade {
      for table in schema.tables.values where table.columns.contains(where: { $0.takesValues(from: name) }) {
        lock(table.name, .accessExclusive)
      }
    }
    guard existed(name) else { return }
    lose(.object(.sequence, name: name.description))
    breaks(.objectGone(.sequence, name: name.description))
  }

  private mutating func dropPart(_ object: ObjectReference, _ statement: Drop) {
    guard let relation = object.relation.map(schema.qualified) else { return }
    if statement.ifExists, !schema.hasRelation(relation) { return }
    if let table = schema.tables[relation], !table.isAssumed, statement.ifExists,
      !table.has(statement.objectKind, object.name.name)
    {
      return
    }
    lock(relation, .accessExclusive)
    guard statement.objectKind == .trigger else { return }
    // Partitions have triggers of their own only for rows.
    let trigger = schema.tables[relation]?.triggers.first { $0.name == object.name.name }
    if trigger?.definition.isForEachRow == false { return }
    for table in partitions(of: relation) { lock(table, .accessExclusive) }
  }

  // MARK: - Types, functions, schemas

  private mutating func dropType(_ object: ObjectReference, _ statement: Drop) {
    let name = schema.qualifiedType(object.name)
    let type = schema.types[name]
    if type == nil, statement.ifExists { return }
    if type.map({ $0.createdIn != schema.currentMigration }) ?? true {
      breaks(.objectGone(statement.objectKind, name: name.description))
    }
    guard statement.cascade else { return }
    for table in schema.tables.values.sorted(by: { $0.name.description < $1.name.description }) {
      for column in table.columns where column.type.map({ schema.qualifiedType($0.name) }) == name {
        lock(table.name, .accessExclusive)
        guard existed(table.name) else { continue }
        lose(.column(column.name, of: table.name))
        breaks(.columnGone(column.name, of: table.name))
      }
    }
  }

  private mutating func dropFunction(_ object: ObjectReference, _ statement: Drop) {
    let name = schema.qualifiedFunction(object.name)
    let made = schema.functions[name]
    if made == nil, statement.ifExists { return }
    if made?.contains(where: { $0.createdIn != schema.currentMigration }) ?? true {
      breaks(.objectGone(statement.objectKind, name: name.description))
    }
    guard statement.cascade else { return }
    for table in schema.tables.values.sorted(by: { $0.name.description < $1.name.description })
    where table.triggers.contains(where: { schema.qualifiedFunction($0.definition.function) == name }) {
      lock(table.name, .accessExclusive)
    }
  }

  private mutating func dropSchema(_ object: ObjectReference, _ statement: Drop) {
    let name = object.name.name
    if statement.ifExists, !schema.schemas.contains(name) { return }
    let tables = schema.tables.keys.filter { $0.schema == name }.sorted { $0.description < $1.description }
    for table in tables { drop(table: table, cascades: true) }
    for view in schema.views.values.filter({ $0.name.schema == name }).sorted(by: { $0.name.name < $1.name.name }) {
      drop(view)
    }
    let isKnownEmpty = schema.schemas.contains(name) && tables.isEmpty
    if statement.cascade || !isKnownEmpty { lose(.object(.schema, name: name)) }
    breaks(.objectGone(.schema, name: name))
  }

  private mutating func dropOther(_ object: ObjectReference, _ statement: Drop) {
    if statement.objectKind == .extension {
      if statement.ifExists, schema.extensions[object.name.name] == nil { return }
      if statement.cascade { unknown("what uses extension \(object.name)") }
    }
    breaks(.objectGone(statement.objectKind, name: object.name.description))
  }
}

extension Column {
  /// Whether its default is the sequence's next value.
  fileprivate func takesValues(from sequence: QualifiedName) -> Bool {
    defaultValue == .nextValue(of: sequence)
      || defaultValue == .nextValue(of: QualifiedName(sequence.name))
  }
}

extension Table {
  fileprivate func has(_ kind: ObjectKind, _ name: String) -> Bool {
    switch kind {
    case .trigger: triggers.contains { $0.name == name }
    case .policy: policies.contains { $0.name == name }
    default: rules.contains { $0.name == name }
    }
  }
}
