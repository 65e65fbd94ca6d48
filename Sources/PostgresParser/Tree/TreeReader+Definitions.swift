import CPgQuery
import Syntax

/// CREATE and ALTER of views, triggers, policies, types, functions, and of objects that are only their catalog entry.
extension TreeReader {
  // MARK: - On relations

  func createView(_ statement: ViewStmt) -> Statement.Kind? {
    guard let query = TreeNode(statement.query).map(query) else { return nil }
    let checkOption: CreateView.CheckOption =
      switch statement.withCheckOption {
      case LOCAL_CHECK_OPTION: .local
      case CASCADED_CHECK_OPTION: .cascaded
      default: .none
      }
    return .createView(
      CreateView(
        relation: relation(statement.view),
        columnNames: strings(statement.aliases),
        query: query,
        replaces: statement.replace,
        options: options(statement.options),
        checkOption: checkOption
      )
    )
  }

  func createRule(_ statement: RuleStmt) -> CreateRule {
    CreateRule(
      name: string(statement.rulename) ?? "",
      event: ruleEvent(statement.event),
      relation: relation(statement.relation),
      replaces: statement.replace,
      isInstead: statement.instead,
      condition: expression(statement.whereClause),
      actions: nodes(statement.actions).map { self.statement($0) }
    )
  }

  private func ruleEvent(_ event: CmdType) -> CreateRule.Event {
    switch event {
    case CMD_INSERT: .insert
    case CMD_UPDATE: .update
    case CMD_DELETE: .delete
    default: .select
    }
  }

  /// The bits of timing and events are those of `catalog/pg_trigger.h`.
  func createTrigger(_ statement: CreateTrigStmt) -> CreateTrigger {
    let events: [(CreateTrigger.Event, Int16)] = [
      (.insert, 1 << 2), (.delete, 1 << 3), (.update, 1 << 4), (.truncate, 1 << 5),
    ]
    let timing: CreateTrigger.Timing =
      statement.timing & (1 << 1) != 0 ? .before : statement.timing & (1 << 6) != 0 ? .insteadOf : .after
    let transitions = nodes(statement.transitionRels).compactMap {
      $0.read(TriggerTransition.self, if: T_TriggerTransition)
    }
    return CreateTrigger(
      name: string(statement.trigname) ?? "",
      relation: relation(statement.relation),
      function: qualifiedName(statement.funcname),
      arguments: nodes(statement.args).compactMap(optionValue),
      replaces: statement.replace,
      isConstraint: statement.isconstraint,
      isDeferrable: statement.deferrable,
      isInitiallyDeferred: statement.initdeferred,
      isForEachRow: statement.row,
      timing: timing,
      events: Set(events.filter { statement.events & $0.1 != 0 }.map(\.0)),
      columns: strings(statement.columns),
      oldTable: transitions.first { !$0.isNew }.flatMap { string($0.name) },
      newTable: transitions.first(where: \.isNew).flatMap { string($0.name) },
      condition: expression(statement.whenClause),
      referencedRelation: statement.constrrel.map { relation($0.pointee) }
    )
  }

  func createPolicy(_ statement: CreatePolicyStmt) -> CreatePolicy {
    CreatePolicy(
      name: string(statement.policy_name) ?? "",
      relation: relation(statement.table),
      command: string(statement.cmd_name) ?? "all",
      isPermissive: statement.permissive,
      roles: roles(statement.roles),
      using: expression(statement.qual),
      withCheck: expression(statement.with_check)
    )
  }

  func alterPolicy(_ statement: AlterPolicyStmt) -> AlterPolicy {
    AlterPolicy(
      name: string(statement.policy_name) ?? "",
      relation: relation(statement.table),
      roles: roles(statement.roles),
      using: expression(statement.qual),
      withCheck: expression(statement.with_check)
    )
  }

  func createStatistics(_ statement: CreateStatsStmt) -> CreateStatistics {
    CreateStatistics(
      name: optionalName(statement.defnames),
      kinds: strings(statement.stat_types),
      elements: nodes(statement.exprs).compactMap { node in
        node.read(StatsElem.self, if: T_StatsElem).map {
          IndexElement(key: elementKey(name: $0.name, expression: $0.expr))
        }
      },
      relations: relations(statement.relations),
      ifNotExists: statement.if_not_exists
    )
  }

  func alterStatistics(_ statement: AlterStatsStmt) -> AlterStatistics {
    AlterStatistics(
      name: qualifiedName(statement.defnames),
      target: TreeNode(statement.stxstattarget)?.read(Integer.self, if: T_Integer).map { Int($0.ival) },
      ifExists: statement.missing_ok
    )
  }

  // MARK: - Sequences

  func createSequence(_ statement: CreateSeqStmt) -> CreateSequence {
    CreateSequence(
      relation: relation(statement.sequence),
      ifNotExists: statement.if_not_exists,
      type: sequenceType(statement.options),
      ownedBy: sequenceOwner(statement.options),
      options: sequenceOptions(statement.options)
    )
  }

  func alterSequence(_ statement: AlterSeqStmt) -> AlterSequence {
    AlterSequence(
      relation: relation(statement.sequence),
      ifExists: statement.missing_ok,
      type: sequenceType(statement.options),
      ownedBy: sequenceOwner(statement.options),
      options: sequenceOptions(statement.options)
    )
  }

  private func sequenceOptions(_ list: UnsafePointer<List>?) -> [Option] {
    options(list).filter { $0.name != "as" && $0.name != "owned_by" }
  }

  private func argument(_ name: String, of list: UnsafePointer<List>?) -> TreeNode? {
    definitions(list).last { string($0.defname) == name }.flatMap { TreeNode($0.arg) }
  }

  private func sequenceType(_ list: UnsafePointer<List>?) -> TypeName? {
    argument("as", of: list)?.read(CPgQuery.TypeName.self, if: T_TypeName).map(typeName)
  }

  private func sequenceOwner(_ list: UnsafePointer<List>?) -> SequenceOwner? {
    guard let words = argument("owned_by", of: list)?.elements?.compactMap({ $0?.text }) else { return nil }
    // A single word can only be NONE.
    guard words.count > 1, let column = words.last else { return SequenceOwner.none }
    return .column(column, of: Self.qualifiedName(words.dropLast()))
  }

  // MARK: - Types

  func createDomain(_ statement: CPgQuery.CreateDomainStmt) -> Statement.Kind? {
    guard let type = typeName(statement.typeName) else { return nil }
    return .createDomain(
      CreateDomain(
        name: qualifiedName(statement.domainname),
        type: type,
        collation: collation(statement.collClause),
        constraints: columnConstraints(statement.constraints)
      )
    )
  }

  /// The letters are those that `gram.y` gives to the forms of ALTER DOMAIN.
  func alterDomain(_ statement: AlterDomainStmt) -> Statement.Kind? {
    let definition = TreeNode(statement.def)
    let name = string(statement.name) ?? ""
    let action: AlterDomain.Action? =
      switch letter(statement.subtype) {
      case "T": definition.map { .setDefault(expression($0)) } ?? .dropDefault
      case "N": .dropNotNull
      case "O": .setNotNull
      case "C": definition.flatMap { constraint($0) }.map { .addConstraint($0) }
      case "X":
        .dropConstraint(name, ifExists: statement.missing_ok, cascade: statement.behavior == DROP_CASCADE)
      case "V": .validateConstraint(name)
      default: nil
      }
    return action.map { .alterDomain(AlterDomain(name: qualifiedName(statement.typeName), action: $0)) }
  }

  func createEnum(_ statement: CreateEnumStmt) -> CreateEnum {
    CreateEnum(name: qualifiedName(statement.typeName), values: strings(statement.vals))
  }

  func alterEnum(_ statement: AlterEnumStmt) -> AlterEnum {
    let name = qualifiedName(statement.typeName)
    let value = string(statement.newVal) ?? ""
    if let old = string(statement.oldVal) { return AlterEnum(name: name, action: .renameValue(old, to: value)) }
    let position: AlterEnum.Position =
      string(statement.newValNeighbor).map { statement.newValIsAfter ? .after($0) : .before($0) } ?? .last
    return AlterEnum(
      name: name,
      action: .addValue(value, position, ifNotExists: statement.skipIfNewValExists)
    )
  }

  func createCompositeType(_ statement: CompositeTypeStmt) -> CreateCompositeType {
    CreateCompositeType(
      name: relation(statement.typevar).name,
      attributes: columnDefinitions(statement.coldeflist)
    )
  }

  // MARK: - Functions

  func createFunction(_ statement: CreateFunctionStmt) -> CreateFunction {
    let attributes = definitions(statement.options)
    let attribute = { (name: String) in
      attributes.last { string($0.defname) == name }.flatMap { TreeNode($0.arg) }
    }
    let parameters = nodes(statement.parameters).compactMap(parameter)
    let returns = typeName(statement.returnType)
    let language = attribute("language")?.text
    let body = attribute("as")?.elements?.first.flatMap { $0?.text }
    let sqlBody = TreeNode(statement.sql_body).flatMap(sqlBody)
    return CreateFunction(
      name: qualifiedName(statement.funcname),
      isProcedure: statement.is_procedure,
      replaces: statement.replace,
      parameters: parameters,
      returns: returns,
      language: language,
      volatility: attribute("volatility")?.text.flatMap(volatility),
      isSecurityDefiner: attribute("security").flatMap { $0.read(Boolean.self, if: T_Boolean)?.boolval } ?? false,
      settings: attributes.compactMap { definition in
        TreeNode(definition.arg)?.read(VariableSetStmt.self, if: T_VariableSetStmt).map { setting($0) }
      },
      attributes: options(statement.options).filter {
        !["language", "volatility", "security", "as", "set"].contains($0.name)
      },
      // `AS 'object file', 'symbol'` has two strings; a body is a single one.
      body: body,
      linkSymbol: attribute("as")?.elements.flatMap { $0.count > 1 ? $0[1]?.text : nil },
      sqlBody: sqlBody,
      code: sqlBody.map(\.code)
        ?? EmbeddedCode(readLater: { [nesting] in
          EmbeddedCodeReader.code(
            ofFunctionIn: language ?? "sql",
            body: body ?? "",
            parameters: parameters,
            returns: returns,
            nesting: nesting
          )
          .steps
        }),
      bodyCheck: BodyCheck {
        EmbeddedCodeReader.syntaxError(in: body, language: language, parameters: parameters, returns: returns)
      }
    )
  }

  /// `RETURN` stands alone; `BEGIN ATOMIC` holds its statements in a list of one list.
  private func sqlBody(_ node: TreeNode) -> CreateFunction.SQLBody? {
    if let value = node.read(ReturnStmt.self, if: T_ReturnStmt) {
      return expression(value.returnval).map { .value($0) }
    }
    let statements = node.elements?.first.flatMap { $0?.elements } ?? NodeList(nil)
    return .atomic(statements.compactMap { $0.map { statement($0) } })
  }

  private func parameter(_ node: TreeNode) -> CreateFunction.Parameter? {
    guard let parameter = node.read(FunctionParameter.self, if: T_FunctionParameter),
      let type = typeName(parameter.argType)
    else { return nil }
    let mode: CreateFunction.ParameterMode =
      switch parameter.mode {
      case FUNC_PARAM_OUT: .out
      case FUNC_PARAM_INOUT: .inOut
      case FUNC_PARAM_VARIADIC: .variadic
      case FUNC_PARAM_TABLE: .table
      default: .in
      }
    return CreateFunction.Parameter(
      name: string(parameter.name),
      type: type,
      mode: mode,
      defaultValue: expression(parameter.defexpr)
    )
  }

  private func volatility(_ word: String) -> CreateFunction.Volatility? {
    switch word {
    case "immutable": .immutable
    case "stable": .stable
    case "volatile": .volatile
    default: nil
    }
  }

  func alterFunction(_ statement: AlterFunctionStmt) -> Statement.Kind? {
    guard let kind = objectKind(statement.objtype), let function = statement.func?.pointee else { return nil }
    let options = options(statement.actions)
    return .alterFunction(
      AlterFunction(
        objectKind: kind,
        function: functionReference(function),
        volatility: options.last { $0.name == "volatility" }?.value.flatMap(volatility),
        options: options.filter { $0.name != "volatility" && $0.name != "set" },
        settings: definitions(statement.actions).compactMap { definition in
          TreeNode(definition.arg)?.read(VariableSetStmt.self, if: T_VariableSetStmt).map { setting($0) }
        }
      )
    )
  }

  func anonymousBlock(_ statement: DoStmt) -> AnonymousBlock {
    let attributes = options(statement.args)
    let language = attributes.last { $0.name == "language" }?.value ?? "plpgsql"
    let body = attributes.last { $0.name == "as" }?.value ?? ""
    // The code is read where the text is at hand, as that tells where its statements stand.
    return AnonymousBlock(language: language, body: body, code: EmbeddedCode(steps: []))
  }
}

extension CreateFunction.SQLBody {
  fileprivate var code: EmbeddedCode {
    switch self {
    case .value(let expression):
      let query = Query.select(Select(targets: [Select.Target(name: nil, expression: expression)]))
      return EmbeddedCode(statements: [.query(query)])
    case .atomic(let statements): return EmbeddedCode(statements: statements)
    }
  }
}
