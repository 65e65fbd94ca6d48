import Catalog
import Execution
import Syntax

/// What there was when a migration began, and under which names: all that running code knows.
///
/// A down migration has those of its up migration: it is there to remove what that one made, and to restore the names
/// that it changed.
package struct Origins: Sendable {
  let start: Catalog
  /// The names that relations had, by those that they have.
  private var relations: [QualifiedName: QualifiedName] = [:]
  /// The names that columns had, by those that they have, of tables by the names that those had.
  private var columns: [ColumnName: String] = [:]

  private struct ColumnName: Hashable {
    let table: QualifiedName
    let name: String
  }

  package init(of start: Catalog) { self.start = start }

  /// A statement has run.
  package mutating func note(_ effects: StatementEffects) {
    for breakage in effects.breaks {
      switch breakage {
      case .relationRenamed(let old, let new):
        relations[new] = relations.removeValue(forKey: old) ?? old
      case .objectRenamed(.sequence, let old, let new):
        // SET SCHEMA gives it a name with a schema.
        let (old, new) = (QualifiedName(parsing: old), QualifiedName(parsing: new))
        relations[QualifiedName(schema: new.schema ?? old.schema, new.name)] = relations.removeValue(forKey: old) ?? old
      case .columnRenamed(let old, let table, let new):
        let table = relations[table] ?? table
        let origin = columns.removeValue(forKey: ColumnName(table: table, name: old)) ?? old
        columns[ColumnName(table: table, name: new)] = origin
      default: break
      }
    }
  }

  // MARK: - Looking back

  /// The name that the relation had; `nil` where it was made since.
  func origin(of relation: QualifiedName, in now: Catalog) -> QualifiedName? {
    let name = relations[relation] ?? relation
    let table = now.tables[relation]
    guard start.hasRelation(name) else { return now.hasRelation(relation) && table?.isAssumed != true ? nil : name }
    if let table, !table.isAssumed, let old = start.tables[name], old.createdIn != table.createdIn { return nil }
    return name
  }

  /// The name that the column had, and its table; `nil` where it was made since.
  private func origin(of column: String, of table: QualifiedName, in now: Catalog) -> ColumnName? {
    guard let original = origin(of: table, in: now) else { return nil }
    let name = columns[ColumnName(table: original, name: column)] ?? column
    if let known = start.tables[original], known.column(name) == nil, now.tables[table]?.column(column) != nil {
      return nil
    }
    return ColumnName(table: original, name: name)
  }

  private func isNew(_ kind: ObjectKind, _ name: String, in now: Catalog) -> Bool {
    switch kind {
    case .view, .materializedView, .sequence: origin(of: QualifiedName(parsing: name), in: now) == nil
    default: now.has(kind, name) && !start.has(kind, name)
    }
  }

  // MARK: - What others notice

  /// What others notice of a statement's effects that meets the database `now`: what was made since is nobody's loss.
  func noticed(_ effects: StatementEffects, in now: Catalog) -> StatementEffects {
    guard !effects.losses.isEmpty || !effects.breaks.isEmpty else { return effects }
    var effects = effects
    effects.losses.removeAll { !notices($0, in: now) }
    effects.breaks.removeAll { noticed($0, in: now) == nil }
    return effects
  }

  private func notices(_ loss: DataLoss, in now: Catalog) -> Bool {
    switch loss {
    case .table(let table), .rows(let table, _): origin(of: table, in: now) != nil
    case .column(let column, let table), .narrowing(let column, let table):
      origin(of: column, of: table, in: now) != nil
    case .object(let kind, let name): !isNew(kind, name, in: now)
    }
  }

  /// The effects with what breaks under the names that running code knows, and without what nobody notices.
  func named(_ effects: StatementEffects, in now: Catalog) -> StatementEffects {
    var effects = noticed(effects, in: now)
    if !effects.breaks.isEmpty { effects.breaks = effects.breaks.compactMap { noticed($0, in: now) } }
    return effects
  }

  /// The breakage with the names that running code knows; `nil` where it knows nothing of it. What gets a name that was
  /// there takes the place of what had it.
  package func noticed(_ breakage: Breakage, in now: Catalog) -> Breakage? {
    switch breakage {
    case .relationGone(let relation): return origin(of: relation, in: now).map(Breakage.relationGone)
    case .relationRenamed(let relation, let new):
      guard let origin = origin(of: relation, in: now), !start.hasRelation(new) else { return nil }
      return .relationRenamed(origin, to: new)
    case .columnGone(let column, let table):
      return origin(of: column, of: table, in: now).map { .columnGone($0.name, of: $0.table) }
    case .columnRenamed(let column, let table, let new):
      guard let origin = origin(of: column, of: table, in: now), start.tables[origin.table]?.column(new) == nil else {
        return nil
      }
      return .columnRenamed(origin.name, of: origin.table, to: new)
    case .columnTypeChanged(let column, let table):
      return origin(of: column, of: table, in: now).map { .columnTypeChanged($0.name, of: $0.table) }
    case .insertFails(let column, let table):
      return origin(of: table, in: now).map { .insertFails(column: column, of: $0) }
    case .objectGone(let kind, let name): return isNew(kind, name, in: now) ? nil : breakage
    case .dependentGone(let dependent): return start.has(dependent) ? breakage : nil
    case .constraintGone(let name, let table):
      guard let origin = origin(of: table, in: now) else { return nil }
      let isNew = start.tables[origin]?.constraint(name) == nil && now.tables[table]?.constraint(name) != nil
      return isNew ? nil : .constraintGone(name, of: origin)
    case .primaryKeyGone(let table):
      guard let origin = origin(of: table, in: now) else { return nil }
      let isNew = start.tables[origin]?.primaryKey == nil && now.tables[table]?.primaryKey != nil
      return isNew ? nil : .primaryKeyGone(of: origin)
    case .uniquenessLost(let key, let index, let table):
      guard let origin = origin(of: table, in: now), start.keepsUnique(key, in: origin) else { return nil }
      return .uniquenessLost(key, index: index, of: origin)
    case .privilegesGone(let place):
      let wasGiven = start.privileges.isKnown(place) ? start.privileges.since([], at: place) != nil : nil
      return wasGiven == false ? nil : breakage
    case .partGone(let kind, let part, let whole):
      return start.hasPart(kind, part, of: whole) == false && now.hasPart(kind, part, of: whole) != false
        ? nil : breakage
    case .attributeRenamed(let old, let type, let new):
      let isKnown = start.hasPart(.attribute, old, of: type) != false
      return isKnown && start.hasPart(.attribute, new, of: type) != true ? breakage : nil
    case .enumValueRenamed(let old, let type, let new):
      return start.hasValue(old, of: type) != false && start.hasValue(new, of: type) != true ? breakage : nil
    case .objectRenamed(let kind, let name, _): return isNew(kind, name, in: now) ? nil : breakage
    }
  }

  /// What is left of a noticed breakage at the end of the migration, which may make again what it took away.
  func remaining(of breakage: Breakage, at end: Catalog) -> [Breakage] {
    switch breakage {
    case .relationGone(let relation), .relationRenamed(let relation, _):
      guard end.hasRelation(relation) else { return [breakage] }
      return missingColumns(of: relation, at: end).map { .columnGone($0, of: relation) }
    case .columnGone(let column, let table), .columnRenamed(let column, let table, _):
      return end.tables[table]?.column(column) == nil ? [breakage] : []
    case .columnTypeChanged(let column, let table):
      guard let type = start.tables[table]?.column(column)?.type else { return [breakage] }
      return end.tables[table]?.column(column)?.type == type ? [] : [breakage]
    case .insertFails(let column, let table):
      guard let column = end.tables[table]?.column(column) else {
        return start.tables[table]?.column(column) == nil ? [breakage] : []
      }
      return column.isNotNull && column.defaultValue == nil && column.identity == nil ? [breakage] : []
    case .dependentGone(let dependent): return end.has(dependent) ? [] : [breakage]
    case .constraintGone, .primaryKeyGone, .uniquenessLost: return end.mends(breakage, since: start) ? [] : [breakage]
    case .privilegesGone(let place): return end.privileges.keeps(start.privileges, at: place) ? [] : [breakage]
    case .partGone(let kind, let part, let whole):
      // Of a relation that is gone, nobody misses a part.
      let isLeft = end.hasPart(kind, part, of: whole) ?? (kind != .attribute && !end.hasRelation(whole))
      return isLeft ? [] : [breakage]
    case .attributeRenamed(let old, let type, _):
      return end.hasPart(.attribute, old, of: type) == true ? [] : [breakage]
    case .enumValueRenamed(let old, let type, _): return end.hasValue(old, of: type) == true ? [] : [breakage]
    case .objectGone(let kind, let name), .objectRenamed(let kind, let name, _):
      return end.has(kind, name) && keepsSignatures(kind, name, at: end) ? [] : [breakage]
    }
  }

  /// The columns that a relation made anew has no longer.
  private func missingColumns(of relation: QualifiedName, at end: Catalog) -> [String] {
    guard let old = start.tables[relation], let new = end.tables[relation] else { return [] }
    return old.columns.map(\.name).filter { new.column($0) == nil }
  }

  /// Whether calls of a function still find one that takes what they pass.
  private func keepsSignatures(_ kind: ObjectKind, _ name: String, at end: Catalog) -> Bool {
    let name = QualifiedName(parsing: name)
    guard let old = start.functions[name] else { return true }
    let new = Set(end.functions[name]?.map(\.inputTypes) ?? [])
    return old.allSatisfy { new.contains($0.inputTypes) }
  }
}

extension Origins {
  /// A finding that speaks of breakages, as it is at the end of the migration; `nil` where it has nothing to say.
  package func settled(_ finding: Finding, at end: Catalog) -> Finding? {
    guard !finding.breaks.isEmpty else { return finding }
    let left = finding.breaks.flatMap { remaining(of: $0, at: end) }
    if left == finding.breaks { return finding }
    guard left.isEmpty || finding.remainder != nil else { return finding }
    guard let remainder = finding.remainder, !finding.breaks.allSatisfy({ isSwapped($0) }) else { return nil }
    var finding = finding
    let columns = left.compactMap { if case .columnGone(let column, _) = $0 { column.quotedIdentifier } else { nil } }
    finding.breaks = left
    finding.message =
      columns.isEmpty
      ? remainder : "\(remainder), and breaks running code that names \(columns.joined(separator: ", "))"
    return finding
  }
}

extension Origins {
  /// Whether a column that was there, or was made for that, has got the name by a rename: it comes with values.
  private func isSwapped(_ breakage: Breakage) -> Bool {
    guard case .columnRenamed(let old, let table, _) = breakage else { return false }
    return columns[ColumnName(table: relations[table] ?? table, name: old)] != nil
  }
}

extension Catalog {
  /// Whether it has a default, a constraint or an index, which CASCADE takes along.
  fileprivate func has(_ dependent: ObjectAddress) -> Bool {
    switch dependent {
    case .defaultValue(let column, let table): tables[table]?.column(column)?.defaultValue != nil
    case .constraint(let name, let table): tables[table]?.constraint(name) != nil
    case .index(let name): indexes.contains(name)
    default: true
    }
  }

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
