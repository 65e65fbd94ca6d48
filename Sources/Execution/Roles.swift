import Catalog
import Syntax

/// Roles: their making and dropping, and who is a member of which.
extension Execution {
  /// Source: `CreateRole` in `user.c`.
  mutating func perform(_ statement: RoleDefinition) throws(SQLError) {
    guard case .named(let name) = statement.role else { return }
    try requireOnce(statement.options)
    if name.hasPrefix("pg_") { throw .reservedRole(name) }
    if !catalog.roles.insert(name).inserted { throw .duplicate(.role, name) }
  }

  /// Source: `AlterRole` in `user.c`.
  func alter(_ statement: RoleDefinition) throws(SQLError) {
    try requireOnce(statement.options)
    try requireRole(statement.role)
  }

  /// Source: `DropRole` in `user.c`.
  mutating func perform(_ statement: DropRole) throws(SQLError) {
    for role in statement.roles where !statement.ifExists { try requireRole(role) }
    for case .named(let name) in statement.roles { try checkDrop(of: name) }
    for case .named(let name) in statement.roles where !statement.ifExists || catalog.roles.contains(name) {
      breaks(.objectGone(.role, name: name.quotedIdentifier))
    }
    // What else a role may still own, nothing tells, so that it stays.
    for case .named(let name) in statement.roles {
      catalog.removeRole(name, isGone: !catalog.rolesInUse.contains(name))
    }
  }

  private func checkDrop(of role: String) throws(SQLError) {
    let about = SQLError.Object(.role, QualifiedName(role))
    if database.session.role == role {
      throw SQLError(.objectInUse, "current user cannot be dropped", about: about)
    }
    if role.hasPrefix("pg_") { throw .required("role \(role)", by: "the database system") }
    if let reason = catalog.roleUses.reason(toKeep: role, in: catalog) {
      throw SQLError(
        .dependentObjectsStillExist,
        "role \"\(role)\" cannot be dropped because some objects depend on it: \(reason)",
        about: about
      )
    }
  }

  /// Source: `RenameRole` in `user.c`.
  mutating func renameRole(_ old: String, to new: String) throws(SQLError) {
    try requireRole(.named(old))
    if database.session.role == old { throw SQLError(.featureNotSupported, "current user cannot be renamed") }
    for name in [old, new] where name.hasPrefix("pg_") { throw .reservedRole(name) }
    if catalog.roles.contains(new) { throw .duplicate(.role, new) }
    guard catalog.roles.contains(old) else {
      catalog.roleUses.forget(old)
      catalog.roleUses.forgetMemberships(with: old)
      return
    }
    catalog.removeRole(old)
    catalog.roles.insert(new)
  }

  // MARK: - Members

  /// Source: `AddRoleMems` in `user.c`.
  mutating func perform(_ grant: GrantRole) throws(SQLError) {
    for role in grant.roles { try requireRole(.named(role)) }
    for role in grant.grantees { try requireRole(role) }
    for role in grant.roles {
      for case .named(let member) in grant.grantees {
        if !grant.isGrant {
          catalog.roleUses.forgetMember(member, of: role)
        } else if catalog.roleUses.isMember(role, of: member) {
          throw SQLError(.invalidGrantOperation, "role \"\(role)\" is a member of role \"\(member)\"")
        } else if tellsOfRights {
          catalog.roleUses.noteMember(member, of: role)
        }
      }
    }
    catalog.rolesInUse.formUnion(grant.roles)
    noteUse(of: grant.grantees + [grant.grantor].compactMap(\.self))
  }

  /// Whether what the statement does with rights is certain: not every role may do it, and code may not run.
  private var tellsOfRights: Bool { database.session.role == nil && routines.isEmpty }

  // MARK: - What roles own and may do

  /// Source: `shdepDropOwned` and `shdepReassignOwned` in `pg_shdepend.c`.
  mutating func forgetUses(of roles: [RoleReference]) {
    for case .named(let role) in roles { catalog.roleUses.forget(role) }
  }

  mutating func noteUse(ofOwner owner: RoleReference, of object: ObjectReference, _ kind: ObjectKind) {
    guard let address = usedObject(object, kind) else { return }
    if case .named(let role) = owner, tellsOfRights {
      catalog.roleUses.noteOwner(role, of: address)
    } else {
      catalog.roleUses.forget(address)
    }
  }

  /// The roles of a policy are its users like those with privileges.
  mutating func noteUse(of roles: [RoleReference], in policy: ObjectAddress) {
    catalog.roleUses.forget(policy)
    if !tellsOfRights { return }
    for case .named(let role) in roles { catalog.roleUses.notePrivileges(of: role, on: policy) }
  }

  mutating func notePrivileges(_ grant: Grant) {
    for case .named(let role) in grant.grantees {
      if grant.isGrant {
        if tellsOfRights { notePrivileges(of: role, grant.target) }
      } else {
        forgetPrivileges(of: role, grant.target)
      }
    }
  }

  private mutating func notePrivileges(of role: String, _ target: Grant.Target) {
    switch target {
    case .objects(let kind, let objects):
      for object in objects {
        if let address = usedObject(object, kind) { catalog.roleUses.notePrivileges(of: role, on: address) }
      }
    // Nothing tells which tables there are then.
    case .allInSchemas: break
    // Those of all schemas may be as PostgreSQL has them anyway.
    case .defaults(_, let schemas):
      for schema in schemas where catalog.schemas.contains(schema) {
        catalog.roleUses.notePrivileges(of: role, on: .defaultPrivileges(inSchema: schema))
      }
    }
  }

  private mutating func forgetPrivileges(of role: String, _ target: Grant.Target) {
    switch target {
    case .objects(let kind, let objects):
      for object in objects {
        guard let address = usedObject(object, kind) else { return catalog.roleUses.forgetPrivileges(of: role) }
        catalog.roleUses.forgetPrivileges(of: role, on: address)
      }
    case .allInSchemas: catalog.roleUses.forgetPrivileges(of: role)
    case .defaults(_, let schemas):
      for schema in schemas { catalog.roleUses.forgetPrivileges(of: role, on: .defaultPrivileges(inSchema: schema)) }
    }
  }

  /// An object whose owner and privileges are kept: `nil` where the history does not tell which one is meant.
  private func usedObject(_ object: ObjectReference, _ kind: ObjectKind) -> ObjectAddress? {
    switch kind {
    case .table, .view, .materializedView, .foreignTable, .sequence:
      let name = database.qualified(object.name)
      guard catalog.isKnown(name), let known = catalog.kind(of: name) else { return nil }
      switch known {
      case .table, .partitionedTable, .foreignTable: return .table(name)
      case .view, .materializedView: return .view(name)
      case .sequence: return .sequence(name)
      case .index, .compositeType: return nil
      }
    case .schema: return catalog.schemas.contains(object.name.name) ? .schema(object.name.name) : nil
    case .function, .procedure, .routine:
      let overloads = database.overloads(meantBy: object)
      guard overloads.count == 1, let function = overloads.first else { return nil }
      return .function(database.qualifiedFunction(object.name), signature: function.signature)
    case .database: return .database(object.name.name)
    default: return nil
    }
  }
}

extension SQLError {
  fileprivate static func reservedRole(_ name: String) -> SQLError {
    SQLError(.reservedName, "role name \"\(name)\" is reserved")
  }
}
