/// How dangerous a statement or a migration is; what each level means is in ``Policy``.
package enum Risk: String, CaseIterable, Comparable, Hashable, Sendable {
  case low, medium, high, critical

  package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .low: 0
    case .medium: 1
    case .high: 2
    case .critical: 3
    }
  }
}

/// Which step of expand → migrate → contract a statement belongs to.
package enum Phase: String, CaseIterable, Hashable, Sendable {
  /// Adds what new code needs; old code works on.
  case expand
  /// Moves data.
  case migrate
  /// Takes away what old code used.
  case contract
}
