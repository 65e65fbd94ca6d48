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

extension ObjectAddress {
  /// A role is one of the objects of which the schema knows little more than the name.
  package static func role(_ name: String) -> ObjectAddress {
    .other(OtherObject.Identity(OtherObject.Key(.role, QualifiedName(name))))
  }
}
