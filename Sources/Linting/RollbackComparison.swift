import Catalog
import Execution
import Syntax

extension Rollback {
  /// Compares the database after the migration and its down migration with the one `before` both; `rollback` is the down
  /// migration's run, `after` the database between them.
  init(
    of pair: MigrationPair,
    _ run: MigrationRun,
    _ rollback: RollbackRun?,
    from after: Database,
    to before: Database,
    policy: Policy
  ) {
    var differences: [CatalogDifference] = []
    var makers: [CatalogDifference: Int] = [:]
    var restorations: [CatalogDifference: CatalogDifference.Restoration] = [:]
    var refused: RefusedStatement?
    var felt: Set<CatalogDifference> = []
    if let down = pair.down, let rollback, down.unreadable == nil, down.script.errors.isEmpty,
      pair.up.script.errors.isEmpty, run.firstRefused == nil
    {
      refused = rollback.run.firstRefused
      let now = rollback.after.catalog
      differences = pair.up.differencesToUndo(in: now, from: before.catalog).filter {
        !$0.isOnlyLooser(in: now, from: before.catalog, past: after.catalog)
      }
      felt = Set(differences.filter { $0.isFelt(in: now, from: before.catalog) })
      if !differences.isEmpty { makers = pair.up.makers(of: differences, from: before, to: after, policy) }
      for difference in differences.prefix(Self.maximumRestorations) {
        restorations[difference] = difference.restoration(of: now, to: before.catalog)
      }
    }
    let doesNothing = pair.down.map { $0.script.statements.allSatisfy(\.kind.changesNothing) } ?? true
    let made = doesNothing ? pair.up.differencesToUndo(in: after.catalog, from: before.catalog) : []
    self.init(
      up: pair.up,
      effects: run.statements.map(\.effects),
      down: pair.down,
      refused: refused,
      differences: differences,
      feltDifferences: felt,
      makers: makers,
      restorations: restorations,
      needsNothing: doesNothing && made.isEmpty && pair.up.needsNothing(run),
      takesAway: made.contains { $0.kind != .leftOver && $0.isFelt(in: after.catalog, from: before.catalog) },
      overwritten: pair.down == nil ? [] : pair.up.overwrittenColumns(since: before, upTo: after)
    )
  }

  /// So many are written out; who left more has forgotten the down migration.
  private static var maximumRestorations: Int { 20 }
}

extension Migration {
  /// Without what PostgreSQL cannot undo, what was perhaps there before, and what goes without saying.
  fileprivate func differencesToUndo(in now: Catalog, from before: Catalog) -> [CatalogDifference] {
    let differences = now.differences(from: before)
    if differences.isEmpty { return [] }
    let perhapsThere = namesPerhapsThere
    let all = Set(differences)
    return differences.filter { difference in
      if difference.followsParent(among: all, now: now, before: before) { return false }
      switch (difference.kind, difference.subject) {
      case (.leftOver, .enumValue): return false
      case (.leftOver, .extension(let name)): return !perhapsThere.contains(.extension(name))
      case (.leftOver, .table(let name)), (.leftOver, .index(let name)), (.leftOver, .view(let name)),
        (.leftOver, .sequence(let name)), (.leftOver, .type(let name)), (.leftOver, .function(let name)):
        return !perhapsThere.contains(.object(name.name))
      case (.leftOver, .part(_, let name, let table)): return !perhapsThere.contains(.part(name, of: table.name))
      case (.changed, .part(.constraint, let name, let table)):
        // One that is validated is not made NOT VALID again.
        guard var old = before.tables[table]?.constraint(name) else { return true }
        old.isValidated = true
        return old != now.tables[table]?.constraint(name)
      default: return true
      }
    }
  }

  /// What IF EXISTS and IF NOT EXISTS leave open.
  private var namesPerhapsThere: Set<PerhapsThere> {
    var names: Set<PerhapsThere> = []
    for statement in script.statements {
      switch statement.kind {
      case .createExtension(let create) where create.ifNotExists: names.insert(.extension(create.name))
      case .drop(let drop) where drop.ifExists:
        for object in drop.objects {
          names.insert(object.relation.map { .part(object.name.name, of: $0.name) } ?? .object(object.name.name))
        }
      case .alterTable(let alter):
        for action in alter.actions {
          switch action.kind {
          case .dropColumn(let name, ifExists: true, _), .dropConstraint(let name, ifExists: true, _):
            names.insert(.part(name, of: alter.relation.name.name))
          default: break
          }
        }
      default: break
      }
    }
    return names
  }

  /// Runs the statements once more and looks which one wrote what. Of a single one `after` tells it.
  fileprivate func makers(
    of differences: [CatalogDifference],
    from before: Database,
    to after: Database,
    _ policy: Policy
  ) -> [CatalogDifference: Int] {
    func owner(of subject: CatalogDifference.Subject) -> CatalogDifference.Subject? {
      if case .index(let name) = subject { return before.catalog.indexes[name].map { .table($0.table) } }
      return subject.owner
    }
    let wanted = Set(differences.map(\.subject)).union(differences.compactMap { owner(of: $0.subject) })
    var last: [CatalogDifference.Subject: Int] = [:]
    func note(_ now: Catalog, since start: Catalog, at index: Int) {
      for difference in now.differences(from: start) {
        for subject in [difference.subject, difference.subject.owner].compactMap(\.self) where wanted.contains(subject)
        {
          last[subject] = index
        }
      }
    }
    if script.statements.count == 1 {
      note(after.catalog, since: before.catalog, at: 0)
    } else {
      var database = before
      database.beginMigration(on: day)
      for (index, statement) in script.statements.enumerated() {
        database.catalog.refreshDependencies()
        database.catalog.forgetWrites()
        let start = database.catalog
        _ = database.execute(statement.kind, version: policy.targetVersion, isTruncated: statement.isTruncated)
        note(database.catalog, since: start, at: index)
      }
    }
    return Dictionary(
      uniqueKeysWithValues: differences.compactMap { difference in
        (last[difference.subject] ?? owner(of: difference.subject).flatMap { last[$0] }).map { (difference, $0) }
      }
    )
  }

  /// Whether none of its statements leaves anything besides what the schemas show.
  fileprivate func needsNothing(_ run: MigrationRun) -> Bool {
    unreadable == nil && script.errors.isEmpty && run.firstRefused == nil
      && run.statements.allSatisfy { $0.effects.losses.isEmpty && $0.effects.unknowns.isEmpty }
      && script.statements.allSatisfy(\.kind.leavesSchemaOnly)
  }
}

/// What was perhaps there before the history, told by its name alone.
private enum PerhapsThere: Hashable {
  case `extension`(String)
  case object(String)
  case part(String, of: String)
}

extension CatalogDifference {
  /// Whether it is a column that the migration took away, and that is there again for whatever it took: one with a
  /// default that it had not, so that the rows can have it, or one that allows NULL.
  fileprivate func isOnlyLooser(in now: Catalog, from before: Catalog, past after: Catalog) -> Bool {
    guard kind == .changed, case .part(.column, let name, let table) = subject, after.tables[table]?.column(name) == nil
    else { return false }
    let value = before.tables[table]?.column(name)?.defaultValue
    guard value == nil || value == now.tables[table]?.column(name)?.defaultValue else { return false }
    return !now.isColumn(name, of: table, stricterThanIn: before)
  }

  /// Whether a table that this one is a partition of, or inherits from, differs in the same.
  fileprivate func followsParent(among all: Set<Self>, now: Catalog, before: Catalog) -> Bool {
    func parents(of table: QualifiedName) -> [QualifiedName] {
      (now.tables[table] ?? before.tables[table])?.parents ?? []
    }
    switch subject {
    case .table(let name):
      return parents(of: name).contains { all.contains(Self(kind: kind, subject: .table($0))) }
    case .part(let part, let name, let table):
      return parents(of: table).contains { all.contains(Self(kind: kind, subject: .part(part, name, of: $0))) }
    default: return false
    }
  }
}

extension Statement.Kind {
  /// Whether it neither changes nor calls anything: what stands in a migration that has nothing to do.
  package var changesNothing: Bool {
    switch self {
    case .transaction, .set, .show: true
    case .query(.select(let select)):
      select.with == nil && select.into == nil && select.from.isEmpty
        && select.targets.allSatisfy { !$0.expression.contains(where: \.callsOrReads) }
    default: false
    }
  }

  /// Whether all that it leaves is in the schema, or is nothing that anybody wants undone.
  fileprivate var leavesSchemaOnly: Bool {
    switch self {
    case .comment, .alterEnum, .createExtension, .alterTable, .createTable, .createIndex, .reindex, .vacuum, .cluster,
      .refreshMaterializedView, .lockTable:
      true
    // Nobody knows what was there before.
    case .dataChange(.update): true
    case .drop(let drop): drop.objectKind == .table || drop.objectKind == .index
    default: changesNothing
    }
  }
}

extension Expression {
  fileprivate var callsOrReads: Bool {
    switch self {
    case .call, .subquery, .other, .special: true
    default: false
    }
  }
}

extension Migration {
  /// The columns that its UPDATEs write and that were there `before` with values of their own.
  fileprivate func overwrittenColumns(since before: Database, upTo after: Database) -> [OverwrittenColumn] {
    var found: [OverwrittenColumn] = []
    var known: Set<OverwrittenColumn> = []
    for statement in script.statements {
      guard case .dataChange(.update(let update)) = statement.kind else { continue }
      let table = before.qualified(update.relation.name)
      for column in update.assignments.flatMap(\.columns) {
        let isNew =
          before.catalog.tables[table].map { !before.catalog.mayHave(column, $0) }
          ?? (after.catalog.tables[table]?.isAssumed == false)
        let item = OverwrittenColumn(column: column, table: table)
        if !isNew, known.insert(item).inserted { found.append(item) }
      }
    }
    return found
  }
}
