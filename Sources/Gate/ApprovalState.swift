import Linting
import Syntax

/// What the approval of one migration needs, and what of that is there.
package struct ApprovalState: Sendable {
  /// A role, and who has approved as that.
  package struct Role: Hashable, Sendable {
    package let name: String
    /// How many people must.
    package let count: Int
    /// Those who may, as the configuration lists them.
    package let people: [String]
    /// Those who have.
    package let approvedBy: [String]

    package var isApproved: Bool { approvedBy.count >= count }
  }

  package let migration: Migration
  package let risk: Risk
  /// What gives it the risk, or asks for an approval of its own: rules, and patterns of tables and schemas.
  package let reasons: [String]
  package let roles: [Role]
  package let void: [(name: String, objection: Approvals.Objection)]

  package var isApproved: Bool { roles.allSatisfy(\.isApproved) }

  /// The states of all migrations of a report that need an approval, in its order.
  package static func states(
    of report: Report,
    by policy: ApprovalPolicy,
    _ approvals: Approvals,
    where isMeant: (MigrationReport) -> Bool = { _ in true }
  ) -> [ApprovalState] {
    var membership = Membership(policy)
    return report.undecided.filter { $0.migration.status.isToRun && isMeant($0) }
      .compactMap { ApprovalState($0, report.policy(for: $0), policy, approvals, &membership) }
  }

  /// `nil` where nobody has to approve.
  private init?(
    _ report: MigrationReport,
    _ judgement: Policy,
    _ policy: ApprovalPolicy,
    _ approvals: Approvals,
    _ membership: inout Membership
  ) {
    migration = report.migration
    risk = report.risk
    let conditions = policy.conditions.filter { $0.holds(for: report) }
    let requirements = [policy.requirement(for: risk, judgement)] + conditions.map(\.requirement)
    let given = approvals.people(for: report.migration)
    void = approvals.void + given.void
    var counts: [(name: String, count: Int)] = []
    for requirement in requirements {
      for role in requirement.roles {
        if let index = counts.firstIndex(where: { $0.name == role }) {
          counts[index].count = max(counts[index].count, requirement.count)
        } else {
          counts.append((role, requirement.count))
        }
      }
    }
    guard !counts.isEmpty else { return nil }
    roles = counts.map { name, count in
      Role(
        name: name,
        count: count,
        people: membership.listed(for: name),
        approvedBy: membership.people(for: name).intersection(given.people).sorted()
      )
    }
    let risk = risk
    let rules = report.findings.filter { $0.risk == risk }.map(\.rule)
    var seen: Set<String> = []
    reasons = (rules + conditions.map { "\($0.subject.rawValue) \($0.pattern)" }).filter { seen.insert($0).inserted }
  }

  /// What a sentence calls the migration.
  package var name: String { migration.version ?? migration.path }

  /// `000021 is high: VP Engineering has approved, CTO is missing`
  package var sentence: String {
    let clauses = roles.map { role in
      if role.isApproved { return "\(role.name) has approved" }
      if role.count == 1 { return "\(role.name) is missing" }
      return "of \(role.name) \(role.approvedBy.count) of \(role.count) have approved"
    }
    return "\(name) is \(risk.rawValue): \(clauses.joined(separator: ", "))"
  }

  /// What keeps approvals from counting, and what nobody can do anything about as it stands.
  package var notes: [String] {
    let objections = void.map { name, objection in
      switch objection {
      case .outdated: "\(name) approved another text: the migrations have changed since, ask again"
      case .unbound: "\(name) approved, but not with the digest that `sqllint approvals --digest` prints"
      case .ownChange: "\(name) wrote the change, and cannot approve it"
      case .comment: "\(name) is named by a comment in the SQL, which is no approval unless approvals.comments is true"
      case .expired(let day): "\(name) approved until \(day), which is over"
      }
    }
    return isApproved ? [] : objections
  }
}
