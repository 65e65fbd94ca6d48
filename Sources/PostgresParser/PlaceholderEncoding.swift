import Syntax

/// What PostgreSQL's parser gets to read in place of a placeholder: as many bytes, which it takes for an identifier.
///
/// Lower-case letters, digits and what is not ASCII stay; every other byte becomes one of 0x80 to 0xBF, which are
/// letters for PostgreSQL's lexer and begin no character of UTF-8. So an encoded placeholder is no name that a file can hold, it
/// can be decoded wherever the tree brings it, and equal placeholders are one name in all files. PostgreSQL cuts it to 63
/// bytes, as it does any identifier.
enum PlaceholderEncoding {
  static func encodedByte(for byte: UInt8) -> UInt8 {
    switch byte {
    case 0x20...0x2F: byte + 0x60
    case 0x3A...0x5E: byte + 0x56
    case 0x60: 0xB5
    case 0x7B...0x7E: byte + 0x3B
    case 0x0A: 0xBA
    case 0x09: 0xBB
    case 0x0D: 0xBC
    case ..<0x20, 0x7F: 0xBD
    default: byte
    }
  }

  private static func originalByte(of byte: UInt8) -> UInt8 {
    switch byte {
    case 0x80...0x8F: byte - 0x60
    case 0x90...0xB4: byte - 0x56
    case 0xB5: 0x60
    case 0xB6...0xB9: byte - 0x3B
    case 0xBA: 0x0A
    case 0xBB: 0x09
    case 0xBC: 0x0D
    default: 0x20
    }
  }

  /// The text with every placeholder as it was.
  static func decoded(_ utf8: some Collection<UInt8>) -> String {
    // Nearly every text holds none.
    if let text = String(validating: utf8, as: UTF8.self) { return text }
    var restored: [UInt8] = []
    restored.reserveCapacity(utf8.count)
    var rest = utf8[...]
    while let first = rest.first {
      if first & 0xC0 == 0x80 {
        restored.append(originalByte(of: first))
        rest.removeFirst()
      } else {
        restored += rest.prefix(first.scalarLength)
        rest = rest.dropFirst(first.scalarLength)
      }
    }
    return String(decoding: restored, as: UTF8.self)
  }
}

extension UInt8 {
  /// How many bytes a character with this first byte has, by PostgreSQL's `pg_utf_mblen`.
  var scalarLength: Int {
    switch self {
    case 0xC0...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF7: 4
    default: 1
    }
  }
}
