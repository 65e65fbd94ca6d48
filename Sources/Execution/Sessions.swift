import Catalog
import Syntax

/// What belongs to a session: settings, prepared statements and cursors.
extension Execution {
  // MARK: - Settings

  /// Parameters of extensions have a dot in their names, and may be set before the extension is loaded.
  func check(_ parameter: SetParameter) throws(SQLError) {
    guard let name = parameter.name?.lowercased(), !name.contains("."), !name.contains(" ") else { return }
    if parameter.isReset, version >= 16, SetParameter.ofOneTransaction.contains(name) {
      throw SQLError(.featureNotSupported, "parameter \"\(name)\" cannot be reset")
    }
    if !ServerParameters.contains(name) {
      throw SQLError(.undefinedObject, "unrecognized configuration parameter \"\(name)\"")
    }
  }

  // MARK: - Prepared statements and cursors

  mutating func performSession(_ statement: Statement.Kind) throws(SQLError) {
    switch statement {
    case .prepare(let name, _):
      try analyze(statement)
      if !database.session.prepared.insert(name).inserted {
        throw SQLError(.duplicatePreparedStatement, "prepared statement \"\(name)\" already exists")
      }
    case .deallocate(let name):
      guard let name else {
        database.session.prepared = []
        return
      }
      try requirePrepared(name)
      database.session.prepared.remove(name)
    case .declareCursor(let name, let query, let isHeld):
      try analyze(query)
      if !database.session.declare(cursor: name, isHeld: isHeld) {
        throw SQLError(.duplicateCursor, "cursor \"\(name)\" already exists")
      }
    case .closeCursor(let name):
      if let name { try requireCursor(name) }
      database.session.close(cursor: name)
    case .fetch(let name, _): try requireCursor(name)
    default: break
    }
  }

  /// Functions and blocks may open cursors that no statement declares.
  private func requireCursor(_ name: String) throws(SQLError) {
    if database.session.cursors.contains(name) || !catalog.functions.isEmpty || database.session.hasRunCode { return }
    throw SQLError(.invalidCursorName, "cursor \"\(name)\" does not exist")
  }

  func requirePrepared(_ name: String) throws(SQLError) {
    if database.session.prepared.contains(name) { return }
    throw SQLError(.invalidSQLStatementName, "prepared statement \"\(name)\" does not exist")
  }

  // MARK: - Calls

  /// CALL takes a procedure.
  mutating func requireProcedure(_ call: FunctionCall) throws(SQLError) {
    let name = database.qualifiedRoutine(call.name)
    let overloads = (catalog.functions[name] ?? []).filter { $0.accepts(call.arguments.count) }
    if overloads.contains(where: \.definition.isProcedure) { return }
    if let function = overloads.first {
      let title = "\(call.name.displayName)(\(function.signature.joined(separator: ", ")))"
      throw SQLError(.wrongObjectType, "\(title) is not a procedure", about: SQLError.Object(.procedure, name))
    }
    if catalog.functions.contains(name) {
      let isProcedure = (catalog.functions[name] ?? []).contains(where: \.definition.isProcedure)
      if catalog.unreadableMayHaveMade || isProcedure && call.isVariadic { return }
      // Output parameters are arguments of a call too.
      let all = (catalog.functions[name] ?? []).map(\.definition.parameters.count)
      if all.contains(call.arguments.count) { return }
      throw SQLError(
        .undefinedFunction,
        "procedure \(call.name.displayName) does not take \(call.arguments.count) arguments",
        about: SQLError.Object(.procedure, name)
      )
    }
    if call.name.isBuiltInFunction {
      throw SQLError(.wrongObjectType, "\(call.name.displayName) is not a procedure")
    }
    try requireSchema(of: call.name)
    let error = SQLError(
      .undefinedFunction,
      "procedure \(call.name.displayName) does not exist",
      about: SQLError.Object(.procedure, name)
    )
    if catalog.tellsAllObjects(ofSchemaOf: name) { doubt(error) }
  }
}

extension SetParameter {
  /// What belongs to the transaction that is open.
  static let ofOneTransaction: Set<String> = [
    "transaction_isolation", "transaction_read_only", "transaction_deferrable",
  ]
}
