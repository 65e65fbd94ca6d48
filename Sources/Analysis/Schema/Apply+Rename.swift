import Syntax

extension Schema {
  mutating func rename(_ statement: Rename) throws(Refusal) {
    let new = statement.newName
    switch statement.objectKind {
    case .table, .foreignTable, .index, .view, .materializedView, .sequence:
      let old = qualified(statement.object.name)
      try renameRelation(old, to: QualifiedName(schema: old.schema, new), ifExists: statement.ifExists)
    case .column: try renameColumn(statement.object.name.name, of: statement.relation, to: new)
    case .constraint: try renameConstraint(statement.object.name.name, of: statement.relation, to: new)
    case .attribute: try renameAttribute(statement.object.name.name, of: statement.relation, to: new)
    case .trigger, .policy, .rule: try renamePart(statement)
    case .type, .domain:
      let old = qualifiedType(statement.object.name)
      try renameType(old, to: QualifiedName(schema: old.schema, new))
    case .domainConstraint: try renameDomainConstraint(statement)
    case .schema: try renameSchema(statement.object.name.name, to: new)
    case .function, .procedure, .routine, .aggregate:
      try renameFunction(statement.object, to: { QualifiedName(schema: $0.schema, new) })
      renameOther(statement.objectKind, statement.object, to: new)
    case .statistics:
      let old = qualifiedStatistics(statement.object.name)
      try renameStatistics(old, to: QualifiedName(schema: old.schema, new))
    case .role:
      if roles.remove(statement.object.name.name) != nil { roles.insert(new) }
    default: renameOther(statement.objectKind, statement.object, to: new)
    }
  }

  mutating func move(_ statement: SetSchema) throws(Refusal) {
    let schema = statement.newSchema
    switch statement.objectKind {
    case .table, .foreignTable, .view, .materializedView, .sequence:
      try moveRelation(qualified(statement.object.name), to: schema, ifExists: statement.ifExists)
    case .type, .domain:
      let old = qualifiedType(statement.object.name)
      try renameType(old, to: QualifiedName(schema: schema, old.name))
    case .function, .procedure, .routine, .aggregate:
      try renameFunction(statement.object, to: { QualifiedName(schema: schema, $0.name) })
      moveOther(statement.objectKind, statement.object, to: schema)
    case .statistics:
      let old = qualifiedStatistics(statement.object.name)
      try renameStatistics(old, to: QualifiedName(schema: schema, old.name))
    case .extension: extensions[statement.object.name.name]?.schema = schema
    default: moveOther(statement.objectKind, statement.object, to: schema)
    }
  }

  // MARK: - Relations

  /// A table takes its indexes and the sequences of its columns along.
  private mutating func moveRelation(_ old: QualifiedName, to schema: String, ifExists: Bool) throws(Refusal) {
    let new = QualifiedName(schema: schema, old.name)
    if old == new { return }
    if isKnown(new) { throw .exists }
    let owned =
      (tables[old]?.indexNames ?? views[old]?.indexNames ?? [])
      + sequences.values.filter { $0.owner?.table == old }.map(\.name)
    for name in owned {
      try renameRelation(name, to: QualifiedName(schema: schema, name.name), ifExists: true)
    }
    try renameRelation(old, to: new, ifExists: ifExists)
  }

  /// Gives a relation another name or schema, and tells all that refer to it.
  private mutating func renameRelation(
    _ old: QualifiedName,
    to new: QualifiedName,
    ifExists: Bool
  ) throws(Refusal) {
    if isKnown(new) { throw .exists }
    forget(assumed: new)
    if var table = tables.removeValue(forKey: old) {
      forgetConstraintNames(of: table)
      table.name = new
      for index in table.constraints.indices where table.constraints[index].referenced == old {
        table.constraints[index].referenced = new
      }
      put(table)
      tellOfTable(old, to: new)
      tellReaders(of: old, new)
    } else if var index = indexes.removeValue(forKey: old) {
      index.name = new
      indexes[new] = index
      tellOfIndex(old, to: new, of: index)
    } else if var view = views.removeValue(forKey: old) {
      view.name = new
      views[new] = view
      for index in view.indexNames { indexes[index]?.table = new }
      tellReaders(of: old, new)
    } else if var sequence = sequences.removeValue(forKey: old) {
      sequence.name = new
      sequences[new] = sequence
      let schema = self
      rewriteDefinitions(
        DefinitionChange(concerns: { $0.names(relation: old, in: schema) }, change: { $0.naming(new) })
      )
    } else if !ifExists {
      put(Table(assumed: new))
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
      if referencingTables[new]?.contains(table) != true { referencingTables[new, default: []].append(table) }
    }
    for sequence in sequences.values {
      if let owner = sequence.owner, owner.table == old { sequences[sequence.name]?.owner = (new, owner.column) }
    }
    for (name, statistics) in statistics where statistics.table == old { self.statistics[name]?.table = new }
    for (name, table) in tables {
      for index in table.triggers.indices where table.triggers[index].referenced == old {
        tables[name]?.triggers[index].referenced = new
      }
    }
  }

  /// Queries, and whatever is declared to be of the row type, name the relation from now on by its new name.
  private mutating func tellReaders(of old: QualifiedName, _ new: QualifiedName) {
    renameDeclarations(of: old, to: new)
    let rewriter = Rewriter(
      relation: { $0.name == old ? $0.following(new) : $0 },
      expression: { expression, scope in
        switch expression {
        case .cast(_, let type) where expression.names(old) && type.name.name == "regclass": expression.naming(new)
        case .cast(let operand, let type) where type.name == old: .cast(operand, to: type.renamed(to: new))
        case .column(let column): .column(column.following(old, to: new, in: scope))
        default: expression
        }
      }
    )
    let concerns = { (expression: Expression) -> Bool in
      switch expression {
      case .subquery: true
      case .cast(_, let type): expression.names(old) || type.name == old
      default: false
      }
    }
    rewriteDefinitions(DefinitionChange(concerns: concerns, rewriter: rewriter))
  }

  /// An index and the constraint that it backs bear one name.
  private mutating func tellOfIndex(_ old: QualifiedName, to new: QualifiedName, of index: Index) {
    let names = { (names: [QualifiedName]) in names.map { $0 == old ? new : $0 } }
    if let list = tables[index.table]?.indexNames { tables[index.table]?.indexNames = names(list) }
    if let list = views[index.table]?.indexNames { views[index.table]?.indexNames = names(list) }
    if tables[index.table]?.clusterIndex == old.name { tables[index.table]?.clusterIndex = new.name }
    if tables[index.table]?.replicaIdentity == .index(old.name) {
      tables[index.table]?.replicaIdentity = .index(new.name)
    }
    for part in indexes.values where part.parent == old { indexes[part.name]?.parent = new }
    guard let constraint = index.constraint, var table = tables[index.table],
      let position = table.constraints.firstIndex(where: { $0.name == constraint })
    else { return }
    table.constraints[position].name = new.name
    table.constraints[position].index = new
    indexes[new]?.constraint = new.name
    put(table)
  }

  // MARK: - Types, functions, statistics

  private mutating func renameType(_ old: QualifiedName, to new: QualifiedName) throws(Refusal) {
    guard var type = types[old] else { return }
    if old == new { return }
    if types[new] != nil || isKnown(new) { throw .exists }
    types[old] = nil
    type.name = new
    types[new] = type
    renameDeclarations(of: old, to: new)
    rewriteDefinitions(
      DefinitionChange(concerns: { $0.casts(to: old) }) { expression in
        if case .cast(let operand, let type) = expression {
          .cast(operand, to: type.renamed(to: new))
        } else {
          expression
        }
      }
    )
  }

  private mutating func renameFunction(
    _ object: ObjectReference,
    to newName: (QualifiedName) -> QualifiedName
  ) throws(Refusal) {
    let old = qualifiedFunction(object.name)
    guard let overloads = functions[old] else { return }
    let new = newName(old)
    let signature = object.arguments.map { $0.map { resolved($0).withoutModifiers.sql } }
    let meant = overloads.filter { signature == nil || $0.signature == signature }
    if meant.count > 1 { throw .isAmbiguous }
    guard let function = meant.first else { throw .isMissing }
    if functions[new]?.contains(where: { $0.signature == function.signature }) == true { throw .exists }
    let rest = overloads.filter { $0 != function }
    functions[old] = rest.isEmpty ? nil : rest
    functions[new, default: []].append(function)
    rewriteDefinitions(
      DefinitionChange(concerns: { $0.calls(old, accepting: function) }) { expression in
        if case .call(let call) = expression {
          .call(call.with(name: new, arguments: call.arguments))
        } else {
          expression
        }
      }
    )
    renameTriggerFunction(old, to: new)
  }

  private mutating func renameTriggerFunction(_ old: QualifiedName, to new: QualifiedName) {
    for (name, table) in tables {
      for index in table.triggers.indices where table.triggers[index].definition.function == old {
        tables[name]?.triggers[index].definition = table.triggers[index].definition.with(function: new)
      }
    }
    for (name, view) in views {
      for index in view.triggers.indices where view.triggers[index].definition.function == old {
        views[name]?.triggers[index].definition = view.triggers[index].definition.with(function: new)
      }
    }
  }

  private mutating func renameStatistics(_ old: QualifiedName, to new: QualifiedName) throws(Refusal) {
    if statistics[new] != nil { throw .exists }
    guard var renamed = statistics.removeValue(forKey: old) else { return }
    renamed.name = new
    statistics[new] = renamed
  }

  // MARK: - Schemas

  private mutating func renameSchema(_ old: String, to new: String) throws(Refusal) {
    if schemas.contains(new) { throw .exists }
    schemas.remove(old)
    schemas.insert(new)
    schemaComments[new] = schemaComments.removeValue(forKey: old)
    // Indexes and owned sequences go with their tables.
    for name in Array(tables.keys) + Array(views.keys) where name.schema == old {
      try moveRelation(name, to: new, ifExists: true)
    }
    for name in Array(sequences.keys) where name.schema == old { try moveRelation(name, to: new, ifExists: true) }
    for name in Array(types.keys) where name.schema == old {
      try renameType(name, to: QualifiedName(schema: new, name.name))
    }
    for (name, overloads) in functions where name.schema == old {
      for function in overloads {
        let object = ObjectReference(name: name, arguments: function.inputTypes)
        try renameFunction(object, to: { QualifiedName(schema: new, $0.name) })
      }
    }
    for name in Array(statistics.keys) where name.schema == old {
      try renameStatistics(name, to: QualifiedName(schema: new, name.name))
    }
    for (name, installed) in extensions where installed.schema == old { extensions[name]?.schema = new }
    for index in otherObjects.indices where otherObjects[index].name.schema == old {
      otherObjects[index].changes.append(
        "ALTER \(otherObjects[index].kind.rawValue) \(otherObjects[index].name) SET SCHEMA \(new.quotedIdentifier)"
      )
      otherObjects[index].name.schema = new
    }
  }
}

extension Expression {
  /// Whether it is the constant of a relation's full name.
  fileprivate func names(_ relation: QualifiedName) -> Bool {
    guard case .cast(.constant(.string(let text)), let type) = self else { return false }
    return type.name.name == "regclass" && QualifiedName(parsing: text) == relation
  }

  /// The constant of another relation's name.
  fileprivate func naming(_ relation: QualifiedName) -> Expression {
    guard case .cast(_, let type) = self else { return self }
    return .cast(.constant(.string(relation.description)), to: type)
  }
}

extension ColumnReference {
  /// A column that is named by its table, which gets another name; an alias would stay. What no source of the query
  /// bears is the table of a policy around it.
  fileprivate func following(_ old: QualifiedName, to new: QualifiedName, in scope: Rewriter.Scope) -> ColumnReference {
    guard parts.count == 2, parts[0] == old.name else { return self }
    if let source = scope.first(where: { $0.alias == old.name }) {
      guard let relation = source.relation, relation.name == old, relation.alias == nil else { return self }
    }
    return ColumnReference(parts: [new.name, parts[1]], isStar: isStar, offset: offset)
  }
}

extension RelationReference {
  /// The relation by its new name, by which columns are named too where it has no alias.
  fileprivate func following(_ name: QualifiedName) -> RelationReference {
    RelationReference(
      name,
      includesDescendants: includesDescendants,
      persistence: persistence,
      alias: alias,
      aliasColumns: aliasColumns,
      offset: offset
    )
  }
}
