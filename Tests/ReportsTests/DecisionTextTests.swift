import Catalog
import Execution
import Linting
import Syntax
import Testing

@testable import Reports

@Suite("What reports say of a decision")
struct DecisionTextTests {
  private let clips = QualifiedName(schema: "public", "clips")

  private func verdict(
    _ breaks: [Breakage] = [],
    additions: [Addition] = [],
    findings: [FindingLiteral] = [],
    sql: String = "DROP TABLE clips;"
  ) throws -> Verdict {
    let migration = try MigrationReport(
      "a.up.sql",
      sql,
      risk: .high,
      effects: [StatementEffects(breaks: breaks)],
      findings: findings,
      additions: additions
    )
    return migration.verdict(under: Policy())
  }

  @Test("names the code that goes before, and the code that comes after")
  func order() throws {
    #expect(try verdict().orderSentence == nil)
    #expect(
      try verdict([.relationGone(clips)]).orderSentence == "deploy it after the code that no longer uses public.clips"
    )
    let several = try verdict(
      ["a", "b", "c", "d"].map { .columnGone($0, of: clips) } + [.insertFails(column: "e", of: clips)],
      additions: [.column("f", of: clips), .relation(QualifiedName(schema: "public", "g"))]
    )
    #expect(
      several.orderSentence == """
        deploy it after the code that no longer uses column a of public.clips, column b of public.clips, \
        column c of public.clips and 1 more and no longer inserts into public.clips without a value for e, \
        and before the code that uses column f of public.clips and public.g
        """
    )
  }

  @Test("counts what one rule finds in many places as one cause, and keeps apart what is allowed")
  func causes() throws {
    func finding(_ tokens: String, _ reason: String? = nil) -> FindingLiteral {
      FindingLiteral(rule: "r", risk: .high, tokens: tokens, message: "m", allowedBecause: reason)
    }
    let verdict = try verdict(
      findings: [
        finding("SELECT 1"), finding("SELECT 2"), finding("SELECT 2"), finding("SELECT 3"), finding("SELECT 4"),
        finding("SELECT 5", "known"), finding("SELECT 6", ""),
      ],
      sql: (1...6).map { "SELECT \($0);\n" }.joined()
    )
    #expect(
      verdict.causes.map(\.summary) == [
        "r, lines 1, 2, 3 and 1 more", "what lines 2, 3, 4 and 2 more do", "r, line 5 (allowed: known)",
        "r, line 6 (allowed without a reason)",
      ]
    )
  }

  @Test("is wrapped without a change to names that hold spaces")
  func wrapping() {
    #expect("reads \"a  b\" and  c".wrapped(to: 80) == ["reads \"a  b\" and  c"])
    #expect("one two three".wrapped(to: 8) == ["one two", "three"])
    #expect("".wrapped(to: 8) == [])
  }

  @Test("counts migrations of low risk where they are many")
  func lowRisk() throws {
    let few = Report(try (1...10).map { try MigrationReport("m/\($0).sql", "SELECT 1;") })
    #expect(DecisionTable(few, style: ReportStyle()).text.split(separator: "\n").count == 11)
    let many = Report(try (1...11).map { try MigrationReport("m/\($0).sql", "SELECT 1;") })
    #expect(
      DecisionTable(many, style: ReportStyle()).text == """
        risk  migration      approval   downtime
        low   11 migrations  Tech Lead  no
        """
    )
  }
}
