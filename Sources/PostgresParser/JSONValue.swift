/// A JSON text as libpg_query writes it, with the members of objects in their order.
///
/// Foundation's decoders lose that order, and loading them would cost every run of the hook some milliseconds.
enum JSONValue: Hashable, Sendable {
  case object([Member])
  case array([JSONValue])
  case string(String)
  case number(Int)
  case boolean(Bool)
  case null

  struct Member: Hashable, Sendable {
    let name: String
    let value: JSONValue
  }

  /// `nil` if the text is no JSON, or holds a number that is no integer, which libpg_query never writes.
  init?(parsing utf8: [UInt8]) {
    var reader = JSONReader(bytes: utf8)
    guard let value = reader.value(depth: 0), reader.isAtEnd else { return nil }
    self = value
  }

  /// An object's member; `nil` for anything else.
  subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  var text: String? { if case .string(let text) = self { text } else { nil } }

  var integer: Int? { if case .number(let number) = self { number } else { nil } }
}

private struct JSONReader {
  /// Nobody nests code this deep; reading it by recursion needs a bound.
  static let maximumDepth = 400

  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool {
    mutating get {
      skipSpace()
      return position == bytes.count
    }
  }

  mutating func value(depth: Int) -> JSONValue? {
    skipSpace()
    guard depth < Self.maximumDepth, position < bytes.count else { return nil }
    switch bytes[position] {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return string().map(JSONValue.string)
    case UInt8(ascii: "t"): return take("true") ? .boolean(true) : nil
    case UInt8(ascii: "f"): return take("false") ? .boolean(false) : nil
    case UInt8(ascii: "n"): return take("null") ? .null : nil
    default: return number()
    }
  }

  private mutating func object(depth: Int) -> JSONValue? {
    var members: [JSONValue.Member] = []
    position += 1
    if take("}") { return .object(members) }
    repeat {
      skipSpace()
      guard let name = string(), take(":"), let value = value(depth: depth + 1) else { return nil }
      members.append(JSONValue.Member(name: name, value: value))
    } while take(",")
    return take("}") ? .object(members) : nil
  }

  private mutating func array(depth: Int) -> JSONValue? {
    var elements: [JSONValue] = []
    position += 1
    if take("]") { return .array(elements) }
    repeat {
      guard let element = value(depth: depth + 1) else { return nil }
      elements.append(element)
    } while take(",")
    return take("]") ? .array(elements) : nil
  }

  private mutating func number() -> JSONValue? {
    let digits = bytes[position...].prefix { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }
    position = digits.endIndex
    return Int(String(decoding: digits, as: UTF8.self)).map(JSONValue.number)
  }

  private mutating func string() -> String? {
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return nil }
    position += 1
    // What stands before the last escape, and where the rest starts.
    var text: [UInt8] = []
    var start = position
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") {
        let rest = bytes[start..<position - 1]
        return PlaceholderEncoding.decoded(text.isEmpty ? rest : (text + rest)[...])
      } else if byte == UInt8(ascii: "\\") {
        text += bytes[start..<position - 1]
        guard let escaped = escape() else { return nil }
        text += escaped
        start = position
      }
    }
    return nil
  }

  /// The bytes of what follows a backslash.
  private mutating func escape() -> [UInt8]? {
    guard position < bytes.count else { return nil }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "u"):
      // Only control characters are written so; all else is UTF-8.
      let digits = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
      position = min(position + 4, bytes.count)
      return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init).map { Array(String(Character($0)).utf8) }
    default: return nil
    }
  }

  private mutating func take(_ text: StaticString) -> Bool {
    skipSpace()
    let isThere = text.withUTF8Buffer { bytes[position...].starts(with: $0) }
    if isThere { position += text.utf8CodeUnitCount }
    return isThere
  }

  private mutating func skipSpace() {
    while position < bytes.count, bytes[position] == 0x20 || (0x09...0x0D).contains(bytes[position]) { position += 1 }
  }
}
