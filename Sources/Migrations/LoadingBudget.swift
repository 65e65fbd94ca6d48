import Synchronization
import Syntax

/// What the files of a run may take together. Several threads draw on it; whether it is enough does not depend on their
/// order, because a run that goes beyond ends as a whole.
final class LoadingBudget: Sendable {
  let limits: Limits
  private let bytes = Atomic(0)
  private let statements = Atomic(0)

  init(_ limits: Limits) { self.limits = limits }

  /// Counts a text that is about to be parsed. Returns whether there is room for it.
  func takes(_ source: SourceText) -> Bool {
    let count = source.statementBound
    let isBytesLeft = bytes.wrappingAdd(source.utf8.count, ordering: .relaxed).newValue <= limits.runBytes
    return statements.wrappingAdd(count, ordering: .relaxed).newValue <= limits.statements && isBytesLeft
  }

  /// Counts what a text includes besides its own bytes, which are counted already.
  func takes(_ whole: SourceText, besides source: SourceText) -> Bool {
    guard whole.hasInclusions else { return true }
    let count = max(whole.statementBound - source.statementBound, 0)
    let added = max(whole.utf8.count - source.utf8.count, 0)
    let isBytesLeft = bytes.wrappingAdd(added, ordering: .relaxed).newValue <= limits.runBytes
    return statements.wrappingAdd(count, ordering: .relaxed).newValue <= limits.statements && isBytesLeft
  }

  /// The limit that the run went beyond.
  var exceeded: Limits.Name? {
    if bytes.load(ordering: .relaxed) > limits.runBytes { return .runBytes }
    return statements.load(ordering: .relaxed) > limits.statements ? .statements : nil
  }
}

extension SourceText {
  /// No fewer than the statements that the text holds, and not many more: parsing it to know would take the memory that is
  /// to be kept free.
  fileprivate var statementBound: Int {
    let semicolons = utf8.count { $0 == UInt8(ascii: ";") }
    // Those in strings are told from others only where their number may matter.
    guard semicolons > 10_000 else { return semicolons }
    return Lexer(utf8).reduce(0) { $1.kind == .semicolon ? $0 + 1 : $0 }
  }
}
