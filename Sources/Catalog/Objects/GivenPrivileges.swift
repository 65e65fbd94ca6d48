import HashTreeCollections
import Syntax

/// What roles were given by the history. Much is given by hand, so that nobody is known to have nothing.
package struct GivenPrivileges: Sendable {
  /// On what, and to whom.
  package struct Place: Hashable, Sendable {
    /// Relations are all tables, and roles are members of roles.
    package let kind: ObjectKind
    /// The object's name as effects write it; a schema's, for all of a kind that are in it.
    package let name: String
    package let isAllOfSchema: Bool
    package let role: RoleReference

    package init(_ kind: ObjectKind, _ name: String, isAllOfSchema: Bool = false, to role: RoleReference) {
      self.kind = kind
      self.name = name
      self.isAllOfSchema = isAllOfSchema
      self.role = role
    }

    /// What the privileges are for, such as `table notes`.
    package var description: String {
      let noun = kind.rawValue.lowercased()
      if isAllOfSchema { return "all \(noun)s of schema \(name)" }
      return "\(noun) \(kind == .schema || kind == .role ? name : QualifiedName(parsing: name).displayName)"
    }
  }

  private static let all = "all"
  /// The migrations that gave each privilege; empty where all was taken.
  private var given: TreeDictionary<Place, [String: Int]> = [:]

  package init() {}

  package mutating func give(_ privileges: [String], at place: Place, in migration: Int) {
    for privilege in privileges.isEmpty ? [Self.all] : privileges where given[place]?[privilege] == nil {
      given[place, default: [:]][privilege] = migration
    }
  }

  package mutating func take(_ privileges: [String], at place: Place) {
    if privileges.isEmpty || privileges.contains(Self.all) {
      given[place] = [:]
    } else {
      for privilege in privileges { given[place, default: [:]][privilege] = nil }
    }
  }

  /// The migration that gave one of the privileges; `nil` where none is known to have.
  package func since(_ privileges: [String], at place: Place) -> Int? {
    guard let given = given[place], !given.isEmpty else { return nil }
    if privileges.isEmpty || privileges.contains(Self.all) { return given.values.min() }
    return (privileges + [Self.all]).compactMap { given[$0] }.min()
  }

  /// Whether there is all that was there earlier; where nothing was known, whether there is anything.
  package func keeps(_ earlier: Self, at place: Place) -> Bool {
    let now = given[place] ?? [:]
    guard let before = earlier.given[place], !before.isEmpty else { return !now.isEmpty }
    return now[Self.all] != nil || before.keys.allSatisfy { now[$0] != nil }
  }

  /// Whether the history gave or took something there.
  package func isKnown(_ place: Place) -> Bool { given[place] != nil }
}
