import Foundation

/// Small documents as JSON, for commands other than `check`.
enum JSONText {
  /// Pretty-printed, with a line feed at the end. It stays exact, and gives no orders to whoever reads standard output:
  /// what would be a command, and what a terminal would obey, is escaped.
  static func text(_ document: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    let json = String(decoding: try encoder.encode(document), as: UTF8.self)
    var text = ""
    var last: Unicode.Scalar?
    for scalar in json.unicodeScalars {
      if scalar == "#", last == "#" || last?.isASCII == false {
        text += "\\u0023"
        last = nil
      } else if scalar.isOrder {
        text += String(format: "\\u%04x", scalar.value)
        last = scalar
      } else {
        text.unicodeScalars.append(scalar)
        last = scalar
      }
    }
    return text + "\n"
  }
}

extension Unicode.Scalar {
  /// Whether terminals or readers of lines act on it; a line feed is the layout's own.
  fileprivate var isOrder: Bool {
    switch value {
    case 0x0A: false
    case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
