import Catalog
import Syntax

extension Statement.Kind {
  /// The object that the statement makes.
  package var made: (kind: ObjectKind, name: QualifiedName, isConditional: Bool)? {
    switch self {
    case .createTable(let table): (.table, table.relation.fullName, table.ifNotExists)
    case .createTableAs(let table): (.table, table.relation.fullName, table.ifNotExists)
    case .createView(let view): (.view, view.relation.fullName, view.replaces)
    case .createSequence(let sequence): (.sequence, sequence.relation.fullName, sequence.ifNotExists)
    case .createIndex(let index):
      index.name.map { (.index, QualifiedName(schema: index.relation.name.schema, $0), index.ifNotExists) }
    case .createEnum(let type): (.type, type.name, false)
    case .createDomain(let type): (.type, type.name, false)
    case .createCompositeType(let type): (.type, type.name, false)
    // Another overload has the same name, or it replaces one.
    case .createFunction(let function): (.function, function.name, true)
    case .createSchema(let schema): schema.name.map { (.schema, QualifiedName($0), schema.ifNotExists) }
    case .createExtension(let created): (.extension, QualifiedName(created.name), created.ifNotExists)
    case .createObject(let object): (object.objectKind, object.name, object.ifNotExists)
    default: nil
    }
  }

  /// The types of a function's parameters, which tell it apart from others of its name.
  var signature: [TypeName]? {
    guard case .createFunction(let function) = self else { return nil }
    return function.parameters.map(\.type)
  }

  /// The names of the objects that the statement makes, changes or takes away; of parts, that of the whole.
  var namesOfObjects: [String] {
    if let made { return [made.name.name] }
    switch self {
    case .alterTable(let alter): return [alter.relation.name.name]
    case .createTrigger(let trigger): return [trigger.relation.name.name]
    case .createPolicy(let policy): return [policy.relation.name.name]
    case .createRule(let rule): return [rule.relation.name.name]
    case .rename(let rename):
      return [(rename.object.relation ?? rename.relation?.name ?? rename.object.name).name, rename.newName]
    case .setSchema(let move): return [(move.object.relation ?? move.object.name).name]
    case .drop(let drop): return drop.objects.map { ($0.relation ?? $0.name).name }
    default: return []
    }
  }
}

extension RelationReference {
  /// With the schema of temporary relations, where it is one.
  fileprivate var fullName: QualifiedName {
    persistence == .temporary ? QualifiedName(schema: Catalog.temporary, name.name) : name
  }
}
