import Linting
import PostgresParser
import Rules
import Syntax
import Testing

@testable import Gate

/// A report on migrations by name.
func report(_ files: [(path: String, sql: String)], policy: Policy = Policy()) -> Report {
  let pairs = files.map { path, sql in
    MigrationPair(
      up: Migration(
        path: path,
        version: path.split(separator: "/").last.map { String($0.prefix { $0.isNumber }) },
        name: path,
        direction: .up,
        runner: "golang-migrate",
        transactionMode: .implicit,
        script: PostgresParser.parse(SourceText(path: path, text: sql))
      ),
      down: nil
    )
  }
  return Linter(rules: AllRules.all, policy: policy)
    .lint([History(migrations: pairs)], toolVersion: "test", grammarVersion: "17")
}

private let clips = (path: "m/000001_clips.up.sql", sql: "CREATE TABLE clips (id bigint PRIMARY KEY);")
private let drop = (path: "m/000002_drop.up.sql", sql: "DROP TABLE clips;")

private func states(
  _ given: String,
  by policy: ApprovalPolicy = ApprovalPolicy(),
  of files: [(path: String, sql: String)] = [clips, drop],
  author: String? = nil,
  today: CalendarDate? = nil
) -> [ApprovalState] {
  let report = report(files)
  let digest = ContentDigest.digest(of: report) { $0.path }
  let approvals = Approvals(GivenApproval.read(given), for: digest, by: policy, author: author, today: today)
  return ApprovalState.states(of: report, by: policy, approvals)
}

@Suite("Approvals")
struct ApprovalTests {
  private func policy(_ members: [String: [String]]) -> ApprovalPolicy {
    var policy = ApprovalPolicy()
    policy.members = members
    return policy
  }

  @Test("each role of the risk must approve, and what is missing is said")
  func roles() {
    let found = states("VP Engineering\n# CTO\n")
    // What is low has the review that every change has.
    #expect(found.map(\.sentence) == ["000002 is high: VP Engineering has approved, CTO is missing"])
    #expect(found.map(\.isApproved) == [false])
    #expect(!states("cto\nvp engineering").contains { !$0.isApproved })
    var policy = ApprovalPolicy()
    policy.byRisk[.low] = ApprovalPolicy.Requirement(reading: "Tech Lead")
    #expect(states("Tech Lead", by: policy).map(\.isApproved) == [true, false])
  }

  @Test("people approve as what the configuration lists them for, through teams too, and teams in a circle end")
  func people() {
    let policy = policy([
      "CTO": ["@carl"], "VP Engineering": ["@acme/leads"], "@acme/leads": ["@vera", "@acme/all"],
      "@acme/all": ["@acme/leads", "@tom"],
    ])
    #expect(states("@Carl\n@tom", by: policy).last?.isApproved == true)
    #expect(states("@vera", by: policy).last?.sentence == "000002 is high: VP Engineering has approved, CTO is missing")
    var membership = Membership(policy)
    let listed = membership.listed(for: "VP Engineering")
    #expect(listed == ["@vera", "@tom"])
  }

  @Test("so many people as are asked for")
  func counts() {
    var policy = policy(["DBA": ["@ann", "@bob"]])
    policy.byRisk[.high] = ApprovalPolicy.Requirement(roles: ["DBA"], count: 2)
    #expect(states("@ann\n@ann\n", by: policy).last?.sentence == "000002 is high: of DBA 1 of 2 have approved")
    #expect(states("@ann\n@bob\n", by: policy).last?.isApproved == true)
    policy.byRisk[.high] = ApprovalPolicy.Requirement(reading: "none")
    #expect(states("", by: policy).isEmpty)
  }

  @Test("rules, tables and schemas ask for approvals of their own")
  func conditions() {
    let files = [
      (path: "000001.sql", sql: "CREATE SCHEMA billing; CREATE TABLE billing.invoices (id int);"),
      (path: "000002.sql", sql: "ALTER TABLE billing.invoices ADD COLUMN note text;"), clips, drop,
    ]
    var policy = ApprovalPolicy()
    for (subject, pattern, role) in [
      (ApprovalPolicy.Subject.rules, "table-*", "A"), (.tables, "billing.inv*", "B"), (.schemas, "bill*", "C"),
    ] {
      policy.conditions.append(.init(subject: subject, pattern: pattern, requirement: .init(roles: [role])))
    }
    let found = states("", by: policy, of: files)
    #expect(
      found.map { $0.roles.map(\.name) } == [
        ["B", "C"], ["B", "C"], ["VP Engineering", "CTO", "A"],
      ]
    )
    #expect(found.last?.reasons.contains("rules table-*") == true)
  }

  @Test("what is allowed in the SQL still needs the approval of its risk")
  func allowed() {
    let files = [clips, (path: drop.path, sql: "-- sqllint:allow table-dropped nobody uses it\nDROP TABLE clips;")]
    #expect(states("", of: files).last?.risk == .high)
  }

  @Test("an approval that names the digest is void when the text changes, and so are the author's and unbound ones")
  func digests() {
    let report = report([clips, drop])
    let digest = ContentDigest.digest(of: report) { $0.path }
    #expect(digest.hasPrefix("sha256:") && digest.utf8.count == 71)
    #expect(states("CTO \(digest)\nVP Engineering\t\(digest)").last?.isApproved == true)
    let changed = [clips, (path: drop.path, sql: "DROP TABLE clips CASCADE;")]
    let found = states("CTO \(digest)\nVP Engineering \(digest)", of: changed)
    #expect(found.last?.isApproved == false)
    #expect(found.last?.notes.first == "CTO approved another text: the migrations have changed since, ask again")
    var policy = ApprovalPolicy()
    policy.mustBeBound = true
    #expect(states("CTO\nVP Engineering \(digest)", by: policy).last?.sentence.hasSuffix("CTO is missing") == true)
    #expect(states("CTO\nVP Engineering", author: "cto").last?.notes == ["CTO wrote the change, and cannot approve it"])
  }

  @Test("the digest is that of names and texts, and not of the ends of lines")
  func digestContent() {
    func digest(_ files: [(path: String, sql: String)]) -> String {
      ContentDigest.digest(of: report(files)) { $0.path }
    }
    let own = digest([(path: "1.sql", sql: "SELECT 1;\nSELECT 2;\n")])
    #expect(own == digest([(path: "1.sql", sql: "SELECT 1;\r\nSELECT 2;\r\n")]))
    #expect(own != digest([(path: "2.sql", sql: "SELECT 1;\nSELECT 2;\n")]))
    #expect(own != digest([(path: "1.sql", sql: "SELECT 1;\nSELECT 3;\n")]))
  }

  @Test("a comment is an approval only where the configuration says so, and until its day")
  func comments() throws {
    let comment = "-- sqllint:approved by CTO, VP Engineering agreed in the meeting until 2026-06-30\n"
    let files = [clips, (path: drop.path, sql: comment.replacing("VP Engineering", with: "@vera") + drop.sql)]
    var policy = policy(["VP Engineering": ["@vera"]])
    #expect(states("", by: policy, of: files).last?.isApproved == false)
    #expect(states("", by: policy, of: files).last?.notes.first?.contains("approvals.comments") == true)
    policy.acceptsComments = true
    #expect(states("", by: policy, of: files).last?.isApproved == true)
    let late = CalendarDate(parsing: "2026-07-01")
    #expect(
      states("", by: policy, of: files, today: late).last?.notes.first == "CTO approved until 2026-06-30, which is over"
    )
    #expect(states("", by: policy, of: files, author: "@vera").last?.isApproved == false)
  }
}
