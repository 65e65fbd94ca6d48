import Syntax

/// Whether a call gives the same value for every row of one statement.
package enum Volatility: Hashable {
  case settled
  case volatile
  /// Neither PostgreSQL nor the history has the function; an extension may.
  case unknown
}

extension Database {
  /// The first call in the expression that may differ from row to row.
  package func volatileCall(in expression: Expression) -> (function: QualifiedName, isCertain: Bool)? {
    var unknown: QualifiedName?
    var volatile: QualifiedName?
    expression.walk {
      guard case .call(let call) = $0, volatile == nil else { return }
      switch volatility(of: call) {
      case .settled: break
      case .volatile: volatile = call.name
      case .unknown: unknown = unknown ?? call.name
      }
    }
    return volatile.map { ($0, true) } ?? unknown.map { ($0, false) }
  }

  package func volatility(of call: FunctionCall) -> Volatility {
    let name = call.name
    if name.schema != "pg_catalog" {
      // A function of the same number of arguments hides what is further back on the search path.
      let made = (catalog.functions[qualifiedFunction(name)] ?? []).filter { $0.accepts(call.arguments.count) }
      if !made.isEmpty { return made.contains { $0.volatility == .volatile } ? .volatile : .settled }
    }
    if name.schema == nil || name.schema == "pg_catalog" {
      if BuiltInFunctions.volatile.contains(Substring(name.name)) { return .volatile }
      if BuiltInFunctions.settled.contains(Substring(name.name)) { return .settled }
    }
    if ExtensionFunctions.volatile.contains(name.name) { return .volatile }
    return ExtensionFunctions.settled.contains(name.name) ? .settled : .unknown
  }

  /// The history's function that a call means; `nil` where it did not make one.
  package func function(called call: FunctionCall) -> Function? {
    catalog.functions[qualifiedFunction(call.name)]?.last { $0.accepts(call.arguments.count) }
  }

  /// Whether a call runs code that PostgreSQL does not bring along.
  package func isForeign(_ call: FunctionCall) -> Bool {
    let name = call.name
    guard name.schema == nil || name.schema == "pg_catalog" else {
      return catalog.functions[qualifiedFunction(name)] != nil || !ExtensionFunctions.keepsToItself(name)
    }
    if catalog.functions[qualifiedFunction(name)] != nil { return true }
    return !BuiltInFunctions.volatile.contains(Substring(name.name))
      && !BuiltInFunctions.settled.contains(Substring(name.name))
  }
}

extension Function {
  package func accepts(_ count: Int) -> Bool {
    // Counted in place: a name may have thousands of overloads, which are all asked.
    var inputs = 0
    var required = 0
    var isVariadic = false
    for index in definition.parameters.indices {
      let mode = definition.parameters[index].mode
      guard mode != .out, mode != .table else { continue }
      inputs += 1
      if definition.parameters[index].defaultValue == nil { required += 1 }
      isVariadic = mode == .variadic
    }
    return isVariadic ? count >= inputs - 1 : (required...inputs).contains(count)
  }
}

/// Functions of the extensions in PostgreSQL's own distribution that stand in defaults.
///
/// Source: the install scripts of uuid-ossp, pgcrypto, citext, unaccent, hstore and pg_trgm in `contrib/`.
package enum ExtensionFunctions {
  package static let volatile: Set<String> = [
    "uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v4", "gen_random_bytes", "gen_salt",
  ]

  /// Whether a function changes nothing but tables of its extension, to which it adds.
  ///
  /// Source: the documentation of pg_cron and pgmq.
  package static func keepsToItself(_ name: QualifiedName) -> Bool {
    switch name.schema {
    case "cron": ["schedule", "schedule_in_database", "unschedule", "alter_job"].contains(name.name)
    case "pgmq":
      [
        "create", "create_non_partitioned", "create_unlogged", "send", "send_batch", "set_vt", "archive", "list_queues",
        "metrics", "metrics_all",
      ]
      .contains(name.name)
    default: volatile.contains(name.name) || settled.contains(name.name)
    }
  }

  package static let settled: Set<String> = [
    "uuid_nil", "uuid_ns_dns", "uuid_ns_url", "uuid_ns_oid", "uuid_ns_x500", "uuid_generate_v3", "uuid_generate_v5",
    "digest", "hmac", "crypt", "citext", "unaccent", "hstore", "similarity", "show_trgm",
  ]
}
