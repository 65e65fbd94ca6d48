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

  /// `runner` is `nil` where the names of the files tell.
  package init(runner: Runner? = nil, exclusions: Exclusions) {
    self.runner = runner
    self.exclusions = exclusions
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
    let (script, unreadable) = read(file)
    return Migration(
      path: path,
      version: file.name.version,
      name: file.name.name,
      direction: file.name.direction,
      runner: runner.rawValue,
      transactionMode: runner.transactionMode,
      script: script ?? Script(source: SourceText(path: path, utf8: []), statements: []),
      unreadable: unreadable,
      isReported: file.isReported
    )
  }

  /// The script of a file, or why there is none.
  private func read(_ file: HistoryPlan.File) -> (script: Script?, unreadable: String?) {
    let bytes: [UInt8]
    do throws(FileSystem.ReadingFailure) {
      bytes = if let content = file.content { content } else { try FileSystem.read(file.path) }
    } catch {
      return (nil, error.message)
    }
    do throws(DecodingFailure) {
      return (PostgresParser.parse(try SourceText.decode(path: file.path.text, bytes: bytes)), nil)
    } catch {
      return (nil, error.message)
    }
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
      "the file has \(bytes) bytes, more than the \(SourceText.maximumSize) that are read; split it, or leave it out "
        + "with `exclude`"
    }
  }
}
