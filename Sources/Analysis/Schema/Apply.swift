import Syntax

/// Why PostgreSQL refuses a statement, where the history is enough to know.
enum Refusal: Error {
  case exists
  case isMissing
  /// Something depends on it.
  case isNeeded
  case isWrongKind
  /// A name that several objects have.
  case isAmbiguous
}

extension Schema {
  /// Moves the schema on by one statement, and tells whether PostgreSQL accepts it as far as the history tells. One that
  /// it refuses changes nothing.
  @discardableResult
  package mutating func apply(_ statement: Statement.Kind) -> Bool {
    do {
      try perform(statement)
      return true
    } catch {
      return false
    }
  }

  private mutating func perform(_ statement: Statement.Kind) throws(Refusal) {
    switch statement {
    case .createTable(let table): try create(table)
    case .createTableAs(let table): try create(table)
    case .query(let query): try select(query)
    case .call(let call): run(call)
    case .alterTable(let alter): try self.alter(alter)
    case .createIndex(let index): try create(index)
    case .createView(let view): try create(view)
    case .refreshMaterializedView(let refresh): views[qualified(refresh.relation.name)]?.hasData = refresh.withData
    case .drop(let drop): try self.drop(drop)
    case .rename(let rename): try self.rename(rename)
    case .setSchema(let move): try self.move(move)
    case .createTrigger(let trigger): try create(trigger)
    case .createPolicy(let policy): try create(policy)
    case .alterPolicy(let policy): try alter(policy)
    case .createRule(let rule): try create(rule)
    case .createStatistics(let statistics): try create(statistics)
    case .alterStatistics(let statistics): try alter(statistics)
    case .createSequence(let sequence): try create(sequence)
    case .alterSequence(let sequence): alter(sequence)
    case .createDomain, .alterDomain, .createEnum, .alterEnum, .createCompositeType: try applyToTypes(statement)
    case .createObject(let object): try create(object)
    case .createFunction(let function): try create(function)
    case .alterFunction(let function): try alter(function)
    case .createSchema(let schema): try create(schema)
    case .createExtension(let addition): try create(addition)
    case .createRole(let role): try create(role)
    case .dropRole(let roles): drop(roles)
    case .discard(.all), .discard(.temporary): discardTemporary()
    case .explain(let explain): if explain.runs { apply(explain.statement) }
    case .set(let parameter): set(parameter)
    case .comment(let comment): self.comment(comment)
    case .anonymousBlock(let block): run(block.code)
    default: break
    }
  }

  /// SELECT changes the catalog with INTO, and with `set_config`.
  private mutating func select(_ query: Query) throws(Refusal) {
    guard case .select(let select) = query else { return }
    if let table = select.into {
      var source = select
      source.into = nil
      try create(
        CreateTableAs(
          relation: table,
          isMaterializedView: false,
          ifNotExists: false,
          columnNames: [],
          query: .select(source),
          withData: true
        )
      )
    }
    for call in select.calls { run(call) }
    for case .call(let call) in select.targets.map(\.expression) where call.name.name == "set_config" {
      setConfiguration(call.arguments)
    }
  }

  /// Runs what a function of the history holds, which may call others.
  private mutating func run(_ call: FunctionCall) {
    guard callDepth < Self.maximumCallDepth, let function = function(called: call) else {
      if isForeign(call), call.name.name != "set_config" { openTables() }
      return
    }
    callDepth += 1
    run(function.definition.code, variables: variables(of: function, called: call))
    callDepth -= 1
  }

  private mutating func run(_ code: EmbeddedCode, variables: [String: Value] = [:]) {
    var run = CodeRun(variables: variables)
    run.run(code, on: &self)
  }

  /// Code ran that nobody could read: it may have changed any table.
  private mutating func openTables() {
    for (name, table) in tables where !table.isOpen { tables[name]?.isOpen = true }
    goneRelations = []
  }
}

extension Schema: CodeHost {
  var schema: Schema { self }

  mutating func run(_ part: EmbeddedCode.Part) { apply(part.kind) }

  mutating func miss(_ reason: String) { openTables() }
}
