import Catalog
import Linting
import Syntax

/// Who must approve what, and who may do so.
package struct ApprovalPolicy: Hashable, Sendable {
  /// Who must approve: every role, and of each so many people.
  package struct Requirement: Hashable, Sendable {
    package var roles: [String]
    package var count: Int

    package init(roles: [String], count: Int = 1) {
      self.roles = roles
      self.count = count
    }

    /// `VP Engineering + CTO` is two roles.
    package init(reading text: String) {
      let isNobody = Self.wordsForNobody.contains(text.trimmingSpaces.lowercased())
      self.init(roles: isNobody ? [] : Policy.approvers(in: text))
    }

    /// As it stands in a table.
    package var text: String {
      if roles.isEmpty { return Self.nobody }
      let names = roles.joined(separator: " + ")
      return count > 1 ? "\(count) of \(names)" : names
    }

    /// What is written where nobody has to.
    package static let nobody = "nobody"
    private static let wordsForNobody: Set<String> = [nobody, "none"]
  }

  /// What a migration has about it, so that it needs an approval of its own.
  package enum Subject: String, CaseIterable, Hashable, Sendable {
    case rules, tables, schemas
  }

  package struct Condition: Hashable, Sendable {
    package let subject: Subject
    /// Of the names of the subject; `*` stands for anything, `?` for one character.
    package let pattern: String
    package let requirement: Requirement

    package init(subject: Subject, pattern: String, requirement: Requirement) {
      self.subject = subject
      self.pattern = pattern
      self.requirement = requirement
    }
  }

  /// By risk, where the text that people see is not all.
  package var byRisk: [Risk: Requirement] = [:]
  package var conditions: [Condition] = []
  /// Who may approve as what, and who belongs to which team.
  package var members: [String: [String]] = [:]
  /// Whether a comment in the SQL is an approval.
  package var acceptsComments = false
  /// Whether approvals are asked for without an option that says so.
  package var isRequired = false
  /// Whether an approval counts only with the digest of what was approved.
  package var mustBeBound = false

  package init() {}

  /// Who must approve a migration of a risk. What is low has the review that every change has, and asks nobody besides,
  /// unless the configuration says who.
  package func requirement(for risk: Risk, _ policy: Policy) -> Requirement {
    byRisk[risk] ?? (risk == .low ? Requirement(roles: []) : Requirement(reading: policy.approval(for: risk)))
  }
}

/// Who belongs to which role and team, looked up fast.
struct Membership: Sendable {
  /// By names in lower case.
  private let members: [String: [String]]
  private var people: [String: Set<String>] = [:]
  private var lists: [String: [String]] = [:]

  init(_ policy: ApprovalPolicy) {
    members = Dictionary(policy.members.map { ($0.key.lowercased(), $0.value) }) { $0 + $1 }
  }

  /// The people who may approve as what is named, in lower case, among them the name itself.
  ///
  /// Teams may be members of teams, and of each other: each is looked at once.
  mutating func people(for name: String) -> Set<String> {
    if let known = people[name] { return known }
    var found: Set<String> = []
    var open = [name]
    while let next = open.popLast() {
      guard found.insert(next.lowercased()).inserted else { continue }
      open += members[next.lowercased()] ?? []
    }
    people[name] = found
    return found
  }

  /// Those who are listed for a role, as they are written; for teams that have members these stand.
  mutating func listed(for role: String) -> [String] {
    if let known = lists[role] { return known }
    var found: [String] = []
    var seen: Set<String> = [role.lowercased()]
    var open = (members[role.lowercased()] ?? []).reversed().map(\.self)
    while let next = open.popLast() {
      guard seen.insert(next.lowercased()).inserted else { continue }
      if let own = members[next.lowercased()] { open += own.reversed() } else { found.append(next) }
    }
    lists[role] = found
    return found
  }
}

extension ApprovalPolicy {
  /// Who must approve what a rule finds, besides those of its risk.
  package func requirements(ofRule id: String) -> [Requirement] {
    conditions.filter { $0.subject == .rules && Array(id.utf8).matches(Array($0.pattern.utf8)) }.map(\.requirement)
  }
}

extension ApprovalPolicy.Condition {
  /// Whether a migration has it about it.
  func holds(for migration: MigrationReport) -> Bool {
    switch subject {
    case .rules:
      let pattern = Array(pattern.utf8)
      return migration.findings.contains { Array($0.rule.utf8).matches(pattern) }
    case .tables:
      let names = ExternalNames([pattern])
      return migration.touched.contains { names.contains($0) }
    case .schemas:
      let pattern = Array(pattern.lowercased().utf8)
      return migration.touched.contains { Array(($0.schema ?? "public").lowercased().utf8).matches(pattern) }
    }
  }
}

extension MigrationReport {
  /// The relations that it makes or does something to; a schema that it makes stands for what will be in it.
  fileprivate var touched: [QualifiedName] {
    statements.flatMap { statement in
      let made = statement.statement.kind.made.map { made in
        made.kind == .schema ? QualifiedName(schema: made.name.name, "") : made.name
      }
      return statement.effects.relations.map(\.relation) + (made.map { [$0] } ?? [])
    }
  }
}
