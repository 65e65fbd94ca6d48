import CPgQuery
import Syntax

/// CREATE and ALTER of objects that are nothing but their own catalog entry.
extension TreeReader {
  /// `nil` where the node is none of these commands.
  func catalogEntry(_ node: TreeNode) -> Statement.Kind? {
    definedType(node) ?? operatorObject(node) ?? foreignObject(node) ?? languageObject(node) ?? textSearchObject(node)
  }

  private func create(
    _ kind: ObjectKind,
    _ name: QualifiedName,
    options: [Option] = [],
    arguments: [Syntax.TypeName] = [],
    accessMethod: String? = nil,
    contents: OperatorClassContents? = nil,
    user: RoleReference? = nil,
    ifNotExists: Bool = false
  ) -> Statement.Kind {
    .createObject(
      ObjectDefinition(
        objectKind: kind,
        name: name,
        ifNotExists: ifNotExists,
        options: options,
        arguments: arguments,
        accessMethod: accessMethod,
        contents: contents,
        user: user,
        commandTag: "CREATE \(kind.rawValue)"
      )
    )
  }

  private func alter(
    _ kind: ObjectKind,
    _ name: QualifiedName,
    options: [Option] = [],
    arguments: [Syntax.TypeName] = [],
    accessMethod: String? = nil,
    contents: OperatorClassContents? = nil,
    user: RoleReference? = nil
  ) -> Statement.Kind {
    .alterObject(
      ObjectDefinition(
        objectKind: kind,
        name: name,
        options: options,
        arguments: arguments,
        accessMethod: accessMethod,
        contents: contents,
        user: user,
        commandTag: "ALTER \(kind.rawValue)"
      )
    )
  }

  /// An option that tells a function by its name.
  private func function(_ name: UnsafePointer<List>?, as option: String = "function") -> [Option] {
    name == nil ? [] : [Option(name: option, value: qualifiedName(name).description)]
  }

  /// The types of an aggregate's arguments or an operator's operands.
  private func arguments(of statement: DefineStmt) -> [Syntax.TypeName] {
    let definitions = definitions(statement.definition)
    func type(_ name: String) -> Syntax.TypeName? {
      let argument = definitions.last { string($0.defname) == name }.flatMap { TreeNode($0.arg) }
      return argument?.read(CPgQuery.TypeName.self, if: T_TypeName).map(typeName)
    }
    switch statement.kind {
    case OBJECT_OPERATOR: return ["leftarg", "rightarg"].compactMap(type)
    case OBJECT_AGGREGATE where statement.oldstyle:
      return [type("basetype")].compactMap(\.self).filter { $0.name.name.lowercased() != "any" }
    case OBJECT_AGGREGATE:
      let parameters = nodes(statement.args).first?.elements ?? NodeList(nil)
      return parameters.compactMap { $0?.read(FunctionParameter.self, if: T_FunctionParameter) }
        .compactMap { typeName($0.argType) }
    default: return []
    }
  }

  private func named(_ text: UnsafePointer<CChar>?) -> QualifiedName { QualifiedName(string(text) ?? "") }

  private func definedType(_ node: TreeNode) -> Statement.Kind? {
    switch node.tag {
    case T_DefineStmt:
      let statement = node.read(DefineStmt.self)
      return objectKind(statement.kind).map {
        create(
          $0,
          qualifiedName(statement.defnames),
          options: options(statement.definition),
          arguments: arguments(of: statement),
          ifNotExists: statement.if_not_exists
        )
      }
    case T_CreateRangeStmt:
      let statement = node.read(CreateRangeStmt.self)
      return create(.type, qualifiedName(statement.typeName), options: options(statement.params))
    case T_AlterTypeStmt:
      let statement = node.read(AlterTypeStmt.self)
      return alter(.type, qualifiedName(statement.typeName), options: options(statement.options))
    case T_AlterCollationStmt:
      return alter(.collation, qualifiedName(node.read(AlterCollationStmt.self).collname))
    case T_CreateConversionStmt:
      let statement = node.read(CreateConversionStmt.self)
      return create(.conversion, qualifiedName(statement.conversion_name), options: function(statement.func_name))
    case T_CreateAmStmt:
      let statement = node.read(CreateAmStmt.self)
      return create(.accessMethod, named(statement.amname), options: function(statement.handler_name, as: "handler"))
    case T_AlterObjectDependsStmt:
      let statement = node.read(AlterObjectDependsStmt.self)
      guard let kind = objectKind(statement.objectType) else { return nil }
      let name = TreeNode(statement.object).map { object($0, kind: kind).name } ?? relation(statement.relation).name
      return alter(kind, name)
    default: return nil
    }
  }

  private func operatorObject(_ node: TreeNode) -> Statement.Kind? {
    switch node.tag {
    case T_AlterOperatorStmt:
      let statement = node.read(AlterOperatorStmt.self)
      guard let reference = statement.opername.map({ functionReference($0.pointee) }) else { return nil }
      return alter(
        .operator,
        reference.name,
        options: options(statement.options),
        arguments: reference.arguments ?? []
      )
    case T_CreateOpClassStmt:
      let statement = node.read(CreateOpClassStmt.self)
      return create(
        .operatorClass,
        qualifiedName(statement.opclassname),
        accessMethod: string(statement.amname),
        contents: OperatorClassContents(
          family: optionalName(statement.opfamilyname),
          members: members(statement.items),
          isDrop: false
        )
      )
    case T_CreateOpFamilyStmt:
      let statement = node.read(CreateOpFamilyStmt.self)
      return create(.operatorFamily, qualifiedName(statement.opfamilyname), accessMethod: string(statement.amname))
    case T_AlterOpFamilyStmt:
      let statement = node.read(AlterOpFamilyStmt.self)
      return alter(
        .operatorFamily,
        qualifiedName(statement.opfamilyname),
        accessMethod: string(statement.amname),
        contents: OperatorClassContents(family: nil, members: members(statement.items), isDrop: statement.isDrop)
      )
    case T_CreateCastStmt:
      let statement = node.read(CreateCastStmt.self)
      let types = [typeName(statement.sourcetype), typeName(statement.targettype)].compactMap(\.self)
      return create(
        .cast,
        types.last?.name ?? QualifiedName(""),
        options: statement.`func`.map { function($0.pointee.objname) } ?? [],
        arguments: types
      )
    case T_CreateTransformStmt:
      let statement = node.read(CreateTransformStmt.self)
      let type = typeName(statement.type_name)
      // DROP names it by its language.
      return create(.transform, named(statement.lang), arguments: [type].compactMap(\.self))
    default: return nil
    }
  }

  /// The operators and functions of an operator class or family.
  private func members(_ items: UnsafePointer<List>?) -> [OperatorClassMember] {
    nodes(items).compactMap { $0.read(CreateOpClassItem.self, if: T_CreateOpClassItem) }.compactMap { item in
      guard item.itemtype != OPCLASS_ITEM_STORAGETYPE else { return nil }
      let reference = item.name.map { functionReference($0.pointee) }
      return OperatorClassMember(
        isFunction: item.itemtype == OPCLASS_ITEM_FUNCTION,
        number: Int(item.number),
        object: reference.map { ObjectReference(name: $0.name, arguments: $0.arguments) },
        types: typeNames(item.class_args),
        sortFamily: optionalName(item.order_family)
      )
    }
  }

  private func foreignObject(_ node: TreeNode) -> Statement.Kind? {
    switch node.tag {
    case T_CreateFdwStmt:
      let statement = node.read(CreateFdwStmt.self)
      return create(.foreignDataWrapper, named(statement.fdwname), options: options(statement.options))
    case T_AlterFdwStmt:
      let statement = node.read(AlterFdwStmt.self)
      return alter(.foreignDataWrapper, named(statement.fdwname), options: options(statement.options))
    case T_CreateForeignServerStmt:
      let statement = node.read(CreateForeignServerStmt.self)
      return create(
        .foreignServer,
        named(statement.servername),
        options: options(statement.options) + [
          Option(namespace: "of", name: "wrapper", value: string(statement.fdwname))
        ],
        ifNotExists: statement.if_not_exists
      )
    case T_AlterForeignServerStmt:
      let statement = node.read(AlterForeignServerStmt.self)
      return alter(.foreignServer, named(statement.servername), options: options(statement.options))
    case T_CreateUserMappingStmt:
      let statement = node.read(CreateUserMappingStmt.self)
      return create(
        .userMapping,
        named(statement.servername),
        options: options(statement.options),
        user: role(statement.user),
        ifNotExists: statement.if_not_exists
      )
    case T_AlterUserMappingStmt:
      let statement = node.read(AlterUserMappingStmt.self)
      return alter(
        .userMapping,
        named(statement.servername),
        options: options(statement.options),
        user: role(statement.user)
      )
    case T_ImportForeignSchemaStmt:
      let statement = node.read(ImportForeignSchemaStmt.self)
      return .createObject(
        ObjectDefinition(
          objectKind: .foreignTable,
          name: QualifiedName(schema: string(statement.local_schema), "*"),
          options: options(statement.options),
          commandTag: "IMPORT FOREIGN SCHEMA"
        )
      )
    default: return nil
    }
  }

  private func languageObject(_ node: TreeNode) -> Statement.Kind? {
    switch node.tag {
    case T_CreatePLangStmt:
      let statement = node.read(CreatePLangStmt.self)
      return create(
        .language,
        named(statement.plname),
        options: function(statement.plhandler, as: "handler") + function(statement.plinline, as: "inline")
          + function(statement.plvalidator, as: "validator")
          + (statement.replace ? [Option(name: "replace", value: nil)] : [])
      )
    case T_CreateEventTrigStmt:
      let statement = node.read(CreateEventTrigStmt.self)
      let tags = definitions(statement.whenclause).enumerated().flatMap { position, filter in
        // The number tells a variable that is there twice.
        let variable = (string(filter.defname) ?? "") + (position == 0 ? "" : "#\(position)")
        let values = TreeNode(filter.arg)?.elements?.compactMap { $0?.text } ?? []
        return values.map { Option(namespace: "when", name: variable, value: $0) }
      }
      return create(
        .eventTrigger,
        named(statement.trigname),
        options: [Option(name: "event", value: string(statement.eventname))] + function(statement.funcname) + tags
      )
    case T_AlterEventTrigStmt: return alter(.eventTrigger, named(node.read(AlterEventTrigStmt.self).trigname))
    default: return nil
    }
  }

  private func textSearchObject(_ node: TreeNode) -> Statement.Kind? {
    switch node.tag {
    case T_AlterTSDictionaryStmt:
      let statement = node.read(AlterTSDictionaryStmt.self)
      return alter(.textSearchDictionary, qualifiedName(statement.dictname), options: options(statement.options))
    case T_AlterTSConfigurationStmt:
      return alter(.textSearchConfiguration, qualifiedName(node.read(AlterTSConfigurationStmt.self).cfgname))
    default: return nil
    }
  }
}
