import Catalog
import Syntax

/// How a team judges: who approves what, which rules count, and what fails a run.
package struct Policy: Hashable, Sendable {
  /// Who must approve a migration of each risk.
  package var approvals: [Risk: String]
  /// Whether a migration of each risk needs downtime.
  package var downtimes: [Risk: String]
  /// Risks that replace a rule's own, by rule id.
  package var ruleRisks: [String: Risk]
  /// Rules that are switched off.
  package var disabledRules: Set<String>
  /// Rules that run only where somebody asks for them, and that somebody asks for.
  package var enabledRules: Set<String>
  /// Rules whose findings make no run fail.
  package var advisoryRules: Set<String>
  /// The lowest risk of a finding that makes the run fail; `nil` where none does.
  package var failOn: Risk?
  /// The major version of the server that will run the migrations, 12 to 18.
  package var targetVersion: Int
  /// The time zone in which the sessions that run the migrations begin; `nil` where nobody says.
  package var timeZone: String?
  /// Patterns of the names of objects that something else than the migrations makes.
  package var external: [String]
  /// How large the tables of the server are, and how fast it works.
  package var sizes: TableSizes
  package var rates: WorkRates
  /// Where the lock_timeout is set that migrations run with; `nil`: where most migrations set it.
  package var timeouts: TimeoutPlace?
  /// Whether a history that nowhere sets one is reminded of it once, where nobody says.
  package var remindsOfTimeouts: Bool
  /// Which migrations the rules judge by what their statements do; of the others they say what cannot be read.
  package var directions: Set<Migration.Direction>
  /// Whether the comments by which other tools leave something out count for the rules that sqllint shares with them.
  package var honoursForeignComments: Bool
  /// The day of the run, for comments that hold until a day; `nil` where all of them hold.
  package var today: CalendarDate?

  package init(
    approvals: [Risk: String] = Self.usualApprovals,
    downtimes: [Risk: String] = Self.usualDowntimes,
    ruleRisks: [String: Risk] = [:],
    disabledRules: Set<String> = [],
    enabledRules: Set<String> = [],
    advisoryRules: Set<String> = [],
    failOn: Risk? = .medium,
    targetVersion: Int = 17,
    timeZone: String? = nil,
    external: [String] = [],
    sizes: TableSizes = TableSizes(),
    rates: WorkRates = WorkRates(),
    timeouts: TimeoutPlace? = nil,
    remindsOfTimeouts: Bool = false,
    directions: Set<Migration.Direction> = [.up],
    honoursForeignComments: Bool = false,
    today: CalendarDate? = nil
  ) {
    self.approvals = approvals
    self.downtimes = downtimes
    self.ruleRisks = ruleRisks
    self.disabledRules = disabledRules
    self.enabledRules = enabledRules
    self.advisoryRules = advisoryRules
    self.failOn = failOn
    self.targetVersion = targetVersion
    self.timeZone = timeZone
    self.external = external
    self.sizes = sizes
    self.rates = rates
    self.timeouts = timeouts
    self.remindsOfTimeouts = remindsOfTimeouts
    self.directions = directions
    self.honoursForeignComments = honoursForeignComments
    self.today = today
  }

  /// Whether a rule runs, as far as the team decides.
  package func runs(_ rule: some Rule) -> Bool {
    !disabledRules.contains(rule.id) && (!rule.isOptIn || enabledRules.contains(rule.id))
  }

  package enum TimeoutPlace: String, CaseIterable, Hashable, Sendable {
    case migration
    /// The role's or the connection's settings.
    case session
  }

  package static let supportedVersions = 12...18

  package static let usualApprovals: [Risk: String] = [
    .low: "Tech Lead",
    .medium: "Engineering Manager",
    .high: "VP Engineering + CTO",
    .critical: "Executive Team",
  ]

  package static let usualDowntimes: [Risk: String] = [
    .low: "no",
    .medium: "no, with a strategy",
    .high: "yes, or a complex strategy",
    .critical: "yes",
  ]

  package func approval(for risk: Risk) -> String {
    approvals[risk] ?? Self.usualApprovals[risk] ?? risk.rawValue
  }

  package func downtime(for risk: Risk) -> String {
    downtimes[risk] ?? Self.usualDowntimes[risk] ?? risk.rawValue
  }

  /// Whether a finding makes the run fail.
  package func fails(_ finding: Finding) -> Bool {
    failOn.map { finding.risk >= $0 && !advisoryRules.contains(finding.rule) } ?? false
  }
}

/// From which risk on findings make a run fail, as people write it.
package enum FailureThreshold: Hashable, Sendable, RawRepresentable, CaseIterable {
  case risk(Risk)
  /// No finding does.
  case nothing

  package static var allCases: [Self] { Risk.allCases.map(risk) + [.nothing] }

  package init?(rawValue: String) {
    guard let value = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = value
  }

  package var rawValue: String { risk?.rawValue ?? "none" }

  /// `nil` where there is none.
  package var risk: Risk? { if case .risk(let risk) = self { risk } else { nil } }
}
