import Catalog
import Execution
import Linting
import Syntax

/// Who waits for what while a transaction runs: a bar for each relation that it locks, over its statements.
struct LockChart {
  /// More than anyone reads; the rest is counted.
  private static let most = 24

  /// The positions of the transaction's statements in the script.
  let statements: [Int]
  /// By their places in ``statements``: those that read or write many rows, so that others wait long.
  let longStatements: [Int]
  let bars: [Bar]
  /// The relations without a bar.
  let others: Int
  /// The relations that each statement locks anew, or more strongly than the ones before it, by its place.
  let taken: [Int: Set<QualifiedName>]

  struct Bar {
    let relation: QualifiedName
    /// One after the other, each stronger than the one before; the last one lasts to the end.
    let segments: [Segment]
  }

  struct Segment {
    /// From this place in ``LockChart/statements``.
    let start: Int
    let mode: LockMode
  }

  /// `members` are the positions of the transaction's statements; `nil` where nobody waits.
  init?(of transaction: TransactionState, statements members: [Int], in migration: MigrationReport) {
    // An index is locked along with its table, which says all that people need.
    let indexes = members.reduce(into: Set<QualifiedName>()) { indexes, member in
      for effect in migration.statements[member].effects.relations where effect.kind == .index {
        indexes.insert(effect.relation)
      }
    }
    let held = transaction.heldLocks.all.filter { !indexes.contains($0.relation) }
    guard !members.isEmpty, !held.isEmpty else { return nil }
    let source = migration.migration.script.source
    statements = members
    longStatements = members.indices.filter { place in
      let report = migration.statements[members[place]]
      let felt = report.effects.visibleToOthers
      return felt.contains { !$0.work.isEmpty } || report.statement.kind.movesData && !felt.isEmpty
    }
    var steps: [QualifiedName: [Segment]] = [:]
    var taken: [Int: Set<QualifiedName>] = [:]
    for (place, member) in members.enumerated() {
      for effect in migration.statements[member].effects.visibleToOthers where effect.lock >= .shareUpdateExclusive {
        if let last = steps[effect.relation]?.last, last.mode >= effect.lock { continue }
        taken[place, default: []].insert(effect.relation)
        steps[effect.relation, default: []].append(Segment(start: place, mode: effect.lock))
      }
    }
    bars = held.prefix(Self.most).map { lock in
      var segments = steps[lock.relation] ?? []
      // A lock from an earlier migration, or one that was taken under another name.
      if segments.last.map({ $0.mode < lock.mode }) ?? true {
        let line = lock.place.line
        let place = members.lastIndex { member in
          let (file, range) = source.file(of: migration.statements[member].statement.range)
          return file.path == lock.place.path && file.location(of: range.lowerBound).line <= line
        }
        segments = [Segment(start: place ?? 0, mode: lock.mode)]
      }
      return Bar(relation: lock.relation, segments: segments)
    }
    others = held.count - bars.count
    self.taken = taken
  }

  /// The stretches of long statements from a place on, as few as a bar can show.
  func longStretches(from start: Int) -> [Range<Int>] {
    var stretches: [Range<Int>] = []
    for place in longStatements where place >= start {
      if let last = stretches.last, last.upperBound == place {
        stretches[stretches.count - 1] = last.lowerBound..<place + 1
      } else if stretches.count < 200 {
        stretches.append(place..<place + 1)
      }
    }
    return stretches
  }

  /// The end of a segment of a bar: the place behind its last statement.
  func end(of index: Int, in bar: Bar) -> Int {
    index + 1 < bar.segments.count ? bar.segments[index + 1].start : statements.count
  }
}

extension LockMode {
  /// Who waits, as the subject of a sentence: `reads, writes and schema changes`; `nil` where nobody does.
  var waiting: String? {
    let activities = blocks.map(\.rawValue)
    guard let last = activities.last else { return nil }
    return activities.count > 1 ? "\(activities.dropLast().joined(separator: ", ")) and \(last)" : last
  }

  /// The class of what shows the lock: by what it blocks.
  var className: StaticString {
    if blocks.contains(.reads) { return "k3" }
    if blocks.contains(.writes) { return "k2" }
    return blocks.isEmpty ? "k0" : "k1"
  }
}
