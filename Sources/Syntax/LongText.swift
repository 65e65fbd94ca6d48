extension String {
  /// How much of a name or an argument is shown: enough to know it by.
  private static let maximumName = 200
  /// How much of a message is, the longest of which lists the command's options.
  private static let maximumMessage = 4_000

  /// A name as messages show it: the beginning alone of one that would hide what is said about it.
  package var shownName: String { cut(to: Self.maximumName) }

  /// A message without what is too long to be read.
  package var shownMessage: String {
    guard utf8.count > Self.maximumName else { return self }
    // Line by line and word by word, as the layout counts.
    let isSpace = { (scalar: Unicode.Scalar) in scalar == " " || scalar == "\n" }
    var text = ""
    var rest = unicodeScalars[...]
    while let first = rest.first {
      let run = rest.prefix { isSpace($0) == isSpace(first) }
      text += String(run).shownName
      rest = rest[run.endIndex...]
      if text.utf8.count > 4 * Self.maximumMessage { break }
    }
    return text.cut(to: Self.maximumMessage)
  }

  private func cut(to maximum: Int) -> String {
    guard utf8.count > maximum, let end = unicodeScalars.index(startIndex, offsetBy: maximum, limitedBy: endIndex),
      end < endIndex
    else { return self }
    return String(unicodeScalars[..<end]) + "…"
  }
}
