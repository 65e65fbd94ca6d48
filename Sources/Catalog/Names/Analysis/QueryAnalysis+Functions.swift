import Syntax

/// Functions in FROM, and the columns that they yield.
extension QueryAnalysis {
  mutating func entry(of item: FunctionItem) throws(SQLError) -> Entry {
    levels[current].isLateral = true
    for call in item.calls {
      _ = try inside(.functionInFrom) { analysis throws(SQLError) in try analysis.type(of: call) }
    }
    levels[current].isLateral = false
    let name = item.alias?.name ?? item.calls.first?.calledName
    guard item.calls.count == 1, let call = item.calls.first else { return entry(name, .unknown) }
    let number = nextEntry()
    var columns = ResultColumns.unknown
    if let definitions = item.definitions[0] {
      columns.columns = definitions.map { definition in
        ResultColumn(name: definition.name, type: definition.type.map { database.resolved($0) })
      }
      columns.isComplete = true
    } else if case .call(let call) = call {
      if let type = database.rowType(of: call) {
        columns = self.columns(ofRowType: type)
        note(number, handsOn: type)
      } else {
        columns = database.scalarColumns(of: call, as: name)
      }
    }
    columns = columns.columns(ofEntry: number)
    if item.hasOrdinality, columns.isComplete {
      columns.columns.append(ResultColumn(name: "ordinality", type: TypeName(QualifiedName("int8"))))
    }
    let shown = name ?? ""
    let contents = try columns.renamed(item.alias?.columns ?? [], of: "table \"\(shown)\"")
    return Entry(number: number, name: name, contents: contents)
  }

  private func columns(ofRowType type: QualifiedName) -> ResultColumns {
    guard case .composite(let attributes)? = catalog.types[type]?.form else { return columns(of: type) }
    return ResultColumns(
      columns: attributes.map { ResultColumn(name: $0.name, type: $0.type) },
      isComplete: true
    )
  }
}

extension Database {
  /// The function that a call surely means.
  private func onlyFunction(called call: FunctionCall) -> CreateFunction? {
    guard let overloads = catalog.functions[qualifiedFunction(call.name)], overloads.count == 1,
      !BuiltInFunctions.has(call.name.name), !ExtensionFunctions.has(call.name.name),
      let function = overloads.first, function.accepts(call.arguments.count), !function.definition.isProcedure,
      function.unreadableRuns == catalog.unreadableRuns
    else { return nil }
    return function.definition
  }

  /// The row type, of a table or a composite type, that a call in FROM yields.
  fileprivate func rowType(of call: FunctionCall) -> QualifiedName? {
    guard let function = onlyFunction(called: call), function.outputs.isEmpty, let type = function.returns,
      type.arrayDimensions == 0, !type.isColumnType
    else { return nil }
    let name = qualifiedType(type.name)
    if case .composite? = catalog.types[name]?.form { return name }
    return catalog.tables[name].map { catalog.isFullyKnown($0) } ?? catalog.views.contains(name) ? name : nil
  }

  /// The columns of a call in FROM that yields no rows of a row type, as far as they are known.
  ///
  /// Source: `addRangeTableEntryForFunction` in `parse_relation.c`.
  fileprivate func scalarColumns(of call: FunctionCall, as name: String?) -> QueryAnalysis.ResultColumns {
    func one(_ name: String, _ type: TypeName?) -> QueryAnalysis.ResultColumns {
      QueryAnalysis.ResultColumns(columns: [.init(name: name, type: type)], isComplete: true)
    }
    if yieldsOneColumn(call) {
      return one(SetReturningFunctions.resultNames[call.name.name] ?? name ?? call.name.name, nil)
    }
    guard let function = onlyFunction(called: call) else { return .unknown }
    let outputs = function.outputs
    if outputs.isEmpty {
      guard let type = function.returns, isScalar(type) else { return .unknown }
      return one(name ?? call.name.name, resolved(type).ofOneValue)
    }
    let names = outputs.compactMap { $0.name == "" ? nil : $0.name }
    // Of one that is a row, the fields are the columns.
    guard names.count == outputs.count, outputs.count > 1 || outputs.allSatisfy({ isScalar($0.type) }) else {
      return .unknown
    }
    let columns = zip(names, outputs).map { name, output in
      QueryAnalysis.ResultColumn(name: name, type: resolved(output.type).knownType)
    }
    return QueryAnalysis.ResultColumns(columns: columns, isComplete: true)
  }

  private func isScalar(_ type: TypeName) -> Bool {
    if type.isColumnType { return false }
    if type.arrayDimensions > 0 { return true }
    switch catalog.types[qualifiedType(type.name)]?.form {
    case .enumeration?: return true
    case .domain(let domain)?: return domain.type.name.isBuiltInType
    case .composite?, .other?: return false
    case nil: return type.name.isBuiltInType && !type.name.isPseudotype
    }
  }

  /// Whether a call in FROM surely yields one column.
  private func yieldsOneColumn(_ call: FunctionCall) -> Bool {
    guard call.name.schema == nil || call.name.schema == "pg_catalog" else { return false }
    return SetReturningFunctions.ofOneColumn.contains(call.name.name)
      && catalog.functions[qualifiedFunction(call.name)] == nil
  }
}

extension CreateFunction {
  fileprivate var outputs: [Parameter] { parameters.filter { [.out, .inOut, .table].contains($0.mode) } }
}

extension TypeName {
  /// The type of each value of a set.
  fileprivate var ofOneValue: TypeName { TypeName(name, arrayDimensions: arrayDimensions) }

  /// `nil` where the arguments decide it, or another column.
  fileprivate var knownType: TypeName? { name.isPseudotype || isColumnType ? nil : self }
}

/// Functions of PostgreSQL that stand in FROM.
private enum SetReturningFunctions {
  /// Source: PostgreSQL's manual, "Set Returning Functions", "JSON Functions", "String Functions".
  static let ofOneColumn: Set<String> = [
    "generate_series", "generate_subscripts", "regexp_split_to_table", "string_to_table", "regexp_matches",
    "json_array_elements", "json_array_elements_text", "jsonb_array_elements", "jsonb_array_elements_text",
    "json_object_keys", "jsonb_object_keys", "jsonb_path_query",
  ]

  /// Those whose column is called by the name of their result, whatever the alias is.
  static let resultNames = [
    "json_array_elements": "value", "json_array_elements_text": "value", "jsonb_array_elements": "value",
    "jsonb_array_elements_text": "value",
  ]
}

extension Expression {
  fileprivate var calledName: String? { if case .call(let call) = self { call.name.name } else { nil } }
}
