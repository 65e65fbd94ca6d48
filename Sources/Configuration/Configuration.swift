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
    case risk(Risk)
  }

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
  /// The file with the sizes of tables, which counts from the file's folder.
  package var sizes: String?
  package var rates = WorkRates()
  /// What is checked where no path is given; counts from the file's folder.
  package var paths: [String] = []
  /// The file of the findings that are known, or `none`; `nil` for the usual one, where it is there.
  package var baseline: String?
  /// Whether comments of other tools count.
  package var honoursForeignComments = false
  /// Glob patterns of paths, which count from the file's folder.
  package var exclude: [String] = []
  /// The folder with the team's own texts of the runbook, which counts from the file's folder.
  package var templates: String?
  package var limits = Limits()

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
    return policy
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

    package static func < (left: Self, right: Self) -> Bool { (left.line, left.column) < (right.line, right.column) }
  }

  package let problems: [Problem]

  /// `file:line:column: what is wrong`, a line each.
  package func messages(for file: String) -> [String] {
    problems.map { "\(file):\($0.line):\($0.column): \($0.message)" }
  }
}
