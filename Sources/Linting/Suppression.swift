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

  /// The reason is left out: where a comment allows many rules, they share it, and it may be long.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(rule)
    hasher.combine(range)
  }
}

extension Script {
  /// The suppressions in its comments, in the order of the text.
  package var suppressions: [Suppression] {
    var run: CommentRun?
    return comments.enumerated().flatMap { position, comment -> [Suppression] in
      guard source.mayHoldDirective(comment), let directive = Directive(source[comment.range], style: comment.style)
      else { return [] }
      let scope: Suppression.Scope =
        directive.isForFile ? .file : .statement(statement(under: position, joining: &run))
      return directive.rules.map {
        Suppression(rule: $0, scope: scope, reason: directive.reason, range: comment.range)
      }
    }
  }

  /// Comments above a statement, without a line between them that holds anything else.
  private struct CommentRun {
    /// The position of its last comment.
    let end: Int
    /// The line on which that one ends.
    let line: Int
    let statement: Int
  }

  /// The statement that a comment stands in, behind on the same line, or above with no line between them that holds
  /// anything but comments. `run` is the last one that was read: comments in it are not read once more for each of them.
  private func statement(under position: Int, joining run: inout CommentRun?) -> Int? {
    let comment = comments[position].range
    let line = source.location(of: comment.lowerBound).line
    let next = statements.partitioningIndex { $0.range.lowerBound >= comment.lowerBound }
    if next > 0 {
      let last = statements[next - 1].range
      let end = max(last.upperBound - 1, last.lowerBound)
      let isBehind = source.location(of: end).line == line && source.isOneFile(end, comment.lowerBound)
      if comment.lowerBound < end || isBehind { return next - 1 }
    }
    guard next < statements.count, source.isOneFile(comment.lowerBound, statements[next].range.lowerBound) else {
      return nil
    }
    if run.map({ position > $0.end || $0.statement != next }) ?? true { run = commentRun(from: position, above: next) }
    guard let run else { return nil }
    return source.location(of: statements[next].range.lowerBound).line <= run.line + 1 ? next : nil
  }

  private func commentRun(from position: Int, above statement: Int) -> CommentRun {
    var end = position
    var line = source.location(of: comments[position].range.upperBound - 1).line
    while end + 1 < comments.count {
      let other = comments[end + 1].range
      guard other.upperBound <= statements[statement].range.lowerBound,
        source.location(of: other.lowerBound).line <= line + 1
      else { break }
      line = source.location(of: other.upperBound - 1).line
      end += 1
    }
    return CommentRun(end: end, line: line, statement: statement)
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
