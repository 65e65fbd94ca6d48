import Catalog
import Syntax

/// What the languages ask of functions when they are made.
extension Execution {
  /// Source: `plpgsql_validator` in `pl_handler.c`, `fmgr_sql_validator` in `pg_proc.c`.
  func checkBody(of function: CreateFunction) throws(SQLError) {
    let language = function.language?.lowercased() ?? "sql"
    if function.sqlBody == nil, function.body == nil { throw .invalidFunction("no function body specified") }
    if function.sqlBody != nil {
      if language != "sql" { throw .invalidFunction("inline SQL function body only valid for language SQL") }
      if function.body != nil { throw .invalidFunction("duplicate function body specified") }
    }
    if ["sql", "plpgsql"].contains(language), function.linkSymbol != nil {
      throw .invalidFunction("only one AS item needed for language \"\(language)\"")
    }
    let result = function.returns?.name
    let inputs = function.parameters.filter { $0.mode != .out && $0.mode != .table }
    switch language {
    case "plpgsql":
      if let result, result.isPseudotype, !result.isReturnedByPLpgSQL {
        throw SQLError(.featureNotSupported, "PL/pgSQL functions cannot return type \(result.name)")
      }
      if let type = inputs.first(where: { $0.type.arrayDimensions == 0 && $0.type.name.isRefusedArgument })?.type {
        throw SQLError(.featureNotSupported, "PL/pgSQL functions cannot accept type \(type.name.name)")
      }
      if let name = result?.name, ["trigger", "event_trigger"].contains(name), !inputs.isEmpty {
        let kind = name == "trigger" ? "trigger" : "event trigger"
        throw .invalidFunction("\(kind) functions cannot have declared arguments")
      }
      if database.session.checksFunctionBodies { try checkSyntax(of: function) }
    case "sql":
      if let result, result.isPseudotype, !["record", "void"].contains(result.name), !result.isPolymorphic {
        throw .invalidFunction("SQL functions cannot return type \(result.name)")
      }
      if let type = inputs.first(where: { $0.type.name.isRefusedArgument })?.type {
        throw .invalidFunction("SQL functions cannot have arguments of type \(type.name.name)")
      }
      if database.session.checksFunctionBodies {
        try checkSyntax(of: function)
        try checkSQL(of: function)
      }
    case "internal":
      if let body = function.body, !QualifiedName(body).isBuiltInFunction, !body.contains("_") {
        throw SQLError(.undefinedFunction, "there is no built-in function named \"\(body)\"")
      }
    default: break
    }
  }

  private func checkSyntax(of function: CreateFunction) throws(SQLError) {
    if let refusal = function.bodyCheck.syntaxError() {
      throw SQLError(.syntaxError, refusal.message).at(refusal.place.map { .inBody($0) })
    }
  }

  /// Source: `check_sql_fn_retval` in `functions.c`.
  private func checkSQL(of function: CreateFunction) throws(SQLError) {
    guard function.sqlBody == nil else { return }
    let steps = function.code.steps
    switch steps.first {
    case .run(let parts, _)? where steps.count == 1:
      guard let result = function.returns, !["void"].contains(result.name.name), !function.isProcedure else { return }
      guard let last = parts.last?.kind, case .query = last else {
        if case .dataChange = parts.last?.kind { return }
        throw .invalidFunction("return type mismatch in function declared to return \(result.sql)")
      }
    default: break
    }
  }
}

extension QualifiedName {
  fileprivate var isPolymorphic: Bool { isPseudotype && name.hasPrefix("any") && name != "any" }

  fileprivate var isReturnedByPLpgSQL: Bool {
    ["record", "void", "trigger", "event_trigger"].contains(name) || isPolymorphic
  }

  /// Of functions in SQL and PL/pgSQL, which take rows and polymorphic types.
  fileprivate var isRefusedArgument: Bool { isPseudotype && name != "record" && !isPolymorphic }
}
