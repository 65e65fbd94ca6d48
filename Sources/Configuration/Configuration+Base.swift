import Gate
import Linting

/// A change must not be judged by rules that it makes itself: what decides is what the branch has that it goes to.
extension Configuration {
  /// The same with all that decides about a change as another one has it.
  package func judging(by base: Configuration) -> Configuration {
    var configuration = self
    configuration.failOn = base.failOn
    configuration.rules = base.rules
    configuration.approvals = base.approvals
    configuration.approvalPolicy = base.approvalPolicy
    configuration.baseline = base.baseline
    configuration.honoursForeignComments = base.honoursForeignComments
    configuration.timeouts = base.timeouts
    configuration.smallTables = base.smallTables
    configuration.largeTables = base.largeTables
    return configuration
  }

  /// The keys by which it asks for less than another one, each with what was and what is.
  package func loosened(since before: Configuration, names: RuleNames) -> [String] {
    loosenedThresholds(since: before, names) + loosenedApprovals(since: before) + loosenedLists(since: before)
  }

  private func loosenedThresholds(since before: Configuration, _ names: RuleNames) -> [String] {
    var keys: [String] = []
    let (old, new) = (before.failOn ?? Self.usualThreshold, failOn ?? Self.usualThreshold)
    if old.isStricter(than: new) { keys.append("fail_on (\(old.rawValue) before, \(new.rawValue) now)") }
    for id in Set(rules.keys).union(before.rules.keys).sorted() {
      let usual = names.runsUnasked(id) ? RuleSetting.on : .off
      let own = names.risk(of: id)
      let (old, new) = ((before.rules[id] ?? usual).risk(besides: own), (rules[id] ?? usual).risk(besides: own))
      guard let old, new.map({ old > $0 }) ?? true else { continue }
      keys.append("rules.\(id) (\(old.rawValue) before, \(new?.rawValue ?? "off") now)")
    }
    return keys
  }

  private static var usualThreshold: FailureThreshold { Policy().failOn.map(FailureThreshold.risk) ?? .nothing }

  private func loosenedApprovals(since before: Configuration) -> [String] {
    var keys: [String] = []
    let (old, new) = (before.approvalPolicy, approvalPolicy)
    for risk in Risk.allCases {
      let was = old.requirement(for: risk, before.policy)
      if was.isStricter(than: new.requirement(for: risk, policy)) {
        keys.append("approvals.\(risk.rawValue) (\(was.text) before)")
      }
    }
    for condition in old.conditions {
      let same = new.conditions.filter { ($0.subject, $0.pattern) == (condition.subject, condition.pattern) }
      if same.allSatisfy({ condition.requirement.isStricter(than: $0.requirement) }) {
        keys.append(
          "approvals.\(condition.subject.rawValue).\(condition.pattern) (\(condition.requirement.text) before)"
        )
      }
    }
    if new.acceptsComments, !old.acceptsComments { keys.append("approvals.comments (true now)") }
    if old.isRequired, !new.isRequired { keys.append("approvals.required (true before)") }
    if old.mustBeBound, !new.mustBeBound { keys.append("approvals.bound (true before)") }
    for (name, people) in new.members.sorted(by: { $0.key < $1.key }) {
      let added = Set(people).subtracting(old.members[name] ?? []).sorted()
      if !added.isEmpty { keys.append("approvers.\(name) (\(added.joined(separator: ", ")) added)") }
    }
    return keys
  }

  private func loosenedLists(since before: Configuration) -> [String] {
    var keys: [String] = []
    let added = { (key: String, old: [String], new: [String]) in
      let known = Set(old)
      let more = new.filter { !known.contains($0) }
      if !more.isEmpty { keys.append("\(key) (\(more.joined(separator: ", ")) added)") }
    }
    added("exclude", before.exclude, exclude)
    added("external", before.external, external)
    added("tables.small", before.smallTables, smallTables)
    let stillLarge = Set(largeTables)
    let large = before.largeTables.filter { !stillLarge.contains($0) }
    if !large.isEmpty { keys.append("tables.large (\(large.joined(separator: ", ")) removed)") }
    if timeouts == .session, before.timeouts != .session { keys.append("timeouts (session now)") }
    let own = Set(paths)
    let missing = before.paths.filter { !own.contains($0) }
    if !paths.isEmpty, !missing.isEmpty { keys.append("paths (\(missing.joined(separator: ", ")) removed)") }
    if honoursForeignComments, !before.honoursForeignComments { keys.append("foreign_suppressions (true now)") }
    if let baseline, baseline != "none", baseline != before.baseline { keys.append("baseline (\(baseline) now)") }
    return keys
  }
}

extension FailureThreshold {
  fileprivate func isStricter(than other: Self) -> Bool {
    switch (risk, other.risk) {
    case (nil, _): false
    case (_?, nil): true
    case (let own?, let other?): own < other
    }
  }
}

extension Configuration.RuleSetting {
  /// The risk of the rule's findings, which has one of its own; `nil` where it does not run.
  fileprivate func risk(besides own: Risk?) -> Risk? {
    switch self {
    case .off: nil
    case .on: own
    case .risk(let risk): risk
    }
  }
}

extension ApprovalPolicy.Requirement {
  /// Whether somebody must approve here and not there, or more people must.
  fileprivate func isStricter(than other: Self) -> Bool {
    !Set(roles).isSubset(of: other.roles) || count > other.count && !roles.isEmpty
  }
}
