import Syntax

extension QueryAnalysis {
  mutating func type(of call: FunctionCall) throws(SQLError) -> TypeName? {
    if let window = call.window {
      try checkWindowFunction(call)
      if let name = window.name, !levels[current].windows.contains(name) {
        throw SQLError(.undefinedObject, "window \"\(name)\" does not exist")
      }
      if window.name == nil { try analyze(window) }
      let types = try analyzeArguments(of: call)
      try analyzeFilter(of: call)
      return try resolve(call, types)
    }
    let types: [TypeName?]
    switch database.kind(of: call) {
    case .aggregate: types = try analyzeAggregate(call)
    case .windowFunction:
      _ = try analyzeArguments(of: call)
      throw SQLError(.wrongObjectType, "window function \(call.name.name) requires an OVER clause")
    case .plain, .unknown:
      types = try analyzeArguments(of: call)
      try analyzeFilter(of: call)
    }
    try checkExistence(of: call, types)
    if Self.functionsOfSequences.contains(call.name.name), case .constant(.string(let text))? = call.arguments.first {
      try requireRelation(text)
    }
    return try resolve(call, types)
  }

  /// Those that take `regclass`, so that a constant is looked up at once.
  private static let functionsOfSequences: Set<String> = ["nextval", "currval", "setval"]

  /// The types of the arguments.
  private mutating func analyzeArguments(of call: FunctionCall) throws(SQLError) -> [TypeName?] {
    var types: [TypeName?] = []
    for argument in call.arguments { types.append(try type(of: argument)) }
    for item in call.order { _ = try type(of: item.expression) }
    return types
  }

  private mutating func analyzeFilter(of call: FunctionCall) throws(SQLError) {
    if let filter = call.filter { try requireBoolean(filter, in: .filter) }
  }

  // MARK: - Aggregates

  /// An aggregate gathers the rows of the innermost query whose columns it reads, and stands where that query takes it.
  private mutating func analyzeAggregate(_ call: FunctionCall) throws(SQLError) -> [TypeName?] {
    let outer = (referenced, gathered)
    (referenced, gathered) = ([], [])
    let types = try inside(.aggregate) { analysis throws(SQLError) in
      let types = try analysis.analyzeArguments(of: call)
      try analysis.analyzeFilter(of: call)
      return types
    }
    let levels = referenced ?? []
    let inner = gathered
    (referenced, gathered) = outer
    referenced?.formUnion(levels)
    if levels.contains(Self.unknownLevel) { return types }
    let level = levels.max() ?? current
    gathered.insert(level)
    self.levels[level].hasAggregates = true
    if inner.contains(level) {
      throw SQLError(.groupingError, "aggregate function calls cannot be nested")
    }
    let clause = self.levels[level].clause
    if clause.takesAggregates { return types }
    throw SQLError(
      .groupingError,
      clause == .functionInFrom
        ? "aggregate functions are not allowed in FROM clause of their own query level"
        : "aggregate functions are not allowed in \(clause.rawValue)"
    )
  }

  private func checkWindowFunction(_ call: FunctionCall) throws(SQLError) {
    let clause = levels[current].clause
    if clause.takesWindowFunctions { return }
    switch clause {
    case .aggregate:
      throw SQLError(.groupingError, "aggregate function calls cannot contain window function calls")
    default: throw SQLError(.windowingError, "window functions are not allowed in \(clause.rawValue)")
    }
  }

  // MARK: - Functions

  /// There is a function of the name that takes so many arguments, of such types.
  private mutating func checkExistence(of call: FunctionCall, _ types: [TypeName?]) throws(SQLError) {
    let name = call.name
    guard name.schema != "pg_catalog", name.schema != "information_schema" else { return }
    if name.schema == nil, BuiltInFunctions.has(name.name) { return }
    let found = database.qualifiedFunction(name)
    if let overloads = catalog.functions[found] {
      if call.isVariadic || !call.argumentNames.isEmpty || call.arguments.contains(where: \.standsForSeveral) { return }
      let meant = overloads.filter { database.mayMean($0, by: types) }
      if meant.contains(where: { !$0.definition.isProcedure }) { return }
      guard !ExtensionFunctions.has(name.name), !database.isAggregate(made: name), catalog.unreadableRuns == 0,
        name.schema != nil || session(hidesNothingBut: found),
        !catalog.others.keys.contains(where: { $0.kind == .cast })
      else { return }
      if !meant.isEmpty {
        throw SQLError(.wrongObjectType, "\(call.name) is a procedure: it is called by CALL")
      }
      throw types.contains(nil) ? undefinedFunction(call) : .undefinedFunction(call, types)
    }
    guard catalog.types[database.qualifiedType(name)] == nil, catalog.tables[database.qualifiedType(name)] == nil,
      !ExtensionFunctions.has(name.name), !database.isAggregate(made: name), database.mayTell(ofMissing: name),
      catalog.extensions.keys.allSatisfy({ $0 == "plpgsql" }),
      catalog.tellsAll(ofSchemaOf: QualifiedName(schema: found.schema, "")),
      // `f(x)` is `x.f` where a row has the column.
      types.count != 1 || types[0].map({ $0.isUntyped || database.builtInBase(of: $0) != nil }) == true
    else { return }
    doubt(undefinedFunction(call))
  }

  /// Whether no other schema on the search path has a function of the name.
  private func session(hidesNothingBut name: QualifiedName) -> Bool {
    database.session.searchPath.allSatisfy { schema in
      schema == name.schema
        || catalog.schemas.contains(schema)
          && catalog.functions[QualifiedName(schema: schema, name.name)] == nil
    }
  }

  private func undefinedFunction(_ call: FunctionCall) -> SQLError {
    let count = call.arguments.count
    let words = count == 0 ? "" : count == 1 ? " with 1 argument" : " with \(count) arguments"
    let name = call.name.description + (count == 0 ? "()" : "")
    return SQLError(
      .undefinedFunction,
      "function \(name)\(words) does not exist",
      about: SQLError.Object(.function, call.name)
    )
  }
}

extension Database {
  /// Whether a function of the history may be meant by a call with arguments of the types.
  fileprivate func mayMean(_ function: Function, by types: [TypeName?]) -> Bool {
    guard function.accepts(types.count) else { return false }
    let parameters = function.definition.parameters.filter { $0.mode != .out && $0.mode != .table }
    return zip(types, parameters).allSatisfy { type, parameter in
      parameter.mode == .variadic || mayPass(type, as: parameter.type)
    }
  }

  enum CallKind { case aggregate, windowFunction, plain, unknown }

  /// What kind of function a call without OVER means.
  func kind(of call: FunctionCall) -> CallKind {
    let name = call.name
    let isOwn = name.schema == nil || name.schema == "pg_catalog"
    if name.schema != "pg_catalog", catalog.functions[qualifiedFunction(name)] != nil {
      return isOwn && BuiltInAggregates.names.contains(Substring(name.name)) ? .unknown : .plain
    }
    if isOwn {
      if BuiltInAggregates.names.contains(Substring(name.name)) {
        if isAggregate(made: name) { return .unknown }
        return Self.windowFunctions.contains(name.name) && !call.isWithinGroup ? .windowFunction : .aggregate
      }
      if Self.windowFunctions.contains(name.name) { return .windowFunction }
      if BuiltInFunctions.has(name.name) { return .plain }
    }
    return .unknown
  }

  /// Source: PostgreSQL's manual, "Window Functions".
  private static let windowFunctions: Set<String> = [
    "row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile", "lag", "lead", "first_value",
    "last_value", "nth_value",
  ]

  /// The type of a call's result, where all functions of the name have the same.
  func resultType(of call: FunctionCall) -> TypeName? {
    guard call.name.schema == nil || call.name.schema == "pg_catalog",
      let type = Self.resultTypes[call.name.name],
      call.name.schema != nil || catalog.functions[qualifiedFunction(call.name)] == nil
    else { return nil }
    return TypeName(QualifiedName(type))
  }

  private static let resultTypes = [
    "count": "int8", "row_number": "int8", "rank": "int8", "dense_rank": "int8", "now": "timestamptz",
    "clock_timestamp": "timestamptz", "concat": "text", "gen_random_uuid": "uuid", "md5": "text", "bool_or": "bool",
    "bool_and": "bool", "jsonb_build_object": "jsonb", "json_build_object": "json", "jsonb_agg": "jsonb",
    "json_agg": "json", "to_jsonb": "jsonb", "to_json": "json", "to_tsvector": "tsvector", "nextval": "int8",
    "string_to_array": nil, "pg_sleep": nil,
  ].compactMapValues(\.self)
}

extension BuiltInFunctions {
  /// Whether PostgreSQL has a function of the name.
  static func has(_ name: String) -> Bool {
    let name = Substring(name)
    return settled.contains(name) || volatile.contains(name)
  }
}

extension ExtensionFunctions {
  static func has(_ name: String) -> Bool { volatile.contains(name) || settled.contains(name) }
}
