import Catalog
import Syntax

/// GRANT, REVOKE and ALTER DEFAULT PRIVILEGES.
extension Execution {
  /// Source: `ExecuteGrantStmt` in `aclchk.c`.
  mutating func perform(_ grant: Grant) throws(SQLError) {
    switch grant.target {
    case .objects(let kind, let objects): for object in objects { try require(object, kind) }
    case .allInSchemas(_, let schemas): for schema in schemas { try requireSchema(schema) }
    case .defaults(let kind, let schemas):
      if kind == .schema, !schemas.isEmpty {
        throw SQLError(.invalidGrantOperation, "cannot use IN SCHEMA clause when using GRANT/REVOKE ON SCHEMAS")
      }
      try checkPrivileges(of: grant, kind)
      noteUse(of: grant.grantees)
      for role in grant.grantees { try requireRole(role) }
      for schema in schemas { try requireSchema(schema) }
      if !grant.columnPrivileges.isEmpty {
        throw SQLError(.invalidGrantOperation, "default privileges cannot be set for columns")
      }
      try checkGrantees(of: grant)
      notePrivileges(grant)
      return
    }
    if case .named(let grantor)? = grant.grantor, let role = database.session.role, role != grantor {
      throw SQLError(.featureNotSupported, "grantor must be current user")
    }
    for role in grant.grantees { try requireRole(role) }
    noteUse(of: grant.grantees)
    switch grant.target {
    case .objects(let kind, _), .allInSchemas(let kind, _): try checkPrivileges(of: grant, kind)
    case .defaults: break
    }
    if case .objects(.table, let objects) = grant.target, !grant.columns.isEmpty {
      for object in objects {
        for column in grant.columns {
          try requirePart(ObjectReference(name: QualifiedName(column), relation: object.name), .column)
        }
      }
    }
    try checkGrantees(of: grant)
    notePrivileges(grant)
    keep(grant)
  }

  /// GRANT and REVOKE of a membership.
  mutating func keep(_ grant: GrantRole) {
    for role in grant.roles.prefix(Self.mostKept) {
      for grantee in grant.grantees.prefix(Self.mostKept) {
        keep([], at: GivenPrivileges.Place(.role, role.quotedIdentifier, to: grantee), isGrant: grant.isGrant)
      }
    }
  }

  /// Of how many objects and of how many roles a statement is followed: each of the ones goes with each of the others.
  private static let mostKept = 100

  private mutating func keep(_ grant: Grant) {
    for role in grant.grantees.prefix(Self.mostKept) {
      switch grant.target {
      case .objects(let kind, let objects):
        for object in objects.prefix(Self.mostKept) {
          let place = GivenPrivileges.Place(kind.holder, name(of: object, kind), to: role)
          if !grant.isGrant { loseDefaults(on: object, kind, place) }
          keep(grant.privileges, at: place, isGrant: grant.isGrant)
        }
      case .allInSchemas(let kind, let schemas):
        for schema in schemas.prefix(Self.mostKept) {
          let place = GivenPrivileges.Place(kind.holder, schema.quotedIdentifier, isAllOfSchema: true, to: role)
          keep(grant.privileges, at: place, isGrant: grant.isGrant)
        }
      case .defaults: break
      }
    }
  }

  private mutating func keep(_ privileges: [String], at place: GivenPrivileges.Place, isGrant: Bool) {
    if isGrant { return catalog.privileges.give(privileges, at: place, in: catalog.currentMigration) }
    var since = catalog.privileges.since(privileges, at: place)
    if since == nil, !place.isAllOfSchema, let schema = QualifiedName(parsing: place.name).schema {
      let all = GivenPrivileges.Place(place.kind, schema.quotedIdentifier, isAllOfSchema: true, to: place.role)
      if !catalog.privileges.isKnown(place) { since = catalog.privileges.since(privileges, at: all) }
    }
    catalog.privileges.take(privileges, at: place)
    if let since, catalog.existed(since: since) { breaks(.privilegesGone(place)) }
  }

  /// Everybody may call a function, unless somebody said otherwise; a trigger does so without being asked.
  private mutating func loseDefaults(on object: ObjectReference, _ kind: ObjectKind, _ place: GivenPrivileges.Place) {
    guard place.role == .everyone, [.function, .procedure, .routine].contains(kind), !catalog.privileges.isKnown(place),
      let functions = catalog.functions[database.qualifiedFunction(object.name)]
    else { return }
    let isCalled = functions.contains { catalog.existed(since: $0.createdIn) && !$0.isForTrigger }
    if isCalled { breaks(.privilegesGone(place)) }
  }

  private func name(of object: ObjectReference, _ kind: ObjectKind) -> String {
    switch kind.holder {
    case .table: database.qualified(object.name).description
    case .function: database.qualifiedFunction(object.name).description
    case .type: database.qualifiedType(object.name).description
    default: object.name.description
    }
  }

  /// Source: `merge_acl_with_grant` in `aclchk.c`.
  private func checkGrantees(of grant: Grant) throws(SQLError) {
    if grant.isGrant, grant.hasGrantOption, grant.grantees.contains(.everyone) {
      throw SQLError(.invalidGrantOperation, "grant options can only be granted to roles")
    }
  }

  private mutating func require(_ object: ObjectReference, _ kind: ObjectKind) throws(SQLError) {
    switch kind {
    case .table:
      let name = try requireRelation(object.name)
      if catalog.kind(of: name) == .index {
        throw SQLError(.wrongObjectType, "\(object.name.quotedInErrors) is an index")
      }
      if catalog.kind(of: name) == nil, case .composite? = catalog.types[name]?.form {
        throw SQLError(.wrongObjectType, "\(object.name.quotedInErrors) is a composite type")
      }
    case .sequence: _ = try requireRelation(object.name, ofKind: .sequence)
    case .type:
      // The array type of another one.
      let element = QualifiedName(schema: object.name.schema, String(object.name.name.dropFirst()))
      if object.name.name.hasPrefix("_"), catalog.types[database.qualifiedType(object.name)] == nil,
        catalog.types[database.qualifiedType(element)] != nil
      {
        throw SQLError(.invalidGrantOperation, "cannot set privileges of array types")
      }
      try requireObject(object, kind)
    case .language:
      try requireObject(object, kind)
      if ["c", "internal"].contains(object.name.name) {
        throw SQLError(.wrongObjectType, "language \(object.name.quotedInErrors) is not trusted")
      }
    case .function, .procedure, .routine: try requireNamed(object, kind)
    default: try requireObject(object, kind)
    }
  }

  /// A function without arguments may mean several to us that are one to PostgreSQL, where a folder does not tell the
  /// order in which its files ran.
  mutating func requireNamed(_ object: ObjectReference, _ kind: ObjectKind) throws(SQLError) {
    do throws(SQLError) {
      try requireObject(object, kind)
    } catch {
      if error.state != .ambiguousFunction || object.arguments != nil { throw error }
    }
  }

  private func checkPrivileges(of grant: Grant, _ kind: ObjectKind) throws(SQLError) {
    if let privilege = grant.columnPrivileges.first(where: { !Self.privilegesOfColumns.contains($0) || kind != .table })
    {
      throw SQLError(
        .invalidGrantOperation,
        kind == .table
          ? "invalid privilege type \(privilege.uppercased()) for column"
          : "column privileges are only valid for relations"
      )
    }
    guard let allowed = Self.privileges(of: kind) else { return }
    for privilege in grant.privileges where privilege != "all" && !allowed.contains(privilege) {
      // PostgreSQL takes a sequence for a table here, of which it has fewer privileges.
      if kind == .table, ["usage"].contains(privilege), grant.isForSequences(in: catalog, database) { continue }
      throw SQLError(
        .invalidGrantOperation,
        "invalid privilege type \(privilege.uppercased()) for \(kind == .table ? "relation" : kind.rawValue.lowercased())"
      )
    }
  }

  private static let privilegesOfColumns: Set<String> = ["all", "select", "insert", "update", "references"]

  /// Source: PostgreSQL's manual, "Privileges", and `ExecuteGrantStmt` in `aclchk.c`.
  private static func privileges(of kind: ObjectKind) -> Set<String>? {
    switch kind {
    case .table:
      ["select", "insert", "update", "delete", "truncate", "references", "trigger", "maintain", "rule"]
    case .sequence: ["select", "update", "usage"]
    case .database: ["create", "connect", "temporary", "temp"]
    case .function, .procedure, .routine: ["execute"]
    case .language, .type, .domain, .foreignDataWrapper, .foreignServer: ["usage"]
    case .largeObject: ["select", "update"]
    case .schema: ["create", "usage"]
    case .tablespace: ["create"]
    default: nil
    }
  }
}

extension ObjectKind {
  /// The kind under which privileges are kept.
  fileprivate var holder: ObjectKind {
    switch self {
    case .sequence, .view, .foreignTable: .table
    case .procedure, .routine: .function
    case .domain: .type
    default: self
    }
  }
}

extension Grant {
  fileprivate func isForSequences(in catalog: Catalog, _ database: Database) -> Bool {
    guard case .objects(_, let objects) = target else { return false }
    return objects.allSatisfy { object in
      let kind = catalog.kind(of: database.qualified(object.name))
      return kind == nil || kind == .sequence
    }
  }
}
