import Analysis

struct VersionGap: Rule {
  let id = "version-gap"
  let summary = "A number is missing between two migrations that are counted up."
  let risk = Risk.low
  let explanation = """
    The versions count up by one, and here some are missing. Perhaps a file was not added to the commit, or is still on \
    another branch: once it comes, it comes behind migrations that have run, and most runners then refuse it or leave it \
    out without a word.
    """
  let alternative = """
    -- 000011_a.up.sql, 000013_b.up.sql become 000011_a.up.sql, 000012_b.up.sql
    """
  let reference = "https://www.postgresql.org/docs/current/sql-createtable.html"
  let examples: [RuleExample] = []

  func check(_ place: HistoryPlace) -> [Finding] {
    guard place.migration.standing.isToRun, place.history.countsUp, let own = place.migration.number,
      let previous = place.history.migrations[..<place.index].compactMap(\.up.number).last, own > previous + 1
    else { return [] }
    return [place.finding(self, .missing(previous + 1, own - 1, before: place.migration))]
  }
}

extension Migration {
  fileprivate var number: UInt64? { version.flatMap { UInt64($0) } }
}

extension History {
  /// Whether the versions are numbers, most of them one more than the one before: no dates, and no gaps on purpose.
  fileprivate var countsUp: Bool {
    guard origin?.equalVersions != nil || origin?.lateVersions != nil else { return false }
    let numbers = migrations.compactMap { $0.up.version.flatMap { UInt64($0) } }
    let steps = zip(numbers, numbers.dropFirst()).count { $1 == $0 + 1 }
    return numbers.count > 2 && steps * 2 >= numbers.count
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
    return "\(what) before this migration: if that comes yet, it comes behind what has run"
  }
}
