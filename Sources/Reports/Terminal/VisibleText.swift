/// Text that comes from files, made harmless for terminals and logs. SQL, identifiers, messages and file names pass
/// through here, whatever the format.
extension String {
  /// The text on one line, with every scalar that could steer a terminal, start a line, reorder what people read or
  /// hide from them shown as an escape: `\n`, `\t`, `\u{1b}`.
  package var visible: String {
    hasHiddenScalars ? replacingHiddenScalars { $0.visibleEscape } : self
  }

  /// The text with line feeds kept, for SQL that spans lines; a carriage return before one is dropped.
  package var visibleLines: [String] {
    split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map { String($0).visible }
  }

  /// Reads bytes first, because it is asked for every finding and nearly always says no.
  private var hasHiddenScalars: Bool {
    utf8.contains { $0 < 0x20 || $0 >= 0x7F } && unicodeScalars.contains(where: \.isHidden)
  }

  private func replacingHiddenScalars(_ replacement: (Unicode.Scalar) -> String) -> String {
    replacing { $0.isHidden ? replacement($0) : nil }
  }

  /// The text with another in place of each scalar that `replacement` has one for.
  ///
  /// Collects bytes: `UnicodeScalarView.append(contentsOf:)` copies all that is there each time, which takes minutes for
  /// a report of some megabytes.
  func replacing(_ replacement: (Unicode.Scalar) -> String?) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(utf8.count)
    for scalar in unicodeScalars {
      if let other = replacement(scalar) {
        bytes.append(contentsOf: other.utf8)
      } else if scalar.isASCII {
        bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      } else {
        bytes.append(contentsOf: Character(scalar).utf8)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Unicode.Scalar {
  /// Control characters, line and paragraph separators, and what Unicode calls format characters: those that turn the
  /// direction of writing, those without a width, tags. The joiners are no such thing: Persian and emoji need them.
  var isHidden: Bool {
    if value < 0x7F { return value < 0x20 }
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return true
    case .format: return self != "\u{200C}" && self != "\u{200D}"
    default: return false
    }
  }

  /// How a hidden scalar is shown.
  var visibleEscape: String {
    switch self {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{" + hexadecimal(value, digits: 1) + "}"
    }
  }
}

/// A number in lower-case hexadecimal, with at least so many digits.
func hexadecimal(_ number: some BinaryInteger, digits: Int) -> String {
  let text = String(number, radix: 16)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}
