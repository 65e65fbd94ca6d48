import Syntax

/// A constant of a partition's bound, as far as values can be told apart and put in order without a server.
package enum BoundValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case number(Double)
  case text(String)
  /// A date or timestamp, from the year to the second.
  case moment(String)

  /// Reads a constant of a column's type; `nil` where it takes a server to read it.
  package init?(_ expression: Expression, of type: TypeName, isEnumeration: Bool) {
    guard type.arrayDimensions == 0 else { return nil }
    switch expression {
    case .constant(.null): self = .null
    case .cast(let operand, let other):
      guard other.name == type.name || other.isMoment && type.isMoment, other.modifiers.isEmpty else { return nil }
      self.init(operand, of: type, isEnumeration: isEnumeration)
    case .operation(let operation):
      guard operation.form == .plain, operation.left == nil, operation.name.name == "-",
        case .number(let number)? = BoundValue(operation.right, of: type, isEnumeration: false)
      else { return nil }
      self = .number(-number)
    case .constant(let constant):
      if isEnumeration {
        guard case .string(let text) = constant else { return nil }
        self = .text(text)
      } else {
        self.init(constant, of: type.name.name)
      }
    default: return nil
    }
  }

  private init?(_ constant: Constant, of type: String) {
    switch type {
    case "int2", "int4", "int8", "numeric", "float4", "float8":
      guard let number = constant.exactNumber else { return nil }
      self = .number(type.hasPrefix("int") ? number.rounded() : number)
    case "text", "varchar":
      guard let text = constant.writtenText else { return nil }
      self = .text(text)
    case "uuid":
      guard let text = constant.writtenText, text.utf8.count == 36 else { return nil }
      self = .text(text.lowercased())
    case "bool":
      switch constant {
      case .boolean(let value): self = .boolean(value)
      case .string("true"), .string("t"): self = .boolean(true)
      case .string("false"), .string("f"): self = .boolean(false)
      default: return nil
      }
    case "date", "timestamp", "timestamptz":
      guard let text = constant.writtenText, let moment = Self.moment(text) else { return nil }
      self = .moment(moment)
    default: return nil
    }
  }

  /// `2024-01-31` and `2024-01-31 12:00[:00]`; other forms are read as the session's settings say.
  private static func moment(_ text: String) -> String? {
    let pattern = Array("0000-00-00 00:00:00".utf8)
    let bytes = Array(text.utf8)
    guard [10, 16, 19].contains(bytes.count) else { return nil }
    for (byte, sample) in zip(bytes, pattern) {
      let isDigit = byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
      let fits =
        sample == UInt8(ascii: "0")
        ? isDigit : byte == sample || sample == UInt8(ascii: " ") && byte == UInt8(ascii: "T")
      if !fits { return nil }
    }
    let time = bytes.count > 10 ? String(text.dropFirst(11)) : "00:00:00"
    return "\(text.prefix(10)) \(time)\(bytes.count == 16 ? ":00" : "")"
  }

  /// The order of two values; `nil` where the collation decides.
  package func order(_ other: BoundValue) -> Int? {
    switch (self, other) {
    case (.number(let left), .number(let right)): return left < right ? -1 : left > right ? 1 : 0
    case (.moment(let left), .moment(let right)): return left < right ? -1 : left > right ? 1 : 0
    case (.text(let left), .text(let right)):
      if left == right { return 0 }
      // Digits come before letters in any collation; of all else they differ.
      guard left.utf8.allSatisfy(\.sortsAlike), right.utf8.allSatisfy(\.sortsAlike) else { return nil }
      return left < right ? -1 : 1
    case (.boolean(let left), .boolean(let right)): return left == right ? 0 : left ? 1 : -1
    default: return nil
    }
  }
}

extension UInt8 {
  fileprivate var sortsAlike: Bool {
    self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") || self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9")
  }
}

extension TypeName {
  fileprivate var isMoment: Bool { ["date", "timestamp", "timestamptz"].contains(name.name) }
}

extension Constant {
  /// The number, where a double holds it exactly.
  fileprivate var exactNumber: Double? {
    let text: String
    switch self {
    case .integer(let number): text = String(number)
    case .number(let written), .string(let written): text = written
    case .null, .boolean, .bitString: return nil
    }
    guard text.utf8.count <= 15, let number = Double(text), number.isFinite else { return nil }
    return number
  }

  fileprivate var writtenText: String? {
    switch self {
    case .string(let text): text
    case .integer(let number): String(number)
    default: nil
    }
  }
}
