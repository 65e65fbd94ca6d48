import Reports

/// What stands in Markdown for text that knows nothing of it. Whatever a name or a statement holds, it stays text.
///
/// Source: the CommonMark specification, "Backslash escapes", "Code spans" and "Fenced code blocks", and GitHub's
/// extensions for tables and strikethrough.
enum MarkdownText {
  /// Prose on one line.
  static func prose(_ text: String) -> String {
    let scalars = Array(text.visible.unicodeScalars)
    var result = String.UnicodeScalarView()
    for (position, scalar) in scalars.enumerated() {
      if needsEscape(scalar, at: position, in: scalars) { result.append("\\") }
      result.append(scalar)
    }
    return String(result)
  }

  private static func needsEscape(_ scalar: Unicode.Scalar, at position: Int, in text: [Unicode.Scalar]) -> Bool {
    switch scalar {
    case "\\", "`", "*", "<", ">", "[", "]", "|", "~": true
    case "&": position + 1 < text.count && (text[position + 1].isWordPart || text[position + 1] == "#")
    // Within a word it means nothing, and names are full of it.
    case "_":
      position == 0 || position + 1 == text.count || !text[position - 1].isWordPart
        || !text[position + 1].isWordPart
    case "#", "+", "-", "=": position == 0
    default: false
    }
  }

  /// Words of sqllint's own, with the names in `` `…` `` as they are.
  static func phrase(_ text: String) -> String { text.visible }

  /// A code span, whatever backticks it holds.
  static func span(_ text: String) -> String {
    let text = text.visible
    let fence = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
    let needsSpace = text.hasPrefix("`") || text.hasSuffix("`")
    return needsSpace ? "\(fence) \(text) \(fence)" : fence + text + fence
  }

  /// A fenced block, each line behind `indentation`.
  static func block(_ code: PlanNode.Code, indentation: String = "") -> String {
    let lines = code.text.visibleLines
    let longest = lines.map { longestRun(of: "`", in: $0) }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    let all = [fence + code.language.rawValue] + lines + [fence]
    return all.map { $0.isEmpty ? "" : indentation + $0 }.joined(separator: "\n")
  }

  private static func longestRun(of character: Character, in text: String) -> Int {
    var longest = 0
    var length = 0
    for next in text {
      length = next == character ? length + 1 : 0
      longest = max(longest, length)
    }
    return longest
  }
}

extension Unicode.Scalar {
  fileprivate var isWordPart: Bool { isASCII ? properties.isAlphabetic || ("0"..."9").contains(self) : true }
}
