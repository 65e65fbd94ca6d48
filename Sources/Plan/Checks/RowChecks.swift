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
  /// The position of the last change that brings rows into a table.
  private let lastFills: [QualifiedName: Int]
  /// What was copied so far out of a table, and not yet taken for an archive.
  private var copies: [QualifiedName: [Copy]] = [:]
  private var known: Set<Remaining> = []

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
    lastFills = Dictionary(
      changes.enumerated().compactMap { position, change in
        change.filled.map { (replay.before.qualified($0), position) }
      },
      uniquingKeysWith: { $1 }
    )
    for (position, change) in changes.enumerated() { note(change, at: position) }
  }

  /// What a statement and the code that stands in it do with rows.
  private enum Change {
    case data(DataChange)
    case truncate(QualifiedName)
    case copy(into: QualifiedName, Select)

    /// The table that rows come into.
    var filled: QualifiedName? {
      switch self {
      case .data(.insert(let insert)): insert.relation.name
      case .data(.merge(let merge)): merge.relation.name
      default: nil
      }
    }
  }

  /// Rows that a statement puts into another table.
  private struct Copy {
    let target: QualifiedName
    let condition: Expression?
    let mayLeaveOut: Bool
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

  private mutating func note(_ change: Change, at position: Int) {
    switch change {
    case .data(.update(let update)): note(update, at: position)
    case .data(.delete(let delete)):
      noteRemoval(
        of: delete.relation.name,
        where: delete.using.isEmpty && delete.with == nil ? delete.condition : nil,
        isWhole: delete.condition == nil,
        at: position
      )
    case .truncate(let table): noteRemoval(of: table, where: nil, isWhole: true, at: position)
    case .data(.insert(let insert)):
      if case .select(let select)? = insert.query {
        noteCopy(into: insert.relation.name, select, mayLeaveOut: insert.conflict != nil)
      }
    case .copy(let target, let select): noteCopy(into: target, select)
    default: break
    }
  }

  // MARK: - Updates

  private mutating func note(_ update: Update, at position: Int) {
    let table = replay.before.qualified(update.relation.name)
    guard update.with == nil, update.relation.alias == nil, !isFilled(table, after: position),
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
    guard known.insert(item).inserted else { return }
    remaining.append(item)
    checks.append(Check(subject, "SELECT NOT EXISTS (SELECT FROM \(table) WHERE \(condition))", isOfRows: true))
  }

  /// What a condition asks of the table's own columns, without what makes a batch of them; `nil` where it asks for more.
  private func parts(of condition: Expression, over table: Table) -> [Expression]? {
    let parts = if case .and(let parts) = condition { parts } else { [condition] }
    var found: [Expression] = []
    var known: Set<Expression> = []
    for part in parts {
      if let batch = part.batchQuery {
        guard batch.from.count == 1, case .relation(let source) = batch.from[0],
          replay.after.qualified(source.name) == table.name
        else { return nil }
        guard let inner = batch.condition, let innerParts = self.parts(of: inner, over: table) else { continue }
        found += innerParts.filter { known.insert($0).inserted }
        continue
      }
      if part.contains(where: \.isQueryOrParameter) { return nil }
      let isOfTable = part.columnNames.allSatisfy { table.column($0) != nil }
      // Variables of the code around it, such as the bounds of a batch.
      guard isOfTable || !replay.after.catalog.isFullyKnown(table) else { continue }
      let own = part.withoutQualifiers
      if known.insert(own).inserted { found.append(own) }
    }
    return found
  }

  // MARK: - Removals

  private mutating func noteRemoval(
    of name: QualifiedName,
    where condition: Expression?,
    isWhole: Bool,
    at position: Int
  ) {
    let table = replay.before.qualified(name)
    guard let now = replay.after.catalog.tables[table] else { return }
    let given = condition.flatMap { parts(of: $0, over: now) } ?? []
    if isWhole || !given.isEmpty, !isFilled(table, after: position) {
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
    noteArchives(of: table)
  }

  private mutating func noteCopy(into target: QualifiedName, _ select: Select, mayLeaveOut: Bool = false) {
    guard select.from.count == 1, case .relation(let source) = select.from[0], select.groupBy.isEmpty,
      select.distinct == .none, select.tail.limit == nil
    else { return }
    copies[replay.before.qualified(source.name), default: []].append(
      Copy(target: target, condition: select.condition, mayLeaveOut: mayLeaveOut)
    )
  }

  /// What was copied out of a table whose rows are now taken away.
  private mutating func noteArchives(of table: QualifiedName) {
    for copy in copies.removeValue(forKey: table) ?? [] {
      let archive = replay.after.qualified(copy.target)
      guard replay.after.catalog.tables[archive] != nil, archive != table else { continue }
      let condition = copy.condition.map { " WHERE \($0.withoutQualifiers.sql)" } ?? ""
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
          mayLeaveOut: copy.mayLeaveOut
        )
      )
    }
  }

  /// Whether rows come into a table behind a change.
  private func isFilled(_ table: QualifiedName, after position: Int) -> Bool {
    (lastFills[table] ?? position) > position
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
