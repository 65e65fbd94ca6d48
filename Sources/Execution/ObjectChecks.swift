import Catalog
import Syntax

/// What definitions of operators, aggregates, casts and text search objects must say.
extension Execution {
  func checkParameters(of object: ObjectDefinition) throws(SQLError) {
    let names = Set(object.options.map { $0.name.lowercased() })
    switch object.objectKind {
    case .operator: try checkOperator(object, names)
    case .aggregate: try checkAggregate(names)
    case .cast: try checkCast(object)
    case .textSearchConfiguration:
      if !names.contains("parser"), !names.contains("copy") {
        throw SQLError(.invalidObjectDefinition, "text search parser is required")
      }
    case .textSearchDictionary: try require("template", of: names, "text search template is required")
    case .textSearchTemplate: try require("lexize", of: names, "text search template lexize method is required")
    case .textSearchParser:
      for method in ["start", "gettoken", "end", "lextypes"] {
        try require(method, of: names, "text search parser \(method) method is required")
      }
    default: break
    }
  }

  private func require(_ name: String, of names: Set<String>, _ message: String) throws(SQLError) {
    if !names.contains(name) { throw SQLError(.invalidObjectDefinition, message) }
  }

  /// Source: `DefineOperator` and `OperatorCreate` in `operatorcmds.c` and `pg_operator.c`.
  private func checkOperator(_ object: ObjectDefinition, _ names: Set<String>) throws(SQLError) {
    if !names.contains("procedure"), !names.contains("function") {
      throw SQLError(.invalidFunctionDefinition, "operator function must be specified")
    }
    if !names.contains("rightarg") {
      throw SQLError(
        .invalidFunctionDefinition,
        names.contains("leftarg")
          ? "operator right argument type must be specified" : "operator argument types must be specified"
      )
    }
    let forBinary = [
      ("commutator", "can have commutators"), ("join", "can have join selectivity"),
      ("merges", "can merge join"), ("hashes", "can hash"),
    ]
    if !names.contains("leftarg"),
      let parameter = forBinary.first(where: { names.contains($0.0) && !object.isOff($0.0) })
    {
      throw SQLError(.invalidFunctionDefinition, "only binary operators \(parameter.1)")
    }
  }

  /// Source: `DefineAggregate` in `aggregatecmds.c`.
  private func checkAggregate(_ names: Set<String>) throws(SQLError) {
    func has(_ name: String) -> Bool { names.contains(name) }
    let missing: String? =
      if !has("stype"), !has("stype1") {
        "aggregate stype must be specified"
      } else if !has("sfunc"), !has("sfunc1") {
        "aggregate sfunc must be specified"
      } else if has("mstype"), !has("msfunc") {
        "aggregate msfunc must be specified when mstype is specified"
      } else if has("mstype"), !has("minvfunc") {
        "aggregate minvfunc must be specified when mstype is specified"
      } else {
        ["msfunc", "minvfunc", "mfinalfunc", "msspace", "minitcond"].first { has($0) && !has("mstype") }
          .map { "aggregate \($0) must not be specified without mstype" }
      }
    if let missing { throw SQLError(.invalidFunctionDefinition, missing) }
  }

  /// Source: `CreateCast` in `functioncmds.c`.
  private func checkCast(_ object: ObjectDefinition) throws(SQLError) {
    let types = object.arguments.map { database.resolved($0).withoutModifiers }
    guard types.count == 2, types[0] == types[1], !object.options.contains(where: { $0.name == "function" }) else {
      return
    }
    throw SQLError(.invalidObjectDefinition, "source data type and target data type are the same")
  }
}

extension ObjectDefinition {
  fileprivate func isOff(_ name: String) -> Bool {
    let value = options.last { $0.name.lowercased() == name }?.value?.lowercased()
    return ["false", "off", "0", "no"].contains(value)
  }
}
