import Catalog
import Syntax

extension Execution {
  mutating func perform(_ statement: CreateFunction) throws(SQLError) {
    try requireCreation(of: statement.name)
    try checkLanguage(of: statement)
    try checkParameters(of: statement)
    try checkSettings(of: statement)
    try requireTypes(of: statement)
    try checkResult(of: statement)
    let name = QualifiedName(schema: statement.name.schema ?? database.session.creationSchema, statement.name.name)
    try analyzeBody(of: statement)
    var function = Function(
      definition: resolved(statement),
      volatility: statement.volatility ?? .volatile,
      createdIn: catalog.currentMigration
    )
    function.unreadableRuns = catalog.unreadableRuns
    if catalog.others(.aggregate, name).contains(named: function.signature) {
      if statement.replaces { throw SQLError(.wrongObjectType, "cannot change routine kind") }
      throw .duplicateFunctionOfTypes(name)
    }
    guard let index = catalog.functions[name]?.firstIndex(named: function.signature),
      let old = catalog.functions[name]?[index].definition
    else {
      try checkBody(of: statement)
      catalog.addOverload(function, to: name)
      return
    }
    guard statement.replaces else { throw .duplicateFunctionOfTypes(name) }
    try check(function.definition, replacing: old)
    try checkBody(of: statement)
    catalog.functions[name]?[index].definition = function.definition
    catalog.functions[name]?[index].volatility = function.volatility
    catalog.functions[name]?[index].unreadableRuns = function.unreadableRuns
  }

  private func resolved(_ definition: CreateFunction) -> CreateFunction {
    definition.mapping(
      types: { database.resolved($0) },
      expressions: { database.resolved($0) },
      queries: { database.resolved($0) }
    )
  }

  // MARK: - Checks
  // Source: `CreateFunction` and `interpret_function_parameter_list` in `functioncmds.c`, `ProcedureCreate` in
  // `pg_proc.c`.

  private mutating func checkLanguage(of function: CreateFunction) throws(SQLError) {
    guard let language = function.language?.lowercased() else {
      if function.sqlBody == nil { throw SQLError.invalidFunction("no language specified") }
      return
    }
    if BuiltInNames.languages.contains(Substring(language)) || catalog.extensions[language] != nil { return }
    try requireOther(named: language, .language)
  }

  /// Source: `GUC_NO_RESET` in `guc_tables.c`, which 16 brought.
  private func checkSettings(of function: CreateFunction) throws(SQLError) {
    for setting in function.settings where version >= 16 {
      guard let name = setting.name?.lowercased(), SetParameter.ofOneTransaction.contains(name) else { continue }
      throw SQLError(.featureNotSupported, "parameter \"\(name)\" cannot be set locally in functions")
    }
  }

  private func checkParameters(of function: CreateFunction) throws(SQLError) {
    let count = function.parameters.count { $0.mode != .table }
    if count > ServerLimits.parameters { throw .tooManyParameters }
    var inputs = Set<String>()
    var outputs = Set<String>()
    var hasDefault = false
    var isVariadic = false
    for parameter in function.parameters {
      let isInput = parameter.mode != .out && parameter.mode != .table
      if parameter.type.isSet {
        throw .invalidFunction("\(function.isProcedure ? "procedures" : "functions") cannot accept set arguments")
      }
      if isVariadic, isInput || function.isProcedure {
        throw .invalidFunction("VARIADIC parameter must be the last input parameter")
      }
      if parameter.mode == .variadic {
        isVariadic = true
        let name = parameter.type.name.name
        let isArray = parameter.type.arrayDimensions > 0 || ["any", "anyarray", "anycompatiblearray"].contains(name)
        if !isArray, parameter.type.name.isBuiltInType, !name.hasPrefix("_") {
          throw .invalidFunction("VARIADIC parameter must be an array")
        }
      }
      if let name = parameter.name, !name.isEmpty {
        let isTwice =
          isInput && inputs.contains(name)
          || (!isInput || parameter.mode == .inOut) && outputs.contains(name)
          || parameter.mode == .table && inputs.contains(name)
        if isTwice { throw .invalidFunction("parameter name \"\(name)\" used more than once") }
        if isInput { inputs.insert(name) }
        if !isInput || parameter.mode == .inOut { outputs.insert(name) }
      }
      if parameter.defaultValue != nil {
        if !isInput { throw .invalidFunction("only input parameters can have default values") }
        hasDefault = true
      } else if hasDefault, isInput {
        throw .invalidFunction("input parameters after one with a default value must also have defaults")
      } else if hasDefault, function.isProcedure {
        throw .invalidFunction("procedure OUT parameters cannot appear after one with a default value")
      }
    }
  }

  /// Functions in C may return types that they announce.
  private mutating func requireTypes(of function: CreateFunction) throws(SQLError) {
    for parameter in function.parameters where !parameter.type.isColumnType {
      _ = try requireType(parameter.type.name)
    }
    guard let type = function.returns, !type.isColumnType else { return }
    guard ["c", "internal"].contains(function.language?.lowercased()) else {
      _ = try requireType(type.name)
      return
    }
    let name = database.qualifiedType(type.name)
    if type.name.isBuiltInType || catalog.types.contains(name) || catalog.hasRelation(name) { return }
    try requireCreation(of: type.name)
    try createType(type.name, .other(nil))
  }

  private func checkResult(of function: CreateFunction) throws(SQLError) {
    let outputs = function.parameters.filter { $0.mode == .out || $0.mode == .inOut }
    let hasTable = function.parameters.contains { $0.mode == .table }
    guard !function.isProcedure else { return }
    if let result = function.returns {
      if !outputs.isEmpty, !hasTable {
        let isRecord = outputs.count > 1
        let expected = isRecord ? "record" : outputs[0].type.withoutModifiers.sql
        let isRight = result.withoutModifiers.withoutSet.sql == expected || outputs[0].type.isColumnType
        if !isRight {
          throw .invalidFunction("function result type must be \(expected) because of OUT parameters")
        }
      }
    } else if outputs.isEmpty, !hasTable {
      throw .invalidFunction("function result type must be specified")
    }
    guard let result = function.returns, result.arrayDimensions == 0 else { return }
    let inputs = function.parameters.filter { $0.mode != .out && $0.mode != .table }
    if let reason = Self.unsettledResult(result.name.name, inputs.map(\.type)) { throw .invalidFunction(reason) }
    for option in function.attributes where option.name == "rows" && !result.isSet && !hasTable {
      _ = option
      throw SQLError(.invalidParameterValue, "ROWS is not applicable when function does not return a set")
    }
  }

  /// Why arguments do not tell what a polymorphic result is.
  private static func unsettledResult(_ result: String, _ inputs: [TypeName]) -> String? {
    let any: Set = ["anyelement", "anyarray", "anynonarray", "anyenum", "anyrange", "anymultirange"]
    let compatible: Set = [
      "anycompatible", "anycompatiblearray", "anycompatiblenonarray", "anycompatiblerange", "anycompatiblemultirange",
    ]
    let names = Set(inputs.map(\.name.name))
    if any.contains(result), names.isDisjoint(with: any) { return "cannot determine result data type" }
    if compatible.contains(result), names.isDisjoint(with: compatible) { return "cannot determine result data type" }
    if result == "internal", !names.contains("internal") { return "unsafe use of pseudo-type \"internal\"" }
    return nil
  }

  private func check(_ new: CreateFunction, replacing old: CreateFunction) throws(SQLError) {
    if old.isProcedure != new.isProcedure { throw SQLError(.wrongObjectType, "cannot change routine kind") }
    if old.resultInCatalog != new.resultInCatalog {
      let what = old.isProcedure ? "procedure" : "function"
      if old.returnsRecordOfOutputs, new.returnsRecordOfOutputs || old.isProcedure {
        throw .invalidFunction("cannot change return type of existing \(what)")
      }
      throw .invalidFunction(
        old.isProcedure
          ? "cannot change whether a procedure has output parameters"
          : "cannot change return type of existing \(what)"
      )
    }
    let oldInputs = old.parameters.filter { $0.mode != .out && $0.mode != .table }
    let newInputs = new.parameters.filter { $0.mode != .out && $0.mode != .table }
    for (before, after) in zip(oldInputs, newInputs) {
      if let name = before.name, !name.isEmpty, after.name != name {
        throw .invalidFunction("cannot change name of input parameter \"\(name)\"")
      }
      if before.defaultValue != nil, after.defaultValue == nil {
        throw .invalidFunction("cannot remove parameter defaults from existing function")
      }
    }
  }

  // MARK: - ALTER FUNCTION

  mutating func perform(_ statement: AlterFunction) throws(SQLError) {
    let reference = ObjectReference(name: statement.function.name, arguments: statement.function.arguments)
    guard let address = try requireRoutine(reference, statement.objectKind) else { return }
    guard case .function(let name, let signature) = address,
      let index = catalog.functions[name]?.firstIndex(named: signature), let overloads = catalog.functions[name]
    else {
      throw SQLError(.wrongObjectType, "\(statement.function.name.quotedInErrors) is an aggregate function")
    }
    if let volatility = statement.volatility { catalog.functions[name]?[index].volatility = volatility }
    catalog.functions[name]?[index].definition = overloads[index].definition.changed(by: statement)
  }
}

extension SQLError {
  static func invalidFunction(_ message: String) -> SQLError { SQLError(.invalidFunctionDefinition, message) }

  fileprivate static func duplicateFunctionOfTypes(_ name: QualifiedName) -> SQLError {
    SQLError(
      .duplicateFunction,
      "function \"\(name.name)\" already exists with same argument types",
      about: Object(.function, name)
    )
  }
}

extension TypeName {
  fileprivate var withoutSet: TypeName {
    TypeName(name, modifiers: modifiers, arrayDimensions: arrayDimensions, isColumnType: isColumnType, offset: offset)
  }
}

extension CreateFunction {
  fileprivate var outputs: [Parameter] {
    parameters.filter { $0.mode == .out || $0.mode == .inOut || $0.mode == .table }
  }

  fileprivate var returnsRecordOfOutputs: Bool { outputs.count > 1 }

  /// What a call gives, as the catalog keeps it: a type, or the columns of rows.
  fileprivate var resultInCatalog: [String] {
    let columns = outputs
    let isSet = returns?.isSet == true || columns.contains { $0.mode == .table }
    if columns.isEmpty { return ["\(isSet)", returns?.withoutModifiers.withoutSet.sql ?? ""] }
    if columns.count == 1, !isProcedure { return ["\(isSet)", columns[0].type.withoutModifiers.sql] }
    return ["\(isSet)"] + columns.flatMap { [$0.name ?? "", $0.type.withoutModifiers.sql] }
  }
}

extension Catalog {
  mutating func addOverload(_ function: Function, to name: QualifiedName) {
    if functions.contains(name) { functions[name]?.append(function) } else { functions[name] = [function] }
  }
}
