import Syntax

/// Why PostgreSQL refuses a statement, where the history is enough to know.
enum Refusal: Error {
  case exists
  case isMissing
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
    case .createTrigger, .createPolicy, .alterPolicy, .createRule: attach(statement)
    case .createSequence(let sequence): try create(sequence)
    case .alterSequence(let sequence): alter(sequence)
    case .createDomain, .alterDomain, .createEnum, .alterEnum, .createCompositeType: try applyToTypes(statement)
    case .createObject(let object): try create(object)
    case .createFunction(let function): create(function)
    case .alterFunction(let function): alter(function)
    case .createSchema(let schema): try create(schema)
    case .createExtension(let addition): create(addition)
    case .set(let parameter): set(parameter)
    case .comment(let comment):
      if comment.objectKind == .column, !comment.isSecurityLabel, let table = comment.object.relation {
        tables[qualified(table)]?.update(comment.object.name.name) { $0.comment = comment.text }
      }
    case .anonymousBlock(let block):
      for statement in block.code.statements { apply(statement) }
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
    for target in select.targets {
      guard case .call(let call) = target.expression, call.name.name == "set_config", call.arguments.count >= 2,
        case .constant(.string(let name)) = call.arguments[0], case .constant(.string(let value)) = call.arguments[1]
      else { continue }
      set(
        SetParameter(
          scope: .session,
          name: name,
          values: value.split(separator: ",").map { $0.trimmingSpaces },
          isReset: false
        )
      )
    }
  }

  /// Runs what a function of the history holds, which may call others.
  private mutating func run(_ call: FunctionCall) {
    guard callDepth < Self.maximumCallDepth, let function = function(called: call) else { return }
    callDepth += 1
    for statement in function.definition.code.statements { apply(statement) }
    callDepth -= 1
  }

  private mutating func set(_ parameter: SetParameter) {
    guard parameter.scope == .session || parameter.scope == .transaction else { return }
    switch parameter.name?.lowercased() {
    case "search_path":
      let path = parameter.values?.filter { $0 != "$user" && $0 != "\"$user\"" && $0 != "pg_catalog" } ?? ["public"]
      searchPath = path.map { $0.hasPrefix("\"") ? String($0.dropFirst().dropLast()) : $0 }
    case "timezone": timeZone = parameter.values?.first
    case nil:
      searchPath = ["public"]
      timeZone = nil
    default: break
    }
  }
}

extension Substring {
  fileprivate var trimmingSpaces: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
