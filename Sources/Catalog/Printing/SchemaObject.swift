import Syntax

/// An object that others may need to be there before them.
package enum SchemaObject: Hashable {
  case type(QualifiedName)
  case sequence(QualifiedName)
  /// All overloads of a name.
  case function(QualifiedName)
  case table(QualifiedName)
  case view(QualifiedName)
  case other(OtherObject)

  /// All that a schema holds, by kind and name.
  package static func all(of database: Database) -> [SchemaObject] {
    func sorted(_ names: some Sequence<QualifiedName>) -> [QualifiedName] {
      names.filter { $0.schema != Catalog.temporary }.sorted()
    }
    return sorted(database.catalog.types.keys).map { .type($0) }
      + sorted(database.catalog.sequences.keys).map { .sequence($0) }
      + sorted(database.catalog.functions.keys).map { .function($0) }
      + database.catalog.otherObjects.map { .other($0) }
      + sorted(database.catalog.tables.keys).map { .table($0) } + sorted(database.catalog.views.keys).map { .view($0) }
  }

  /// What must be there before it.
  package func needs(in database: Database) -> [SchemaObject] {
    var needs = Needs(database: database)
    switch self {
    case .type(let name): needs.add(database.catalog.types[name])
    case .sequence: break
    case .function(let name): for function in database.catalog.functions[name] ?? [] { needs.add(function) }
    case .table(let name): needs.add(database.catalog.tables[name])
    case .view(let name): if let view = database.catalog.views[name] { needs.add(view.query) }
    case .other(let object):
      for option in object.definition.options { option.value.map { needs.add(named: $0) } }
    }
    return needs.found
  }
}

/// Collects the objects that definitions name.
private struct Needs {
  let database: Database
  private(set) var found: [SchemaObject] = []

  init(database: Database) { self.database = database }

  mutating func add(_ type: UserType?) {
    switch type?.form {
    case .domain(let domain)?:
      add(domain.type)
      add(domain.defaultValue)
      for check in domain.checks { add(check.condition) }
    case .composite(let attributes)?: for attribute in attributes { add(attribute.type) }
    case .other(let definition)?: for option in definition?.options ?? [] { option.value.map { add(named: $0) } }
    case .enumeration?, nil: break
    }
  }

  mutating func add(_ function: Function) {
    for parameter in function.definition.parameters {
      add(parameter.type)
      add(parameter.defaultValue)
    }
    add(function.definition.returns)
    if case .value(let expression)? = function.definition.sqlBody { add(expression) }
    if case .atomic(let statements)? = function.definition.sqlBody {
      for statement in statements { if case .query(let query) = statement { add(query) } }
    }
  }

  mutating func add(_ table: Table?) {
    guard let table else { return }
    for column in table.columns {
      add(column.type)
      add(column.defaultValue)
      add(column.generated)
    }
    for constraint in table.constraints { add(constraint.condition) }
    if let type = table.ofType { found.append(.type(type)) }
    for case .expression(let expression) in table.partitionKey?.elements.map(\.key) ?? [] { add(expression) }
    if table.inheritsByDefinition { found += table.parents.map { .table($0) } }
  }

  mutating func add(_ query: Query) {
    for relation in query.relations { add(relation: database.qualified(relation.name)) }
    query.walkExpressions { expression in add(part: expression) }
  }

  private mutating func add(_ expression: Expression?) { expression?.walk { part in add(part: part) } }

  private mutating func add(part: Expression) {
    switch part {
    case .call(let call):
      found.append(.function(database.qualifiedFunction(call.name)))
      // `nextval('s')` depends on the sequence only with a cast to regclass, but it fails without it all the same.
      if case .constant(.string(let name))? = call.arguments.first, call.name.name == "nextval" { add(named: name) }
    case .cast(.constant(.string(let name)), let type) where type.name.name == "regclass": add(named: name)
    case .cast(_, let type): add(type)
    case .subquery(let subquery):
      for relation in subquery.query.relations { add(relation: database.qualified(relation.name)) }
    default: break
    }
  }

  private mutating func add(_ type: TypeName?) {
    guard let type else { return }
    let name = database.qualifiedType(type.name)
    found.append(.type(name))
    add(relation: name)
  }

  private mutating func add(relation name: QualifiedName) {
    if database.catalog.views[name] != nil { found.append(.view(name)) }
    if database.catalog.tables[name] != nil { found.append(.table(name)) }
    if database.catalog.sequences[name] != nil { found.append(.sequence(name)) }
  }

  /// An object that a text names.
  mutating func add(named text: String) {
    let name = QualifiedName(parsing: text)
    add(relation: database.qualified(name))
    found.append(.function(database.qualifiedFunction(name)))
    found.append(.type(database.qualifiedType(name)))
  }
}
