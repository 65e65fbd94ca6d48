extension String {
  /// The text on one line, for Markdown that GitHub and GitLab show: nothing in it is markup, mentions people, refers to an
  /// issue or ends a cell of a table.
  ///
  /// Punctuation stands as character references, which are never markup (CommonMark 0.31, 6.2). Mentions and references
  /// are looked for in what is shown; an empty element behind their first character breaks them.
  var markdown: String {
    visible.replacing { scalar in
      switch scalar {
      case "@", "#", "!", "$", "%", "~", "&", "^": "&#\(scalar.value);<b></b>"
      case "<", ">", "\"", "*", "_", "`", "[", "]", "\\", "|", "{", "}", "=", "+": "&#\(scalar.value);"
      // What would be made a link: `https://…`, and `www.…`.
      case ":", ".": "&#\(scalar.value);"
      default: nil
      }
    }
  }

  /// The text as code, likewise on one line.
  var markdownCode: String { "<code>\(visible.replacing { $0.isPunctuation ? "&#\($0.value);" : nil })</code>" }

  /// Lines as a block of code, with a fence that nothing in them ends.
  func markdownBlock(_ language: String) -> String {
    let lines = visibleLines
    var longest = 2
    for line in lines {
      var run = 0
      for scalar in line.unicodeScalars {
        run = scalar == "`" ? run + 1 : 0
        longest = max(longest, run)
      }
    }
    let fence = String(repeating: "`", count: longest + 1)
    return "\(fence)\(language)\n\(lines.joined(separator: "\n"))\n\(fence)"
  }
}

extension Unicode.Scalar {
  fileprivate var isPunctuation: Bool {
    switch value {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }
}
