import Syntax

extension Schema {
  // MARK: - Views and tables from queries

  mutating func create(_ statement: CreateView) throws(Refusal) {
    let name = creationName(of: statement.relation)
    if isKnown(name), views[name] == nil || !statement.replaces { throw .exists }
    var view = makeView(name, query: statement.query, columnNames: statement.columnNames, isMaterialized: false)
    view.options = statement.options
    view.checkOption = statement.checkOption
    if let old = views[name] {
      view.createdIn = old.createdIn
      view.triggers = old.triggers
    }
    views[name] = view
  }

  private func makeView(
    _ name: QualifiedName,
    query: Query,
    columnNames: [String],
    isMaterialized: Bool
  ) -> View {
    let columns = columns(of: query)
    var relations: [QualifiedName] = []
    for relation in query.relations.map({ qualified($0.name) }) where !relations.contains(relation) {
      relations.append(relation)
    }
    return View(
      name: name,
      isMaterialized: isMaterialized,
      query: query,
      columnNames: columnNames + columns.names.dropFirst(columnNames.count),
      knowsAllColumns: columns.isComplete,
      definedColumnNames: columnNames,
      relations: relations,
      mentionedColumns: query.mentionedColumns,
      options: [],
      checkOption: .none,
      hasData: true,
      createdIn: currentMigration
    )
  }

  mutating func create(_ statement: CreateTableAs) throws(Refusal) {
    let name = creationName(of: statement.relation)
    if isKnown(name) {
      if statement.ifNotExists { return }
      throw .exists
    }
    if statement.isMaterializedView, let query = statement.query {
      var view = makeView(name, query: query, columnNames: statement.columnNames, isMaterialized: true)
      view.hasData = statement.withData
      views[name] = view
      return
    }
    var table = Table(
      name: name,
      kind: .table,
      persistence: statement.relation.persistence,
      createdIn: currentMigration
    )
    let columns = statement.query.map(columns) ?? QueryColumns(columns: [], isComplete: false)
    table.columns = columns.columns
    for (index, column) in statement.columnNames.enumerated() where table.columns.indices.contains(index) {
      table.columns[index].name = column
    }
    table.knowsAllColumns = columns.isComplete
    put(table)
  }

  // MARK: - On relations

  mutating func attach(_ statement: Statement.Kind) {
    switch statement {
    case .createTrigger(let trigger):
      let name = qualified(trigger.relation.name)
      for table in trigger.isForEachRow ? [name] + descendants(of: name) : [name] {
        tables[table]?.triggers.removeAll { $0.name == trigger.name }
        tables[table]?.triggers.append(Trigger(definition: trigger, name: trigger.name))
      }
      views[name]?.triggers.append(Trigger(definition: trigger, name: trigger.name))
    case .createPolicy(let policy):
      tables[qualified(policy.relation.name)]?.policies.append(policy)
    case .alterPolicy(let change):
      let name = qualified(change.relation.name)
      guard let index = tables[name]?.policies.firstIndex(where: { $0.name == change.name }),
        let old = tables[name]?.policies[index]
      else { return }
      tables[name]?.policies[index] = old.changed(by: change)
    case .createRule(let rule):
      let name = qualified(rule.relation.name)
      tables[name]?.rules.removeAll { $0.name == rule.name }
      tables[name]?.rules.append(RewriteRule(definition: rule, name: rule.name))
    default: break
    }
  }

  // MARK: - Sequences

  mutating func create(_ statement: CreateSequence) throws(Refusal) {
    let name = creationName(of: statement.relation)
    if isKnown(name) {
      if statement.ifNotExists { return }
      throw .exists
    }
    var sequence = SequenceGenerator(
      name: name,
      type: statement.type,
      options: statement.options,
      persistence: statement.relation.persistence,
      createdIn: currentMigration
    )
    if case .column(let column, let table)? = statement.ownedBy { sequence.owner = (qualified(table), column) }
    sequences[name] = sequence
  }

  mutating func alter(_ statement: AlterSequence) {
    let name = qualified(statement.relation.name)
    guard var sequence = sequences[name] else { return }
    sequence.type = statement.type ?? sequence.type
    sequence.options.removeAll { old in statement.options.contains { $0.name == old.name } }
    sequence.options += statement.options.filter { $0.name != "restart" }
    switch statement.ownedBy {
    case .column(let column, let table): sequence.owner = (qualified(table), column)
    case .some(.none): sequence.owner = nil
    case nil: break
    }
    sequences[name] = sequence
  }

  // MARK: - Types

  mutating func applyToTypes(_ statement: Statement.Kind) throws(Refusal) {
    switch statement {
    case .createDomain(let domain): try createType(domain.name, .domain(Domain(domain)))
    case .createEnum(let enumeration): try createType(enumeration.name, .enumeration(enumeration.values))
    case .createCompositeType(let type):
      try createType(type.name, .composite(type.attributes.map { Column(name: $0.name, type: $0.type) }))
    case .alterDomain(let change):
      let name = qualifiedType(change.name)
      guard case .domain(var domain)? = types[name]?.form else { return }
      domain.apply(change.action, named: name.name)
      types[name]?.form = .domain(domain)
    case .alterEnum(let change):
      let name = qualifiedType(change.name)
      guard case .enumeration(let values)? = types[name]?.form else { return }
      types[name]?.form = .enumeration(change.action.applied(to: values))
    default: break
    }
  }

  private mutating func createType(_ name: QualifiedName, _ form: UserType.Form) throws(Refusal) {
    let name = QualifiedName(schema: name.schema ?? creationSchema, name.name)
    if types[name] != nil { throw .exists }
    types[name] = UserType(name: name, form: form, createdIn: currentMigration)
  }

  mutating func create(_ object: ObjectDefinition) throws(Refusal) {
    if object.objectKind == .type { try createType(object.name, .other(object)) }
  }

  // MARK: - Functions and schemas

  func qualifiedFunction(_ name: QualifiedName) -> QualifiedName { located(name) { functions[$0] != nil } }

  mutating func create(_ statement: CreateFunction) {
    let name = QualifiedName(schema: statement.name.schema ?? creationSchema, statement.name.name)
    let function = Function(
      definition: statement,
      volatility: statement.volatility ?? .volatile,
      createdIn: currentMigration
    )
    functions[name]?.removeAll { $0.inputTypes.map(\.name) == function.inputTypes.map(\.name) }
    functions[name, default: []].append(function)
  }

  mutating func alter(_ statement: AlterFunction) {
    guard let volatility = statement.volatility else { return }
    let name = qualifiedFunction(statement.function.name)
    for index in functions[name]?.indices ?? 0..<0 {
      let types = functions[name]?[index].inputTypes.map(\.name)
      guard statement.function.arguments == nil || statement.function.arguments?.map(\.name) == types else { continue }
      functions[name]?[index].volatility = volatility
    }
  }

  mutating func create(_ statement: CreateExtension) {
    guard extensions[statement.name] == nil else { return }
    extensions[statement.name] = Extension(schema: statement.schema, createdIn: currentMigration)
  }

  mutating func create(_ statement: CreateSchema) throws(Refusal) {
    let owner: String? = if case .named(let role)? = statement.owner { role } else { nil }
    guard let name = statement.name ?? owner else { return }
    if !schemas.insert(name).inserted, !statement.ifNotExists { throw .exists }
    let path = searchPath
    searchPath = [name] + path
    for element in statement.elements { apply(element) }
    searchPath = path
  }
}

extension CreatePolicy {
  fileprivate func changed(by change: AlterPolicy) -> CreatePolicy {
    CreatePolicy(
      name: name,
      relation: relation,
      command: command,
      isPermissive: isPermissive,
      roles: change.roles.isEmpty ? roles : change.roles,
      using: change.using ?? using,
      withCheck: change.withCheck ?? withCheck
    )
  }
}

extension Domain {
  fileprivate init(_ statement: CreateDomain) {
    type = statement.type
    collation = statement.collation
    isNotNull = false
    checks = []
    for constraint in statement.constraints {
      switch constraint.kind {
      case .notNull: isNotNull = true
      case .default(let expression): defaultValue = expression
      case .check: add(constraint, domain: statement.name.name)
      default: break
      }
    }
  }

  fileprivate mutating func apply(_ action: AlterDomain.Action, named name: String) {
    switch action {
    case .setDefault(let expression): defaultValue = expression
    case .dropDefault: defaultValue = nil
    case .setNotNull: isNotNull = true
    case .dropNotNull: isNotNull = false
    case .addConstraint(let constraint): add(constraint, domain: name)
    case .dropConstraint(let constraint, _, _): checks.removeAll { $0.name == constraint }
    case .validateConstraint(let constraint):
      for index in checks.indices where checks[index].name == constraint { checks[index].isValidated = true }
    }
  }

  private mutating func add(_ constraint: Constraint, domain: String) {
    guard case .check(let condition, _) = constraint.kind else {
      if constraint.kind == .notNull { isNotNull = true }
      return
    }
    let taken = checks.map(\.name)
    let name =
      constraint.name ?? GeneratedName.firstFree(domain, nil, "check") { taken.contains($0) }
    checks.append(Check(name: name, condition: condition, isValidated: !constraint.isNotValid))
  }
}

extension AlterEnum.Action {
  fileprivate func applied(to values: [String]) -> [String] {
    var values = values
    switch self {
    case .renameValue(let old, let new):
      values = values.map { $0 == old ? new : $0 }
    case .addValue(let value, let position, _):
      guard !values.contains(value) else { return values }
      switch position {
      case .last: values.append(value)
      case .before(let neighbor): values.insert(value, at: values.firstIndex(of: neighbor) ?? values.endIndex)
      case .after(let neighbor):
        values.insert(value, at: values.firstIndex(of: neighbor).map { $0 + 1 } ?? values.endIndex)
      }
    }
    return values
  }
}
