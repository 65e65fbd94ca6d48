import Syntax

/// How definitions change when something that they name gets another name.
package struct DefinitionChange {
  /// Whether an expression, alone, is one that changes. It decides which definitions are looked at.
  package var concerns: (Expression) -> Bool
  package var rewriter: Rewriter
  /// The name of a type, where it changes.
  package var type: (TypeName) -> TypeName = { $0 }

  /// Of each expression for itself, wherever it stands.
  package init(concerns: @escaping (Expression) -> Bool, change: @escaping (Expression) -> Expression) {
    self.concerns = concerns
    rewriter = Rewriter(expression: { expression, _ in concerns(expression) ? change(expression) : expression })
  }

  package init(concerns: @escaping (Expression) -> Bool, rewriter: Rewriter) {
    self.concerns = concerns
    self.rewriter = rewriter
  }
}

extension Database {
  /// Changes the definitions, among those of `dependents`, that use what gets another name.
  package mutating func rewriteDefinitions(of dependents: DependentObjects, _ change: DefinitionChange) {
    for table in dependents.tables { rewrite(table, change) }
    for index in dependents.indexes where index.contains(where: change.concerns) {
      catalog.indexes[index.name]?.definition = index.definition.mapping { change.rewriter.rewrite($0) }
    }
    for view in dependents.views { rewriteView(view, change) }
    for type in dependents.types { rewriteType(type, change) }
    for (name, overloads) in dependents.functions {
      for (position, function) in overloads.enumerated()
      where function.definition.sqlBody?.contains(where: change.concerns) == true {
        catalog.functions[name]?[position].definition = function.definition.mapping(
          types: { $0 },
          expressions: { change.rewriter.rewrite($0) },
          queries: { change.rewriter.rewrite($0) }
        )
      }
    }
  }

  private mutating func rewriteView(_ view: View, _ change: DefinitionChange) {
    for index in view.rules.indices {
      catalog.views[view.name]?.rules[index].definition = view.rules[index].definition.mapping(
        expressions: { change.rewriter.rewrite($0) },
        queries: { change.rewriter.rewrite($0) }
      )
    }
    let query = change.rewriter.rewrite(view.query)
    guard query != view.query else { return }
    let dependencies = ViewDependencies(of: query, in: self)
    catalog.views[view.name]?.take(renamed: query, dependencies)
  }

  private mutating func rewrite(_ old: Table, _ change: DefinitionChange) {
    let scope = [Rewriter.Source(RelationReference(old.name))]
    func rewritten(_ expression: Expression?) -> Expression? {
      expression.map { $0.contains(where: change.concerns) ? change.rewriter.rewrite($0, in: scope) : $0 }
    }
    var table = old
    for index in table.columns.indices
    where table.columns[index].defaultValue != nil || table.columns[index].generated != nil {
      table.columns[index].defaultValue = rewritten(table.columns[index].defaultValue)
      table.columns[index].generated = rewritten(table.columns[index].generated)
    }
    for index in table.constraints.indices {
      guard case .check(let condition, let noInherit) = table.constraints[index].definition.kind,
        let changed = rewritten(condition), changed != condition
      else { continue }
      let definition = table.constraints[index].definition.with(kind: .check(changed, noInherit: noInherit))
      table.constraints[index].definition = definition
    }
    for index in table.policies.indices where table.policies[index].contains(where: change.concerns) {
      table.policies[index] = table.policies[index].mapping { change.rewriter.rewrite($0, in: scope) }
    }
    for index in table.triggers.indices {
      guard let condition = table.triggers[index].definition.condition, let changed = rewritten(condition),
        changed != condition
      else { continue }
      table.triggers[index].definition = table.triggers[index].definition.with(condition: changed)
    }
    for index in table.rules.indices {
      table.rules[index].definition = table.rules[index].definition.mapping(
        expressions: { change.rewriter.rewrite($0) },
        queries: { change.rewriter.rewrite($0) }
      )
    }
    if table != old { catalog.tables[table.name] = table }
  }

  private mutating func rewriteType(_ type: UserType, _ change: DefinitionChange) {
    guard case .domain(var domain) = type.form else { return }
    domain.defaultValue = domain.defaultValue.map { change.rewriter.rewrite($0) }
    for index in domain.checks.indices {
      domain.checks[index].condition = change.rewriter.rewrite(domain.checks[index].condition)
    }
    catalog.types[type.name]?.form = .domain(domain)
  }
}

extension Catalog {
  /// Gives a type, or the row type of a relation, another name wherever something of `dependents` is declared to be of it.
  package mutating func renameDeclarations(of dependents: DependentObjects, _ old: QualifiedName, to new: QualifiedName)
  {
    func renamed(_ type: TypeName?) -> TypeName? { type?.name == old ? type?.renamed(to: new) : type }
    for table in dependents.tables where table.columns.contains(where: { $0.type?.name == old }) {
      for index in table.columns.indices {
        tables[table.name]?.columns[index].type = renamed(table.columns[index].type)
      }
    }
    for type in dependents.types {
      switch type.form {
      case .domain(var domain) where domain.type.name == old:
        domain.type = domain.type.renamed(to: new)
        types[type.name]?.form = .domain(domain)
      case .composite(var attributes) where attributes.contains(where: { $0.type?.name == old }):
        for index in attributes.indices { attributes[index].type = renamed(attributes[index].type) }
        types[type.name]?.form = .composite(attributes)
      default: break
      }
    }
    for (name, overloads) in dependents.functions {
      for (position, function) in overloads.enumerated() where function.mentions(old) {
        functions[name]?[position].definition = function.definition.mapping(
          types: { $0.name == old ? $0.renamed(to: new) : $0 },
          expressions: { $0 },
          queries: { $0 }
        )
      }
    }
  }
}
