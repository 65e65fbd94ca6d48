import CPgQuery
import Syntax

/// CREATE and ALTER of objects that are nothing but their own catalog entry.
extension TreeReader {
  /// `nil` where the node is none of these commands.
  func catalogEntry(_ node: TreeNode) -> Statement.Kind? {
    definedType(node) ?? operatorObject(node) ?? foreignObject(node) ?? languageObject(node) ?? textSearchObject(node)
  }

  private func create(_ kind: ObjectKind, _ name: QualifiedName, options: [Option] = [], ifNotExists: Bool = false)
    -> Statement.Kind
  {
    .createObject(
      ObjectDefinition(
        objectKind: kind,
        name: name,
        ifNotExists: ifNotExists,
        options: options,
        commandTag: "CREATE \(kind.rawValue)"
      )
    )
  }

  private func alter(_ kind: ObjectKind, _ name: QualifiedName, options: [Option] = []) -> Statement.Kind {
    .alterObject(
      ObjectDefinition(objectKind: kind, name: name, options: options, commandTag: "ALTER \(kind.rawValue)")
    )
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
      return create(.conversion, qualifiedName(node.read(CreateConversionStmt.self).conversion_name))
    case T_CreateAmStmt:
      return create(.accessMethod, named(node.read(CreateAmStmt.self).amname))
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
      let name = statement.opername.map { functionReference($0.pointee).name } ?? QualifiedName("")
      return alter(.operator, name, options: options(statement.options))
    case T_CreateOpClassStmt:
      return create(.operatorClass, qualifiedName(node.read(CreateOpClassStmt.self).opclassname))
    case T_CreateOpFamilyStmt:
      return create(.operatorFamily, qualifiedName(node.read(CreateOpFamilyStmt.self).opfamilyname))
    case T_AlterOpFamilyStmt:
      return alter(.operatorFamily, qualifiedName(node.read(AlterOpFamilyStmt.self).opfamilyname))
    case T_CreateCastStmt:
      return create(.cast, typeName(node.read(CreateCastStmt.self).targettype)?.name ?? QualifiedName(""))
    case T_CreateTransformStmt:
      return create(.transform, typeName(node.read(CreateTransformStmt.self).type_name)?.name ?? QualifiedName(""))
    default: return nil
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
        options: options(statement.options),
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
        ifNotExists: statement.if_not_exists
      )
    case T_AlterUserMappingStmt:
      let statement = node.read(AlterUserMappingStmt.self)
      return alter(.userMapping, named(statement.servername), options: options(statement.options))
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
    case T_CreatePLangStmt: create(.language, named(node.read(CreatePLangStmt.self).plname))
    case T_CreateEventTrigStmt: create(.eventTrigger, named(node.read(CreateEventTrigStmt.self).trigname))
    case T_AlterEventTrigStmt: alter(.eventTrigger, named(node.read(AlterEventTrigStmt.self).trigname))
    default: nil
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
