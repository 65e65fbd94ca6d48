import Syntax

extension Statement.Kind {
  /// The GRANT or REVOKE of privileges, on what there is or on what is made later.
  var grant: Grant? {
    switch self {
    case .grant(let grant), .alterDefaultPrivileges(let grant): grant
    default: nil
    }
  }
}

extension Grant.Target {
  var kind: ObjectKind {
    switch self {
    case .objects(let kind, _), .allInSchemas(let kind, _), .defaults(let kind, _): kind
    }
  }

  /// "table notes", "all tables of schema app", "tables that are made later", for the middle of a sentence.
  var words: String {
    let noun = kind.rawValue.lowercased()
    switch self {
    case .objects(_, let objects):
      return (objects.count == 1 ? "\(noun) " : "\(noun)s ") + objects.map(\.name.displayName).shortList
    case .allInSchemas(_, let schemas):
      return "all \(noun)s of \(schemas.count == 1 ? "schema" : "schemas") "
        + schemas.map(\.quotedIdentifier).shortList
    case .defaults(_, let schemas):
      let place = schemas.isEmpty ? "" : " in \(schemas.map(\.quotedIdentifier).shortList)"
      return "\(noun)s that are made later\(place)"
    }
  }
}

extension [RoleReference] {
  var words: String { map(\.sql).shortList }
}
