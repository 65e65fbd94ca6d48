import Syntax

/// Collects what a definition names. Names without a schema are PostgreSQL's own, but for relations, which the history
/// may not know.
package struct References {
  /// How often each is named.
  private(set) var counts: [DependencyGraph.Referenced: Int] = [:]

  private mutating func add(_ referenced: DependencyGraph.Referenced) { counts[referenced, default: 0] += 1 }

  package mutating func add(relation name: QualifiedName) { add(.relation(name.inPublic)) }

  package mutating func add(type: TypeName?) {
    guard let name = type?.name, name.schema != nil else { return }
    add(.type(name))
  }

  package mutating func add(function name: QualifiedName) {
    if name.schema != nil { add(.function(name)) }
  }

  /// By its own name: definitions keep the schema that the text says.
  package mutating func add(collation: QualifiedName?) {
    guard let collation, !collation.isSystemCollation else { return }
    add(.collation(collation.name))
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
    case .collate(_, let collation): add(collation: collation)
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
    add(collation: element.collation)
    if case .expression(let expression) = element.key { add(expression) }
  }
}

/// An object with a definition that may name others.
package protocol Referring: Sendable {
  /// What it names.
  var references: References { get }
  /// Whether it has so many parts that it is followed from state to state, part by part.
  var isLong: Bool { get }
  /// What it names besides the parts that it shares with another state of the object.
  func references(notSharedWith other: Self) -> References
}

extension Referring {
  package var isLong: Bool { false }

  package func references(notSharedWith other: Self) -> References { references }
}

extension Table: Referring {
  package var isLong: Bool {
    columns.isLong || constraints.isLong || triggers.isLong || hasExtras && (policies.isLong || rules.isLong)
  }

  package var references: References { references(notSharedWith: nil) }

  package func references(notSharedWith other: Table) -> References { references(notSharedWith: .some(other)) }

  private func references(notSharedWith other: Table?) -> References {
    var references = References()
    let columns = columns.parts(notSharedWith: other?.columns)
    // By index: most columns name nothing, and are much to copy.
    for index in columns.indices {
      if columns[index].type?.name.schema != nil { references.add(type: columns[index].type) }
      if columns[index].collation != nil { references.add(collation: columns[index].collation) }
      references.add(columns[index].defaultValue)
      references.add(columns[index].generated)
    }
    let constraints = constraints.parts(notSharedWith: other?.constraints)
    for index in constraints.indices {
      if let referenced = constraints[index].referenced { references.add(relation: referenced) }
      references.add(constraints[index].condition)
    }
    for trigger in triggers.parts(notSharedWith: other?.triggers) { references.add(trigger) }
    guard hasExtras else { return references }
    for policy in policies.parts(notSharedWith: other?.policies) {
      references.add(policy.using)
      references.add(policy.withCheck)
    }
    for rule in rules.parts(notSharedWith: other?.rules) { references.add(rule) }
    for element in partitionKey?.elements ?? [] { references.add(element) }
    if let type = ofType { references.add(type: TypeName(type)) }
    return references
  }
}

extension References {
  fileprivate mutating func add(_ rule: RewriteRule) {
    for relation in rule.columnsRead.keys { add(relation: relation) }
    add(rule.definition.condition)
    for action in rule.definition.actions { add(action) }
  }

  fileprivate mutating func add(_ trigger: Trigger) {
    add(function: trigger.definition.function)
    add(trigger.definition.condition)
    if let referenced = trigger.referenced { add(relation: referenced) }
  }
}

extension Index: Referring {
  package var references: References {
    var references = References()
    for element in definition.elements { references.add(element) }
    references.add(definition.predicate)
    return references
  }
}

extension View: Referring {
  package var references: References {
    var references = References()
    for relation in relations { references.add(relation: relation) }
    for relation in columnsByRelation.keys { references.add(relation: relation) }
    references.add(query)
    for trigger in triggers { references.add(trigger) }
    for rule in rules { references.add(rule) }
    for value in defaults.values { references.add(value) }
    return references
  }
}

extension SequenceGenerator: Referring {
  package var references: References {
    var references = References()
    if let owner { references.add(relation: owner.table) }
    return references
  }
}

extension Statistics: Referring {
  package var references: References {
    var references = References()
    references.add(relation: table)
    for element in definition.elements { references.add(element) }
    return references
  }
}

extension UserType: Referring {
  private var checks: PartList<Domain.Check>? { if case .domain(let domain) = form { domain.checks } else { nil } }

  package var isLong: Bool { checks?.isLong == true }

  package var references: References { references(notSharedWith: nil) }

  package func references(notSharedWith other: UserType) -> References { references(notSharedWith: .some(other)) }

  private func references(notSharedWith other: UserType?) -> References {
    var references = References()
    switch form {
    case .domain(let domain):
      references.add(type: domain.type)
      references.add(collation: domain.collation)
      references.add(domain.defaultValue)
      for check in domain.checks.parts(notSharedWith: other?.checks) { references.add(check.condition) }
    case .composite(let attributes):
      for attribute in attributes {
        references.add(type: attribute.type)
        references.add(collation: attribute.collation)
      }
    case .other(let definition): for type in definition?.subtypes ?? [] { references.add(type: TypeName(type)) }
    case .enumeration: break
    }
    return references
  }
}

extension References {
  mutating func add(_ function: Function) {
    for parameter in function.definition.parameters {
      add(type: parameter.type)
      add(parameter.defaultValue)
    }
    add(type: function.definition.returns)
    switch function.definition.sqlBody {
    case .value(let expression): add(expression)
    case .atomic(let statements): for statement in statements { add(statement) }
    case nil: break
    }
  }
}

/// The overloads of a function.
extension PartList: Referring where Part == Function {
  package var references: References { Self.references(of: Array(self)) }

  package func references(notSharedWith other: Self) -> References {
    Self.references(of: parts(notSharedWith: other))
  }

  private static func references(of functions: [Function]) -> References {
    functions.reduce(into: References()) { $0.add($1) }
  }
}

extension ObjectDefinition {
  /// The types that a range type is over; the parser leaves them unqualified where the text does.
  package var subtypes: [QualifiedName] {
    options.filter { $0.name == "subtype" }.compactMap { $0.value.map { QualifiedName(parsing: $0) } }
      .map(\.inPublic)
  }
}
