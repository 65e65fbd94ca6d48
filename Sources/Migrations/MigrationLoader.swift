import Analysis
import Syntax

/// Reads files and folders as the histories that they hold.
package struct MigrationLoader: Sendable {
  /// What became of a file's bytes.
  package enum Reading: Sendable {
    case script(Script)
    /// Why it is no text that PostgreSQL's parser can read, and the way out.
    case unreadable(String)
  }

  /// How many of the files are read.
  package struct Progress: Hashable, Sendable {
    package let done: Int
    package let total: Int
  }

  private let runner: Runner?
  private let exclusions: Exclusions
  private let read: @Sendable (_ path: String, _ bytes: [UInt8]) -> Reading

  /// A loader that decodes and parses with `read`. `runner` is `nil` where the names of the files tell.
  package init(
    runner: Runner? = nil,
    exclusions: Exclusions,
    read: @escaping @Sendable (_ path: String, _ bytes: [UInt8]) -> Reading
  ) {
    self.runner = runner
    self.exclusions = exclusions
    self.read = read
  }

  /// The histories of what was given. A file of a history brings the ones before it along, unreported. A file that
  /// cannot be read is a migration that says so.
  /// `progress` is called from several threads, after each file.
  package func load(
    _ sources: [MigrationSource],
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) throws(LoadingFailure) -> [History] {
    let plans = try Discovery.plans(for: sources, runner: runner, exclusions: exclusions)
    let files = plans.flatMap { plan in plan.files.map { (file: $0, runner: plan.runner) } }
    let counter = Counter()
    var migrations = WorkerThreads.map(files.count) { index in
      let migration = load(files[index].file, of: files[index].runner)
      progress(Progress(done: counter.next(), total: files.count))
      return migration
    }[...]
    return plans.map { $0.history(takingFrom: &migrations) }
  }

  private func load(_ file: HistoryPlan.File, of runner: Runner) -> Migration {
    let path = file.path.text
    let reading: Reading
    do throws(FileSystem.ReadingFailure) {
      let bytes = if let content = file.content { content } else { try FileSystem.read(file.path) }
      reading = read(path, bytes)
    } catch {
      reading = .unreadable(error.message)
    }
    let script: Script
    var unreadable: String?
    switch reading {
    case .script(let parsed):
      script = parsed
    case .unreadable(let reason):
      script = Script(source: SourceText(path: path, utf8: []), statements: [])
      unreadable = reason
    }
    return Migration(
      path: path,
      version: file.name.version,
      name: file.name.name,
      direction: file.name.direction,
      runner: runner.rawValue,
      transactionMode: runner.transactionMode,
      script: script,
      unreadable: unreadable,
      isReported: file.isReported
    )
  }
}

extension HistoryPlan {
  /// All files that are read, in the order in which ``history(takingFrom:)`` wants their migrations.
  fileprivate var files: [File] {
    pairs.flatMap { [$0.up] + ($0.down.map { [$0] } ?? []) } + orphanedDowns
  }

  fileprivate func history(takingFrom migrations: inout ArraySlice<Migration>) -> History {
    let paired = pairs.map { pair in
      MigrationPair(up: migrations.removeFirst(), down: pair.down == nil ? nil : migrations.removeFirst())
    }
    let orphans = orphanedDowns.map { _ in migrations.removeFirst() }
    return History(migrations: paired, orphanedDowns: orphans, ignored: ignored)
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
      "the file is too large to be a migration: \(bytes >> 20) MiB, of at most \(FileSystem.largestFile >> 20)"
    }
  }
}
