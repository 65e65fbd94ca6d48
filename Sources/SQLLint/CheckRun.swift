import Configuration
import Linting
import Migrations
import Reports

/// What is checked and how it is judged: each path by the nearest configuration.
struct CheckRun: Sendable {
  /// One at least.
  let sections: [CheckSection]

  /// What holds for the run as a whole is said by the configuration of the first path.
  private let first: CheckSection

  var configuration: Configuration { first.configuration }
  var policy: Policy { first.policy }
  var templates: RawPath? { first.templates }
  /// The first path.
  var place: RawPath { first.sources.first?.path ?? RawPath(".") }

  /// Reads the configurations, and standard input where it is asked for.
  init(_ options: CheckOptions, names: RuleNames) throws(CommandFailure) {
    let workingFolder = FileSystem.workingFolder()
    var open = try Self.groups(options, names: names, workingFolder: workingFolder)
    guard !open.isEmpty else { throw Self.noPath }
    var sections: [CheckSection] = []
    var known: Set<RawPath> = []
    while !open.isEmpty {
      let group = open.removeFirst()
      if let file = group.file { known.insert(file.path) }
      let section = try CheckSection(options, group.sources, by: group.file, names: names)
      sections.append(section)
      for folder in section.nested {
        guard let file = try ConfigurationFile.nearest(to: folder, workingFolder: workingFolder),
          !known.contains(file.path)
        else { continue }
        let paths = try file.read(names: names).configuration.paths.map { $0.path(from: file.folder) }
        open.add(paths.isEmpty ? [.stored(folder)] : paths.map(MigrationSource.stored), by: file)
      }
    }
    guard let first = sections.first else { throw Self.noPath }
    self.sections = sections
    self.first = first
  }

  private init(_ section: CheckSection) {
    sections = [section]
    first = section
  }

  /// The same for one section alone.
  func only(_ section: CheckSection) -> CheckRun { CheckRun(section) }

  private static let noPath = CommandFailure(
    "no path is given: give the folder that holds the migrations, such as migrations/, or name it under paths: in "
      + "\(ConfigurationFile.name), which `sqllint init` writes",
    "see `sqllint --help`"
  )

  /// The paths by the configuration that is nearest to them, in their order.
  private static func groups(
    _ options: CheckOptions,
    names: RuleNames,
    workingFolder: RawPath
  ) throws(CommandFailure) -> [SourceGroup] {
    var sources = try sources(options)
    let given = options.config.map { ConfigurationFile(path: RawArguments.paths(shownAs: $0).first ?? RawPath($0)) }
    if sources.isEmpty {
      var file = given
      if file == nil { file = try .nearest(to: RawPath("."), workingFolder: workingFolder) }
      guard let file else { return [] }
      sources = try paths(of: file, names)
    }
    if let given { return sources.isEmpty ? [] : [SourceGroup(file: given, sources: sources)] }
    var groups: [SourceGroup] = []
    var nearest: [RawPath: ConfigurationFile?] = [:]
    for source in sources {
      let file: ConfigurationFile?
      let isFolder = (try? FileSystem.inspect(source.path).kind) == .folder
      let folder = isFolder ? source.path : source.path.folder
      if let found = nearest[folder] {
        file = found
      } else {
        file = try ConfigurationFile.nearest(to: source.path, workingFolder: workingFolder)
        nearest[folder] = .some(file)
      }
      groups.add([source], by: file)
    }
    return groups
  }

  /// What a configuration has checked where no path is given.
  private static func paths(
    of file: ConfigurationFile,
    _ names: RuleNames
  ) throws(CommandFailure) -> [MigrationSource] {
    try file.read(names: names).configuration.paths.map { .stored($0.path(from: file.folder)) }
  }

  /// Reads the migrations of all paths.
  func load(
    progress: @escaping @Sendable (MigrationLoader.Progress) -> Void = { _ in }
  ) throws(CommandFailure) -> LoadedRun {
    var parts: [[History]] = []
    for section in sections { parts.append(try section.load(progress: progress)) }
    return try LoadedRun(self, parts)
  }

  /// Where the repository of the first path is; `nil` where it is in none.
  var repository: RepositoryPaths? {
    let workingFolder = FileSystem.workingFolder()
    let path = place.absolute(from: workingFolder)
    return Project.repository(of: path).map { RepositoryPaths(root: $0.text, workingFolder: workingFolder.text) }
  }

  private static func sources(_ options: CheckOptions) throws(CommandFailure) -> [MigrationSource] {
    guard options.paths == ["-"] else {
      return options.paths.flatMap(RawArguments.paths).map(MigrationSource.stored)
    }
    do throws(FileSystem.ReadingFailure) {
      let name = options.stdinFilename.flatMap { RawArguments.paths(shownAs: $0).first }
      return [.text(try FileSystem.readStandardInput(), path: name ?? RawPath(RepositoryPaths.standardInput))]
    } catch {
      throw CommandFailure("standard input: \(error.message)")
    }
  }

  /// They run whatever rules are chosen: of what was not read the chosen ones know nothing, and silence would look like
  /// a clean bill. `--exclude-rules` and the configuration switch them off.
  static let rulesAboutReading: Set<String> = ["file-unreadable", "syntax-error"]
}

/// Paths with the configuration that they have in common.
private struct SourceGroup {
  /// `nil` where there is none.
  let file: ConfigurationFile?
  var sources: [MigrationSource]
}

extension [SourceGroup] {
  fileprivate mutating func add(_ sources: [MigrationSource], by file: ConfigurationFile?) {
    if let index = firstIndex(where: { $0.file?.path == file?.path }) {
      self[index].sources += sources
    } else {
      append(SourceGroup(file: file, sources: sources))
    }
  }
}
