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
  /// Findings that were there when the team began, and do not count.
  let known: Int

  init(_ report: Report) {
    var migrations = 0
    var downMigrations = 0
    var statements = 0
    var findings: [Risk: Int] = [:]
    var suppressed = 0
    var known = 0
    // By index: each migration is much to copy.
    for index in report.migrations.indices {
      let direction = report.migrations[index].migration.direction
      switch report.migrations[index].migration.status {
      case .deleted, .misnamed, .configuration: break
      default: if direction == .up { migrations += 1 } else { downMigrations += 1 }
      }
      if report.policy.directions.contains(direction) { statements += report.migrations[index].statements.count }
      known += report.migrations[index].known.count
      for finding in report.migrations[index].findings {
        if finding.isSuppressed {
          suppressed += 1
        } else {
          findings[finding.risk, default: 0] += 1
        }
      }
    }
    self.migrations = migrations
    self.downMigrations = downMigrations
    self.statements = statements
    self.findings = findings
    self.suppressed = suppressed
    self.known = known
  }
}
