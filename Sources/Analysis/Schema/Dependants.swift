import Syntax

/// Something that can be dropped.
enum SchemaPart: Hashable {
  case schema(String)
  case table(QualifiedName)
  case column(String, of: QualifiedName)
  case defaultValue(of: String, QualifiedName)
  case constraint(String, of: QualifiedName)
  case trigger(String, of: QualifiedName)
  case policy(String, of: QualifiedName)
  case rule(String, of: QualifiedName)
  case index(QualifiedName)
  case view(QualifiedName)
  case sequence(QualifiedName)
  case statistics(QualifiedName)
  case type(QualifiedName)
  case attribute(String, of: QualifiedName)
  case domainCheck(String, of: QualifiedName)
  /// An overload, by the types of its input arguments as SQL.
  case function(QualifiedName, signature: [String])

  /// What it cannot be without: it goes with it and is not in anybody's way.
  fileprivate var holders: [SchemaPart] {
    switch self {
    case .column(_, let table): [.table(table)]
    case .defaultValue(let column, let table): [.column(column, of: table), .table(table)]
    case .constraint(_, let table), .policy(_, let table): [.table(table)]
    case .trigger(_, let relation), .rule(_, let relation): [.table(relation), .view(relation)]
    case .attribute(_, let type), .domainCheck(_, let type): [.type(type)]
    case .schema, .table, .index, .view, .sequence, .statistics, .type, .function: []
    }
  }
}

/// What depends on a part: PostgreSQL drops some of it with the part whatever the statement says, the rest only with
/// CASCADE.
struct Dependants {
  var automatic: [SchemaPart] = []
  var others: [SchemaPart] = []
}

extension Schema {
  /// All that goes when the parts go. Without CASCADE it is refused where something else depends on them.
  func closure(of parts: [SchemaPart], cascades: Bool) throws(Refusal) -> [SchemaPart] {
    var found = parts
    var isFound = Set(parts)
    var needed: [SchemaPart] = []
    var next = 0
    while next < found.count {
      let dependants = dependants(of: found[next])
      next += 1
      for part in dependants.automatic + (cascades ? dependants.others : []) where isFound.insert(part).inserted {
        found.append(part)
      }
      if !cascades { needed += dependants.others }
    }
    let refuses = needed.contains { part in !isFound.contains(part) && !part.holders.contains(where: isFound.contains) }
    if refuses { throw .isNeeded }
    return found
  }

  /// Source: the calls of `recordDependencyOn` in PostgreSQL's sources.
  func dependants(of part: SchemaPart) -> Dependants {
    switch part {
    case .schema(let name): return Dependants(others: members(of: name))
    case .table(let name): return dependants(ofTable: name)
    case .view(let name):
      var dependants = readers(of: name)
      dependants.automatic = (views[name]?.indexNames ?? []).map { .index($0) }
      return dependants
    case .column(let column, let table): return dependants(ofColumn: column, table)
    case .constraint(let constraint, let table): return dependants(ofConstraint: constraint, table)
    case .index(let name): return dependants(ofIndex: name)
    case .sequence(let name):
      return Dependants(others: users { $0.names(relation: name, in: self) })
    case .type(let name): return dependants(ofType: name)
    case .function(let name, let signature):
      let function = functions[name]?.first { $0.signature == signature }
      // What returns `trigger` can only be called by triggers.
      let isForTriggers = function?.definition.returns?.name.name == "trigger"
      let callers = isForTriggers ? [] : users { $0.calls(name, accepting: function) }
      return Dependants(others: callers + triggers(calling: name))
    case .defaultValue, .trigger, .policy, .rule, .statistics, .attribute, .domainCheck: return Dependants()
    }
  }

  private func members(of schema: String) -> [SchemaPart] {
    func own(_ names: some Sequence<QualifiedName>) -> [QualifiedName] { names.filter { $0.schema == schema }.sorted() }
    return own(tables.keys).map { .table($0) } + own(views.keys).map { .view($0) }
      + own(sequences.keys).map { .sequence($0) } + own(types.keys).map { .type($0) }
      + own(statistics.keys).map { .statistics($0) }
      + own(functions.keys).flatMap { name in
        (functions[name] ?? []).map { .function(name, signature: $0.signature) }
      }
  }

  // MARK: - Relations

  private func dependants(ofTable name: QualifiedName) -> Dependants {
    var dependants = readers(of: name)
    guard let table = tables[name] else { return dependants }
    dependants.automatic += table.indexNames.map { .index($0) }
    dependants.automatic += sequences.values.filter { $0.owner?.table == name }.map { .sequence($0.name) }
    dependants.automatic += statistics.values.filter { $0.table == name }.map { .statistics($0.name) }
    for child in table.children {
      if tables[child]?.isPartition == true {
        dependants.automatic.append(.table(child))
      } else {
        dependants.others.append(.table(child))
      }
    }
    dependants.others += foreignKeys(to: name).filter { $0.table != name }
      .map { .constraint($0.constraint.name, of: $0.table) }
    for other in tables.values {
      dependants.others += other.triggers.filter { $0.referenced == name }.map { .trigger($0.name, of: other.name) }
    }
    return dependants
  }

  /// What reads a relation, or uses its row type.
  private func readers(of name: QualifiedName) -> Dependants {
    Dependants(
      others: views.values.filter { $0.relations.contains(name) }.map { .view($0.name) } + users(ofType: name)
        + queryUsers { $0.reads(name, in: self) }
    )
  }

  private func dependants(ofColumn column: String, _ name: QualifiedName) -> Dependants {
    guard let table = tables[name] else { return Dependants() }
    var dependants = Dependants()
    dependants.automatic += table.constraints.filter { $0.columns.contains(column) }
      .map { .constraint($0.name, of: name) }
    dependants.automatic += indexes(of: name).filter { $0.columns.contains(column) }
      .map { index in index.constraint.map { .constraint($0, of: name) } ?? .index(index.name) }
    dependants.automatic += sequences.values.filter { $0.owner.map { $0 == (name, column) } == true }
      .map { .sequence($0.name) }
    dependants.automatic += statistics.values.filter { $0.table == name && $0.columns.contains(column) }
      .map { .statistics($0.name) }
    dependants.others += foreignKeys(to: name).filter { $0.constraint.referencedColumns.contains(column) }
      .map { .constraint($0.constraint.name, of: $0.table) }
    dependants.others += views.values.filter { $0.reads(column, of: name) }.map { .view($0.name) }
    dependants.others += table.columns.filter { $0.generated?.columnNames.contains(column) == true }
      .map { .column($0.name, of: name) }
    dependants.others += table.triggers.filter { $0.reads(column) && !$0.isInherited }
      .map { .trigger($0.name, of: name) }
    dependants.others += table.policies.filter { $0.reads(column, of: name) }.map { .policy($0.name, of: name) }
    return dependants
  }

  private func dependants(ofConstraint constraint: String, _ name: QualifiedName) -> Dependants {
    guard let table = tables[name], let constraint = table.constraint(constraint) else { return Dependants() }
    var dependants = Dependants()
    dependants.automatic = constraint.index.map { [.index($0)] } ?? []
    if constraint.referenced != nil {
      for child in table.children where tables[child]?.isPartition == true {
        let part = tables[child]?.constraints.first { $0.isInherited && $0.isSameForeignKey(as: constraint) }
        dependants.automatic += part.map { [.constraint($0.name, of: child)] } ?? []
      }
    }
    guard constraint.isKey, isFirstKey(constraint.index, on: constraint.columns, of: table) else { return dependants }
    dependants.others = foreignKeys(pointingTo: constraint.columns, of: name)
    return dependants
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

  private func foreignKeys(pointingTo columns: [String], of name: QualifiedName) -> [SchemaPart] {
    foreignKeys(to: name).filter { Set($0.constraint.referencedColumns) == Set(columns) }
      .map { .constraint($0.constraint.name, of: $0.table) }
  }

  private func dependants(ofIndex name: QualifiedName) -> Dependants {
    guard let index = indexes[name] else { return Dependants() }
    var dependants = Dependants()
    dependants.automatic = indexes.values.filter { $0.parent == name }
      .map { part in part.constraint.map { .constraint($0, of: part.table) } ?? .index(part.name) }
    let columns = index.definition.elements.compactMap(\.column)
    if index.definition.isUnique, index.constraint == nil, let table = tables[index.table],
      isFirstKey(name, on: columns, of: table)
    {
      dependants.others = foreignKeys(pointingTo: columns, of: index.table)
    }
    return dependants
  }

  // MARK: - Types and functions

  private func dependants(ofType name: QualifiedName) -> Dependants {
    let casts = users { $0.casts(to: name) }
    return Dependants(others: users(ofType: name) + casts)
  }

  /// What is declared to be of a type.
  private func users(ofType name: QualifiedName) -> [SchemaPart] {
    var parts: [SchemaPart] = []
    for table in tables.values {
      parts += table.columns.filter { $0.type?.name == name }.map { .column($0.name, of: table.name) }
    }
    for type in types.values {
      switch type.form {
      case .domain(let domain): if domain.type.name == name { parts.append(.type(type.name)) }
      case .composite(let attributes):
        parts += attributes.filter { $0.type?.name == name }.map { .attribute($0.name, of: type.name) }
      case .other(let definition):
        let options = definition?.options.filter { $0.name == "subtype" } ?? []
        if options.contains(where: { $0.value.map { qualifiedType(QualifiedName(parsing: $0)) } == name }) {
          parts.append(.type(type.name))
        }
      case .enumeration: break
      }
    }
    for (function, overloads) in functions {
      parts += overloads.filter { $0.mentions(name) }.map { .function(function, signature: $0.signature) }
    }
    return parts
  }

  private func triggers(calling function: QualifiedName) -> [SchemaPart] {
    let ofTables = tables.values.flatMap { table in
      table.triggers.filter { $0.definition.function == function && !$0.isInherited }
        .map { SchemaPart.trigger($0.name, of: table.name) }
    }
    return ofTables
      + views.values.flatMap { view in
        view.triggers.filter { $0.definition.function == function }.map { .trigger($0.name, of: view.name) }
      }
  }

  // MARK: - Expressions

  /// The parts whose expressions use something.
  private func users(_ uses: (Expression) -> Bool) -> [SchemaPart] {
    var parts = queryUsers(uses)
    for (name, table) in tables { parts += plainUsers(in: table, name, uses) }
    for (name, index) in indexes where index.contains(where: uses) {
      parts.append(index.constraint.map { .constraint($0, of: index.table) } ?? .index(name))
    }
    for type in types.values {
      guard case .domain(let domain) = type.form else { continue }
      parts += domain.checks.filter { $0.condition.contains(where: uses) }.map { .domainCheck($0.name, of: type.name) }
    }
    return parts
  }

  /// The parts that may hold queries and whose expressions use something.
  private func queryUsers(_ uses: (Expression) -> Bool) -> [SchemaPart] {
    var parts: [SchemaPart] = []
    for (name, table) in tables {
      parts += table.policies.filter { $0.contains(where: uses) }.map { .policy($0.name, of: name) }
      parts += table.rules.filter { $0.definition.contains(where: uses) }.map { .rule($0.name, of: name) }
    }
    for (name, view) in views where view.query.contains(where: uses) { parts.append(.view(name)) }
    for (name, overloads) in functions {
      parts += overloads.filter { $0.definition.sqlBody?.contains(where: uses) == true }
        .map { .function(name, signature: $0.signature) }
    }
    return parts
  }

  /// PostgreSQL allows no queries in these.
  private func plainUsers(in table: Table, _ name: QualifiedName, _ uses: (Expression) -> Bool) -> [SchemaPart] {
    var parts: [SchemaPart] = []
    for column in table.columns {
      if column.defaultValue?.contains(where: uses) == true { parts.append(.defaultValue(of: column.name, name)) }
      if column.generated?.contains(where: uses) == true { parts.append(.column(column.name, of: name)) }
    }
    parts += table.constraints.filter { $0.condition?.contains(where: uses) == true }
      .map { .constraint($0.name, of: name) }
    parts += table.triggers.filter { $0.definition.condition?.contains(where: uses) == true && !$0.isInherited }
      .map { .trigger($0.name, of: name) }
    if table.partitionKey?.elements.contains(where: { $0.contains(where: uses) }) == true { parts.append(.table(name)) }
    return parts
  }
}
