import Syntax

extension CatalogDifference {
  /// Whether running code can tell, or the next run of the migration fails because of it. An index that is not there makes
  /// queries slow, and an option is a matter of speed; a body of a function that stays the new one is known to whoever
  /// wrote it. Nor does what takes more than it took before: a column that allows NULL now, a constraint not yet validated.
  package func isFelt(in now: Catalog, from before: Catalog) -> Bool {
    switch subject {
    case .table, .enumValue: true
    case .index(let name): (before.indexes[name] ?? now.indexes[name])?.definition.isUnique ?? true
    case .view, .function, .sequence, .schema, .extension: kind == .missing
    case .type: kind != .leftOver
    case .statistics: false
    case .settings(let table): !hasSameRowSecurity(before.tables[table], now.tables[table])
    case .part(.column, let name, let table):
      kind != .changed || now.isColumn(name, of: table, stricterThanIn: before)
    case .part(.constraint, let name, let table):
      !now.hasEqualConstraint(to: name, of: table, in: before, kind)
    case .part: kind != .changed
    }
  }

  private func hasSameRowSecurity(_ old: Table?, _ new: Table?) -> Bool {
    old?.hasRowSecurity == new?.hasRowSecurity && old?.forcesRowSecurity == new?.forcesRowSecurity
      && old?.partitionKey == new?.partitionKey && old?.partitionBound == new?.partitionBound
      && old?.parents == new?.parents
  }
}

extension Catalog {
  /// Whether the column is of another kind, or refuses what it took: code that knew it before may fail.
  package func isColumn(_ name: String, of table: QualifiedName, stricterThanIn before: Catalog) -> Bool {
    guard let oldTable = before.tables[table], let newTable = tables[table], let old = oldTable.column(name),
      let new = newTable.column(name)
    else { return true }
    let was = old.shape(in: CanonicalForm(in: before), of: oldTable)
    let isNow = new.shape(in: CanonicalForm(in: self), of: newTable)
    if was.type != isNow.type, new.type.map({ !takes($0, inPlaceOf: old, named: name) }) ?? true { return true }
    if was.collation != isNow.collation || was.generated != isNow.generated
      || was.identity != isNow.identity
    {
      return true
    }
    return isNow.isNotNull && (!was.isNotNull || was.defaultValue != nil && isNow.defaultValue == nil)
  }

  /// Whether a type takes all values of the column as they are: a longer varchar, or text.
  private func takes(_ type: TypeName, inPlaceOf column: Column, named name: String) -> Bool {
    let change = Database(catalog: self).change(of: column, named: name, to: type, using: nil)
    return !change.rewrites && !change.narrows
  }

  /// Whether a constraint of the other schema demands the same, under whatever name.
  fileprivate func hasEqualConstraint(
    to name: String,
    of table: QualifiedName,
    in before: Catalog,
    _ kind: CatalogDifference.Kind
  ) -> Bool {
    guard let old = before.tables[table], let new = tables[table] else { return false }
    func shapes(_ table: Table, _ catalog: Catalog, named name: String?) -> [TableConstraint.Shape] {
      let form = CanonicalForm(in: catalog)
      return table.constraints.filter { name == nil || $0.name == name }.map {
        var shape = $0.shape(in: form, of: table)
        shape.isValidated = true
        return shape
      }
    }
    let (own, others) =
      switch kind {
      case .leftOver: (shapes(new, self, named: name), shapes(old, before, named: nil))
      case .missing: (shapes(old, before, named: name), shapes(new, self, named: nil))
      case .changed: (shapes(old, before, named: name), shapes(new, self, named: name))
      }
    return !own.isEmpty && own.allSatisfy(others.contains)
  }
}
