import Catalog
import Syntax

/// What PostgreSQL refuses of the bound of a new or attached partition.
extension Execution {
  func check(_ bound: PartitionBound, of partition: QualifiedName, in parent: QualifiedName) throws(SQLError) {
    guard let table = catalog.tables[parent], let key = table.partitionKey else { return }
    try checkForm(of: bound, key, table)
    try checkConflict(of: bound, of: partition, key, table)
  }

  // MARK: - The bound itself

  /// Source: `transformPartitionBound` in `parse_utilcmd.c`.
  func checkForm(of bound: PartitionBound, _ key: PartitionKey, _ table: Table) throws(SQLError) {
    func refused(_ message: String) -> SQLError { SQLError(.invalidTableDefinition, message) }
    switch (bound, key.strategy) {
    case (.default, .hash): throw refused("a hash-partitioned table may not have a default partition")
    case (.default, _): break
    case (.hash(let modulus, let remainder), .hash):
      if modulus <= 0 { throw refused("modulus for hash partition must be an integer value greater than zero") }
      if remainder < 0 {
        throw refused("remainder for hash partition must be an integer value greater than or equal to zero")
      }
      if remainder >= modulus { throw refused("remainder for hash partition must be less than modulus") }
    case (.list(let values), .list): for value in values { try check(value, at: 0, of: key, table) }
    case (.range(let from, let to), .range):
      if from.count != key.elements.count {
        throw refused("FROM must specify exactly one value per partitioning column")
      }
      if to.count != key.elements.count {
        throw refused("TO must specify exactly one value per partitioning column")
      }
      try check(from, of: key, table)
      try check(to, of: key, table)
    default: throw refused("invalid bound specification for a \(key.strategy.word) partition")
    }
  }

  private func check(_ bound: [PartitionBound.Datum], of key: PartitionKey, _ table: Table) throws(SQLError) {
    var infinity: PartitionBound.Datum?
    for (position, datum) in bound.enumerated() {
      if let infinity, datum != infinity {
        let word = infinity == .minimum ? "MINVALUE" : "MAXVALUE"
        throw SQLError(.datatypeMismatch, "every bound following \(word) must also be \(word)")
      }
      guard case .value(let value) = datum else {
        infinity = datum
        continue
      }
      try check(value, at: position, of: key, table)
      if value.isNull { throw SQLError(.invalidObjectDefinition, "cannot specify NULL in range bound") }
    }
  }

  private func check(_ value: Expression, at position: Int, of key: PartitionKey, _ table: Table) throws(SQLError) {
    try check(value, as: .partitionBound, of: nil)
    guard let column = key.elements[position].column, let type = table.column(column)?.type,
      let own = database.certainType(of: value, of: nil), database.canAssign(own, to: type) == false
    else { return }
    throw SQLError(
      .datatypeMismatch,
      "specified value cannot be cast to type \(type.sql) for column \(column.quotedInErrors)"
    )
  }

  // MARK: - Its neighbors

  /// How many partitions are looked at for a conflict, the newest ones: each new partition costs no more than that.
  private static let comparedPartitions = 64

  /// Source: `check_new_partition_bound` in `partbounds.c`.
  private func checkConflict(
    of bound: PartitionBound,
    of partition: QualifiedName,
    _ key: PartitionKey,
    _ table: Table
  ) throws(SQLError) {
    if bound == .default {
      guard let other = catalog.defaultPartition(of: table.name), catalog.isKnown(other) else { return }
      throw SQLError(
        .invalidObjectDefinition,
        "partition \(partition.quotedInErrors) conflicts with existing default partition \(other.quotedInErrors)"
      )
    }
    let types = keyTypes(key, of: table)
    let comparison = BoundComparison(types: types)
    if case .range(let from, let to) = bound, let order = comparison.order(from, to), order >= 0 {
      throw SQLError(
        .invalidObjectDefinition,
        "empty range bound specified for partition \(partition.quotedInErrors)"
      )
    }
    var moduli: [Int] = []
    var overlapped: QualifiedName?
    for child in table.children.suffix(Self.comparedPartitions) where child != partition {
      // What may not be there at all is in nobody's way.
      guard let other = catalog.tables.reading(child, { $0.isAssumed ? nil : $0.partitionBound }) ?? nil else {
        continue
      }
      if case .hash(let modulus, _) = other { moduli.append(modulus) }
      if overlapped == nil, comparison.overlap(bound, other) { overlapped = child }
    }
    if case .hash(let modulus, _) = bound, !moduli.allSatisfy({ modulus.isFactorOrMultiple(of: $0) }) {
      throw SQLError(
        .invalidObjectDefinition,
        "every hash partition modulus must be a factor of the next larger modulus"
      )
    }
    guard let overlapped else { return }
    throw SQLError(
      .invalidObjectDefinition,
      "partition \(partition.quotedInErrors) would overlap partition \(overlapped.quotedInErrors)"
    )
  }

  private func keyTypes(_ key: PartitionKey, of table: Table) -> [BoundComparison.KeyType?] {
    key.elements.map { element in
      let expression: Expression? = if case .expression(let value) = element.key { value } else { nil }
      let type =
        element.column.map { table.column($0)?.type }
        ?? expression.flatMap {
          database.certainType(of: $0, of: table)
        }
      return type.map { type in
        let base = database.base(of: type)
        return BoundComparison.KeyType(type: base, isEnumeration: database.isEnumeration(base))
      }
    }
  }
}

/// Compares bounds of partitions of one table.
private struct BoundComparison {
  struct KeyType {
    let type: TypeName
    let isEnumeration: Bool
  }

  /// `nil` where the type is not known.
  let types: [KeyType?]

  private func value(_ expression: Expression, at position: Int) -> BoundValue? {
    guard types.indices.contains(position), let type = types[position] else { return nil }
    return BoundValue(expression, of: type.type, isEnumeration: type.isEnumeration)
  }

  /// Whether two partitions are certain to share rows.
  func overlap(_ left: PartitionBound, _ right: PartitionBound) -> Bool {
    switch (left, right) {
    case (.list(let left), .list(let right)):
      let values = Set(left.compactMap { value($0, at: 0) })
      return right.contains { value($0, at: 0).map(values.contains) ?? false }
    case (.range(let from, let to), .range(let otherFrom, let otherTo)):
      return (order(from, otherTo) ?? 1) < 0 && (order(otherFrom, to) ?? 1) < 0
    case (.hash(let modulus, let remainder), .hash(let otherModulus, let otherRemainder)):
      let smaller = min(modulus, otherModulus)
      return smaller > 0 && remainder % smaller == otherRemainder % smaller
        && modulus.isFactorOrMultiple(of: otherModulus)
    default: return false
    }
  }

  /// The order of two bounds, `nil` where a server must tell.
  func order(_ left: [PartitionBound.Datum], _ right: [PartitionBound.Datum]) -> Int? {
    for (position, pair) in zip(left, right).enumerated() {
      switch pair {
      case (.minimum, .minimum), (.maximum, .maximum): return 0
      case (.minimum, _), (_, .maximum): return -1
      case (_, .minimum), (.maximum, _): return 1
      case (.value(let left), .value(let right)):
        guard let left = value(left, at: position), let right = value(right, at: position),
          let order = left.order(right)
        else { return nil }
        if types[position]?.isEnumeration == true, order != 0 { return nil }
        if order != 0 { return order }
      }
    }
    return 0
  }
}

extension Int {
  fileprivate func isFactorOrMultiple(of other: Int) -> Bool {
    self > 0 && other > 0 && (self % other == 0 || other % self == 0)
  }
}

extension PartitionKey.Strategy {
  fileprivate var word: String {
    switch self {
    case .list: "list"
    case .range: "range"
    case .hash: "hash"
    }
  }
}
