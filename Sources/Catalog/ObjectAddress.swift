import Syntax

/// Something that can be dropped: an object, or a part of one.
package enum ObjectAddress: Hashable, Sendable {
  case schema(String)
  case table(QualifiedName)
  case column(String, of: QualifiedName)
  case defaultValue(of: String, QualifiedName)
  case constraint(String, of: QualifiedName)
  case trigger(String, of: QualifiedName)
  case policy(String, of: QualifiedName)
  case rule(String, of: QualifiedName)
  case index(QualifiedName)
  case view(QualifiedName)
  case sequence(QualifiedName)
  case statistics(QualifiedName)
  case type(QualifiedName)
  case attribute(String, of: QualifiedName)
  case domainCheck(String, of: QualifiedName)
  /// An overload, by the types of its input arguments as SQL.
  case function(QualifiedName, signature: [String])
  case other(OtherObject.Identity)

  /// What it cannot be without: it goes with it and is in nobody's way.
  package var owners: [ObjectAddress] {
    switch self {
    case .column(_, let table): [.table(table)]
    case .defaultValue(let column, let table): [.column(column, of: table), .table(table)]
    case .constraint(_, let table), .policy(_, let table): [.table(table)]
    case .trigger(_, let relation), .rule(_, let relation): [.table(relation), .view(relation)]
    case .attribute(_, let type), .domainCheck(_, let type): [.type(type)]
    case .schema, .table, .index, .view, .sequence, .statistics, .type, .function, .other: []
    }
  }
}

extension ObjectAddress: CustomStringConvertible {
  /// Such as `view active_users` or `column email of users`.
  package var description: String {
    switch self {
    case .schema(let name): "schema \(name.quotedIdentifier)"
    case .table(let name): "table \(name.displayName)"
    case .column(let column, let table): "column \(column.quotedIdentifier) of \(table.displayName)"
    case .defaultValue(let column, let table): "the default of \(column.quotedIdentifier) of \(table.displayName)"
    case .constraint(let constraint, let table): "constraint \(constraint.quotedIdentifier) of \(table.displayName)"
    case .trigger(let trigger, let table): "trigger \(trigger.quotedIdentifier) of \(table.displayName)"
    case .policy(let policy, let table): "policy \(policy.quotedIdentifier) of \(table.displayName)"
    case .rule(let rule, let relation): "rule \(rule.quotedIdentifier) of \(relation.displayName)"
    case .index(let name): "index \(name.displayName)"
    case .view(let name): "view \(name.displayName)"
    case .sequence(let name): "sequence \(name.displayName)"
    case .statistics(let name): "statistics \(name.displayName)"
    case .type(let name): "type \(name.displayName)"
    case .attribute(let attribute, let type): "attribute \(attribute.quotedIdentifier) of \(type.displayName)"
    case .domainCheck(let check, let domain): "constraint \(check.quotedIdentifier) of \(domain.displayName)"
    case .function(let name, let signature): "function \(name.displayName)(\(signature.joined(separator: ", ")))"
    case .other(let identity): identity.description
    }
  }
}

extension ObjectAddress {
  /// A role is one of the objects of which the schema knows little more than the name.
  package static func role(_ name: String) -> ObjectAddress {
    .other(OtherObject.Identity(OtherObject.Key(.role, QualifiedName(name))))
  }
}
