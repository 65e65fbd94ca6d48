/// Why a file's bytes are no text that PostgreSQL's parser can read.
package struct DecodingFailure: Error, Hashable, Sendable {
  /// For people: what is wrong, and the way out.
  package let message: String
  /// The line of the offending byte, counted from 1; `nil` where the encoding as a whole is the trouble.
  package let line: Int?

  package init(message: String, line: Int?) {
    self.message = message
    self.line = line
  }
}

extension SourceText {
  /// The most bytes that a file may have, if nothing else is said.
  package static let maximumSize = 64 << 20

  /// The text of a file: UTF-8, or UTF-16 that says so with a byte order mark.
  package static func decode(
    path: String,
    bytes: [UInt8],
    maximumSize: Int = maximumSize
  ) throws(DecodingFailure) -> SourceText {
    guard bytes.count <= maximumSize else { throw .tooLarge(bytes.count, maximumSize: maximumSize) }
    let utf8: [UInt8]
    switch ByteOrderMark(of: bytes) {
    case .utf8: utf8 = Array(bytes.dropFirst(3))
    case .utf16(let isBigEndian): utf8 = try utf8FromUTF16(bytes.dropFirst(2), isBigEndian: isBigEndian)
    case .utf32: throw .utf32
    case nil:
      guard !looksLikeUTF16(bytes) else { throw .unmarkedUTF16 }
      utf8 = bytes
    }
    let scan = ByteScan(utf8)
    if let offset = scan.firstInvalidByte {
      let line = lineNumber(at: offset, in: utf8)
      throw utf8[offset] == 0 ? .nul(line: line) : .notUTF8(utf8[offset], line: line)
    }
    return SourceText(path: path, utf8: utf8, scan)
  }

  private static func utf8FromUTF16(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) throws(DecodingFailure) -> [UInt8] {
    guard bytes.count.isMultiple(of: 2) else { throw .oddUTF16 }
    let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { index in
      let first = UInt16(bytes[index])
      let second = UInt16(bytes[index + 1])
      return isBigEndian ? first << 8 | second : second << 8 | first
    }
    var utf8: [UInt8] = []
    utf8.reserveCapacity(units.count)
    let isBroken = transcode(units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: true) {
      utf8.append($0)
    }
    guard !isBroken else { throw .unpairedSurrogate(line: lineNumber(at: utf8.count, in: utf8)) }
    return utf8
  }

  /// English and SQL are mostly ASCII, of which every second byte is 0 in UTF-16.
  private static func looksLikeUTF16(_ bytes: [UInt8]) -> Bool {
    let start = bytes.prefix(64)
    guard start.contains(0) else { return false }
    let zeros = start.enumerated().filter { $0.element == 0 }
    let isOneSided = Set(zeros.map { $0.offset % 2 }).count == 1
    return isOneSided && zeros.count * 4 > start.count && start.contains { $0 != 0 }
  }

  private static func lineNumber(at offset: Int, in utf8: [UInt8]) -> Int {
    1 + utf8[..<offset].count { $0 == UInt8(ascii: "\n") }
  }
}

extension SourceText {
  /// Whether a file begins with a byte order mark, which ``decode(path:bytes:)`` leaves out.
  package static func hasByteOrderMark(_ bytes: [UInt8]) -> Bool { ByteOrderMark(of: bytes) != nil }
}

private enum ByteOrderMark {
  case utf8
  case utf16(isBigEndian: Bool)
  case utf32

  init?(of bytes: [UInt8]) {
    guard let first = bytes.first, first == 0 || first >= 0xEF else { return nil }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      self = .utf8
    } else if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
      self = .utf32
    } else if bytes.starts(with: [0xFF, 0xFE]) {
      self = .utf16(isBigEndian: false)
    } else if bytes.starts(with: [0xFE, 0xFF]) {
      self = .utf16(isBigEndian: true)
    } else {
      return nil
    }
  }
}

extension DecodingFailure {
  fileprivate static func tooLarge(_ size: Int, maximumSize: Int) -> Self {
    Self(
      message: "the file has \(size) bytes, more than the \(maximumSize) that are read; "
        + "split it, or leave it out with `exclude`",
      line: nil
    )
  }

  fileprivate static let utf32 = Self(message: "the file is UTF-32; save it as UTF-8", line: nil)

  fileprivate static let unmarkedUTF16 = Self(
    message: "the file looks like UTF-16 without a byte order mark; save it as UTF-8",
    line: nil
  )

  fileprivate static let oddUTF16 = Self(
    message: "the file begins as UTF-16 but has an odd number of bytes; save it as UTF-8",
    line: nil
  )

  fileprivate static func unpairedSurrogate(line: Int) -> Self {
    Self(message: "the file is UTF-16 with half a character in line \(line); save it as UTF-8", line: line)
  }

  fileprivate static func nul(line: Int) -> Self {
    Self(message: "line \(line) holds a NUL byte, which PostgreSQL accepts nowhere; remove it", line: line)
  }

  fileprivate static func notUTF8(_ byte: UInt8, line: Int) -> Self {
    let hex = String(byte, radix: 16, uppercase: true)
    return Self(
      message: "the byte 0x\(hex) in line \(line) is not UTF-8; save the file as UTF-8 "
        + "(if it is Latin-1: `iconv -f LATIN1 -t UTF-8`)",
      line: line
    )
  }
}
