import Catalog
import Execution
import Linting

/// How much of what a report holds.
struct ReportCounts {
  /// Up migrations.
  let migrations: Int
  let downMigrations: Int
  /// Of the migrations that were judged.
  let statements: Int
  /// Of all files, without suppressed ones.
  let findings: [Risk: Int]
  let suppressed: Int
  /// Of each rule that found something, the one with the most findings first.
  let rules: [RuleCount]

  struct RuleCount {
    let id: String
    var findings = 0
    var allowed = 0
    /// The highest of its findings.
    var risk = Risk.low
  }
  /// Findings that were there when the team began, and do not count.
  let known: Int
  /// Findings that make the run fail, and the files that they are in.
  let failing: Int
  let failingFiles: Int
  /// Findings that are of a risk which makes the run fail, and are advice.
  let advice: Int

  init(_ report: Report) {
    var migrations = 0
    var downMigrations = 0
    var statements = 0
    var findings: [Risk: Int] = [:]
    var suppressed = 0
    var rules: [String: RuleCount] = [:]
    var known = 0
    var failing = 0
    var failingFiles = 0
    var advice = 0
    // By index: each migration is much to copy.
    for index in report.migrations.indices {
      let direction = report.migrations[index].migration.direction
      switch report.migrations[index].migration.status {
      case .deleted, .misnamed, .configuration: break
      default: if direction == .up { migrations += 1 } else { downMigrations += 1 }
      }
      if report.policy.directions.contains(direction) { statements += report.migrations[index].statements.count }
      known += report.migrations[index].known.count
      let failures = report.failures(in: report.migrations[index]).count
      failing += failures
      if failures > 0 { failingFiles += 1 }
      advice += report.riskyCount(in: report.migrations[index]) - failures
      for finding in report.migrations[index].findings {
        var rule = rules[finding.rule] ?? RuleCount(id: finding.rule)
        rule.risk = max(rule.risk, finding.risk)
        if finding.isSuppressed {
          suppressed += 1
          rule.allowed += 1
        } else {
          findings[finding.risk, default: 0] += 1
          rule.findings += 1
        }
        rules[finding.rule] = rule
      }
    }
    self.migrations = migrations
    self.downMigrations = downMigrations
    self.statements = statements
    self.findings = findings
    self.suppressed = suppressed
    self.rules = rules.values.sorted { ($1.findings, $1.allowed, $0.id) < ($0.findings, $0.allowed, $1.id) }
    self.known = known
    self.failing = failing
    self.failingFiles = failingFiles
    self.advice = advice
  }
}

extension ReportCounts {
  /// How many findings there are of each risk, such as `3 findings (1 high, 2 low)`.
  var sentence: String { sentence { text, _ in text } }

  /// The same with each part painted.
  func sentence(_ paint: (String, Risk) -> String) -> String {
    let count = findings.values.reduce(0, +)
    guard count > 0 else { return "no findings" }
    let parts = Risk.allCases.reversed().compactMap { risk in
      findings[risk].map { paint("\($0) \(risk.rawValue)", risk) }
    }
    return "\(count.counted("finding")) (\(parts.joined(separator: ", ")))"
  }
}

extension Report {
  /// How many findings of a migration are of a risk that makes the run fail, whether they do or not.
  fileprivate func riskyCount(in migration: MigrationReport) -> Int {
    guard !migration.findings.isEmpty, let limit = policy(for: migration).failOn else { return 0 }
    return migration.findings.count { !$0.isSuppressed && $0.risk >= limit }
  }
}

extension Risk {
  var orHigher: String { self == .critical ? "critical risk" : "\(rawValue) risk or higher" }
}

extension Int {
  /// `1 file`, `2 files`.
  package func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
