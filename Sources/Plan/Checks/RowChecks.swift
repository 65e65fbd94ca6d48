import Catalog
import Linting
import Syntax

/// Asks whether changes of rows left any behind, and says what to count before and after.
struct RowChecks {
  private let migration: MigrationReport
  private let replay: Replay
  private(set) var checks: [Check] = []
  /// What is to be done with rows, by table, for the progress of a change that takes its time.
  private(set) var remaining: [Remaining] = []
  /// Rows that are copied elsewhere and then taken away.
  private(set) var archives: [Archive] = []

  /// A query that counts what a change has yet to do.
  struct Remaining: Hashable {
    let table: QualifiedName
    /// True of the rows that are left.
    let condition: String
    let subject: String
    /// Whether it can be asked before the migration: all that it reads is there.
    let isAskableBefore: Bool
  }

  struct Archive: Hashable {
    let source: QualifiedName
    let archive: QualifiedName
    /// Counts, before the migration, how many rows must be in the archive after it.
    let before: String
    /// Counts, after it, the rows that came.
    let after: String
    /// Whether some of them may be left out, for others that are like them.
    let mayLeaveOut: Bool
  }

  init(of migration: MigrationReport, _ replay: Replay) {
    (self.migration, self.replay) = (migration, replay)
    let changes = migration.statements.filter { $0.refusal?.isCertain != true }.flatMap { statement in
      Self.changes(in: statement.statement.kind)
    }
    for (position, change) in changes.enumerated() {
      note(change, before: changes[(position + 1)...], behind: changes[..<position])
    }
  }

  /// What a statement and the code that stands in it do with rows.
  private enum Change {
    case data(DataChange)
    case truncate(QualifiedName)
    case copy(into: QualifiedName, Select)
  }

  private static func changes(in kind: Statement.Kind) -> [Change] {
    switch kind {
    case .dataChange(let change): [.data(change)]
    case .truncate(let truncate): truncate.relations.map { .truncate($0.name) }
    case .createTableAs(let table):
      if case .select(let select) = table.query { [.copy(into: table.relation.name, select)] } else { [] }
    case .anonymousBlock(let block):
      block.code.statements.flatMap { statement -> [Change] in
        if case .dataChange(let change) = statement { [.data(change)] } else { [] }
      }
    default: []
    }
  }

  private mutating func note(_ change: Change, before later: ArraySlice<Change>, behind earlier: ArraySlice<Change>) {
    switch change {
    case .data(.update(let update)): note(update, before: later)
    case .data(.delete(let delete)):
      noteRemoval(
        of: delete.relation.name,
        where: delete.using.isEmpty && delete.with == nil ? delete.condition : nil,
        isWhole: delete.condition == nil,
        before: later,
        behind: earlier
      )
    case .truncate(let table): noteRemoval(of: table, where: nil, isWhole: true, before: later, behind: earlier)
    default: break
    }
  }

  // MARK: - Updates

  private mutating func note(_ update: Update, before later: ArraySlice<Change>) {
    let table = replay.before.qualified(update.relation.name)
    guard update.with == nil, update.relation.alias == nil, !isFilled(table, by: later),
      let now = replay.after.catalog.tables[table]
    else { return }
    let given = update.from.isEmpty ? update.condition.map { parts(of: $0, over: now) } ?? [] : nil
    for assignment in update.assignments where assignment.columns.count == 1 && !assignment.setsParts {
      guard let given else { continue }
      let column = assignment.columns[0]
      guard now.column(column) != nil || !replay.after.catalog.isFullyKnown(now), assignment.value != .constant(.null)
      else { continue }
      let isEmpty = Expression.isNull(.column(named: column))
      if given.contains(isEmpty) {
        note(
          table,
          given,
          "no row of \(table.displayName) is left with NULL in \(column)",
          is: "rows with NULL in \(column)"
        )
      } else if update.condition == nil, assignment.value.isConstantValue, now.column(column)?.isNotNull != true {
        note(
          table,
          [isEmpty],
          "no row of \(table.displayName) is left with NULL in \(column)",
          is: "rows with NULL in \(column)"
        )
      } else if let old = given.first(where: { $0.comparedColumn == column }), assignment.value.isConstantValue,
        old.comparedValue != assignment.value
      {
        note(
          table,
          given,
          "no row of \(table.displayName) is left with \(old.sql)",
          is: "rows with \(old.sql)"
        )
      }
    }
  }

  private mutating func note(_ table: QualifiedName, _ parts: [Expression], _ subject: String, is words: String) {
    var deparser = Deparser()
    let condition = parts.map { part in
      let text = deparser.text(part)
      if case .or = part { return "(\(text))" }
      return text
    }.joined(separator: " AND ")
    guard deparser.unprintable.isEmpty else { return }
    let old = replay.before.catalog.tables[table]
    let names = Set(parts.flatMap(\.columnNames))
    let isAskable = old.map { old in
      names.allSatisfy { old.column($0) != nil } || !replay.before.catalog.isFullyKnown(old)
    }
    let item = Remaining(table: table, condition: condition, subject: words, isAskableBefore: isAskable ?? false)
    guard !remaining.contains(item) else { return }
    remaining.append(item)
    checks.append(Check(subject, "SELECT NOT EXISTS (SELECT FROM \(table) WHERE \(condition))", isOfRows: true))
  }

  /// What a condition asks of the table's own columns, without what makes a batch of them; `nil` where it asks for more.
  private func parts(of condition: Expression, over table: Table) -> [Expression]? {
    let parts = if case .and(let parts) = condition { parts } else { [condition] }
    var found: [Expression] = []
    for part in parts {
      if let batch = part.batchQuery {
        guard batch.from.count == 1, case .relation(let source) = batch.from[0],
          replay.after.qualified(source.name) == table.name
        else { return nil }
        guard let inner = batch.condition, let innerParts = self.parts(of: inner, over: table) else { continue }
        found += innerParts.filter { !found.contains($0) }
        continue
      }
      if part.contains(where: \.isQueryOrParameter) { return nil }
      let isOfTable = part.columnNames.allSatisfy { table.column($0) != nil }
      // Variables of the code around it, such as the bounds of a batch.
      guard isOfTable || !replay.after.catalog.isFullyKnown(table) else { continue }
      let own = part.withoutQualifiers
      if !found.contains(own) { found.append(own) }
    }
    return found
  }

  // MARK: - Removals

  private mutating func noteRemoval(
    of name: QualifiedName,
    where condition: Expression?,
    isWhole: Bool,
    before later: ArraySlice<Change>,
    behind earlier: ArraySlice<Change>
  ) {
    let table = replay.before.qualified(name)
    guard let now = replay.after.catalog.tables[table] else { return }
    let given = condition.flatMap { parts(of: $0, over: now) } ?? []
    if isWhole || !given.isEmpty, !isFilled(table, by: later) {
      let condition = given.map { part -> String in
        if case .or = part { "(\(part.sql))" } else { part.sql }
      }.joined(separator: " AND ")
      let picked = condition.isEmpty ? "" : " WHERE \(condition)"
      checks.append(
        Check(
          condition.isEmpty
            ? "\(table.displayName) holds no row" : "no row of \(table.displayName) is left with \(condition)",
          "SELECT NOT EXISTS (SELECT FROM \(table)\(picked))",
          isOfRows: true
        )
      )
    }
    noteArchive(of: table, behind: earlier)
  }

  private mutating func noteArchive(of table: QualifiedName, behind earlier: ArraySlice<Change>) {
    for change in earlier {
      var mayLeaveOut = false
      let (target, select): (QualifiedName, Select?) =
        switch change {
        case .copy(let target, let select): (target, select)
        case .data(.insert(let insert)):
          if case .select(let select)? = insert.query {
            (insert.relation.name, select)
          } else {
            (insert.relation.name, nil)
          }
        default: (table, nil)
        }
      if case .data(.insert(let insert)) = change { mayLeaveOut = insert.conflict != nil }
      guard let select, select.from.count == 1, case .relation(let source) = select.from[0],
        replay.before.qualified(source.name) == table, select.groupBy.isEmpty, select.distinct == .none,
        select.tail.limit == nil
      else { continue }
      let archive = replay.after.qualified(target)
      guard replay.after.catalog.tables[archive] != nil, archive != table else { continue }
      let condition = select.condition.map { " WHERE \($0.withoutQualifiers.sql)" } ?? ""
      // Rows may lie there from earlier times.
      let wasThere = replay.before.catalog.tables[archive] != nil
      archives.append(
        Archive(
          source: table,
          archive: archive,
          before: wasThere
            ? "SELECT (SELECT count(*) FROM \(archive)) + (SELECT count(*) FROM \(table)\(condition)) AS expected"
            : "SELECT count(*) AS expected FROM \(table)\(condition)",
          after: "SELECT count(*) FROM \(archive)",
          mayLeaveOut: mayLeaveOut
        )
      )
    }
  }

  /// Whether rows come into a table afterwards.
  private func isFilled(_ table: QualifiedName, by later: ArraySlice<Change>) -> Bool {
    later.contains { change in
      guard case .data(let data) = change else { return false }
      return switch data {
      case .insert(let insert): replay.before.qualified(insert.relation.name) == table
      case .merge(let merge): replay.before.qualified(merge.relation.name) == table
      case .update, .delete: false
      }
    }
  }
}

extension Expression {
  /// Of `key IN (SELECT key FROM t WHERE … LIMIT n)` and its kin, the query.
  fileprivate var batchQuery: Select? {
    switch self {
    case .subquery(let subquery) where subquery.form == .any:
      if case .select(let select) = subquery.query { select } else { nil }
    case .operation(let operation):
      if case .subquery(let subquery) = operation.right, subquery.form == .array,
        case .select(let select) = subquery.query
      {
        select
      } else {
        nil
      }
    default: nil
    }
  }

  fileprivate var isQueryOrParameter: Bool {
    switch self {
    case .subquery, .parameter, .currentOf, .other: true
    default: false
    }
  }

  /// Whether it is a value of the text's own that is not NULL.
  fileprivate var isConstantValue: Bool {
    switch self {
    case .constant(let constant): constant != .null
    case .cast(let operand, _): operand.isConstantValue
    default: false
    }
  }

  /// Of `column = constant`.
  fileprivate var comparedColumn: String? {
    guard case .operation(let operation) = self, operation.form == .plain, operation.name.name == "=",
      case .column(let column)? = operation.left, operation.right.isConstantValue
    else { return nil }
    return column.name
  }

  fileprivate var comparedValue: Expression? {
    if case .operation(let operation) = self { operation.right } else { nil }
  }

  /// The same with columns by their own names alone.
  fileprivate var withoutQualifiers: Expression {
    mapping { part in
      guard case .column(let column) = part, let name = column.name else { return part }
      return .column(named: name)
    }
  }
}
