import Catalog
import Syntax

/// Where in a definition an expression stands, as PostgreSQL's messages call it.
enum ExpressionPlace: String {
  case check = "check constraint"
  case defaultValue = "DEFAULT expression"
  case generated = "column generation expression"
  case index = "index expression"
  case predicate = "index predicate"
  case partitionKey = "partition key expression"
  case partitionBound = "partition bound"
  /// USING of ALTER COLUMN … TYPE.
  case transform = "transform expression"

  fileprivate var plural: String { self == .partitionBound ? rawValue : "\(rawValue)s" }

  /// Whether it may name columns at all.
  fileprivate var namesColumns: Bool { self != .defaultValue && self != .partitionBound }

  fileprivate var refusalOfColumns: String {
    self == .partitionBound
      ? "cannot use column reference in partition bound expression"
      : "cannot use column reference in \(rawValue)"
  }

  /// Whether its value must follow from the row alone.
  fileprivate var isSettled: Bool {
    switch self {
    case .generated, .index, .predicate, .partitionKey: true
    case .check, .defaultValue, .partitionBound, .transform: false
    }
  }
}

extension Execution {
  /// What PostgreSQL refuses of an expression of a definition. `table` is the one whose columns it names.
  ///
  /// Source: the switches over `ParseExprKind` in `parse_expr.c`, `parse_agg.c` and `parse_func.c`.
  func check(_ expression: Expression, as place: ExpressionPlace, of table: Table?) throws(SQLError) {
    try checkParts(of: expression, as: place, of: table)
    if expression.mayBeOverloaded {
      var analysis = QueryAnalysis(database: database)
      try analysis.requireOverloads(in: expression, of: place.namesColumns ? table : nil)
    }
    if place.isSettled { try checkImmutability(of: expression, as: place, of: table) }
  }

  /// Operands come before what holds them.
  private func checkParts(of expression: Expression, as place: ExpressionPlace, of table: Table?) throws(SQLError) {
    if expression.heldQuery != nil {
      throw SQLError(.featureNotSupported, "cannot use subquery in \(place.rawValue)")
    }
    for operand in expression.operands { try checkParts(of: operand, as: place, of: table) }
    switch expression {
    case .column(let column): try check(column, as: place, of: table)
    case .call(let call): try check(call, as: place)
    case .collate(let operand, let collation):
      if let type = database.certainType(of: operand, of: table) { try checkCollation(collation, of: type) }
    default: break
    }
  }

  private func check(_ call: FunctionCall, as place: ExpressionPlace) throws(SQLError) {
    // The history's own may take other arguments.
    if let made = catalog.functions[database.qualifiedFunction(call.name)] {
      let meant = made.filter { $0.accepts(call.arguments.count) }
      guard !meant.isEmpty, meant.allSatisfy(\.returnsSet) else { return }
      throw SQLError(.featureNotSupported, "set-returning functions are not allowed in \(place.plural)")
    }
    guard call.name.schema == nil || call.name.schema == "pg_catalog" else { return }
    let name = Substring(call.name.name)
    if call.window != nil {
      throw SQLError(.windowingError, "window functions are not allowed in \(place.plural)")
    }
    if BuiltInAggregates.names.contains(name) {
      throw SQLError(.groupingError, "aggregate functions are not allowed in \(place.plural)")
    }
    if BuiltInFunctions.setReturning.contains(name) {
      throw SQLError(.featureNotSupported, "set-returning functions are not allowed in \(place.plural)")
    }
  }

  private func check(_ column: ColumnReference, as place: ExpressionPlace, of table: Table?) throws(SQLError) {
    if !place.namesColumns {
      // What a template leaves open reads as a column.
      guard column.parts.allSatisfy(\.isPlainName) else { return }
      throw SQLError(.featureNotSupported, place.refusalOfColumns)
    }
    guard let table, let name = column.name else { return }
    if column.parts.count > 1, let source = column.parts.dropLast().last, source != table.name.name {
      guard catalog.isFullyKnown(table), source.isPlainName else { return }
      throw SQLError(.undefinedTable, "missing FROM-clause entry for table \(source.quotedInErrors)")
    }
    if table.column(name) != nil { return }
    if name.isSystemColumn { return try checkSystemColumn(name, as: place) }
    guard catalog.isFullyKnown(table) else { return }
    if column.parts.count == 1, name == table.name.name {
      if place == .generated {
        throw SQLError(.invalidObjectDefinition, "cannot use whole-row variable in \(place.rawValue)")
      }
      return
    }
    // `t.f` may be a function of the row.
    if column.parts.count > 1, catalog.functions[database.qualifiedFunction(QualifiedName(name))] != nil { return }
    throw .undefinedColumn(name)
  }

  private func checkSystemColumn(_ name: String, as place: ExpressionPlace) throws(SQLError) {
    if name == "tableoid", place == .check || place == .generated { return }
    switch place {
    case .check:
      throw SQLError(
        .invalidColumnReference,
        "system column \(name.quotedInErrors) reference in check constraint is invalid"
      )
    case .generated:
      throw SQLError(.invalidColumnReference, "cannot use system column \(name.quotedInErrors) in \(place.rawValue)")
    case .index, .predicate:
      throw SQLError(.featureNotSupported, "index creation on system columns is not supported")
    case .partitionKey:
      throw SQLError(
        .invalidObjectDefinition,
        "cannot use system column \(name.quotedInErrors) in partition key"
      )
    case .defaultValue, .partitionBound, .transform: break
    }
  }

  private func checkImmutability(of expression: Expression, as place: ExpressionPlace, of table: Table?)
    throws(SQLError)
  {
    guard let part = database.mutablePart(of: expression, of: table) else { return }
    if place == .generated {
      throw SQLError(.invalidObjectDefinition, "generation expression is not immutable: \(part) is not")
    }
    throw SQLError(
      .invalidObjectDefinition,
      "functions in \(place.rawValue) must be marked IMMUTABLE: \(part) is not"
    )
  }
}

extension Function {
  fileprivate var returnsSet: Bool {
    definition.returns?.isSet == true || definition.parameters.contains { $0.mode == .table }
  }
}

extension Expression {
  /// Whether there is a call with arguments in it, an operator, or a cast of what has a type.
  fileprivate var mayBeOverloaded: Bool {
    switch self {
    case .call(let call) where !call.arguments.isEmpty: true
    case .operation: true
    case .cast(let operand, _) where !operand.isUntyped: true
    default: operands.contains(where: \.mayBeOverloaded)
    }
  }
}
