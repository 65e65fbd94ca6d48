import Linting
import Reports

extension Runbook {
  /// A role that must approve, what of, and who has.
  struct Approval: Sendable {
    let role: String
    /// The highest of what it approves.
    let risk: Risk
    /// By their positions.
    let migrations: [Int]
    let given: String
  }
}

/// Who must approve the migrations of a deployment, and what of that is given.
struct ApprovalTable {
  private var rows: [Row] = []

  private struct Row {
    let role: String
    var risk: Risk
    var answers: [(migration: Int, answer: Answer)]
  }

  private enum Answer {
    /// Nobody said who has approved.
    case unknown
    case given([String])
    /// Who has, how many must, and who may.
    case missing([String], of: Int, people: [String])
    /// The review that every change has is enough.
    case review
  }

  /// The highest risk first.
  static func rows(of migrations: [MigrationReport], _ policy: Policy) -> [Runbook.Approval] {
    var table = ApprovalTable()
    let order = migrations.indices.sorted { (migrations[$1].risk, $0) < (migrations[$0].risk, $1) }
    for index in order {
      let migration = migrations[index]
      if let signOff = migration.signOff {
        for role in signOff.roles { table.add(role.name, migration.risk, index, answer(of: role)) }
      } else {
        for role in migration.decision(under: policy).approvers {
          table.add(role, migration.risk, index, migration.risk > .low ? .unknown : .review)
        }
      }
    }
    return table.rows.map { row in
      Runbook.Approval(
        role: row.role,
        risk: row.risk,
        migrations: row.answers.map(\.migration).sorted(),
        given: phrase(row.answers, migrations)
      )
    }
  }

  private static func answer(of role: SignOff.Role) -> Answer {
    role.isApproved ? .given(role.approvedBy) : .missing(role.approvedBy, of: role.count, people: role.people)
  }

  private mutating func add(_ role: String, _ risk: Risk, _ migration: Int, _ answer: Answer) {
    if let index = rows.firstIndex(where: { $0.role == role }) {
      rows[index].answers.append((migration, answer))
    } else {
      rows.append(Row(role: role, risk: risk, answers: [(migration, answer)]))
    }
  }

  /// In words, with the versions where not all of them have the same answer.
  private static func phrase(_ answers: [(migration: Int, answer: Answer)], _ migrations: [MigrationReport]) -> String {
    var parts: [(words: String, versions: [String])] = []
    for (index, answer) in answers {
      let migration = migrations[index].migration
      let version = MarkdownText.span(migration.version ?? migration.name)
      let words = words(of: answer)
      if let known = parts.firstIndex(where: { $0.words == words }) {
        parts[known].versions.append(version)
      } else {
        parts.append((words, [version]))
      }
    }
    if parts.count == 1 { return parts[0].words }
    return parts.map { "\($0.words) for \($0.versions.joined(separator: ", "))" }.joined(separator: "; ")
  }

  private static func words(of answer: Answer) -> String {
    switch answer {
    case .unknown: return "____"
    case .review: return "with the review of the change: ____"
    case .given(let people): return "given by \(list(people))"
    case .missing(let people, let count, let others):
      let rest = others.isEmpty ? "" : ", ask \(list(others))"
      if count == 1 { return "**missing**\(rest)" }
      let given = people.isEmpty ? "" : " (\(list(people)))"
      return "**\(people.count) of \(count)**\(given)\(rest)"
    }
  }

  private static func list(_ people: [String]) -> String { people.map(MarkdownText.prose).joined(separator: ", ") }
}
