import Gate
import Linting
import Syntax
import Yams

extension ConfigurationReader {
  private enum ApprovalKey: String, CaseIterable {
    case low, medium, high, critical, rules, tables, schemas, comments, required, bound

    var summary: String {
      switch self {
      case .low, .medium, .high, .critical: "Who must approve a migration of \(rawValue) risk; nobody asks nobody."
      case .rules: "Who must approve besides what these rules find, by patterns of their names."
      case .tables: "Who must approve besides what is done to these tables, by patterns of their names."
      case .schemas: "Who must approve besides what is done in these schemas, by patterns of their names."
      case .comments: "Whether -- sqllint:approved by @handle reason in a migration is an approval."
      case .required: "Whether approvals are asked for without --approved-by."
      case .bound: "Whether an approval counts only with the digest of what it was given for."
      }
    }

    var usual: String {
      switch self {
      case .low, .medium, .high, .critical:
        YAMLText.scalar(Risk(rawValue: rawValue).flatMap { Policy.usualApprovals[$0] } ?? "")
      case .rules, .tables, .schemas: "{}"
      case .comments, .required, .bound: "false"
      }
    }

    var shape: KeyShape {
      switch self {
      case .low, .medium, .high, .critical: .approvers
      case .rules, .tables, .schemas: .map(.patterns, to: .approvers)
      case .comments, .required, .bound: .flag
      }
    }
  }

  static let approvalKeys = ApprovalKey.allCases.map { key in
    ConfigurationKey(
      in: "approvals",
      key.rawValue,
      key.summary,
      // To write that of low would ask for it: what is low has the usual review.
      usual: key == .low ? nil : key.usual,
      key.shape
    )
  }

  /// Who must approve, by risk and by what a migration has about it, and how approvals are taken.
  mutating func readApprovals(_ node: Node) {
    for (key, value) in pairs(node, of: "approvals") {
      guard let known = choice(key, of: "a key of approvals", among: ApprovalKey.allCases) else { continue }
      switch known {
      case .low, .medium, .high, .critical:
        guard let risk = Risk(rawValue: known.rawValue), let requirement = requirement(value) else { continue }
        configuration.approvals[risk] = requirement.text
        configuration.approvalPolicy.byRisk[risk] = requirement.requirement
      case .rules, .tables, .schemas:
        if let subject = ApprovalPolicy.Subject(rawValue: known.rawValue) { readConditions(value, about: subject) }
        if Set(configuration.approvalPolicy.conditions.flatMap(\.requirement.roles)).count > Self.maximumRoles {
          complain(at: value, "more than \(Self.maximumRoles) who must approve: each migration may need all of them")
        }
      case .comments:
        configuration.approvalPolicy.acceptsComments = flag(value, of: "approvals.comments") ?? false
      case .required:
        configuration.approvalPolicy.isRequired = flag(value, of: "approvals.required") ?? false
      case .bound:
        configuration.approvalPolicy.mustBeBound = flag(value, of: "approvals.bound") ?? false
      }
    }
  }

  private mutating func readConditions(_ node: Node, about subject: ApprovalPolicy.Subject) {
    for (key, value) in pairs(node, of: "approvals.\(subject.rawValue)") {
      guard let pattern = text(key, expecting: "a pattern of names"), let requirement = requirement(value) else {
        continue
      }
      if subject == .rules { checkRule(pattern, at: key) }
      guard configuration.approvalPolicy.conditions.count < Self.maximumConditions else {
        complain(at: key, "more than \(Self.maximumConditions) patterns: each migration is held against all")
        return
      }
      configuration.approvalPolicy.conditions.append(
        ApprovalPolicy.Condition(subject: subject, pattern: pattern, requirement: requirement.requirement)
      )
    }
  }

  private static var maximumConditions: Int { 500 }
  private static var maximumRoles: Int { 200 }
  private static var maximumMembers: Int { 2_000 }

  /// A pattern without a star is the name of a rule.
  private mutating func checkRule(_ pattern: String, at node: Node) {
    guard !pattern.contains("*"), !pattern.contains("?"), names.presentID(of: pattern) == nil else { return }
    let names = names
    complain(at: node, names.complaint(about: pattern))
  }

  /// Who must approve: a text, in which + is between several; a list of them; or `by` with a `count`.
  private mutating func requirement(
    _ node: Node
  ) -> (text: String, requirement: ApprovalPolicy.Requirement)? {
    guard case .mapping = node else {
      if case .sequence = node {
        guard let roles = list(node, expecting: Self.expected) else { return nil }
        return shown(ApprovalPolicy.Requirement(roles: roles), nil, at: node)
      }
      guard let text = text(node, expecting: "a text") else { return nil }
      return shown(ApprovalPolicy.Requirement(reading: text), text, at: node)
    }
    var roles: [String] = []
    var count = 1
    for (key, value) in pairs(node, of: "this") {
      guard let word = text(key, expecting: "by or count") else { continue }
      switch word {
      case "by":
        if case .scalar = value, let text = text(value, expecting: Self.expected) {
          roles = ApprovalPolicy.Requirement(reading: text).roles
        } else {
          roles = list(value, expecting: Self.expected) ?? []
        }
      case "count":
        guard let word = text(value, expecting: "a number of people") else { continue }
        if let number = Int(word), (1...Self.maximumPeople).contains(number) {
          count = number
        } else {
          complain(at: value, "count is '\(word)': expected a number from 1 to \(Self.maximumPeople)")
        }
      default: complain(at: key, "unknown key '\(word)': \(NearestName.advice(for: word, among: ["by", "count"]))")
      }
    }
    guard !roles.isEmpty else {
      complain(at: node, "it is not said who must approve: expected by: with a name")
      return nil
    }
    return shown(ApprovalPolicy.Requirement(roles: roles, count: count), nil, at: node)
  }

  private static var expected: String { "who must approve" }
  static var maximumPeople: Int { 100 }

  private mutating func shown(
    _ requirement: ApprovalPolicy.Requirement,
    _ text: String?,
    at node: Node
  ) -> (text: String, requirement: ApprovalPolicy.Requirement)? {
    let text = text ?? requirement.text
    guard text.unicodeScalars.count <= Self.maximumText else {
      complain(
        at: node,
        "the text is longer than \(Self.maximumText) characters, and stands in each row of a report"
      )
      return nil
    }
    return (text, requirement)
  }

  private mutating func list(_ node: Node, expecting expected: String) -> [String]? {
    guard case .sequence(let items) = node else {
      complain(at: node, "this is \(node.shape): expected \(expected), or a list of them")
      return nil
    }
    return items.compactMap { text($0, expecting: expected) }
  }

  /// Who may approve as what, and who belongs to which team.
  mutating func readApprovers(_ node: Node) {
    for (key, value) in pairs(node, of: "approvers") {
      guard let name = text(key, expecting: "a role or a team") else { continue }
      configuration.approvalPolicy.members[name] =
        oneOrMore(value, expecting: "a name, a handle such as @vera, or a team")
    }
    if configuration.approvalPolicy.members.values.reduce(0, { $0 + $1.count }) > Self.maximumMembers {
      complain(at: node, "more than \(Self.maximumMembers) who may approve: name teams, and not all who are in them")
    }
  }
}

extension Configuration {
  /// Lays what a part says of approvals over what is there.
  mutating func takeApprovals(_ part: Partial) {
    let other = part.configuration.approvalPolicy
    approvals.merge(part.configuration.approvals) { $1 }
    approvalPolicy.byRisk.merge(other.byRisk) { $1 }
    var places: [[String]: Int] = [:]
    for (index, condition) in approvalPolicy.conditions.enumerated() {
      places[[condition.subject.rawValue, condition.pattern]] = index
    }
    for condition in other.conditions {
      if let index = places[[condition.subject.rawValue, condition.pattern]] {
        approvalPolicy.conditions[index] = condition
      } else {
        approvalPolicy.conditions.append(condition)
      }
    }
    if part.gives(["approvals", "comments"]) { approvalPolicy.acceptsComments = other.acceptsComments }
    if part.gives(["approvals", "required"]) { approvalPolicy.isRequired = other.isRequired }
    if part.gives(["approvals", "bound"]) { approvalPolicy.mustBeBound = other.mustBeBound }
  }
}
