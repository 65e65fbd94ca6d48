/// Bytes to be found in others, in time that grows with their sum, whatever they are.
///
/// By Knuth, Morris and Pratt: a file decides both what is looked for and where, and the plain way takes the product.
package struct BytePattern: Sendable {
  private let bytes: [UInt8]
  /// For each number of matching bytes, the length of the longest border of these.
  private let borders: [Int]

  package var count: Int { bytes.count }

  package init(_ pattern: some Sequence<UInt8>) {
    bytes = Array(pattern)
    var borders = [0, 0]
    borders.reserveCapacity(bytes.count + 1)
    var length = 0
    for byte in bytes.dropFirst() {
      while length > 0, byte != bytes[length] { length = borders[length] }
      if byte == bytes[length] { length += 1 }
      borders.append(length)
    }
    self.borders = borders
  }

  /// Where it first stands in a part of a text; `nil` where it does not, and for an empty pattern.
  package func firstOffset(in text: [UInt8], from start: Int, upTo end: Int = .max) -> Int? {
    let range = max(0, start)..<max(0, start, min(end, text.count))
    guard !bytes.isEmpty else { return nil }
    var length = 0
    for offset in range {
      while length > 0, text[offset] != bytes[length] { length = borders[length] }
      if text[offset] == bytes[length] { length += 1 }
      if length == bytes.count { return offset + 1 - length }
    }
    return nil
  }
}
