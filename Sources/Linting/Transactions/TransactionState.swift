import Catalog
import Execution
import HashTreeCollections
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
  /// The statement that PostgreSQL refused in it: none behind it runs.
  package var failedStatement: Int?

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
  /// By their numbers, in the order in which the relations were locked first. Each savepoint keeps a copy, which shares
  /// all that neither side writes afterwards.
  private var locks: TreeDictionary<Int, HeldLock> = [:]
  private var numbers: TreeDictionary<QualifiedName, Int> = [:]
  /// The numbers of the ``first``, in their order.
  private var firstNumbers: [Int] = []

  package init() {}

  package var isEmpty: Bool { locks.isEmpty }

  /// The strongest lock on a relation, and who took it.
  package subscript(relation: QualifiedName) -> HeldLock? { numbers[relation].flatMap { locks[$0] } }

  /// The strongest lock on each relation, in the order in which they were locked first.
  package var all: [HeldLock] { (0..<locks.count).compactMap { locks[$0] } }

  /// The first few that stop writes at least; whoever waits for an index or a sequence is told by
  /// its table.
  package var first: [HeldLock] { firstNumbers.compactMap { locks[$0] } }

  private static let firstCount = 4

  fileprivate mutating func take(_ effects: StatementEffects, at place: () -> HeldLock.Place) {
    for effect in effects.relations where effect.isWaitedFor && effect.lock >= .shareUpdateExclusive {
      let held = self[effect.relation]
      if let held, held.mode >= effect.lock { continue }
      let number = numbers[effect.relation] ?? locks.count
      numbers[effect.relation] = number
      locks[number] = HeldLock(relation: effect.relation, mode: effect.lock, place: place())
      if effect.lock >= .share, ![.index, .sequence].contains(effect.kind), held.map({ $0.mode < .share }) ?? true {
        noteFirst(number)
      }
    }
    // A lock is on the relation, whatever it is called.
    for case .relationRenamed(let old, let new) in effects.breaks {
      guard let number = numbers.removeValue(forKey: old), let held = locks[number] else { continue }
      numbers[new] = number
      locks[number] = HeldLock(relation: new, mode: held.mode, place: held.place)
    }
  }

  /// Locks never weaken, so that what is beyond the first few stays there.
  private mutating func noteFirst(_ number: Int) {
    firstNumbers = Array((firstNumbers + [number]).sorted().prefix(Self.firstCount))
  }
}
