import Catalog
import Execution
import Syntax

/// The transaction that a statement runs in.
package struct TransactionState: Sendable {
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

  package var kind: Kind
  /// Counts the transactions of a script from 1.
  package var number: Int
  package private(set) var heldLocks = HeldLocks()

  package init(kind: Kind, number: Int, heldLocks: HeldLocks = HeldLocks()) {
    self.kind = kind
    self.number = number
    self.heldLocks = heldLocks
  }

  /// Whether PostgreSQL refuses commands that cannot run inside a transaction block.
  package var isBlock: Bool { kind != .own }

  /// The same with other locks.
  mutating func hold(_ locks: HeldLocks) { heldLocks = locks }

  /// The statement at a place has run in the transaction: its locks are held from now on.
  mutating func hold(_ effects: StatementEffects, since place: () -> HeldLock.Place) {
    heldLocks.take(effects, at: place)
  }
}

/// A lock that an earlier statement of the transaction took and that is still held.
package struct HeldLock: Hashable, Sendable {
  /// The statement that took it: its file, and its line from 1.
  package struct Place: Hashable, Sendable {
    package let path: String
    package let line: Int

    package init(path: String, line: Int) {
      self.path = path
      self.line = line
    }
  }

  package let relation: QualifiedName
  package let mode: LockMode
  package let place: Place
}

/// The locks that a transaction holds on relations that others use. The weakest ones, which stop nothing but what locks
/// a whole relation, are not among them.
package struct HeldLocks: Sendable {
  private var locks: [QualifiedName: HeldLock] = [:]
  /// In the order in which they were locked first.
  private var relations: [QualifiedName] = []

  package init() {}

  package var isEmpty: Bool { relations.isEmpty }

  /// The strongest lock on a relation, and who took it.
  package subscript(relation: QualifiedName) -> HeldLock? { locks[relation] }

  /// The strongest lock on each relation, in the order in which they were locked first.
  package var all: [HeldLock] { relations.compactMap { locks[$0] } }

  /// The first ones that are at least so strong.
  package func first(_ count: Int, from mode: LockMode) -> [HeldLock] {
    Array(relations.lazy.compactMap { locks[$0] }.filter { $0.mode >= mode }.prefix(count))
  }

  fileprivate mutating func take(_ effects: StatementEffects, at place: () -> HeldLock.Place) {
    for effect in effects.relations where effect.existed && effect.lock >= .shareUpdateExclusive {
      if let held = locks[effect.relation] {
        if held.mode >= effect.lock { continue }
      } else {
        relations.append(effect.relation)
      }
      locks[effect.relation] = HeldLock(relation: effect.relation, mode: effect.lock, place: place())
    }
    // A lock is on the relation, whatever it is called.
    for case .relationRenamed(let old, let name) in effects.breaks {
      let new = QualifiedName(schema: old.schema, name)
      guard let held = locks.removeValue(forKey: old), let index = relations.firstIndex(of: old) else { continue }
      locks[new] = HeldLock(relation: new, mode: held.mode, place: held.place)
      relations[index] = new
    }
  }
}
