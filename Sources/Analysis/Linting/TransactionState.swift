import Syntax

/// The transaction that a statement runs in.
package struct TransactionState: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// A transaction of the statement's own.
    case own
    /// The simple query that holds several statements.
    case implicit
    /// The runner's own BEGIN and COMMIT.
    case wrapped
    /// A BEGIN in the text, at this position in the script.
    case explicit(statement: Int)
  }

  /// A lock that an earlier statement of the transaction took and that is still held.
  package struct HeldLock: Hashable, Sendable {
    package let mode: LockMode
    /// The position in the script of the statement that took it.
    package let statement: Int
    package let existed: Bool

    package init(mode: LockMode, statement: Int, existed: Bool) {
      self.mode = mode
      self.statement = statement
      self.existed = existed
    }
  }

  package var kind: Kind
  /// Counts the transactions of a script from 1.
  package var number: Int
  package var heldLocks: [QualifiedName: HeldLock]

  package init(kind: Kind, number: Int, heldLocks: [QualifiedName: HeldLock] = [:]) {
    self.kind = kind
    self.number = number
    self.heldLocks = heldLocks
  }

  /// The locks on relations that others use and that stop schema changes at least, in the order in which they were taken.
  package var feltLocks: [(relation: QualifiedName, lock: HeldLock)] {
    heldLocks.filter { $1.existed && $1.mode >= .shareUpdateExclusive }
      .sorted { ($0.value.statement, $0.key) < ($1.value.statement, $1.key) }
      .map { ($0.key, $0.value) }
  }

  /// Whether PostgreSQL refuses commands that cannot run inside a transaction block.
  package var isBlock: Bool { kind != .own }
}
