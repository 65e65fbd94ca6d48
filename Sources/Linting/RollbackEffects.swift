import Catalog
import Execution
import Syntax

extension StatementEffects {
  /// What rules see of a statement of a down migration; `before` is the schema before the up migration, `now` the one that
  /// the statement meets.
  ///
  /// A down migration is there to remove what the up migration made and to restore the names that it changed, so that is
  /// no offence. Others notice its locks and its work all the same, and its row in the risk table stays.
  func rollingBack(to before: Database, from now: Database) -> StatementEffects {
    let made = MadeBetween(before: before.catalog, now: now.catalog)
    var effects = self
    effects.losses.removeAll(where: made.covers)
    effects.breaks.removeAll(where: made.covers)
    return effects
  }
}

/// What a migration made: it is there now and was not before.
private struct MadeBetween {
  let before: Catalog
  let now: Catalog

  func covers(_ loss: DataLoss) -> Bool {
    switch loss {
    case .table(let table), .rows(let table, _): isNew(table)
    case .column(let column, let table), .narrowing(let column, let table): isNew(column, of: table)
    case .object(let kind, let name): isNew(kind, name)
    }
  }

  func covers(_ breakage: Breakage) -> Bool {
    switch breakage {
    case .relationGone(let relation): isNew(relation)
    case .relationRenamed(let relation, let name):
      isNew(relation) && before.hasRelation(QualifiedName(schema: relation.schema, name))
    case .columnGone(let column, let table), .columnTypeChanged(let column, let table),
      .insertFails(let column, let table):
      isNew(column, of: table)
    case .columnRenamed(let column, let table, let name):
      isNew(column, of: table) && before.tables[table]?.column(name) != nil
    case .objectGone(let kind, let name): isNew(kind, name)
    case .partGone(let part): isNew(part)
    case .objectRenamed(let kind, let name, let newName):
      isNew(kind, name)
        && before.has(kind, QualifiedName(schema: QualifiedName(parsing: name).schema, newName).description)
    }
  }

  private func isNew(_ part: ObjectAddress) -> Bool {
    switch part {
    case .defaultValue(let column, let table): before.tables[table]?.column(column)?.defaultValue == nil
    case .constraint(let name, let table): before.tables[table]?.constraint(name) == nil
    case .policy(let name, let table): before.tables[table]?.policies.contains(named: name) != true
    case .index(let name): !before.indexes.contains(name)
    case .trigger(let name, let relation):
      (before.tables[relation]?.triggers ?? before.views[relation]?.triggers)?.contains(named: name) != true
    case .rule(let name, let relation):
      (before.tables[relation]?.rules ?? before.views[relation]?.rules)?.contains(named: name) != true
    default: false
    }
  }

  private func isNew(_ relation: QualifiedName) -> Bool {
    guard !before.hasRelation(relation) else { return false }
    return now.hasRelation(relation) && now.tables[relation]?.isAssumed != true
  }

  private func isNew(_ column: String, of table: QualifiedName) -> Bool {
    guard let known = before.tables[table] else { return isNew(table) }
    return known.column(column) == nil && now.tables[table]?.column(column) != nil
  }

  private func isNew(_ kind: ObjectKind, _ name: String) -> Bool {
    now.has(kind, name) && !before.has(kind, name)
  }
}

extension Catalog {
  /// Whether it has an object of a kind by a name as effects write it; false for a kind that it does not keep by name.
  fileprivate func has(_ kind: ObjectKind, _ name: String) -> Bool {
    let qualified = QualifiedName(parsing: name)
    return switch kind {
    case .view, .materializedView: views.contains(qualified)
    case .sequence: sequences.contains(qualified)
    case .type, .domain: types.contains(qualified)
    case .function, .procedure, .routine: functions.contains(qualified)
    case .schema: schemas.contains(name)
    case .extension: extensions[name] != nil
    default: false
    }
  }
}
