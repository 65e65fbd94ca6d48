import Syntax

/// What indexes, generated columns and partition keys must not hold: expressions whose value may change though the row
/// does not.
extension Database {
  /// The first part of an expression that is certain to be STABLE or VOLATILE, as a message names it.
  ///
  /// Source: `contain_mutable_functions` in `clauses.c`; `provolatile` in `pg_proc`.
  package func mutablePart(of expression: Expression, of table: Table?) -> String? {
    var found: String?
    expression.walk { part in
      if found == nil { found = mutability(of: part, table) }
    }
    return found
  }

  private func mutability(of part: Expression, _ table: Table?) -> String? {
    switch part {
    case .sqlValue(let function, _): return function.rawValue
    case .call(let call): return isMutable(call, table) ? "\(call.name.name)()" : nil
    case .cast(let operand, let type):
      guard !operand.isUntyped, let from = certainType(of: operand, of: table) else { return nil }
      return isMutable(base(of: from), castTo: base(of: type)) ? "the cast to \(type.sql)" : nil
    case .operation(let operation):
      guard operation.form == .plain, let left = operation.left,
        let types = scalarTypes(of: [left, operation.right], table)
      else { return nil }
      return operation.name.name.isMutableOperator(types[0], types[1]) ? "the operator \(operation.name.name)" : nil
    default: return nil
    }
  }

  private func scalarTypes(of operands: [Expression], _ table: Table?) -> [String?]? {
    let types = operands.map { operand -> String? in
      guard let type = certainType(of: operand, of: table).map({ base(of: $0) }), type.isBuiltIn,
        type.arrayDimensions == 0
      else { return nil }
      return type.name.name
    }
    return types.allSatisfy { $0 == nil } ? nil : types
  }

  private func isMutable(_ call: FunctionCall, _ table: Table?) -> Bool {
    if let made = catalog.functions[qualifiedFunction(call.name)]?.filter({ $0.accepts(call.arguments.count) }),
      !made.isEmpty
    {
      return made.allSatisfy { $0.volatility != .immutable && (!$0.isSQL || $0.hasMutableBody) }
        && !BuiltInFunctions.settled.contains(Substring(call.name.name))
    }
    guard call.name.schema == nil || call.name.schema == "pg_catalog" else { return false }
    let name = Substring(call.name.name)
    if BuiltInFunctions.volatile.contains(name) || BuiltInFunctions.stable.contains(name) { return true }
    guard let types = scalarTypes(of: call.arguments, table) else {
      return call.arguments.count == 1 && Self.readsConfiguration.contains(call.name.name)
    }
    return switch call.name.name {
    case "date_trunc", "date_part", "extract": types.count == 2 && types[1] == "timestamptz"
    case "date", "time", "timestamp": types.count == 1 && types[0] == "timestamptz"
    case "timestamptz": types.count == 1 && (types[0] == "timestamp" || types[0] == "date")
    case "timezone": types.count == 2 && types[1] == "timetz"
    case "to_timestamp": types.count == 2
    default: call.arguments.count == 1 && Self.readsConfiguration.contains(call.name.name)
    }
  }

  /// The functions of text search that read `default_text_search_config` where no configuration is given.
  private static let readsConfiguration: Set<String> = [
    "to_tsvector", "to_tsquery", "plainto_tsquery", "phraseto_tsquery", "websearch_to_tsquery",
  ]

  /// Whether a cast hangs on the session: on its time zone or style of dates, or on what an enum's values are called.
  ///
  /// Source: `pg_cast`, and `provolatile` of the functions that read and write the types' texts.
  private func isMutable(_ from: TypeName, castTo to: TypeName) -> Bool {
    guard from.arrayDimensions == 0, to.arrayDimensions == 0, from.name != to.name else { return false }
    if to.isBuiltIn, to.isString { return isEnumeration(from) || from.isBuiltIn && from.isWrittenBySettings }
    if from.isBuiltIn, from.isString { return isEnumeration(to) || to.isBuiltIn && to.isReadBySettings }
    guard from.isBuiltIn, to.isBuiltIn else { return false }
    switch (from.name.name, to.name.name) {
    case ("timestamptz", "date"), ("timestamptz", "timestamp"), ("timestamptz", "time"), ("timestamptz", "timetz"),
      ("timestamp", "timestamptz"), ("date", "timestamptz"), ("time", "timetz"):
      return true
    default: return false
    }
  }
}

extension TypeName {
  fileprivate var isWrittenBySettings: Bool {
    ["date", "timestamp", "timestamptz", "interval", "money", "regclass", "regproc", "regtype"].contains(name.name)
  }

  fileprivate var isReadBySettings: Bool {
    isWrittenBySettings || name.name == "time" || name.name == "timetz"
  }
}

extension String {
  /// Source: `pg_operator` with `provolatile` of its functions.
  fileprivate func isMutableOperator(_ left: String?, _ right: String?) -> Bool {
    switch self {
    case "+", "-":
      left == "timestamptz" && right == "interval" || self == "+" && left == "interval" && right == "timestamptz"
    case "<", "<=", "=", ">=", ">", "<>":
      [["date", "timestamptz"], ["timestamp", "timestamptz"]].contains { $0 == [left, right] || $0 == [right, left] }
    default: false
    }
  }
}

extension Function {
  fileprivate var isSQL: Bool { definition.language?.lowercased() == "sql" || definition.sqlBody != nil }

  /// Whether the query of a function in SQL, which PostgreSQL puts in the place of the call and looks at, calls a function
  /// of PostgreSQL that is not immutable.
  fileprivate var hasMutableBody: Bool {
    guard definition.code.steps.count == 1, case .run(let parts, _)? = definition.code.steps.first,
      case .query(.select(let select))? = parts.first?.kind, select.targets.count == 1
    else { return false }
    return select.targets[0].expression.contains { part in
      switch part {
      case .sqlValue: return true
      case .call(let call):
        let name = Substring(call.name.name)
        return BuiltInFunctions.volatile.contains(name) || BuiltInFunctions.stable.contains(name)
      default: return false
      }
    }
  }
}
