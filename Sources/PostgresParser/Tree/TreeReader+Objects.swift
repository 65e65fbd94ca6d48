import CPgQuery
import Syntax

/// DROP, RENAME and the other commands that work on any kind of object.
extension TreeReader {
  func drop(_ statement: DropStmt) -> Statement.Kind? {
    guard let kind = objectKind(statement.removeType) else { return nil }
    return .drop(
      Drop(
        objectKind: kind,
        objects: nodes(statement.objects).map { object($0, kind: kind) },
        ifExists: statement.missing_ok,
        cascade: statement.behavior == DROP_CASCADE,
        isConcurrent: statement.concurrent
      )
    )
  }

  func dropUserMapping(_ statement: DropUserMappingStmt) -> Statement.Kind {
    let reference = ObjectReference(
      name: QualifiedName(string(statement.servername) ?? ""),
      user: role(statement.user)
    )
    return .drop(
      Drop(
        objectKind: .userMapping,
        objects: [reference],
        ifExists: statement.missing_ok,
        cascade: false,
        isConcurrent: false
      )
    )
  }

  func rename(_ statement: RenameStmt) -> Statement.Kind? {
    guard let kind = objectKind(statement.renameType) else { return nil }
    let relation = statement.relation.map { self.relation($0.pointee) }
    return .rename(
      Rename(
        objectKind: kind,
        // The field means something only where a part of a relation gets a new name.
        relationKind: statement.subname != nil && relation != nil ? objectKind(statement.relationType) : nil,
        relation: relation,
        object: renamedObject(statement, kind: kind, relation: relation),
        newName: string(statement.newname) ?? "",
        ifExists: statement.missing_ok,
        cascade: statement.behavior == DROP_CASCADE
      )
    )
  }

  private func renamedObject(
    _ statement: RenameStmt,
    kind: ObjectKind,
    relation: RelationReference?
  ) -> ObjectReference {
    if let part = string(statement.subname) {
      let domain = relation == nil ? TreeNode(statement.object).map { object($0, kind: .domain).name } : nil
      return ObjectReference(name: QualifiedName(part), relation: relation?.name ?? domain)
    }
    return attachedObject(TreeNode(statement.object), relation: relation, kind: kind)
  }

  func setSchema(_ statement: AlterObjectSchemaStmt) -> Statement.Kind? {
    guard let kind = objectKind(statement.objectType) else { return nil }
    return .setSchema(
      SetSchema(
        objectKind: kind,
        object: attachedObject(
          TreeNode(statement.object),
          relation: statement.relation.map { relation($0.pointee) },
          kind: kind
        ),
        newSchema: string(statement.newschema) ?? "",
        ifExists: statement.missing_ok
      )
    )
  }

  func changeOwner(_ statement: AlterOwnerStmt) -> Statement.Kind? {
    guard let kind = objectKind(statement.objectType), let owner = role(statement.newowner) else { return nil }
    return .changeOwner(
      ChangeOwner(
        objectKind: kind,
        object: attachedObject(
          TreeNode(statement.object),
          relation: statement.relation.map { relation($0.pointee) },
          kind: kind
        ),
        newOwner: owner
      )
    )
  }

  func comment(_ statement: CommentStmt) -> Statement.Kind? {
    guard let kind = objectKind(statement.objtype), let node = TreeNode(statement.object) else { return nil }
    return .comment(
      CommentOn(
        objectKind: kind,
        object: object(node, kind: kind),
        text: string(statement.comment),
        isSecurityLabel: false
      )
    )
  }

  func securityLabel(_ statement: SecLabelStmt) -> Statement.Kind? {
    guard let kind = objectKind(statement.objtype), let node = TreeNode(statement.object) else { return nil }
    return .comment(
      CommentOn(
        objectKind: kind,
        object: object(node, kind: kind),
        text: string(statement.label),
        isSecurityLabel: true
      )
    )
  }

  // MARK: - References

  private func attachedObject(
    _ node: TreeNode?,
    relation: RelationReference?,
    kind: ObjectKind
  ) -> ObjectReference {
    if let node { return object(node, kind: kind) }
    return ObjectReference(
      name: relation?.name ?? QualifiedName(""),
      offset: relation?.offset ?? SourceOffset(nil)
    )
  }

  /// An object as the grammar names one of its kind: by a word, a list of words, a type, or a signature.
  func object(_ node: TreeNode, kind: ObjectKind) -> ObjectReference {
    switch node.tag {
    case T_TypeName:
      let type = typeName(node.read(CPgQuery.TypeName.self))
      return ObjectReference(name: type.name, offset: type.offset)
    case T_ObjectWithArgs:
      let function = functionReference(node.read(ObjectWithArgs.self))
      return ObjectReference(name: function.name, arguments: function.arguments)
    case T_RangeVar:
      let relation = relation(node.read(RangeVar.self))
      return ObjectReference(name: relation.name, offset: relation.offset)
    case T_RoleSpec:
      return ObjectReference(name: QualifiedName(string(node.read(RoleSpec.self).rolename) ?? ""))
    case T_List:
      return object(node.elements.map(Array.init) ?? [], kind: kind)
    default:
      return ObjectReference(name: QualifiedName(optionValue(node) ?? ""))
    }
  }

  private func object(_ parts: [TreeNode?], kind: ObjectKind) -> ObjectReference {
    let words = parts.compactMap { $0?.text }
    let types = parts.compactMap { $0?.read(CPgQuery.TypeName.self, if: T_TypeName).map(typeName) }
    switch kind {
    case .trigger, .rule, .policy, .constraint, .column, .attribute:
      return ObjectReference(
        name: QualifiedName(words.last ?? ""),
        relation: Self.qualifiedName(words.dropLast())
      )
    case .domainConstraint:
      return ObjectReference(name: QualifiedName(words.last ?? ""), relation: types.first?.name)
    case .operatorClass, .operatorFamily:
      // The access method comes first.
      return ObjectReference(name: Self.qualifiedName(words.dropFirst()), accessMethod: words.first)
    case .cast:
      return ObjectReference(name: types.last?.name ?? QualifiedName(""), arguments: types)
    case .transform:
      return ObjectReference(name: QualifiedName(words.last ?? ""), arguments: types)
    default:
      return ObjectReference(name: Self.qualifiedName(words))
    }
  }

  func functionReference(_ function: ObjectWithArgs) -> FunctionReference {
    FunctionReference(
      name: qualifiedName(function.objname),
      // A prefix operator's missing operand is a null.
      arguments: function.args_unspecified ? nil : typeNames(function.objargs)
    )
  }

  // MARK: - Kinds

  /// `nil` for the types that no statement of the grammar names.
  func objectKind(_ type: ObjectType) -> ObjectKind? {
    relationKind(type) ?? codeKind(type) ?? otherKind(type)
  }

  private func relationKind(_ type: ObjectType) -> ObjectKind? {
    switch type {
    case OBJECT_TABLE: .table
    case OBJECT_INDEX: .index
    case OBJECT_VIEW: .view
    case OBJECT_MATVIEW: .materializedView
    case OBJECT_SEQUENCE: .sequence
    case OBJECT_FOREIGN_TABLE: .foreignTable
    case OBJECT_COLUMN: .column
    case OBJECT_ATTRIBUTE: .attribute
    case OBJECT_TABCONSTRAINT: .constraint
    case OBJECT_TRIGGER: .trigger
    case OBJECT_RULE: .rule
    case OBJECT_POLICY: .policy
    case OBJECT_STATISTIC_EXT: .statistics
    default: nil
    }
  }

  private func codeKind(_ type: ObjectType) -> ObjectKind? {
    switch type {
    case OBJECT_FUNCTION: .function
    case OBJECT_PROCEDURE: .procedure
    case OBJECT_ROUTINE: .routine
    case OBJECT_AGGREGATE: .aggregate
    case OBJECT_OPERATOR: .operator
    case OBJECT_OPCLASS: .operatorClass
    case OBJECT_OPFAMILY: .operatorFamily
    case OBJECT_CAST: .cast
    case OBJECT_TRANSFORM: .transform
    case OBJECT_LANGUAGE: .language
    case OBJECT_TYPE: .type
    case OBJECT_DOMAIN: .domain
    case OBJECT_DOMCONSTRAINT: .domainConstraint
    case OBJECT_COLLATION: .collation
    case OBJECT_CONVERSION: .conversion
    case OBJECT_TSCONFIGURATION: .textSearchConfiguration
    case OBJECT_TSDICTIONARY: .textSearchDictionary
    case OBJECT_TSPARSER: .textSearchParser
    case OBJECT_TSTEMPLATE: .textSearchTemplate
    default: nil
    }
  }

  private func otherKind(_ type: ObjectType) -> ObjectKind? {
    switch type {
    case OBJECT_SCHEMA: .schema
    case OBJECT_DATABASE: .database
    case OBJECT_TABLESPACE: .tablespace
    case OBJECT_ROLE: .role
    case OBJECT_EXTENSION: .extension
    case OBJECT_ACCESS_METHOD: .accessMethod
    case OBJECT_EVENT_TRIGGER: .eventTrigger
    case OBJECT_FDW: .foreignDataWrapper
    case OBJECT_FOREIGN_SERVER: .foreignServer
    case OBJECT_USER_MAPPING: .userMapping
    case OBJECT_PUBLICATION: .publication
    case OBJECT_SUBSCRIPTION: .subscription
    case OBJECT_LARGEOBJECT: .largeObject
    case OBJECT_PARAMETER_ACL: .parameter
    case OBJECT_DEFACL: .defaultPrivileges
    default: nil
    }
  }
}
