import Syntax

extension Database {
  /// The type of an expression over columns of a table, where it is certain; a string or NULL as it stands has none.
  package func certainType(of expression: Expression, of table: Table?) -> TypeName? {
    func named(_ name: String) -> TypeName { TypeName(QualifiedName(name)) }
    switch expression {
    case .column(let reference):
      guard let name = reference.name else { return nil }
      return table?.column(name)?.type.map { resolved($0) }
    case .constant(let constant): return constant.certainType.map(named)
    case .cast(_, let type): return type.isSet || type.isColumnType ? nil : resolved(type)
    case .and, .or, .not, .isNull, .isNotNull, .booleanTest: return named("bool")
    case .sqlValue(let function, _): return named(function.typeOfValue)
    case .operation(let operation): return certainType(of: operation, of: table)
    case .collate(let operand, _): return certainType(of: operand, of: table)
    case .call(let call): return certainType(of: call)
    case .case(let expression):
      let results = expression.branches.map(\.result) + [expression.otherwise].compactMap(\.self)
      return commonType(of: results, table)
    case .coalesce(let operands), .greatest(let operands), .least(let operands):
      return commonType(of: operands, table)
    default: return nil
    }
  }

  /// The type of all of them; those that have none follow the others.
  private func commonType(of operands: [Expression], _ table: Table?) -> TypeName? {
    var common: TypeName?
    for operand in operands where !operand.isUntyped {
      guard let type = certainType(of: operand, of: table) else { return nil }
      if let common, common.withoutModifiers != type.withoutModifiers { return nil }
      common = type.withoutModifiers
    }
    return common
  }

  private func certainType(of operation: Operation, of table: Table?) -> TypeName? {
    let bool = TypeName(QualifiedName("bool"))
    switch operation.form {
    case .nullIf: return nil
    case .plain: break
    default: return bool
    }
    if ["=", "<>", "<", ">", "<=", ">=", "~~", "!~~", "~", "!~", "~*"].contains(operation.name.name) { return bool }
    guard let left = operation.left, let type = certainType(of: left, of: table)?.withoutModifiers,
      certainType(of: operation.right, of: table)?.withoutModifiers == type,
      type.isBuiltIn, type.arrayDimensions == 0
    else { return nil }
    switch operation.name.name {
    case "+", "-", "*", "/":
      return ["int2", "int4", "int8", "numeric", "float4", "float8"].contains(type.name.name) ? type : nil
    case "%": return ["int2", "int4", "int8", "numeric"].contains(type.name.name) ? type : nil
    case "||": return type.name.name == "text" ? type : nil
    default: return nil
    }
  }

  private func certainType(of call: FunctionCall) -> TypeName? {
    if let made = catalog.functions[qualifiedFunction(call.name)] {
      guard made.count == 1, let type = made.first?.definition.returns, !type.isSet, !type.isPseudo else { return nil }
      return resolved(type)
    }
    guard call.name.schema == nil || call.name.schema == "pg_catalog" else { return nil }
    return Self.certainResults[call.name.name].map { TypeName(QualifiedName($0)) }
  }

  /// Functions of PostgreSQL that give one type with any arguments, and stand in defaults and indexes.
  private static let certainResults = [
    "now": "timestamptz", "clock_timestamp": "timestamptz", "statement_timestamp": "timestamptz",
    "transaction_timestamp": "timestamptz", "gen_random_uuid": "uuid", "md5": "text", "random": "float8",
    "to_char": "text", "concat": "text", "nextval": "int8", "to_tsvector": "tsvector", "to_jsonb": "jsonb",
    "jsonb_build_object": "jsonb", "json_build_object": "json",
  ]
}

extension Expression {
  /// Whether its type follows from where it stands.
  package var isUntyped: Bool {
    switch self {
    case .constant(.string), .constant(.null), .parameter: true
    default: false
    }
  }
}

extension Constant {
  fileprivate var certainType: String? {
    switch self {
    case .integer: "int4"
    case .number(let text): Int(text) == nil ? "numeric" : "int8"
    case .boolean: "bool"
    case .bitString: "bit"
    case .string, .null: nil
    }
  }
}

extension SQLValueFunction {
  fileprivate var typeOfValue: String {
    switch self {
    case .currentDate: "date"
    case .currentTime: "timetz"
    case .currentTimestamp: "timestamptz"
    case .localTime: "time"
    case .localTimestamp: "timestamp"
    case .currentRole, .currentUser, .user, .sessionUser, .currentCatalog, .currentSchema: "name"
    }
  }
}
