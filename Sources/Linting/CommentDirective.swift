import Syntax

/// The words of a comment that speaks to sqllint.
package struct CommentDirective: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case allow, allowFile, approved
  }

  /// The last day on which a comment holds.
  package enum End: Hashable, Sendable {
    case day(CalendarDate)
    /// It is written like a date, and is none that is understood.
    case unreadable(String)
  }

  let kind: Kind
  /// The rules that are allowed, or who has approved; one that is empty where there is none.
  let names: [String]
  let reason: String
  let end: End?

  /// `nil` where the comment is none.
  init?(_ comment: Comment, in source: SourceText) {
    // Nearly all comments begin otherwise.
    guard source.begins(comment, with: "sqllint:") else { return nil }
    var words = source.text(of: comment).split(whereSeparator: \.isWhitespace)[...]
    guard var first = words.popFirst()?.dropFirst("sqllint:".count) else { return nil }
    if first.isEmpty { first = words.popFirst() ?? "" }
    switch first {
    case "allow", "allow:": kind = .allow
    case "allow-file", "allow-file:": kind = .allowFile
    case "approved", "approved:":
      kind = .approved
      if words.first == "by" { words.removeFirst() }
    default: return nil
    }
    names = Self.names(in: &words)
    end = Self.end(of: &words)
    if let dash = words.first, ["-", "\u{2013}", "\u{2014}"].contains(dash) { words.removeFirst() }
    reason = words.joined(separator: " ").asReason
  }

  /// Names with commas between them, and perhaps a colon at the end.
  private static func names(in words: inout ArraySlice<Substring>) -> [String] {
    var text = ""
    repeat {
      guard let word = words.popFirst() else { break }
      text += word
    } while text.last == ","
    let names = text.split(whereSeparator: { $0 == "," || $0 == ":" }).map(String.init)
    return names.isEmpty ? [""] : names
  }

  /// `until 2027-01-31` at the end, with brackets or without.
  private static func end(of words: inout ArraySlice<Substring>) -> End? {
    guard words.count >= 2, let last = words.last,
      ["until", "[until", "(until"].contains(words[words.endIndex - 2].lowercased())
    else { return nil }
    let day = last.split(whereSeparator: { "[]().,".contains($0) }).joined(separator: ".")
    let isDate = day.count >= 8 && day.allSatisfy { $0.isASCII && ($0.isNumber || "-./".contains($0)) }
    guard isDate else { return nil }
    words.removeLast(2)
    return CalendarDate(parsing: day).map(End.day) ?? .unreadable(day)
  }
}

/// A comment by which somebody approves a migration: `-- sqllint:approved by @handle reason [until DATE]`.
package struct ApprovalComment: Hashable, Sendable {
  package let names: [String]
  package let reason: String
  package let end: CommentDirective.End?
  /// The whole comment, in bytes.
  package let range: Range<Int>
}

extension String {
  /// As much of a reason as is kept: each rule that a comment names has it, and a file may name very many.
  var asReason: String {
    utf8.count > Self.longestReason ? String(unicodeScalars.prefix(Self.longestReason)) + "…" : self
  }

  private static var longestReason: Int { 1_000 }
}

extension SourceText {
  /// Whether a comment's text starts so, behind spaces.
  func begins(_ comment: Comment, with word: StaticString) -> Bool {
    let start = utf8[comment.range].dropFirst(2).drop { $0 == 0x20 || $0 == 0x09 }
    return word.withUTF8Buffer { start.starts(with: $0) }
  }

  /// What a comment says, without the signs around it.
  func text(of comment: Comment) -> Substring {
    let text = self[comment.range].dropFirst(2)
    return comment.style == .block ? text.dropLast(2) : text
  }
}
