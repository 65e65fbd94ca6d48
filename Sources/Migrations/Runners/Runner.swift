import Linting
import Syntax

/// What runs the migrations: it decides which files are migrations, in which order they run, which part of a file is
/// the up migration and which the down migration, and which statements share a transaction.
package struct Runner: RawRepresentable, CaseIterable, Hashable, Sendable {
  let definition: any RunnerDefinition

  package var rawValue: String { definition.name }

  package init?(rawValue: String) {
    guard let definition = AllRunners.all.first(where: { $0.name == rawValue }) else { return nil }
    self.definition = definition
  }

  init(_ definition: any RunnerDefinition) { self.definition = definition }

  package static var allCases: [Runner] { AllRunners.all.map(Runner.init) }

  package static func == (left: Self, right: Self) -> Bool { left.rawValue == right.rawValue }

  package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }

}

/// The runner of a folder, and what told of it.
struct RecognisedRunner {
  let runner: Runner
  let evidence: String
  let files: RunnerFiles

  /// One that is told already.
  init(_ runner: Runner, _ evidence: String, in folder: MigrationFolder) {
    (self.runner, self.evidence) = (runner, evidence)
    files = runner.definition.files(in: folder)
  }

  /// A runner that its own files tell of, and that could run none of them, is not the one that runs them.
  init(in folder: MigrationFolder) {
    var unable: (any RunnerDefinition)?
    for definition in AllRunners.all {
      guard let evidence = definition.evidence(in: folder) else { continue }
      let recognised = Self(Runner(definition), evidence, in: folder)
      guard recognised.files.files.isEmpty, !recognised.files.ignored.isEmpty, !definition.isToldByCompanion else {
        self = recognised
        return
      }
      unable = unable ?? definition
    }
    let why = unable.map { "\($0.name) could run none of the files" } ?? "no sign of a runner"
    let order = "files in the natural order of their names, as psql runs them"
    self.init(Runner(Plain(parting: unable)), "\(why): \(order)", in: folder)
  }
}

/// One runner. A value of its own type in a file of its own; ``AllRunners`` lists them.
protocol RunnerDefinition: Sendable {
  /// As it goes in `runner:` of the configuration.
  var name: String { get }
  /// What tells that this runner runs a folder; `nil` where nothing does.
  func evidence(in folder: MigrationFolder) -> String?
  /// Whether what lies beside the files tells of it, so that it is the runner whatever their names are.
  var isToldByCompanion: Bool { get }
  /// The files that it runs, in its order, and what it leaves out.
  func files(in folder: MigrationFolder) -> RunnerFiles
  /// The parts of a file. A part may be a migration of its own.
  func sections(of text: DirectiveLines, named name: FileName) -> [Section]
  /// What a file beside the migration says about its transaction; `nil` where there is none.
  func transactionMode(besides file: RawPath) -> Migration.TransactionMode?
  /// Whether psql runs the files, so that its commands mean something there.
  var usesPsql: Bool { get }
  /// Whether it means text outside of all sections to be left out.
  var leavesOutText: Bool { get }
  /// Whether it sends the bytes of a file as they are, a byte order mark too, which PostgreSQL refuses.
  var sendsByteOrderMarks: Bool { get }
  /// How it sends a file that says nothing about it.
  var usualMode: Migration.TransactionMode { get }
  /// Whether it has a way to send a migration without a transaction.
  var sendsWithoutTransaction: Bool { get }
  /// Whether it sends all of a section in one query; else statement by statement.
  var sendsSectionsWhole: Bool { get }
  /// What it does with a migration whose version another one has; `nil` where versions mean nothing to it.
  var equalVersions: History.ConflictPolicy? { get }
  /// What it does with a migration that comes before one that has run; `nil` where it keeps no such order.
  var lateVersions: History.ConflictPolicy? { get }
  /// Whether a migration may be made anew, its old text going on in a file of its own.
  var reworksMigrations: Bool { get }
  /// Whether it keeps a checksum of a migration's text, so that a comment that is changed later makes it stop.
  var verifiesText: Bool { get }
  /// Whether all migrations of one run share one transaction.
  var joinsMigrations: Bool { get }
  /// The tables that it keeps, such as that of what has run: `name`, or `schema.*` for all of a schema.
  var ownTables: [String] { get }
  /// Whether it goes on with the next statement when PostgreSQL refuses one, as psql does without ON_ERROR_STOP.
  var goesOnAfterErrors: Bool { get }
  /// What is left when PostgreSQL refuses a statement, and the way on.
  var afterFailure: Migration.Failure { get }
  /// The same of a migration without a transaction around it; `nil` where that makes no difference.
  var afterFailureApart: Migration.Failure? { get }
  /// The same where a script has psql stop at the first error; `nil` where that makes no difference.
  var afterFailureStopping: Migration.Failure? { get }
  /// What the statements themselves change about how they are executed; `nil` where they change nothing.
  func executionMode(of script: Script) -> ExecutionMode?
}

/// The files of a folder as a runner sees them.
struct RunnerFiles {
  struct File {
    let file: FolderFile
    let name: FileName
  }

  var files: [File] = []
  var ignored: [(file: FolderFile, reason: String)] = []
  /// What it leaves out on purpose, and rightly so.
  var setAside: [(file: FolderFile, reason: String)] = []
  /// Folders below that belong to this history.
  var subfolders: [RawPath] = []
  /// Where it depends on the folder what the runner does with a migration that comes before one that has run.
  var lateVersions: History.ConflictPolicy?
}

/// The name of a migration file, taken apart.
struct FileName: Hashable, Sendable {
  /// As written, with leading zeros; `nil` where the runner has none.
  var version: String?
  var name: String
  var direction: Migration.Direction = .up
  /// What an up and its down file share.
  var key: String
  /// Whether it runs again when its text changes, so that it has no place among the versions and no down migration.
  var isRepeatable = false
}

/// A part of a file that runs in one go.
struct Section: Hashable, Sendable {
  var direction: Migration.Direction
  /// The bytes that belong to it.
  var ranges: [Range<Int>]
  var transactionMode: Migration.TransactionMode
  /// Where the file holds several migrations: which one it is.
  var version: String?
  /// Whether it runs again when its text changes.
  var isRepeatable = false
  /// Bytes that the runner sends in one query, where it sends the statements of the section one at a time.
  var queries: [Range<Int>] = []
  /// Bytes that end a statement as a semicolon does, and are not SQL.
  var terminators: [Range<Int>] = []
}

extension Section {
  var start: Int { ranges.map(\.lowerBound).min() ?? 0 }

  /// All bytes that mean something to it.
  var allRanges: [Range<Int>] { ranges + terminators }

  /// From the first byte that means something to it to the last one.
  var span: Range<Int> {
    let end = allRanges.map(\.upperBound).max() ?? 0
    return (allRanges.map(\.lowerBound).min() ?? end)..<end
  }
}

/// How a runner executes the statements of a migration.
struct ExecutionMode: Hashable, Sendable {
  var transactionMode: Migration.TransactionMode
  /// Why it refuses to; see ``Migration/refusal``.
  var refusal: String?
}

extension RunnerDefinition {
  func transactionMode(besides file: RawPath) -> Migration.TransactionMode? { nil }

  var isToldByCompanion: Bool { false }

  var usesPsql: Bool { false }

  var leavesOutText: Bool { false }

  var sendsByteOrderMarks: Bool { false }

  var usualMode: Migration.TransactionMode { .wrapped }

  var sendsWithoutTransaction: Bool { true }

  var sendsSectionsWhole: Bool { !usesPsql }

  var equalVersions: History.ConflictPolicy? { nil }

  var lateVersions: History.ConflictPolicy? { nil }

  var verifiesText: Bool { false }

  var reworksMigrations: Bool { false }

  var joinsMigrations: Bool { false }

  var goesOnAfterErrors: Bool { false }

  var afterFailureApart: Migration.Failure? { nil }

  var afterFailureStopping: Migration.Failure? { nil }

  func executionMode(of script: Script) -> ExecutionMode? { nil }

  /// What is left of a migration that is sent in such a way, and the way on.
  func failure(in mode: Migration.TransactionMode, stopping stopsAtErrors: Bool) -> Migration.Failure {
    guard mode == .none else { return afterFailure }
    return (stopsAtErrors ? afterFailureStopping : nil) ?? afterFailureApart ?? afterFailure
  }

  /// Most runners have one migration in a file.
  func sections(of text: DirectiveLines, named name: FileName) -> [Section] { whole(text, name, usualMode) }

  /// The whole file, in the direction that its name gives.
  func whole(_ text: DirectiveLines, _ name: FileName, _ mode: Migration.TransactionMode) -> [Section] {
    [Section(direction: name.direction, ranges: [0..<text.utf8.count], transactionMode: mode)]
  }
}

extension RunnerFiles {
  /// The same in the order of the names as text: `10_a` before `2_a`.
  var inTextOrder: RunnerFiles {
    var result = self
    result.files.sort { $0.file.name.lexicographicallyPrecedes($1.file.name) }
    return result
  }
}

extension String {
  /// Byte by byte, as most languages compare strings.
  func precedesAsText(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}

extension DirectiveLines {
  /// The text of a section, each byte at its place.
  func masked(to section: Section) -> [UInt8] { masked(to: section, in: 0..<utf8.count) }

  /// A stretch of that text, which holds the section's span.
  func masked(to section: Section, in stretch: Range<Int>) -> [UInt8] {
    masked(in: stretch, to: section.ranges, terminators: section.terminators)
  }
}

extension [Section] {
  /// Gives the last section some more of the text; what is before the first one belongs to none.
  mutating func appendToLast(_ range: Range<Int>) {
    guard let last = indices.last else { return }
    if let end = self[last].ranges.last, end.upperBound == range.lowerBound {
      self[last].ranges[self[last].ranges.count - 1] = end.lowerBound..<range.upperBound
    } else {
      self[last].ranges.append(range)
    }
  }

  func with(_ mode: Migration.TransactionMode) -> [Section] {
    map { section in
      var section = section
      section.transactionMode = mode
      return section
    }
  }
}

extension MigrationFolder {
  /// The files whose names a runner knows, as they stand. `isRefused` tells whether the runner stops with an error at
  /// another name; those that it passes over it passes over in silence.
  func named(
    by runner: String,
    expecting pattern: String,
    isRefused: (String) -> Bool = { _ in false },
    _ name: (String) -> FileName?
  ) -> RunnerFiles {
    var result = RunnerFiles()
    for file in files {
      // Where a runner asks for `.sql` it means small letters.
      if file.hasExactExtension, let name = name(file.stem) {
        result.files.append(.init(file: file, name: name))
      } else {
        let isRefused = file.hasExactExtension && isRefused(file.stem)
        let reason = isRefused ? "\(runner) stops with an error at it" : "\(runner) does not run it"
        result.ignored.append((file, "\(reason): it is not named \(pattern)"))
      }
    }
    return result
  }

  /// The same in the order of the numbers that their versions are; the runner stops at one greater than `maximum`.
  func numbered(
    by runner: String,
    expecting pattern: String,
    upTo maximum: UInt64,
    isRefused: (String) -> Bool = { _ in false },
    _ name: (String) -> FileName?
  ) -> RunnerFiles {
    var result = named(by: runner, expecting: pattern, isRefused: isRefused, name)
    var numbered: [(number: UInt64, file: RunnerFiles.File)] = []
    for file in result.files {
      var name = file.name
      if let number = name.version.flatMap({ UInt64($0) }), number <= maximum {
        name.key = String(number)
        numbered.append((number, .init(file: file.file, name: name)))
      } else {
        let reason = "\(runner) stops with an error at it: its version is greater than \(maximum)"
        result.ignored.append((file.file, reason))
      }
    }
    result.files = numbered.enumerated().sorted { ($0.element.number, $0.offset) < ($1.element.number, $1.offset) }
      .map(\.element.file)
    return result
  }

  /// The same folder with the files of those subfolders that hold a migration at any depth, and these subfolders.
  func spread(where isMigration: (FolderFile) -> Bool) -> (folder: MigrationFolder, subfolders: [RawPath]) {
    var all = files
    var taken: [RawPath] = []
    for subfolder in subfolders {
      let below = filesBelow(subfolder)
      guard below.contains(where: isMigration) else { continue }
      all += below
      taken.append(subfolder)
    }
    return (holding(all), taken)
  }

  /// The files of folders that are a migration each, in the order of their keys as text. `parts` are the names of the
  /// files.
  func foldered(
    _ parts: [String: Migration.Direction],
    _ identify: (RawPath) -> (version: String, key: String)?
  ) -> RunnerFiles {
    var result = RunnerFiles()
    var migrations: [(key: String, files: [RunnerFiles.File])] = []
    for subfolder in subfolders {
      guard let (version, key) = identify(subfolder) else { continue }
      let whole = String(decoding: subfolder.name, as: UTF8.self)
      let label = String((whole.hasPrefix(version) ? whole.dropFirst(version.count) : whole[...]).drop { $0 == "_" })
      let name = label.isEmpty ? whole : label
      let files = parts.sorted { $0.key < $1.key }.compactMap { part, direction in
        file(part, in: subfolder).map {
          RunnerFiles.File(file: $0, name: FileName(version: version, name: name, direction: direction, key: key))
        }
      }
      guard !files.isEmpty else { continue }
      migrations.append((key, files))
      result.subfolders.append(subfolder)
    }
    result.files = migrations.enumerated().sorted {
      $0.element.key == $1.element.key
        ? $0.offset < $1.offset : $0.element.key.precedesAsText($1.element.key)
    }.flatMap(\.element.files)
    result.ignored = files.map { ($0, "it is not in a folder, and each migration is one") }
    return result
  }
}
