import Analysis

/// What runs the migrations: it decides which files are migrations, in which order they run, which part of a file leads up
/// and which down, and which statements share a transaction.
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

  /// The runner of a folder, and what told it.
  static func recognised(in folder: MigrationFolder) -> (runner: Runner, evidence: String) {
    for definition in AllRunners.all {
      if let evidence = definition.evidence(in: folder) { return (Runner(definition), evidence) }
    }
    return (Runner(Plain()), "nothing tells of a runner: files in the natural order of their names")
  }
}

/// One runner. A value of its own type in a file of its own; ``AllRunners`` lists them.
protocol RunnerDefinition: Sendable {
  /// As it goes in `runner:` of the configuration.
  var name: String { get }
  /// What tells that this runner runs a folder; `nil` where nothing does.
  func evidence(in folder: MigrationFolder) -> String?
  /// The files that it runs, in its order, and what it leaves out.
  func files(in folder: MigrationFolder) -> RunnerFiles
  /// The parts of a file. A part may be a migration of its own.
  func sections(of text: MarkedText, named name: FileName) -> [Section]
  /// What a file beside the migration says about its transaction; `nil` where there is none.
  func transactionMode(besides file: RawPath) -> Migration.TransactionMode?
  /// Whether psql runs the files, so that its commands mean something there.
  var usesPsql: Bool { get }
  /// What it does with a migration whose version another one has; `nil` where versions mean nothing to it.
  var equalVersions: History.Handling? { get }
  /// What it does with a migration that comes before one that has run; `nil` where it keeps no such order.
  var lateVersions: History.Handling? { get }
  /// Whether it keeps a checksum of a migration's text, so that a comment that is changed later makes it stop.
  var verifiesText: Bool { get }
  /// Whether it runs a file without a transaction as soon as it holds a statement that PostgreSQL refuses in one.
  var avoidsRefusedTransactions: Bool { get }
}

/// The files of a folder as a runner sees them.
struct RunnerFiles {
  struct File {
    let file: FolderFile
    let name: FileName
  }

  var files: [File] = []
  var ignored: [(file: FolderFile, reason: String)] = []
  /// Folders below that belong to this history.
  var subfolders: [RawPath] = []
}

/// The name of a migration file, taken apart.
struct FileName: Hashable, Sendable {
  /// As written, with leading zeros; `nil` where the runner has none.
  var version: String?
  var name: String
  var direction: Migration.Direction = .up
  /// What an up and its down file share.
  var key: String
}

/// A part of a file that runs in one go.
struct Section: Hashable, Sendable {
  var direction: Migration.Direction
  /// The bytes that belong to it.
  var ranges: [Range<Int>]
  var transactionMode: Migration.TransactionMode
  /// Where the file holds several migrations: which one it is.
  var version: String?
}

extension RunnerDefinition {
  func transactionMode(besides file: RawPath) -> Migration.TransactionMode? { nil }

  var usesPsql: Bool { false }

  var equalVersions: History.Handling? { nil }

  var lateVersions: History.Handling? { nil }

  var verifiesText: Bool { false }

  var avoidsRefusedTransactions: Bool { false }

  /// The whole file, in the direction that its name gives.
  func whole(_ text: MarkedText, _ name: FileName, _ mode: Migration.TransactionMode) -> [Section] {
    [Section(direction: name.direction, ranges: [0..<text.utf8.count], transactionMode: mode)]
  }
}

extension [Section] {
  /// Gives the last section some more of the text; what stands before the first one belongs to none.
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
  /// The files whose names a runner knows, as they stand.
  func named(by runner: String, expecting pattern: String, _ name: (String) -> FileName?) -> RunnerFiles {
    var result = RunnerFiles()
    for file in files {
      if let name = name(file.stem) {
        result.files.append(.init(file: file, name: name))
      } else {
        result.ignored.append((file, "\(runner) does not run it: it is not named \(pattern)"))
      }
    }
    return result
  }

  /// The same in the order of the numbers that their versions are.
  func numbered(by runner: String, expecting pattern: String, _ name: (String) -> FileName?) -> RunnerFiles {
    var result = named(by: runner, expecting: pattern) { stem in
      guard var name = name(stem), let number = name.version.flatMap({ UInt64($0) }) else { return nil }
      name.key = String(number)
      return name
    }
    func number(_ file: RunnerFiles.File) -> UInt64 { UInt64(file.name.key) ?? 0 }
    result.files = result.files.enumerated().sorted {
      (number($0.element), $0.offset) < (number($1.element), $1.offset)
    }.map(\.element)
    return result
  }

  /// The files of folders that are a migration each, in the order of `key`. `parts` are their names.
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
      let files = parts.sorted { $0.key < $1.key }.compactMap { part, direction in
        file(part, in: subfolder).map {
          RunnerFiles.File(
            file: $0,
            name: FileName(version: version, name: label, direction: direction, key: whole)
          )
        }
      }
      guard !files.isEmpty else { continue }
      migrations.append((key, files))
      result.subfolders.append(subfolder)
    }
    result.files = migrations.sorted { $0.key < $1.key }.flatMap(\.files)
    result.ignored = files.map { ($0, "it is not in a folder, and each migration is one") }
    return result
  }
}
