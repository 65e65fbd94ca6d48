/// What a single reading of a text's bytes tells.
struct ByteScan {
  /// The offset of the first byte of each line; never empty.
  private(set) var lineStarts = [0]
  /// In bytes, with the line's end.
  private(set) var longestLine = 0
  /// Whether `--` or `/*` stands anywhere, be it in a string.
  private(set) var mayHoldComments = false
  /// Whether all is ASCII without NUL.
  let isPlain: Bool
  /// The first byte that is NUL or no part of UTF-8.
  private(set) var firstInvalidByte: Int?

  init(_ utf8: [UInt8]) {
    isPlain = Self.isPlain(utf8)
    findLines(in: utf8)
    if !isPlain { firstInvalidByte = Self.firstInvalidByte(of: utf8) }
  }

  private mutating func findLines(in utf8: [UInt8]) {
    var start = 0
    for (offset, byte) in utf8.enumerated() {
      // Letters, digits and spaces, which nearly every byte is, end no line and begin no comment.
      if byte > .slash || byte == 0x20 { continue }
      if byte == UInt8(ascii: "\n") {
        longestLine = max(longestLine, offset + 1 - start)
        start = offset + 1
        lineStarts.append(start)
      } else if offset > 0, byte == .minus && utf8[offset - 1] == .minus || byte == .star && utf8[offset - 1] == .slash
      {
        mayHoldComments = true
      }
    }
    longestLine = max(longestLine, utf8.count - start)
  }

  /// Without a branch, so that the compiler takes many bytes at a time.
  private static func isPlain(_ utf8: [UInt8]) -> Bool {
    var bits: UInt8 = 0
    for byte in utf8 { bits |= byte | (byte &- 1) }
    return bits < 0x80
  }

  private static func firstInvalidByte(of utf8: [UInt8]) -> Int? {
    var offset = 0
    while offset < utf8.count {
      if utf8[offset] < 0x80, utf8[offset] != 0 {
        offset += 1
      } else if let length = scalarLength(at: offset, in: utf8) {
        offset += length
      } else {
        return offset
      }
    }
    return nil
  }

  /// The number of bytes of the scalar outside ASCII at an offset; `nil` if it is not well-formed by table 3-7 of the
  /// Unicode standard, which leaves out overlong forms and surrogates.
  private static func scalarLength(at offset: Int, in utf8: [UInt8]) -> Int? {
    let length: Int
    let second: ClosedRange<UInt8>
    switch utf8[offset] {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xE1...0xEC, 0xEE...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard offset + length <= utf8.count, second.contains(utf8[offset + 1]) else { return nil }
    return utf8[offset + 2..<max(offset + 2, offset + length)].allSatisfy { $0 & 0xC0 == 0x80 } ? length : nil
  }
}
