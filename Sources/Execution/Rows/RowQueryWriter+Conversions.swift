import Catalog
import Syntax

/// ALTER COLUMN … TYPE: which values the new type does not take.
extension RowQueryWriter {
  mutating func conversions(_ change: RowCondition.ColumnConversion, _ condition: RowCondition) -> [RowQuery] {
    let table = condition.table
    guard let column = database.catalog.tables[table]?.column(change.column), let old = column.type else { return [] }
    let expression = change.expression ?? .column(named: change.column)
    guard !expression.isConfusing else { return [] }
    let columns = database.catalog.tables[table]?.columns ?? []
    var converter = ValueConverter(database: database, version: version) { columns[named: $0]?.type }
    guard let value = converter.value(of: expression) else { return [] }
    let isPlain = expression.isColumnInCasts
    guard let result = converter.cast(value, to: change.type, isExplicit: false) else { return [] }
    reads.add(change.column, of: table)
    reads.add(expression.withoutCasts, of: table)
    let name = change.column.quotedIdentifier
    var queries: [RowQuery] = []
    for (position, failure) in result.failures.enumerated() {
      let before = result.failures[..<position].filter { $0.step < failure.step }.map(\.test)
      let test =
        before.isEmpty
        ? failure.test : "CASE WHEN \(before.joined(separator: " OR ")) THEN false ELSE \(failure.test) END"
      queries += rows(condition, [expression], failure.sqlState, test, "whose \(name) \(failure.reason)")
    }
    if column.isNotNull, !isPlain {
      let guards = result.failures.map(\.test)
      let test =
        guards.isEmpty
        ? "\(value.text) IS NULL"
        : "CASE WHEN \(guards.joined(separator: " OR ")) THEN false ELSE \(value.text) IS NULL END"
      queries += rows(condition, [expression], "23502", test, "whose \(name) becomes NULL")
    }
    return queries + merged(change, old, result, condition)
  }

  /// Values that were different and are no longer, in a unique index on the column.
  private mutating func merged(
    _ change: RowCondition.ColumnConversion,
    _ old: TypeName,
    _ result: ValueConverter.ConvertedValue,
    _ condition: RowCondition
  ) -> [RowQuery] {
    let table = condition.table
    let keepsApart =
      change.expression.map(\.isColumnInCasts) != false && TypeFamily.keepsApart(old, change.type, database)
    guard !keepsApart, database.catalog.types[change.type.name] == nil else { return [] }
    let type = deparser.text(change.type)
    let guards = result.failures.map(\.test).joined(separator: " OR ")
    let value = "(\(result.text))::\(type)"
    let converted = guards.isEmpty ? value : "CASE WHEN \(guards) THEN NULL ELSE \(value) END"
    var queries: [RowQuery] = []
    for index in database.catalog.indexes(of: table) where index.definition.isUnique {
      let columns = index.keyColumns
      guard columns.contains(change.column), columns.count == index.definition.elements.count,
        index.definition.predicate == nil, !index.definition.nullsNotDistinct,
        index.definition.elements.allSatisfy({ $0.collation == nil && $0.operatorClass == nil })
      else { continue }
      reads.add(columns, of: table)
      let names = columns.indices.map { "key\($0 + 1)" }
      let keys = zip(columns, names).map { "\($0 == change.column ? converted : $0.quotedIdentifier) AS \($1)" }
      let list = names.joined(separator: ", ")
      let tests = names.map { "\($0) IS NOT NULL" }.joined(separator: " AND ")
      let sql =
        "SELECT \(list), count(*) FROM (SELECT \(keys.joined(separator: ", ")) FROM \(source(condition))) "
        + "AS converted WHERE \(tests) GROUP BY \(list) HAVING count(*) > 1 \(Self.limit)"
      queries.append(
        query("23505", sql, "rows of \(table.displayName) whose \(change.column.quotedIdentifier) becomes the same")
      )
    }
    return queries
  }
}

extension RowReads {
  fileprivate mutating func add(_ column: String, of table: QualifiedName) { add([column], of: table) }
}

extension Expression {
  /// Whether it is a column, or casts of one.
  var isColumnInCasts: Bool { if case .column = uncast { true } else { false } }

  /// For the names of its columns and functions; what it is cast to need not be there before.
  fileprivate var withoutCasts: Expression {
    mapping { if case .cast(let operand, _) = $0 { operand } else { $0 } }
  }
}
