import Syntax

/// A comment that allows a rule: `-- sqllint:allow RULE reason` or `-- sqllint:allow-file RULE reason`.
///
/// Several rules may stand with commas between them and share the reason.
package struct Suppression: Hashable, Sendable {
  package enum Scope: Hashable, Sendable {
    case file
    /// The position in the script of the statement that it stands on or above; `nil` where there is none.
    case statement(Int?)
  }

  /// As written.
  package let rule: String
  package let scope: Scope
  /// Empty where none is given.
  package let reason: String
  /// The whole comment, in bytes.
  package let range: Range<Int>

  package init(rule: String, scope: Scope, reason: String, range: Range<Int>) {
    self.rule = rule
    self.scope = scope
    self.reason = reason
    self.range = range
  }
}

extension Script {
  /// The suppressions in its comments, in the order of the text.
  package var suppressions: [Suppression] {
    comments.enumerated().flatMap { position, comment -> [Suppression] in
      guard source.mayHoldDirective(comment), let directive = Directive(source[comment.range], style: comment.style)
      else { return [] }
      let scope: Suppression.Scope = directive.isForFile ? .file : .statement(statement(under: position))
      return directive.rules.map {
        Suppression(rule: $0, scope: scope, reason: directive.reason, range: comment.range)
      }
    }
  }

  /// The statement that a comment stands in, behind on the same line, or above with no line between them that holds
  /// anything but comments.
  private func statement(under position: Int) -> Int? {
    let comment = comments[position].range
    let line = source.location(of: comment.lowerBound).line
    if let last = statements.lastIndex(where: { $0.range.lowerBound < comment.lowerBound }) {
      let end = max(statements[last].range.upperBound - 1, statements[last].range.lowerBound)
      let isBehind = source.location(of: end).line == line && source.isOneFile(end, comment.lowerBound)
      if comment.lowerBound < end || isBehind { return last }
    }
    guard let next = statements.firstIndex(where: { $0.range.lowerBound >= comment.upperBound }),
      source.isOneFile(comment.lowerBound, statements[next].range.lowerBound)
    else { return nil }
    var reached = source.location(of: comment.upperBound - 1).line
    for other in comments[(position + 1)...] {
      guard other.range.upperBound <= statements[next].range.lowerBound,
        source.location(of: other.range.lowerBound).line <= reached + 1
      else { break }
      reached = source.location(of: other.range.upperBound - 1).line
    }
    return source.location(of: statements[next].range.lowerBound).line <= reached + 1 ? next : nil
  }
}

extension SourceText {
  /// Whether a comment's first word can be a directive's; nearly all comments are none.
  fileprivate func mayHoldDirective(_ comment: Comment) -> Bool {
    utf8[comment.range].dropFirst(2).drop { $0 == 0x20 || $0 == 0x09 }.starts(with: "sqllint:".utf8)
  }
}

/// The words of a suppression.
private struct Directive {
  let isForFile: Bool
  let rules: [String]
  let reason: String

  /// `nil` where the comment is no suppression.
  init?(_ comment: String, style: Comment.Style) {
    var text = comment.dropFirst(2)
    if style == .block { text = text.dropLast(2) }
    let words = text.split(whereSeparator: \.isWhitespace)
    switch words.first {
    case "sqllint:allow": isForFile = false
    case "sqllint:allow-file": isForFile = true
    default: return nil
    }
    rules = words.dropFirst().first.map { $0.split(separator: ",").map(String.init) } ?? [""]
    reason = words.dropFirst(2).joined(separator: " ")
  }
}
