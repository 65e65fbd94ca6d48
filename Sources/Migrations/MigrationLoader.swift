import Linting
import PostgresParser
import Syntax
import Threading

/// Reads files and folders as the histories that they hold.
package struct MigrationLoader: Sendable {
  /// How many of the files are read.
  package struct Progress: Hashable, Sendable {
    package let done: Int
    package let total: Int
  }

  private let runner: Runner?
  private let exclusions: Exclusions
  private let start: Start?
  private let system: ContinuousIntegration
  private let usualMode: Migration.TransactionMode?
  private let limits: Limits

  /// `runner` is `nil` where the names of the files tell; `start` where all migrations are reported; `usualMode` where the
  /// runner sends files as it does without settings of its own.
  package init(
    runner: Runner? = nil,
    exclusions: Exclusions,
    start: Start? = nil,
    system: ContinuousIntegration = ContinuousIntegration(),
    usualMode: Migration.TransactionMode? = nil,
    limits: Limits = Limits()
  ) {
    self.runner = runner
    self.limits = limits
    self.exclusions = exclusions
    self.start = start
    self.system = system
    self.usualMode = usualMode
  }

  /// The histories of what was given. A file of a history brings the ones before it along, unreported. A file that
  /// cannot be read is a migration that says so.
  /// `progress` is called from several threads, after each file.
  package func load(
    _ sources: [MigrationSource],
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) throws(LoadingFailure) -> [History] {
    let plans = try Discovery.plans(for: sources, runner: runner, exclusions: exclusions, start: start, system: system)
    let count = plans.reduce(0) { $0 + $1.files.count }
    guard count <= limits.files else { throw LoadingFailure(problems: [.overLimit(.files, limits)]) }
    let files = plans.flatMap { plan in
      let inclusions =
        plan.runner.definition.usesPsql ? Inclusions(of: RawPath(plan.folder), limits: limits, scripts: count) : nil
      return plan.files.map { (file: $0, plan: plan, inclusions: inclusions) }
    }
    let counter = Counter()
    let budget = LoadingBudget(limits)
    var migrations = WorkerThreads.map(files.count) { index in
      let (file, plan, inclusions) = files[index]
      FaultReport.note(file: file.path.text)
      let parts = MigrationFile(file, of: plan, usualMode: usualMode, inclusions: inclusions, budget: budget)
        .migrations()
      progress(Progress(done: counter.next(), total: files.count))
      return parts
    }[...]
    if let name = budget.exceeded { throw LoadingFailure(problems: [.overLimit(name, limits)]) }
    let histories = plans.map { $0.history(takingFrom: &migrations) }
      .withoutIncluded(from: FileSystem.workingFolder())
    if let runner, start == nil, histories.allSatisfy(\.isEmpty) {
      throw LoadingFailure(problems: [.nothingToRun(runner: runner.rawValue)])
    }
    guard case .version(let version)? = start else { return histories }
    // Text that nobody said the place of is after no version.
    let isNameless = sources.allSatisfy { $0.content != nil && !$0.path.name.isSQLFileName }
    return isNameless ? histories : try histories.since(version)
  }
}

extension HistoryPlan {
  /// All files that are read, in the order in which ``history(takingFrom:)`` wants their migrations.
  fileprivate var files: [File] {
    pairs.flatMap { [$0.up] + ($0.down.map { [$0] } ?? []) } + orphanedDowns
  }

  fileprivate func history(takingFrom migrations: inout ArraySlice<[Migration]>) -> History {
    var paired: [MigrationPair] = []
    var orphans: [Migration] = []
    for pair in pairs {
      let parts = migrations.removeFirst()
      let downFile = pair.down == nil ? nil : migrations.removeFirst().first
      let (own, left) = Self.pairs(of: parts, downFile)
      paired += own
      orphans += left
    }
    orphans += orphanedDowns.flatMap { _ in migrations.removeFirst() }
    return History(
      migrations: paired,
      orphanedDowns: orphans,
      misnamed: misnamed.map { $0.file.misnamed(because: $0.reason, runner) }
        + refused.map { $0.folder.refused(because: $0.reason, runner) },
      ignored: ignored,
      origin: History.Origin(
        folder: folder,
        runner: runner.rawValue,
        evidence: evidence,
        equalVersions: runner.definition.equalVersions,
        lateVersions: lateVersions,
        highestVersion: highestVersion,
        joinsMigrations: runner.definition.joinsMigrations,
        tablesOfRunners: AllRunners.tables
      ),
      hasDownMigrations: hasDowns || paired.contains { $0.down != nil },
      isBatch: branch != nil
    )
  }

  /// A down section belongs to the up section of its version; of several, each to its own. A script
  /// may hold nothing but down migrations, which are left over.
  private static func pairs(
    of parts: [Migration],
    _ downFile: Migration?
  ) -> (pairs: [MigrationPair], left: [Migration]) {
    let ups = parts.filter { $0.direction == .up }
    let downs = parts.filter { $0.direction == .down }
    // Of each name the positions of the down sections, the first one last.
    var free = Dictionary(grouping: downs.indices.reversed()) { SectionName(downs[$0]) }
    let pairs = ups.enumerated().map { position, up in
      let own = free[SectionName(up)]?.popLast().map { downs[$0] }
      return MigrationPair(up: up, down: position == ups.count - 1 ? own ?? downFile : own)
    }
    return (pairs, free.values.flatMap(\.self).sorted().map { downs[$0] })
  }

  /// What the up and the down section of a migration share.
  private struct SectionName: Hashable {
    let version: String?
    let name: String

    init(_ section: Migration) {
      version = section.version
      name = section.name
    }
  }
}

extension HistoryPlan.File {
  /// A file that the runner leaves out; of its text only what it allows counts.
  fileprivate func misnamed(because reason: String, _ runner: Runner) -> Migration {
    let bytes = content ?? (unreadable == nil ? try? FileSystem.read(path) : nil) ?? []
    let source = (try? SourceText.decode(path: path.text, bytes: bytes)) ?? SourceText(path: path.text, utf8: [])
    return Migration(
      path: path.text,
      version: nil,
      name: name.name,
      direction: .up,
      runner: runner.rawValue,
      transactionMode: .implicit,
      script: Script(source: source, statements: [], comments: source.comments()),
      isReported: isReported,
      status: .misnamed(reason: reason)
    )
  }
}

extension HistoryPlan.File {
  /// A folder that is not read.
  fileprivate func refused(because reason: String, _ runner: Runner) -> Migration {
    Migration(
      path: path.text,
      version: nil,
      name: name.name,
      direction: .up,
      runner: runner.rawValue,
      transactionMode: .implicit,
      script: .empty(path.text),
      unreadable: reason,
      isReported: true
    )
  }
}

extension [History] {
  /// Only what is after a version; where there are several histories, those that do not have it are reported whole.
  fileprivate func since(_ version: String) throws(LoadingFailure) -> [History] {
    let begun = map { $0.since(version) }
    guard begun.contains(where: { $0 != nil }) else {
      let versions = flatMap(\.migrations).map { $0.up.version ?? $0.up.name }
      throw LoadingFailure(problems: [.unknownVersion(version, last: versions.last)])
    }
    return zip(self, begun).map { $1 ?? $0 }
  }
}

extension FileSystem.ReadingFailure {
  /// For people: what is wrong, and the way out.
  package var message: String {
    switch self {
    case .refused(let failure) where failure.isMissing:
      "the file does not exist, or is a broken link"
    case .refused(let failure):
      "the file cannot be read: \(failure.message)"
    case .special(let kind):
      "it is \(kind), not a file; to check what comes through it, give it on standard input and `-` as the path"
    case .folder:
      "it is a folder, not a file"
    case .tooLarge(let bytes):
      "the file has \(bytes) bytes, more than the \(SourceText.maximumSize) that are read; split it, or leave it out "
        + "with `exclude`"
    }
  }
}
