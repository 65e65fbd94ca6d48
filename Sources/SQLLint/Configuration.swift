import Linting
import Migrations
import Syntax

/// What `.sqllint.yml` says. What it leaves out is `nil` or empty, and so is a file that is not there.
struct Configuration: Hashable, Sendable {
  /// What becomes of a rule's findings.
  enum RuleSetting: Hashable, Sendable {
    case off
    case risk(Risk)
  }

  var runner: Runner?
  /// How the runner sends files that say nothing about it.
  var transaction: Migration.TransactionMode?
  /// From where on migrations are reported.
  var startAfter: Start?
  var targetVersion: Int?
  var failOn: Risk?
  var approvals: [Risk: String] = [:]
  var downtimes: [Risk: String] = [:]
  /// By present rule id.
  var rules: [String: RuleSetting] = [:]
  /// Glob patterns of paths, which count from the file's folder.
  var exclude: [String] = []
  var limits = Limits()

  /// The policy that it asks for; the rest is as usual.
  var policy: Policy {
    var policy = Policy()
    policy.approvals.merge(approvals) { $1 }
    policy.downtimes.merge(downtimes) { $1 }
    for (id, setting) in rules {
      switch setting {
      case .off: policy.disabledRules.insert(id)
      case .risk(let risk): policy.ruleRisks[id] = risk
      }
    }
    if let failOn { policy.failOn = failOn }
    if let targetVersion { policy.targetVersion = targetVersion }
    return policy
  }
}

/// All that is wrong with a configuration file, in the order of its lines.
struct ConfigurationFailure: Error, Hashable {
  struct Problem: Hashable, Comparable {
    let line: Int
    let column: Int
    let message: String

    static func < (left: Self, right: Self) -> Bool { (left.line, left.column) < (right.line, right.column) }
  }

  let problems: [Problem]

  /// `file:line:column: what is wrong`, a line each.
  func messages(for file: String) -> [String] {
    problems.map { "\(file):\($0.line):\($0.column): \($0.message)" }
  }
}
