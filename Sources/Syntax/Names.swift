/// The name of an object, with its schema where the text gives one.
///
/// Identifiers are as PostgreSQL stores them: folded to lower case unless they were quoted, and cut to 63 bytes. What a
/// program replaces before PostgreSQL sees it stands in them as it was written: `${schema}`.
@usableFromInline
package struct QualifiedName: Hashable, Sendable, CustomStringConvertible {
  package var schema: String?
  package var name: String

  package init(schema: String? = nil, _ name: String) {
    self.schema = schema
    self.name = name
  }

  /// The schema is left out: few objects of different schemas share a name, and catalogs are looked up in all the time.
  @usableFromInline
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// As SQL, quoted where PostgreSQL needs it.
  @usableFromInline
  package var description: String {
    schema.map { "\($0.quotedIdentifier).\(name.quotedIdentifier)" } ?? name.quotedIdentifier
  }

  /// The name for a sentence: without `public`, which is where things are unless someone says otherwise.
  package var displayName: String { schema == "public" ? name.quotedIdentifier : description }
}

/// A relation as a statement names it.
package struct RelationReference: Hashable, Sendable {
  package let name: QualifiedName
  /// False for `ONLY name`, which leaves out children and partitions.
  package let includesDescendants: Bool
  package let persistence: Persistence
  package let alias: String?
  /// The columns' names after the alias, in `t AS x (a, b)`.
  package let aliasColumns: [String]
  package let offset: SourceOffset

  package init(
    _ name: QualifiedName,
    includesDescendants: Bool = true,
    persistence: Persistence = .permanent,
    alias: String? = nil,
    aliasColumns: [String] = [],
    offset: SourceOffset = SourceOffset(nil)
  ) {
    self.name = name
    self.includesDescendants = includesDescendants
    self.persistence = persistence
    self.alias = alias
    self.aliasColumns = aliasColumns
    self.offset = offset
  }
}

/// How long a relation's rows last.
package enum Persistence: Hashable, Sendable {
  case permanent, unlogged, temporary
}

/// A role as a statement names it.
package enum RoleReference: Hashable, Sendable {
  case named(String)
  case currentRole, currentUser, sessionUser
  case everyone

  package var sql: String {
    switch self {
    case .named(let name): name.quotedIdentifier
    case .currentRole: "CURRENT_ROLE"
    case .currentUser: "CURRENT_USER"
    case .sessionUser: "SESSION_USER"
    case .everyone: "PUBLIC"
    }
  }
}

/// A function, procedure or aggregate, with its argument types where the text gives them.
package struct FunctionReference: Hashable, Sendable {
  package let name: QualifiedName
  /// The input arguments' types; `nil` for a bare name.
  package let arguments: [TypeName]?

  package init(name: QualifiedName, arguments: [TypeName]?) {
    self.name = name
    self.arguments = arguments
  }
}

/// A type as a statement names it: `varchar(50)`, `myschema.mood[]`.
package struct TypeName: Hashable, Sendable {
  /// The system's own name: `int4` for `integer`, `varchar` for `character varying`, `timestamptz`.
  package let name: QualifiedName
  /// What is in parentheses: length, precision, scale.
  package let modifiers: [Expression]
  /// The number of `[]`.
  package let arrayDimensions: Int
  package let isSet: Bool
  /// `table.column%TYPE`.
  package let isColumnType: Bool
  package let offset: SourceOffset

  package init(
    _ name: QualifiedName,
    modifiers: [Expression] = [],
    arrayDimensions: Int = 0,
    isSet: Bool = false,
    isColumnType: Bool = false,
    offset: SourceOffset = SourceOffset(nil)
  ) {
    self.name = name
    self.modifiers = modifiers
    self.arrayDimensions = arrayDimensions
    self.isSet = isSet
    self.isColumnType = isColumnType
    self.offset = offset
  }
}

extension String {
  /// The identifier as SQL: quoted unless it is lower-case letters, digits and underscores and no keyword that
  /// PostgreSQL reserves.
  package var quotedIdentifier: String {
    guard !isPlainIdentifier || Keyword.isReserved(self) else { return self }
    var quoted = "\""
    for scalar in unicodeScalars {
      if scalar == "\"" { quoted.unicodeScalars.append("\"") }
      quoted.unicodeScalars.append(scalar)
    }
    quoted.append("\"")
    return quoted
  }

  private var isPlainIdentifier: Bool {
    utf8.withContiguousStorageIfAvailable { Self.isPlainIdentifier($0) } ?? Self.isPlainIdentifier(utf8)
  }

  private static func isPlainIdentifier(_ utf8: some Collection<UInt8>) -> Bool {
    guard let first = utf8.first, !first.isDigit else { return false }
    // To the end in any case, so that the compiler takes many bytes at a time.
    var others: UInt8 = 0
    for byte in utf8 {
      let isLetter = byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
      others |= isLetter || byte == .underscore || byte.isDigit ? 0 : 1
    }
    return others == 0
  }
}
