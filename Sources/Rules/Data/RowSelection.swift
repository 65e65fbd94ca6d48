import Catalog
import Linting
import Syntax

extension StatementContext {
  /// Whether a change picks its rows by keys or brings them along, or takes a batch of them, so that its length does not
  /// grow with a table.
  func takesFewRows(_ change: DataChange) -> Bool {
    switch change {
    case .insert(let insert): insert.query?.isShort ?? true
    case .update(let update): before.picksFewRows(of: update.relation, from: update.from, where: update.condition)
    case .delete(let delete): before.picksFewRows(of: delete.relation, from: delete.using, where: delete.condition)
    case .merge(let merge): merge.source.isShort
    }
  }
}

extension Database {
  fileprivate func picksFewRows(
    of relation: RelationReference,
    from items: [FromItem],
    where condition: Expression?
  ) -> Bool {
    guard let condition, items.allSatisfy(\.isShort) else { return false }
    let parts = if case .and(let parts) = condition { parts } else { [condition] }
    if parts.contains(where: \.isBatch) { return true }
    let bounds = Set(parts.flatMap(\.bounds))
    if bounds.contains(where: { $0.isLower && bounds.contains(Bound(column: $0.column, isLower: false)) }) {
      return true
    }
    let target = Target(name: relation.alias ?? relation.name.name, table: table(relation.name))
    let picked = Set(parts.compactMap { $0.pickedColumn(of: target) })
    if picked.contains("ctid") { return true }
    return catalog.indexes(of: qualified(relation.name)).contains { index in
      index.definition.isUnique
        && index.definition.elements.allSatisfy { element in
          if case .column(let name) = element.key { picked.contains(name) } else { false }
        }
    }
  }
}

/// The table whose rows are changed, as the condition names it.
private struct Target {
  let name: String
  let table: Table?

  /// Whether a column is none of its: one of the items beside it, which are short, or a variable of code.
  func isForeign(_ column: ColumnReference) -> Bool {
    if column.parts.count > 1 { return column.parts[0] != name }
    return table.map { !$0.isAssumed && $0.knowsAllColumns && $0.column(column.parts[0]) == nil } ?? false
  }
}

extension Target {
  /// Whether a query looks up another value for each row: it names the table, and reads none of that name itself.
  fileprivate func isRead(by query: Query) -> Bool {
    query.contains {
      if case .column(let column) = $0 { column.parts.count > 1 && column.parts[0] == name } else { false }
    }
      && !query.relations.contains { ($0.alias ?? $0.name.name) == name }
  }
}

/// That a condition keeps a column above or below a value.
private struct Bound: Hashable {
  let column: String
  let isLower: Bool
}

extension Expression {
  /// `a >= x`, also where it may be the last batch: `a < x OR x IS NULL`; `(a, b) >= (x, y)` for a key of several columns.
  fileprivate var bounds: [Bound] {
    switch self {
    case .or(let parts): return parts.flatMap(\.bounds)
    case .operation(let operation) where operation.form == .plain:
      guard let column = operation.left?.columnName ?? operation.left?.rowOfColumns else { return [] }
      return switch operation.name.name {
      case ">", ">=": [Bound(column: column, isLower: true)]
      case "<", "<=": [Bound(column: column, isLower: false)]
      default: []
      }
    default: return []
    }
  }

  /// The column that the condition compares with values that are given.
  fileprivate func pickedColumn(of target: Target) -> String? {
    switch self {
    case .operation(let operation) where operation.name.name == "=":
      switch operation.form {
      case .plain, .isNotDistinct:
        if let column = operation.left?.columnName, operation.right.isGiven(to: target) { return column }
        return operation.left?.isGiven(to: target) == true ? operation.right.columnName : nil
      case .inList, .any: return operation.right.isGiven(to: target) ? operation.left?.columnName : nil
      default: return nil
      }
    default: return nil
    }
  }

  private var rowOfColumns: String? {
    guard case .row(let parts) = self, case let names = parts.compactMap(\.columnName), names.count == parts.count
    else {
      return nil
    }
    return names.map(\.quotedIdentifier).joined(separator: ", ")
  }

  private var columnName: String? { if case .column(let column) = self { column.name } else { nil } }

  /// Whether it is a value that the text brings along, or one of short FROM items.
  private func isGiven(to target: Target) -> Bool {
    switch self {
    case .constant, .parameter: true
    case .column(let column): !column.isStar && target.isForeign(column)
    case .cast(let operand, _): operand.isGiven(to: target)
    case .row(let parts), .array(let parts): parts.allSatisfy { $0.isGiven(to: target) }
    case .subquery(let subquery): subquery.form == .scalar && !target.isRead(by: subquery.query)
    default: false
    }
  }

  /// `ctid IN (SELECT … LIMIT 1000)`, or a range of a key between two values.
  fileprivate var isBatch: Bool {
    switch self {
    case .subquery(let subquery): subquery.form == .any && subquery.query.tail?.limit != nil
    case .operation(let operation): operation.form == .between || operation.right.isLimitedArray
    default: false
    }
  }

  private var isLimitedArray: Bool {
    if case .subquery(let subquery) = self {
      subquery.form == .array && subquery.query.tail?.limit != nil
    } else {
      false
    }
  }
}

extension Query {
  /// Whether it gives the rows that stand in the text, or a limited number.
  fileprivate var isShort: Bool {
    switch self {
    case .values: true
    case .select(let select): select.tail.limit != nil || select.from.allSatisfy(\.isShort)
    default: tail?.limit != nil
    }
  }
}

extension FromItem {
  fileprivate var isShort: Bool {
    switch self {
    case .subquery(let query, _, _): query.isShort
    default: false
    }
  }
}
