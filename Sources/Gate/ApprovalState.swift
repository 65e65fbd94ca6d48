import Linting
import Syntax

/// What the approval of one migration needs, and what of that is there.
package struct ApprovalState: Sendable {
  package let migration: Migration
  package let risk: Risk
  /// What gives it the risk, or asks for an approval of its own: rules, and patterns of tables and schemas.
  package let reasons: [String]
  package let signOff: SignOff
  /// Its position in the report.
  package let index: Int

  package var roles: [SignOff.Role] { signOff.roles }
  package var isApproved: Bool { signOff.isApproved }
  package var notes: [String] { signOff.notes }

  /// The states of all migrations of a report that need an approval, in its order; `isAsked` says whether the run fails
  /// without it.
  package static func states(
    of report: Report,
    by policy: ApprovalPolicy,
    _ approvals: Approvals,
    isAsked: Bool = true,
    where isMeant: (MigrationReport) -> Bool = { _ in true }
  ) -> [ApprovalState] {
    var membership = Membership(policy)
    return report.migrations.indices.compactMap { index in
      let migration = report.migrations[index]
      guard report.isUndecided(migration), migration.migration.status.isToRun, isMeant(migration) else { return nil }
      return ApprovalState(index, in: report, policy, approvals, &membership, isAsked: isAsked)
    }
  }

  /// `nil` where nobody has to approve.
  private init?(
    _ index: Int,
    in whole: Report,
    _ policy: ApprovalPolicy,
    _ approvals: Approvals,
    _ membership: inout Membership,
    isAsked: Bool
  ) {
    let report = whole.migrations[index]
    self.index = index
    migration = report.migration
    risk = report.risk
    let conditions = policy.conditions.filter { $0.holds(for: report) }
    let requirements = [policy.requirement(for: risk, whole.policy(for: report))] + conditions.map(\.requirement)
    let given = approvals.people(for: report.migration)
    let void = approvals.void + given.void
    var names: [String] = []
    var counts: [String: Int] = [:]
    for requirement in requirements {
      for role in requirement.roles {
        if counts[role] == nil { names.append(role) }
        counts[role] = max(counts[role] ?? 0, requirement.count)
      }
    }
    guard !names.isEmpty else { return nil }
    let roles = names.map { name in
      SignOff.Role(
        name: name,
        count: counts[name] ?? 1,
        people: membership.listed(for: name),
        approvedBy: membership.people(for: name).intersection(given.people).sorted()
      )
    }
    signOff = SignOff(roles: roles, isAsked: isAsked, notes: void.map { $0.objection.sentence(about: $0.name) })
    let risk = risk
    let rules = report.findings.filter { $0.risk == risk }.map(\.rule)
    var seen: Set<String> = []
    reasons = (rules + conditions.map { "\($0.subject.rawValue) \($0.pattern)" }).filter { seen.insert($0).inserted }
  }

  /// What a sentence calls the migration.
  package var name: String { migration.version ?? migration.path }

  /// `000021 is high: VP Engineering has approved, CTO is missing`
  package var sentence: String { "\(name) is \(risk.rawValue): \(signOff.sentence)" }
}

extension Approvals.Objection {
  fileprivate func sentence(about name: String) -> String {
    switch self {
    case .outdated: "\(name) approved another text: the migrations have changed since, ask again"
    case .unbound: "\(name) approved, but not with the digest that `sqllint approvals --digest` prints"
    case .ownChange: "\(name) wrote the change, and cannot approve it"
    case .comment: "\(name) is named by a comment in the SQL, which is no approval unless approvals.comments is true"
    case .expired(let day): "\(name) approved until \(day), which is over"
    }
  }
}

extension Report {
  /// Puts what is known of the approvals beside the migrations.
  package mutating func sign(by states: [ApprovalState]) {
    sign(Dictionary(states.map { ($0.index, $0.signOff) }) { first, _ in first })
  }
}
