import Catalog
import Syntax

extension Table {
  /// Whether a valid check proves that all rows belong into a partition.
  func proves(_ bound: PartitionBound, of key: PartitionKey) -> Bool {
    guard key.elements.count == 1, case .column(let column)? = key.elements.first?.key else { return false }
    let parts = constraints.filter(\.isValidated).compactMap(\.condition).flatMap(\.conjuncts)
    let isNotNull = self.column(column)?.isNotNull == true || proves(notNull: column)
    guard isNotNull else { return false }
    switch bound {
    case .range(let from, let to):
      guard from.count == 1, to.count == 1 else { return false }
      return parts.contains { $0.isLowerBound(from[0], of: column) }
        && parts.contains { $0.isUpperBound(to[0], of: column) }
    case .list(let values): return parts.contains { $0.isOneOf(values, column: column) }
    case .hash, .default: return false
    }
  }
}

extension Expression {
  fileprivate var conjuncts: [Expression] {
    if case .and(let parts) = self { parts.flatMap(\.conjuncts) } else { [self] }
  }

  private func comparison(of column: String) -> (operator: String, value: Expression)? {
    guard case .operation(let operation) = self, operation.form == .plain,
      case .column(let reference)? = operation.left, reference.name == column
    else { return nil }
    return (operation.name.name, operation.right)
  }

  fileprivate func isLowerBound(_ datum: PartitionBound.Datum, of column: String) -> Bool {
    guard case .value(let bound) = datum else { return datum == .minimum }
    guard let comparison = comparison(of: column) else { return false }
    return comparison.operator == ">=" && comparison.value.isSameConstant(as: bound)
  }

  fileprivate func isUpperBound(_ datum: PartitionBound.Datum, of column: String) -> Bool {
    guard case .value(let bound) = datum else { return datum == .maximum }
    guard let comparison = comparison(of: column) else { return false }
    return comparison.operator == "<" && comparison.value.isSameConstant(as: bound)
  }

  fileprivate func isOneOf(_ values: [Expression], column: String) -> Bool {
    guard case .operation(let operation) = self, case .column(let reference)? = operation.left,
      reference.name == column
    else { return false }
    switch operation.form {
    case .plain: return operation.name.name == "=" && values.contains { $0.isSameConstant(as: operation.right) }
    case .inList:
      guard operation.name.name == "=", case .row(let allowed) = operation.right else { return false }
      return allowed.allSatisfy { value in values.contains { $0.isSameConstant(as: value) } }
    default: return false
    }
  }

  /// Whether both stand for the same constant, whatever type one of them is cast to.
  private func isSameConstant(as other: Expression) -> Bool { uncast == other.uncast }
}
