import Gate
import Linting
import Migrations
import Syntax

/// What `.sqllint.yml` says. What it leaves out is `nil` or empty, and so is a file that is not there.
package struct Configuration: Hashable, Sendable {
  /// What becomes of a rule's findings.
  package enum RuleSetting: Hashable, Sendable {
    case off
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
  /// As people see them.
  package var approvals: [Risk: String] = [:]
  package var approvalPolicy = ApprovalPolicy()
  package var downtimes: [Risk: String] = [:]
  /// By present rule id.
  package var rules: [String: RuleSetting] = [:]
  /// Patterns of the names of objects that something else makes.
  package var external: [String] = []
  /// What is checked where no path is given; counts from the file's folder.
  package var paths: [String] = []
  /// The file of the findings that are known, or `none`; `nil` for the usual one, where it is there.
  package var baseline: String?
  /// Whether comments of other tools count.
  package var honoursForeignComments = false
  /// Glob patterns of paths, which count from the file's folder.
  package var exclude: [String] = []
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
      case .risk(let risk): policy.ruleRisks[id] = risk
      }
    }
    if let failOn { policy.failOn = failOn.risk }
    policy.honoursForeignComments = honoursForeignComments
    if let targetVersion { policy.targetVersion = targetVersion }
    policy.timeZone = timeZone
    policy.external = external
    return policy
  }
}

/// All that is wrong with a configuration file, in the order of its lines.
package struct ConfigurationFailure: Error, Hashable {
  package struct Problem: Hashable, Comparable {
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
