import Linting
import Rules
import Testing

@Suite("A lock_timeout is asked for")
struct LockTimeoutHabitTests {
  private static let setting = "SET lock_timeout = '5s'; SELECT 1;"
  private static let table = "CREATE TABLE users (id bigint);"
  private static let change = "ALTER TABLE users ADD COLUMN plan text;"

  private func isMissing(after history: [String], timeouts: Policy.TimeoutPlace? = nil) throws -> Bool {
    let policy = Policy(timeouts: timeouts)
    return try MigrationReport.linting(history, then: MigrationText(sql: Self.change), policy: policy).findings
      .contains { $0.rule == "lock-timeout-missing" }
  }

  @Test("where most migrations before set one")
  func habit() throws {
    #expect(try isMissing(after: [Self.table, Self.setting]))
    #expect(try !isMissing(after: [Self.table, Self.setting, "SELECT 1;"]))
    #expect(try !isMissing(after: [Self.table]))
  }

  @Test("by what was done lately, not long ago")
  func lately() throws {
    #expect(
      try isMissing(
        after: [Self.table] + Array(repeating: "SELECT 1;", count: 20) + Array(repeating: Self.setting, count: 6)
      )
    )
    #expect(
      try !isMissing(
        after: [Self.table] + Array(repeating: Self.setting, count: 20) + Array(repeating: "SELECT 1;", count: 6)
      )
    )
  }

  @Test("or as the team says")
  func configured() throws {
    #expect(try isMissing(after: [Self.table], timeouts: .migration))
    #expect(try !isMissing(after: [Self.table, Self.setting], timeouts: .session))
  }

  @Test("once where no migration of the history sets one, of the first that locks a table in use")
  func reminder() throws {
    func reminded(_ migrations: [String], policy: Policy) -> [Int] {
      let pairs = migrations.enumerated().map { index, sql in
        MigrationPair(up: Migration(MigrationText(sql: sql), number: index + 1), down: nil)
      }
      let report = Linter(rules: AllRules.all, policy: policy)
        .lint([History(migrations: pairs, hasDownMigrations: false)], toolVersion: "test", grammarVersion: "17")
      return report.migrations.indices.filter { index in
        report.migrations[index].findings.contains { $0.rule == "lock-timeout-missing" }
      }
    }
    let unsaid = Policy(remindsOfTimeouts: true)
    let history = [Self.table, Self.change, "ALTER TABLE users ADD COLUMN name text;"]
    #expect(reminded(history, policy: unsaid) == [1])
    #expect(reminded(history + [Self.setting], policy: unsaid) == [])
    #expect(reminded(history, policy: Policy(timeouts: .session, remindsOfTimeouts: true)) == [])
    #expect(reminded(history, policy: Policy()) == [])
  }
}
