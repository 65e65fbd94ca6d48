import Catalog
import Configuration
import Linting
import Migrations
import Syntax

/// What is checked by one configuration: the nearest one of some paths, with the options laid over it.
struct CheckSection: Sendable {
  let sources: [MigrationSource]
  let file: ConfigurationFile?
  let judging: JudgingConfiguration
  /// Of all migrations that no override is about.
  let policy: Policy
  /// The folders below that have a configuration of their own.
  let nested: [RawPath]
  /// The folder with the team's own texts of the runbook, as the configuration has it.
  let templates: RawPath?
  let sizeFile: RawPath?
  private let policies: PolicyMaker
  private let overrides: [Exclusions]
  private let loader: MigrationLoader
  /// Whether no option says from where on migrations are reported.
  private let isStartConfigured: Bool

  var configuration: Configuration { judging.configuration }

  init(
    _ options: CheckOptions,
    _ sources: [MigrationSource],
    by file: ConfigurationFile?,
    names: RuleNames
  ) throws(CommandFailure) {
    let workingFolder = FileSystem.workingFolder()
    self.file = file
    self.sources = sources
    judging = try JudgingConfiguration(
      file,
      isGiven: options.config != nil || options.ownConfiguration,
      start: { options.start(besides: $0) },
      checking: sources.first?.path ?? RawPath("."),
      names: names
    )
    let configuration = judging.configuration
    isStartConfigured = !options.changed && options.since == nil && options.released == nil
    let home = judging.folder ?? RawPath(".")
    sizeFile = try Self.sizeFile(options, configuration, of: file)
    policies = try PolicyMaker(
      options,
      names: names,
      measures: sizeFile.map { path throws(CommandFailure) in try SizeFile.read(from: path) }
    )
    policy = try policies.policy(of: configuration)
    templates = configuration.templates.map { $0.path(from: home).absolute(from: workingFolder) }
    overrides = configuration.overrides.map { Exclusions($0.paths, from: home) }
    var exclusions = Self.exclusions(options, judging.own.configuration, in: judging.folder)
    nested =
      options.config == nil
      ? sources.flatMap { source in
        source.isStored
          ? FolderSearch.folders(with: ConfigurationFile.name, below: source.path, leavingOut: exclusions) : []
      } : []
    exclusions.add(nested.map { PathPattern(exactly: $0.absolute(from: workingFolder)) }, writtenIn: workingFolder)
    // What only the change itself leaves out is judged until its configuration is merged.
    if let branch = judging.branch {
      var others = Self.exclusions(options, branch.configuration, in: branch.folder)
      others.add(nested.map { PathPattern(exactly: $0.absolute(from: workingFolder)) }, writtenIn: workingFolder)
      exclusions.agree(with: others)
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

  private static func exclusions(
    _ options: CheckOptions,
    _ configuration: Configuration,
    in folder: RawPath?
  ) -> Exclusions {
    let workingFolder = FileSystem.workingFolder()
    var exclusions = Exclusions(workingFolder: workingFolder)
    exclusions.add(options.exclude.map(PathPattern.init), writtenIn: workingFolder)
    guard let folder else { return exclusions }
    exclusions.add(configuration.exclude, from: folder)
    exclusions.include(only: configuration.include, from: folder)
    return exclusions
  }

  func load(progress: @escaping @Sendable (MigrationLoader.Progress) -> Void) throws(CommandFailure) -> [History] {
    let loosened = judging.loosened.map { [$0] } ?? []
    do throws(LoadingFailure) {
      return try loader.load(sources, progress: progress) + loosened
    } catch {
      // All that there is may be below, and have a configuration of its own.
      let problems = nested.isEmpty ? error.problems : error.problems.filter { !$0.isAboutNoMigrations }
      guard !problems.isEmpty else { return loosened }
      throw CommandFailure(problems.map { $0.description + CommandNames.advice(for: $0) })
    }
  }

  /// What holds for a migration.
  func configuration(for path: String) -> (overrides: [Int], configuration: Configuration) {
    let path = RawPath(path)
    let holding = overrides.indices.filter { overrides[$0].cover(path) }
    return (holding, holding.reduce(configuration) { $0.applying(configuration.overrides[$1]) })
  }

  func policy(of configuration: Configuration) throws(CommandFailure) -> Policy {
    try policies.policy(of: configuration)
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

  private static func sizeFile(
    _ options: CheckOptions,
    _ configuration: Configuration,
    of file: ConfigurationFile?
  ) throws(CommandFailure) -> RawPath? {
    if let path = options.sizes { return RawArguments.paths(shownAs: path).first ?? RawPath(path) }
    guard let path = configuration.sizes, let file else { return nil }
    let found = path.path(from: file.folder).absolute(from: FileSystem.workingFolder())
    // Messages about a file quote it, which need not be one of the project's.
    if let reason = Project(of: file.folder).refusal(of: found, advice: "give it with --sizes") {
      throw CommandFailure("\(file.path.text): sizes: \(path.text): \(reason)")
    }
    return found.relative(to: FileSystem.workingFolder())
  }
}

/// Lays the options over a configuration, as a policy.
private struct PolicyMaker: Sendable {
  private let options: CheckOptions
  private let names: RuleNames
  private let measures: [QualifiedName: TableSizes.Measure]?

  init(
    _ options: CheckOptions,
    names: RuleNames,
    measures: [QualifiedName: TableSizes.Measure]?
  ) throws(CommandFailure) {
    self.options = options
    self.names = names
    self.measures = measures
  }

  func policy(of configuration: Configuration) throws(CommandFailure) -> Policy {
    var policy = configuration.policy
    policy.today = Environment.today
    if let measures { policy.sizes = configuration.tableSizes(measures: measures) }
    if let failOn = options.failOn { policy.failOn = failOn.risk }
    if let targetVersion = options.targetVersion { policy.targetVersion = targetVersion }
    policy.directions = options.direction.directions
    if !options.rules.isEmpty {
      let wanted = try names.ids(of: options.rules, option: "--rules")
      policy.enabledRules.formUnion(wanted)
      policy.disabledRules = Set(names.ids).subtracting(wanted).subtracting(CheckRun.rulesAboutReading)
    }
    policy.disabledRules.formUnion(try names.ids(of: options.excludeRules, option: "--exclude-rules"))
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

extension Exclusions {
  /// Those of nothing but these patterns.
  init(_ patterns: [PlacedText], from home: RawPath) {
    self.init(workingFolder: FileSystem.workingFolder())
    add(patterns, from: home)
  }

  /// Adds patterns that count from the folders of the files in which they stand; `home` is that of the one that was found.
  fileprivate mutating func add(_ patterns: [PlacedText], from home: RawPath) {
    for (folder, patterns) in Dictionary(grouping: patterns, by: \.folder) {
      let place = PlacedText("", in: folder).folder(from: home)
      add(patterns.map { PathPattern($0.text) }, writtenIn: place)
    }
  }

  fileprivate mutating func include(only patterns: [PlacedText], from home: RawPath) {
    for (folder, patterns) in Dictionary(grouping: patterns, by: \.folder) {
      let place = PlacedText("", in: folder).folder(from: home)
      include(only: patterns.map { PathPattern($0.text) }, writtenIn: place)
    }
  }
}

extension CheckOptions {
  /// From where on migrations are reported.
  func start(besides configuration: Configuration) -> Start? {
    let start = changed ? .changed : since
    return released.map { .releases($0, start) } ?? start ?? configuration.startAfter
  }
}

extension RuleNames {
  /// The present ids of rules that an option names; all that are unknown are told at once.
  func ids(of lists: [RuleList], option: String) throws(CommandFailure) -> [String] {
    let words = lists.flatMap(\.names)
    let unknown = words.filter { presentID(of: $0) == nil }
    guard unknown.isEmpty else { throw CommandFailure(unknown.map { "\(option): \(complaint(about: $0))" }) }
    return words.compactMap(presentID)
  }
}
