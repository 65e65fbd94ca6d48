import Linting

struct VersionGap: HistoryRule {
  let id = "version-gap"
  let summary = "A number is missing between two consecutive migrations."
  let risk = Risk.low
  let explanation = """
    The versions count up by one, and here some are missing. Perhaps a file was not added to the commit, or is still on \
    another branch: when it is added, later migrations have already run, and most runners then refuse it or silently skip \
    it.
    """
  let alternative = """
    -- 000011_a.up.sql, 000013_b.up.sql become 000011_a.up.sql, 000012_b.up.sql
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-alter.html"
  let examples: [RuleExample] = []

  func check(_ context: HistoryContext) -> [Finding] {
    let origin = context.history.origin
    guard origin?.equalVersions != nil || origin?.lateVersions != nil, context.history.versions.countUp,
      context.migration.status.isToRun, let own = context.migration.number,
      let previous = context.history.migrations[..<context.index].last(where: { $0.up.number != nil })?.up.number,
      own > previous + 1
    else { return [] }
    return [context.finding(self, .missing(previous + 1, own - 1, before: context.migration))]
  }
}

extension Finding.Message {
  fileprivate static func missing(_ first: UInt64, _ last: UInt64, before migration: Migration) -> Self {
    let width = migration.version?.count ?? 0
    func padded(_ number: UInt64) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let what =
      first == last ? "version \(padded(first)) is missing" : "versions \(padded(first)) to \(padded(last)) are missing"
    return "\(what) before this migration: what is added there later runs out of order, or not at all"
  }
}
