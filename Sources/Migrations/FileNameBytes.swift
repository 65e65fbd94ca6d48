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
  /// Whether the name ends in `.sql` in small letters.
  var hasExactExtension: Bool { name.suffix(4).elementsEqual(".sql".utf8) }

  /// The name without `.sql`.
  var stem: String { String(decoding: name.isSQLFileName ? name.dropLast(4) : name[...], as: UTF8.self) }
}

extension StringProtocol {
  /// The digits at the start and what follows; `nil` where there are none.
  var leadingDigits: (digits: String, rest: String)? {
    let digits = prefix { $0.isASCII && $0.isNumber }
    return digits.isEmpty ? nil : (String(digits), String(dropFirst(digits.count)))
  }

  /// What is before and after the first underscore; `nil` where there is none.
  var partedAtUnderscore: (head: String, tail: String)? {
    firstIndex(of: "_").map { (String(self[..<$0]), String(self[index(after: $0)...])) }
  }

  var isDigits: Bool { !isEmpty && allSatisfy { $0.isASCII && $0.isNumber } }
}
