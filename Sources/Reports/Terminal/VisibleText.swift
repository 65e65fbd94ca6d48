/// Text that comes from files, made harmless for terminals and logs. SQL, identifiers, messages and file names pass
/// through here, whatever the format.
extension String {
  /// The text on one line, with every scalar that could steer a terminal, start a line or reorder what people read
  /// shown as an escape: `\n`, `\t`, `\u{1b}`.
  package var visible: String {
    hasHiddenScalars ? replacingHiddenScalars { $0.visibleEscape } : self
  }

  /// The text with line feeds kept, for SQL that spans lines; a carriage return before one is dropped.
  package var visibleLines: [String] {
    split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map { String($0).visible }
  }

  /// JSON text in which those scalars are `\uXXXX`. Outside of its strings JSON has none but the white space that the
  /// encoder wrote, so this never changes what the text means.
  var withHiddenScalarsAsJSONEscapes: String {
    guard hasHiddenScalars else { return self }
    return replacingHiddenScalars { scalar in
      scalar == "\n" ? "\n" : "\\u" + hexadecimal(scalar.value, digits: 4)
    }
  }

  /// Reads bytes, because it is asked for every finding and nearly always says no. C1, the bidirectional controls and
  /// the line separators are two or three bytes with the leads C2, D8 and E2.
  private var hasHiddenScalars: Bool {
    utf8.contains { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 || $0 == 0xD8 || $0 == 0xE2 }
      && unicodeScalars.contains(where: \.isHidden)
  }

  private func replacingHiddenScalars(_ replacement: (Unicode.Scalar) -> String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if scalar.isHidden {
        result.append(contentsOf: replacement(scalar).unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}

extension Unicode.Scalar {
  /// Control characters (C0, DEL, C1), line and paragraph separators, and the scalars of Unicode's property
  /// Bidi_Control.
  var isHidden: Bool {
    switch value {
    case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
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
