import Catalog
import Syntax

/// Finds the objects that statements name, and refuses what names nothing.
///
/// Source: `get_object_address` in `objectaddress.c`.
extension Execution {
  // MARK: - Schemas

  /// A schema that a name gives must be there. One that the history dropped is not; one that it never made may have been
  /// made elsewhere.
  mutating func requireSchema(of name: QualifiedName) throws(SQLError) {
    if let schema = name.schema { try requireSchema(schema) }
  }

  mutating func requireSchema(_ schema: String, isForCreation: Bool = false) throws(SQLError) {
    if catalog.schemas.contains(schema) || schema.isSystemSchema || catalog.external.contains(schema: schema) {
      return
    }
    let error = SQLError.undefined(.schema, schema)
    if catalog.isGone(.schema(schema)) { throw error }
    if !schema.isSchemaMadeElsewhere, catalog.tellsOfSchema(schema, isForCreation: isForCreation) { doubt(error) }
  }

  /// A name that a statement gives to something new.
  mutating func requireCreation(of name: QualifiedName) throws(SQLError) {
    guard let schema = name.schema else { return }
    if schema == "pg_catalog" {
      throw SQLError(.insufficientPrivilege, "permission denied to create \(name.quotedInErrors)")
    }
    try requireSchema(schema, isForCreation: true)
  }

  /// The same of a relation. A temporary one is in a schema of its own.
  mutating func requireCreation(of relation: RelationReference) throws(SQLError) {
    guard let schema = relation.name.schema else { return }
    if relation.persistence == .temporary, !schema.hasPrefix(Catalog.temporary) {
      try requireSchema(schema)
      throw SQLError(.invalidTableDefinition, "cannot create temporary relation in non-temporary schema")
    }
    try requireCreation(of: relation.name)
  }

  // MARK: - Relations

  /// A relation as a statement names it, with its schema; refused where it is not there.
  mutating func requireRelation(_ name: QualifiedName, as kind: ObjectKind = .table) throws(SQLError) -> QualifiedName {
    let full = database.qualified(name)
    if catalog.hasRelation(full) { return full }
    if case .composite? = catalog.types[full]?.form { return full }
    try requireSchema(of: name)
    if full.schema?.isSystemSchema == true { return full }
    try require(full, as: kind)
    return full
  }

  /// The same where the relation must be of the statement's kind.
  mutating func requireRelation(_ name: QualifiedName, ofKind kind: ObjectKind) throws(SQLError) -> QualifiedName {
    let full = try requireRelation(name)
    if catalog.tables[full]?.isAssumed == true { return full }
    if let known = catalog.kind(of: full) {
      if !kind.includes(known) { throw .wrongKind(name, as: kind) }
    } else if catalog.types.contains(full) {
      throw .wrongKind(name, as: kind)
    }
    return full
  }

  /// A part of a relation, such as a trigger.
  mutating func requirePart(_ object: ObjectReference, _ kind: ObjectKind) throws(SQLError) {
    guard let given = object.relation else { return }
    let part = object.name.name
    let relation = try requireRelation(given)
    let isThere: Bool
    switch kind {
    case .column:
      if let view = catalog.views[relation] {
        isThere = view.columnNames.contains(part) || !view.knowsAllColumns || part.isSystemColumn
      } else if let table = catalog.tables[relation] {
        isThere = catalog.mayHave(part, table)
      } else if case .composite(let attributes)? = catalog.types[relation]?.form {
        isThere = attributes.contains { $0.name == part }
      } else {
        isThere = true
      }
    case .constraint: isThere = catalog.tables[relation].map { $0.constraint(part) != nil } ?? true
    case .trigger:
      let triggers = catalog.tables[relation]?.triggers ?? catalog.views[relation]?.triggers
      isThere = triggers.map { $0.contains(named: part) } ?? true
    case .policy: isThere = catalog.tables[relation].map { $0.policies.contains(named: part) } ?? true
    case .rule:
      if catalog.views.contains(relation) {
        isThere = part == "_RETURN" || catalog.viewRules(of: relation).contains(named: part)
      } else {
        isThere = catalog.tables[relation].map { $0.rules.contains(named: part) } ?? true
      }
    default: return
    }
    if isThere { return }
    if catalog.tables.contains(relation), !catalog.isFullyKnown(relation) { return }
    if kind == .constraint { throw .undefinedConstraint(part, of: relation) }
    throw .undefined(kind, part, of: relation)
  }

  // MARK: - Types

  /// A type as a statement names it; `nil` where it is none of the history's.
  mutating func requireType(_ name: QualifiedName, as kind: ObjectKind = .type) throws(SQLError) -> QualifiedName? {
    let full = database.qualifiedType(name)
    if let type = catalog.types[full] {
      if case .domain = type.form { return full }
      if kind == .domain { throw .wrongKind(name, as: .domain) }
      return full
    }
    if catalog.tables.contains(full) || catalog.views.contains(full) {
      if kind == .domain { throw .wrongKind(name, as: .domain) }
      return nil
    }
    if name.isBuiltInType {
      if kind == .domain { throw .wrongKind(name, as: .domain) }
      return nil
    }
    try requireSchema(of: name)
    let error = SQLError.undefined(kind, name)
    if catalog.isGone(.type(full)) { throw error }
    // The array type of one of the history's, or a name that the files do not tell.
    if name.name.hasPrefix("_") || ExtensionTypes.names.contains(name.name) || !name.name.isPlainName { return nil }
    if catalog.tellsAllObjects(ofSchemaOf: full) { doubt(error) }
    return nil
  }

  // MARK: - Functions

  /// A function, procedure or aggregate as a statement names it; `nil` where it is none of the history's.
  ///
  /// Source: `LookupFuncWithArgs` in `parse_func.c`.
  mutating func requireRoutine(_ object: ObjectReference, _ kind: ObjectKind) throws(SQLError) -> ObjectAddress? {
    let name = database.qualifiedRoutine(object.name)
    let functions = catalog.functions[name] ?? []
    let aggregates = catalog.others(.aggregate, name)
    if functions.isEmpty, aggregates.isEmpty { return try unknownRoutine(name, object, kind) }
    guard let arguments = object.arguments else {
      let meant =
        functions.filter { function in
          kind == .routine || function.definition.isProcedure == (kind == .procedure)
        }.map { ObjectAddress.function(name, signature: $0.signature) }
        + (kind == .procedure ? [] : aggregates.map { .other($0.identity) })
      if meant.count > 1 { throw .ambiguousRoutine(kind, object.name) }
      guard let address = meant.first else { throw .undefinedRoutine(kind, object.name, nil) }
      if kind == .aggregate, case .function = address {
        throw SQLError(.wrongObjectType, "function \(object.name.displayName) is not an aggregate")
      }
      return address
    }
    let signature = arguments.map { database.resolved($0).withoutModifiers.sql }
    if let index = functions.firstIndex(named: signature) ?? procedure(of: functions, taking: signature) {
      try check(functions[index].definition, is: kind, object.name, signature)
      return .function(name, signature: functions[index].signature)
    }
    if aggregates.contains(named: signature) {
      if kind == .procedure { throw .wrongKind(object.name, as: .procedure) }
      return .other(OtherObject.Identity(OtherObject.Key(.aggregate, name), signature))
    }
    // One that PostgreSQL or an extension has may share the name.
    if !catalog.unreadableMayHaveMade, !object.name.isBuiltInFunction {
      throw .undefinedRoutine(kind, object.name, signature)
    }
    return nil
  }

  /// A procedure may be named with its output parameters too.
  private func procedure(of functions: PartList<Function>, taking signature: [String]) -> Int? {
    functions.firstIndex { function in
      function.definition.isProcedure
        && function.definition.parameters.map { database.resolved($0.type).withoutModifiers.sql } == signature
    }
  }

  private func check(
    _ definition: CreateFunction,
    is kind: ObjectKind,
    _ name: QualifiedName,
    _ signature: [String]
  ) throws(SQLError) {
    let title = "\(name.displayName)(\(signature.joined(separator: ", ")))"
    switch kind {
    case .function where definition.isProcedure: throw SQLError(.wrongObjectType, "\(title) is not a function")
    case .procedure where !definition.isProcedure: throw SQLError(.wrongObjectType, "\(title) is not a procedure")
    case .aggregate: throw SQLError(.wrongObjectType, "function \(title) is not an aggregate")
    default: break
    }
  }

  private mutating func unknownRoutine(
    _ name: QualifiedName,
    _ object: ObjectReference,
    _ kind: ObjectKind
  ) throws(SQLError) -> ObjectAddress? {
    if object.name.isBuiltInFunction { return nil }
    try requireSchema(of: object.name)
    let signature = object.arguments?.map { database.resolved($0).withoutModifiers.sql }
    for type in object.arguments ?? [] { _ = try requireType(type.name) }
    let error = SQLError.undefinedRoutine(kind, object.name, signature)
    if let signature, catalog.isGone(.function(name, signature: signature)) { throw error }
    if object.name.name.isPlainName, catalog.tellsAllObjects(ofSchemaOf: name) { doubt(error) }
    return nil
  }

  // MARK: - Others

  /// An object of which little more than the name is known; `nil` where it is none of the history's.
  mutating func requireOther(_ object: ObjectReference, _ kind: ObjectKind) throws(SQLError) -> OtherObject.Identity? {
    let identity = database.identity(of: object, kind)
    if catalog.other(identity) != nil { return identity }
    if kind == .publication, catalog.publications[object.name.name] != nil { return nil }
    // Platforms bring along a publication.
    if kind == .publication, object.name.name.hasPrefix("supabase_") { return nil }
    if kind.isInSchema { try requireSchema(of: object.name) }
    if kind == .operatorClass || kind == .operatorFamily, let method = object.accessMethod {
      try requireOther(named: method, .accessMethod)
    }
    let error = undefined(identity, object)
    // A class without a family makes one of its name.
    if kind == .operatorFamily, catalog.hasOperatorClass(named: identity) { return nil }
    if catalog.isGone(.other(identity)) { throw error }
    guard !database.isBuiltIn(identity, object) else { return nil }
    let isTold =
      kind.isInSchema ? catalog.tellsAllObjects(ofSchemaOf: identity.key.name) : catalog.tellsAllObjects
    if isTold, kind.isMadeByMigrations, object.name.name.isPlainName || kind == .operator { doubt(error) }
    return nil
  }

  mutating func requireOther(named name: String, _ kind: ObjectKind) throws(SQLError) {
    _ = try requireOther(ObjectReference(name: QualifiedName(name)), kind)
  }

  private func undefined(_ identity: OtherObject.Identity, _ object: ObjectReference) -> SQLError {
    let list = identity.signature.joined(separator: ", ")
    let about = SQLError.Object(identity.key.kind, object.name)
    switch identity.key.kind {
    case .operator:
      let title =
        identity.signature.count == 2
        ? identity.signature.joined(separator: " \(object.name.name) ") : "\(object.name.name) \(list)"
      return SQLError(.undefinedFunction, "operator does not exist: \(title)", about: about)
    case .cast:
      let types = "from type \(identity.signature.first ?? "") to type \(identity.signature.last ?? "")"
      return SQLError(.undefinedObject, "cast \(types) does not exist", about: about)
    case .operatorClass, .operatorFamily:
      return SQLError(
        .undefinedObject,
        "\(SQLError.Object(identity.key.kind, object.name)) does not exist for access method \"\(list)\"",
        about: about
      )
    default: return .undefined(identity.key.kind, object.name)
    }
  }

  // MARK: - Roles

  mutating func noteUse(of roles: [RoleReference]) {
    for case .named(let role) in roles { catalog.rolesInUse.insert(role) }
  }

  /// Roles are mostly made elsewhere: only of one that the history dropped it is known that it is not there.
  func requireRole(_ role: RoleReference) throws(SQLError) {
    guard case .named(let name) = role, !catalog.roles.contains(name), catalog.isGone(.role(name)) else { return }
    throw .undefined(.role, name)
  }
}

extension Catalog {
  /// Whether the history made, or dropped, an operator class of the family's name.
  func hasOperatorClass(named family: OtherObject.Identity) -> Bool {
    let identity = OtherObject.Identity(OtherObject.Key(.operatorClass, family.key.name), family.signature)
    return other(identity) != nil || isGone(.other(identity))
  }

  /// Whether code ran that nobody could read, which may have made any function.
  var unreadableMayHaveMade: Bool { unreadableRuns > 0 }

  /// The rules of a view besides its own query.
  func viewRules(of view: QualifiedName) -> PartList<RewriteRule> { views[view]?.rules ?? [] }
}

extension Database {
  /// The function, procedure or aggregate that a name means.
  func qualifiedRoutine(_ name: QualifiedName) -> QualifiedName {
    qualified(name) { catalog.functions.contains($0) || !catalog.others(.aggregate, $0).isEmpty }
  }

  /// What tells an object apart that a statement names.
  func identity(of object: ObjectReference, _ kind: ObjectKind) -> OtherObject.Identity {
    let signature = signature(kind, object.arguments ?? [], object.accessMethod, object.user)
    // Of a cast and a transform it is the types that name it.
    if kind == .cast { return OtherObject.Identity(OtherObject.Key(.cast, QualifiedName("")), signature) }
    guard kind.isInSchema else { return OtherObject.Identity(OtherObject.Key(kind, object.name), signature) }
    let name = qualified(object.name) { catalog.others(kind, $0).contains(named: signature) }
    return OtherObject.Identity(OtherObject.Key(kind, name), signature)
  }

  func signature(
    _ kind: ObjectKind,
    _ arguments: [TypeName],
    _ accessMethod: String?,
    _ user: RoleReference? = nil
  ) -> [String] {
    switch kind {
    case .userMapping: [user.map { "\($0)" } ?? ""]
    case .operatorClass, .operatorFamily: [accessMethod ?? "btree"]
    case .aggregate, .operator, .cast, .transform: arguments.map { resolved($0).withoutModifiers.sql }
    default: []
    }
  }

  /// Whether PostgreSQL may have the object itself.
  func isBuiltIn(_ identity: OtherObject.Identity, _ object: ObjectReference) -> Bool {
    let name = object.name
    if name.schema == "pg_catalog" { return true }
    switch identity.key.kind {
    case .operator:
      // Which operands PostgreSQL's own operators take is not known here.
      return BuiltInNames.operators.contains(Substring(name.name))
    case .cast: return object.arguments?.allSatisfy(\.name.isBuiltInType) == true && Set(identity.signature).count > 1
    case .language: return BuiltInNames.languages.contains(Substring(name.name))
    case .accessMethod: return BuiltInNames.accessMethods.contains(Substring(name.name))
    case .operatorClass, .operatorFamily: return name.name.hasSuffix("_ops")
    case .collation: return name.isSystemCollation
    case .textSearchConfiguration, .textSearchDictionary, .textSearchParser, .textSearchTemplate:
      return BuiltInNames.isTextSearch(name.name)
    case .conversion: return name.name.contains("_to_")
    case .tablespace: return true
    default: return false
    }
  }
}

extension ObjectKind {
  /// Whether a relation is of the kind.
  func includes(_ kind: RelationKind) -> Bool {
    switch self {
    case .table: kind == .table || kind == .partitionedTable
    case .foreignTable: kind == .foreignTable
    case .view: kind == .view
    case .materializedView: kind == .materializedView
    case .index: kind == .index
    case .sequence: kind == .sequence
    case .type: kind == .compositeType
    default: true
    }
  }

  /// Whether such objects are in a schema.
  var isInSchema: Bool {
    switch self {
    case .aggregate, .collation, .conversion, .operator, .operatorClass, .operatorFamily, .textSearchConfiguration,
      .textSearchDictionary, .textSearchParser, .textSearchTemplate, .statistics:
      true
    default: false
    }
  }

  /// Whether it is migrations that make such objects, so that a history tells of them.
  fileprivate var isMadeByMigrations: Bool {
    switch self {
    case .role, .database, .tablespace, .subscription, .largeObject, .parameter, .extension, .userMapping: false
    default: true
    }
  }
}

extension String {
  /// Whether a schema is PostgreSQL's own.
  var isSystemSchema: Bool { hasPrefix("pg_") || self == "information_schema" }

  /// Whether a schema is one that platforms and extensions bring along, or the name is not known: a placeholder.
  fileprivate var isSchemaMadeElsewhere: Bool {
    Self.schemasMadeElsewhere.contains(self) || !isPlainName
  }

  /// Source: the documentation of Supabase, Hasura, TimescaleDB, PostGIS, pg_cron and pg_partman.
  private static let schemasMadeElsewhere: Set<String> = [
    "auth", "storage", "realtime", "extensions", "graphql", "graphql_public", "vault", "pgsodium", "pgbouncer", "net",
    "supabase_functions", "supabase_migrations", "cron", "partman", "hdb_catalog", "topology", "tiger", "tiger_data",
    "timescaledb_information", "aws_s3", "aws_commons", "drizzle", "graphile_worker", "pgmq", "dbo",
  ]
}
