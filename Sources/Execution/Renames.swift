import Catalog
import Syntax

/// ALTER … RENAME TO and ALTER … SET SCHEMA.
extension Execution {
  /// Source: `ExecRenameStmt` in `alter.c` and `renameatt`, `RenameRelation`, `RenameConstraint` in `tablecmds.c`.
  mutating func perform(_ statement: Rename) throws(SQLError) {
    catalog.refreshDependencies()
    let new = statement.newName
    switch statement.objectKind {
    case .table, .foreignTable, .index, .view, .materializedView, .sequence:
      try renameRelation(database.qualified(statement.object.name), statement)
    case .column, .constraint, .trigger, .policy, .rule: try renamePart(statement)
    case .attribute: try renameAttribute(statement)
    case .type, .domain:
      let old = try alteredType(statement.object.name, statement.objectKind)
      breaks(statement.objectKind, old, to: new, createdIn: catalog.types[old]?.createdIn)
      try renameType(old, to: QualifiedName(schema: old.schema, new))
    case .domainConstraint: try renameDomainConstraint(statement)
    case .schema:
      breaks(statement)
      try renameSchema(statement.object.name.name, to: new)
    case .function, .procedure, .routine, .aggregate:
      breaksFunction(statement.objectKind, statement.object, to: new)
      try renameRoutine(statement.object, statement.objectKind, to: { QualifiedName(schema: $0.schema, new) })
    case .statistics:
      let old = database.qualifiedStatistics(statement.object.name)
      if catalog.statistics[old] == nil { try requireStatistics(statement.object.name) }
      try renameStatistics(old, to: QualifiedName(schema: old.schema, new))
    case .role:
      breaks(statement)
      try renameRole(statement.object.name.name, to: new)
    default:
      breaks(statement)
      if statement.objectKind == .database { catalog.roleUses.forget(.database(statement.object.name.name)) }
      try renameOther(statement.object, statement.objectKind) { QualifiedName(schema: $0.schema, new) }
    }
  }

  private mutating func breaks(_ statement: Rename) {
    let name = statement.object.name.description
    breaks(.objectRenamed(statement.objectKind, name: name, to: statement.newName))
  }

  /// Nobody uses by its old name what this migration made; `migration` is `nil` where the history did not.
  private mutating func breaks(
    _ kind: ObjectKind,
    _ name: QualifiedName,
    to newName: String,
    createdIn migration: Int?
  ) {
    guard migration.map(catalog.existed(since:)) ?? true else { return }
    breaks(.objectRenamed(kind, name: name.description, to: newName))
  }

  private mutating func breaksFunction(_ kind: ObjectKind, _ object: ObjectReference, to newName: String) {
    let migration = database.overloads(meantBy: object).map(\.createdIn).min()
    breaks(kind, database.qualifiedFunction(object.name), to: newName, createdIn: migration)
  }

  mutating func perform(_ statement: SetSchema) throws(SQLError) {
    catalog.refreshDependencies()
    let schema = statement.newSchema
    let moved = QualifiedName(schema: schema, statement.object.name.name).description
    switch statement.objectKind {
    case .table, .foreignTable, .view, .materializedView, .sequence:
      let name = database.qualified(statement.object.name)
      if statement.ifExists, !catalog.hasRelation(name) { return }
      _ = try requireRelation(statement.object.name)
      assume(name, is: statement.objectKind)
      lock(name, .accessExclusive)
      try checkMove(of: name, statement)
      lock(catalog.ownedSequences(of: name).map(\.name), .accessExclusive)
      if existed(name), statement.objectKind == .sequence || catalog.kind(of: name) == .sequence {
        breaks(.objectRenamed(.sequence, name: name.description, to: moved))
      } else if existed(name) {
        breaks(.relationRenamed(name, to: QualifiedName(schema: schema, name.name)))
      }
      return try moveRelation(name, to: schema)
    default: break
    }
    switch statement.objectKind {
    case .type, .domain:
      let old = try alteredType(statement.object.name, statement.objectKind)
      try checkTarget(schema)
      breaks(statement.objectKind, old, to: moved, createdIn: catalog.types[old]?.createdIn)
      try renameType(old, to: QualifiedName(schema: schema, old.name))
    case .function, .procedure, .routine, .aggregate:
      breaksFunction(statement.objectKind, statement.object, to: moved)
      try renameRoutine(
        statement.object,
        statement.objectKind,
        isMove: true,
        to: { QualifiedName(schema: schema, $0.name) }
      )
    case .statistics:
      let old = database.qualifiedStatistics(statement.object.name)
      if catalog.statistics[old] == nil { try requireStatistics(statement.object.name) }
      try checkTarget(schema)
      try renameStatistics(old, to: QualifiedName(schema: schema, old.name))
    default:
      breaks(.objectRenamed(statement.objectKind, name: statement.object.name.description, to: moved))
      if statement.objectKind == .extension {
        catalog.extensions[statement.object.name.name]?.schema = schema
      } else {
        try renameOther(statement.object, statement.objectKind, isMove: true) { QualifiedName(schema: schema, $0.name) }
      }
    }
  }

  // MARK: - Relations

  private mutating func renameRelation(_ name: QualifiedName, _ statement: Rename) throws(SQLError) {
    if statement.ifExists, !catalog.hasRelation(name) { return }
    try requireRenamed(name, statement)
    assume(name, is: statement.objectKind)
    let kind = catalog.kind(of: name)
    let isIndex = kind == .index || kind == nil && statement.objectKind == .index
    // Only ALTER INDEX of an index lets reads and writes go on. Source: `RenameRelation` in `tablecmds.c`.
    lock(name, isIndex && statement.objectKind == .index ? .shareUpdateExclusive : .accessExclusive)
    if !isIndex, existed(name) {
      if statement.objectKind == .sequence || kind == .sequence {
        breaks(.objectRenamed(.sequence, name: name.description, to: statement.newName))
      } else {
        breaks(.relationRenamed(name, to: QualifiedName(schema: name.schema, statement.newName)))
      }
    }
    try renameRelation(name, to: QualifiedName(schema: name.schema, statement.newName))
  }

  /// Source: `RangeVarCallbackForAlterRelation` in `tablecmds.c`: ALTER TABLE and ALTER INDEX rename all relations.
  private mutating func requireRenamed(_ name: QualifiedName, _ statement: Rename) throws(SQLError) {
    let given = statement.object.name
    guard catalog.hasRelation(name) else {
      if case .composite? = catalog.types[name]?.form {
        throw SQLError(.wrongObjectType, "\(given.quotedInErrors) is a composite type")
      }
      _ = try requireRelation(given)
      return
    }
    switch statement.objectKind {
    case .table, .index: break
    default: _ = try requireRelation(given, ofKind: statement.objectKind)
    }
  }

  /// Source: `AlterTableNamespace` in `tablecmds.c`.
  private mutating func checkMove(of name: QualifiedName, _ statement: SetSchema) throws(SQLError) {
    let given = statement.object.name
    if catalog.types.contains(name), !catalog.hasRelation(name) {
      throw SQLError(.wrongObjectType, "\(given.quotedInErrors) is a composite type")
    }
    if catalog.kind(of: name) == .index {
      throw SQLError(.wrongObjectType, "cannot change schema of index \(given.quotedInErrors)")
    }
    if statement.objectKind != .table { _ = try requireRelation(given, ofKind: statement.objectKind) }
    if catalog.sequences[name]?.owner != nil {
      throw SQLError(.featureNotSupported, "cannot move an owned sequence into another schema")
    }
    try checkTarget(statement.newSchema)
    if name.schema == Catalog.temporary || statement.newSchema == Catalog.temporary {
      throw SQLError(.featureNotSupported, "cannot move objects into or out of temporary schemas")
    }
  }

  /// The schema that an object moves to.
  private mutating func checkTarget(_ schema: String) throws(SQLError) {
    if schema == "pg_catalog" {
      catalog.hasRelationsInSystemCatalog = true
      return
    }
    try requireSchema(schema)
  }

  /// A table takes its indexes and the sequences of its columns along.
  mutating func moveRelation(_ old: QualifiedName, to schema: String) throws(SQLError) {
    let new = QualifiedName(schema: schema, old.name)
    if old == new { return }
    if catalog.isKnown(new) { throw .duplicate(.table, new) }
    for name in catalog.indexNames(of: old) + catalog.ownedSequences(of: old).map(\.name) {
      try renameRelation(name, to: QualifiedName(schema: schema, name.name))
    }
    try renameRelation(old, to: new)
  }

  /// Gives a relation another name or schema, and tells all that refer to it.
  private mutating func renameRelation(_ old: QualifiedName, to new: QualifiedName) throws(SQLError) {
    if catalog.isKnown(new) { throw .duplicate(.table, new) }
    catalog.forget(assumed: new)
    if catalog.isKnown(old) { catalog.noteGone([old]) }
    for address in [ObjectAddress.table(old), .view(old), .sequence(old)] { catalog.roleUses.forget(address) }
    // Whether another role than the one that logged in may rename it is asked elsewhere.
    if database.session.role == nil, let owner = catalog.owners[old] {
      catalog.owners[old] = nil
      catalog.owners[new] = owner
    }
    if var table = catalog.tables.remove(old) {
      catalog.unpublish(.table(old), nowNamed: .table(new))
      catalog.forgetConstraintNames(of: table)
      catalog.forgetRoles(ofPoliciesOf: table)
      table.name = new
      for index in table.constraints.indices where table.constraints[index].referenced == old {
        table.constraints[index].referenced = new
      }
      catalog.put(table)
      tellKin(of: table, old)
      tellReferrers(to: old, new)
      tellReaders(of: old, new)
    } else if var index = catalog.indexes.remove(old) {
      index.name = new
      catalog.indexes[new] = index
      tellOfIndex(old, to: new, of: index)
    } else if var view = catalog.views.remove(old) {
      view.name = new
      catalog.views[new] = view
      for index in view.indexNames { catalog.indexes[index]?.table = new }
      tellReaders(of: old, new)
    } else if var sequence = catalog.sequences.remove(old) {
      sequence.name = new
      catalog.sequences[new] = sequence
      database.rewriteDefinitions(
        of: catalog.dependents(ofRelation: old),
        DefinitionChange(concerns: { $0.names(relation: old) }, change: { $0.naming(new) })
      )
    } else {
      catalog.put(Table(assumed: new, in: catalog))
    }
    catalog.refreshDependencies()
  }

  private mutating func tellKin(of table: Table, _ old: QualifiedName) {
    let names = { (names: [QualifiedName]) in names.map { $0 == old ? table.name : $0 } }
    for index in table.indexNames { catalog.indexes[index]?.table = table.name }
    for parent in table.parents { catalog.renameChild(old, to: table.name, of: parent) }
    for child in table.children {
      if let parents = catalog.tables[child]?.parents { catalog.tables[child]?.parents = names(parents) }
    }
  }

  /// Foreign keys, triggers, sequences and statistics that belong to a table or point to it.
  private mutating func tellReferrers(to old: QualifiedName, _ new: QualifiedName) {
    catalog.refreshDependencies()
    let dependents = catalog.dependents(ofRelation: old)
    for table in dependents.tables {
      for (index, constraint) in table.constraints.enumerated() where constraint.referenced == old {
        catalog.tables[table.name]?.constraints[index].referenced = new
      }
      for (index, trigger) in table.triggers.enumerated() where trigger.referenced == old {
        catalog.tables[table.name]?.triggers[index].referenced = new
      }
    }
    for sequence in dependents.sequences {
      if let owner = sequence.owner, owner.table == old {
        catalog.sequences[sequence.name]?.owner = (new, owner.column)
      }
    }
    for statistics in dependents.statistics where statistics.table == old {
      catalog.statistics[statistics.name]?.table = new
    }
  }

  /// Queries, and whatever is declared to be of the row type, name the relation from now on by its new name.
  private mutating func tellReaders(of old: QualifiedName, _ new: QualifiedName) {
    catalog.refreshDependencies()
    catalog.renameDeclarations(of: catalog.dependents(ofType: old), old, to: new)
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
    database.rewriteDefinitions(
      of: catalog.dependents(ofRelationOrRowType: old).including(catalog.tables[new]),
      DefinitionChange(concerns: concerns, rewriter: rewriter)
    )
    catalog.renameRelationRead(old, to: new)
  }

  /// An index and the constraint that it backs bear one name.
  private mutating func tellOfIndex(_ old: QualifiedName, to new: QualifiedName, of index: Index) {
    catalog.tables[index.table]?.indexNames.update(old) { $0 = new }
    catalog.views[index.table]?.indexNames.update(old) { $0 = new }
    if catalog.tables[index.table]?.clusterIndex == old.name { catalog.tables[index.table]?.clusterIndex = new.name }
    if catalog.tables[index.table]?.replicaIdentity == .index(old.name) {
      catalog.tables[index.table]?.replicaIdentity = .index(new.name)
    }
    // Its parts still name it by the old name.
    let partitions = catalog.tables[index.table]?.children ?? []
    for part in partitions.flatMap({ catalog.indexes(of: $0) }) where part.parent == old {
      catalog.indexes[part.name]?.parent = new
    }
    guard let constraint = index.constraint, var table = catalog.tables[index.table],
      let position = table.constraints.firstIndex(named: constraint)
    else { return }
    table.constraints[position].name = new.name
    table.constraints[position].index = new
    catalog.indexes[new]?.constraint = new.name
    catalog.put(table)
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
