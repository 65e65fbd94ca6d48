import Catalog
import Syntax

/// Which rows belong in a partition.
extension RowQueryWriter {
  /// How many partitions' bounds a question may name.
  private static let mostBounds = 500

  mutating func bounds(
    _ bound: PartitionBound,
    of parent: QualifiedName,
    _ condition: RowCondition,
    isWithin: Bool
  ) -> [RowQuery] {
    let table = condition.table
    guard let key = database.catalog.tables[parent]?.partitionKey else { return [] }
    let test: String
    if isWithin {
      guard let own = belongs(bound, of: parent, key), let above = belongsAbove(parent) else { return [] }
      test = "(\(([own] + above).joined(separator: " AND "))) IS NOT TRUE"
    } else {
      guard bound != .default, let own = belongs(bound, of: parent, key) else { return [] }
      test = own
    }
    let columns = key.elements.flatMap(\.columnNames)
    let subject =
      isWithin
      ? "outside of the bound of \(table.displayName)" : "that belong in the new partition of \(parent.displayName)"
    reads.add(columns, of: table)
    return rows(condition, columns.map { .column(named: $0) }, "23514", test, subject)
  }

  /// What the tables above a partitioned one ask of its rows; `nil` where that cannot be told.
  private mutating func belongsAbove(_ name: QualifiedName) -> [String]? {
    var tests: [String] = []
    var below = name
    for _ in 0..<32 {
      guard let table = database.catalog.tables[below], let bound = table.partitionBound else { return tests }
      guard let parent = table.parents.first, let key = database.catalog.tables[parent]?.partitionKey,
        let test = belongs(bound, of: parent, key)
      else { return nil }
      tests.append(test)
      below = parent
    }
    return nil
  }

  /// True for rows that belong in the partition; not true for all others.
  private mutating func belongs(_ bound: PartitionBound, of parent: QualifiedName, _ key: PartitionKey) -> String? {
    guard key.elements.allSatisfy({ $0.operatorClass == nil && !$0.expression.isConfusing }) else { return nil }
    let keys = key.elements.map { element in
      let text = deparser.text(element.expression)
      return (element.column == nil ? "(\(text))" : text) + (element.collation.map { " COLLATE \($0)" } ?? "")
    }
    let types = key.elements.map { column($0.expression, of: parent)?.type }
    switch bound {
    case .default: return belongsElsewhere(of: parent, key)
    case .list(let values):
      guard keys.count == 1 else { return nil }
      var constants: [String] = []
      for value in values where !value.uncast.isNull {
        guard let text = constant(value, types[0]) else { return nil }
        constants.append(text)
      }
      var tests = constants.isEmpty ? [] : ["\(keys[0]) IN (\(constants.joined(separator: ", ")))"]
      if constants.count < values.count { tests.append("\(keys[0]) IS NULL") }
      return "(\(tests.joined(separator: " OR ")))"
    case .range(let from, let to):
      guard from.count == keys.count, to.count == keys.count else { return nil }
      guard let lower = comparison(keys, types, from, isLower: true),
        let upper = comparison(keys, types, to, isLower: false)
      else { return nil }
      return "(\((keys.map { "\($0) IS NOT NULL" } + lower + upper).joined(separator: " AND ")))"
    case .hash(let modulus, let remainder):
      reads.add(of: parent)
      let name = parent.displayName.quotedLiteral
      return "satisfies_hash_partition(\(name)::regclass, \(modulus), \(remainder), \(keys.joined(separator: ", ")))"
    }
  }

  /// Rows of a default partition belong in none of the others.
  private mutating func belongsElsewhere(of parent: QualifiedName, _ key: PartitionKey) -> String? {
    let others = database.catalog.tables[parent]?.children ?? []
    guard others.count <= Self.mostBounds else { return nil }
    var tests: [String] = []
    for other in others {
      guard let bound = database.catalog.tables[other]?.partitionBound, bound != .default else { return nil }
      guard let test = belongs(bound, of: parent, key) else { return nil }
      tests.append(test)
    }
    return tests.isEmpty ? "true" : "(\(tests.joined(separator: " OR "))) IS NOT TRUE"
  }

  /// Behind the first MINVALUE or MAXVALUE nothing is compared. Source: `get_range_nulltest` and
  /// `get_qual_for_range` in `partbounds.c`.
  private mutating func comparison(
    _ keys: [String],
    _ types: [TypeName?],
    _ bound: [PartitionBound.Datum],
    isLower: Bool
  ) -> [String]? {
    var values: [String] = []
    var end: PartitionBound.Datum?
    for (datum, type) in zip(bound, types) {
      guard case .value(let value) = datum else {
        end = datum
        break
      }
      guard let text = constant(value, type) else { return nil }
      values.append(text)
    }
    // FROM (1, MINVALUE) takes rows with 1, FROM (1, MAXVALUE) does not; TO is the other way round.
    let takesEqual = end == nil ? isLower : isLower == (end == .minimum)
    if values.isEmpty { return takesEqual ? [] : ["false"] }
    let sign = (isLower ? ">" : "<") + (takesEqual ? "=" : "")
    let left = keys.prefix(values.count).joined(separator: ", ")
    let right = values.joined(separator: ", ")
    return [values.count == 1 ? "\(left) \(sign) \(right)" : "(\(left)) \(sign) (\(right))"]
  }

  /// A value of a bound as the key's type; `nil` where it is not the same at any time.
  private mutating func constant(_ value: Expression, _ type: TypeName?) -> String? {
    guard case .constant = value.uncast else { return nil }
    let text = deparser.text(value)
    if case .constant = value { return text }
    return type.map { "(\(text))::\(deparser.text($0))" }
  }
}
