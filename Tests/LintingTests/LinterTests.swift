import Syntax
import Testing

@testable import Catalog
@testable import Execution
@testable import Linting

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

  @Test("builds the database from migrations that are not reported, and is silent about them")
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

  @Test("lets rules judge down migrations where the policy asks for it, and up migrations only then")
  func directions() {
    let history = History(migrations: [
      MigrationPair(
        up: Migration("CREATE TABLE t (a int); UPDATE t SET a = 1"),
        down: Migration("UPDATE t SET a = 1; DROP TABLE t", direction: .down)
      )
    ])
    func findings(_ directions: Set<Migration.Direction>) -> [String] {
      Linter.lint(history, rules: [UpdateSeen()], policy: Policy(directions: directions)).map {
        "\($0.migration.direction) \($0.findings.count)"
      }
    }
    #expect(findings([.up]) == ["up 1", "down 0"])
    #expect(findings([.down]) == ["down 1"])
    #expect(findings([.up, .down]) == ["up 1", "down 1"])
  }

  @Test(
    "holds nothing against a down migration that removes what its up migration made, and keeps its row in the risk table"
  )
  func rollingBack() {
    func losses(_ up: String, _ down: String) -> [String] {
      let history = History(migrations: [
        MigrationPair(up: Migration("CREATE TABLE old (a int, b int)", version: "1"), down: nil),
        MigrationPair(up: Migration(up, version: "2"), down: Migration(down, version: "2", direction: .down)),
      ])
      let reports = Linter.lint(history, rules: [LossSeen()], policy: Policy(directions: [.down]))
      #expect(reports.map(\.risk) == [.high])
      return reports.flatMap(\.findings).map(\.message.description)
    }
    #expect(losses("CREATE TABLE new (a int)", "DROP TABLE new") == [])
    #expect(losses("ALTER TABLE old ADD COLUMN c int", "ALTER TABLE old DROP COLUMN c") == [])
    #expect(losses("ALTER TABLE old RENAME b TO c", "ALTER TABLE old RENAME c TO b") == [])
    #expect(losses("ALTER TABLE old RENAME TO older", "ALTER TABLE older RENAME TO old") == [])
    #expect(losses("CREATE TABLE new (a int)", "DROP TABLE new, old") == ["1 losses, 1 breaks"])
    #expect(losses("SELECT 1", "DROP TABLE unknown") == ["1 losses, 1 breaks"])
    #expect(losses("ALTER TABLE old ADD c int", "ALTER TABLE old DROP c, DROP b") == ["1 losses, 1 breaks"])
    #expect(losses("ALTER TABLE old RENAME TO older", "ALTER TABLE older RENAME TO oldest") == ["0 losses, 1 breaks"])
  }

  @Test("says why a migration cannot be rolled back as if it had never run")
  func irreversibility() {
    func reasons(_ up: String, _ down: String?) -> [Irreversibility] {
      let history = History(migrations: [
        MigrationPair(
          up: Migration("CREATE TABLE t (a int, b int); CREATE TABLE s (c varchar(9) DEFAULT 'x')", version: "1"),
          down: nil
        ),
        MigrationPair(
          up: Migration(up, version: "2"),
          down: down.map { Migration($0, version: "2", direction: .down) }
        ),
      ])
      return Linter.lint(history).filter { $0.migration.version == "2" }.first?.irreversibility ?? []
    }
    func column(_ kind: CatalogDifference.Kind, _ name: String) -> CatalogDifference {
      CatalogDifference(kind: kind, subject: .part(.column, name, of: QualifiedName(schema: "public", "t")))
    }
    #expect(reasons("ALTER TABLE t ADD c int", "ALTER TABLE t DROP c") == [])
    #expect(reasons("ALTER TABLE t ADD c int", nil) == [.noDownMigration])
    #expect(reasons("ALTER TABLE t ADD c int", "-- nothing") == [.empty, .differs(column(.leftOver, "c"))])
    #expect(reasons("ALTER TABLE t ADD c int", "ALTER TABLE t DRPO c") == [.syntaxError])
    #expect(reasons("ALTER TABLE t ADD c int", "SELECT 1") == [.empty, .differs(column(.leftOver, "c"))])
    let table = QualifiedName(schema: "public", "t")
    #expect(reasons("ALTER TABLE t DROP b", "ALTER TABLE t ADD b int") == [.loses(.column("b", of: table))])
    #expect(reasons("ALTER TABLE t DROP b", "ALTER TABLE t ADD b text").contains(.differs(column(.changed, "b"))))
    #expect(reasons("SELECT unknown_function()", "SELECT 1") == [.empty, .unknown])
    #expect(reasons("ALTER TABLE t ADD c text DEFAULT 'x'", "ALTER TABLE t DROP c") == [])
    // The same default, as pg_dump writes it.
    #expect(
      reasons("ALTER TABLE s ALTER c SET DEFAULT 'y'", "ALTER TABLE s ALTER c SET DEFAULT 'x'::character varying") == []
    )
    #expect(
      reasons("UPDATE t SET a = 1", "UPDATE t SET a = 2") == [.overwrites(OverwrittenColumn(column: "a", table: table))]
    )
    // A column that the migration makes has no values that could be lost.
    #expect(reasons("ALTER TABLE t ADD c int; UPDATE t SET c = 1", "ALTER TABLE t DROP c") == [])
    #expect(reasons("CREATE TABLE u (a int); UPDATE u SET a = 1", "DROP TABLE u") == [])
    let refused = reasons("ALTER TABLE t ADD c int", "ALTER TABLE t DROP c; ALTER TABLE t DROP d")
    #expect(
      refused.contains {
        guard case .refused("ALTER TABLE t DROP d", because: let reason) = $0 else { return false }
        return reason.contains("does not exist")
      }
    )
  }

  @Test("keeps the order of histories, however long each takes")
  func orderOfHistories() {
    let long = "CREATE TABLE t (a int);" + String(repeating: "UPDATE t SET a = 1;", count: 200)
    let histories = (1...8).map { number in
      History(migrations: [
        MigrationPair(up: Migration(number.isMultiple(of: 2) ? "SELECT 1" : long, version: "\(number)"), down: nil)
      ])
    }
    let report = Linter(rules: [UpdateSeen()], policy: Policy()).lint(histories, toolVersion: "", grammarVersion: "")
    #expect(report.migrations.map(\.migration.version) == (1...8).map { "\($0)" })
    #expect(report.migrations.map(\.findings.count) == [200, 0, 200, 0, 200, 0, 200, 0])
  }

  @Test("asks a rule of several kinds for each of them")
  func severalKinds() {
    let findings = Linter.lint(History("SELECT 1; SELECT 2", "SELECT 3"), rules: [EverySeen()]).map(\.findings)
    #expect(
      findings.map { $0.map(\.message.description).sorted() } == [
        ["a statement", "a statement", "place 0", "the file"], ["a statement", "place 1", "the file"],
      ]
    )
  }

  @Test("calls a migration irreversible whose down file says nothing", arguments: ["", "-- nothing to do"])
  func emptyDownBringsNothingBack(down: String) {
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
