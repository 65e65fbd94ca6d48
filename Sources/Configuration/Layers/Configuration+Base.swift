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
    configuration.overrides = base.overrides
    return configuration
  }

  /// The keys by which it asks for less than another one, each with what was and what is.
  package func loosened(since before: Configuration, names: RuleNames) -> [String] {
    let keys =
      loosenedJudgement(since: before, names) + loosenedOverrides(since: before, names) + loosenedFiles(since: before)
      + loosenedLists(since: before)
    guard !keys.isEmpty, extends != before.extends else { return keys }
    let shown = [before, self].map { $0.extends.isEmpty ? Preset.default.rawValue : $0.extends.joined(separator: ", ") }
    return ["extends (\(shown[0]) before, \(shown[1]) now)"] + keys
  }

  /// Of what may hold for some migrations alone.
  private func loosenedJudgement(since before: Configuration, _ names: RuleNames) -> [String] {
    var keys = loosenedThresholds(since: before, names) + loosenedApprovals(since: before)
    if timeouts == .session, before.timeouts != .session { keys.append("timeouts (session now)") }
    if honoursForeignComments, !before.honoursForeignComments { keys.append("foreign_suppressions (true now)") }
    return keys
  }

  /// An override that is new is compared with what held for its migrations before, and one that is gone with what does now.
  private func loosenedOverrides(since before: Configuration, _ names: RuleNames) -> [String] {
    let known = Set(loosenedJudgement(since: before, names))
    var told: [String] = []
    let tell = { (override: Override, keys: [String]) in
      let paths = override.paths.map(\.text).joined(separator: ", ")
      told += keys.filter { !known.contains($0) }.map { "overrides of \(paths): \($0)" }
    }
    let (own, former) = (Set(overrides), Set(before.overrides))
    for override in overrides where !former.contains(override) {
      let counterpart = before.overrides.last { $0.paths == override.paths }
      let held = counterpart.map(before.applying) ?? before
      tell(override, applying(override).loosenedJudgement(since: held, names))
    }
    let paths = Set(overrides.map(\.paths))
    for override in before.overrides where !own.contains(override) && !paths.contains(override.paths) {
      tell(override, loosenedJudgement(since: before.applying(override), names))
    }
    return told
  }

  /// What takes files out.
  private func loosenedFiles(since before: Configuration) -> [String] {
    var keys: [String] = []
    let added = Self.texts(exclude, besides: before.exclude)
    if !added.isEmpty { keys.append("exclude (\(added) added)") }
    if before.include.isEmpty, !include.isEmpty {
      keys.append("include (\(Self.texts(include, besides: [])) now, all files before)")
    } else if !include.isEmpty {
      let removed = Self.texts(before.include, besides: include)
      if !removed.isEmpty { keys.append("include (\(removed) removed)") }
    }
    let missing = Self.texts(before.paths, besides: paths)
    if !paths.isEmpty, !missing.isEmpty { keys.append("paths (\(missing) removed)") }
    return keys
  }

  private static func texts(_ texts: [PlacedText], besides others: [PlacedText]) -> String {
    let known = Set(others)
    return texts.filter { !known.contains($0) }.map(\.text).joined(separator: ", ")
  }

  private func loosenedThresholds(since before: Configuration, _ names: RuleNames) -> [String] {
    var keys: [String] = []
    let (old, new) = (before.failOn ?? Self.usualThreshold, failOn ?? Self.usualThreshold)
    if old.isStricter(than: new) { keys.append("fail_on (\(old.rawValue) before, \(new.rawValue) now)") }
    var rulesNow: [String] = []
    for id in Set(rules.keys).union(before.rules.keys).sorted() {
      let usual = names.runsUnasked(id) ? RuleSetting.on : .off
      let own = names.risk(of: id)
      let (old, new) = (before.rules[id] ?? usual, rules[id] ?? usual)
      guard let was = old.risk(besides: own) else { continue }
      let becomesAdvice = new == .advice && old != .advice
      guard becomesAdvice || new.risk(besides: own).map({ was > $0 }) ?? true else { continue }
      rulesNow.append("rules.\(id) (\(old.word(besides: own)) before, \(new.word(besides: own)) now)")
    }
    let rest = rulesNow.count - Self.toldRules
    return keys + rulesNow.prefix(Self.toldRules) + (rest > 0 ? ["and \(rest) more rules"] : [])
  }

  /// Where another preset is taken, there are many.
  private static let toldRules = 5

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
    added("external", before.external, external)
    added("tables.small", before.smallTables, smallTables)
    let stillLarge = Set(largeTables)
    let large = before.largeTables.filter { !stillLarge.contains($0) }
    if !large.isEmpty { keys.append("tables.large (\(large.joined(separator: ", ")) removed)") }
    if let baseline, baseline.text != "none", baseline != before.baseline {
      keys.append("baseline (\(baseline.text) now)")
    }
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
    case .on, .advice: own
    case .risk(let risk): risk
    }
  }

  /// As people see it.
  fileprivate func word(besides own: Risk?) -> String {
    self == .advice ? "advice" : risk(besides: own)?.rawValue ?? "off"
  }
}

extension ApprovalPolicy.Requirement {
  /// Whether somebody must approve here and not there, or more people must.
  fileprivate func isStricter(than other: Self) -> Bool {
    !Set(roles).isSubset(of: other.roles) || count > other.count && !roles.isEmpty
  }
}
