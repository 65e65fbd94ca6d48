import Syntax

/// How definitions change when something that they name gets another name.
struct DefinitionChange {
  /// Whether an expression, alone, is one that changes. It decides which definitions are looked at.
  var concerns: (Expression) -> Bool
  var rewriter: Rewriter
  /// The name of a type, where it changes.
  var type: (TypeName) -> TypeName = { $0 }

  /// Of each expression for itself, wherever it stands.
  init(concerns: @escaping (Expression) -> Bool, change: @escaping (Expression) -> Expression) {
    self.concerns = concerns
    rewriter = Rewriter(expression: { expression, _ in concerns(expression) ? change(expression) : expression })
  }

  init(concerns: @escaping (Expression) -> Bool, rewriter: Rewriter) {
    self.concerns = concerns
    self.rewriter = rewriter
  }
}

extension Schema {
  /// Changes every definition that uses what gets another name.
  mutating func rewriteDefinitions(_ change: DefinitionChange) {
    for name in Array(tables.keys) { rewriteTable(name, change) }
    for name in Array(indexes.keys) where indexes[name]?.contains(where: change.concerns) == true {
      guard let definition = indexes[name]?.definition else { continue }
      indexes[name]?.definition = definition.mapping { change.rewriter.rewrite($0) }
    }
    for view in views.values { rewriteView(view, change) }
    for name in Array(types.keys) { rewriteType(name, change) }
    for (name, overloads) in functions {
      for index in overloads.indices where overloads[index].definition.sqlBody?.contains(where: change.concerns) == true
      {
        functions[name]?[index].definition = overloads[index].definition.mapping(
          types: { $0 },
          expressions: { change.rewriter.rewrite($0) },
          queries: { change.rewriter.rewrite($0) }
        )
      }
    }
  }

  private mutating func rewriteView(_ view: View, _ change: DefinitionChange) {
    let query = change.rewriter.rewrite(view.query)
    guard query != view.query else { return }
    views[view.name]?.query = query
    let dependencies = ViewDependencies(of: query, in: self)
    views[view.name]?.take(dependencies)
  }

  private mutating func rewriteTable(_ name: QualifiedName, _ change: DefinitionChange) {
    guard let table = tables[name] else { return }
    let scope = [Rewriter.Source(RelationReference(name))]
    func rewritten(_ expression: Expression?) -> Expression? {
      expression.map { $0.contains(where: change.concerns) ? change.rewriter.rewrite($0, in: scope) : $0 }
    }
    for index in table.columns.indices {
      let column = table.columns[index]
      guard column.defaultValue != nil || column.generated != nil else { continue }
      let value = rewritten(column.defaultValue)
      let generated = rewritten(column.generated)
      if value != column.defaultValue { tables[name]?.columns[index].defaultValue = value }
      if generated != column.generated { tables[name]?.columns[index].generated = generated }
    }
    for index in table.constraints.indices {
      guard case .check(let condition, let noInherit) = table.constraints[index].definition.kind,
        let changed = rewritten(condition), changed != condition
      else { continue }
      let definition = table.constraints[index].definition.with(kind: .check(changed, noInherit: noInherit))
      tables[name]?.constraints[index].definition = definition
    }
    for index in table.policies.indices where table.policies[index].contains(where: change.concerns) {
      tables[name]?.policies[index] = table.policies[index].mapping { change.rewriter.rewrite($0, in: scope) }
    }
    for index in table.triggers.indices {
      guard let condition = table.triggers[index].definition.condition, let changed = rewritten(condition),
        changed != condition
      else { continue }
      tables[name]?.triggers[index].definition = table.triggers[index].definition.with(condition: changed)
    }
    for index in table.rules.indices {
      let rule = table.rules[index].definition
      let changed = rule.mapping(
        expressions: { change.rewriter.rewrite($0) },
        queries: { change.rewriter.rewrite($0) }
      )
      if changed != rule { tables[name]?.rules[index].definition = changed }
    }
  }

  private mutating func rewriteType(_ name: QualifiedName, _ change: DefinitionChange) {
    guard case .domain(var domain)? = types[name]?.form else { return }
    domain.defaultValue = domain.defaultValue.map { change.rewriter.rewrite($0) }
    for index in domain.checks.indices {
      domain.checks[index].condition = change.rewriter.rewrite(domain.checks[index].condition)
    }
    types[name]?.form = .domain(domain)
  }

  // MARK: - Types

  /// Gives a type, or the row type of a relation, another name wherever something is declared to be of it.
  mutating func renameDeclarations(of old: QualifiedName, to new: QualifiedName) {
    func renamed(_ type: TypeName?) -> TypeName? { type?.name == old ? type?.renamed(to: new) : type }
    for (name, table) in tables where table.columns.contains(where: { $0.type?.name == old }) {
      for index in table.columns.indices { tables[name]?.columns[index].type = renamed(table.columns[index].type) }
    }
    for (name, type) in types {
      switch type.form {
      case .domain(var domain) where domain.type.name == old:
        domain.type = domain.type.renamed(to: new)
        types[name]?.form = .domain(domain)
      case .composite(var attributes) where attributes.contains(where: { $0.type?.name == old }):
        for index in attributes.indices { attributes[index].type = renamed(attributes[index].type) }
        types[name]?.form = .composite(attributes)
      default: break
      }
    }
    for (name, overloads) in functions {
      for index in overloads.indices where overloads[index].mentions(old) {
        functions[name]?[index].definition = overloads[index].definition.mapping(
          types: { $0.name == old ? $0.renamed(to: new) : $0 },
          expressions: { $0 },
          queries: { $0 }
        )
      }
    }
  }
}
