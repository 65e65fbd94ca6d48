import Catalog
import Syntax

extension Backfill {
  /// The same change in batches; `nil` for an UPDATE that reads more than its table.
  init?(of update: Update, in database: Database) {
    let relation = update.relation
    guard update.with == nil, update.from.isEmpty, relation.alias == nil, relation.includesDescendants,
      update.assignments.allSatisfy({ $0.columns.count == 1 })
    else { return nil }
    let assigned = update.assignments.flatMap(\.columns)
    let key = database.keyColumns(of: relation.name)
    if key.contains(where: assigned.contains) { return nil }
    let table = database.table(relation.name)
    let pending = update.assignments.map { $0.pendingCondition(in: table, besides: assigned) }
    let isPending = pending.contains(nil) ? nil : "(\(pending.compactMap(\.self).joined(separator: " OR ")))"
    let conditions = [database.picking(update), isPending].compactMap(\.self)
    // Without a key, the rows that are done must not be taken again.
    if key.isEmpty, isPending == nil { return nil }
    self.init(
      table: database.portable(relation.name),
      assignments: update.assignments.map { "\($0.columns[0].quotedIdentifier) = \($0.value.sql)" }
        .joined(separator: ", "),
      pending: conditions.isEmpty ? nil : conditions.joined(separator: " AND "),
      key: key
    )
  }
}

extension Assignment {
  /// What is true of a row until the assignment was made; `nil` where it may be true for ever, as the value changes from
  /// one transaction to the next or with the assignment itself, or where the type has no `=`.
  fileprivate func pendingCondition(in table: Table?, besides assigned: [String]) -> String? {
    let column = columns[0].quotedIdentifier
    if value == .constant(.null) { return "\(column) IS NOT NULL" }
    guard value.columnNames.allSatisfy({ !assigned.contains($0) }), !value.contains(where: \.mayChange),
      table?.column(columns[0])?.type?.isComparable ?? false
    else { return nil }
    return "\(column) IS DISTINCT FROM \(value.sql)"
  }
}

extension Expression {
  fileprivate var mayChange: Bool {
    switch self {
    case .call, .sqlValue, .subquery, .special, .setToDefault, .other, .currentOf, .parameter: true
    default: false
    }
  }
}

extension TypeName {
  /// Whether it is a type of PostgreSQL's own whose `=` tells equal values.
  var isComparable: Bool {
    let comparable: Set = [
      "bool", "int2", "int4", "int8", "numeric", "float4", "float8", "text", "varchar", "bpchar", "char", "name",
      "uuid",
      "date", "time", "timetz", "timestamp", "timestamptz", "interval", "bytea", "jsonb", "inet", "cidr", "bit",
      "varbit",
    ]
    return name.schema == nil && comparable.contains(name.name)
  }
}

extension Database {
  /// The condition of an UPDATE, where it leaves out rows.
  fileprivate func picking(_ update: Update) -> String? {
    update.condition.flatMap { condition in
      let table = table(update.relation.name)
      return condition.isAlwaysTrue { table?.column($0)?.isNotNull == true } ? nil : "(\(condition.sql))"
    }
  }
}
