import Catalog
import Execution
import Linting
import Syntax

/// What the page tells of a report, worked out once: which file stands where, and what belongs to it.
struct Page {
  let report: Report
  /// One a migration, in the order of the history.
  let entries: [Entry]
  /// The tables and views that migrations touch, by name.
  let tables: [TableLife]
  let counts: ReportCounts
  /// All who must approve something, in the order in which they come.
  let approverNames: [String]
  let approverNumbers: [String: Int]
  /// The first of the newest migrations that are shown in full; of older ones only what is risky is shown, without SQL to
  /// paste, so that a long history opens in a moment.
  let firstInFull: Int
  /// The folder that all files are in, with its slash; empty where they are in several.
  let folder: String

  /// A migration of the page.
  struct Entry {
    /// The position of its report.
    let position: Int
    /// That of its down migration, where that one is not judged for itself.
    var down: Int?
    let decision: Decision
    /// When to deploy it; `nil` where that is all one.
    let order: String?
    /// The positions of the tables that it touches.
    var tables: [Int] = []
  }

  init(_ report: Report) {
    self.report = report
    var entries: [Entry] = []
    for index in report.migrations.indices {
      let migration = report.migrations[index].migration
      let isAttached = migration.direction == .down && !report.policy.directions.contains(.down)
      if isAttached, let last = entries.last, last.down == nil, Self.isPair(last, migration, in: report) {
        entries[entries.count - 1].down = index
        continue
      }
      let verdict = report.migrations[index].verdict(under: report.policy)
      entries.append(Entry(position: index, decision: verdict.decision, order: verdict.orderSentence))
    }
    let lives = TableLives(of: entries.map { report.migrations[$0.position] })
    for (position, life) in lives.sorted.enumerated() {
      for step in life.steps { entries[step.entry].tables.append(position) }
    }
    self.entries = entries
    tables = lives.sorted
    counts = ReportCounts(report)
    var names: [String] = []
    var numbers: [String: Int] = [:]
    for name in entries.flatMap(\.decision.approvers) where numbers[name] == nil {
      numbers[name] = names.count
      names.append(name)
    }
    approverNames = names
    approverNumbers = numbers
    firstInFull = Self.firstInFull(of: entries, in: report)
    folder = Self.folder(of: entries.map { report.migrations[$0.position].migration.path })
  }

  /// The bytes of a statement that are shown; the rest is counted.
  static let mostCode = 4_000
  static let mostCodeInBrief = 200

  /// About as many bytes as migrations in full may take of a page.
  private static let room = 1_300_000

  private static func firstInFull(of entries: [Entry], in report: Report) -> Int {
    var room = Self.room
    for index in entries.indices.reversed() {
      room -= weight(of: report.migrations[entries[index].position])
      if let down = entries[index].down { room -= weight(of: report.migrations[down]) }
      // A deployment is shown in full, however large its files are.
      if room < 0, index < entries.count - 20 { return index + 1 }
    }
    return 0
  }

  /// A guess at the bytes that a migration takes: its SQL, and what is said of it.
  private static func weight(of migration: MigrationReport) -> Int {
    let code = migration.statements.reduce(0) { $0 + min($1.statement.range.count, mostCode) + 300 }
    return migration.findings.reduce(code) { weight, finding in
      weight + 350 + (finding.fix?.migrations.reduce(0) { $0 + $1.utf8.count } ?? 0)
    }
  }

  private static func folder(of paths: [String]) -> String {
    var folders: Set<Substring> = []
    for path in paths {
      folders.insert(path.lastIndex(of: "/").map { path[...$0] } ?? "")
      if folders.count > 1 { return "" }
    }
    return folders.first.map(String.init) ?? ""
  }

  private static func isPair(_ entry: Entry, _ down: Migration, in report: Report) -> Bool {
    let up = report.migrations[entry.position].migration
    return up.direction == .up && up.version == down.version && up.name == down.name
  }

  func migration(_ entry: Entry) -> MigrationReport { report.migrations[entry.position] }

  /// The file, as far as its migration's title does not tell; empty where it does.
  func path(of migration: Migration) -> String {
    let path = String(migration.path.dropFirst(folder.count))
    let usual = [migration.version, migration.name].compactMap(\.self).joined(separator: "_")
    return path == usual + ".up.sql" || path == usual + ".sql" ? "" : path
  }
}

extension Page {
  /// Entries that the timeline shows together: those of a year, where versions are dates.
  struct Period {
    /// Empty where versions are no dates.
    let title: String
    var entries: Range<Int>
  }

  var periods: [Period] {
    var periods: [Period] = []
    for index in entries.indices {
      let title = migration(entries[index]).migration.day.map { String($0.parts.year) } ?? ""
      if let last = periods.last, last.title == title {
        periods[periods.count - 1].entries = last.entries.lowerBound..<index + 1
      } else {
        periods.append(Period(title: title, entries: index..<index + 1))
      }
    }
    // Names that begin like dates by chance.
    return periods.count > 60 ? [Period(title: "", entries: entries.indices)] : periods
  }
}

extension MigrationReport {
  /// The file's name without its folder and what all such files end in.
  var title: String {
    let migration = migration
    let number = migration.version.map { "\($0) " } ?? ""
    return migration.name.isEmpty && number.isEmpty ? migration.path : number + migration.name
  }
}

extension Risk {
  /// As a heading has it.
  package var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

  /// The class of elements of this risk, and its number for scripts.
  var number: Int {
    switch self {
    case .low: 0
    case .medium: 1
    case .high: 2
    case .critical: 3
    }
  }

  package var className: StaticString {
    switch self {
    case .low: "r0"
    case .medium: "r1"
    case .high: "r2"
    case .critical: "r3"
    }
  }
}
