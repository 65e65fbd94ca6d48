import Catalog
import Execution
import PostgresParser
import Syntax
import Testing

@testable import Linting

@Suite("A decision")
struct DecisionTests {
  /// On the last migration of a history.
  private func decision(_ history: History) throws -> Decision {
    let reports = Linter.lint(history, rules: [UpdateSeen()])
    return try #require(reports.last?.decision(under: Policy()))
  }

  @Test(
    "names each of those who approve",
    arguments: [
      ("VP Engineering + CTO", ["VP Engineering", "CTO"]), ("Tech Lead", ["Tech Lead"]), ("", []),
      (" a  +  b + a + ", ["a", "b"]), ("C++ guild", ["C++ guild"]),
    ]
  )
  func approvers(_ text: String, _ names: [String]) {
    #expect(Policy.approvers(in: text) == names)
  }

  @Test("keeps what the file allows, with its reason")
  func allowed() throws {
    let decision = try decision(History("-- sqllint:allow update-seen only three rows\nUPDATE t SET a = 1"))
    #expect(decision.risk == .high)
    #expect(decision.approvers == ["VP Engineering", "CTO"])
    #expect(decision.downtime == "yes, or a complex strategy")
    #expect(decision.reasons.map(\.rule) == ["update-seen"])
    #expect(decision.reasons.map(\.isAllowed) == [true])
    guard case .finding(let finding)? = decision.reasons.first?.ground else { throw NoFinding() }
    #expect(finding.suppressionReason == "only three rows")
  }

  private struct NoFinding: Error {}

  @Test("has the highest reason first, and those of one risk in the order of the text")
  func reasons() throws {
    let decision = try decision(
      History(
        "CREATE TABLE t (a int); CREATE TABLE u (a int)",
        "ALTER TABLE u ADD CHECK (a > 0) NOT VALID; DROP TABLE u; UPDATE t SET a = 1"
      )
    )
    #expect(decision.reasons.map(\.risk) == [.high, .high, .medium])
    #expect(decision.reasons.map(\.rule) == [nil, "update-seen", nil])
    #expect(decision.decisiveReasons.count == 2)
    #expect(decision.phases == [.expand, .migrate, .contract])
  }

  @Test("has no reasons where the risk is low, and asks for no approval")
  func low() throws {
    let decision = try decision(History("CREATE TABLE t (a int)"))
    #expect(decision.reasons == [])
    #expect(!decision.asksForApproval)
  }

  @Test("says what code must be gone before, and what code may come after")
  func order() throws {
    let schema = "CREATE TABLE t (a int, b int)"
    func order(_ sql: String) throws -> DeploymentOrder { try decision(History(schema, sql)).order }
    let table = QualifiedName(schema: "public", "t")
    #expect(try order("SELECT 1").isFree)
    #expect(try order("ALTER TABLE t DROP COLUMN a").breaks == [.columnGone("a", of: table)])
    #expect(try order("ALTER TABLE t ADD COLUMN c int").additions == [.column("c", of: table)])
    #expect(try order("ALTER TABLE t ADD COLUMN IF NOT EXISTS a int").isFree)
    #expect(try order("CREATE TABLE u (a int)").additions == [.relation(.init(schema: "public", "u"))])
    #expect(try order("CREATE TEMP TABLE u (a int)").isFree)
    #expect(try order("CREATE TABLE u (a int); DROP TABLE u").isFree)
    #expect(try order("CREATE TABLE u (a int, b int); DROP TABLE t; ALTER TABLE u RENAME TO t").isFree)
    let renamed = try order("ALTER TABLE t RENAME TO v")
    #expect(renamed.additions == [.relation(.init(schema: "public", "v"))])
    #expect(renamed.breaks == [.relationRenamed(table, to: .init(schema: "public", "v"))])
    #expect(try order("ALTER TABLE elsewhere ADD COLUMN c int").additions.count == 1)
  }

  @Test("of several migrations, the riskiest comes first")
  func byRisk() throws {
    let reports = Linter.lint(
      History("CREATE TABLE t (a int)", "DROP TABLE t", "CREATE TABLE u (a int)"),
      rules: []
    )
    let verdicts = reports.map { Verdict(migration: $0, decision: $0.decision(under: Policy())) }
    #expect(verdicts.byRisk.map(\.decision.risk) == [.high, .low, .low])
    #expect(verdicts.byRisk.map(\.migration.migration.path) == [1, 0, 2].map { reports[$0].migration.path })
  }
}
