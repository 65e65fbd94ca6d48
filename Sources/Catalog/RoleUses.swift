import HashTreeCollections
import Syntax

/// What keeps roles from being dropped: what they own and where they have privileges, as far as that is certain.
///
/// Source: `checkSharedDependencies` and `changeDependencyOnOwner` in `pg_shdepend.c`.
package struct RoleUses: Sendable {
  private var privileges = Pairs<ObjectAddress>()
  private var owned = Pairs<ObjectAddress>()
  private var memberships = Pairs<String>()

  // MARK: - Privileges and owners

  package mutating func notePrivileges(of role: String, on object: ObjectAddress) {
    if !owned.contains(role, object) { privileges.insert(role, object) }
  }

  /// A new owner gets the privileges that the old one had, who may be any of those that have privileges.
  package mutating func noteOwner(_ role: String, of object: ObjectAddress) {
    forget(object)
    owned.insert(role, object)
  }

  package mutating func forgetPrivileges(of role: String, on object: ObjectAddress) { privileges.remove(role, object) }

  package mutating func forgetPrivileges(of role: String) { privileges.removeAll(of: role) }

  /// Nothing is known to use the role.
  package mutating func forget(_ role: String) {
    privileges.removeAll(of: role)
    owned.removeAll(of: role)
  }

  /// The object is gone, or has another name.
  package mutating func forget(_ object: ObjectAddress) {
    privileges.removeAll(with: object)
    owned.removeAll(with: object)
  }

  /// What PostgreSQL says of an object that keeps the role; `nil` where none is known.
  package func reason(toKeep role: String, in catalog: Catalog) -> String? {
    if let object = owned.first(of: role) { return "owner of \(object.descriptionForRoles(in: catalog))" }
    guard let object = privileges.first(of: role) else { return nil }
    if case .policy = object { return "target of \(object.descriptionForRoles(in: catalog))" }
    return "privileges for \(object.descriptionForRoles(in: catalog))"
  }

  // MARK: - Membership

  package mutating func noteMember(_ member: String, of role: String) { memberships.insert(member, role) }

  package mutating func forgetMember(_ member: String, of role: String) { memberships.remove(member, role) }

  /// The role is gone, or has another name.
  package mutating func forgetMemberships(with role: String) {
    memberships.removeAll(of: role)
    memberships.removeAll(with: role)
  }

  /// Whether a role is another one, or a member of it by way of others. Longer ways than any that people make are not
  /// walked.
  package func isMember(_ member: String, of role: String) -> Bool {
    if member == role { return true }
    var walk = Walk<TreeSet<String>>(from: member)
    for _ in 0..<Self.longestWalk {
      guard let next = walk.next({ memberships.values(of: $0) }) else { return false }
      if next == role { return true }
    }
    return false
  }

  private static let longestWalk = 100
}

/// Which role belongs with what, to be found from either side.
private struct Pairs<Value: Hashable & Sendable>: Sendable {
  private var values: TreeDictionary<String, TreeSet<Value>> = [:]
  private var roles: TreeDictionary<Value, TreeSet<String>> = [:]

  func contains(_ role: String, _ value: Value) -> Bool { values[role]?.contains(value) == true }

  func values(of role: String) -> TreeSet<Value> { values[role] ?? [] }

  func first(of role: String) -> Value? { values[role]?.first }

  mutating func insert(_ role: String, _ value: Value) {
    values[role, default: []].insert(value)
    roles[value, default: []].insert(role)
  }

  mutating func remove(_ role: String, _ value: Value) {
    values[role]?.remove(value)
    roles[value]?.remove(role)
    if values[role]?.isEmpty == true { values[role] = nil }
    if roles[value]?.isEmpty == true { roles[value] = nil }
  }

  mutating func removeAll(of role: String) {
    if values.isEmpty { return }
    for value in values[role] ?? [] { remove(role, value) }
  }

  mutating func removeAll(with value: Value) {
    if roles.isEmpty { return }
    for role in roles[value] ?? [] { remove(role, value) }
  }
}

extension ObjectAddress {
  /// The default privileges of what is made in a schema.
  package static func defaultPrivileges(inSchema name: String) -> ObjectAddress {
    .other(OtherObject.Identity(OtherObject.Key(.defaultPrivileges, QualifiedName(name))))
  }

  package static func database(_ name: String) -> ObjectAddress {
    .other(OtherObject.Identity(OtherObject.Key(.database, QualifiedName(name))))
  }

  fileprivate func descriptionForRoles(in catalog: Catalog) -> String {
    if case .other(let identity) = self, identity.key.kind == .defaultPrivileges {
      return "default privileges in schema \(identity.key.name.displayName)"
    }
    return catalog.description(of: self)
  }
}
