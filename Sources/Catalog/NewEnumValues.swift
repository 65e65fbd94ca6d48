import Syntax

/// Values that ALTER TYPE … ADD VALUE added in the transaction that still runs: nothing may use them before it ends,
/// unless the type is as new.
///
/// Source: `check_safe_enum_use` in `enum.c`.
extension Catalog {
  package mutating func noteNewEnum(_ type: QualifiedName) { newEnums.insert(type) }

  package mutating func noteNewValue(_ value: String, of type: QualifiedName) {
    if !newEnums.contains(type) { newEnumValues[type, default: []].insert(value) }
  }

  /// The transaction ends, and new values can be used from then on.
  mutating func releaseNewEnumValues() {
    if !newEnums.isEmpty { newEnums = [] }
    if !newEnumValues.isEmpty { newEnumValues = [:] }
  }

  /// Whether constants of the type may be such values.
  package func hasNewValues(_ type: TypeName) -> Bool {
    !newEnumValues.isEmpty && type.arrayDimensions == 0 && newEnumValues[enumeration(of: type)] != nil
  }

  /// A constant of the type is no value that is yet to be committed.
  package func requireUsable(_ text: String, of type: TypeName) throws(SQLError) {
    guard hasNewValues(type) else { return }
    let name = enumeration(of: type)
    guard newEnumValues[name]?.contains(text) == true else { return }
    throw SQLError(
      .unsafeNewEnumValueUsage,
      "unsafe use of new value \"\(text)\" of enum type \(name.displayName)",
      about: SQLError.Object(.type, name)
    )
  }

  /// The same of a default, which is made a value of the type when it is set.
  package func requireUsable(default value: Expression, of type: TypeName?) throws(SQLError) {
    guard !newEnumValues.isEmpty, let type else { return }
    switch value {
    case .constant(.string(let text)): try requireUsable(text, of: type)
    case .cast(.constant(.string(let text)), let own): try requireUsable(text, of: own)
    default: break
    }
  }

  /// The enum that a type is, or a domain is over.
  private func enumeration(of type: TypeName) -> QualifiedName {
    var name = type.name
    for _ in 0..<Self.maximumDomainDepth {
      guard case .domain(let domain)? = types[name]?.form, domain.type.arrayDimensions == 0 else { break }
      name = domain.type.name
    }
    return name
  }
}
