import Catalog
import Configuration
import Linting
import Migrations
import Reports
import Syntax

/// What is checked and how it is judged: the options, laid over the configuration.
struct CheckRun: Sendable {
  let sources: [MigrationSource]
  let configurationFile: ConfigurationFile?
  let policy: Policy
  /// The folder with the team's own texts of the runbook, as the configuration has it.
  let templates: RawPath?
  private let sizeFile: RawPath?
  private let loader: MigrationLoader

  /// Reads the configuration, and standard input where it is asked for.
  init(_ options: CheckOptions, names: RuleNames) throws(CommandFailure) {
    let workingFolder = FileSystem.workingFolder()
    sources = try Self.sources(options)
    configurationFile = try Self.configurationFile(options, sources: sources, workingFolder: workingFolder)
    let configuration = try configurationFile?.read(names: names) ?? Configuration()
    sizeFile = try Self.sizeFile(options, configuration, of: configurationFile)
    policy = try Self.policy(configuration, options, sizeFile, names: names)
    templates = configuration.templates.map { folder in
      RawPath(folder).absolute(from: (configurationFile?.folder ?? workingFolder).absolute(from: workingFolder))
    }
    var exclusions = Exclusions(workingFolder: workingFolder)
    exclusions.add(options.exclude.map(PathPattern.init), writtenIn: workingFolder)
    if let folder = configurationFile?.folder {
      exclusions.add(configuration.exclude.map(PathPattern.init), writtenIn: folder)
    }
    loader = MigrationLoader(
      runner: options.runner ?? configuration.runner,
      exclusions: exclusions,
      start: options.changed ? .changed : options.since ?? configuration.startAfter,
      usualMode: options.transaction ?? configuration.transaction,
      limits: configuration.limits
    )
  }

  func load(
    progress: @escaping @Sendable (MigrationLoader.Progress) -> Void
  ) throws(CommandFailure) -> [History] {
    do throws(LoadingFailure) {
      return try loader.load(sources, progress: progress)
    } catch {
      throw CommandFailure(error.problems.map(\.description))
    }
  }

  /// Where the repository of the first path is; `nil` where it is in none.
  var repository: RepositoryPaths? {
    let workingFolder = FileSystem.workingFolder()
    guard let path = sources.first?.path.absolute(from: workingFolder) else { return nil }
    return Project.repository(of: path).map { RepositoryPaths(root: $0.text, workingFolder: workingFolder.text) }
  }

  /// The files that were read, which a report must not overwrite.
  func inputs(of histories: [History]) -> [RawPath] {
    let migrations = histories.flatMap { history in
      history.migrations.flatMap { [$0.up] + ($0.down.map { [$0] } ?? []) } + history.orphanedDowns + history.misnamed
    }
    let paths =
      migrations.flatMap { [$0.path] + $0.script.source.includedPaths } + histories.flatMap(\.ignored).map(\.path)
    return sources.map(\.path) + [configurationFile?.path, sizeFile].compactMap(\.self) + Set(paths).map(RawPath.init)
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

  private static func configurationFile(
    _ options: CheckOptions,
    sources: [MigrationSource],
    workingFolder: RawPath
  ) throws(CommandFailure) -> ConfigurationFile? {
    if let path = options.config {
      return ConfigurationFile(path: RawArguments.paths(shownAs: path).first ?? RawPath(path))
    }
    guard let first = sources.first else { return nil }
    return try .nearest(to: first.path, workingFolder: workingFolder)
  }

  private static func sizeFile(
    _ options: CheckOptions,
    _ configuration: Configuration,
    of file: ConfigurationFile?
  ) throws(CommandFailure) -> RawPath? {
    if let path = options.sizes { return RawArguments.paths(shownAs: path).first ?? RawPath(path) }
    guard let path = configuration.sizes, let file else { return nil }
    let found = RawPath(path).absolute(from: file.folder.absolute(from: FileSystem.workingFolder()))
    // Messages about a file quote it, which need not be one of the project's.
    if let reason = Project(of: file.folder).refusal(of: found, advice: "give it with --sizes") {
      throw CommandFailure("\(file.path.text): sizes: \(path): \(reason)")
    }
    return found.relative(to: FileSystem.workingFolder())
  }

  /// They run whatever rules are chosen: of what was not read the chosen ones know nothing, and silence would look like
  /// a clean bill. `--exclude-rules` and the configuration switch them off.
  static let rulesAboutReading: Set<String> = ["file-unreadable", "syntax-error"]

  private static func policy(
    _ configuration: Configuration,
    _ options: CheckOptions,
    _ sizeFile: RawPath?,
    names: RuleNames
  ) throws(CommandFailure) -> Policy {
    var policy = configuration.policy
    if let sizeFile { policy.sizes = configuration.tableSizes(measures: try SizeFile.read(from: sizeFile)) }
    if let failOn = options.failOn { policy.failOn = failOn }
    if let targetVersion = options.targetVersion { policy.targetVersion = targetVersion }
    policy.directions = options.direction.directions
    let wanted = try options.rules.map { list throws(CommandFailure) in try names.ids(of: list, option: "--rules") }
    if let wanted {
      policy.enabledRules.formUnion(wanted)
      policy.disabledRules = Set(names.ids).subtracting(wanted).subtracting(rulesAboutReading)
    }
    if let unwanted = options.excludeRules {
      policy.disabledRules.formUnion(try names.ids(of: unwanted, option: "--exclude-rules"))
    }
    return policy
  }
}

extension SizeFile {
  fileprivate static func read(from path: RawPath) throws(CommandFailure) -> [QualifiedName: TableSizes.Measure] {
    let bytes: [UInt8]
    do throws(FileSystem.ReadingFailure) {
      bytes = try FileSystem.read(path)
    } catch {
      throw CommandFailure("\(path.text): \(error.message)")
    }
    guard bytes.count <= maximumSize else {
      throw CommandFailure("\(path.text): the file has \(bytes.count) bytes, more than the \(maximumSize) of sizes")
    }
    do throws(ConfigurationFailure) {
      return try read(bytes)
    } catch {
      throw CommandFailure(error.messages(for: path.text))
    }
  }
}

extension RuleNames {
  /// The present ids of rules that an option names; all that are unknown are told at once.
  fileprivate func ids(of list: RuleList, option: String) throws(CommandFailure) -> [String] {
    let unknown = list.names.filter { presentID(of: $0) == nil }
    guard unknown.isEmpty else { throw CommandFailure(unknown.map { "\(option): \(complaint(about: $0))" }) }
    return list.names.compactMap(presentID)
  }
}
