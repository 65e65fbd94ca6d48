import Syntax
import Testing

@testable import Analysis

@Suite("The linter")
struct LinterTests {
  @Test("gives every statement a risk, flagged or not")
  func everyStatementIsAssessed() throws {
    let reports = Linter.lint(
      History(
        "CREATE TABLE clips (id bigint PRIMARY KEY, title text)",
        "ALTER TABLE clips ADD COLUMN note text; ALTER TABLE clips DROP COLUMN title"
      )
    )
    #expect(reports.map { $0.statements.map(\.risk) } == [[.low], [.low, .high]])
    #expect(reports.map(\.risk) == [.low, .high])
    #expect(reports.last?.phases == [.expand, .contract])
  }

  @Test("lets a finding raise its statement's risk and the migration's")
  func findingsRaiseRisk() {
    let report = Linter.lint(History("CREATE TABLE t (a int); UPDATE t SET a = 1"), rules: [UpdateSeen()])
    #expect(report.first?.statements.map(\.risk) == [.low, .high])
    #expect(report.first?.risk == .high)
  }

  @Test("takes a rule's risk from the policy, and leaves a disabled rule out")
  func policyDecides() {
    let history = History("CREATE TABLE t (a int); UPDATE t SET a = 1")
    let lowered = Linter.lint(history, rules: [UpdateSeen()], policy: Policy(ruleRisks: ["update-seen": .low]))
    #expect(lowered.first?.findings.map(\.risk) == [.low])
    let disabled = Linter.lint(history, rules: [UpdateSeen()], policy: Policy(disabledRules: ["update-seen"]))
    #expect(disabled.first?.findings.isEmpty == true)
  }

  @Test("builds the schema from migrations that are not reported, and is silent about them")
  func unreportedMigrationsBuildTheSchema() throws {
    let history = History(migrations: [
      MigrationPair(up: Migration("CREATE TABLE t (a int)", version: "1", isReported: false), down: nil),
      MigrationPair(up: Migration("DROP TABLE t", version: "2"), down: nil),
    ])
    let reports = Linter.lint(history)
    #expect(reports.map(\.migration.version) == ["2"])
    let effect = try #require(reports.first?.statements.first?.effects.relations.first)
    #expect(effect.relation == QualifiedName(schema: "public", "t"))
    #expect(effect.existed && !effect.isAssumed)
  }

  @Test("shows a down migration apart and lets no rule judge it")
  func downsAreShownApart() {
    let history = History(migrations: [
      MigrationPair(
        up: Migration("CREATE TABLE t (a int)"),
        down: Migration("UPDATE t SET a = 1; DROP TABLE t", direction: .down)
      )
    ])
    let reports = Linter.lint(history, rules: [UpdateSeen()])
    #expect(reports.map(\.migration.direction) == [.up, .down])
    #expect(reports.map(\.findings.count) == [0, 0])
    #expect(reports.first?.isReversible == true)
    #expect(reports.last?.statements.last?.risk == .high)
    let report = Linter(rules: [], policy: Policy()).lint([history], toolVersion: "", grammarVersion: "")
    #expect(report.risk == .low)
  }

  @Test("calls a migration irreversible whose down file says nothing", arguments: ["", "-- nothing to do"])
  func emptyDownIsNoWayBack(down: String) {
    let history = History(migrations: [
      MigrationPair(up: Migration("CREATE TABLE t (a int)"), down: Migration(down, direction: .down))
    ])
    #expect(Linter.lint(history).first?.isReversible == false)
  }

  @Test("forgets what a down migration did before it goes on")
  func downsLeaveNoTrace() {
    let history = History(migrations: [
      MigrationPair(
        up: Migration("CREATE TABLE t (a int)", version: "1"),
        down: Migration("DROP TABLE t", version: "1", direction: .down)
      ),
      MigrationPair(up: Migration("ALTER TABLE t ADD COLUMN b int", version: "2"), down: nil),
    ])
    let effect = Linter.lint(history).last?.statements.first?.effects.relations.first
    #expect(effect?.isAssumed == false)
  }
}
