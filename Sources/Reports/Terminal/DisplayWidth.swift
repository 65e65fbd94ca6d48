extension Unicode.Scalar {
  /// The columns that a terminal gives the scalar: none to marks that combine with the one before, two to wide ones.
  ///
  /// Source: Unicode Standard Annex 11, "East Asian Width"; of the blocks here every scalar is wide, and of what is wide
  /// elsewhere all are emoji. Terminals follow it for single scalars, not for emoji that are joined.
  var displayWidth: Int {
    guard value >= 0x300 else { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch value {
    // Vowels and finals of Hangul, which stand in the first letter's columns.
    case 0x1160...0x11FF: return 0
    case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF, 0x4E00...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
      0xFFE0...0xFFE6, 0x16FE0...0x18D08, 0x1AFF0...0x1B2FB, 0x1F200...0x1F265, 0x20000...0x3FFFD:
      return 2
    // Regional indicators: two of them make a flag, which is two columns wide.
    case 0x1F1E6...0x1F1FF: return 1
    default: return properties.isEmojiPresentation ? 2 : 1
    }
  }
}

extension String {
  /// The columns that a terminal gives the text.
  var displayWidth: Int { unicodeScalars.reduce(0) { $0 + $1.displayWidth } }

  /// The text, filled with spaces on the right.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - displayWidth)) }

  /// The text in so many columns at most, with `…` at its end where it does not fit.
  func cut(to width: Int) -> String {
    guard displayWidth > width else { return self }
    var shown = ""
    var room = width - 1
    for character in self {
      let columns = String(character).displayWidth
      guard columns <= room else { break }
      shown.append(character)
      room -= columns
    }
    return shown + "…"
  }

  /// The text in lines of at most so many columns, broken at spaces; a longer word keeps a line of its own.
  package func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    // Spaces in a row may be part of a name.
    for word in split(separator: " ", omittingEmptySubsequences: false) {
      if line.isEmpty {
        line = String(word)
      } else if line.displayWidth + 1 + String(word).displayWidth <= width {
        line += " \(word)"
      } else {
        lines.append(line.withoutTrailingSpaces)
        line = String(word)
      }
    }
    return line.allSatisfy { $0 == " " } ? lines : lines + [line]
  }
  private var withoutTrailingSpaces: String {
    lastIndex { $0 != " " }.map { String(self[...$0]) } ?? ""
  }
}
