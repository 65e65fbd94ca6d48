import Catalog
import Syntax

extension Execution {
  // MARK: - Schemas, extensions

  mutating func perform(_ statement: CreateSchema) throws(SQLError) {
    let owner: String? = if case .named(let role)? = statement.owner { role } else { nil }
    guard let name = statement.name ?? owner else { return }
    if let owner = statement.owner {
      try requireRole(owner)
      noteUse(of: [owner])
    }
    if statement.ifNotExists, !statement.elements.isEmpty {
      throw SQLError(.featureNotSupported, "CREATE SCHEMA IF NOT EXISTS cannot include schema elements")
    }
    if name.hasPrefix("pg_") { throw .reservedSchema(name) }
    if catalog.schemas.contains(name) || name == "information_schema" {
      if statement.ifNotExists { return }
      throw .duplicate(.schema, name)
    }
    catalog.schemas.insert(name)
    if let owner = statement.owner { noteOwner(owner, of: ObjectReference(name: QualifiedName(name)), .schema) }
    database.session.search(name)
    // PostgreSQL makes what others need first: tables, then views, then indexes, triggers and privileges.
    let before = catalog
    for element in statement.elements.sorted(by: { $0.rankInSchema < $1.rankInSchema }) {
      if element.createsTemporary { throw .temporaryInSchema }
      if let other = element.schemaOfCreation, other != name {
        throw SQLError(
          .invalidSchemaDefinition,
          "CREATE specifies a schema (\(other)) different from the one being created (\(name))"
        )
      }
      try runPart(element)
    }
    if !statement.elements.isEmpty { forgetRelations(madeSince: before) }
    database.session.stopSearching(name)
  }

  mutating func perform(_ statement: CreateExtension) throws(SQLError) {
    // PL/pgSQL is in every new database.
    if catalog.extensions[statement.name] != nil || statement.name == "plpgsql" {
      if statement.ifNotExists { return }
      throw .duplicate(.extension, statement.name)
    }
    if let schema = statement.schema { try requireSchema(schema) }
    catalog.extensions[statement.name] = Extension(
      // Its objects go where a new table would.
      schema: statement.schema ?? (database.session.creationSchema == "public" ? nil : database.session.creationSchema),
      createdIn: catalog.currentMigration
    )
  }

  // MARK: - Owners

  /// Source: `ATExecChangeOwner`; parts of relations change owners with them.
  mutating func perform(_ change: ChangeOwner) throws(SQLError) {
    switch change.objectKind {
    case .table, .view, .materializedView, .sequence:
      let name = try requireRelation(change.object.name)
      assume(name, is: change.objectKind)
      lock(name, .accessExclusive)
    default: try requireObject(change.object, change.objectKind)
    }
    try requireRole(change.newOwner)
    noteOwner(change.newOwner, of: change.object, change.objectKind)
  }

  /// An object of any kind that a statement names.
  mutating func requireObject(_ object: ObjectReference, _ kind: ObjectKind) throws(SQLError) {
    switch kind {
    case .table, .foreignTable, .view, .materializedView, .index, .sequence:
      _ = try requireRelation(object.name, ofKind: kind)
    case .column, .constraint, .trigger, .policy, .rule: try requirePart(object, kind)
    case .type, .domain: _ = try requireType(object.name, as: kind)
    case .domainConstraint: try requireDomainConstraint(object)
    case .function, .procedure, .routine, .aggregate: _ = try requireRoutine(object, kind)
    case .schema: try requireSchema(object.name.name)
    case .statistics:
      if !catalog.statistics.contains(database.qualifiedStatistics(object.name)) {
        try requireStatistics(object.name)
      }
    case .role: try requireRole(.named(object.name.name))
    case .extension, .database, .tablespace, .subscription, .largeObject, .parameter, .attribute, .defaultPrivileges,
      .userMapping:
      break
    default: _ = try requireOther(object, kind)
    }
  }

  private mutating func requireDomainConstraint(_ object: ObjectReference) throws(SQLError) {
    guard let given = object.relation, let name = try requireType(given, as: .domain),
      case .domain(let domain)? = catalog.types[name]?.form
    else { return }
    if domain.checks.contains(named: object.name.name) { return }
    throw .undefinedCheck(object.name.name, ofDomain: name)
  }

  // MARK: - Others

  mutating func perform(_ object: ObjectDefinition) throws(SQLError) {
    if object.objectKind == .type { return try createBaseType(object) }
    let kind = object.objectKind
    if kind.isInSchema { try requireCreation(of: object.name) }
    let name =
      kind.isInSchema
      ? QualifiedName(schema: object.name.schema ?? database.session.creationSchema, object.name.name) : object.name
    let signature = database.signature(kind, object.arguments, object.accessMethod, object.user)
    let identity = OtherObject.Identity(OtherObject.Key(kind, kind == .cast ? QualifiedName("") : name), signature)
    if catalog.other(identity) != nil || kind == .aggregate && catalog.functions[name]?[named: signature] != nil {
      if object.ifNotExists { return }
      if object.options.contains(where: { $0.name == "replace" }) { return }
      throw duplicate(identity, object)
    }
    try checkParameters(of: object)
    let uses = try check(object)
    catalog.addOther(
      kind,
      identity.key.name,
      signature,
      object,
      uses: uses,
      searchPath: database.session.searchPath
    )
  }

  private func duplicate(_ identity: OtherObject.Identity, _ object: ObjectDefinition) -> SQLError {
    let about = SQLError.Object(object.objectKind, object.name)
    switch object.objectKind {
    case .aggregate:
      return SQLError(
        .duplicateFunction,
        "function \"\(object.name.name)\" already exists with same argument types",
        about: about
      )
    case .operator:
      return SQLError(.duplicateFunction, "operator \(object.name.name) already exists", about: about)
    case .cast:
      return SQLError(.duplicateObject, "\(identity) already exists".replacingFirst("cast from", "cast from type"))
    case .textSearchConfiguration, .textSearchDictionary, .textSearchParser, .textSearchTemplate:
      // Nothing looks whether the name is taken before the index does.
      return SQLError(
        .uniqueViolation,
        "duplicate key value violates unique constraint: \(identity) already exists",
        about: about
      )
    default: return .duplicate(object.objectKind, object.name)
    }
  }

  /// Looks for what the definition names; the history's own objects among them are those that it depends on.
  private mutating func check(_ object: ObjectDefinition) throws(SQLError) -> [ObjectAddress] {
    var uses: [ObjectAddress] = []
    for type in object.arguments where !(object.objectKind == .aggregate && type.name.name == "any") {
      if let name = try requireType(type.name) { uses.append(.type(name)) }
    }
    for option in object.options {
      guard let value = option.value, option.namespace == nil else {
        continue
      }
      if OtherObject.functionOptions[object.objectKind]?.contains(option.name.lowercased()) == true {
        uses += try function(QualifiedName(parsing: value))
      } else if object.objectKind == .aggregate, ["stype", "stype1", "mstype"].contains(option.name.lowercased()) {
        if let name = try requireType(QualifiedName(parsing: value)) { uses.append(.type(name)) }
      }
    }
    switch object.objectKind {
    case .foreignDataWrapper, .foreignServer, .userMapping:
      try checkNewOptions(object.options)
      uses += try foreignObject(usedBy: object)
    case .eventTrigger:
      try checkEventTrigger(object)
      catalog.hasEventTriggers = true
    case .collation:
      try checkCollation(object)
      if let source = object.options.first(where: { $0.name == "from" })?.value {
        if source == "default" { throw SQLError(.invalidObjectDefinition, "collation \"default\" cannot be copied") }
        try requireCollation(source)
      }
    case .operatorClass, .operatorFamily:
      if let method = object.accessMethod { try requireOther(named: method, .accessMethod) }
      try checkMembers(ofNew: object)
    case .transform: try requireOther(named: object.name.name, .language)
    default: break
    }
    return uses
  }

  /// All of the history's functions of a name; an unknown one is refused.
  private mutating func function(_ name: QualifiedName) throws(SQLError) -> [ObjectAddress] {
    let full = database.qualifiedFunction(name)
    if let overloads = catalog.functions[full] { return overloads.map { .function(full, signature: $0.signature) } }
    if name.isBuiltInFunction || name.name.hasSuffix("in") || name.name.hasSuffix("out") { return [] }
    let object = ObjectReference(name: name, arguments: nil)
    do {
      _ = try requireRoutine(object, .function)
    } catch {
      throw SQLError(error.state, "function \(name.displayName) does not exist", about: error.object)
    }
    return []
  }

  private mutating func requireCollation(_ text: String) throws(SQLError) {
    // The parts are not quoted here; what is not all lower case is looked up as it stands.
    guard text == text.lowercased() else { return }
    _ = try requireOther(ObjectReference(name: QualifiedName(parsing: text)), .collation)
  }

  /// Source: `CreateEventTrigger` in `event_trigger.c`.
  private func checkEventTrigger(_ trigger: ObjectDefinition) throws(SQLError) {
    let event = trigger.options.first { $0.name == "event" }?.value ?? ""
    let events = ["ddl_command_start", "ddl_command_end", "sql_drop", "table_rewrite", "login"]
    if !events.contains(event) { throw SQLError(.syntaxError, "unrecognized event name \"\(event)\"") }
    for filter in trigger.options where filter.namespace == "when" {
      if filter.name.hasPrefix("tag#") {
        throw SQLError(.syntaxError, "filter variable \"tag\" specified more than once")
      }
      if filter.name != "tag" { throw SQLError(.syntaxError, "unrecognized filter variable \"\(filter.name)\"") }
      guard let tag = filter.value?.uppercased() else { continue }
      if !EventTriggerTags.isKnown(tag) {
        throw SQLError(
          .syntaxError,
          "filter value \"\(filter.value ?? "")\" not recognized for filter variable \"tag\""
        )
      }
      if EventTriggerTags.isUnsupported(tag) {
        throw SQLError(.featureNotSupported, "event triggers are not supported for \(tag)")
      }
    }
    guard let option = trigger.options.first(where: { $0.name == "function" }), let value = option.value else { return }
    let name = QualifiedName(parsing: value)
    if let overloads = catalog.functions[database.qualifiedFunction(name)], !overloads.contains(named: []) {
      throw .undefinedRoutine(.function, name, [])
    }
    let result = catalog.functions[database.qualifiedFunction(name)]?.first { $0.signature.isEmpty }?.definition.returns
    let isWrong =
      result.map { $0.name.name != "event_trigger" } ?? (name.isBuiltInFunction && !name.name.hasSuffix("trigger"))
    if isWrong {
      throw SQLError(.invalidObjectDefinition, "function \(name.displayName) must return type event_trigger")
    }
  }

  /// ALTER of an object of which little more than the name is known.
  mutating func alter(_ object: ObjectDefinition) throws(SQLError) {
    let reference = ObjectReference(
      name: object.name,
      arguments: object.arguments.isEmpty ? nil : object.arguments,
      accessMethod: object.accessMethod
    )
    switch object.objectKind {
    case .foreignDataWrapper, .foreignServer:
      try changeOptions(object.options, of: try requireOther(reference, object.objectKind))
    case .operatorFamily: try alterMembers(of: object, try requireOther(reference, .operatorFamily))
    case .operatorClass, .operator, .collation, .eventTrigger, .textSearchDictionary, .textSearchConfiguration,
      .language:
      _ = try requireOther(reference, object.objectKind)
    case .userMapping:
      let mapping = ObjectReference(name: object.name, user: object.user)
      try changeOptions(object.options, of: try requireUserMapping(mapping))
    case .type:
      guard let name = try requireType(object.name) else { break }
      try checkShell(TypeName(object.name))
      try alterBaseType(object, name)
    default: break
    }
  }
}

/// Commands for which no event triggers fire.
///
/// Source: PostgreSQL's manual, "Event Trigger Firing Matrix".
private enum EventTriggerTags {
  static func isKnown(_ tag: String) -> Bool {
    if others.contains(tag) { return true }
    guard let space = tag.firstIndex(of: " "), ["CREATE", "ALTER", "DROP"].contains(tag[..<space]) else { return false }
    let noun = String(tag[tag.index(after: space)...])
    return ObjectKind(rawValue: noun) != nil || noun == "TABLE AS"
  }

  private static let others: Set<String> = [
    "COMMENT", "GRANT", "REVOKE", "SECURITY LABEL", "SELECT INTO", "REINDEX", "REFRESH MATERIALIZED VIEW",
    "IMPORT FOREIGN SCHEMA", "DROP OWNED", "REASSIGN OWNED", "VACUUM", "CLUSTER", "LOGIN",
  ]

  static func isUnsupported(_ tag: String) -> Bool {
    let words = tag.split(separator: " ")
    guard words.count >= 2, ["CREATE", "ALTER", "DROP"].contains(words[0]) else { return false }
    return ["DATABASE", "ROLE", "USER", "GROUP", "TABLESPACE", "EVENT"].contains(words[1])
      && tag != "\(words[0]) USER MAPPING"
  }
}

extension OtherObject {
  /// The options that name functions.
  fileprivate static let functionOptions: [ObjectKind: Set<String>] = [
    .operator: ["procedure", "function", "restrict", "join"],
    .aggregate: [
      "sfunc", "sfunc1", "finalfunc", "combinefunc", "serialfunc", "deserialfunc", "msfunc", "minvfunc", "mfinalfunc",
    ],
    .cast: ["function"], .conversion: ["function"], .eventTrigger: ["function"],
    .language: ["handler", "inline", "validator"],
  ]
}

extension String {
  fileprivate func replacingFirst(_ old: String, _ new: String) -> String {
    hasPrefix(old) ? new + dropFirst(old.count) : self
  }
}

extension Statement.Kind {
  /// Source: `transformCreateSchemaStmtElements` in `parse_utilcmd.c`.
  fileprivate var rankInSchema: Int {
    switch self {
    case .createSequence: 0
    case .createTable: 1
    case .createView: 2
    case .createIndex: 3
    case .createTrigger: 4
    default: 5
    }
  }

  /// PostgreSQL gives the elements the schema's name.
  fileprivate var createsTemporary: Bool {
    switch self {
    case .createSequence(let sequence): sequence.relation.persistence == .temporary
    case .createTable(let table): table.relation.persistence == .temporary
    case .createView(let view): view.relation.persistence == .temporary
    default: false
    }
  }

  /// The schema that an element of CREATE SCHEMA names.
  fileprivate var schemaOfCreation: String? {
    switch self {
    case .createSequence(let sequence): sequence.relation.name.schema
    case .createTable(let table): table.relation.name.schema
    case .createView(let view): view.relation.name.schema
    case .createIndex(let index): index.relation.name.schema
    case .createTrigger(let trigger): trigger.relation.name.schema
    default: nil
    }
  }
}
