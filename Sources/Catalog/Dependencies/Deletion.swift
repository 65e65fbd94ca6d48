import Syntax

/// What depends on a part: PostgreSQL drops some of it with the part whatever the statement says, the rest only with
/// CASCADE.
private struct Dependents {
  var automatic: [ObjectAddress] = []
  var others: [ObjectAddress] = []
}

extension Catalog {
  /// All that goes when the parts go, in the order in which it is found. Without CASCADE it is refused where something
  /// else depends on them.
  package mutating func closure(of parts: [ObjectAddress], cascades: Bool) throws(SQLError) -> [ObjectAddress] {
    refreshDependencies()
    var found = parts
    var isFound = Set(parts)
    var needed: [ObjectAddress] = []
    var next = 0
    while next < found.count {
      let dependents = dependents(of: found[next])
      next += 1
      for part in dependents.automatic + (cascades ? dependents.others : []) where isFound.insert(part).inserted {
        found.append(part)
      }
      if !cascades { needed += dependents.others }
    }
    let others = needed.filter { part in !isFound.contains(part) && !part.owners.contains(where: isFound.contains) }
    if !others.isEmpty { throw .dependents(others, of: parts.count == 1 ? parts.first.map(description(of:)) : nil) }
    return found
  }

  /// Source: the calls of `recordDependencyOn` in PostgreSQL's sources.
  private func dependents(of part: ObjectAddress) -> Dependents {
    switch part {
    case .schema(let name): return Dependents(others: members(of: name))
    case .table(let name): return dependents(onTable: name)
    case .view(let name):
      var dependents = readers(of: name, among: dependents(ofRelation: name))
      dependents.automatic = (views[name]?.indexNames ?? []).map { .index($0) }
      return dependents
    case .column(let column, let table): return dependents(onColumn: column, table)
    case .constraint(let constraint, let table): return dependents(onConstraint: constraint, table)
    case .index(let name): return dependents(onIndex: name)
    case .sequence(let name):
      let holders = dependents(ofRelation: name)
      var dependents = readers(of: name, among: holders)
      dependents.others += holders.users { $0.names(relation: name) }
      return dependents
    case .type(let name): return dependents(onType: name)
    case .function(let name, let signature): return dependents(onFunction: name, signature)
    case .attribute(let attribute, let type): return Dependents(others: users(ofField: attribute, of: type))
    case .defaultValue, .trigger, .policy, .rule, .statistics, .domainCheck: return Dependents()
    case .other(let identity):
      let users = identity.key.kind == .collation ? users(ofCollation: identity.key.name) : []
      return Dependents(others: otherUsers(of: part) + users)
    }
  }

  /// Whether a schema has something that CASCADE would drop with it, as far as is known.
  package func hasMembers(ofSchema name: String) -> Bool { !members(of: name).isEmpty }

  private func members(of schema: String) -> [ObjectAddress] {
    func own(_ names: some Sequence<QualifiedName>) -> [QualifiedName] { names.filter { $0.schema == schema }.sorted() }
    return own(tables.keys).map { .table($0) } + own(views.keys).map { .view($0) }
      + own(sequences.keys).map { .sequence($0) } + own(types.keys).map { .type($0) }
      + own(statistics.keys).map { .statistics($0) }
      + own(functions.keys).flatMap { name in
        (functions[name] ?? []).map { .function(name, signature: $0.signature) }
      } + otherObjects.filter { $0.name.schema == schema }.map { .other($0.identity) }
  }

  // MARK: - Relations

  private func dependents(onTable name: QualifiedName) -> Dependents {
    let holders = dependents(ofRelation: name)
    var dependents = readers(of: name, among: holders)
    guard let table = tables[name] else { return dependents }
    dependents.automatic += table.indexNames.map { .index($0) }
    dependents.automatic += holders.sequences.map { .sequence($0.name) }
    dependents.automatic += holders.statistics.filter { $0.table == name }.map { .statistics($0.name) }
    for child in table.children {
      if tables[child]?.isPartition == true {
        dependents.automatic.append(.table(child))
      } else {
        dependents.others.append(.table(child))
      }
    }
    // A key that points to a partitioned table points to each of its partitions.
    var keys = holders.foreignKeys(to: name)
    for ancestor in table.isPartition ? ancestors(of: name) : [] { keys += foreignKeys(to: ancestor) }
    dependents.others += keys.filter { $0.table != name && !$0.constraint.isInherited }
      .map { .constraint($0.constraint.name, of: $0.table) }
    for other in holders.tables {
      dependents.others += other.triggers.filter { $0.referenced == name }.map { .trigger($0.name, of: other.name) }
    }
    return dependents
  }

  /// What reads a relation, or uses its row type.
  private func readers(of name: QualifiedName, among holders: DependentObjects) -> Dependents {
    Dependents(
      others: holders.views.filter { $0.relations.contains(name) }.map { .view($0.name) } + users(ofType: name)
        + holders.queryUsers { $0.reads(name) }
    )
  }

  private func dependents(onColumn column: String, _ name: QualifiedName) -> Dependents {
    guard let table = tables[name] else { return Dependents() }
    var dependents = Dependents()
    dependents.automatic += table.constraints.filter { $0.columns.contains(column) }
      .map { .constraint($0.name, of: name) }
    for index in table.indexNames {
      let address = indexes.reading(index) { index -> ObjectAddress? in
        guard index.reads(column) else { return nil }
        return index.constraint.map { .constraint($0, of: name) } ?? .index(index.name)
      }
      if let address = address ?? nil { dependents.automatic.append(address) }
    }
    // A partitioned table cannot be without its key.
    if table.partitionKeyReads(column) { dependents.automatic.append(.table(name)) }
    let holders = self.dependents(ofRelation: name)
    dependents.automatic += holders.sequences.filter { $0.owner.map { $0 == (name, column) } == true }
      .map { .sequence($0.name) }
    dependents.automatic += holders.statistics.filter { $0.table == name && $0.columns.contains(column) }
      .map { .statistics($0.name) }
    dependents.others += holders.foreignKeys(to: name).filter { $0.constraint.referencedColumns.contains(column) }
      .map { .constraint($0.constraint.name, of: $0.table) }
    dependents.others += holders.views.filter { $0.reads(column, of: name) }.map { .view($0.name) }
    dependents.others += holders.including(table).rules { $0.reads(column, of: name) }
    dependents.others += users(ofField: column, of: name)
    // By index: a column is much to copy, and few are generated.
    for other in table.columns.indices where table.columns[other].generated?.columnNames.contains(column) == true {
      dependents.others.append(.column(table.columns[other].name, of: name))
    }
    dependents.others += table.triggers.filter { $0.reads(column) && !$0.isInherited }
      .map { .trigger($0.name, of: name) }
    dependents.others += table.policies.filter { $0.reads(column, of: name) }.map { .policy($0.name, of: name) }
    for other in holders.tables {
      dependents.others += other.policies.filter { readsInQuery($0, column, of: name) }
        .map { .policy($0.name, of: other.name) }
    }
    return dependents
  }

  /// Whether a policy's query reads the column.
  private func readsInQuery(_ policy: CreatePolicy, _ column: String, of relation: QualifiedName) -> Bool {
    policy.contains { part in
      part.heldQuery.map { ViewDependencies(of: $0, in: Database(catalog: self)).reads(column, of: relation) } ?? false
    }
  }

  private func dependents(onConstraint constraint: String, _ name: QualifiedName) -> Dependents {
    guard let table = tables[name], let constraint = table.constraint(constraint) else { return Dependents() }
    var dependents = Dependents()
    dependents.automatic = constraint.index.map { [.index($0)] } ?? []
    if constraint.referenced != nil {
      for child in table.children where tables[child]?.isPartition == true {
        let part = tables[child]?.constraints.first { $0.isInherited && $0.isSameForeignKey(as: constraint) }
        dependents.automatic += part.map { [.constraint($0.name, of: child)] } ?? []
      }
    }
    let holders = self.dependents(ofRelation: name)
    guard constraint.isKey, !holders.isEmpty, isFirstKey(constraint.index, on: constraint.columns, of: table) else {
      return dependents
    }
    dependents.others = holders.foreignKeys(to: name, columns: constraint.columns)
    if constraint.definition.isPrimaryKey {
      dependents.others += holders.views
        .filter { $0.query.takesColumnsAlong(of: name, groupedBy: constraint.columns) }.map { .view($0.name) }
    }
    return dependents
  }

  /// Whether it is the index that foreign keys to these columns stand on: the oldest one that tells rows apart by them.
  /// Source: `transformFkeyCheckAttrs`, which takes the first of the table's indexes that fits.
  private func isFirstKey(_ name: QualifiedName?, on columns: [String], of table: Table) -> Bool {
    let first = indexes(of: table.name).first { index in
      index.definition.isUnique && index.definition.predicate == nil
        && Set(index.definition.elements.compactMap(\.column)) == Set(columns)
        && index.definition.elements.count == columns.count
    }
    return first == nil || first?.name == name
  }

  private func dependents(onIndex name: QualifiedName) -> Dependents {
    guard let index = indexes[name] else { return Dependents() }
    var dependents = Dependents()
    dependents.automatic = parts(of: name)
      .map { part in part.constraint.map { .constraint($0, of: part.table) } ?? .index(part.name) }
    guard index.definition.isUnique, index.constraint == nil, let table = tables[index.table] else { return dependents }
    let columns = index.definition.elements.compactMap(\.column)
    let keys = self.dependents(ofRelation: index.table).foreignKeys(to: index.table, columns: columns)
    if !keys.isEmpty, isFirstKey(name, on: columns, of: table) { dependents.others = keys }
    return dependents
  }

  // MARK: - Types and functions

  private func dependents(onType name: QualifiedName) -> Dependents {
    Dependents(
      others: users(ofType: name) + dependents(ofType: name).users { $0.casts(to: name) }
        + otherUsers(of: .type(name))
    )
  }

  /// What is declared to be of a type.
  private func users(ofType name: QualifiedName) -> [ObjectAddress] {
    let holders = dependents(ofType: name)
    var parts: [ObjectAddress] = []
    for table in holders.tables {
      if table.ofType == name { parts.append(.table(table.name)) }
      parts += table.columns.filter { $0.type?.name == name }.map { .column($0.name, of: table.name) }
    }
    for type in holders.types {
      switch type.form {
      case .domain(let domain): if domain.type.name == name { parts.append(.type(type.name)) }
      case .composite(let attributes):
        parts += attributes.filter { $0.type?.name == name }.map { .attribute($0.name, of: type.name) }
      case .other(let definition):
        if definition?.subtypes.contains(name) == true { parts.append(.type(type.name)) }
      case .enumeration: break
      }
    }
    for (function, overloads) in holders.functions {
      parts += overloads.filter { $0.mentions(name) }.map { .function(function, signature: $0.signature) }
    }
    return parts
  }

  private func dependents(onFunction name: QualifiedName, _ signature: [String]) -> Dependents {
    let function = functions[name]?[named: signature]
    let holders = dependents(ofFunction: name)
    // What returns `trigger` can only be called by triggers.
    let isForTriggers = function?.definition.returns?.name.name == "trigger"
    let callers = isForTriggers ? [] : holders.users { $0.calls(name, accepting: function) }
    return Dependents(
      others: callers + holders.triggers(calling: name) + otherUsers(of: .function(name, signature: signature))
    )
  }
}

// MARK: - Which part of an object it is that uses something

extension DependentObjects {
  fileprivate var isEmpty: Bool { tables.isEmpty && views.isEmpty }

  /// The foreign keys that point to these columns of a table.
  fileprivate func foreignKeys(to table: QualifiedName, columns: [String]) -> [ObjectAddress] {
    foreignKeys(to: table).filter { Set($0.constraint.referencedColumns) == Set(columns) }
      .map { .constraint($0.constraint.name, of: $0.table) }
  }

  /// The parts whose expressions use something.
  func users(_ uses: (Expression) -> Bool) -> [ObjectAddress] {
    var parts = queryUsers(uses)
    for table in tables { parts += table.plainUsers(uses) }
    for index in indexes where index.contains(where: uses) {
      parts.append(index.constraint.map { .constraint($0, of: index.table) } ?? .index(index.name))
    }
    for type in types {
      guard case .domain(let domain) = type.form else { continue }
      parts += domain.checks.filter { $0.condition.contains(where: uses) }.map { .domainCheck($0.name, of: type.name) }
    }
    return parts
  }

  /// The parts that may hold queries and whose expressions use something.
  fileprivate func queryUsers(_ uses: (Expression) -> Bool) -> [ObjectAddress] {
    var parts: [ObjectAddress] = []
    for table in tables {
      parts += table.policies.filter { $0.contains(where: uses) }.map { .policy($0.name, of: table.name) }
    }
    for view in views where view.query.contains(where: uses) { parts.append(.view(view.name)) }
    parts += rules { $0.definition.contains(where: uses) }
    for (name, overloads) in functions {
      parts += overloads.filter { $0.definition.sqlBody?.contains(where: uses) == true }
        .map { .function(name, signature: $0.signature) }
    }
    return parts
  }

  func rules(_ isMeant: (RewriteRule) -> Bool) -> [ObjectAddress] {
    tables.flatMap { table in
      table.hasExtras ? table.rules.filter(isMeant).map { .rule($0.name, of: table.name) } : []
    } + views.flatMap { view in view.rules.filter(isMeant).map { .rule($0.name, of: view.name) } }
  }

  fileprivate func triggers(calling function: QualifiedName) -> [ObjectAddress] {
    func own(_ triggers: PartList<Trigger>, of relation: QualifiedName) -> [ObjectAddress] {
      triggers.filter { $0.definition.function == function && !$0.isInherited }.map { .trigger($0.name, of: relation) }
    }
    return tables.flatMap { own($0.triggers, of: $0.name) } + views.flatMap { own($0.triggers, of: $0.name) }
  }
}

extension Table {
  /// The parts, of those in which PostgreSQL allows no queries, whose expressions use something.
  func plainUsers(_ uses: (Expression) -> Bool) -> [ObjectAddress] {
    var parts: [ObjectAddress] = []
    for column in columns {
      if column.defaultValue?.contains(where: uses) == true { parts.append(.defaultValue(of: column.name, name)) }
      if column.generated?.contains(where: uses) == true { parts.append(.column(column.name, of: name)) }
    }
    parts += constraints.filter { $0.condition?.contains(where: uses) == true }.map { .constraint($0.name, of: name) }
    parts += triggers.filter { $0.definition.condition?.contains(where: uses) == true && !$0.isInherited }
      .map { .trigger($0.name, of: name) }
    if partitionKey?.elements.contains(where: { $0.contains(where: uses) }) == true { parts.append(.table(name)) }
    return parts
  }
}

extension Catalog {
  /// The foreign keys that point to a table, with the tables that hold them.
  package func foreignKeys(to referenced: QualifiedName) -> [(table: QualifiedName, constraint: TableConstraint)] {
    dependents(ofRelation: referenced).foreignKeys(to: referenced)
  }

  /// The views that read a relation, or one of its columns, and those that read these.
  package func views(reading column: String? = nil, of relation: QualifiedName) -> [View] {
    Walk<[QualifiedName]>.nodes(from: relation) { name in
      dependents(ofRelation: name).views.filter { view in
        guard name == relation else { return true }
        return column.map { view.reads($0, of: relation) } ?? view.relations.contains(relation)
      }.map(\.name)
    }.sorted().compactMap { views[$0] }
  }

  /// The sequences that go with a table, or with one of its columns.
  package func ownedSequences(of table: QualifiedName, column: String? = nil) -> [SequenceGenerator] {
    dependents(ofRelation: table).sequences.filter { sequence in
      sequence.owner.map { $0.table == table && (column == nil || $0.column == column) } ?? false
    }
  }
}
