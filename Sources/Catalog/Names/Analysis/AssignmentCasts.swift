import Syntax

extension Database {
  /// Whether PostgreSQL has no cast that an assignment of a value makes by itself.
  ///
  /// Source: `find_coercion_pathway` in `parse_coerce.c`.
  package func cannotAssign(_ source: TypeName, to target: TypeName) -> Bool {
    guard !source.isUntyped, source.name != target.name || source.arrayDimensions != target.arrayDimensions,
      let from = kind(of: source), let to = kind(of: target)
    else { return false }
    switch (from, to) {
    case (_, .builtIn(let name)) where CommonTypes.texts.contains(name): return false
    case (.builtIn(let from), .builtIn(let to)): return from != to && !BuiltInCasts.isImplied("\(from)>\(to)")
    case (.enumeration(let from), .enumeration(let to)): return from != to
    case (.array(let from), .array(let to)):
      if catalog.hasCasts { return false }
      return cannotAssign(from, to: to)
    default: return !catalog.hasCasts
    }
  }

  /// Whether two queries of UNION and its kin have types of different categories in a column.
  ///
  /// Source: `select_common_type` in `parse_coerce.c`.
  func areForeign(_ first: TypeName, _ second: TypeName) -> Bool {
    guard let first = builtInBase(of: first), let second = builtInBase(of: second),
      let left = CommonTypes.category(of: first), let right = CommonTypes.category(of: second)
    else { return false }
    return left != right
  }

  /// The type of PostgreSQL's own that a type is, or a domain is over; `nil` where it is none.
  func builtInBase(of type: TypeName) -> TypeName? {
    guard case .builtIn(let name)? = kind(of: type) else { return nil }
    return TypeName(QualifiedName(name))
  }

  private enum TypeKind {
    case builtIn(String)
    case enumeration(QualifiedName)
    /// With the type of the elements.
    case array(TypeName)
  }

  /// `nil` for types of which not enough is known.
  private func kind(of type: TypeName) -> TypeKind? {
    var type = type
    for _ in 0..<32 {
      if type.isColumnType || type.isSet { return nil }
      if type.arrayDimensions > 0 { return .array(TypeName(type.name)) }
      let name = qualifiedType(type.name)
      switch catalog.types.contains(name) ? catalog.types[name]?.form : nil {
      case .enumeration?: return .enumeration(name)
      case .domain(let domain)?: type = domain.type
      case .composite?, .other?: return nil
      case nil:
        guard type.name.schema == nil || type.name.schema == "pg_catalog", !catalog.tables.contains(name),
          CommonTypes.names.contains(type.name.name)
        else { return nil }
        return .builtIn(type.name.name)
      }
    }
    return nil
  }
}

extension Catalog {
  /// Whether the history made casts, or an extension may have.
  fileprivate var hasCasts: Bool { otherObjects.contains { $0.kind == .cast } }
}

extension TypeName {
  /// As PostgreSQL's messages name it: without length and precision.
  var nameInErrors: String {
    let plain = withoutModifiers
    switch plain.name.name {
    case _ where plain.name.schema != nil && plain.name.schema != "public": return plain.sql
    case "varchar": return "character varying" + brackets
    case "bpchar": return "character" + brackets
    case "timestamp": return "timestamp without time zone" + brackets
    case "timestamptz": return "timestamp with time zone" + brackets
    case "time": return "time without time zone" + brackets
    case "timetz": return "time with time zone" + brackets
    default:
      return plain.name.schema == "public" ? plain.name.name + brackets : plain.sql
    }
  }

  private var brackets: String { arrayDimensions > 0 ? "[]" : "" }
}

/// Types of PostgreSQL's own.
enum CommonTypes {
  /// Those whose casts are all in ``BuiltInCasts``.
  ///
  /// Source: `pg_type`.
  static let names: Set<String> = [
    "bit", "bool", "box", "bpchar", "bytea", "cidr", "circle", "date", "daterange", "float4", "float8", "inet", "int2",
    "int4", "int4range", "int8", "int8range", "interval", "json", "jsonb", "jsonpath", "line", "lseg", "macaddr",
    "macaddr8", "money", "name", "numeric", "numrange", "path", "point", "polygon", "text", "time", "timestamp",
    "timestamptz", "timetz", "tsquery", "tsrange", "tstzrange", "tsvector", "uuid", "varbit", "varchar", "xml",
  ]

  /// Those that take the text of any value.
  static let texts: Set<String> = ["text", "varchar", "bpchar", "name"]

  /// `typcategory` in `pg_type`, for the types that stand in queries most.
  static func category(of type: TypeName) -> Character? {
    switch type.name.name {
    case "int2", "int4", "int8", "numeric", "float4", "float8", "money": "N"
    case "text", "varchar", "bpchar", "name": "S"
    case "bool": "B"
    case "date", "timestamp", "timestamptz", "time", "timetz": "D"
    case "interval": "T"
    case "json", "jsonb", "uuid", "bytea", "xml": "U"
    default: nil
    }
  }
}

extension BuiltInCasts {
  /// Whether an assignment makes the cast `from>to` by itself.
  static func isImplied(_ cast: String) -> Bool {
    let cast = Substring(cast)
    return implicit.contains(cast) || assignment.contains(cast)
  }
}
