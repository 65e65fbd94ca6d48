import Testing

@testable import Syntax

@Suite("A file's bytes are decoded")
struct DecodingTests {
  private func failure(_ bytes: [UInt8]) -> DecodingFailure? {
    do throws(DecodingFailure) {
      _ = try SourceText.decode(path: "a.sql", bytes: bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "UTF-8 is taken as it is, without its byte order mark",
    arguments: ["", "SELECT 1;\r\n", "-- é 大 📏 \u{7FF}\u{FFFD}\u{10FFFF}"]
  )
  func utf8(text: String) throws {
    #expect(try SourceText.decode(path: "a.sql", bytes: Array(text.utf8)).utf8 == Array(text.utf8))
    #expect(try SourceText.decode(path: "a.sql", bytes: [0xEF, 0xBB, 0xBF] + text.utf8).utf8 == Array(text.utf8))
  }

  @Test("a byte order mark in the middle stays, for PostgreSQL to refuse")
  func markInTheMiddle() throws {
    let text = "SELECT 1;\u{FEFF}SELECT 2;"
    #expect(try SourceText.decode(path: "a.sql", bytes: Array(text.utf8)).utf8 == Array(text.utf8))
  }

  @Test("UTF-16 with a byte order mark becomes UTF-8", arguments: [true, false])
  func utf16WithMark(isBigEndian: Bool) throws {
    let text = "SELECT 'é 大 📏';\n"
    let units = Array(("\u{FEFF}" + text).utf16)
    let bytes = units.flatMap { unit in
      let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      return isBigEndian ? bytes.reversed() : bytes
    }
    #expect(try SourceText.decode(path: "a.sql", bytes: bytes).utf8 == Array(text.utf8))
  }

  @Test(
    "UTF-16 that cannot be read says so",
    arguments: [
      (utf16LE("CREATE TABLE scratch (id integer);"), "UTF-16 without a byte order mark"),
      ([0] + utf16LE("SELECT 1;").dropLast(), "UTF-16 without a byte order mark"),
      ([0xFF, 0xFE, 0x41], "odd number of bytes"),
      ([0xFF, 0xFE, 0x0A, 0, 0x00, 0xD8, 0x41, 0], "half a character in line 2"),
      ([0xFF, 0xFE, 0, 0, 0x41, 0, 0, 0], "UTF-32"),
      ([0xFF, 0xFE, 0x41, 0, 0, 0], "line 1 holds a NUL byte"),
    ] as [([UInt8], String)]
  )
  func brokenUTF16(bytes: [UInt8], words: String) {
    #expect(failure(bytes)?.message.contains(words) == true)
  }

  @Test(
    "bytes that are not UTF-8 are refused with their line",
    arguments: [
      [0xE9], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xE2, 0x82], [0xE2, 0x82, 0x28], [0xFF],
    ] as [[UInt8]]
  )
  func notUTF8(bytes: [UInt8]) {
    for end in [[], Array("');\n".utf8)] {
      let failure = failure(Array("SELECT 1;\n\nSELECT 'é".utf8) + bytes + end)
      #expect(failure?.line == 3)
      #expect(failure?.message.contains("0x\(String(bytes[0], radix: 16, uppercase: true)) in line 3") == true)
    }
  }

  @Test("NUL bytes are refused with their line", arguments: ["SELECT 1;\n\0SELECT 2;", "--\n\0", "\n\0\0\0\0"])
  func nul(text: String) {
    #expect(failure(Array(text.utf8))?.line == 2)
    #expect(failure(Array(text.utf8))?.message.contains("NUL") == true)
  }

  @Test("a file larger than the limit is refused, and one that just fits is not")
  func size() throws {
    #expect(try SourceText.decode(path: "a.sql", bytes: Array("SELECT 1;".utf8), maximumSize: 9).utf8.count == 9)
    let failure = #expect(throws: DecodingFailure.self) {
      try SourceText.decode(path: "a.sql", bytes: Array("SELECT 10;".utf8), maximumSize: 9)
    }
    #expect(failure?.message.hasPrefix("the file has 10 bytes, more than the 9 that are read") == true)
  }
}

private func utf16LE(_ text: String) -> [UInt8] {
  text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
}
