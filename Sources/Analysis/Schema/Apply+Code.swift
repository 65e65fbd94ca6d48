import Syntax

/// Functions, and what calls them: triggers, policies and rules.
extension Schema {
  func qualifiedFunction(_ name: QualifiedName) -> QualifiedName { located(name) { functions[$0] != nil } }

  /// The history's function that a name means; a name that is none of them stays as it is.
  func resolvedFunction(_ name: QualifiedName) -> QualifiedName {
    let found = qualifiedFunction(name)
    return functions[found] == nil ? name : found
  }

  mutating func create(_ statement: CreateFunction) throws(Refusal) {
    let name = QualifiedName(schema: statement.name.schema ?? creationSchema, statement.name.name)
    let function = Function(
      definition: resolved(statement),
      volatility: statement.volatility ?? .volatile,
      createdIn: currentMigration
    )
    guard let old = functions[name]?.firstIndex(where: { $0.signature == function.signature }) else {
      functions[name, default: []].append(function)
      return
    }
    let definition = functions[name]?[old].definition
    guard statement.replaces else { throw .exists }
    if let result = definition?.returns, let new = function.definition.returns, result.sql != new.sql {
      throw .isNeeded
    }
    if definition?.isProcedure != statement.isProcedure { throw .isWrongKind }
    functions[name]?[old].definition = function.definition
    functions[name]?[old].volatility = function.volatility
  }

  private func resolved(_ definition: CreateFunction) -> CreateFunction {
    definition.mapping(
      types: { resolved($0) },
      expressions: { resolved($0) },
      queries: { resolved($0) }
    )
  }

  mutating func alter(_ statement: AlterFunction) throws(Refusal) {
    let name = qualifiedFunction(statement.function.name)
    guard let overloads = functions[name] else { return }
    let signature = statement.function.arguments?.map { resolved($0).withoutModifiers.sql }
    let meant = overloads.indices.filter { signature == nil || overloads[$0].signature == signature }
    if meant.count > 1 { throw .isAmbiguous }
    guard let index = meant.first else { throw .isMissing }
    if let volatility = statement.volatility { functions[name]?[index].volatility = volatility }
    functions[name]?[index].definition = overloads[index].definition.changed(by: statement)
  }

  // MARK: - Triggers

  mutating func create(_ statement: CreateTrigger) throws(Refusal) {
    let name = qualified(statement.relation.name)
    var trigger = Trigger(
      definition: statement.with(function: resolvedFunction(statement.function)),
      name: statement.name
    )
    trigger.referenced = statement.referencedRelation.map { qualified($0.name) }
    if var view = views[name] {
      try replace(trigger, in: &view.triggers)
      views[name] = view
      return
    }
    if tables[name] == nil { put(Table(assumed: name)) }
    guard var table = tables[name] else { return }
    for column in statement.columns where !table.mayHave(column) { throw .isMissing }
    try replace(trigger, in: &table.triggers)
    tables[name] = table
    guard statement.isForEachRow, table.kind == .partitionedTable else { return }
    for child in table.children { shareTrigger(trigger, with: child) }
  }

  private func replace(_ trigger: Trigger, in triggers: inout [Trigger]) throws(Refusal) {
    if let index = triggers.firstIndex(where: { $0.name == trigger.name }) {
      guard trigger.definition.replaces else { throw .exists }
      triggers[index] = trigger
    } else {
      triggers.append(trigger)
    }
  }

  // MARK: - Policies and rules

  mutating func create(_ statement: CreatePolicy) throws(Refusal) {
    let name = qualified(statement.relation.name)
    if tables[name] == nil { put(Table(assumed: name)) }
    if tables[name]?.policies.contains(where: { $0.name == statement.name }) == true { throw .exists }
    let policy = statement.mapping { resolved($0, of: name) }
    tables[name]?.policies.append(policy)
  }

  mutating func alter(_ statement: AlterPolicy) throws(Refusal) {
    let name = qualified(statement.relation.name)
    guard let table = tables[name] else { return }
    guard let index = table.policies.firstIndex(where: { $0.name == statement.name }) else {
      if table.isAssumed { return }
      throw .isMissing
    }
    let policy = table.policies[index].changed(by: statement).mapping { resolved($0, of: name) }
    tables[name]?.policies[index] = policy
  }

  mutating func create(_ statement: CreateRule) throws(Refusal) {
    let name = qualified(statement.relation.name)
    // A view's own rule is its query.
    guard tables[name] != nil else { return }
    let rule = RewriteRule(
      definition: statement.mapping(expressions: { resolved($0) }, queries: { resolved($0) }),
      name: statement.name
    )
    if let index = tables[name]?.rules.firstIndex(where: { $0.name == statement.name }) {
      guard statement.replaces else { throw .exists }
      tables[name]?.rules[index] = rule
    } else {
      tables[name]?.rules.append(rule)
    }
  }
}

// MARK: - Definitions with parts changed

extension CreateFunction {
  func mapping(
    types: (TypeName) -> TypeName,
    expressions: (Expression) -> Expression,
    queries: (Query) -> Query
  ) -> CreateFunction {
    let body: SQLBody? =
      switch sqlBody {
      case .value(let expression)?: .value(expressions(expression))
      case .atomic(let statements)?: .atomic(statements.map { $0.mapping(queries: queries) })
      case nil: nil
      }
    return rebuilt(
      parameters: parameters.map {
        Parameter(
          name: $0.name,
          type: types($0.type),
          mode: $0.mode,
          defaultValue: $0.defaultValue.map(expressions)
        )
      },
      returns: returns.map(types),
      sqlBody: body
    )
  }

  /// With the attributes of ALTER FUNCTION.
  func changed(by change: AlterFunction) -> CreateFunction {
    var attributes = attributes
    var settings = settings
    var isSecurityDefiner = isSecurityDefiner
    for option in change.options {
      switch option.name {
      case "security": isSecurityDefiner = option.value == "true"
      case "set": break
      default: attributes.set([option])
      }
    }
    for setting in change.settings {
      settings.removeAll { $0.name == setting.name || setting.name == nil }
      if !setting.isReset { settings.append(setting) }
    }
    return rebuilt(attributes: attributes, settings: settings, isSecurityDefiner: isSecurityDefiner)
  }

  private func rebuilt(
    parameters: [Parameter]? = nil,
    returns: TypeName? = nil,
    sqlBody: SQLBody? = nil,
    attributes: [Option]? = nil,
    settings: [SetParameter]? = nil,
    isSecurityDefiner: Bool? = nil
  ) -> CreateFunction {
    CreateFunction(
      name: name,
      isProcedure: isProcedure,
      replaces: replaces,
      parameters: parameters ?? self.parameters,
      returns: returns ?? self.returns,
      language: language,
      volatility: volatility,
      isSecurityDefiner: isSecurityDefiner ?? self.isSecurityDefiner,
      settings: settings ?? self.settings,
      attributes: attributes ?? self.attributes,
      body: body,
      linkSymbol: linkSymbol,
      sqlBody: sqlBody ?? self.sqlBody,
      code: code
    )
  }
}

extension Statement.Kind {
  func mapping(queries: (Query) -> Query) -> Statement.Kind {
    switch self {
    case .query(let query): return .query(queries(query))
    case .dataChange(let change):
      if case .dataChange(let changed) = queries(.dataChange(change)) { return .dataChange(changed) }
      return self
    default: return self
    }
  }
}

extension CreateRule {
  func mapping(expressions: (Expression) -> Expression, queries: (Query) -> Query) -> CreateRule {
    CreateRule(
      name: name,
      event: event,
      relation: relation,
      replaces: replaces,
      isInstead: isInstead,
      condition: condition.map(expressions),
      actions: actions.map { $0.mapping(queries: queries) }
    )
  }
}

extension CreatePolicy {
  func mapping(_ change: (Expression) -> Expression) -> CreatePolicy {
    rebuilt(using: using.map(change), withCheck: withCheck.map(change))
  }

  func renamed(to name: String) -> CreatePolicy { rebuilt(name: name, using: using, withCheck: withCheck) }

  fileprivate func changed(by change: AlterPolicy) -> CreatePolicy {
    rebuilt(
      roles: change.roles.isEmpty ? roles : change.roles,
      using: change.using ?? using,
      withCheck: change.withCheck ?? withCheck
    )
  }

  private func rebuilt(
    name: String? = nil,
    roles: [RoleReference]? = nil,
    using: Expression?,
    withCheck: Expression?
  ) -> CreatePolicy {
    CreatePolicy(
      name: name ?? self.name,
      relation: relation,
      command: command,
      isPermissive: isPermissive,
      roles: roles ?? self.roles,
      using: using,
      withCheck: withCheck
    )
  }
}

extension CreateTrigger {
  func with(
    function: QualifiedName? = nil,
    columns: [String]? = nil,
    condition: Expression? = nil
  ) -> CreateTrigger {
    CreateTrigger(
      name: name,
      relation: relation,
      function: function ?? self.function,
      arguments: arguments,
      replaces: replaces,
      isConstraint: isConstraint,
      isDeferrable: isDeferrable,
      isInitiallyDeferred: isInitiallyDeferred,
      isForEachRow: isForEachRow,
      timing: timing,
      events: events,
      columns: columns ?? self.columns,
      oldTable: oldTable,
      newTable: newTable,
      condition: condition ?? self.condition,
      referencedRelation: referencedRelation
    )
  }
}
