import Configuration
import Gate
import Linting
import Migrations
import PostgresParser
import Rules

/// What is checked and how it is judged: the options, laid over the configuration.
struct CheckRun: Sendable {
  let sources: [MigrationSource]
  let configurationFile: ConfigurationFile?
  let judging: JudgingConfiguration
  let policy: Policy
  private let loader: MigrationLoader
  /// Whether no option says from where on migrations are reported.
  private let isStartConfigured: Bool

  var configuration: Configuration { judging.configuration }

  /// Reads the configuration, and standard input where it is asked for.
  init(_ options: CheckOptions, names: RuleNames) throws(CommandFailure) {
    let workingFolder = FileSystem.workingFolder()
    let given = try Self.sources(options)
    let place = given.first?.path ?? RawPath(".")
    configurationFile = try Self.configurationFile(options, near: place, workingFolder: workingFolder)
    judging = try JudgingConfiguration(
      configurationFile,
      isGiven: options.config != nil,
      start: { options.start(besides: $0) },
      checking: place,
      names: names
    )
    let configuration = judging.configuration
    sources = given.isEmpty ? Self.sources(configuration, in: judging.folder) : given
    guard !sources.isEmpty else { throw Self.noPath }
    isStartConfigured = !options.changed && options.since == nil
    policy = try Self.policy(configuration, options, names: names)
    var exclusions = Exclusions(workingFolder: workingFolder)
    exclusions.add(options.exclude.map(PathPattern.init), writtenIn: workingFolder)
    if let folder = judging.folder {
      exclusions.add(configuration.exclude.map(PathPattern.init), writtenIn: folder)
    }
    loader = MigrationLoader(
      runner: options.runner ?? configuration.runner,
      exclusions: exclusions,
      start: options.start(besides: configuration),
      system: .current,
      usualMode: options.transaction ?? configuration.transaction,
      limits: configuration.limits
    )
  }

  private static let noPath = CommandFailure(
    "no path is given: give the folder that holds the migrations, such as migrations/, or name it under paths: in "
      + "\(ConfigurationFile.name), which `sqllint init` writes",
    "see `sqllint --help`"
  )

  func load(
    progress: @escaping @Sendable (MigrationLoader.Progress) -> Void = { _ in }
  ) throws(CommandFailure) -> [History] {
    do throws(LoadingFailure) {
      return try loader.load(sources, progress: progress) + (judging.loosened.map { [$0] } ?? [])
    } catch {
      throw CommandFailure(error.problems.map { $0.description + CommandNames.advice(for: $0) })
    }
  }

  /// What to say of a configuration that holds, and no longer says what its writer meant.
  func advice(for histories: [History]) -> String? {
    guard case .version(let version)? = configuration.startAfter, isStartConfigured else { return nil }
    let count = histories.reduce(0) { $0 + $1.migrations.count { $0.up.isReported } }
    guard count > Self.largeDeployment else { return nil }
    return "start_after: \(version) lies \(count) migrations back, which are judged as one deployment: give the newest "
      + "released one, or --changed"
  }

  /// More than people deploy at once.
  private static let largeDeployment = 30

  func lint(_ histories: [History], describesDowns: Bool = false) -> Report {
    Linter(rules: AllRules.all, policy: policy)
      .lint(
        histories,
        describesDowns: describesDowns,
        toolVersion: ToolVersion.current,
        grammarVersion: PostgresParser.grammarVersion
      )
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

  /// The paths of the configuration, which count from its folder.
  private static func sources(_ configuration: Configuration, in folder: RawPath?) -> [MigrationSource] {
    configuration.paths.map { path in
      let own = RawPath(path)
      return .stored(path.hasPrefix("/") ? own : folder?.appending(own.bytes) ?? own)
    }
  }

  private static func configurationFile(
    _ options: CheckOptions,
    near place: RawPath,
    workingFolder: RawPath
  ) throws(CommandFailure) -> ConfigurationFile? {
    if let path = options.config {
      return ConfigurationFile(path: RawArguments.paths(shownAs: path).first ?? RawPath(path))
    }
    return try .nearest(to: place, workingFolder: workingFolder)
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
    policy.today = Environment.today
    if let failOn = options.failOn { policy.failOn = failOn.risk }
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

extension CheckOptions {
  /// From where on migrations are reported.
  fileprivate func start(besides configuration: Configuration) -> Start? {
    changed ? .changed : since ?? configuration.startAfter
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
