import Syntax

extension Schema {
  mutating func drop(_ statement: Drop) throws(Refusal) {
    for object in statement.objects { try drop(object, statement) }
  }

  private mutating func drop(_ object: ObjectReference, _ statement: Drop) throws(Refusal) {
    switch statement.objectKind {
    case .table, .foreignTable: removeTable(qualified(object.name))
    case .index: removeIndex(qualified(object.name))
    case .view, .materializedView: removeView(qualified(object.name))
    case .sequence: sequences[qualified(object.name)] = nil
    case .type, .domain: removeType(qualifiedType(object.name), cascades: statement.cascade)
    case .function, .procedure, .routine, .aggregate: removeFunction(object)
    case .trigger: removePart(of: object) { $0.triggers.removeAll { $0.name == object.name.name } }
    case .policy: removePart(of: object) { $0.policies.removeAll { $0.name == object.name.name } }
    case .rule: removePart(of: object) { $0.rules.removeAll { $0.name == object.name.name } }
    case .schema: removeSchema(object.name.name)
    case .extension: extensions[object.name.name] = nil
    default: break
    }
  }

  private mutating func removePart(of object: ObjectReference, _ remove: (inout Table) -> Void) {
    guard let relation = object.relation.map(qualified), var table = tables[relation] else { return }
    remove(&table)
    tables[relation] = table
  }

  /// Removes a table with all that cannot be without it: indexes, owned sequences, partitions, foreign keys and views.
  mutating func removeTable(_ name: QualifiedName) {
    for (table, key) in foreignKeys(to: name) where table != name {
      guard var owner = tables[table] else { continue }
      owner.constraints.removeAll { $0.name == key.name }
      put(owner)
    }
    guard let table = tables.removeValue(forKey: name) else { return }
    forgetConstraintNames(of: table)
    for child in table.children {
      if tables[child]?.isPartition == true { removeTable(child) } else { part(child, from: name) }
    }
    for parent in table.parents { tables[parent]?.children.removeAll { $0 == name } }
    for index in table.indexNames { indexes[index] = nil }
    for sequence in sequences.values where sequence.owner?.table == name { sequences[sequence.name] = nil }
    for view in views.values where view.relations.contains(name) { removeView(view.name) }
  }

  mutating func removeView(_ name: QualifiedName) {
    guard let view = views.removeValue(forKey: name) else { return }
    for index in view.indexNames { indexes[index] = nil }
    for other in views.values where other.relations.contains(name) { removeView(other.name) }
  }

  private mutating func removeType(_ name: QualifiedName, cascades: Bool) {
    types[name] = nil
    guard cascades else { return }
    for table in tables.values {
      for column in table.columns where column.type.map({ qualifiedType($0.name) }) == name {
        dropColumn(column.name, of: table.name)
      }
    }
  }

  private mutating func removeFunction(_ object: ObjectReference) {
    let name = qualifiedFunction(object.name)
    guard let arguments = object.arguments else {
      functions[name] = nil
      return
    }
    functions[name]?.removeAll { $0.inputTypes.map(\.name) == arguments.map(\.name) }
    if functions[name]?.isEmpty == true { functions[name] = nil }
  }

  private mutating func removeSchema(_ schema: String) {
    for name in tables.keys where name.schema == schema { removeTable(name) }
    for name in views.keys where name.schema == schema { removeView(name) }
    for name in sequences.keys where name.schema == schema { sequences[name] = nil }
    for name in types.keys where name.schema == schema { removeType(name, cascades: true) }
    for name in functions.keys where name.schema == schema { functions[name] = nil }
    schemas.remove(schema)
  }
}
