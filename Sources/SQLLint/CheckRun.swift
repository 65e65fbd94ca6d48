import Configuration
import Linting
import Migrations

/// What is checked and how it is judged: the options, laid over the configuration.
struct CheckRun: Sendable {
  let sources: [MigrationSource]
  let configurationFile: ConfigurationFile?
  let policy: Policy
  /// The folder with the team's own texts of the runbook, as the configuration has it.
  let templates: RawPath?
  private let loader: MigrationLoader

  /// Reads the configuration, and standard input where it is asked for.
  init(_ options: CheckOptions, names: RuleNames) throws(CommandFailure) {
    let workingFolder = FileSystem.workingFolder()
    sources = try Self.sources(options)
    configurationFile = try Self.configurationFile(options, sources: sources, workingFolder: workingFolder)
    let configuration = try configurationFile?.read(names: names) ?? Configuration()
    policy = try Self.policy(configuration, options, names: names)
    let base = (configurationFile?.folder ?? workingFolder).absolute(from: workingFolder)
    templates = configuration.templates.map { RawPath($0).absolute(from: base) }
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

  /// The files that were read, which a report must not overwrite.
  func inputs(of histories: [History]) -> [RawPath] {
    let migrations = histories.flatMap { history in
      history.migrations.flatMap { [$0.up] + ($0.down.map { [$0] } ?? []) } + history.orphanedDowns + history.misnamed
    }
    let paths =
      migrations.flatMap { [$0.path] + $0.script.source.includedPaths } + histories.flatMap(\.ignored).map(\.path)
    return sources.map(\.path) + (configurationFile.map { [$0.path] } ?? []) + Set(paths).map(RawPath.init)
  }

  private static func sources(_ options: CheckOptions) throws(CommandFailure) -> [MigrationSource] {
    guard options.paths == ["-"] else {
      return options.paths.flatMap(RawArguments.paths).map(MigrationSource.stored)
    }
    do throws(FileSystem.ReadingFailure) {
      let name = options.stdinFilename.flatMap { RawArguments.paths(shownAs: $0).first }
      return [.text(try FileSystem.readStandardInput(), path: name ?? RawPath("<stdin>"))]
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

  /// They run whatever rules are chosen: of what was not read the chosen ones know nothing, and silence would look like
  /// a clean bill. `--exclude-rules` and the configuration switch them off.
  static let rulesAboutReading: Set<String> = ["file-unreadable", "syntax-error"]

  private static func policy(
    _ configuration: Configuration,
    _ options: CheckOptions,
    names: RuleNames
  ) throws(CommandFailure) -> Policy {
    var policy = configuration.policy
    if let failOn = options.failOn { policy.failOn = failOn }
    if let targetVersion = options.targetVersion { policy.targetVersion = targetVersion }
    policy.directions = options.direction.directions
    let wanted = try options.rules.map { list throws(CommandFailure) in try names.ids(of: list, option: "--rules") }
    if let wanted {
      policy.disabledRules = Set(names.ids).subtracting(wanted).subtracting(rulesAboutReading)
    }
    if let unwanted = options.excludeRules {
      policy.disabledRules.formUnion(try names.ids(of: unwanted, option: "--exclude-rules"))
    }
    return policy
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
