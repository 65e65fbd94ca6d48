/// A path as the system knows it: bytes, which need not be UTF-8.
package struct RawPath: Hashable, Sendable {
  /// Without a terminating zero.
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) { self.bytes = bytes }

  package init(_ text: String) { self.init(bytes: Array(text.utf8)) }

  /// For people; what is not UTF-8 shows as U+FFFD.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The last component.
  package var name: [UInt8] {
    guard let slash = bytes.lastIndex(of: .slash) else { return bytes }
    return Array(bytes[(slash + 1)...])
  }

  /// The folder that the path is in: `.` for a bare name.
  package var folder: RawPath {
    guard let slash = bytes.lastIndex(of: .slash) else { return RawPath(".") }
    return slash == 0 ? RawPath("/") : RawPath(bytes: Array(bytes[..<slash]))
  }

  /// The path of an entry of this folder; what is in `.` goes by its bare name.
  package func appending(_ name: [UInt8]) -> RawPath {
    if bytes == [.dot] { return RawPath(bytes: name) }
    let separator: [UInt8] = bytes.last == .slash ? [] : [.slash]
    return RawPath(bytes: bytes + separator + name)
  }

  /// The path from the root, with `.`, `..` and doubled slashes resolved by their text alone.
  package func absolute(from workingFolder: RawPath) -> RawPath {
    let whole = bytes.first == .slash ? bytes : workingFolder.bytes + [.slash] + bytes
    var components: [ArraySlice<UInt8>] = []
    for component in whole.split(separator: .slash) {
      if component.elementsEqual("..".utf8) {
        _ = components.popLast()
      } else if !component.elementsEqual(".".utf8) {
        components.append(component)
      }
    }
    return RawPath(bytes: [.slash] + Array(components.joined(separator: [.slash])))
  }

  /// The path from `folder` where it leads there, else itself; both are absolute.
  package func relative(to folder: RawPath) -> RawPath {
    let prefix = folder.bytes.last == .slash ? folder.bytes : folder.bytes + [.slash]
    return bytes.starts(with: prefix) ? RawPath(bytes: Array(bytes.dropFirst(prefix.count))) : self
  }

  /// For system calls.
  var cString: [CChar] { bytes.map(CChar.init(bitPattern:)) + [0] }
}

extension UInt8 {
  static let slash = UInt8(ascii: "/")
  static let dot = UInt8(ascii: ".")

  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
