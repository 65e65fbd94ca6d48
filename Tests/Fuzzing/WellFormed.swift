import Foundation

/// Whether what programs read can be read, however hostile the text is that it holds.
enum WellFormed {
  static func isJSON(_ bytes: [UInt8]) -> Bool {
    (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
  }

  /// XML as the program writes it: elements, attributes in double quotes, and text; no comments, no sections.
  static func isXML(_ bytes: [UInt8]) -> Bool {
    let head = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
    guard bytes.starts(with: head) else { return false }
    var reader = MarkupReader(bytes.dropFirst(head.count), void: [], raw: [])
    return reader.isWhole() && String(validating: bytes, as: UTF8.self)?.unicodeScalars.allSatisfy(\.isXML) == true
  }

  /// HTML as the program writes it. Some elements have no end tag there.
  static func isHTML(_ bytes: [UInt8]) -> Bool {
    let head = Array("<!DOCTYPE html>\n".utf8)
    guard bytes.starts(with: head) else { return false }
    var reader = MarkupReader(
      bytes.dropFirst(head.count),
      void: ["meta", "input", "dd", "dt", "li", "option", "td", "th", "tr"],
      raw: ["style", "script"]
    )
    return reader.isWhole()
  }
}

extension Unicode.Scalar {
  /// Source: "Extensible Markup Language (XML) 1.0 (Fifth Edition)", 2.2.
  fileprivate var isXML: Bool {
    switch value {
    case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}

/// Reads tags and what is between them, strictly: anything that a file may have slipped in is an error.
private struct MarkupReader {
  private let bytes: ArraySlice<UInt8>
  private let void: Set<String>
  private let raw: Set<String>
  private var position: Int
  private var open: [String] = []

  init(_ bytes: ArraySlice<UInt8>, void: Set<String>, raw: Set<String>) {
    (self.bytes, self.void, self.raw) = (bytes, void, raw)
    position = bytes.startIndex
  }

  mutating func isWhole() -> Bool {
    while position < bytes.endIndex {
      switch bytes[position] {
      case UInt8(ascii: "<"): guard readTag() else { return false }
      case UInt8(ascii: "&"): guard readEntity() else { return false }
      case UInt8(ascii: ">"): return false
      default: position += 1
      }
    }
    return open.isEmpty
  }

  private var peek: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private mutating func takes(_ byte: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  private mutating func name() -> String {
    let start = position
    while let byte = peek, (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2D {
      position += 1
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func readTag() -> Bool {
    position += 1
    if takes("/") { return open.popLast() == name() && takes(">") }
    let tag = name()
    if tag.isEmpty { return false }
    while takes(" ") {
      guard !name().isEmpty else { return false }
      if takes("=") { guard readValue() else { return false } }
    }
    if takes("/") { return takes(">") }
    guard takes(">") else { return false }
    if !void.contains(tag) { open.append(tag) }
    if raw.contains(tag) { skipRaw(tag) }
    return true
  }

  private mutating func readValue() -> Bool {
    guard takes("\"") else { return false }
    while let byte = peek, byte != UInt8(ascii: "\"") {
      switch byte {
      case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\n"): return false
      case UInt8(ascii: "&"): guard readEntity() else { return false }
      default: position += 1
      }
    }
    return takes("\"")
  }

  private mutating func readEntity() -> Bool {
    let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&#35;", "&#58;", "&#9;", "&#10;"]
    guard let entity = known.first(where: { bytes[position...].starts(with: $0.utf8) }) else { return false }
    position += entity.utf8.count
    return true
  }

  private mutating func skipRaw(_ tag: String) {
    let end = Array("</\(tag)>".utf8)
    while position < bytes.endIndex, !bytes[position...].starts(with: end) { position += 1 }
  }
}
