import Analysis
import PostgresParser
import Syntax

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
  private let usualMode: Migration.TransactionMode?

  /// `runner` is `nil` where the names of the files tell; `start` where all migrations are reported; `usualMode` where the
  /// runner sends files as it does without settings of its own.
  package init(
    runner: Runner? = nil,
    exclusions: Exclusions,
    start: Start? = nil,
    usualMode: Migration.TransactionMode? = nil
  ) {
    self.runner = runner
    self.exclusions = exclusions
    self.start = start
    self.usualMode = usualMode
  }

  /// The histories of what was given. A file of a history brings the ones before it along, unreported. A file that
  /// cannot be read is a migration that says so.
  /// `progress` is called from several threads, after each file.
  package func load(
    _ sources: [MigrationSource],
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) throws(LoadingFailure) -> [History] {
    let plans = try Discovery.plans(for: sources, runner: runner, exclusions: exclusions, start: start)
    let files = plans.flatMap { plan in plan.files.map { (file: $0, plan: plan) } }
    let counter = Counter()
    var migrations = WorkerThreads.map(files.count) { index in
      let parts = load(files[index].file, of: files[index].plan)
      progress(Progress(done: counter.next(), total: files.count))
      return parts
    }[...]
    let histories = plans.map { $0.history(takingFrom: &migrations) }
      .withoutIncluded(from: FileSystem.workingFolder())
    if let runner, start == nil, histories.allSatisfy(\.isEmpty) {
      throw LoadingFailure(problems: [.nothingToRun(runner: runner.rawValue)])
    }
    guard case .version(let version)? = start else { return histories }
    // Text that nobody said the place of is behind no version.
    let isNameless = sources.allSatisfy { $0.content != nil && !$0.path.name.isSQLFileName }
    return isNameless ? histories : try histories.since(version)
  }

  /// The migrations of a file: one, or a part for each that the runner finds in it.
  private func load(_ file: HistoryPlan.File, of plan: HistoryPlan) -> [Migration] {
    let runner = plan.runner
    let standings = SectionStandings(of: file, runner, branch: plan.branch)
    let source: SourceText
    do throws(Unreadable) {
      source = try read(file)
    } catch {
      let script = Script.empty(file.path.text)
      let standing = standings.standing(of: file.name.key, file.name.direction, text: [])
      return [migration(file, of: runner, script, standing, unreadable: error.reason)]
    }
    if runner.definition.sendsByteOrderMarks, hasByteOrderMark(file) {
      let reason =
        "it begins with a byte order mark, which \(runner.rawValue) sends to the server as it is: PostgreSQL "
        + "refuses the file; save it as UTF-8 without the mark"
      let standing = standings.standing(of: file.name.key, file.name.direction, text: source.utf8)
      return [migration(file, of: runner, .empty(file.path.text), standing, unreadable: reason)]
    }
    let text = MarkedText(source.utf8)
    let mode = runner.definition.transactionMode(besides: file.path)
    let sections = runner.definition.sections(of: text, named: file.name)
    let present = sections.map { section in
      let masked = text.masked(to: section)
      let standing = standings.standing(
        of: section.identity(in: file),
        section.direction,
        text: masked,
        isRepeatable: section.isRepeatable
      )
      if runner.definition.usesPsql, masked == source.utf8 {
        let inclusions = Inclusions(of: RawPath(plan.folder))
        let script = PostgresParser.parse(inclusions.expand(source))
        return migration(file, of: runner, script, standing, section, mode, unread: inclusions.failures(in: script))
      }
      let script = PostgresParser.parse(masked == source.utf8 ? source : SourceText(path: source.path, utf8: masked))
      let refusing = runner.definition.usesPsql ? script : script.refusingPsqlCommands(sentBy: runner)
      let isOnlyUp = section.direction == .up && sections.count { $0.direction == .up } == 1
      let head = isOnlyUp ? source.comments().filter { $0.range.upperBound <= section.start } : []
      return migration(file, of: runner, refusing.showing(source, head), standing, section, mode)
    }
    let deleted = standings.deleted(besides: Set(sections.map { $0.identity(in: file) })).map { part in
      let script = PostgresParser.parse(SourceText(path: source.path, utf8: part.text))
      return migration(file, of: runner, script, part.standing, part.section, mode)
    }
    let stray = text.stray(outside: sections.flatMap(\.allRanges))
    guard !runner.definition.leavesOutText, let place = stray ?? (sections.isEmpty ? 0..<0 : nil) else {
      return present + deleted
    }
    let what = stray == nil ? "the file has" : "this stands in"
    let reason = "\(runner.rawValue) does not run this or stops at it: \(what) no part that leads up or down"
    return migrations(present + deleted, of: file, runner, source, lacking: .init(range: place, reason: reason))
  }

  /// The same with what of the file no migration holds.
  private func migrations(
    _ migrations: [Migration],
    of file: HistoryPlan.File,
    _ runner: Runner,
    _ source: SourceText,
    lacking part: Migration.UnreadPart
  ) -> [Migration] {
    guard let first = migrations.first(where: { $0.direction == .up }) else {
      let script = Script(source: source, statements: [], comments: source.comments())
      let standing = SectionStandings(of: file, runner, branch: nil).standing(of: "", .down, text: [])
      return [migration(file, of: runner, script, standing, unread: [part])] + migrations
    }
    return migrations.map { $0.identity == first.identity && $0.direction == .up ? $0.lacking(part) : $0 }
  }

  private func migration(
    _ file: HistoryPlan.File,
    of runner: Runner,
    _ script: Script,
    _ standing: Migration.Standing,
    _ section: Section? = nil,
    _ modeBesides: Migration.TransactionMode? = nil,
    unread: [Migration.UnreadPart] = [],
    unreadable: String? = nil
  ) -> Migration {
    let sending = modeBesides.map { Sending(mode: $0) } ?? runner.definition.sending(of: script)
    var mode = sending?.mode ?? section?.transactionMode ?? runner.definition.usualMode
    // Files that leave the runner's usual way do so whatever that is.
    if let usualMode, mode == runner.definition.usualMode { mode = usualMode }
    let isOneQuery = mode == .wrapped && runner.definition.sendsSectionsWhole
    let pieces = runner.definition.usesPsql ? script.queriesOfPsql : script.statements(in: section?.queries ?? [])
    return Migration(
      path: file.path.text,
      version: section?.version ?? file.name.version,
      name: file.name.name,
      direction: section?.direction ?? file.name.direction,
      runner: runner.rawValue,
      transactionMode: mode,
      script: script,
      queries: isOneQuery ? [script.statements.indices] : pieces,
      refusal: sending?.refusal,
      unreadable: unreadable,
      unreadParts: unread,
      isReported: file.isReported && standing != .released,
      identity: section?.identity(in: file) ?? file.name.key,
      standing: standing,
      isRepeatable: file.name.isRepeatable || section?.isRepeatable == true
    )
  }

  private struct Unreadable: Error {
    let reason: String
  }

  /// Of UTF-8, or of UTF-16 in either order.
  private func hasByteOrderMark(_ file: HistoryPlan.File) -> Bool {
    let bytes = file.content ?? (try? FileSystem.read(file.path)) ?? []
    return [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]].contains { bytes.starts(with: $0 as [UInt8]) }
  }

  private func read(_ file: HistoryPlan.File) throws(Unreadable) -> SourceText {
    let bytes: [UInt8]
    do throws(FileSystem.ReadingFailure) {
      bytes = if let content = file.content { content } else { try FileSystem.read(file.path) }
    } catch {
      throw Unreadable(reason: error.message)
    }
    do throws(DecodingFailure) {
      return try SourceText.decode(path: file.path.text, bytes: bytes)
    } catch {
      throw Unreadable(reason: error.message)
    }
  }
}

extension Script {
  /// The same with the text as people wrote it; each byte that was read stands at its place.
  /// `head` are comments above it, which are about the file.
  fileprivate func showing(_ source: SourceText, _ head: [Comment] = []) -> Script {
    Script(source: source, statements: statements, comments: head + comments, errors: errors, passages: passages)
  }

  fileprivate static func empty(_ path: String) -> Script {
    Script(source: SourceText(path: path, utf8: []), statements: [])
  }

  /// The positions of the statements that start in each of some ranges of bytes, which come in order.
  fileprivate func statements(in ranges: [Range<Int>]) -> [Range<Int>] {
    var next = statements.startIndex
    return ranges.map { range in
      let start = statements[next...].firstIndex { $0.range.lowerBound >= range.lowerBound } ?? statements.endIndex
      next = statements[start...].firstIndex { $0.range.lowerBound >= range.upperBound } ?? statements.endIndex
      return start..<next
    }
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
      misnamed: misnamed.map { $0.file.misnamed(because: $0.reason, runner) },
      ignored: ignored,
      origin: History.Origin(
        folder: folder,
        runner: runner.rawValue,
        evidence: evidence,
        equalVersions: runner.definition.equalVersions,
        lateVersions: lateVersions,
        joinsMigrations: runner.definition.joinsMigrations
      ),
      hasWaysBack: hasDowns || paired.contains { $0.down != nil },
      isBatch: branch != nil
    )
  }

  /// A part that leads down belongs to the part of its version that leads up; of several, each to its own. A script
  /// may hold nothing but ways back, which are left over.
  private static func pairs(
    of parts: [Migration],
    _ downFile: Migration?
  ) -> (pairs: [MigrationPair], left: [Migration]) {
    let ups = parts.filter { $0.direction == .up }
    var downs = parts.filter { $0.direction == .down }
    let pairs = ups.enumerated().map { position, up in
      let own = downs.firstIndex { $0.version == up.version && $0.name == up.name }.map { downs.remove(at: $0) }
      return MigrationPair(up: up, down: position == ups.count - 1 ? own ?? downFile : own)
    }
    return (pairs, downs)
  }
}

extension HistoryPlan.File {
  /// A file that the runner leaves out; of its text only what it allows counts.
  fileprivate func misnamed(because reason: String, _ runner: Runner) -> Migration {
    let bytes = content ?? (try? FileSystem.read(path)) ?? []
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
      standing: .misnamed(reason: reason)
    )
  }
}

extension [History] {
  /// Only what is behind a version; where there are several histories, those that do not have it are reported whole.
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
      "the file does not exist, or is a link that leads nowhere"
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
