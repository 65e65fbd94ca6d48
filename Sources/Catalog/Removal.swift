import Syntax

extension Catalog {
  /// Takes one part away, and nothing that depends on it.
  package mutating func remove(_ part: ObjectAddress) {
    noteGone(part)
    roleUses.forget(part)
    unpublish(part)
    switch part {
    case .schema(let name):
      schemas.remove(name)
      schemaComments[name] = nil
      roleUses.forget(.defaultPrivileges(inSchema: name))
    case .table(let name): removeTable(name)
    case .index(let name): removeIndex(name)
    case .view(let name): views[name] = nil
    case .sequence(let name): sequences[name] = nil
    case .statistics(let name): statistics[name] = nil
    case .type(let name): types[name] = nil
    case .column(let column, let table): tables[table]?.columns.remove(named: column)
    case .defaultValue(let column, let table): tables[table]?.update(column) { $0.defaultValue = nil }
    case .constraint(let name, let table): removeConstraint(name, of: table)
    case .trigger(let name, let relation):
      tables[relation]?.triggers.remove(named: name)
      for table in partitions(of: relation) {
        tables[table]?.triggers.removeAll { $0.name == name && $0.isInherited }
      }
      views[relation]?.triggers.remove(named: name)
    case .policy(let name, let table): tables[table]?.policies.remove(named: name)
    case .rule(let name, let relation):
      tables[relation]?.rules.remove(named: name)
      views[relation]?.rules.remove(named: name)
    case .attribute(let attribute, let type):
      guard case .composite(let attributes)? = types[type]?.form else { return }
      types[type]?.form = .composite(attributes.filter { $0.name != attribute })
    case .domainCheck(let check, let type):
      guard case .domain(var domain)? = types[type]?.form else { return }
      domain.checks.remove(named: check)
      noteFreedCheckName()
      types[type]?.form = .domain(domain)
    case .function(let name, let signature):
      functions[name]?.remove(named: signature)
      if functions[name]?.isEmpty == true { functions[name] = nil }
    case .other(let identity): removeOther(identity)
    }
  }

  private mutating func noteGone(_ part: ObjectAddress) {
    switch part {
    case .schema, .type, .function, .statistics, .other: goneObjects.insert(part)
    case .table(let name):
      guard let table = tables[name], !table.isAssumed else { return }
      noteGone([name] + table.indexNames)
    case .index(let name), .view(let name), .sequence(let name):
      if hasRelation(name) { noteGone([name]) }
    default: break
    }
  }

  private mutating func removeTable(_ name: QualifiedName) {
    guard let table = tables[name] else { return }
    forgetConstraintNames(of: table)
    forgetRoles(ofPoliciesOf: table)
    tables[name] = nil
    // The table is gone already: its own list of children is not searched for each of them.
    for child in table.children { detach(child, from: name) }
    for parent in table.parents { removeChild(name, from: parent) }
    for index in table.indexNames { indexes[index] = nil }
  }

  private mutating func removeConstraint(_ name: String, of table: QualifiedName) {
    tables[table]?.constraints.remove(named: name)
    forgetConstraint(named: QualifiedName(schema: table.schema, name))
  }

  /// Takes an index away, and nothing that depends on it.
  package mutating func removeIndex(_ name: QualifiedName) {
    guard let index = indexes.remove(name) else { return }
    tables[index.table]?.indexNames.remove(named: name)
    views[index.table]?.indexNames.remove(named: name)
    if tables[index.table]?.clusterIndex == name.name { tables[index.table]?.clusterIndex = nil }
    if tables[index.table]?.replicaIdentity == .index(name.name) { tables[index.table]?.replicaIdentity = .nothing }
  }

  /// The history dropped the object, which is not there any more.
  package func isGone(_ object: ObjectAddress) -> Bool { goneObjects.contains(object) }

  package mutating func noteGone(_ other: OtherObject.Identity) { goneObjects.insert(.other(other)) }

  package mutating func noteMade(_ other: OtherObject.Identity) { goneObjects.remove(.other(other)) }

  /// A role is no part of a database's dependencies.
  package mutating func removeRole(_ name: String, isGone: Bool = true) {
    roles.remove(name)
    roleUses.forget(name)
    roleUses.forgetMemberships(with: name)
    if isGone { goneObjects.insert(.role(name)) } else { goneObjects.remove(.role(name)) }
  }

  /// The policies of the table are gone, or are those of another name.
  package mutating func forgetRoles(ofPoliciesOf table: Table) {
    for policy in table.policies { roleUses.forget(.policy(policy.name, of: table.name)) }
  }

  // MARK: - Kinship

  /// Notes that a table is a child of another, which must be in the catalog.
  package mutating func addChild(_ child: QualifiedName, to parent: QualifiedName) {
    tables[parent]?.children.append(child)
    if tables.reading(child, { $0.partitionBound == .default }) == true { tables[parent]?.defaultPartition = child }
  }

  private mutating func removeChild(_ child: QualifiedName, from parent: QualifiedName) {
    guard tables.contains(parent) else { return }
    tables[parent]?.children.remove(named: child)
    if tables[parent]?.defaultPartition == child { tables[parent]?.defaultPartition = nil }
  }

  /// A child of a table got another name.
  package mutating func renameChild(_ old: QualifiedName, to new: QualifiedName, of parent: QualifiedName) {
    guard let position = tables.reading(parent, { $0.children.firstIndex(named: old) }) ?? nil else { return }
    tables[parent]?.children[position] = new
    if tables[parent]?.defaultPartition == old { tables[parent]?.defaultPartition = new }
  }

  /// Ends the kinship of a table with a parent; what it has from it becomes its own.
  package mutating func detach(_ child: QualifiedName, from parent: QualifiedName) {
    removeChild(child, from: parent)
    guard var table = tables[child] else { return }
    let wasPartition = table.isPartition
    table.parents.removeAll { $0 == parent }
    table.partitionBound = nil
    for index in table.columns.indices where !remainsInherited(table.columns[index].name, in: table) {
      table.columns[index].isInherited = false
      table.columns[index].isLocal = true
      if wasPartition { table.columns[index].identity = nil }
    }
    for index in table.constraints.indices where !remainsInherited(constraint: table.constraints[index], in: table) {
      table.constraints[index].isInherited = false
      table.constraints[index].isLocal = true
    }
    if wasPartition { table.triggers.removeAll(where: \.isInherited) }
    put(table)
    guard wasPartition else { return }
    for index in indexes(of: child) { indexes[index.name]?.parent = nil }
    for name in descendants(of: child) { tables[name]?.triggers.removeAll(where: \.isInherited) }
  }

  private func remainsInherited(_ column: String, in table: Table) -> Bool {
    table.parents.contains { tables[$0]?.column(column) != nil }
  }

  private func remainsInherited(constraint: TableConstraint, in table: Table) -> Bool {
    table.parents.contains { tables[$0]?.constraint(constraint.name) != nil }
  }
}
