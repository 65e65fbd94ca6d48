import Catalog
import Syntax

extension Database {
  /// A value of the type, in whose place people write the one that they want; `nil` where none suggests itself.
  func standIn(for type: TypeName?) -> String? {
    guard let type else { return nil }
    if type.arrayDimensions > 0 { return "'{}'" }
    if case .enumeration(let labels)? = catalog.types[qualifiedType(type.name)]?.form {
      return labels.first?.quotedLiteral
    }
    guard type.name.schema == nil else { return nil }
    return switch type.name.name {
    case "text", "varchar", "bpchar": "''"
    case "int2", "int4", "int8", "numeric", "float4", "float8": "0"
    case "bool": "false"
    case "json", "jsonb": "'{}'"
    case "date", "timestamp", "timestamptz": "now()"
    default: nil
    }
  }
}

extension String {
  /// What is to be true of code before rows without a value get one of which this is only the place.
  func standingIn(for column: String) -> String {
    "running code always writes \(column); in place of \(self), write the value that rows without one are to get"
  }
}
