/// Reads CSV as psql writes it: RFC 4180, with commas.
struct CSVReader {
  let bytes: ArraySlice<UInt8>
  private var position: Int
  private var line = 1

  init(bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// The values of the next line that is not empty, and where it begins; `nil` at the end.
  mutating func next() throws(ConfigurationFailure.Problem) -> (line: Int, values: [String])? {
    while position < bytes.endIndex, bytes[position].isLineEnd { passLineEnd() }
    guard position < bytes.endIndex else { return nil }
    let start = line
    var values = [try value()]
    while position < bytes.endIndex, bytes[position] == UInt8(ascii: ",") {
      position += 1
      values.append(try value())
    }
    guard position == bytes.endIndex || bytes[position].isLineEnd else {
      throw ConfigurationFailure.Problem(line: line, column: 1, message: "a comma is missing behind a quoted value")
    }
    if position < bytes.endIndex { passLineEnd() }
    return (start, values)
  }

  private mutating func value() throws(ConfigurationFailure.Problem) -> String {
    guard position < bytes.endIndex, bytes[position] == UInt8(ascii: "\"") else {
      let start = position
      while position < bytes.endIndex, bytes[position] != UInt8(ascii: ","), !bytes[position].isLineEnd {
        position += 1
      }
      return try text(bytes[start..<position])
    }
    let start = line
    position += 1
    var value: [UInt8] = []
    while position < bytes.endIndex {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        let isDoubled = position + 1 < bytes.endIndex && bytes[position + 1] == byte
        position += isDoubled ? 2 : 1
        if !isDoubled { return try text(value[...]) }
      } else {
        if byte == UInt8(ascii: "\n") { line += 1 }
        position += 1
      }
      value.append(byte)
    }
    throw ConfigurationFailure.Problem(line: start, column: 1, message: "a quoted value has no end")
  }

  private func text(_ value: ArraySlice<UInt8>) throws(ConfigurationFailure.Problem) -> String {
    guard let text = String(validating: value, as: UTF8.self) else {
      throw ConfigurationFailure.Problem(line: line, column: 1, message: "the line is not UTF-8")
    }
    return text
  }

  private mutating func passLineEnd() {
    if bytes[position] == UInt8(ascii: "\n") { line += 1 }
    position += 1
  }
}

/// Reads a JSON list of objects whose values are texts, numbers, `true`, `false` and `null`: nothing nested, so that
/// nothing recurs, and each object with its line.
struct FlatJSONReader {
  let bytes: ArraySlice<UInt8>
  private var position: Int
  private var line = 1
  private var hasBegun = false
  private var hasEnded = false

  init(bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// The next object, and where it begins; `nil` at the end.
  mutating func next() throws(ConfigurationFailure.Problem) -> (line: Int, values: [String: String])? {
    if hasEnded { return nil }
    if hasBegun {
      if try takes(",") == false { return try end() }
    } else {
      try expect("[")
      hasBegun = true
      skipSpace()
      if peek == UInt8(ascii: "]") { return try end() }
    }
    try expect("{")
    let start = line
    var values: [String: String] = [:]
    if try takes("}") { return (start, values) }
    repeat {
      skipSpace()
      let name = try string()
      try expect(":")
      if let value = try value() { values[name.lowercased()] = value }
    } while try takes(",")
    try expect("}")
    return (start, values)
  }

  private mutating func end() throws(ConfigurationFailure.Problem) -> (line: Int, values: [String: String])? {
    try expect("]")
    skipSpace()
    if position < bytes.endIndex { throw problem("there is something behind the list") }
    hasEnded = true
    return nil
  }

  private var peek: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private func problem(_ message: String) -> ConfigurationFailure.Problem {
    ConfigurationFailure.Problem(line: line, column: 1, message: message)
  }

  private mutating func skipSpace() {
    while let byte = peek, byte.isJSONSpace {
      if byte == UInt8(ascii: "\n") { line += 1 }
      position += 1
    }
  }

  private mutating func takes(_ sign: Unicode.Scalar) throws(ConfigurationFailure.Problem) -> Bool {
    skipSpace()
    guard peek == UInt8(ascii: sign) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ sign: Unicode.Scalar) throws(ConfigurationFailure.Problem) {
    guard try takes(sign) else {
      throw problem("this is not a JSON list of flat objects: \(sign) is missing")
    }
  }

  /// `nil` for null.
  private mutating func value() throws(ConfigurationFailure.Problem) -> String? {
    skipSpace()
    if peek == UInt8(ascii: "\"") { return try string() }
    let start = position
    while let byte = peek, byte.isPartOfWord { position += 1 }
    guard start < position else { throw problem("a value is missing, or is not a text or a number") }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    return word == "null" ? nil : word
  }

  private mutating func string() throws(ConfigurationFailure.Problem) -> String {
    guard peek == UInt8(ascii: "\"") else { throw problem("a name in double quotes is missing") }
    position += 1
    var units: [UInt16] = []
    var plainStart = position
    func plain(_ range: Range<Int>) throws(ConfigurationFailure.Problem) -> String.UTF16View {
      guard let text = String(validating: bytes[range], as: UTF8.self) else { throw problem("the line is not UTF-8") }
      return text.utf16
    }
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        units += try plain(plainStart..<position)
        position += 1
        return String(decoding: units, as: UTF16.self)
      case UInt8(ascii: "\\"):
        units += try plain(plainStart..<position)
        units.append(try escape())
        plainStart = position
      case ..<0x20: throw problem("a text has no end")
      default: position += 1
      }
    }
    throw problem("a text has no end")
  }

  private mutating func escape() throws(ConfigurationFailure.Problem) -> UInt16 {
    position += 1
    guard let sign = peek else { throw problem("a text has no end") }
    position += 1
    switch sign {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt16(sign)
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "u"):
      let digits = bytes[position..<min(position + 4, bytes.endIndex)]
      guard digits.count == 4, digits.allSatisfy(\.isHexadecimal),
        let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
      else { throw problem("\\u needs four hexadecimal digits") }
      position += 4
      return unit
    default: throw problem("a text has an unknown escape")
    }
  }
}

extension UInt8 {
  fileprivate var isLineEnd: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }

  var isJSONSpace: Bool { [0x20, 0x09, 0x0A, 0x0D].contains(self) }

  fileprivate var isHexadecimal: Bool {
    (0x30...0x39).contains(self) || (0x41...0x46).contains(self) || (0x61...0x66).contains(self)
  }

  /// Of a number or one of JSON's words.
  fileprivate var isPartOfWord: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
      || [UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains(self)
  }
}
