/// A table-level lock, from the weakest to the strongest.
///
/// Source: PostgreSQL's manual, "Explicit Locking", table "Conflicting Lock Modes"; the test holds it against a live
/// server.
package enum LockMode: Int, CaseIterable, Comparable, Hashable, Sendable {
  case accessShare = 1
  case rowShare
  case rowExclusive
  case shareUpdateExclusive
  case share
  case shareRowExclusive
  case exclusive
  case accessExclusive

  /// PostgreSQL's own name, such as `ACCESS EXCLUSIVE`.
  package var name: String {
    switch self {
    case .accessShare: "ACCESS SHARE"
    case .rowShare: "ROW SHARE"
    case .rowExclusive: "ROW EXCLUSIVE"
    case .shareUpdateExclusive: "SHARE UPDATE EXCLUSIVE"
    case .share: "SHARE"
    case .shareRowExclusive: "SHARE ROW EXCLUSIVE"
    case .exclusive: "EXCLUSIVE"
    case .accessExclusive: "ACCESS EXCLUSIVE"
    }
  }

  /// The mode that a text names, as in `LOCK TABLE … IN name MODE`.
  package init?(name: String) {
    guard let mode = Self.allCases.first(where: { $0.name == name.uppercased() }) else { return nil }
    self = mode
  }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// Whether a session that wants `other` waits for one that holds this mode; the relation is symmetric.
  package func conflicts(with other: Self) -> Bool {
    switch self {
    case .accessShare: other == .accessExclusive
    case .rowShare: other >= .exclusive
    case .rowExclusive: other >= .share
    case .shareUpdateExclusive: other >= .shareUpdateExclusive
    case .share: other != .accessShare && other != .rowShare && other != .share
    case .shareRowExclusive: other >= .rowExclusive
    case .exclusive: other >= .rowShare
    case .accessExclusive: true
    }
  }

  /// What other sessions cannot do while this lock is held.
  package var blocks: [Activity] {
    Activity.allCases.filter { conflicts(with: $0.lock) }
  }

  /// What other sessions do with a table, in the words of reports.
  package enum Activity: String, CaseIterable, Hashable, Sendable {
    case reads
    case writes
    case schemaChanges = "schema changes"

    /// The lock that the activity takes: SELECT, INSERT and its kin, and most of ALTER TABLE.
    package var lock: LockMode {
      switch self {
      case .reads: .accessShare
      case .writes: .rowExclusive
      case .schemaChanges: .accessExclusive
      }
    }
  }
}
