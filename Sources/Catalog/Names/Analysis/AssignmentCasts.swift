import Syntax

extension Database {
  /// Whether PostgreSQL surely has no cast that an assignment of a value makes by itself.
  package func cannotAssign(_ source: TypeName, to target: TypeName) -> Bool {
    !source.isUntyped && !source.isSet && !source.isColumnType && canAssign(source, to: target) == false
  }

  /// Whether two queries of UNION and its kin have types of different categories in a column.
  ///
  /// Source: `select_common_type` in `parse_coerce.c`.
  func areForeign(_ first: TypeName, _ second: TypeName) -> Bool {
    guard let left = builtInBase(of: first)?.category, let right = builtInBase(of: second)?.category else {
      return false
    }
    return left != right
  }

  /// The type of PostgreSQL's own that a type is, or a domain is over; `nil` where it is none.
  func builtInBase(of type: TypeName) -> TypeName? {
    if type.isColumnType || type.isSet { return nil }
    let base = base(of: type)
    return base.arrayDimensions == 0 && base.isBuiltIn && !base.isPseudo ? base.withoutModifiers : nil
  }
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
