import Syntax

/// What a unique index keeps apart, as ON CONFLICT names it.
package struct UniqueKey: Hashable, Sendable {
  package let elements: [IndexElement.Key]
  package let predicate: Expression?

  /// Whether ON CONFLICT with the other's columns, in any order, finds this one.
  fileprivate func serves(_ other: UniqueKey) -> Bool {
    elements.count == other.elements.count && (predicate == nil || predicate == other.predicate)
      && Set(elements) == Set(other.elements)
  }

  /// `(email)`, or `(lower(email)) WHERE active`.
  package var sql: String {
    let keys = elements.map { key in
      switch key {
      case .column(let name): name.quotedIdentifier
      case .expression(let expression): expression.sql
      }
    }
    return "(\(keys.joined(separator: ", ")))" + (predicate.map { " WHERE \($0.sql)" } ?? "")
  }
}

extension Index {
  /// `nil` where it keeps nothing apart.
  package var uniqueKey: UniqueKey? {
    guard definition.isUnique, isValid else { return nil }
    return UniqueKey(elements: definition.elements.map(\.key), predicate: definition.predicate)
  }
}

extension Catalog {
  /// Whether an index of the table keeps the same apart; `doomed` are those that are about to go.
  package func keepsUnique(
    _ key: UniqueKey,
    in table: QualifiedName,
    besides doomed: (QualifiedName) -> Bool = { _ in false }
  ) -> Bool {
    indexes(of: table).contains { $0.uniqueKey?.serves(key) == true && !doomed($0.name) }
  }
}
