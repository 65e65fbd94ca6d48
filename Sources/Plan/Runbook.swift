import Linting

/// The runbook of a deployment: what people do before, during and after it, with the names of this one.
package struct Runbook: Sendable {
  package struct Task: Sendable {
    /// Words of sqllint's own, names between backticks.
    let title: String
    var detail: String?
    var code: PlanNode.Code?

    init(_ title: String, detail: String? = nil, _ code: PlanNode.Code? = nil) {
      (self.title, self.detail, self.code) = (title, detail, code)
    }
  }

  /// Migrations that run one right after the other.
  struct Stage: Sendable {
    var migrations: [Int]
    var phases: [Phase] = []
    /// What must be done, or true, before it begins.
    var waitsFor: [String]
    var commands: [String] = []
  }

  /// A statement that others wait for, or that takes its time.
  struct Step: Sendable {
    let command: String
    let place: String
    let sql: String
    let lines: [String]
    let abort: [String]
    let progress: PlanNode.Code?
    let cleanup: PlanNode.Code?
    /// Where it is split into batches wrongly.
    let warning: String?
  }

  struct Part: Sendable {
    let report: MigrationReport
    let title: String
    let reasons: [String]
    let steps: [Step]
    let checks: CheckList
    let tasksAfter: [Task]
    let rollback: RollbackPart
    let timeouts: [String]
    let command: [String]
    /// Where a stage begins that waits for something.
    let stageNote: String?
    /// Where no command runs it alone.
    let commandNote: String?
  }

  struct RollbackPart: Sendable {
    let command: [String]
    let facts: [String]
    let losses: [String]
    let locks: [String]
    /// What its down migration takes away, with what was written into it since.
    let takes: [String]
    let checks: CheckList
    /// What its down migration leaves, and what need not go.
    let stays: [Check]
    /// How what is lost comes back from its dump.
    let restores: [Task]
    /// Whether its down migration would fail on rows.
    let questions: [Task]
    let repair: [String]
    let failure: [String]
    /// Where the down migration is refused.
    let downRepair: [String]
  }

  let policy: Policy
  let runner: String
  let folder: String
  let fromVersion: String?
  let toVersion: String?
  let risk: Risk
  let toolVersion: String
  let parts: [Part]
  let stages: [Stage]
  let before: [Task]
  let backup: [Task]
  let watch: [Task]
  let downtime: [Task]
  /// The way back for the whole database.
  let restore: [Task]
  let approvals: [Approval]
  let estimate: String
  /// What is true when all of it has run.
  let final: CheckList
  let code: [String]
  /// What PostgreSQL or the runner refuses.
  let obstacles: [String]
}

extension Runbook.Task {
  var node: PlanNode {
    .object([
      .init("title", .phrase(title)), .init("detail", detail.map(PlanNode.phrase) ?? .none),
      .init("code", .optional(code)),
    ])
  }
}
