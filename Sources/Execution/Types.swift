import Catalog
import Syntax

extension Execution {
  mutating func perform(_ statement: AlterEnum) throws(SQLError) {
    let name = database.qualifiedType(statement.name)
    guard case .enumeration(let values)? = catalog.types[name]?.form else { return }
    catalog.types[name]?.form = .enumeration(try statement.action.applied(to: values))
    if case .renameValue(let old, let new) = statement.action { renameValue(old, of: name, to: new) }
  }

  mutating func createType(_ name: QualifiedName, _ form: UserType.Form) throws(SQLError) {
    let name = QualifiedName(schema: name.schema ?? database.session.creationSchema, name.name)
    if let old = catalog.types[name] {
      // `CREATE TYPE name` alone announces a base type.
      guard case .other(let definition) = old.form, definition?.options.isEmpty == true else { throw .duplicateObject }
    }
    if catalog.isKnown(name) { throw .duplicateObject }
    catalog.types[name] = UserType(name: name, form: form, createdIn: catalog.currentMigration)
  }

  /// ALTER TYPE of a composite type; tables OF the type change with it.
  mutating func alterCompositeType(_ statement: AlterTable) throws(SQLError) {
    catalog.refreshDependencies()
    let name = database.qualifiedType(statement.relation.name)
    let tables = catalog.typedTables(of: name)
    lock(tables, .accessExclusive)
    let actions = statement.actions.enumerated().sorted {
      ($0.element.kind.pass, $0.offset) < ($1.element.kind.pass, $1.offset)
    }
    for (position, action) in actions {
      try alterAttribute(of: name, action.kind)
      for table in tables {
        let change = TableChange(
          action: action.kind,
          position: position,
          table: table,
          family: [table],
          recurses: true,
          comesFromType: true
        )
        try perform(change)
      }
    }
  }

  private mutating func alterAttribute(of name: QualifiedName, _ action: AlterTable.ActionKind) throws(SQLError) {
    guard case .composite(var attributes)? = catalog.types[name]?.form else { return }
    switch action {
    case .addColumn(let definition, _):
      if attributes.contains(where: { $0.name == definition.name }) { throw .duplicateObject }
      if attributes.count >= ServerLimits.columns { throw .programLimitExceeded }
      attributes.append(Column(attribute: definition, in: database))
    case .dropColumn(let attribute, let ifExists, _):
      if !ifExists, !attributes.contains(where: { $0.name == attribute }) { throw .undefinedObject }
      attributes.removeAll { $0.name == attribute }
    case .setType(let attribute, let definition, _):
      let isUsed = catalog.dependents(ofType: name).tables.contains { $0.columns.contains { $0.type?.name == name } }
      if isUsed { throw .dependentObjectsStillExist }
      guard let index = attributes.firstIndex(where: { $0.name == attribute }) else { throw .undefinedObject }
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

extension AlterEnum.Action {
  fileprivate func applied(to values: [String]) throws(SQLError) -> [String] {
    var values = values
    switch self {
    case .renameValue(let old, let new):
      guard let index = values.firstIndex(of: old) else { throw .undefinedObject }
      if values.contains(new) { throw .duplicateObject }
      values[index] = new
    case .addValue(let value, let position, let ifNotExists):
      if values.contains(value) {
        if ifNotExists { return values }
        throw .duplicateObject
      }
      switch position {
      case .last: values.append(value)
      case .before(let neighbor):
        guard let index = values.firstIndex(of: neighbor) else { throw .undefinedObject }
        values.insert(value, at: index)
      case .after(let neighbor):
        guard let index = values.firstIndex(of: neighbor) else { throw .undefinedObject }
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
