import Catalog
import Syntax

extension Table {
  /// Whether a valid check proves that all rows belong in a partition.
  ///
  /// Source: `PartConstraintImpliedByRelConstraint` in `tablecmds.c`.
  func proves(_ bound: PartitionBound, of key: PartitionKey) -> Bool {
    guard let column = key.onlyColumn, isNeverNull(column) else { return false }
    let parts = validParts
    switch bound {
    case .range(let from, let to):
      guard from.count == 1, to.count == 1 else { return false }
      return parts.contains { $0.implies(column, isFrom: from[0]) }
        && parts.contains { $0.implies(column, isBelow: to[0]) }
    case .list(let values): return parts.contains { $0.isOneOf(values, column: column) }
    case .hash, .default: return false
    }
  }

  /// Whether a valid check of a default partition keeps out all rows that belong in another one.
  ///
  /// Source: `check_default_partition_contents` in `partbounds.c` and `predicate_implied_by` in `predtest.c`, of which
  /// this is what comparisons with constants need.
  func excludes(_ bound: PartitionBound, of key: PartitionKey) -> Bool {
    guard let column = key.onlyColumn else { return false }
    let parts = validParts
    switch bound {
    case .range(let from, let to):
      guard from.count == 1, to.count == 1 else { return false }
      return parts.contains { $0.implies(column, isOutside: from[0], to[0]) }
    case .list(let values):
      let isNullKept = !values.contains(.constant(.null)) || isNeverNull(column)
      return isNullKept
        && values.allSatisfy { value in
          value == .constant(.null) || parts.contains { $0.implies(column, isNot: value) }
        }
    case .hash, .default: return false
    }
  }

  private var validParts: [Expression] {
    constraints.lazy.filter(\.isValidated).compactMap(\.condition).flatMap(\.conjuncts)
  }

  private func isNeverNull(_ column: String) -> Bool {
    self.column(column)?.isNotNull == true || proves(notNull: column)
  }
}

extension PartitionKey {
  /// The column that is all of the key.
  fileprivate var onlyColumn: String? {
    guard elements.count == 1, case .column(let column)? = elements.first?.key else { return nil }
    return column
  }
}

extension Expression {
  fileprivate var conjuncts: [Expression] {
    switch self {
    case .and(let parts): parts.flatMap(\.conjuncts)
    case .not(.or(let parts)): parts.flatMap { Expression.not($0).conjuncts }
    case .operation(let operation) where operation.form == .between: bounds(of: operation).flatMap(\.conjuncts)
    default: [self]
    }
  }

  /// The parts of which one is true, where it is no single comparison.
  private var alternatives: [Expression]? {
    switch self {
    case .or(let parts): parts
    case .not(.and(let parts)): parts.map { .not($0) }
    case .not(.operation(let operation)) where operation.form == .between: bounds(of: operation).map { .not($0) }
    case .operation(let operation) where operation.form == .notBetween: bounds(of: operation).map { .not($0) }
    default: nil
    }
  }

  /// `a BETWEEN x AND y` as two comparisons.
  private func bounds(of operation: Operation) -> [Expression] {
    guard case .row(let ends) = operation.right, ends.count == 2 else { return [] }
    return zip([">=", "<="], ends).map { name, end in
      .operation(Operation(form: .plain, name: QualifiedName(name), left: operation.left, right: end))
    }
  }

  /// A comparison of the column with a constant, with the column at its left.
  private func comparison(of column: String) -> (operator: String, value: Expression)? {
    switch self {
    case .not(let negated):
      guard let comparison = negated.comparison(of: column), let name = Self.negators[comparison.operator] else {
        return nil
      }
      return (name, comparison.value)
    case .operation(let operation) where operation.form == .plain:
      if operation.left?.uncast.isColumn(column) == true { return (operation.name.name, operation.right) }
      guard operation.right.uncast.isColumn(column), let left = operation.left,
        let name = Self.commutators[operation.name.name]
      else { return nil }
      return (name, left)
    default: return nil
    }
  }

  private static let negators = ["<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "<>", "<>": "="]
  private static let commutators = ["<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"]

  private func isColumn(_ name: String) -> Bool {
    if case .column(let reference) = self { reference.name == name } else { false }
  }

  /// Whether, where it is true, the column is the bound or more.
  fileprivate func implies(_ column: String, isFrom datum: PartitionBound.Datum) -> Bool {
    if datum == .minimum { return true }
    guard let comparison = comparison(of: column) else { return false }
    switch comparison.operator {
    case ">=", ">", "=": return comparison.value.isFrom(datum)
    default: return false
    }
  }

  private func isFrom(_ datum: PartitionBound.Datum) -> Bool {
    if case .value(let bound) = datum { bound.isAtMost(self) } else { datum == .minimum }
  }

  private func isBelow(_ datum: PartitionBound.Datum) -> Bool {
    if case .value(let bound) = datum { isLess(than: bound) } else { datum == .maximum }
  }

  /// Whether, where it is true, the column is less than the bound.
  fileprivate func implies(_ column: String, isBelow datum: PartitionBound.Datum) -> Bool {
    guard case .value(let bound) = datum else { return datum == .maximum }
    guard let comparison = comparison(of: column) else { return false }
    switch comparison.operator {
    case "<": return comparison.value.isAtMost(bound)
    case "<=", "=": return comparison.value.isLess(than: bound)
    default: return false
    }
  }

  /// Whether, where it is true, the column is NULL or not in the range.
  fileprivate func implies(
    _ column: String,
    isOutside from: PartitionBound.Datum,
    _ to: PartitionBound.Datum
  ) -> Bool {
    if let alternatives {
      return alternatives.allSatisfy { part in part.conjuncts.contains { $0.implies(column, isOutside: from, to) } }
    }
    if case .isNull(let operand) = self { return operand.isColumn(column) }
    guard let values = values(of: column) else {
      return implies(column, isBelow: from) || implies(column, isFrom: to)
    }
    // PostgreSQL proves a list from one side only.
    return values.allSatisfy { $0.isBelow(from) } || values.allSatisfy { $0.isFrom(to) }
  }

  /// Whether, where it is true, the column is not the value.
  fileprivate func implies(_ column: String, isNot value: Expression) -> Bool {
    if let alternatives {
      return alternatives.allSatisfy { part in part.conjuncts.contains { $0.implies(column, isNot: value) } }
    }
    if case .isNull(let operand) = self { return operand.isColumn(column) }
    if let values = values(of: column) { return values.allSatisfy { $0.differs(from: value) } }
    guard let comparison = comparison(of: column) else { return false }
    switch comparison.operator {
    case "<>": return comparison.value.isSameConstant(as: value)
    case "<": return comparison.value.isAtMost(value)
    case "<=": return comparison.value.isLess(than: value)
    case ">": return value.isAtMost(comparison.value)
    case ">=": return value.isLess(than: comparison.value)
    case "=": return comparison.value.differs(from: value)
    default: return false
    }
  }

  /// The constants of `column IN (…)` and `column = ANY (ARRAY […])`.
  private func values(of column: String) -> [Expression]? {
    guard case .operation(let operation) = self, operation.name.name == "=",
      operation.left?.uncast.isColumn(column) == true
    else { return nil }
    switch (operation.form, operation.right.uncast) {
    case (.inList, .row(let values)), (.any, .array(let values)): return values
    default: return nil
    }
  }

  fileprivate func isOneOf(_ values: [Expression], column: String) -> Bool {
    if let allowed = self.values(of: column) {
      return allowed.allSatisfy { value in values.contains { $0.isSameConstant(as: value) } }
    }
    guard let comparison = comparison(of: column), comparison.operator == "=" else { return false }
    return values.contains { $0.isSameConstant(as: comparison.value) }
  }

  // MARK: - Constants

  /// Whether both stand for the same constant, whatever type one of them is cast to.
  private func isSameConstant(as other: Expression) -> Bool {
    if case .constant = uncast { uncast == other.uncast } else { false }
  }

  private func isAtMost(_ other: Expression) -> Bool {
    isSameConstant(as: other) || isLess(than: other)
  }

  private func differs(from other: Expression) -> Bool { isLess(than: other) || other.isLess(than: self) }

  /// Whether it comes first for certain: whole numbers, and days that are written alike.
  private func isLess(than other: Expression) -> Bool {
    switch (uncast, other.uncast) {
    case (.constant(.integer(let left)), .constant(.integer(let right))): return left < right
    case (.constant(.string(let left)), .constant(.string(let right))):
      guard left.utf8.count == right.utf8.count, let left = CalendarDate(parsing: left),
        let right = CalendarDate(parsing: right)
      else { return false }
      return left < right
    default: return false
    }
  }

}
