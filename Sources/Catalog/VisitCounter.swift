#if DEBUG
  import Synchronization

  /// How many objects of a catalog are touched: each by a look-up or a write, all of a kind by an enumeration.
  ///
  /// It tells, without a clock, whether the cost of a statement grows with what has nothing to do with it. Release builds
  /// have none.
  @usableFromInline
  package final class VisitCounter: Sendable {
    private let visits = Mutex(0)

    package init() {}

    package var count: Int { visits.withLock { $0 } }

    @usableFromInline
    func add(_ count: Int) { visits.withLock { $0 += count } }
  }

  extension Catalog {
    package mutating func countVisits(with counter: VisitCounter) {
      tables.visits = counter
      indexes.visits = counter
      views.visits = counter
      sequences.visits = counter
      types.visits = counter
      functions.visits = counter
      statistics.visits = counter
    }
  }
#endif
