import Catalog
import Syntax

/// What kind of values a type holds, as far as casts of them can fail.
enum TypeFamily: Hashable {
  struct IntegerRange: Hashable {
    let bits: Int
    /// As SQL.
    let minimum: String
    let range: String
  }

  struct Digits: Hashable {
    let precision: Int
    let scale: Int

    /// Whether all numbers of the other type fit.
    func holdsAll(of other: TypeFamily) -> Bool {
      switch other {
      case .integer(let range): precision - scale >= (range.bits == 64 ? 19 : range.bits == 32 ? 10 : 5) && scale >= 0
      case .numeric(let digits?):
        scale >= digits.scale && precision - scale >= digits.precision - digits.scale
      default: false
      }
    }
  }

  case text(length: Int?)
  case integer(IntegerRange)
  case numeric(Digits?)
  case float(bits: Int)
  case boolean
  case uuid
  case bits(Int?, isVarying: Bool)
  case enumeration([String])
  case other

  init(_ type: TypeName, in database: Database) {
    if case .enumeration(let labels)? = database.catalog.types[database.qualifiedType(type.name)]?.form {
      self = .enumeration(labels)
      return
    }
    guard type.arrayDimensions == 0, let numbers = type.modifiers.numbers else {
      self = .other
      return
    }
    switch type.name.name {
    case "text", "citext": self = .text(length: nil)
    case "varchar", "bpchar": self = .text(length: numbers.first)
    case "int2": self = .integer(Self.range(16))
    case "int4": self = .integer(Self.range(32))
    case "int8": self = .integer(Self.range(64))
    case "numeric":
      self = .numeric(numbers.first.map { Digits(precision: $0, scale: numbers.count > 1 ? numbers[1] : 0) })
    case "float4": self = .float(bits: 32)
    case "float8": self = .float(bits: 64)
    case "bool": self = .boolean
    case "uuid": self = .uuid
    case "bit": self = .bits(numbers.first ?? 1, isVarying: false)
    case "varbit": self = .bits(numbers.first, isVarying: true)
    default: self = .other
    }
  }

  private static func range(_ bits: Int) -> IntegerRange {
    switch bits {
    case 16: IntegerRange(bits: 16, minimum: "(-32768)", range: "-32768 AND 32767")
    case 32: IntegerRange(bits: 32, minimum: "(-2147483648)", range: "-2147483648 AND 2147483647")
    default:
      IntegerRange(
        bits: 64,
        minimum: "(-9223372036854775808)",
        range: "-9223372036854775808 AND 9223372036854775807"
      )
    }
  }

  /// Whether values that are different stay so.
  static func keepsApart(_ from: TypeName, _ to: TypeName, _ database: Database) -> Bool {
    if from.name.name == "citext" || to.name.name == "citext" { return from.name == to.name }
    switch (TypeFamily(from, in: database), TypeFamily(to, in: database)) {
    case (.text, .text(nil)): return from.name.name != "bpchar" && to.name.name != "bpchar" || from.name == to.name
    case (.text(let old?), .text(let new?)): return from.name == to.name && old <= new
    case (.integer, .integer), (.integer, .numeric(nil)), (.numeric, .numeric(nil)): return true
    case (.integer, .numeric(let digits?)): return digits.scale >= 0
    case (.numeric(let old?), .numeric(let new?)): return new.scale >= old.scale
    case (.integer, .text(nil)), (.uuid, .text(nil)), (.enumeration, .text(nil)), (.text, .enumeration): return true
    default: return from.name == to.name && from.modifiers == to.modifiers
    }
  }
}

extension [Expression] {
  /// Modifiers of a type as numbers; `nil` where one is none.
  fileprivate var numbers: [Int]? {
    var numbers: [Int] = []
    for modifier in self {
      guard case .constant(.integer(let number)) = modifier else { return nil }
      numbers.append(number)
    }
    return numbers
  }
}

/// What PostgreSQL's input functions refuse.
enum InputFacts {
  /// The SQLSTATEs of a type's input function, the one of what it cannot read first.
  ///
  /// Sources: `numutils.c`, `numeric.c`, `float.c`, `bool.c`, `uuid.c`, `json.c`, `jsonapi.c`, `network.c`, `mac.c`,
  /// `datetime.c`.
  static let states: [String: [String]] = [
    "int2": ["22P02", "22003"], "int4": ["22P02", "22003"], "int8": ["22P02", "22003"],
    "numeric": ["22P02", "22003"], "float4": ["22P02", "22003"], "float8": ["22P02", "22003"],
    "bool": ["22P02"], "uuid": ["22P02"], "json": ["22P02"], "jsonb": ["22P02", "22P05"],
    "inet": ["22P02"], "cidr": ["22P02"], "macaddr": ["22P02", "22003"],
    "date": ["22007", "22008", "22023"], "timestamp": ["22007", "22008", "22023"],
    "timestamptz": ["22007", "22008", "22009", "22023"], "time": ["22007", "22008", "22023"],
    "interval": ["22007", "22008", "22015"],
  ]

  /// Before PostgreSQL 16 no function tells: SQLSTATE, test and reason for the types whose input a regular expression
  /// can describe; `nil` for the others.
  static func oldFailures(_ text: String, _ to: TypeName, _ type: String) -> [(String, String, String)]? {
    let blank = "[ \\t\\n\\v\\f\\r]*"
    func unmatched(_ pattern: String, isAnyCase: Bool = false) -> (String, String, String) {
      ("22P02", "\(text) !~\(isAnyCase ? "*" : "") \(pattern.quotedLiteral)", "is no \(type)")
    }
    switch to.name.name {
    case "int2", "int4", "int8":
      let pattern = "^\(blank)[-+]?[0-9]+\(blank)$"
      let range =
        to.name.name == "int2"
        ? "-32768 AND 32767"
        : to.name.name == "int4"
          ? "-2147483648 AND 2147483647" : "-9223372036854775808 AND 9223372036854775807"
      let test = "CASE WHEN \(text) ~ \(pattern.quotedLiteral) THEN (\(text))::numeric NOT BETWEEN \(range) END"
      return [unmatched(pattern), ("22003", test, "is out of range for \(type)")]
    case "bool":
      let words = "t|tr|tru|true|f|fa|fal|fals|false|y|ye|yes|n|no|on|of|off|1|0"
      return [unmatched("^\(blank)(\(words))\(blank)$", isAnyCase: true)]
    case "uuid":
      let digits = "([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}"
      return [unmatched("^(\(digits)|\\{\(digits)\\})$")]
    default: return nil
    }
  }
}
