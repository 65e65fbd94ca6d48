import Testing

@testable import Configuration
@testable import Gate

@Suite("What the configuration says of approvals, and what it loosens")
struct ApprovalConfigurationTests {
  @Test("approvals are read with their conditions, and those who may give them")
  func approvals() throws {
    let configuration = try ConfigurationReader.read(
      """
      approvals:
        medium: [DBA, Tech Lead]
        high: {by: VP Engineering + CTO, count: 2}
        critical: nobody
        rules: {table-*: DBA, drop-column: {by: [A, B]}}
        tables: {billing.*: Billing}
        schemas: {audit: Security}
        comments: true
        required: yes
        bound: true
      approvers:
        CTO: "@carl"
        "@acme/leads": ["@ann", "@bob"]
      """,
      names: sampleNames
    )
    let policy = configuration.approvalPolicy
    #expect(configuration.approvals[.high] == "2 of VP Engineering + CTO")
    #expect(policy.byRisk[.medium]?.roles == ["DBA", "Tech Lead"])
    #expect(policy.byRisk[.high] == .init(roles: ["VP Engineering", "CTO"], count: 2))
    #expect(policy.byRisk[.critical]?.roles == [])
    #expect(
      policy.conditions.map { "\($0.subject) \($0.pattern) \($0.requirement.text)" } == [
        "rules table-* DBA", "rules drop-column A + B", "tables billing.* Billing", "schemas audit Security",
      ]
    )
    #expect(policy.acceptsComments && policy.isRequired && policy.mustBeBound)
    #expect(policy.members == ["CTO": ["@carl"], "@acme/leads": ["@ann", "@bob"]])
  }

  @Test(
    "what asks for less than another one is named by its key",
    arguments: [
      ("", "fail_on: high", ["fail_on (medium before, high now)"]), ("fail_on: none", "fail_on: low", []),
      ("rules: {table-dropped: high}", "rules: {table-dropped: off}", ["rules.table-dropped (high before, off now)"]),
      ("", "rules: {table-dropped: low}", ["rules.table-dropped (medium before, low now)"]),
      ("rules: {table-dropped: off}", "", []),
      ("", "approvals: {high: CTO}", ["approvals.high (VP Engineering + CTO before)"]),
      ("", "approvals: {high: VP Engineering + CTO + DBA}", []),
      ("approvals: {high: {by: A, count: 2}}", "approvals: {high: A}", ["approvals.high (2 of A before)"]),
      ("approvals: {tables: {a: B}}", "approvals: {tables: {b: B}}", ["approvals.tables.a (B before)"]),
      (
        "approvals: {required: true}", "approvals: {comments: true}",
        ["approvals.comments (true now)", "approvals.required (true before)"]
      ),
      ("approvers: {CTO: '@carl'}", "approvers: {CTO: ['@carl', '@me']}", ["approvers.CTO (@me added)"]),
      ("approvers: {CTO: '@carl'}", "", []), ("exclude: [a]", "exclude: [a, b]", ["exclude (b added)"]),
      ("paths: [a, b]", "paths: [a]", ["paths (b removed)"]),
      ("", "foreign_suppressions: true", ["foreign_suppressions (true now)"]),
      ("", "baseline: other.json", ["baseline (other.json now)"]), ("target_version: 15", "target_version: 17", []),
    ]
  )
  func loosened(_ before: String, _ now: String, _ keys: [String]) throws {
    let read = { try ConfigurationReader.read($0, names: sampleNames) }
    #expect(try read(now).loosened(since: read(before), names: sampleNames) == keys)
  }
}
