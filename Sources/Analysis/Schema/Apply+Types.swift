import Syntax

extension Schema {
  mutating func applyToTypes(_ statement: Statement.Kind) throws(Refusal) {
    switch statement {
    case .createDomain(let domain): try create(domain)
    case .createEnum(let enumeration): try createType(enumeration.name, .enumeration(enumeration.values))
    case .createCompositeType(let type):
      try createType(type.name, .composite(type.attributes.map { Column(attribute: $0, in: self) }))
    case .alterDomain(let change): try alter(change)
    case .alterEnum(let change):
      let name = qualifiedType(change.name)
      guard case .enumeration(let values)? = types[name]?.form else { return }
      types[name]?.form = .enumeration(try change.action.applied(to: values))
      if case .renameValue(let old, let new) = change.action { renameValue(old, of: name, to: new) }
    default: break
    }
  }

  mutating func createType(_ name: QualifiedName, _ form: UserType.Form) throws(Refusal) {
    let name = QualifiedName(schema: name.schema ?? creationSchema, name.name)
    if let old = types[name] {
      // `CREATE TYPE name` alone announces a base type.
      guard case .other(let definition) = old.form, definition?.options.isEmpty == true else { throw .exists }
    }
    if isKnown(name) { throw .exists }
    types[name] = UserType(name: name, form: form, createdIn: currentMigration)
  }

  /// Constants of the type are values, not texts.
  private mutating func renameValue(_ old: String, of type: QualifiedName, to new: String) {
    for (name, table) in tables {
      for index in table.columns.indices where table.columns[index].type.map({ isBased($0, on: type) }) == true {
        guard case .constant(.string(let text))? = table.columns[index].defaultValue else { continue }
        let isArray = table.columns[index].type?.arrayDimensions != 0
        tables[name]?.columns[index].defaultValue = .constant(
          .string(text.renamingValue(old, to: new, isArray: isArray))
        )
      }
    }
    for (name, known) in types {
      guard case .domain(var domain) = known.form, isBased(domain.type, on: type),
        case .constant(.string(let text))? = domain.defaultValue
      else { continue }
      domain.defaultValue = .constant(.string(text.renamingValue(old, to: new, isArray: false)))
      types[name]?.form = .domain(domain)
    }
    rewriteDefinitions(
      DefinitionChange(concerns: { $0.casts(to: type) }) { expression in
        guard case .cast(.constant(.string(let text)), let cast) = expression else { return expression }
        let renamed = text.renamingValue(old, to: new, isArray: cast.arrayDimensions > 0)
        return .cast(.constant(.string(renamed)), to: cast)
      }
    )
  }

  /// Whether a type is another one, or a domain over it.
  private func isBased(_ type: TypeName, on base: QualifiedName) -> Bool {
    if type.name == base { return true }
    guard case .domain(let domain)? = types[type.name]?.form else { return false }
    return isBased(domain.type, on: base)
  }

  // MARK: - Domains

  private mutating func create(_ statement: CreateDomain) throws(Refusal) {
    let name = QualifiedName(schema: statement.name.schema ?? creationSchema, statement.name.name)
    var domain = Domain(
      type: resolved(statement.type),
      collation: statement.collation,
      isNotNull: false,
      checks: []
    )
    for constraint in statement.constraints {
      switch constraint.kind {
      case .notNull: domain.isNotNull = true
      case .default(let expression): domain.defaultValue = expression.isNull ? nil : resolved(expression)
      case .check: try add(constraint, to: &domain, named: name)
      default: break
      }
    }
    try createType(name, .domain(domain))
  }

  private func add(_ constraint: Constraint, to domain: inout Domain, named name: QualifiedName) throws(Refusal) {
    guard case .check(let condition, _) = constraint.kind else {
      if constraint.kind == .notNull { domain.isNotNull = true }
      return
    }
    let taken = domain.checks.map(\.name)
    if let given = constraint.name, taken.contains(given) { throw .exists }
    let checkName =
      constraint.name
      ?? GeneratedName.firstFree(name.name, nil, "check") { candidate in
        taken.contains(candidate) || constraintNames[QualifiedName(schema: name.schema, candidate)] != nil
      }
    domain.checks.append(
      Domain.Check(name: checkName, condition: resolved(condition), isValidated: !constraint.isNotValid)
    )
  }

  private mutating func alter(_ change: AlterDomain) throws(Refusal) {
    let name = qualifiedType(change.name)
    guard let type = types[name] else { return }
    guard case .domain(var domain) = type.form else { throw .isWrongKind }
    switch change.action {
    case .setDefault(let expression): domain.defaultValue = expression.isNull ? nil : resolved(expression)
    case .dropDefault: domain.defaultValue = nil
    case .setNotNull: domain.isNotNull = true
    case .dropNotNull: domain.isNotNull = false
    case .addConstraint(let constraint): try add(constraint, to: &domain, named: name)
    case .dropConstraint(let constraint, let ifExists, _):
      if !ifExists, !domain.checks.contains(where: { $0.name == constraint }) { throw .isMissing }
      domain.checks.removeAll { $0.name == constraint }
    case .validateConstraint(let constraint):
      guard let index = domain.checks.firstIndex(where: { $0.name == constraint }) else { throw .isMissing }
      domain.checks[index].isValidated = true
    }
    types[name]?.form = .domain(domain)
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
  fileprivate func applied(to values: [String]) throws(Refusal) -> [String] {
    var values = values
    switch self {
    case .renameValue(let old, let new):
      guard let index = values.firstIndex(of: old) else { throw .isMissing }
      if values.contains(new) { throw .exists }
      values[index] = new
    case .addValue(let value, let position, let ifNotExists):
      if values.contains(value) {
        if ifNotExists { return values }
        throw .exists
      }
      switch position {
      case .last: values.append(value)
      case .before(let neighbor):
        guard let index = values.firstIndex(of: neighbor) else { throw .isMissing }
        values.insert(value, at: index)
      case .after(let neighbor):
        guard let index = values.firstIndex(of: neighbor) else { throw .isMissing }
        values.insert(value, at: index + 1)
      }
    }
    return values
  }
}
