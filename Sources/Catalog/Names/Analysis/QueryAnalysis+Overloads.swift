import Syntax

/// Which overload a call or an operator means, as far as the types of its arguments tell. It is refused where no overload
/// can take them: what PostgreSQL does of its own accord with each type is known for its own types and for enums.
///
/// Source: `func_get_detail` in `parse_func.c` and `oper` in `parse_oper.c`, whose candidates are those of
/// `func_match_argtypes`.
extension QueryAnalysis {
  // MARK: - Functions

  /// The type of what a call of PostgreSQL's own functions gives.
  func resolve(_ call: FunctionCall, _ types: [TypeName?]) throws(SQLError) -> TypeName? {
    let known = database.resultType(of: call)
    let name = call.name.name
    guard call.name.schema == nil || call.name.schema == "pg_catalog", !call.isStar, !call.standsForItsRows,
      // `unnest` of several arrays in FROM is one call for each.
      name != "unnest",
      // `text(x)` is a cast.
      types.count != 1 || !BuiltInTypes.all.contains(Substring(name)),
      call.name.schema != nil || !catalog.hasFunction(called: name, in: database.session),
      let overloads = BuiltInSignatures.overloads(ofFunction: name)
    else { return known }
    let candidates = overloads.filter { database.mayMean($0, by: types) }
    if candidates.isEmpty, database.hasOnlyBuiltInFunctions(called: call.name) {
      throw .undefinedFunction(call, types)
    }
    return known ?? database.commonResult(of: candidates, types)
  }

  // MARK: - Operators

  /// The type of what an operator gives.
  func resolve(_ operation: Operation, _ left: TypeName?, _ right: TypeName?) throws(SQLError) -> TypeName? {
    let name = operation.name
    guard name.schema == nil || name.schema == "pg_catalog", !operation.isPlainComparison(of: left, right),
      let overloads = BuiltInSignatures.overloads(ofOperator: name.name)
    else { return nil }
    let types = operation.left == nil ? [right] : [left, right]
    let candidates = overloads.filter { database.mayMean($0, by: types) }
    if candidates.isEmpty, database.hasOnlyBuiltInOperators(called: name.name, with: types) {
      throw .undefinedOperator(name.name, operation.left == nil ? nil : left, right)
    }
    return database.commonResult(of: candidates, types)
  }

  // MARK: - Casts

  func requireCast(from source: TypeName?, to target: TypeName) throws(SQLError) {
    guard let source, database.cannotCast(source, to: target), database.hasOnlyKnownOverloads else { return }
    throw SQLError(.cannotCoerce, "cannot cast type \(source.nameInErrors) to \(target.nameInErrors)")
  }

  // MARK: - Definitions

  /// The operators, functions and casts of an expression over the columns of a table. What else PostgreSQL refuses of it is
  /// told where the definition is looked at.
  package mutating func requireOverloads(in expression: Expression, of table: Table?) throws(SQLError) {
    var level = Level()
    level.clause = .condition
    if let table {
      let columns = ResultColumns(
        columns: table.columns.map { ResultColumn(name: $0.name, type: $0.type) },
        isComplete: catalog.isFullyKnown(table)
      )
      level.entries = [Entry(number: nextEntry(), name: table.name.name, contents: columns)]
    }
    levels.append(level)
    defer { levels.removeLast() }
    do throws(SQLError) {
      _ = try type(of: expression)
    } catch {
      if error.state == .undefinedFunction || error.state == .cannotCoerce { throw error }
    }
  }
}

extension Database {
  /// The type that all of the candidates give, where no other function can be meant.
  fileprivate func commonResult(of candidates: [BuiltInSignature], _ types: [TypeName?]) -> TypeName? {
    guard let result = candidates.first?.result, candidates.allSatisfy({ $0.result == result }),
      types.allSatisfy({ type in type.map { $0.isUntyped || builtInBase(of: $0) != nil } ?? false })
    else { return nil }
    return result
  }

  fileprivate var hasOnlyKnownOverloads: Bool {
    catalog.unreadableRuns == 0 && !catalog.makesOthers(.cast)
      && catalog.extensions.keys.allSatisfy(Extension.leavesBuiltInTypesAlone)
  }

  fileprivate func hasOnlyBuiltInFunctions(called name: QualifiedName) -> Bool {
    hasOnlyKnownOverloads && !ExtensionFunctions.has(name.name) && !isAggregate(made: name)
  }

  fileprivate func hasOnlyBuiltInOperators(called name: String, with types: [TypeName?]) -> Bool {
    if Extension.operatorsOfBuiltInTypes.contains(name) { return false }
    // Those of intarray.
    if ["+", "-"].contains(name), types.contains(where: { ($0?.arrayDimensions ?? 0) > 0 }) { return false }
    return hasOnlyKnownOverloads && !catalog.makesOthers(.operator)
  }
}

extension Catalog {
  /// Whether the history makes objects of a kind of which little more than the name is known.
  fileprivate func makesOthers(_ kind: ObjectKind) -> Bool { others.keys.contains { $0.kind == kind } }

  fileprivate func hasFunction(called name: String, in session: Session) -> Bool {
    session.searchPath.contains { functions[QualifiedName(schema: $0, name)] != nil }
  }
}

extension Extension {
  /// Whether an extension adds no operator, cast or function for PostgreSQL's own types under a name that PostgreSQL
  /// has: these are of its own distribution, and those of it that do are left out.
  ///
  /// Source: the install scripts in `contrib/`.
  fileprivate static func leavesBuiltInTypesAlone(_ name: String) -> Bool { quietExtensions.contains(name) }

  private static let quietExtensions: Set<String> = [
    "adminpack", "amcheck", "autoinc", "bloom", "btree_gin", "citext", "cube", "dblink", "dict_int", "dict_xsyn",
    "file_fdw", "fuzzystrmatch", "hstore", "insert_username", "isn", "lo", "ltree", "moddatetime", "pageinspect",
    "pg_buffercache", "pg_freespacemap", "pg_prewarm", "pg_stat_statements", "pg_surgery", "pg_visibility",
    "pg_walinspect", "pgcrypto", "pgrowlocks", "pgstattuple", "plpgsql", "postgres_fdw", "refint", "seg", "sslinfo",
    "tablefunc", "tcn", "tsm_system_rows", "tsm_system_time", "unaccent", "uuid-ossp", "xml2",
  ]

  /// The operators that extensions in `contrib/` make for PostgreSQL's own types, which may be there without the
  /// history's doing: pg_trgm, btree_gist, intarray, earthdistance.
  fileprivate static let operatorsOfBuiltInTypes: Set<String> = [
    "%", "<%", "%>", "<<%", "%>>", "<->", "<<->", "<->>", "<<<->", "<->>>", "<@>", "&", "|", "#", "@@", "&&", "@>",
    "<@", "@", "~",
  ]
}

extension FunctionCall {
  /// Whether its arguments are not simply those of the function.
  fileprivate var standsForItsRows: Bool {
    isVariadic || isWithinGroup || !argumentNames.isEmpty || arguments.contains(where: \.standsForSeveral)
  }
}

extension Operation {
  /// Whether the operator surely is there, as for most comparisons: nothing has to be looked up.
  fileprivate func isPlainComparison(of left: TypeName?, _ right: TypeName?) -> Bool {
    guard self.left != nil, ["=", "<>", "<", ">", "<=", ">="].contains(name.name) else { return false }
    guard let type = left?.isUntyped == false ? left : right, type.arrayDimensions == 0 else { return true }
    let other = left?.isUntyped == false ? right : left
    return (other.map { $0.isUntyped || $0.name == type.name && $0.arrayDimensions == 0 } ?? true)
      && Self.comparedTypes.contains(type.name.name)
  }

  private static let comparedTypes: Set<String> = [
    "int2", "int4", "int8", "numeric", "float4", "float8", "text", "varchar", "bpchar", "bool", "uuid", "date",
    "timestamp", "timestamptz", "jsonb", "unknown",
  ]
}

extension SQLError {
  static func undefinedFunction(_ call: FunctionCall, _ types: [TypeName?]) -> SQLError {
    let list = types.map { $0?.nameInErrors ?? "…" }.joined(separator: ", ")
    return SQLError(
      .undefinedFunction,
      "function \(call.name)(\(list)) does not exist",
      about: Object(.function, call.name)
    )
  }

  fileprivate static func undefinedOperator(_ name: String, _ left: TypeName?, _ right: TypeName?) -> SQLError {
    let operands = [left?.nameInErrors, name, right?.nameInErrors].compactMap(\.self)
    return SQLError(.undefinedFunction, "operator does not exist: \(operands.joined(separator: " "))")
  }
}
