import Catalog
import Execution
import Syntax

/// A question about rows, and when it can be asked.
package struct RowQuestion: Hashable, Sendable {
  package let query: RowQuery
  /// Whether it has the same answer before the first of the migrations that are reported; before the statement's own
  /// deployment it has in any case.
  package let precedesAll: Bool

  package init(query: RowQuery, precedesAll: Bool) {
    self.query = query
    self.precedesAll = precedesAll
  }
}

/// What the migrations of a deployment have changed, so that it is known which questions about rows have the same answer
/// before it begins.
struct DeploymentProgress {
  private var changes = RowChanges()
  /// The beginning of the first migration that is reported.
  private let first: Beginning
  /// That of the deployment of the migration that runs.
  private var own: Beginning

  fileprivate struct Beginning {
    let database: Database
    /// How many statements had run.
    let count: Int
  }

  init(from database: Database) {
    first = Beginning(database: database, count: 0)
    own = first
  }

  mutating func beginDeployment(from database: Database) { own = Beginning(database: database, count: changes.count) }

  mutating func note(_ kind: Statement.Kind, _ result: ExecutionResult, from before: Database) {
    guard result.refusal == nil else { return }
    changes.note(kind, result.effects, in: before)
    for nested in result.nested { changes.note(nested.kind, nested.effects, in: nested.before) }
  }

  /// The questions of a statement that can be asked before its deployment.
  func questions(
    of statement: Statement,
    _ effects: StatementEffects,
    in database: Database,
    _ migration: Migration,
    _ policy: Policy
  ) -> [RowQuestion] {
    guard !effects.rowConditions.isEmpty, !migration.script.hasPlaceholder(in: statement.range) else { return [] }
    // A report must not grow with the square of what a file can hold.
    let queries = effects.rowConditions.prefix(100).flatMap { condition in
      RowQueryWriter.queries(of: condition, in: database, version: policy.targetVersion) { column, table in
        changes.keep(column, of: table, since: own)
      }
    }
    return queries.filter { changes.keep($0.reads, since: own, in: database) }
      .map { RowQuestion(query: $0, precedesAll: changes.keep($0.reads, since: first, in: database)) }
  }
}

/// What statements have changed of the rows that were there, and of the names under which they can be read.
private struct RowChanges {
  /// How many statements have run.
  private(set) var count = 0
  /// Relations whose rows were written, or that got another name, with the number of the last statement that did it.
  private var relations: [QualifiedName: Int] = [:]
  private var columns: [ColumnKey: Int] = [:]

  private struct ColumnKey: Hashable {
    let relation: QualifiedName
    let name: String
  }

  // MARK: - Noting

  mutating func note(_ kind: Statement.Kind, _ effects: StatementEffects, in database: Database) {
    count += 1
    for effect in effects.relations where effect.lock == .rowExclusive { note(effect.relation) }
    switch kind {
    case .truncate, .refreshMaterializedView, .setSchema:
      for effect in effects.relations where effect.lock > .rowExclusive { note(effect.relation) }
    case .rename(let rename): note(rename, effects, in: database)
    case .alterTable(let alter):
      for table in [database.qualified(alter.relation.name)] + effects.relations.map(\.relation) {
        for action in alter.actions {
          if let column = action.kind.changedColumn { note(column, of: table) }
        }
      }
    default: break
    }
  }

  private mutating func note(_ relation: QualifiedName) { relations[relation] = count }

  private mutating func note(_ column: String, of relation: QualifiedName) {
    columns[ColumnKey(relation: relation, name: column)] = count
  }

  private mutating func note(_ rename: Rename, _ effects: StatementEffects, in database: Database) {
    for effect in effects.relations {
      let name = effect.relation
      if rename.objectKind == .column || rename.objectKind == .attribute {
        note(rename.object.name.name, of: name)
        note(rename.newName, of: name)
      } else if rename.relation.map({ database.qualified($0.name) == name }) ?? true {
        note(name)
        note(QualifiedName(schema: name.schema, rename.newName))
      }
    }
  }

  // MARK: - Asking

  /// Whether what a question reads is as it was, and so its answer.
  func keep(_ reads: RowReads, since start: DeploymentProgress.Beginning, in now: Database) -> Bool {
    let (before, after) = (start.database.catalog, now.catalog)
    guard before.unreadableRuns == after.unreadableRuns else { return false }
    return reads.columns.allSatisfy { table, columns in
      keep(table, since: start, in: after) && columns.allSatisfy { keep($0, of: table, since: start) }
    }
      && reads.functions.allSatisfy { name in
        let name = now.qualifiedFunction(name)
        return before.functions[name] == after.functions[name]
      }
      && reads.types.allSatisfy { name in
        let name = now.qualifiedType(name)
        return before.types.contains(name) == after.types.contains(name)
      }
  }

  func keep(_ column: String, of table: QualifiedName, since start: DeploymentProgress.Beginning) -> Bool {
    if let change = columns[ColumnKey(relation: table, name: column)], change > start.count { return false }
    let before = start.database.catalog
    guard let known = before.tables[table], before.isFullyKnown(known) else { return true }
    return known.column(column) != nil || column.isSystemColumn
  }

  private func keep(_ relation: QualifiedName, since start: DeploymentProgress.Beginning, in now: Catalog) -> Bool {
    let before = start.database.catalog
    guard !isChanged(relation, since: start), now.isSame(relation, as: before) else { return false }
    let old = Set(before.descendants(of: relation))
    let below = now.descendants(of: relation)
    // A new partition that nobody wrote to adds no row.
    return below.allSatisfy { table in
      guard !isChanged(table, since: start) else { return false }
      return old.contains(table) || !before.hasRelation(table) && now.tables[table]?.isAssumed == false
    }
      && old.isSubset(of: below)
  }

  /// Whether a statement changed rows of the relation, or its name.
  private func isChanged(_ relation: QualifiedName, since start: DeploymentProgress.Beginning) -> Bool {
    relations[relation].map { $0 > start.count } ?? false
  }
}

extension Catalog {
  /// Whether a name means the relation that it meant in an earlier catalog.
  fileprivate func isSame(_ relation: QualifiedName, as before: Catalog) -> Bool {
    if let table = tables[relation], !table.isAssumed {
      return before.tables[relation]?.createdIn == table.createdIn
    }
    if let view = views[relation] { return before.views[relation]?.createdIn == view.createdIn }
    // The history never made it: it must not have made and dropped another one either.
    return before.tables[relation]?.isAssumed ?? !before.hasRelation(relation)
  }
}

extension AlterTable.ActionKind {
  /// The column whose values are others behind it, or that has another meaning.
  fileprivate var changedColumn: String? {
    switch self {
    case .addColumn(let column, _): column.name
    case .dropColumn(let column, _, _), .setType(let column, _, _), .setExpression(let column, _): column
    default: nil
    }
  }
}

extension Script {
  /// Whether a program puts something into the text before PostgreSQL sees it.
  fileprivate func hasPlaceholder(in range: Range<Int>) -> Bool {
    // They are in the order of the text, and there may be thousands.
    let first = nonSQLRanges.partitioningIndex { $0.range.upperBound > range.lowerBound }
    return nonSQLRanges[first...].prefix { $0.range.lowerBound < range.upperBound }.contains { part in
      switch part.kind {
      case .placeholder, .omitted: true
      case .metaCommand, .copyData: false
      }
    }
  }
}
