extension Collection<UInt8> where Self: BidirectionalCollection {
  /// Whether it ends in `suffix`, which is written in lower case; the case of letters does not matter.
  func hasSuffix(_ suffix: StaticString) -> Bool {
    suffix.withUTF8Buffer { wanted in
      count >= wanted.count
        && zip(reversed(), wanted.reversed()).allSatisfy { byte, other in
          byte == other || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) && byte | 0x20 == other
        }
    }
  }

  var isSQLFileName: Bool { hasSuffix(".sql") }
}

extension FolderFile {
  /// The name without `.sql`.
  var stem: String { String(decoding: path.name.isSQLFileName ? path.name.dropLast(4) : path.name[...], as: UTF8.self) }
}

extension StringProtocol {
  /// The digits at the start and what follows; `nil` where there are none.
  var leadingDigits: (digits: String, rest: String)? {
    let digits = prefix { $0.isASCII && $0.isNumber }
    return digits.isEmpty ? nil : (String(digits), String(dropFirst(digits.count)))
  }
}
