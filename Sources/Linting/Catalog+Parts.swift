import Catalog
import Syntax

extension Catalog {
  /// Whether a relation has a trigger, a policy or a rule of a name, or a composite type an attribute; `nil` where the
  /// relation or the type is not known.
  func hasPart(_ kind: ObjectKind, _ name: String, of whole: QualifiedName) -> Bool? {
    let (table, view) = (tables[whole], views[whole])
    if kind == .attribute {
      guard case .composite(let attributes)? = types[whole]?.form else { return nil }
      return attributes.contains { $0.name == name }
    }
    if table == nil, view == nil { return nil }
    return switch kind {
    case .trigger: (table?.triggers ?? view?.triggers ?? []).contains(named: name)
    case .policy: table?.policies.contains(named: name) == true
    default: (table?.rules ?? view?.rules ?? []).contains(named: name)
    }
  }

  /// Whether an enum has a value; `nil` where it is not known.
  func hasValue(_ value: String, of type: QualifiedName) -> Bool? {
    guard case .enumeration(let values)? = types[type]?.form else { return nil }
    return values.contains(value)
  }
}
