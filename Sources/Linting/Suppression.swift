import Syntax

/// A comment that allows a rule: `-- sqllint:allow RULE reason [until DATE]`, or `sqllint:allow-file` for the whole file.
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
  /// The last day on which it holds.
  package let end: CommentDirective.End?
  /// The other tool whose comment it is; `nil` for one of sqllint's.
  package let tool: ForeignTool?
  /// The whole comment, in bytes.
  package let range: Range<Int>

  package init(
    rule: String,
    scope: Scope,
    reason: String,
    end: CommentDirective.End? = nil,
    tool: ForeignTool? = nil,
    range: Range<Int>
  ) {
    self.rule = rule
    self.scope = scope
    self.reason = reason
    self.end = end
    self.tool = tool
    self.range = range
  }

  /// Whether its last day is over; false where the day is not known.
  package func hasExpired(on today: CalendarDate?) -> Bool {
    guard case .day(let day)? = end, let today else { return false }
    return day < today
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
      guard let directive = CommentDirective(comment, in: source) else { return [] }
      let scope: Suppression.Scope
      switch directive.kind {
      case .allow: scope = .statement(statement(under: position, joining: &run))
      case .allowFile: scope = .file
      case .approved: return []
      }
      return directive.names.map {
        Suppression(rule: $0, scope: scope, reason: directive.reason, end: directive.end, range: comment.range)
      }
    }
  }

  /// Those that the comments of other tools stand for. `rules` are the ids of rules by what each tool calls them.
  package func foreignSuppressions(_ rules: ForeignRules) -> [Suppression] {
    var run: CommentRun?
    return comments.enumerated().flatMap { position, comment -> [Suppression] in
      guard let directive = ForeignDirective(comment, in: source) else { return [] }
      let isForFile = directive.isForFile || directive.tool == .atlas && isHead(comment)
      let scope: Suppression.Scope = isForFile ? .file : .statement(statement(under: position, joining: &run))
      return rules.ids(for: directive).map {
        Suppression(
          rule: $0,
          scope: scope,
          reason: directive.text,
          tool: directive.tool,
          range: comment.range
        )
      }
    }
  }

  /// Whether a comment stands above all statements, with an empty line behind it: to Atlas it is then about the file.
  private func isHead(_ comment: Comment) -> Bool {
    guard let first = statements.first, comment.range.upperBound <= first.range.lowerBound else { return false }
    let end = source.location(of: max(comment.range.upperBound - 1, 0)).line
    return end + 1 < source.lineCount && source.utf8[source.lineRange(end + 1)].allSatisfy { $0 == 0x20 || $0 == 0x0D }
  }

  /// The approvals in its comments.
  package var approvalComments: [ApprovalComment] {
    comments.compactMap { comment in
      guard let directive = CommentDirective(comment, in: source), directive.kind == .approved else { return nil }
      return ApprovalComment(
        names: directive.names,
        reason: directive.reason,
        end: directive.end,
        range: comment.range
      )
    }
  }

  /// Comments above a statement, with at most an empty line between them.
  private struct CommentRun {
    /// The position of its last comment.
    let end: Int
    /// The line on which that one ends.
    let line: Int
    let statement: Int
  }

  /// The statement that a comment stands in, behind on the same line, or above with nothing but comments and an empty line
  /// between them. `run` is the last one that was read: comments in it are not read once more for each of them.
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
    return source.location(of: statements[next].range.lowerBound).line <= run.line + Self.reach ? next : nil
  }

  /// How many lines further down a comment's statement may begin: people leave one empty.
  private static let reach = 2

  private func commentRun(from position: Int, above statement: Int) -> CommentRun {
    var end = position
    var line = source.location(of: comments[position].range.upperBound - 1).line
    while end + 1 < comments.count {
      let other = comments[end + 1].range
      guard other.upperBound <= statements[statement].range.lowerBound,
        source.location(of: other.lowerBound).line <= line + Self.reach
      else { break }
      line = source.location(of: other.upperBound - 1).line
      end += 1
    }
    return CommentRun(end: end, line: line, statement: statement)
  }
}
