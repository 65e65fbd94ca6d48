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
  /// Since the deployment of the migration that runs began.
  private var sinceOwn: RowChanges
  /// Since the first migration that is reported began.
  private var sinceFirst: RowChanges

  init(from database: Database) {
    sinceOwn = RowChanges(since: database)
    sinceFirst = sinceOwn
  }

  mutating func beginDeployment(from database: Database) { sinceOwn = RowChanges(since: database) }

  mutating func note(_ kind: Statement.Kind, _ result: ExecutionResult, from before: Database) {
    guard result.refusal == nil else { return }
    sinceOwn.note(kind, result.effects, in: before)
    sinceFirst.note(kind, result.effects, in: before)
    for nested in result.nested {
      sinceOwn.note(nested.kind, nested.effects, in: nested.before)
      sinceFirst.note(nested.kind, nested.effects, in: nested.before)
    }
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
        sinceOwn.keeps(column, of: table, in: database)
      }
    }
    return queries.filter { sinceOwn.keeps($0.reads, in: database) }
      .map { RowQuestion(query: $0, precedesAll: sinceFirst.keeps($0.reads, in: database)) }
  }
}

/// What statements have changed of the rows that were there, and of the names under which they can be read.
private struct RowChanges {
  private let start: Database
  /// Relations whose rows were written, or that got another name.
  private var relations: Set<QualifiedName> = []
  private var columns: Set<ColumnKey> = []

  private struct ColumnKey: Hashable {
    let relation: QualifiedName
    let name: String
  }

  init(since database: Database) { start = database }

  // MARK: - Noting

  mutating func note(_ kind: Statement.Kind, _ effects: StatementEffects, in database: Database) {
    for effect in effects.relations where effect.lock == .rowExclusive { relations.insert(effect.relation) }
    switch kind {
    case .truncate, .refreshMaterializedView, .setSchema:
      for effect in effects.relations where effect.lock > .rowExclusive { relations.insert(effect.relation) }
    case .rename(let rename): note(rename, effects, in: database)
    case .alterTable(let alter):
      for table in [database.qualified(alter.relation.name)] + effects.relations.map(\.relation) {
        for action in alter.actions {
          if let column = action.kind.changedColumn { columns.insert(ColumnKey(relation: table, name: column)) }
        }
      }
    default: break
    }
  }

  private mutating func note(_ rename: Rename, _ effects: StatementEffects, in database: Database) {
    for effect in effects.relations {
      let name = effect.relation
      if rename.objectKind == .column || rename.objectKind == .attribute {
        columns.insert(ColumnKey(relation: name, name: rename.object.name.name))
        columns.insert(ColumnKey(relation: name, name: rename.newName))
      } else if rename.relation.map({ database.qualified($0.name) == name }) ?? true {
        relations.insert(name)
        relations.insert(QualifiedName(schema: name.schema, rename.newName))
      }
    }
  }

  // MARK: - Asking

  /// Whether what a question reads is as it was, and so its answer.
  func keeps(_ reads: RowReads, in now: Database) -> Bool {
    guard start.catalog.unreadableRuns == now.catalog.unreadableRuns else { return false }
    return reads.columns.allSatisfy { table, columns in
      keeps(table, in: now) && columns.allSatisfy { keeps($0, of: table, in: now) }
    }
      && reads.functions.allSatisfy { name in
        let name = now.qualifiedFunction(name)
        return start.catalog.functions[name] == now.catalog.functions[name]
      }
      && reads.types.allSatisfy { name in
        let name = now.qualifiedType(name)
        return start.catalog.types.contains(name) == now.catalog.types.contains(name)
      }
  }

  func keeps(_ column: String, of table: QualifiedName, in now: Database) -> Bool {
    if columns.contains(ColumnKey(relation: table, name: column)) { return false }
    guard let known = start.catalog.tables[table], start.catalog.isFullyKnown(known) else { return true }
    return known.column(column) != nil || column.isSystemColumn
  }

  private func keeps(_ relation: QualifiedName, in now: Database) -> Bool {
    guard !relations.contains(relation), isSame(relation, in: now) else { return false }
    let before = Set(start.catalog.descendants(of: relation))
    let below = now.catalog.descendants(of: relation)
    // A new partition that nobody wrote to adds no row.
    return below.allSatisfy {
      !relations.contains($0) && (before.contains($0) || !start.catalog.hasRelation($0) && isNew($0, in: now))
    }
      && before.isSubset(of: below)
  }

  private func isNew(_ table: QualifiedName, in now: Database) -> Bool {
    now.catalog.tables[table].map { !$0.isAssumed } ?? false
  }

  /// Whether the name means the relation that it meant.
  private func isSame(_ relation: QualifiedName, in now: Database) -> Bool {
    let catalogs = (start.catalog, now.catalog)
    if let table = catalogs.1.tables[relation], !table.isAssumed {
      return catalogs.0.tables[relation]?.createdIn == table.createdIn
    }
    if let view = catalogs.1.views[relation] { return catalogs.0.views[relation]?.createdIn == view.createdIn }
    // The history never made it: it must not have made and dropped another one either.
    return catalogs.0.tables[relation]?.isAssumed ?? !catalogs.0.hasRelation(relation)
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
