import Catalog
import Gate
import Linting
import Migrations
import Syntax

/// What `.sqllint.yml` says. What it leaves out is `nil` or empty, and so is a file that is not there.
package struct Configuration: Hashable, Sendable {
  /// What becomes of a rule's findings.
  package enum RuleSetting: Hashable, Sendable {
    case off
    /// With its own risk, also where it runs only if somebody asks for it.
    case on
    /// As `on`, and no finding makes a run fail.
    case advice
    case risk(Risk)
  }

  /// What it builds upon, as it is written.
  package var extends: [String] = []
  package var runner: Runner?
  /// How the runner sends files that say nothing about it.
  package var transaction: Migration.TransactionMode?
  /// From where on migrations are reported.
  package var startAfter: Start?
  package var targetVersion: Int?
  package var timeZone: String?
  package var failOn: FailureThreshold?
  /// Where the lock_timeout is set that migrations run with.
  package var timeouts: Policy.TimeoutPlace?
  /// As people see them.
  package var approvals: [Risk: String] = [:]
  package var approvalPolicy = ApprovalPolicy()
  package var downtimes: [Risk: String] = [:]
  /// By present rule id.
  package var rules: [String: RuleSetting] = [:]
  /// Patterns of the names of objects that something else makes.
  package var external: [String] = []
  /// Patterns of the names of tables that are large, and of those that are small.
  package var largeTables: [String] = []
  package var smallTables: [String] = []
  /// The file with the sizes of tables.
  package var sizes: PlacedText?
  package var rates = WorkRates()
  /// What is checked where no path is given.
  package var paths: [PlacedText] = []
  /// The file of the findings that are known, or `none`; `nil` for the usual one, where it is there.
  package var baseline: PlacedText?
  /// Whether comments of other tools count.
  package var honoursForeignComments = false
  /// Glob patterns of the paths of all files that are migrations; none where all are that the runner takes.
  package var include: [PlacedText] = []
  /// Glob patterns of paths that are left out.
  package var exclude: [PlacedText] = []
  /// The folder with the team's own texts of the runbook.
  package var templates: PlacedText?
  package var limits = Limits()
  /// What holds for some migrations alone; later ones win.
  package var overrides: [Override] = []

  package init() {}

  /// The policy that it asks for; the rest is as usual.
  package var policy: Policy {
    var policy = Policy()
    policy.approvals.merge(approvals) { $1 }
    policy.downtimes.merge(downtimes) { $1 }
    for (id, setting) in rules {
      switch setting {
      case .off: policy.disabledRules.insert(id)
      case .on: policy.enabledRules.insert(id)
      case .advice:
        policy.enabledRules.insert(id)
        policy.advisoryRules.insert(id)
      case .risk(let risk):
        policy.ruleRisks[id] = risk
        policy.enabledRules.insert(id)
      }
    }
    if let failOn { policy.failOn = failOn.risk }
    policy.honoursForeignComments = honoursForeignComments
    if let targetVersion { policy.targetVersion = targetVersion }
    policy.timeZone = timeZone
    policy.external = external
    policy.sizes = tableSizes(measures: [:])
    policy.rates = rates
    policy.timeouts = timeouts
    policy.remindsOfTimeouts = timeouts == nil
    return policy
  }
}

/// A path, or a pattern of paths, and the folder that it counts from.
package struct PlacedText: Hashable, Sendable, ExpressibleByStringLiteral {
  package let text: String
  /// The folder of the file that it stands in, from that of the file which was found; empty for that one itself.
  package let folder: String

  package init(_ text: String, in folder: String = "") {
    self.text = text
    self.folder = folder
  }

  package init(stringLiteral text: String) { self.init(text) }

  /// `home` is the folder of the file that was found.
  package func path(from home: RawPath) -> RawPath {
    if text.hasPrefix("/") { return RawPath(text) }
    if folder.isEmpty { return home.appending(Array(text.utf8)) }
    return folder(from: home).appending(Array(text.utf8))
  }

  /// The folder that it counts from.
  package func folder(from home: RawPath) -> RawPath {
    if folder.isEmpty { return home }
    if folder.hasPrefix("/") { return RawPath(folder) }
    let workingFolder = FileSystem.workingFolder()
    let place = home.appending(Array(folder.utf8)).absolute(from: workingFolder)
    return place == workingFolder ? RawPath(".") : place.relative(to: workingFolder)
  }
}

/// What a file, or a part of one, says, and which keys that are.
package struct Partial: Hashable, Sendable {
  package var configuration: Configuration
  /// The keys that are given, each as the way to it, such as `tables` and `large`.
  package var given: Set<[String]>

  /// Whether it says something of a key.
  func gives(_ path: [String]) -> Bool { given.contains(path) }
}

extension Configuration {
  /// What holds for the migrations with certain paths.
  package struct Override: Hashable, Sendable {
    /// Glob patterns.
    package let paths: [PlacedText]
    package let partial: Partial
    /// Where it says what; an override is the same wherever it stands.
    package let entries: [ConfigurationEntry]

    package static func == (left: Self, right: Self) -> Bool {
      left.paths == right.paths && left.partial == right.partial
    }

    package func hash(into hasher: inout Hasher) {
      hasher.combine(paths)
      hasher.combine(partial)
    }
  }

  /// Takes what a part says in the place of what is there; rules, approvals and other groups key by key.
  package mutating func take(_ part: Partial) {
    for key in ConfigurationKey.all where part.gives([key.name]) { key.take(&self, part) }
  }

  /// The same with what an override says.
  package func applying(_ override: Override) -> Configuration {
    var configuration = self
    configuration.take(override.partial)
    return configuration
  }
}

extension Configuration {
  /// With what a size file holds.
  package func tableSizes(measures: [QualifiedName: TableSizes.Measure]) -> TableSizes {
    TableSizes(small: smallTables, large: largeTables, measures: measures)
  }
}

/// All that is wrong with a configuration file, in the order of its lines.
package struct ConfigurationFailure: Error, Hashable {
  package struct Problem: Error, Hashable, Comparable {
    package let line: Int
    package let column: Int
    package let message: String
    /// The file that it is in, where that is another one than the file that was asked for.
    package var file: String?

    package static func < (left: Self, right: Self) -> Bool { (left.line, left.column) < (right.line, right.column) }
  }

  package let problems: [Problem]

  /// `file:line:column: what is wrong`, a line each.
  package func messages(for file: String) -> [String] {
    problems.map { "\($0.file ?? file):\($0.line):\($0.column): \($0.message)" }
  }
}
