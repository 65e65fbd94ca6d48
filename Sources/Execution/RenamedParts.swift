import Catalog
import Syntax

/// Renaming of what belongs to a relation or a type.
extension Execution {
  mutating func renamePart(_ statement: Rename) throws(SQLError) {
    guard let relation = statement.relation else { return }
    let name = database.qualified(relation.name)
    if statement.ifExists, !catalog.hasRelation(name) { return }
    if catalog.types[name] == nil { _ = try requireRelation(relation.name) }
    let old = statement.object.name.name
    switch statement.objectKind {
    case .column:
      lock(database.family(relation), .accessExclusive)
      if existed(name) { breaks(.columnRenamed(old, of: name, to: statement.newName)) }
      try renameColumn(old, of: name, to: statement.newName, recurses: relation.includesDescendants)
    case .constraint:
      try renameConstraint(old, of: name, relation, to: statement.newName)
    case .trigger:
      lock([name] + catalog.partitions(of: name), .accessExclusive)
      let triggers = catalog.tables[name]?.triggers ?? catalog.views[name]?.triggers ?? []
      try checkRename(.trigger, old, to: statement.newName, among: triggers, of: name)
      // Source: `renametrig` in `trigger.c`.
      if triggers[named: old]?.isInherited == true {
        throw SQLError(
          .featureNotSupported,
          "cannot rename trigger \"\(old)\" on table \(name.quotedInErrors)",
          about: SQLError.Object(.trigger, QualifiedName(old), of: name)
        )
      }
      for table in catalog.partitions(of: name) where old != statement.newName {
        if catalog.tables[table]?.triggers.contains(named: statement.newName) == true {
          throw .duplicate(.trigger, statement.newName, of: table)
        }
      }
      for table in [name] + catalog.partitions(of: name) { renameTrigger(old, of: table, to: statement.newName) }
    case .policy:
      lock(name, .accessExclusive)
      let policies = catalog.tables[name]?.policies ?? []
      try checkRename(.policy, old, to: statement.newName, among: policies, of: name)
      if catalog.tables[name]?.policies.contains(named: old) == true {
        catalog.tables[name]?.policies.update(old) { $0 = $0.renamed(to: statement.newName) }
        catalog.roleUses.forget(.policy(old, of: name))
      }
    default:
      lock(name, .accessExclusive)
      try checkRenamedRule(old, of: name, to: statement.newName)
      if catalog.views[name]?.rules.contains(named: old) == true {
        catalog.views[name]?.rules.update(old) { $0.name = statement.newName }
      }
      if catalog.tables[name]?.rules.contains(named: old) == true {
        catalog.tables[name]?.rules.update(old) { $0.name = statement.newName }
      }
    }
  }

  /// Whether a part of the name is there, as far as the history tells, and none of the new one.
  private func checkRename<Part: NamedPart>(
    _ kind: ObjectKind,
    _ old: String,
    to new: String,
    among parts: PartList<Part>,
    of relation: QualifiedName
  ) throws(SQLError) where Part.PartName == String {
    if kind == .policy, parts.contains(named: new) { throw .duplicate(kind, new, of: relation) }
    let isKnown = catalog.views.contains(relation) || catalog.isFullyKnown(relation)
    if isKnown, !parts.contains(named: old) { throw .undefined(kind, old, of: relation) }
    if kind == .rule, parts.contains(named: new) { throw .duplicate(kind, new, of: relation) }
    if old != new, parts.contains(named: new) { throw .duplicate(kind, new, of: relation) }
  }

  /// Source: `RenameRewriteRule` in `rewriteDefine.c`.
  private func checkRenamedRule(_ old: String, of name: QualifiedName, to new: String) throws(SQLError) {
    let isView = catalog.views.contains(name)
    guard isView || catalog.tables.contains(name) else { return }
    let rules = catalog.tables[name]?.rules ?? catalog.viewRules(of: name)
    if isView, new == "_RETURN", rules.contains(named: old) || old == "_RETURN" {
      throw .duplicate(.rule, new, of: name)
    }
    if isView, old == "_RETURN" {
      throw SQLError(.invalidObjectDefinition, "renaming an ON SELECT rule is not allowed")
    }
    try checkRename(.rule, old, to: new, among: rules, of: name)
  }

  private mutating func renameTrigger(_ old: String, of name: QualifiedName, to new: String) {
    if catalog.tables[name]?.triggers.contains(named: old) == true {
      catalog.tables[name]?.triggers.update(old) { $0.name = new }
    }
    if catalog.views[name]?.triggers.contains(named: old) == true {
      catalog.views[name]?.triggers.update(old) { $0.name = new }
    }
  }

  // MARK: - Columns

  private mutating func renameColumn(
    _ old: String,
    of name: QualifiedName,
    to new: String,
    recurses: Bool
  ) throws(SQLError) {
    if catalog.kind(of: name) == nil {
      var table = Table(assumed: name, in: catalog)
      table.columns.append(Column(name: old, type: nil))
      catalog.put(table)
    }
    if new.isSystemColumn {
      throw SQLError(.duplicateColumn, "column name \"\(new)\" conflicts with a system column name")
    }
    if old.isSystemColumn, catalog.hasRelation(name) {
      throw SQLError(.featureNotSupported, "cannot rename system column \"\(old)\"")
    }
    if let view = catalog.views[name] {
      try renameColumn(old, of: view, to: new)
    } else if let table = catalog.tables[name] {
      if !catalog.mayHave(old, table) { throw .undefinedColumn(old) }
      catalog.learn(old, of: name) { _ in }
      if table.ofType != nil { throw SQLError(.wrongObjectType, "cannot rename column of typed table") }
      if table.column(old)?.isInherited == true {
        throw SQLError(.invalidTableDefinition, "cannot rename inherited column \"\(old)\"")
      }
      // Source: `renameatt_internal` in `tablecmds.c`.
      if !recurses, !table.children.isEmpty {
        throw SQLError(.invalidTableDefinition, "inherited column \"\(old)\" must be renamed in child tables too")
      }
      let all = [name] + catalog.descendants(of: name)
      try checkInheritance(of: old, in: all)
      if let owner = all.first(where: { catalog.tables[$0]?.column(new) != nil }) {
        throw .duplicate(.column, new, of: owner)
      }
      for table in all { renameColumn(old, ofTable: table, to: new) }
    }
  }

  /// A column that a table below also has from a parent which is not renamed keeps its name.
  private func checkInheritance(of column: String, in family: [QualifiedName]) throws(SQLError) {
    guard family.count > 1 else { return }
    let renamed = Set(family)
    for name in family.dropFirst() {
      let parents = catalog.tables[name]?.parents ?? []
      let isOthers = parents.contains { parent in
        !renamed.contains(parent) && catalog.tables[parent]?.column(column) != nil
      }
      if isOthers {
        throw SQLError(.invalidTableDefinition, "cannot rename inherited column \"\(column)\"")
      }
    }
  }

  private mutating func renameColumn(_ old: String, of view: View, to new: String) throws(SQLError) {
    guard let index = view.columns.firstIndex(where: { $0.name == old }) else {
      if view.knowsAllColumns { throw .undefinedColumn(old) }
      return
    }
    if view.columnNames.contains(new) { throw .duplicate(.column, new, of: view.name) }
    catalog.views[view.name]?.columns[index].name = new
    if let value = view.defaults[old] {
      catalog.views[view.name]?.defaults[old] = nil
      catalog.views[view.name]?.defaults[new] = value
    }
    for index in view.indexNames {
      if let definition = catalog.indexes[index]?.definition {
        catalog.indexes[index]?.definition = definition.renamingColumn(old, to: new)
      }
    }
    tellReaders(ofColumn: old, of: view.name, new)
  }

  private mutating func renameColumn(_ old: String, ofTable name: QualifiedName, to new: String) {
    guard var table = catalog.tables[name] else { return }
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
    catalog.put(table)
    for index in catalog.indexes(of: name) {
      catalog.indexes[index.name]?.definition = index.definition.renamingColumn(old, to: new)
    }
    tellReferrers(toColumn: old, of: name, new)
    tellReaders(ofColumn: old, of: name, new)
  }

  private mutating func tellReferrers(toColumn old: String, of name: QualifiedName, _ new: String) {
    let dependents = catalog.dependents(ofRelation: name)
    for statistics in dependents.statistics where statistics.table == name {
      catalog.statistics[statistics.name]?.definition = statistics.definition.renamingColumn(old, to: new)
    }
    for sequence in dependents.sequences where sequence.owner.map({ $0 == (name, old) }) == true {
      catalog.sequences[sequence.name]?.owner = (name, new)
    }
    for table in dependents.tables where table.name != name {
      for (index, constraint) in table.constraints.enumerated() where constraint.referenced == name {
        catalog.tables[table.name]?.constraints[index].referencedColumns = constraint.referencedColumns.map {
          $0 == old ? new : $0
        }
      }
    }
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
    database.rewriteDefinitions(
      of: catalog.dependents(ofRelation: relation).filteringViews { $0.reads(old, of: relation) },
      DefinitionChange(concerns: concerns, rewriter: rewriter)
    )
    catalog.renameColumnRead(old, of: relation, to: new)
  }

  // MARK: - Constraints

  private mutating func renameConstraint(
    _ old: String,
    of name: QualifiedName,
    _ relation: RelationReference,
    to new: String
  ) throws(SQLError) {
    lock(name, .accessExclusive)
    for table in database.family(relation) where catalog.tables[table]?.constraint(old)?.isInherited == true {
      lock(table, .accessExclusive)
    }
    guard let table = catalog.tables[name] else { return }
    guard let constraint = table.constraint(old) else {
      if catalog.isFullyKnown(table) { throw .undefinedConstraint(old, of: name) }
      return
    }
    if let index = constraint.index { lock(index, .shareUpdateExclusive) }
    if table.constraint(new) != nil { throw .duplicate(.constraint, new, of: name) }
    if case .check(_, let noInherit) = constraint.definition.kind {
      // Source: `rename_constraint_internal` in `tablecmds.c`.
      let leavesChildren = !relation.includesDescendants && !noInherit && !table.children.isEmpty
      if leavesChildren {
        throw SQLError(.invalidTableDefinition, "inherited constraint \"\(old)\" must be renamed in child tables too")
      }
      if constraint.isInherited {
        throw SQLError(.invalidTableDefinition, "cannot rename inherited constraint \"\(old)\"")
      }
    }
    let newName = QualifiedName(schema: name.schema, new)
    if constraint.index != nil, catalog.isKnown(newName) { throw .duplicate(.index, newName) }
    for table in [name] + (constraint.condition == nil ? [] : catalog.descendants(of: name)) {
      renameConstraint(old, of: table, to: new)
    }
  }

  private mutating func renameConstraint(_ old: String, of name: QualifiedName, to new: String) {
    guard var table = catalog.tables[name], let index = table.constraints.firstIndex(named: old) else {
      return
    }
    let oldIndex = table.constraints[index].index
    table.constraints[index].name = new
    catalog.put(table)
    guard let oldIndex else { return }
    let parts = catalog.parts(of: oldIndex)
    guard var renamed = catalog.indexes.remove(oldIndex) else { return }
    renamed.name = QualifiedName(schema: oldIndex.schema, new)
    renamed.constraint = new
    catalog.indexes[renamed.name] = renamed
    catalog.tables[name]?.constraints[index].index = renamed.name
    catalog.tables[name]?.indexNames.update(oldIndex) { $0 = renamed.name }
    for part in parts { catalog.indexes[part.name]?.parent = renamed.name }
  }

  // MARK: - Parts of types

  mutating func renameAttribute(_ statement: Rename) throws(SQLError) {
    guard let relation = statement.relation else { return }
    let old = statement.object.name.name
    let new = statement.newName
    let name = database.qualifiedType(relation.name)
    if existedType(name) { breaks(.attributeRenamed(old, of: name, to: new)) }
    guard case .composite(var attributes)? = catalog.types[name]?.form else {
      _ = try requireRelation(relation.name)
      return
    }
    guard let index = attributes.firstIndex(where: { $0.name == old }) else { throw .undefinedColumn(old) }
    if attributes.contains(where: { $0.name == new }) { throw .duplicate(.attribute, new, of: name) }
    // Source: `find_typed_table_dependencies` in `tablecmds.c`.
    let tables = catalog.typedTables(of: name)
    if !tables.isEmpty, !statement.cascade { throw .typedTable(of: name) }
    attributes[index].name = new
    catalog.types[name]?.form = .composite(attributes)
    catalog.renameColumnRead(old, of: name, to: new)
    for table in tables {
      let family = [table] + catalog.descendants(of: table)
      lock(family, .accessExclusive)
      if existed(table) { breaks(.columnRenamed(old, of: table, to: new)) }
      for member in family { renameColumn(old, ofTable: member, to: new) }
    }
  }

  mutating func renameDomainConstraint(_ statement: Rename) throws(SQLError) {
    if let given = statement.object.relation { _ = try requireType(given, as: .domain) }
    guard let name = statement.object.relation.map(database.qualifiedType),
      case .domain(var domain)? = catalog.types[name]?.form
    else { return }
    guard let index = domain.checks.firstIndex(named: statement.object.name.name) else {
      throw .undefinedCheck(statement.object.name.name, ofDomain: name)
    }
    if domain.checks.contains(named: statement.newName) {
      throw .duplicate(.domainConstraint, statement.newName, of: name)
    }
    domain.checks[index].name = statement.newName
    catalog.noteFreedCheckName()
    catalog.types[name]?.form = .domain(domain)
  }
}

extension Catalog {
  /// The tables OF a composite type, which have its columns.
  func typedTables(of type: QualifiedName) -> [QualifiedName] {
    dependents(ofType: type).tables.filter { $0.ofType == type }.map(\.name)
  }
}
