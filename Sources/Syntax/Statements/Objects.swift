/// The kinds of object that DROP, RENAME, COMMENT and their kin name; the raw value is the noun of PostgreSQL's command
/// tag, as in `DROP MATERIALIZED VIEW`.
package enum ObjectKind: String, Hashable, Sendable, CaseIterable {
  case accessMethod = "ACCESS METHOD"
  case aggregate = "AGGREGATE"
  case attribute = "ATTRIBUTE"
  case cast = "CAST"
  case collation = "COLLATION"
  case column = "COLUMN"
  case constraint = "CONSTRAINT"
  case conversion = "CONVERSION"
  case database = "DATABASE"
  case defaultPrivileges = "DEFAULT PRIVILEGES"
  case domain = "DOMAIN"
  case domainConstraint = "DOMAIN CONSTRAINT"
  case eventTrigger = "EVENT TRIGGER"
  case `extension` = "EXTENSION"
  case foreignDataWrapper = "FOREIGN DATA WRAPPER"
  case foreignServer = "SERVER"
  case foreignTable = "FOREIGN TABLE"
  case function = "FUNCTION"
  case index = "INDEX"
  case language = "LANGUAGE"
  case largeObject = "LARGE OBJECT"
  case materializedView = "MATERIALIZED VIEW"
  case operatorClass = "OPERATOR CLASS"
  case operatorFamily = "OPERATOR FAMILY"
  case `operator` = "OPERATOR"
  case parameter = "PARAMETER"
  case policy = "POLICY"
  case procedure = "PROCEDURE"
  case publication = "PUBLICATION"
  case role = "ROLE"
  case routine = "ROUTINE"
  case rule = "RULE"
  case schema = "SCHEMA"
  case sequence = "SEQUENCE"
  case statistics = "STATISTICS"
  case subscription = "SUBSCRIPTION"
  case table = "TABLE"
  case tablespace = "TABLESPACE"
  case textSearchConfiguration = "TEXT SEARCH CONFIGURATION"
  case textSearchDictionary = "TEXT SEARCH DICTIONARY"
  case textSearchParser = "TEXT SEARCH PARSER"
  case textSearchTemplate = "TEXT SEARCH TEMPLATE"
  case transform = "TRANSFORM"
  case trigger = "TRIGGER"
  case type = "TYPE"
  case userMapping = "USER MAPPING"
  case view = "VIEW"
}

/// Which object a statement means: its name and what further tells it apart.
package struct ObjectReference: Hashable, Sendable {
  /// The object's own name; for a trigger, rule, policy or constraint this is its name without the relation's.
  package let name: QualifiedName
  /// The relation (or domain) of a trigger, rule, policy, constraint or column.
  package let relation: QualifiedName?
  /// The argument types of a function, aggregate, operator or cast, where given.
  package let arguments: [TypeName]?
  /// Of an operator class or family.
  package let accessMethod: String?
  /// Of a user mapping, whose name is the server's.
  package let user: RoleReference?
  package let offset: SourceOffset

  package init(
    name: QualifiedName,
    relation: QualifiedName? = nil,
    arguments: [TypeName]? = nil,
    accessMethod: String? = nil,
    user: RoleReference? = nil,
    offset: SourceOffset = SourceOffset(nil)
  ) {
    self.user = user
    self.name = name
    self.relation = relation
    self.arguments = arguments
    self.accessMethod = accessMethod
    self.offset = offset
  }
}

/// DROP of anything but databases, roles, tablespaces and subscriptions.
package struct Drop: Hashable, Sendable {
  package let objectKind: ObjectKind
  package let objects: [ObjectReference]
  package let ifExists: Bool
  package let cascade: Bool
  package let isConcurrent: Bool

  package init(
    objectKind: ObjectKind,
    objects: [ObjectReference],
    ifExists: Bool,
    cascade: Bool,
    isConcurrent: Bool
  ) {
    self.objectKind = objectKind
    self.objects = objects
    self.ifExists = ifExists
    self.cascade = cascade
    self.isConcurrent = isConcurrent
  }
}

/// ALTER … RENAME.
package struct Rename: Hashable, Sendable {
  /// What gets a new name: a column, a constraint, a table, …
  package let objectKind: ObjectKind
  /// What the text calls the relation that holds the column, constraint, trigger, rule or policy.
  package let relationKind: ObjectKind?
  package let relation: RelationReference?
  /// The object's present name.
  package let object: ObjectReference
  package let newName: String
  package let ifExists: Bool
  package let cascade: Bool

  package init(
    objectKind: ObjectKind,
    relationKind: ObjectKind?,
    relation: RelationReference?,
    object: ObjectReference,
    newName: String,
    ifExists: Bool,
    cascade: Bool
  ) {
    self.objectKind = objectKind
    self.relationKind = relationKind
    self.relation = relation
    self.object = object
    self.newName = newName
    self.ifExists = ifExists
    self.cascade = cascade
  }
}

/// ALTER … SET SCHEMA.
package struct SetSchema: Hashable, Sendable {
  package let objectKind: ObjectKind
  package let object: ObjectReference
  package let newSchema: String
  package let ifExists: Bool

  package init(objectKind: ObjectKind, object: ObjectReference, newSchema: String, ifExists: Bool) {
    self.objectKind = objectKind
    self.object = object
    self.newSchema = newSchema
    self.ifExists = ifExists
  }
}

/// ALTER … OWNER TO, for all but the relations that ALTER TABLE covers.
package struct ChangeOwner: Hashable, Sendable {
  package let objectKind: ObjectKind
  package let object: ObjectReference
  package let newOwner: RoleReference

  package init(objectKind: ObjectKind, object: ObjectReference, newOwner: RoleReference) {
    self.objectKind = objectKind
    self.object = object
    self.newOwner = newOwner
  }
}

/// COMMENT ON and SECURITY LABEL ON.
package struct CommentOn: Hashable, Sendable {
  package let objectKind: ObjectKind
  package let object: ObjectReference
  /// `nil` removes the comment.
  package let text: String?
  package let isSecurityLabel: Bool

  package init(objectKind: ObjectKind, object: ObjectReference, text: String?, isSecurityLabel: Bool) {
    self.objectKind = objectKind
    self.object = object
    self.text = text
    self.isSecurityLabel = isSecurityLabel
  }
}

/// A CREATE or ALTER command that changes only its own catalog entry: operators, collations, text search objects, foreign
/// servers, languages, casts, range types and their kin.
package struct ObjectDefinition: Hashable, Sendable {
  package let objectKind: ObjectKind
  package let name: QualifiedName
  package let ifNotExists: Bool
  package let options: [Option]
  /// What tells an aggregate, an operator, a cast or a transform apart from others of its name.
  package let arguments: [TypeName]
  /// Of an operator class or family.
  package let accessMethod: String?
  /// Of an operator class or family.
  package let contents: OperatorClassContents?
  /// Of a user mapping.
  package let user: RoleReference?
  /// PostgreSQL's command tag.
  package let commandTag: String
  /// The statement as written, with the comments before it, for what is not modelled of it; `nil` where it was not read
  /// from a text.
  package var text: String? { written.text }
  private var written = UncomparedText()

  package init(
    objectKind: ObjectKind,
    name: QualifiedName,
    ifNotExists: Bool = false,
    options: [Option] = [],
    arguments: [TypeName] = [],
    accessMethod: String? = nil,
    contents: OperatorClassContents? = nil,
    user: RoleReference? = nil,
    commandTag: String
  ) {
    self.contents = contents
    self.user = user
    self.objectKind = objectKind
    self.name = name
    self.ifNotExists = ifNotExists
    self.options = options
    self.arguments = arguments
    self.accessMethod = accessMethod
    self.commandTag = commandTag
  }

  package mutating func keep(text: String) { written.text = text }
}

/// A text that never makes two values different, for nodes that are equal however they are written.
struct UncomparedText: Hashable, Sendable {
  var text: String?

  static func == (_: Self, _: Self) -> Bool { true }

  func hash(into _: inout Hasher) {}
}

package struct CreateStatistics: Hashable, Sendable {
  package let name: QualifiedName?
  package let kinds: [String]
  package let elements: [IndexElement]
  package let relations: [RelationReference]
  package let ifNotExists: Bool

  package init(
    name: QualifiedName?,
    kinds: [String],
    elements: [IndexElement],
    relations: [RelationReference],
    ifNotExists: Bool
  ) {
    self.name = name
    self.kinds = kinds
    self.elements = elements
    self.relations = relations
    self.ifNotExists = ifNotExists
  }
}

package struct AlterStatistics: Hashable, Sendable {
  package let name: QualifiedName
  /// `nil` is `SET STATISTICS DEFAULT`.
  package let target: Int?
  package let ifExists: Bool

  package init(name: QualifiedName, target: Int?, ifExists: Bool) {
    self.name = name
    self.target = target
    self.ifExists = ifExists
  }
}
