import Catalog
import Syntax

/// What PostgreSQL refuses of the definitions of types and collations.
extension Execution {
  // MARK: - Composite types

  /// Source: `CheckAttributeType` in `heap.c`, `BuildDescForRelation` in `tablecmds.c`.
  func checkAttribute(_ attribute: ColumnDefinition, _ type: TypeName) throws(SQLError) {
    if type.isSet {
      throw SQLError(.invalidTableDefinition, "column \(attribute.name.quotedInErrors) cannot be declared SETOF")
    }
    try checkShell(type)
    try checkCollation(attribute.collation, of: type)
    guard type.isBuiltIn, type.isPseudo, type.arrayDimensions == 0 else { return }
    throw SQLError(
      .invalidTableDefinition,
      "column \(attribute.name.quotedInErrors) has pseudo-type \(type.name.name)"
    )
  }

  /// A type that is announced only has no values.
  func checkShell(_ type: TypeName) throws(SQLError) {
    guard !type.isBuiltIn, catalog.types[database.qualifiedType(type.name)]?.isShell == true else { return }
    throw SQLError(
      .undefinedObject,
      "type \(type.name.quotedInErrors) is only a shell",
      about: SQLError.Object(.type, type.name)
    )
  }

  // MARK: - Base types

  /// Source: `DefineType` and `findTypeInputFunction` in `typecmds.c`.
  mutating func checkBaseType(_ object: ObjectDefinition, _ name: QualifiedName) throws(SQLError) {
    guard !object.options.isEmpty, catalog.types[name]?.isShell == true else { return }
    func value(_ option: String) -> String? { object.options.first { $0.name == option }?.value }
    try checkRepeats(in: object)
    let storage = value("storage")
    if let storage, !Self.storages.contains(storage.lowercased()) {
      throw SQLError(.invalidParameterValue, "storage \(storage.quotedInErrors) not recognized")
    }
    for option in ["input", "receive"] {
      guard let function = value(option).map({ QualifiedName(parsing: $0) }) else { continue }
      guard catalog.functions[database.qualifiedFunction(function)] == nil else { continue }
      // PostgreSQL's own return types of its own.
      if function.isBuiltInFunction {
        throw SQLError(
          .invalidObjectDefinition,
          "type \(option) function \(function.name) must return type \(name.quotedInErrors)",
          about: SQLError.Object(.type, name)
        )
      }
      _ = try requireRoutine(ObjectReference(name: function, arguments: nil), .function)
    }
    if let length = value("internallength").flatMap({ Int($0) }), length > 0, let storage,
      storage.lowercased() != "plain"
    {
      throw SQLError(.invalidObjectDefinition, "fixed-size types must have storage PLAIN")
    }
  }

  private static let storages: Set<String> = ["plain", "external", "extended", "main"]

  /// ALTER TYPE … SET of a base type.
  ///
  /// Source: `AlterType` in `typecmds.c`.
  mutating func alterBaseType(_ object: ObjectDefinition, _ name: QualifiedName) throws(SQLError) {
    func storage(_ options: [Option]) -> String? { options.last { $0.name == "storage" }?.value?.lowercased() }
    if case .composite? = catalog.types[name]?.form, storage(object.options) == "plain" {
      throw SQLError(.invalidObjectDefinition, "cannot change type's storage to PLAIN")
    }
    guard case .other(let definition)? = catalog.types[name]?.form, let definition,
      !definition.options.contains(where: { $0.name == "subtype" })
    else {
      throw SQLError(.wrongObjectType, "\(name.name) is not a base type", about: SQLError.Object(.type, name))
    }
    for option in object.options where !Self.alterable.contains(option.name) {
      throw SQLError(.syntaxError, "type attribute \(option.name.quotedInErrors) not recognized")
    }
    let isStoredOutside = storage(definition.options).map { $0 != "plain" } ?? false
    if isStoredOutside, storage(object.options) == "plain" {
      throw SQLError(.invalidObjectDefinition, "cannot change type's storage to PLAIN")
    }
    noteFunctions(of: object, usedBy: name)
  }

  private static let alterable: Set<String> = [
    "storage", "receive", "send", "typmod_in", "typmod_out", "analyze", "subscript",
  ]

  // MARK: - Range types

  /// Source: `DefineRange` in `typecmds.c`.
  func checkRange(_ object: ObjectDefinition) throws(SQLError) {
    for option in object.options where !Self.rangeOptions.contains(option.name) {
      throw SQLError(.syntaxError, "type attribute \(option.name.quotedInErrors) not recognized")
    }
    try checkRepeats(in: object)
    func value(_ option: String) -> String? { object.options.first { $0.name == option }?.value }
    let name = QualifiedName(schema: object.name.schema ?? database.session.creationSchema, object.name.name)
    if value("canonical") != nil, catalog.types[name] == nil {
      throw SQLError(
        .invalidObjectDefinition,
        "cannot specify a canonical function without a pre-created shell type"
      )
    }
    guard let text = value("subtype") else { return }
    let subtype = TypeName(QualifiedName(parsing: text))
    try checkShell(subtype)
    guard subtype.isBuiltIn else { return }
    if value("subtype_opclass") == nil, database.isIndexable(subtype, by: "btree") == false {
      throw SQLError(
        .undefinedObject,
        "data type \(subtype.sql) has no default operator class for access method \"btree\""
      )
    }
    if value("collation") != nil, subtype.name.hasNoCollation {
      throw SQLError(
        .wrongObjectType,
        "range collation specified but subtype does not support collation"
      )
    }
  }

  private static let rangeOptions: Set<String> = [
    "subtype", "subtype_opclass", "collation", "canonical", "subtype_diff", "multirange_type_name",
  ]

  private func checkRepeats(in object: ObjectDefinition) throws(SQLError) {
    var seen: Set<String> = []
    for option in object.options where !seen.insert(option.name).inserted {
      throw SQLError(.syntaxError, "conflicting or redundant options")
    }
  }

  // MARK: - Collations

  /// Source: `DefineCollation` in `collationcmds.c`.
  func checkCollation(_ object: ObjectDefinition) throws(SQLError) {
    for option in object.options where !Self.collationOptions.contains(option.name) {
      throw SQLError(.syntaxError, "collation attribute \(option.name.quotedInErrors) not recognized")
    }
    try checkRepeats(in: object)
    func value(_ option: String) -> String? { object.options.first { $0.name == option }?.value }
    let parts = ["lc_collate", "lc_ctype"].filter { value($0) != nil }
    if value("locale") != nil, !parts.isEmpty || value("from") != nil {
      throw SQLError(.syntaxError, "conflicting or redundant options")
    }
    if value("from") != nil { return }
    let provider = value("provider")?.lowercased() ?? "libc"
    let isBuiltin = provider == "builtin" && version >= 17
    if !["libc", "icu"].contains(provider), !isBuiltin {
      throw SQLError(.invalidObjectDefinition, "unrecognized collation provider: \(provider)")
    }
    func missing(_ parameter: String) -> SQLError {
      SQLError(.invalidObjectDefinition, "parameter \(parameter.quotedInErrors) must be specified")
    }
    if value("locale") == nil {
      if provider != "libc", version >= 16 || provider == "icu" && parts.isEmpty { throw missing("locale") }
      if provider == "libc", let missingPart = ["lc_collate", "lc_ctype"].first(where: { value($0) == nil }) {
        throw missing(missingPart)
      }
    }
    if provider != "icu", ["false", "off", "0"].contains(value("deterministic")?.lowercased() ?? "") {
      throw SQLError(
        .featureNotSupported,
        "nondeterministic collations not supported with this provider"
      )
    }
  }

  private static let collationOptions: Set<String> = [
    "from", "locale", "lc_collate", "lc_ctype", "provider", "deterministic", "rules", "version",
  ]
}
