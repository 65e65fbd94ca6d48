import Catalog
import Syntax

extension Execution {
  mutating func perform(_ statement: AlterEnum) throws(SQLError) {
    let name = try requireType(statement.name) ?? database.qualifiedType(statement.name)
    guard case .enumeration(let values)? = catalog.types[name]?.form else {
      let isKnown = catalog.types.contains(name) || catalog.isKnown(name) || statement.name.isBuiltInType
      if isKnown { throw SQLError(.wrongObjectType, "\(statement.name.quotedInErrors) is not an enum") }
      if case .renameValue(let old, let new) = statement.action { breaks(.enumValueRenamed(old, of: name, to: new)) }
      return
    }
    catalog.types[name]?.form = .enumeration(try statement.action.applied(to: values))
    switch statement.action {
    case .renameValue(let old, let new):
      if existedType(name) { breaks(.enumValueRenamed(old, of: name, to: new)) }
      renameValue(old, of: name, to: new)
    case .addValue(let value, _, _): if !values.contains(value) { catalog.noteNewValue(value, of: name) }
    }
  }

  /// Whether a type was there before the migration.
  func existedType(_ name: QualifiedName) -> Bool {
    catalog.types[name].map { catalog.existed(since: $0.createdIn) } ?? true
  }

  mutating func createType(_ name: QualifiedName, _ form: UserType.Form) throws(SQLError) {
    try requireCreation(of: name)
    let name = QualifiedName(schema: name.schema ?? database.session.creationSchema, name.name)
    if let old = catalog.types[name] {
      // `CREATE TYPE name` alone announces a base type.
      guard case .other(let definition) = old.form, definition?.options.isEmpty == true else {
        throw .duplicate(.type, name)
      }
    }
    // Tables and views have a type of their name, indexes and sequences have none.
    if catalog.isKnown(name) {
      if catalog.kind(of: name) != .index, catalog.kind(of: name) != .sequence { throw .duplicate(.type, name) }
      if case .composite = form { throw .duplicate(.table, name) }
    }
    catalog.types[name] = UserType(name: name, form: form, createdIn: catalog.currentMigration)
    if case .enumeration = form { catalog.noteNewEnum(name) }
  }

  mutating func createEnum(_ statement: CreateEnum) throws(SQLError) {
    var seen = Set<String>()
    for value in statement.values {
      if value.utf8.count > 63 {
        throw SQLError(.invalidName, "invalid enum label \"\(value)\"")
      }
      if !seen.insert(value).inserted { throw SQLError(.uniqueViolation, "enum label \"\(value)\" is there twice") }
    }
    try createType(statement.name, .enumeration(statement.values))
  }

  mutating func createCompositeType(_ type: CreateCompositeType) throws(SQLError) {
    if type.attributes.count > ServerLimits.columns { throw .tooManyColumns }
    var seen = Set<String>()
    for attribute in type.attributes {
      if !seen.insert(attribute.name).inserted {
        throw SQLError(
          .duplicateColumn,
          "column \"\(attribute.name)\" specified more than once",
          about: SQLError.Object(.attribute, QualifiedName(attribute.name), of: type.name)
        )
      }
      guard let type = attribute.type, !type.isColumnType else { continue }
      _ = try requireType(type.name)
      try checkAttribute(attribute, type)
    }
    try createType(type.name, .composite(type.attributes.map { Column(attribute: $0, in: database) }))
  }

  /// A base or a range type. A base type must have been announced by `CREATE TYPE name` alone.
  ///
  /// Source: `DefineType` in `typecmds.c`.
  mutating func createBaseType(_ object: ObjectDefinition) throws(SQLError) {
    let name = QualifiedName(schema: object.name.schema ?? database.session.creationSchema, object.name.name)
    let names = Set(object.options.map(\.name))
    let isRange = names.contains("subtype")
    if let old = catalog.types[name], case .other(let definition) = old.form, definition?.options.isEmpty == true {
      if object.options.isEmpty || isRange, object.options.isEmpty { throw .duplicate(.type, name) }
    } else if !object.options.isEmpty, !isRange, catalog.types[name] == nil, !catalog.isKnown(name) {
      try requireCreation(of: object.name)
      // A function in C that returns the type may have announced it.
      let error = SQLError(.duplicateObject, "type \(object.name.quotedInErrors) does not exist")
      if catalog.tellsAllObjects { doubt(error) }
    }
    if !object.options.isEmpty, !isRange, catalog.types[name].map({ $0.isShell }) ?? true {
      for function in ["input", "output"] where !names.contains(function) {
        throw SQLError(.invalidObjectDefinition, "type \(function) function must be specified")
      }
    }
    if isRange { try checkRange(object) } else { try checkBaseType(object, name) }
    for subtype in object.options where subtype.name == "subtype" {
      if let value = subtype.value { _ = try requireType(QualifiedName(parsing: value)) }
    }
    try createType(object.name, .other(object))
    noteFunctions(of: object, usedBy: name)
  }

  /// The functions that read and write a base type's values cannot go before it.
  mutating func noteFunctions(of object: ObjectDefinition, usedBy name: QualifiedName) {
    let functions = object.options.filter { ["input", "output", "receive", "send"].contains($0.name) }
    for option in functions {
      guard let value = option.value else { continue }
      let function = database.qualifiedFunction(QualifiedName(parsing: value))
      for overload in catalog.functions[function] ?? [] where overload.mentions(name) || option.name == "input" {
        catalog.noteType(name, uses: .function(function, signature: overload.signature))
      }
    }
  }

  /// ALTER TYPE of a composite type; tables OF the type change with it.
  mutating func alterCompositeType(_ statement: AlterTable) throws(SQLError) {
    catalog.refreshDependencies()
    let name = try requireType(statement.relation.name) ?? database.qualifiedType(statement.relation.name)
    switch catalog.types[name]?.form {
    case .composite: break
    case nil:
      if catalog.isKnown(name) {
        throw SQLError(.wrongObjectType, "\(statement.relation.name.quotedInErrors) is not a composite type")
      }
    default: throw SQLError(.wrongObjectType, "\(statement.relation.name.quotedInErrors) is not a composite type")
    }
    let tables = catalog.typedTables(of: name)
    if !tables.isEmpty, !statement.actions.allSatisfy(\.cascades) { throw .typedTable(of: name) }
    lock(tables, .accessExclusive)
    let actions = statement.actions.enumerated().sorted {
      ($0.element.kind.pass, $0.offset) < ($1.element.kind.pass, $1.offset)
    }
    for (position, action) in actions {
      try alterAttribute(of: name, action.kind)
      for table in tables {
        let below = catalog.descendants(of: table)
        if case .setType = action.kind { lock(below, .accessExclusive) }
        let change = TableChange(
          action: action.kind,
          position: position,
          table: table,
          family: [table] + below,
          recurses: true,
          comesFromType: true
        )
        try perform(change)
      }
    }
  }

  private mutating func alterAttribute(of name: QualifiedName, _ action: AlterTable.ActionKind) throws(SQLError) {
    if case .dropColumn(let attribute, let ifExists, _) = action, existedType(name),
      !ifExists || catalog.hasAttribute(attribute, name)
    {
      breaks(.partGone(.attribute, attribute, of: name))
    }
    guard case .composite(var attributes)? = catalog.types[name]?.form else { return }
    switch action {
    case .addColumn(let definition, _):
      if attributes.contains(where: { $0.name == definition.name }) {
        throw .duplicate(.attribute, definition.name, of: name)
      }
      if attributes.count >= ServerLimits.columns { throw .tooManyColumns }
      attributes.append(Column(attribute: definition, in: database))
    case .dropColumn(let attribute, let ifExists, let cascades):
      guard attributes.contains(where: { $0.name == attribute }) else {
        if ifExists { break }
        throw .undefined(.attribute, attribute, of: name)
      }
      return try delete([.attribute(attribute, of: name)], cascades: cascades)
    case .setType(let attribute, let definition, _):
      guard let index = attributes.firstIndex(where: { $0.name == attribute }) else {
        throw .undefined(.attribute, attribute, of: name)
      }
      if let (column, table) = catalog.columnHolding(name, isWithin: true) {
        throw .rowTypeInUse(name, by: column, of: table)
      }
      try checkComparisons(ofField: attribute, as: definition.type, in: name)
      attributes[index] = Column(attribute: definition, in: database)
      attributes[index].name = attribute
    default: break
    }
    catalog.types[name]?.form = .composite(attributes)
  }

  /// Constants of the type are values, not texts.
  private mutating func renameValue(_ old: String, of type: QualifiedName, to new: String) {
    catalog.refreshDependencies()
    for type in [type] + catalog.domains(over: type) {
      let dependents = catalog.dependents(ofType: type)
      for table in dependents.tables {
        for (index, column) in table.columns.enumerated() where column.type?.name == type {
          guard case .constant(.string(let text))? = column.defaultValue else { continue }
          let renamed = text.renamingValue(old, to: new, isArray: column.type?.arrayDimensions != 0)
          catalog.tables[table.name]?.columns[index].defaultValue = .constant(.string(renamed))
        }
      }
      for known in dependents.types {
        guard case .domain(var domain) = known.form, domain.type.name == type,
          case .constant(.string(let text))? = domain.defaultValue
        else { continue }
        domain.defaultValue = .constant(.string(text.renamingValue(old, to: new, isArray: false)))
        catalog.types[known.name]?.form = .domain(domain)
      }
    }
    let change = DefinitionChange(concerns: { $0.casts(to: type) }) { expression in
      guard case .cast(.constant(.string(let text)), let cast) = expression else { return expression }
      let renamed = text.renamingValue(old, to: new, isArray: cast.arrayDimensions > 0)
      return .cast(.constant(.string(renamed)), to: cast)
    }
    database.rewriteDefinitions(of: catalog.dependents(ofType: type), change)
  }
}

extension Catalog {
  /// Whether a composite type has an attribute, as far as is known.
  fileprivate func hasAttribute(_ attribute: String, _ type: QualifiedName) -> Bool {
    guard case .composite(let attributes)? = types[type]?.form else { return false }
    return attributes.contains { $0.name == attribute }
  }

  /// The domains over a type, at all levels.
  func domains(over type: QualifiedName) -> [QualifiedName] {
    Walk<[QualifiedName]>.nodes(from: type) { type in
      dependents(ofType: type).types.compactMap { other in
        if case .domain(let domain) = other.form, domain.type.name == type { other.name } else { nil }
      }
    }
  }
}

extension String {
  /// The text of an enum's value, or of an array of them, after a value got another name.
  fileprivate func renamingValue(_ old: String, to new: String, isArray: Bool) -> String {
    guard isArray, hasPrefix("{"), hasSuffix("}") else { return self == old ? new : self }
    let values = dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false)
    return "{\(values.map { $0 == old ? new : String($0) }.joined(separator: ","))}"
  }
}

extension SQLError {
  /// Source: `AddEnumLabel` and `RenameEnumLabel` in `pg_enum.c`.
  fileprivate static func unknownLabel(_ label: String) -> SQLError {
    SQLError(.invalidParameterValue, "\"\(label)\" is not an existing enum label")
  }

  fileprivate static func duplicateLabel(_ label: String) -> SQLError {
    SQLError(.duplicateObject, "enum label \"\(label)\" already exists")
  }
}

extension AlterEnum.Action {
  fileprivate func applied(to values: [String]) throws(SQLError) -> [String] {
    var values = values
    switch self {
    case .renameValue(let old, let new):
      guard let index = values.firstIndex(of: old) else { throw .unknownLabel(old) }
      if values.contains(new) { throw .duplicateLabel(new) }
      values[index] = new
    case .addValue(let value, let position, let ifNotExists):
      if values.contains(value) {
        if ifNotExists { return values }
        throw .duplicateLabel(value)
      }
      switch position {
      case .last: values.append(value)
      case .before(let neighbor):
        guard let index = values.firstIndex(of: neighbor) else { throw .unknownLabel(neighbor) }
        values.insert(value, at: index)
      case .after(let neighbor):
        guard let index = values.firstIndex(of: neighbor) else { throw .unknownLabel(neighbor) }
        values.insert(value, at: index + 1)
      }
    }
    return values
  }
}

extension Column {
  /// An attribute of a composite type.
  init(attribute definition: ColumnDefinition, in database: Database) {
    self.init(name: definition.name, type: database.resolved(definition.type))
    collation = definition.collation
  }
}
