import Catalog
import Configuration
import Gate
import Linting
import Migrations
import Reports
import PostgresParser
import Rules
import Syntax

/// What is checked and how it is judged: the options, laid over the configuration.
struct CheckRun: Sendable {
  let sources: [MigrationSource]
  let configurationFile: ConfigurationFile?
  let judging: JudgingConfiguration
  let policy: Policy
  /// The folder with the team's own texts of the runbook, as the configuration has it.
  let templates: RawPath?
  private let sizeFile: RawPath?
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
    sizeFile = try Self.sizeFile(options, configuration, of: configurationFile)
    policy = try Self.policy(configuration, options, sizeFile, names: names)
    let home = (judging.folder ?? workingFolder).absolute(from: workingFolder)
    templates = configuration.templates.map { RawPath($0).absolute(from: home) }
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

  /// Where the repository of the first path is; `nil` where it is in none.
  var repository: RepositoryPaths? {
    let workingFolder = FileSystem.workingFolder()
    guard let path = sources.first?.path.absolute(from: workingFolder) else { return nil }
    return Project.repository(of: path).map { RepositoryPaths(root: $0.text, workingFolder: workingFolder.text) }
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
    policy.today = Environment.today
    if let sizeFile { policy.sizes = configuration.tableSizes(measures: try SizeFile.read(from: sizeFile)) }
    if let failOn = options.failOn { policy.failOn = failOn.risk }
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
