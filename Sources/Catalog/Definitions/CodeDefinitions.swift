import Syntax

// Definitions of functions, and of what calls them, with parts changed.

extension CreateFunction {
  package func mapping(
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
  package func changed(by change: AlterFunction) -> CreateFunction {
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
  package func mapping(queries: (Query) -> Query) -> Statement.Kind {
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
  package func mapping(expressions: (Expression) -> Expression, queries: (Query) -> Query) -> CreateRule {
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
  package func mapping(_ change: (Expression) -> Expression) -> CreatePolicy {
    rebuilt(using: using.map(change), withCheck: withCheck.map(change))
  }

  package func renamed(to name: String) -> CreatePolicy { rebuilt(name: name, using: using, withCheck: withCheck) }

  package func changed(by change: AlterPolicy) -> CreatePolicy {
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
  package func with(
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
