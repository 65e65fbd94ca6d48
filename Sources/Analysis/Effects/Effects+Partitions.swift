import Syntax

extension EffectLedger {
  /// Source: `ATExecAttachPartition` in `tablecmds.c`.
  mutating func attach(partition: QualifiedName, bound: PartitionBound?, to parent: QualifiedName, action: Int) {
    lock(parent, .shareUpdateExclusive)
    lock(partition, .accessExclusive)
    for table in schema.descendants(of: partition) { lock(table, .accessExclusive) }
    for index in schema.indexes(of: parent) { lock(index.name, .shareUpdateExclusive) }
    let isProved: Bool =
      if bound == .default {
        schema.tables[parent]?.children.isEmpty == true
      } else if let bound, let key = schema.tables[parent]?.partitionKey {
        schema.tables[partition]?.proves(bound, of: key) == true
      } else {
        false
      }
    if !isProved {
      for table in [partition] + schema.descendants(of: partition) {
        scan(table, because: .partitionBound(partition: partition), action: action)
      }
    }
    if let other = defaultPartition(of: parent) {
      lock(other, .accessExclusive)
      scan(other, because: .defaultPartition(of: parent), action: action)
    }
    buildMissingIndexes(of: parent, on: partition, action: action)
    for constraint in schema.tables[parent]?.constraints ?? [] {
      guard let referenced = constraint.referenced,
        schema.tables[partition]?.constraints.contains(where: { $0.isSameForeignKey(as: constraint) }) != true
      else { continue }
      lock(referenced, .shareRowExclusive)
      work(
        .foreignKeyValidation,
        on: partition,
        because: .foreignKey(constraint: constraint.name, referenced: referenced),
        action: action
      )
    }
  }

  private mutating func buildMissingIndexes(of parent: QualifiedName, on partition: QualifiedName, action: Int) {
    var after = schema
    let before = Set(schema.indexes(of: partition).map(\.name))
    after.apply(
      .alterTable(
        AlterTable(
          relation: RelationReference(parent),
          objectKind: .table,
          ifExists: false,
          actions: [AlterTable.Action(.attachPartition(RelationReference(partition), .default))]
        )
      )
    )
    for index in after.indexes(of: partition) where !before.contains(index.name) {
      work(.indexBuild, on: partition, because: .index(name: index.name.name, isConcurrent: false), action: action)
    }
  }

  /// Source: `ATExecDetachPartition` and `ATExecDetachPartitionFinalize`; the concurrent form ends with a second
  /// transaction that locks the partition.
  mutating func detach(partition: QualifiedName, from parent: QualifiedName, isConcurrent: Bool) {
    lock(parent, isConcurrent ? .shareUpdateExclusive : .accessExclusive)
    for table in [partition] + schema.descendants(of: partition) { lock(table, .accessExclusive) }
    for index in schema.indexes(of: partition) where index.parent != nil { lock(index.name, .accessExclusive) }
    for constraint in schema.tables[partition]?.constraints ?? [] where constraint.isInherited {
      if let referenced = constraint.referenced { lock(referenced, .shareRowExclusive) }
    }
    if !isConcurrent, let other = defaultPartition(of: parent) { lock(other, .accessExclusive) }
  }
}

extension Table {
  /// Whether a valid check proves that all rows belong into a partition.
  fileprivate func proves(_ bound: PartitionBound, of key: PartitionKey) -> Bool {
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

  private var uncast: Expression { if case .cast(let operand, _) = self { operand.uncast } else { self } }
}
