import Syntax

/// Renaming of what belongs to a relation or a type.
extension Schema {
  mutating func renameColumn(_ old: String, of relation: RelationReference?, to new: String) throws(Refusal) {
    guard let relation else { return }
    let name = qualified(relation.name)
    if tables[name] == nil, kind(of: name) == nil {
      var table = Table(assumed: name)
      table.columns.append(Column(name: old, type: nil))
      put(table)
    }
    if let view = views[name] {
      try renameColumn(old, of: view, to: new)
    } else if let table = tables[name] {
      if !table.mayHave(old) { throw .isMissing }
      tables[name]?.learn(old) { _ in }
      if table.column(old)?.isInherited == true || table.ofType != nil { throw .isNeeded }
      let all = [name] + descendants(of: name)
      if all.contains(where: { tables[$0]?.column(new) != nil }) { throw .exists }
      for table in all { renameColumn(old, of: table, to: new) }
    }
  }

  private mutating func renameColumn(_ old: String, of view: View, to new: String) throws(Refusal) {
    guard let index = view.columns.firstIndex(where: { $0.name == old }) else {
      if view.knowsAllColumns { throw .isMissing }
      return
    }
    if view.columnNames.contains(new) { throw .exists }
    views[view.name]?.columns[index].name = new
    if let value = view.defaults[old] {
      views[view.name]?.defaults[old] = nil
      views[view.name]?.defaults[new] = value
    }
    for index in view.indexNames {
      if let definition = indexes[index]?.definition {
        indexes[index]?.definition = definition.renamingColumn(old, to: new)
      }
    }
    tellReaders(ofColumn: old, of: view.name, new)
  }

  private mutating func renameColumn(_ old: String, of name: QualifiedName, to new: String) {
    guard var table = tables[name] else { return }
    for index in table.columns.indices {
      if table.columns[index].name == old { table.columns[index].name = new }
      table.columns[index].generated = table.columns[index].generated?.renamingColumn(old, to: new)
    }
    for index in table.constraints.indices {
      table.constraints[index].renameColumn(old, to: new)
      if table.constraints[index].referenced == name {
        table.constraints[index].referencedColumns = table.constraints[index].referencedColumns.map {
          $0 == old ? new : $0
        }
      }
    }
    table.partitionKey = table.partitionKey.map { key in
      PartitionKey(strategy: key.strategy, elements: key.elements.map { $0.renamingColumn(old, to: new) })
    }
    for index in table.triggers.indices { table.triggers[index].renameColumn(old, to: new) }
    for index in table.policies.indices {
      // In a policy's own conditions every bare column is its table's.
      table.policies[index] = table.policies[index].mapping { $0.renamingColumn(old, to: new) }
    }
    put(table)
    for index in indexes(of: name) { indexes[index.name]?.definition = index.definition.renamingColumn(old, to: new) }
    for (statisticsName, known) in statistics where known.table == name {
      statistics[statisticsName]?.definition = known.definition.renamingColumn(old, to: new)
    }
    for sequence in sequences.values where sequence.owner.map({ $0 == (name, old) }) == true {
      sequences[sequence.name]?.owner = (name, new)
    }
    for (table, key) in foreignKeys(to: name) where table != name {
      guard let index = tables[table]?.constraints.firstIndex(where: { $0.name == key.name }) else { continue }
      tables[table]?.constraints[index].referencedColumns = key.referencedColumns.map { $0 == old ? new : $0 }
    }
    tellReaders(ofColumn: old, of: name, new)
  }

  /// Queries name the column from now on by its new name, and hand it on under the old one.
  private mutating func tellReaders(ofColumn old: String, of relation: QualifiedName, _ new: String) {
    func isMeant(_ column: ColumnReference, in scope: Rewriter.Scope) -> Bool {
      guard column.name == old, column.parts.count > 1, let alias = column.parts.dropLast().last else { return false }
      return scope.first { $0.alias == alias }?.relation?.name == relation
    }
    let rewriter = Rewriter(
      expression: { expression, scope in
        guard case .column(let column) = expression, isMeant(column, in: scope) else { return expression }
        return .column(ColumnReference(parts: column.parts.dropLast() + [new], offset: column.offset))
      },
      targets: { targets, select in
        let scope = select.from.flatMap(\.relations).map { Rewriter.Source($0) }
        return targets.map { target in
          guard target.name == nil, case .column(let column) = target.expression, isMeant(column, in: scope) else {
            return target
          }
          return Select.Target(name: old, expression: target.expression)
        }
      }
    )
    let concerns = { (expression: Expression) -> Bool in if case .subquery = expression { true } else { false } }
    rewriteDefinitions(DefinitionChange(concerns: concerns, rewriter: rewriter))
  }

  mutating func renameConstraint(_ old: String, of relation: RelationReference?, to new: String) throws(Refusal) {
    guard let relation else { return }
    let name = qualified(relation.name)
    guard let table = tables[name] else { return }
    guard let constraint = table.constraint(old) else {
      if table.isFullyKnown { throw .isMissing }
      return
    }
    if table.constraint(new) != nil { throw .exists }
    if constraint.isInherited, constraint.condition != nil { throw .isNeeded }
    if constraint.index != nil, hasRelation(QualifiedName(schema: name.schema, new)) { throw .exists }
    for table in [name] + (constraint.condition == nil ? [] : descendants(of: name)) {
      renameConstraint(old, of: table, to: new)
    }
  }

  private mutating func renameConstraint(_ old: String, of name: QualifiedName, to new: String) {
    guard var table = tables[name], let index = table.constraints.firstIndex(where: { $0.name == old }) else { return }
    let oldIndex = table.constraints[index].index
    table.constraints[index].name = new
    put(table)
    guard let oldIndex, var renamed = indexes.removeValue(forKey: oldIndex) else { return }
    renamed.name = QualifiedName(schema: oldIndex.schema, new)
    renamed.constraint = new
    indexes[renamed.name] = renamed
    tables[name]?.constraints[index].index = renamed.name
    tables[name]?.indexNames = table.indexNames.map { $0 == oldIndex ? renamed.name : $0 }
    for part in indexes.values where part.parent == oldIndex { indexes[part.name]?.parent = renamed.name }
  }

  mutating func renameAttribute(_ old: String, of relation: RelationReference?, to new: String) throws(Refusal) {
    guard let relation else { return }
    let name = qualifiedType(relation.name)
    guard case .composite(var attributes)? = types[name]?.form else { return }
    guard let index = attributes.firstIndex(where: { $0.name == old }) else { throw .isMissing }
    if attributes.contains(where: { $0.name == new }) { throw .exists }
    attributes[index].name = new
    types[name]?.form = .composite(attributes)
    // Typed tables have the type's columns.
    for table in tables.values where table.ofType == name { renameColumn(old, of: table.name, to: new) }
  }

  mutating func renamePart(_ statement: Rename) throws(Refusal) {
    guard let relation = statement.relation.map({ qualified($0.name) }) else { return }
    let old = statement.object.name.name
    let new = statement.newName
    switch statement.objectKind {
    case .trigger:
      for table in [relation] + descendants(of: relation) {
        for index in tables[table]?.triggers.indices ?? 0..<0 where tables[table]?.triggers[index].name == old {
          tables[table]?.triggers[index].name = new
        }
      }
      for index in views[relation]?.triggers.indices ?? 0..<0 where views[relation]?.triggers[index].name == old {
        views[relation]?.triggers[index].name = new
      }
    case .policy:
      for (index, policy) in (tables[relation]?.policies ?? []).enumerated() where policy.name == old {
        tables[relation]?.policies[index] = policy.renamed(to: new)
      }
    default:
      for index in tables[relation]?.rules.indices ?? 0..<0 where tables[relation]?.rules[index].name == old {
        tables[relation]?.rules[index].name = new
      }
    }
  }

  mutating func renameDomainConstraint(_ statement: Rename) throws(Refusal) {
    guard let name = statement.object.relation.map(qualifiedType), case .domain(var domain)? = types[name]?.form else {
      return
    }
    guard let index = domain.checks.firstIndex(where: { $0.name == statement.object.name.name }) else {
      throw .isMissing
    }
    domain.checks[index].name = statement.newName
    types[name]?.form = .domain(domain)
  }
}

extension TableConstraint {
  fileprivate mutating func renameColumn(_ old: String, to new: String) {
    columns = columns.map { $0 == old ? new : $0 }
    func renamed(_ names: [String]) -> [String] { names.map { $0 == old ? new : $0 } }
    switch definition.kind {
    case .check(let condition, let noInherit):
      definition = definition.with(kind: .check(condition.renamingColumn(old, to: new), noInherit: noInherit))
    case .exclusion(let exclusion):
      let elements = exclusion.elements.map {
        ExclusionConstraint.Element(element: $0.element.renamingColumn(old, to: new), comparison: $0.comparison)
      }
      definition = definition.with(
        kind: .exclusion(
          ExclusionConstraint(
            method: exclusion.method,
            elements: elements,
            including: renamed(exclusion.including),
            predicate: exclusion.predicate?.renamingColumn(old, to: new)
          )
        )
      )
    case .primaryKey(let key):
      definition = definition.with(kind: .primaryKey(key.with(including: renamed(key.including))))
    case .unique(let key): definition = definition.with(kind: .unique(key.with(including: renamed(key.including))))
    default: break
    }
  }
}

extension KeyConstraint {
  fileprivate func with(including: [String]) -> KeyConstraint {
    KeyConstraint(
      columns: columns,
      including: including,
      existingIndex: existingIndex,
      nullsNotDistinct: nullsNotDistinct,
      options: options,
      tablespace: tablespace
    )
  }
}

extension Trigger {
  fileprivate mutating func renameColumn(_ old: String, to new: String) {
    guard reads(old) else { return }
    definition = definition.with(
      columns: definition.columns.map { $0 == old ? new : $0 },
      condition: definition.condition?.renamingColumn(old, to: new)
    )
  }
}

extension CreateStatistics {
  fileprivate func renamingColumn(_ old: String, to new: String) -> CreateStatistics {
    CreateStatistics(
      name: name,
      kinds: kinds,
      elements: elements.map { $0.renamingColumn(old, to: new) },
      relations: relations,
      ifNotExists: ifNotExists
    )
  }
}
