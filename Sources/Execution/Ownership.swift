import Catalog
import Syntax

/// What belongs to whom, as far as the history tells: who made it under SET ROLE, and to whom OWNER TO gave it.
extension Execution {
  mutating func noteOwner(_ role: RoleReference, of object: ObjectReference, _ kind: ObjectKind) {
    noteUse(of: [role])
    noteUse(ofOwner: role, of: object, kind)
    // A role that is no superuser may have been refused to give it away.
    if database.session.role != nil { return }
    let name = object.name(in: database, kind)
    catalog.owners[name] = if case .named(let role) = role { role } else { nil }
  }

  /// What the roles were given is not kept, nor all that they own.
  ///
  /// Source: `shdepDropOwned` in `pg_shdepend.c`.
  mutating func dropOwned(by roles: [RoleReference], cascades: Bool) throws(SQLError) {
    for role in roles {
      try requireRole(role)
      lose(.object(.role, name: role.sql))
    }
    let owned = owned(by: roles)
    catalog.refreshDependencies()
    for name in owned where name.schema == nil && catalog.schemas.contains(name.name) {
      lose(.object(.schema, name: name.name))
      breaks(.objectGone(.schema, name: name.name))
    }
    do {
      try delete(owned.flatMap(catalog.objects(named:)), cascades: cascades)
    } catch {
      // What is in the way may be the roles' own.
      doubt(error)
    }
    catalog.noteUncertain(owned.map(\.name))
    for name in owned { catalog.owners[name] = nil }
    forgetUses(of: roles)
  }

  /// Source: `shdepReassignOwned` in `pg_shdepend.c`, which locks relations as ALTER … OWNER TO does.
  mutating func reassignOwned(from roles: [RoleReference], to newOwner: RoleReference) throws(SQLError) {
    for role in roles + [newOwner] { try requireRole(role) }
    noteUse(of: [newOwner])
    reportUnknown("what the roles own")
    for name in owned(by: roles) {
      if let kind = catalog.kind(of: name), kind != .index, kind != .compositeType {
        lock(name, .accessExclusive)
        if kind != .view { lock(catalog.indexNames(of: name), .accessExclusive) }
        lock(catalog.ownedSequences(of: name).map(\.name), .accessExclusive)
      }
      switch newOwner {
      case .named(let role): catalog.owners[name] = role
      default: catalog.owners[name] = database.session.role
      }
    }
    forgetUses(of: roles)
  }

  /// In the order of their names, so that a report does not hang on the order of a table.
  private func owned(by roles: [RoleReference]) -> [QualifiedName] {
    let names = Set(
      roles.compactMap { role in
        if case .named(let name) = role { name } else { database.session.role }
      }
    )
    return catalog.owners.filter { names.contains($0.value) }.map(\.key).sorted { $0.description < $1.description }
  }
}

extension Catalog {
  /// What DROP OWNED drops for a name that belongs to a role; sequences of columns go with their tables.
  fileprivate func objects(named name: QualifiedName) -> [ObjectAddress] {
    if name.schema == nil { return schemas.contains(name.name) ? [.schema(name.name)] : [] }
    var objects: [ObjectAddress] = []
    if let table = tables[name], !table.isAssumed { objects.append(.table(name)) }
    if views.contains(name) { objects.append(.view(name)) }
    if let sequence = sequences[name], sequence.owner == nil { objects.append(.sequence(name)) }
    if types.contains(name) { objects.append(.type(name)) }
    return objects + (functions[name] ?? []).map { .function(name, signature: $0.signature) }
  }

  /// The table of an index that a REINDEX CONCURRENTLY left behind which failed.
  ///
  /// Source: `ReindexRelationConcurrently` in `indexcmds.c`, which names the new index and the old one so, with a number
  /// behind where there was one already.
  func tableOfLeftOver(index name: QualifiedName) -> QualifiedName? {
    guard let match = name.name.wholeMatch(of: #/(.+)_cc(?:new|old)\d*/#) else { return nil }
    return indexes[QualifiedName(schema: name.schema, String(match.1))]?.table
  }
}
