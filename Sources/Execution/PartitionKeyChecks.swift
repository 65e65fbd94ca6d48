import Catalog
import Syntax

/// What PostgreSQL refuses of PARTITION BY.
extension Execution {
  /// Source: `transformPartitionSpec` and `ComputePartitionAttrs` in `tablecmds.c`.
  mutating func check(_ key: PartitionKey, of table: Table) throws(SQLError) {
    if key.elements.count > ServerLimits.keys {
      throw SQLError(.tooManyColumns, "cannot partition using more than \(ServerLimits.keys) columns")
    }
    if key.strategy == .list, key.elements.count > 1 {
      throw .partitionKey("cannot use \"list\" partition strategy with more than one column")
    }
    for (position, element) in key.elements.enumerated() {
      switch element.key {
      case .column(let name): try check(column: name, of: table)
      case .expression(let expression): try check(expression, at: position, of: table)
      }
      try checkOperatorClass(of: element, method: key.strategy == .hash ? "hash" : "btree", of: table)
    }
  }

  private func check(column name: String, of table: Table) throws(SQLError) {
    if name.isSystemColumn {
      throw .partitionKey("cannot use system column \(name.quotedInErrors) in partition key")
    }
    guard let column = table.column(name) else {
      if catalog.isFullyKnown(table) { throw .undefinedColumn(name, namedIn: "named in partition key") }
      return
    }
    if column.generated != nil { throw .partitionKey("cannot use generated column in partition key") }
  }

  private func check(_ expression: Expression, at position: Int, of table: Table) throws(SQLError) {
    if case .constant(.string) = expression {
      throw SQLError(.invalidTableDefinition, "partition key column \(position + 1) has pseudo-type unknown")
    }
    if case .row = expression {
      throw SQLError(.invalidTableDefinition, "partition key column \(position + 1) has pseudo-type record")
    }
    try check(expression, as: .partitionKey, of: table)
    if expression.columnNames.contains(where: { table.column($0)?.generated != nil }) {
      throw .partitionKey("cannot use generated column in partition key")
    }
    if !expression.contains(where: { mayVary($0) }) {
      throw .partitionKey("cannot use constant expression as partition key")
    }
  }

  /// Whether a part of an expression may be more than a constant.
  private func mayVary(_ part: Expression) -> Bool {
    switch part {
    case .constant, .cast, .operation, .and, .or, .not, .row, .array: return false
    case .call(let call):
      let made = catalog.functions[database.qualifiedFunction(call.name)]
      return made?.allSatisfy { $0.volatility == .immutable } != true
    default: return true
    }
  }
}

extension SQLError {
  fileprivate static func partitionKey(_ message: String) -> SQLError { SQLError(.invalidObjectDefinition, message) }
}
