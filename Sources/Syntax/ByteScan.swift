/// What a single reading of a text's bytes tells.
struct ByteScan {
  /// The offset of the first byte of each line; never empty.
  private(set) var lineStarts = [0]
  /// In bytes, with the line's end.
  private(set) var longestLine = 0
  /// Whether `--` or `/*` stands anywhere, be it in a string.
  private(set) var mayHoldComments = false
  /// The first byte that is NUL or no part of UTF-8.
  private(set) var firstInvalidByte: Int?

  init(_ utf8: [UInt8]) {
    var offset = 0
    var previous: UInt8 = 0
    while offset < utf8.count {
      let byte = utf8[offset]
      if byte.isOrdinary {
        offset += 1
        while offset < utf8.count, utf8[offset].isOrdinary { offset += 1 }
      } else if byte < 0x80 {
        take(byte, after: previous, at: offset)
        offset += 1
      } else if let length = Self.scalarLength(at: offset, in: utf8) {
        offset += length
      } else {
        note(invalid: offset)
        offset += 1
      }
      previous = byte
    }
    endLine(at: utf8.count)
  }

  private mutating func take(_ byte: UInt8, after previous: UInt8, at offset: Int) {
    switch byte {
    case UInt8(ascii: "\n"):
      endLine(at: offset + 1)
      lineStarts.append(offset + 1)
    case .minus where previous == .minus, .star where previous == .slash: mayHoldComments = true
    case 0: note(invalid: offset)
    default: break
    }
  }

  private mutating func note(invalid offset: Int) { firstInvalidByte = firstInvalidByte ?? offset }

  private mutating func endLine(at end: Int) {
    longestLine = max(longestLine, end - lineStarts[lineStarts.count - 1])
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

extension UInt8 {
  /// NUL, the line feed, and the bytes that begin and end comments.
  private static let marks: UInt64 = 1 << 0x00 | 1 << 0x0A | 1 << 0x2A | 1 << 0x2D | 1 << 0x2F

  /// Whether it says nothing to a scan. Without a branch: which bytes of a text are which, no processor can foresee.
  fileprivate var isOrdinary: Bool {
    let isMark = UInt8(truncatingIfNeeded: Self.marks &>> UInt64(self)) & 1 & ~(self >> 6)
    return isMark | self >> 7 == 0
  }
}
