import Syntax

/// What uses a field of a row type, or a collation: parts of definitions that the dependency graph does not tell apart.
extension Catalog {
  /// What picks a field of a composite type or of a table's row: `(address).city`.
  ///
  /// Source: `FieldSelect` in `find_expr_references_walker` in `dependency.c`.
  func users(ofField field: String, of type: QualifiedName) -> [ObjectAddress] {
    let holders = dependents(ofType: type)
    var parts: [ObjectAddress] = []
    for table in holders.tables {
      let picks = { (expression: Expression) -> Bool in self.picks(expression, field, of: type, in: table) }
      parts += table.plainUsers(picks)
      parts += table.policies.filter { $0.contains(where: picks) }.map { .policy($0.name, of: table.name) }
      for index in indexes(of: table.name) where index.contains(where: picks) {
        parts.append(index.constraint.map { .constraint($0, of: table.name) } ?? .index(index.name))
      }
    }
    for user in holders.types {
      guard case .domain(let domain) = user.form, domain.type.name == type, domain.type.arrayDimensions == 0 else {
        continue
      }
      let picks = { (expression: Expression) -> Bool in expression.picks(field) { $0.isValueOfDomain } }
      parts += domain.checks.filter { $0.condition.contains(where: picks) }.map { .domainCheck($0.name, of: user.name) }
    }
    // Tables are asked for their readers anyway.
    if types.contains(type) {
      let readers = dependents(ofRelation: type)
      parts += readers.views.filter { $0.columnsByRelation[type]?.contains(field) == true }.map { .view($0.name) }
      parts += readers.rules { $0.reads(field, of: type) }
    }
    return parts
  }

  private func picks(_ expression: Expression, _ field: String, of type: QualifiedName, in table: Table) -> Bool {
    expression.picks(field) { base in
      switch base {
      case .column(let reference):
        let column = reference.name.flatMap { table.column($0) }
        return column?.type?.name == type && column?.type?.arrayDimensions == 0
      case .cast(_, let target): return target.name == type && target.arrayDimensions == 0
      default: return false
      }
    }
  }

  /// What is declared with a collation, or applies it.
  func users(ofCollation collation: QualifiedName) -> [ObjectAddress] {
    func isMeant(_ name: QualifiedName?) -> Bool {
      name?.name == collation.name && (name?.schema == nil || name?.schema == collation.schema)
    }
    let holders = dependents(ofCollation: collation.name)
    var parts = holders.users { expression in
      if case .collate(_, let name) = expression { isMeant(name) } else { false }
    }
    for table in holders.tables {
      parts += table.columns.filter { isMeant($0.collation) }.map { .column($0.name, of: table.name) }
      if table.partitionKey?.elements.contains(where: { isMeant($0.collation) }) == true {
        parts.append(.table(table.name))
      }
    }
    parts += holders.indexes.filter { $0.definition.elements.contains { isMeant($0.collation) } }.map {
      .index($0.name)
    }
    for type in holders.types {
      switch type.form {
      case .domain(let domain): if isMeant(domain.collation) { parts.append(.type(type.name)) }
      case .composite(let attributes):
        parts += attributes.filter { isMeant($0.collation) }.map { .attribute($0.name, of: type.name) }
      default: break
      }
    }
    return parts
  }
}

extension Expression {
  /// Whether it is a field of a row; `isRow` tells which rows are meant.
  fileprivate func picks(_ field: String, of isRow: (Expression) -> Bool) -> Bool {
    guard case .indirection(let base, let steps) = self, case .field(let name)? = steps.first else { return false }
    return name == field && isRow(base)
  }

  fileprivate var isValueOfDomain: Bool {
    if case .column(let reference) = self { reference.parts == ["value"] } else { false }
  }
}
