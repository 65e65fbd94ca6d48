import Syntax

extension Schema {
  mutating func rename(_ statement: Rename) throws(Refusal) {
    let new = statement.newName
    switch statement.objectKind {
    case .table, .foreignTable, .index, .view, .materializedView, .sequence:
      let old = qualified(statement.object.name)
      try renameRelation(old, to: QualifiedName(schema: old.schema, new), ifExists: statement.ifExists)
    case .column: renameColumn(statement.object.name.name, of: statement.relation, to: new)
    case .constraint: renameConstraint(statement.object.name.name, of: statement.relation, to: new)
    case .attribute: renameAttribute(statement.object.name.name, of: statement.relation, to: new)
    case .trigger, .policy, .rule: renamePart(statement)
    case .type, .domain: renameType(qualifiedType(statement.object.name), to: new)
    case .domainConstraint: renameDomainConstraint(statement)
    case .schema: renameSchema(statement.object.name.name, to: new)
    case .function, .procedure, .routine, .aggregate:
      let old = qualifiedFunction(statement.object.name)
      functions[QualifiedName(schema: old.schema, new)] = functions.removeValue(forKey: old)
    default: break
    }
  }

  mutating func move(_ statement: SetSchema) throws(Refusal) {
    switch statement.objectKind {
    case .table, .foreignTable, .view, .materializedView, .sequence:
      let old = qualified(statement.object.name)
      let owned =
        (tables[old]?.indexNames ?? views[old]?.indexNames ?? [])
        + sequences.values.filter { $0.owner?.table == old }.map(\.name)
      for name in owned {
        try renameRelation(name, to: QualifiedName(schema: statement.newSchema, name.name), ifExists: true)
      }
      try renameRelation(
        old,
        to: QualifiedName(schema: statement.newSchema, old.name),
        ifExists: statement.ifExists
      )
    case .type, .domain:
      let old = qualifiedType(statement.object.name)
      guard var type = types.removeValue(forKey: old) else { return }
      type.name = QualifiedName(schema: statement.newSchema, old.name)
      types[type.name] = type
    case .function, .procedure, .routine, .aggregate:
      let old = qualifiedFunction(statement.object.name)
      functions[QualifiedName(schema: statement.newSchema, old.name)] = functions.removeValue(forKey: old)
    default: break
    }
  }

  // MARK: - Relations

  /// Gives a relation another name or schema, and tells all that refer to it.
  private mutating func renameRelation(
    _ old: QualifiedName,
    to new: QualifiedName,
    ifExists: Bool
  ) throws(Refusal) {
    if isKnown(new) { throw .exists }
    if var table = tables.removeValue(forKey: old) {
      forgetConstraintNames(of: table)
      table.name = new
      for index in table.constraints.indices where table.constraints[index].referenced == old {
        table.constraints[index].referenced = new
      }
      put(table)
      tellOfTable(old, to: new)
    } else if var index = indexes.removeValue(forKey: old) {
      index.name = new
      indexes[new] = index
      tellOfIndex(old, to: new, of: index)
    } else if var view = views.removeValue(forKey: old) {
      view.name = new
      views[new] = view
      for index in view.indexNames { indexes[index]?.table = new }
    } else if var sequence = sequences.removeValue(forKey: old) {
      sequence.name = new
      sequences[new] = sequence
      if let owner = sequence.owner { tellOfSequence(new, owner: owner) }
    } else if !ifExists {
      put(Table(assumed: new))
    }
    for view in views.values where view.relations.contains(old) {
      views[view.name]?.relations = view.relations.map { $0 == old ? new : $0 }
    }
  }

  private mutating func tellOfTable(_ old: QualifiedName, to new: QualifiedName) {
    for index in tables[new]?.indexNames ?? [] { indexes[index]?.table = new }
    let names = { (names: [QualifiedName]) in names.map { $0 == old ? new : $0 } }
    for parent in tables[new]?.parents ?? [] {
      if let children = tables[parent]?.children { tables[parent]?.children = names(children) }
    }
    for child in tables[new]?.children ?? [] {
      if let parents = tables[child]?.parents { tables[child]?.parents = names(parents) }
    }
    for (table, key) in foreignKeys(to: old) {
      guard let index = tables[table]?.constraints.firstIndex(where: { $0.name == key.name }) else { continue }
      tables[table]?.constraints[index].referenced = new
      referencingTables[new, default: []].append(table)
    }
    for sequence in sequences.values {
      if let owner = sequence.owner, owner.table == old { sequences[sequence.name]?.owner = (new, owner.column) }
    }
  }

  /// An index and the constraint that it backs bear one name.
  private mutating func tellOfIndex(_ old: QualifiedName, to new: QualifiedName, of index: Index) {
    let names = { (names: [QualifiedName]) in names.map { $0 == old ? new : $0 } }
    if let list = tables[index.table]?.indexNames { tables[index.table]?.indexNames = names(list) }
    if let list = views[index.table]?.indexNames { views[index.table]?.indexNames = names(list) }
    for part in indexes.values where part.parent == old { indexes[part.name]?.parent = new }
    guard let constraint = index.constraint, var table = tables[index.table],
      let position = table.constraints.firstIndex(where: { $0.name == constraint })
    else { return }
    table.constraints[position].name = new.name
    table.constraints[position].index = new
    indexes[new]?.constraint = new.name
    put(table)
  }

  private mutating func tellOfSequence(_ new: QualifiedName, owner: (table: QualifiedName, column: String)) {
    guard let column = tables[owner.table]?.column(owner.column), column.identity == nil,
      case .call(let call)? = column.defaultValue, call.name.name == "nextval"
    else { return }
    tables[owner.table]?.update(owner.column) { $0.defaultValue = .nextValue(of: new) }
  }

  // MARK: - Parts of relations

  private mutating func renameColumn(_ old: String, of relation: RelationReference?, to new: String) {
    guard let relation else { return }
    let name = qualified(relation.name)
    if tables[name] == nil, kind(of: name) == nil {
      var table = Table(assumed: name)
      table.columns.append(Column(name: old, type: nil))
      put(table)
    }
    if let index = views[name]?.columnNames.firstIndex(of: old) { views[name]?.columnNames[index] = new }
    for table in [name] + descendants(of: name) { renameColumn(old, of: table, to: new) }
    for (table, key) in foreignKeys(to: name) {
      guard let index = tables[table]?.constraints.firstIndex(where: { $0.name == key.name }) else { continue }
      tables[table]?.constraints[index].referencedColumns = key.referencedColumns.map { $0 == old ? new : $0 }
    }
    for view in views.values where view.relations.contains(name) && view.mentionedColumns?.contains(old) == true {
      views[view.name]?.mentionedColumns?.insert(new)
    }
  }

  private mutating func renameColumn(_ old: String, of name: QualifiedName, to new: String) {
    guard var table = tables[name] else { return }
    for index in table.columns.indices {
      if table.columns[index].name == old { table.columns[index].name = new }
      table.columns[index].generated = table.columns[index].generated?.renamingColumn(old, to: new)
    }
    for index in table.constraints.indices where table.constraints[index].columns.contains(old) {
      table.constraints[index].renameColumn(old, to: new)
    }
    if let key = table.partitionKey {
      table.partitionKey = PartitionKey(
        strategy: key.strategy,
        elements: key.elements.map { $0.renamingColumn(old, to: new) }
      )
    }
    put(table)
    for index in indexes(of: name) { indexes[index.name]?.definition = index.definition.renamingColumn(old, to: new) }
    for sequence in sequences.values where sequence.owner.map({ $0 == (name, old) }) == true {
      sequences[sequence.name]?.owner = (name, new)
    }
  }

  private mutating func renameConstraint(_ old: String, of relation: RelationReference?, to new: String) {
    guard let relation else { return }
    let name = qualified(relation.name)
    for table in [name] + descendants(of: name) {
      guard var changed = tables[table], let index = changed.constraints.firstIndex(where: { $0.name == old }) else {
        continue
      }
      let isOwn = table == name
      guard isOwn || changed.constraints[index].isInherited else { continue }
      let oldIndex = changed.constraints[index].index
      changed.constraints[index].name = new
      put(changed)
      guard isOwn, let oldIndex, var renamed = indexes.removeValue(forKey: oldIndex) else { continue }
      renamed.name = QualifiedName(schema: oldIndex.schema, new)
      renamed.constraint = new
      indexes[renamed.name] = renamed
      tables[table]?.constraints[index].index = renamed.name
      tables[table]?.indexNames = changed.indexNames.map { $0 == oldIndex ? renamed.name : $0 }
    }
  }

  private mutating func renameAttribute(_ old: String, of relation: RelationReference?, to new: String) {
    guard let relation else { return }
    let name = qualifiedType(relation.name)
    guard case .composite(var attributes)? = types[name]?.form else { return }
    for index in attributes.indices where attributes[index].name == old { attributes[index].name = new }
    types[name]?.form = .composite(attributes)
  }

  private mutating func renamePart(_ statement: Rename) {
    guard let relation = statement.relation.map({ qualified($0.name) }), var table = tables[relation] else { return }
    let old = statement.object.name.name
    switch statement.objectKind {
    case .trigger:
      for index in table.triggers.indices where table.triggers[index].name == old {
        table.triggers[index].name = statement.newName
      }
    case .policy:
      for index in table.policies.indices where table.policies[index].name == old {
        table.policies[index] = table.policies[index].renamed(to: statement.newName)
      }
    default: return
    }
    tables[relation] = table
  }

  // MARK: - Types and schemas

  private mutating func renameType(_ old: QualifiedName, to new: String) {
    guard var type = types.removeValue(forKey: old) else { return }
    type.name = QualifiedName(schema: old.schema, new)
    types[type.name] = type
    for table in tables.values {
      for column in table.columns {
        guard let columnType = column.type, located(columnType.name, where: { $0 == old }) == old else { continue }
        tables[table.name]?.update(column.name) { $0.type = columnType.renamed(to: type.name) }
      }
    }
  }

  private mutating func renameDomainConstraint(_ statement: Rename) {
    guard let name = statement.object.relation.map(qualifiedType), case .domain(var domain)? = types[name]?.form else {
      return
    }
    for index in domain.checks.indices where domain.checks[index].name == statement.object.name.name {
      domain.checks[index].name = statement.newName
    }
    types[name]?.form = .domain(domain)
  }

  private mutating func renameSchema(_ old: String, to new: String) {
    schemas.remove(old)
    schemas.insert(new)
    for names in [Array(tables.keys), Array(views.keys), Array(indexes.keys), Array(sequences.keys)] {
      for name in names where name.schema == old {
        try? renameRelation(name, to: QualifiedName(schema: new, name.name), ifExists: true)
      }
    }
    for name in types.keys where name.schema == old {
      guard var type = types.removeValue(forKey: name) else { continue }
      type.name = QualifiedName(schema: new, name.name)
      types[type.name] = type
    }
    for name in functions.keys where name.schema == old {
      functions[QualifiedName(schema: new, name.name)] = functions.removeValue(forKey: name)
    }
  }
}

extension TableConstraint {
  fileprivate mutating func renameColumn(_ old: String, to new: String) {
    columns = columns.map { $0 == old ? new : $0 }
    guard case .check(let condition, let noInherit) = definition.kind else { return }
    definition = Constraint(
      name: definition.name,
      kind: .check(condition.renamingColumn(old, to: new), noInherit: noInherit),
      isDeferrable: definition.isDeferrable,
      isInitiallyDeferred: definition.isInitiallyDeferred,
      isNotValid: definition.isNotValid
    )
  }
}

extension CreateIndex {
  fileprivate func renamingColumn(_ old: String, to new: String) -> CreateIndex {
    CreateIndex(
      name: name,
      relation: relation,
      method: method,
      elements: elements.map { $0.renamingColumn(old, to: new) },
      including: including.map { $0 == old ? new : $0 },
      predicate: predicate?.renamingColumn(old, to: new),
      isUnique: isUnique,
      nullsNotDistinct: nullsNotDistinct,
      isConcurrent: isConcurrent,
      ifNotExists: ifNotExists,
      options: options,
      tablespace: tablespace
    )
  }
}

extension IndexElement {
  fileprivate func renamingColumn(_ old: String, to new: String) -> IndexElement {
    let key: Key =
      switch key {
      case .column(let name): .column(name == old ? new : name)
      case .expression(let expression): .expression(expression.renamingColumn(old, to: new))
      }
    return IndexElement(
      key: key,
      collation: collation,
      operatorClass: operatorClass,
      direction: direction,
      nulls: nulls
    )
  }
}

extension CreatePolicy {
  fileprivate func renamed(to name: String) -> CreatePolicy {
    CreatePolicy(
      name: name,
      relation: relation,
      command: command,
      isPermissive: isPermissive,
      roles: roles,
      using: using,
      withCheck: withCheck
    )
  }
}
