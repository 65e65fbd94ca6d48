import Syntax

/// Collects what a definition names. Names without a schema are PostgreSQL's own, but for relations, which the history
/// may not know.
package struct References {
  private(set) var found: Set<DependencyGraph.Referenced> = []

  package mutating func formUnion(_ other: References) { found.formUnion(other.found) }

  package mutating func add(relation name: QualifiedName) {
    found.insert(.relation(name.inPublic))
  }

  package mutating func add(type: TypeName?) {
    guard let name = type?.name, name.schema != nil else { return }
    found.insert(.type(name))
  }

  package mutating func add(function name: QualifiedName) {
    if name.schema != nil { found.insert(.function(name)) }
  }

  package mutating func add(_ expression: Expression?) {
    guard let expression else { return }
    expression.walk { add(part: $0) }
  }

  package mutating func add(_ query: Query) {
    add(.subquery(Subquery(form: .scalar, test: nil, comparison: nil, query: query)))
  }

  private mutating func add(part: Expression) {
    switch part {
    case .call(let call): add(function: call.name)
    case .cast(.constant(.string(let text)), let type) where type.name.name == "regclass":
      add(relation: QualifiedName(parsing: text))
    case .cast(_, let type): add(type: type)
    case .subquery(let subquery): for relation in subquery.query.relations { add(relation: relation.name) }
    default: break
    }
  }

  package mutating func add(_ statement: Statement.Kind) {
    switch statement {
    case .query(let query): add(query)
    case .dataChange(let change):
      add(Query.dataChange(change))
      add(relation: change.relation.name)
    default: break
    }
  }

  package mutating func add(_ element: IndexElement) {
    if case .expression(let expression) = element.key { add(expression) }
  }
}

extension Table {
  package var references: References {
    var references = References()
    // By index: most columns name nothing, and are much to copy.
    for index in columns.indices {
      if columns[index].type?.name.schema != nil { references.add(type: columns[index].type) }
      references.add(columns[index].defaultValue)
      references.add(columns[index].generated)
    }
    for index in constraints.indices {
      if let referenced = constraints[index].referenced { references.add(relation: referenced) }
      references.add(constraints[index].condition)
    }
    for trigger in triggers { references.add(trigger) }
    for policy in policies {
      references.add(policy.using)
      references.add(policy.withCheck)
    }
    for rule in rules {
      references.add(rule.definition.condition)
      for action in rule.definition.actions { references.add(action) }
    }
    for element in partitionKey?.elements ?? [] { references.add(element) }
    if let type = ofType { references.add(type: TypeName(type)) }
    return references
  }
}

extension References {
  fileprivate mutating func add(_ trigger: Trigger) {
    add(function: trigger.definition.function)
    add(trigger.definition.condition)
    if let referenced = trigger.referenced { add(relation: referenced) }
  }
}

extension Index {
  package var references: References {
    var references = References()
    for element in definition.elements { references.add(element) }
    references.add(definition.predicate)
    return references
  }
}

extension View {
  package var references: References {
    var references = References()
    for relation in relations { references.add(relation: relation) }
    references.add(query)
    for trigger in triggers { references.add(trigger) }
    for value in defaults.values { references.add(value) }
    return references
  }
}

extension SequenceGenerator {
  package var references: References {
    var references = References()
    if let owner { references.add(relation: owner.table) }
    return references
  }
}

extension Statistics {
  package var references: References {
    var references = References()
    references.add(relation: table)
    for element in definition.elements { references.add(element) }
    return references
  }
}

extension UserType {
  package var references: References {
    var references = References()
    switch form {
    case .domain(let domain):
      references.add(type: domain.type)
      references.add(domain.defaultValue)
      for check in domain.checks { references.add(check.condition) }
    case .composite(let attributes): for attribute in attributes { references.add(type: attribute.type) }
    case .other(let definition): for type in definition?.subtypes ?? [] { references.add(type: TypeName(type)) }
    case .enumeration: break
    }
    return references
  }
}

extension Function {
  package var references: References {
    var references = References()
    for parameter in definition.parameters {
      references.add(type: parameter.type)
      references.add(parameter.defaultValue)
    }
    references.add(type: definition.returns)
    switch definition.sqlBody {
    case .value(let expression): references.add(expression)
    case .atomic(let statements): for statement in statements { references.add(statement) }
    case nil: break
    }
    return references
  }
}

extension ObjectDefinition {
  /// The types that a range type is over; the parser leaves them unqualified where the text does.
  package var subtypes: [QualifiedName] {
    options.filter { $0.name == "subtype" }.compactMap { $0.value.map { QualifiedName(parsing: $0) } }
      .map(\.inPublic)
  }
}
