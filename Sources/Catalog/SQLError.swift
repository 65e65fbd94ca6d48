import Syntax

/// Why PostgreSQL refuses a statement, as far as the history tells.
package struct SQLError: Error, Hashable, Sendable {
  package let state: SQLState
  /// What PostgreSQL says: begins in lower case, with the names in quotes, and has no full stop.
  package let message: String
  /// What is missing, or there already, or of the wrong kind.
  package let object: Object?
  /// What depends on what the statement takes away, in the order in which it was found.
  package var dependents: [ObjectAddress] = []
  /// Whether the files alone tell. It is false where something decides that they do not show, such as a relation that
  /// the history never made.
  package var isCertain = true
  /// Where in the statement's code what is refused stands; `nil` where that is the statement itself, or not known.
  package var place: CodePlace?

  /// Bytes of the code that a statement holds.
  package enum CodePlace: Hashable, Sendable {
    case inFile(Range<Int>)
    /// Counted from the beginning of the body.
    case inBody(Range<Int>)
  }

  /// An object as a statement names it.
  package struct Object: Hashable, Sendable {
    package let kind: ObjectKind
    package let name: QualifiedName
    /// Of a part: what it is a part of.
    package let owner: QualifiedName?

    package init(_ kind: ObjectKind, _ name: QualifiedName, of owner: QualifiedName? = nil) {
      self.kind = kind
      self.name = name
      self.owner = owner
    }
  }

  package init(_ state: SQLState, _ message: String, about object: Object? = nil) {
    self.state = state
    self.message = message
    self.object = object
  }

  /// The same at a place in code, unless it names one that is further inside.
  package func at(_ place: CodePlace?) -> SQLError {
    guard self.place == nil, let place else { return self }
    var error = self
    error.place = place
    return error
  }

  /// The same where something else than the files decides.
  package var uncertain: SQLError {
    var error = self
    error.isCertain = false
    return error
  }
}

extension SQLError {
  /// There is an object of the name already.
  package static func duplicate(
    _ kind: ObjectKind,
    _ name: QualifiedName,
    of owner: QualifiedName? = nil
  ) -> SQLError {
    let object = Object(kind, name, of: owner)
    return SQLError(kind.stateOfDuplicate, "\(object) already exists", about: object)
  }

  package static func duplicate(_ kind: ObjectKind, _ name: String, of owner: QualifiedName? = nil) -> SQLError {
    .duplicate(kind, QualifiedName(schema: nil, name), of: owner)
  }

  /// There is no object of the name.
  package static func undefined(
    _ kind: ObjectKind,
    _ name: QualifiedName,
    of owner: QualifiedName? = nil
  ) -> SQLError {
    let object = Object(kind, name, of: owner)
    return SQLError(kind.stateOfUndefined, "\(object) does not exist", about: object)
  }

  package static func undefined(_ kind: ObjectKind, _ name: String, of owner: QualifiedName? = nil) -> SQLError {
    .undefined(kind, QualifiedName(schema: nil, name), of: owner)
  }
}

extension SQLError.Object: CustomStringConvertible {
  /// Such as `column "email" of relation "users"`. The schema `public` is left out, as it is in most files.
  package var description: String {
    let own = "\(kind.wordInErrors) \(name.quotedInErrors)"
    guard let owner else { return own }
    return "\(own) \(kind == .trigger || kind == .policy ? "for" : "of") \(kind.ownerInErrors) \(owner.quotedInErrors)"
  }
}

extension QualifiedName {
  /// In double quotes as PostgreSQL's messages have it, without the schema `public`.
  package var quotedInErrors: String {
    schema.map { $0 == "public" ? "\"\(name)\"" : "\"\($0).\(name)\"" } ?? "\"\(name)\""
  }
}

extension ObjectKind {
  /// Tables, views, indexes and sequences share their names, and are called relations where one is there already.
  package var isRelation: Bool {
    switch self {
    case .table, .view, .materializedView, .foreignTable, .index, .sequence: true
    default: false
    }
  }

  var wordInErrors: String {
    switch self {
    case .table, .foreignTable: "relation"
    case .attribute: "column"
    case .domain: "type"
    case .domainConstraint: "constraint"
    case .foreignServer: "server"
    case .foreignDataWrapper: "foreign-data wrapper"
    case .statistics: "statistics object"
    default: rawValue.lowercased()
    }
  }

  fileprivate var ownerInErrors: String {
    switch self {
    case .trigger, .policy: "table"
    case .domainConstraint: "domain"
    default: "relation"
    }
  }

  /// Source: PostgreSQL's manual, "PostgreSQL Error Codes".
  fileprivate var stateOfDuplicate: SQLState {
    switch self {
    case .table, .foreignTable, .view, .materializedView, .index, .sequence: .duplicateTable
    case .column, .attribute: .duplicateColumn
    case .schema: .duplicateSchema
    case .database: .duplicateDatabase
    case .function, .procedure, .routine, .aggregate, .operator: .duplicateFunction
    default: .duplicateObject
    }
  }

  fileprivate var stateOfUndefined: SQLState {
    switch self {
    case .table, .foreignTable, .view, .materializedView, .sequence: .undefinedTable
    case .column, .attribute: .undefinedColumn
    case .schema: .invalidSchemaName
    case .database: .invalidCatalogName
    case .function, .procedure, .routine, .aggregate, .operator: .undefinedFunction
    default: .undefinedObject
    }
  }
}

extension SQLError {
  /// The statement is for objects of another kind, such as `a table`.
  package static func wrongKind(_ name: QualifiedName, as kind: ObjectKind) -> SQLError {
    let word = kind.rawValue.lowercased()
    let article = word.first.map { "aeiou".contains($0) } == true ? "an" : "a"
    return SQLError(.wrongObjectType, "\(name.quotedInErrors) is not \(article) \(word)", about: Object(kind, name))
  }

  /// A name means no column of what the statement reads or changes.
  package static func undefinedColumn(_ name: String) -> SQLError {
    SQLError(.undefinedColumn, "column \"\(name)\" does not exist", about: Object(.column, QualifiedName(name)))
  }

  package static func columnTwice(_ name: String) -> SQLError {
    SQLError(
      .duplicateColumn,
      "column \"\(name)\" specified more than once",
      about: Object(.column, QualifiedName(name))
    )
  }

  package static func undefinedConstraint(_ name: String, of table: QualifiedName) -> SQLError {
    SQLError(
      .undefinedObject,
      "constraint \"\(name)\" for table \(table.quotedInErrors) does not exist",
      about: Object(.constraint, QualifiedName(name), of: table)
    )
  }

  package static func undefinedCheck(_ name: String, ofDomain domain: QualifiedName) -> SQLError {
    .undefined(.domainConstraint, name, of: domain)
  }

  /// A table OF the type keeps it from changing.
  package static func typedTable(of type: QualifiedName) -> SQLError {
    SQLError(
      .dependentObjectsStillExist,
      "cannot alter type \(type.quotedInErrors) because it is the type of a typed table",
      about: Object(.type, type)
    )
  }

  /// A column of the row type keeps it from changing.
  package static func rowTypeInUse(_ type: QualifiedName, by column: String, of table: QualifiedName) -> SQLError {
    var error = SQLError(
      .featureNotSupported,
      "cannot alter type \(type.quotedInErrors) because column \"\(table.displayName).\(column)\" uses it",
      about: Object(.type, type)
    )
    error.dependents = [.column(column, of: table)]
    return error
  }

  /// There is no function of the name and the argument types; `nil` where only a name is given.
  package static func undefinedRoutine(_ kind: ObjectKind, _ name: QualifiedName, _ signature: [String]?) -> SQLError {
    let object = Object(kind, name)
    guard let signature else {
      return SQLError(
        .undefinedFunction,
        "could not find a \(kind.wordInErrors) named \(name.quotedInErrors)",
        about: object
      )
    }
    return SQLError(
      .undefinedFunction,
      "\(kind.wordInErrors) \(name.displayName)(\(signature.joined(separator: ", "))) does not exist",
      about: object
    )
  }

  /// There is a function of the name and the argument types already.
  package static func duplicateRoutine(_ kind: ObjectKind, _ name: QualifiedName, _ signature: [String]) -> SQLError {
    SQLError(
      .duplicateFunction,
      "\(kind.wordInErrors) \(name.displayName)(\(signature.joined(separator: ", "))) already exists",
      about: Object(kind, name)
    )
  }

  /// Several functions have the name, and the statement does not say which one it means.
  package static func ambiguousRoutine(_ kind: ObjectKind, _ name: QualifiedName) -> SQLError {
    SQLError(
      .ambiguousFunction,
      "\(kind.wordInErrors) name \(name.quotedInErrors) is not unique",
      about: Object(kind, name)
    )
  }

  /// Something that nobody drops needs what the statement takes away. Both are as ``Catalog/description(of:)`` has them.
  package static func dependents(_ dependents: [ObjectAddress], of what: String?) -> SQLError {
    var error = SQLError(
      .dependentObjectsStillExist,
      what.map { "cannot drop \($0) because other objects depend on it" }
        ?? "cannot drop desired object(s) because other objects depend on them"
    )
    error.dependents = dependents
    return error
  }

  /// What the statement drops is a part of something else, with which it goes.
  package static func required(_ what: String, by whole: String) -> SQLError {
    SQLError(.dependentObjectsStillExist, "cannot drop \(what) because \(whole) requires it")
  }

  package static func reservedSchema(_ name: String) -> SQLError {
    SQLError(.reservedName, "unacceptable schema name \"\(name)\"", about: Object(.schema, QualifiedName(name)))
  }

  package static let tooManyColumns = SQLError(
    .tooManyColumns,
    "tables can have at most \(ServerLimits.columns) columns"
  )

  package static let tooManyKeys = SQLError(
    .tooManyColumns,
    "cannot use more than \(ServerLimits.keys) columns in an index"
  )

  package static let tooManyParameters = SQLError(
    .tooManyArguments,
    "functions cannot have more than \(ServerLimits.parameters) arguments"
  )
}
