import Catalog
import Execution

/// How fast the project's server works, in bytes of a table a second.
package struct WorkRates: Hashable, Sendable {
  package var bytesPerSecond: [Work: Int]

  package init(bytesPerSecond: [Work: Int] = [:]) { self.bytesPerSecond = bytesPerSecond }

  /// How long the work on tables takes, as far as they were measured; `nil` where nothing is known.
  func seconds(for effects: StatementEffects, sizes: TableSizes) -> Double? {
    if bytesPerSecond.isEmpty { return nil }
    var total: Double?
    for effect in effects.relations where !effect.work.isEmpty && effect.existed {
      guard let bytes = sizes[effect.relation]?.bytes else { continue }
      for (work, count) in effect.passes {
        guard let rate = bytesPerSecond[work], rate > 0 else { continue }
        total = (total ?? 0) + Double(count) * Double(bytes) / Double(rate)
      }
    }
    return total
  }
}

extension Effect {
  /// How often the rows are gone through, by the kind of work. One pass rewrites and scans for all that asks for it; each
  /// index and each foreign key has a pass of its own.
  fileprivate var passes: [Work: Int] {
    var passes: [Work: Int] = [:]
    for item in work {
      switch item.work {
      case .indexBuild, .foreignKeyValidation: passes[item.work, default: 0] += 1
      case .rewrite, .scan: passes[item.work] = 1
      }
    }
    // A rewrite goes over all of the bytes, those of the indexes too.
    if passes[.rewrite] != nil { (passes[.scan], passes[.indexBuild]) = (nil, nil) }
    return passes
  }
}
